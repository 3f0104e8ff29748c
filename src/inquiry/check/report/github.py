"""The report that GitHub shows beside the changed lines: one workflow command a finding.

GitHub reads the commands from a step's output and cuts what it shows at ten errors and ten warnings a step, so
a summary follows them.  Escapes are those of GitHub's own toolkit: `%`, line ends, and in properties also `:`
and `,`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.check.report.text import summary
from inquiry.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.check.report.verdict import Verdict
    from inquiry.diagnostics import Diagnostic

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(verdict: Verdict, prefix: str = "") -> str:
    """Write a verdict as workflow commands.

    Args:
        verdict: What was found.
        prefix: Folder of the knowledge base below that of the repository, with a slash behind it.
    """
    lines = [_command(one, prefix) for one in verdict.diagnostics]
    return "\n".join([*lines, *summary(verdict)]) + "\n"


def _command(diagnostic: Diagnostic, prefix: str) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(diagnostic, prefix))
    hint = f"\nhint: {diagnostic.hint}" if diagnostic.hint else ""
    command = _COMMANDS.get(diagnostic.severity, "notice")
    return f"::{command} {properties}::{_escaped(diagnostic.message + hint)}"


def _properties(diagnostic: Diagnostic, prefix: str) -> Iterator[tuple[str, str]]:
    """Say where and what; columns only within one line, for GitHub refuses them otherwise."""
    start, end = diagnostic.span.start, diagnostic.span.end
    yield "file", prefix + diagnostic.path
    yield "line", str(start.line)
    yield "endLine", str(end.line)
    if start.line == end.line:
        yield "col", str(start.column)
        yield "endColumn", str(end.column)
    yield "title", f"{diagnostic.rule.code} {diagnostic.rule.name}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
