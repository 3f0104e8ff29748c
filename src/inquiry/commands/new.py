"""`inquiry new`: begin a note or a line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from inquiry.author.beside import side_by_side
from inquiry.author.new import CannotBeginError, file_name, line_text, note_text, source_value, write_new
from inquiry.check.wording import alternatives, did_you_mean, shortest_names
from inquiry.commands.naming import seen_from_here
from inquiry.commands.reading import config_option, read_knowledge_base
from inquiry.graph.resolution import Ambiguous, Dangling, Found

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from inquiry.corpus.model import Document
    from inquiry.graph.build import Reading


@click.command("new")
@config_option
@click.argument("kind", type=click.Choice(["note", "line"]))
@click.argument("title")
@click.option("--source", metavar="KEY|DOI|arXiv", help="What the note rests on.")
@click.option("--note", "notes", metavar="NOTE", multiple=True, help="A note that the line begins with; repeatable.")
def command(config: Path | None, kind: str, title: str, source: str | None, notes: tuple[str, ...]) -> None:
    """Begin a note or a line: a file with its head filled in.

    A line begins with the notes that it could cite, or with those that `--note` names; notes that disagree stand
    side by side.  The path of the file goes to standard output.
    """
    if kind == "line" and source is not None:
        raise click.UsageError("a line rests on notes; `--source` is for a note")
    if kind == "note" and notes:
        raise click.UsageError("a note rests on a source; `--note` is for a line")
    reading = read_knowledge_base(config)
    try:
        path = _begin_line(reading, title, notes) if kind == "line" else _begin_note(reading, title, source)
    except CannotBeginError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(seen_from_here(path))


def _begin_note(reading: Reading, title: str, source: str | None) -> Path:
    """Write the file of a note."""
    file_name(title)
    rests_on = source_value(source, reading.corpus.bibliography) if source else None
    text = note_text(title, datetime.now().astimezone().date(), rests_on)
    return write_new(reading.project.notes_dir, title, text, reading.corpus.notes)


def _begin_line(reading: Reading, title: str, names: Sequence[str]) -> Path:
    """Write the file of a line."""
    file_name(title)
    notes = [_named(reading, name) for name in names] if names else _to_cite(reading, title)
    text = line_text(title, datetime.now().astimezone().date(), side_by_side(notes, reading.graph))
    return write_new(reading.project.lines_dir, title, text, reading.corpus.lines)


def _to_cite(reading: Reading, title: str) -> Sequence[Document]:
    """List the notes that a line of this title could cite, best first."""
    from inquiry.author.candidates import notes_to_begin_with  # noqa: PLC0415 - scipy is slow to import

    return notes_to_begin_with(title, reading.graph)


def _named(reading: Reading, name: str) -> Document:
    """Find a note that was asked for."""
    match reading.resolver.resolve_note(name, ""):
        case Found(note) if note.is_public:
            return note
        case Ambiguous(candidates):
            raise click.UsageError(f"`{name}` could mean {alternatives(shortest_names(candidates))}")
        case Dangling(near):
            hint = f"; {did_you_mean(near)}" if near else ""
            raise click.UsageError(f"there is no note `{name}`{hint}")
        case _:
            raise click.UsageError(f"`{name}` is not public, so no line can begin with it")
