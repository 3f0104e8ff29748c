"""The hand that `--accept` and `--accept-urls` write the locks with, before anything is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import click

from inquiry.check.depth import REVIEW_LOCK
from inquiry.check.disk import read_text
from inquiry.check.review_lock import accepted, parse_review_lock, render_review_lock
from inquiry.check.url_lock import URLS_LOCK, locked_paths, published_now, render_urls_lock
from inquiry.check.wording import counted, did_you_mean
from inquiry.commands.reading import read_knowledge_base
from inquiry.graph.resolution import Dangling, Found
from inquiry.replacing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inquiry.config import Project
    from inquiry.corpus.model import Document
    from inquiry.graph.build import Reading

EVERY_LINE = "all"
"""What stands for every line."""


def accept(project: Project, lines: Sequence[str], *, urls: bool) -> None:
    """Record that lines were reviewed, and which addresses are published, and say so on standard error."""
    reading = read_knowledge_base(project.config_path)
    if lines:
        _accept_lines(reading, lines)
    if urls:
        _accept_urls(reading)


def _accept_lines(reading: Reading, names: Sequence[str]) -> None:
    root, graph = reading.project.root, reading.graph
    reviewed = list({line.id: line for name in names for line in _named(reading, name)}.values())
    rows, _ = parse_review_lock(read_text(root, REVIEW_LOCK) or "")
    fresh = accepted(rows, reviewed, graph)
    replace_file(root / REVIEW_LOCK, render_review_lock(fresh).encode())
    notes = {row.note for row in fresh if row.line in {line.id for line in reviewed}}
    click.echo(
        f"{REVIEW_LOCK}: {counted(len(reviewed), 'line')} reviewed, {counted(len(notes), 'note')} cited", err=True
    )


def _named(reading: Reading, name: str) -> Iterator[Document]:
    """Find the line that a name means, or every line."""
    if name == EVERY_LINE:
        yield from reading.graph.lines
        return
    path = name.removeprefix("./")
    found = [line for line in reading.graph.lines if line.path == path]
    meaning = Found(found[0]) if found else reading.resolver.resolve_line(name, "")
    if not isinstance(meaning, Found) or not meaning.document.is_public:
        near = f"; {did_you_mean(meaning.near)}" if isinstance(meaning, Dangling) and meaning.near else ""
        raise click.BadParameter(f"there is no public line `{name}`{near}", param_hint="--accept")
    yield meaning.document


def _accept_urls(reading: Reading) -> None:
    project = reading.project
    before = {quote(unquote(row.path)) for row in locked_paths(read_text(project.root, URLS_LOCK) or "")}
    here = published_now(project, reading.corpus, reading.graph)
    text = render_urls_lock(here, use_directory_urls=project.use_directory_urls)
    after = set(text.splitlines())
    replace_file(project.root / URLS_LOCK, text.encode())
    click.echo(f"{URLS_LOCK}: {len(after - before):,} added, {len(before - after):,} forgotten", err=True)
