"""`inquiry new`: begin a note or a line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inquiry.author.new import CannotBeginError, file_name, line_text, note_text, source_value, write_new
from inquiry.commands.reading import config_option, read_knowledge_base

if TYPE_CHECKING:
    from inquiry.commands.reading import Reading
    from inquiry.corpus.model import Document

NOTES_TO_CITE = 8
"""Notes that a new line begins with: as many as a line page of the first corpus cites."""


@click.command("new")
@config_option
@click.argument("kind", type=click.Choice(["note", "line"]))
@click.argument("title")
@click.option("--source", metavar="KEY|DOI|arXiv", help="What the note rests on.")
def command(config: Path | None, kind: str, title: str, source: str | None) -> None:
    """Begin a note or a line: a file with its head filled in.

    A line begins with the notes that it could cite.  The path of the file goes to standard output.
    """
    if kind == "line" and source is not None:
        raise click.UsageError("a line rests on notes; `--source` is for a note")
    reading = read_knowledge_base(config)
    try:
        path = _begin(reading, kind, title, source)
    except CannotBeginError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(_short(path))


def _begin(reading: Reading, kind: str, title: str, source: str | None) -> Path:
    """Write the file."""
    file_name(title)
    today = datetime.now().astimezone().date()
    corpus, project = reading.corpus, reading.project
    if kind == "note":
        rests_on = source_value(source, corpus.bibliography) if source else None
        text = note_text(title, today, rests_on)
        return write_new(project.notes_dir, title, text, corpus.notes)
    text = line_text(title, today, _to_cite(reading, title))
    return write_new(project.lines_dir, title, text, corpus.lines)


def _to_cite(reading: Reading, title: str) -> list[Document]:
    """List the notes that a line of this title could cite, best first."""
    from inquiry.author.candidates import citable  # noqa: PLC0415 - scipy is slow to import and a note needs none

    notes = {note.key: note for note in reading.graph.notes}
    return [notes[one.key] for one in citable(title, reading.graph, NOTES_TO_CITE)]


def _short(path: Path) -> Path:
    """Name a file as seen from here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
