"""`inquiry init`: begin a knowledge base."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inquiry.author.init import EXAMPLES, IGNORED, begin, name_of_folder, site_name
from inquiry.author.new import CannotBeginError

if TYPE_CHECKING:
    from inquiry.author.init import Begun


@click.command("init")
@click.argument("folder", metavar="DIR")
@click.option("--name", metavar="NAME", help="The site's name; without it, one is made of the folder's.")
def command(folder: str, name: str | None) -> None:
    """Begin a knowledge base in DIR: settings, a home page, and an example that explains itself.

    Nothing that is in DIR is changed: where a file is in the way, nothing is written at all.  A folder that has notes,
    lines or a sources.bib gets no example.  The path of the new mkdocs.yml goes to standard output.
    """
    if not folder.strip():
        raise click.BadParameter("it is empty; `.` is this folder", param_hint="DIR")
    path = Path(folder)
    shown = name_of_folder(path) if name is None else site_name(name)
    if not shown:
        raise click.BadParameter("it is empty", param_hint="--name")
    try:
        begun = begin(path, shown, datetime.now().astimezone().date())
    except CannotBeginError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(begun.config)
    click.echo(_told(begun, shown), err=True)


def _told(begun: Begun, name: str) -> str:
    """Say what was made and what to type next."""
    folder = begun.config.parent
    rows = [f"began “{name}” with {', '.join(begun.written)}"]
    if begun.unignored:
        rows.append(f"{folder / IGNORED} was there already: {' and '.join(begun.unignored)} should be in it")
    has_example = any(file.startswith(EXAMPLES) for file in begun.written)
    if not has_example:
        rows.append("there are notes, lines or references already, so no example was written")
    steps = [] if folder.resolve() == Path.cwd() else [f"cd {_typed(folder)}"]
    steps += ["inquiry serve", 'inquiry new note "What I have found"' if has_example else "inquiry check"]
    return "\n".join((*rows, "next:", *(f"  {step}" for step in steps)))


def _typed(folder: Path) -> str:
    """Spell a folder as a shell takes it, never as an option."""
    text = str(folder)
    return shlex.quote(f"./{text}" if text.startswith("-") else text)
