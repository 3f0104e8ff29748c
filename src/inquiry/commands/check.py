"""`inquiry check`: find what is broken."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inquiry.check.report.json import render_json
from inquiry.check.report.text import render_text
from inquiry.check.report.verdict import Verdict
from inquiry.check.rules import check
from inquiry.commands.reading import Reading, config_option, output_option, read_knowledge_base

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@click.command("check")
@config_option
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path, exists=True))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@output_option
@click.pass_context
def command(ctx: click.Context, config: Path | None, paths: tuple[Path, ...], form: str, output: Path | None) -> None:
    """Find what is broken: links, citations, front matter, loose ends.

    With PATHs, report only what stands in these files and folders.  With -o, the report goes to the file and
    the terminal still shows it as text.
    """
    reading = read_knowledge_base(config)
    verdict = _judge(reading, _within(reading, paths))
    text = render_text(verdict, _reader(reading.project.root), colour=_in_colour())
    report = render_json(verdict) if form == "json" else click.unstyle(text)
    if output is not None:
        output.write_text(report, encoding="utf-8", newline="\n")
    click.echo(text if output is not None or form == "text" else report, nl=False, color=True)
    if not verdict.passes:
        ctx.exit(1)


def _judge(reading: Reading, within: Callable[[str], bool]) -> Verdict:
    """Check everything, and keep what stands in the files that were asked for."""
    found = check(reading.project, reading.corpus, reading.graph, reading.resolver)
    documents = [one for one in reading.corpus.documents if within(one.path)]
    links = sum(len(one.body.links) for one in documents)
    return Verdict(tuple(one for one in found if within(one.path)), len(documents), links)


def _within(reading: Reading, paths: Sequence[Path]) -> Callable[[str], bool]:
    """Make the test whether a file was asked for; every file was, when no path was given."""
    root = reading.project.root.resolve()
    wanted = []
    for path in paths:
        absolute = path.resolve()
        if not absolute.is_relative_to(root):
            raise click.UsageError(f"`{path}` lies outside the knowledge base in `{root}`")
        wanted.append(absolute.relative_to(root).as_posix())
    if not wanted or "." in wanted:
        return lambda _path: True
    return lambda path: any(path == one or path.startswith(f"{one}/") for one in wanted)


def _reader(root: Path) -> Callable[[str], Sequence[str]]:
    """Make the function that gives a file's lines for the excerpts, each file read once."""
    known: dict[str, list[str]] = {}

    def lines_of(path: str) -> Sequence[str]:
        if path not in known:
            try:
                text = (root / path).read_bytes().decode("utf-8-sig", errors="replace")
            except OSError:
                text = ""
            known[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return known[path]

    return lines_of


def _in_colour() -> bool:
    """Tell whether standard output wants colours: a terminal that can, and an owner who does."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
