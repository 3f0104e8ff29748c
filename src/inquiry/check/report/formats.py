"""The formats that a verdict can be written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.check.report.text import render_text

if TYPE_CHECKING:
    from inquiry.check.baseline import ReadLines
    from inquiry.check.report.verdict import Verdict

FORMATS = ("text", "json", "sarif", "github", "junit")


def render(form: str, verdict: Verdict, lines_of: ReadLines, prefix: str = "") -> str:
    """Write a verdict in one of `FORMATS`; only the module of that format is imported.

    `prefix` leads from the folder of the repository to that of mkdocs.yml; programs that know the repository
    alone get their paths behind it.

    Raises:
        ValueError: There is no such format.
    """
    match form:
        case "text":
            return render_text(verdict, lines_of)
        case "json":
            from inquiry.check.report.json import render_json  # noqa: PLC0415 -- one format of several

            return render_json(verdict)
        case "sarif":
            from inquiry.check.report.sarif import render_sarif  # noqa: PLC0415 -- likewise

            return render_sarif(verdict, lines_of, prefix)
        case "github":
            from inquiry.check.report.github import render_github  # noqa: PLC0415 -- likewise

            return render_github(verdict, prefix)
        case "junit":
            from inquiry.check.report.junit import render_junit  # noqa: PLC0415 -- likewise

            return render_junit(verdict, prefix)
    raise ValueError(form)
