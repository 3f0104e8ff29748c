"""What is taken out of a vault: its notes, with links that hold, and the files that they lead to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from inquiry.author.joining import settled
from inquiry.author.splicing import Lines
from inquiry.corpus.files import files_below, read_file
from inquiry.corpus.model import Kind
from inquiry.corpus.read import MarkdownFile, parse_markdown
from inquiry.site.progress import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from inquiry.commands.destination import Destination
    from inquiry.corpus.body import Link
    from inquiry.corpus.ids import Parsed
    from inquiry.settings import Settings

_TEMPLATES = (
    (".obsidian/templates.json", "folder"),
    (".obsidian/plugins/templater-obsidian/data.json", "templates_folder"),
)
"""Where Obsidian and its plugin Templater say which folder holds templates, which are no notes."""


@dataclass(slots=True)
class Haul:
    """Files of a vault by the paths that they will have below the folder of mkdocs.yml."""

    notes: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    """Files that notes link to."""
    rewritten: dict[str, bytes] = field(default_factory=dict)
    """Notes with links that are spelled anew."""
    respelled: int = 0
    """How many links are."""
    links: int = 0
    """How many there are."""
    lost: list[tuple[str, Link]] = field(default_factory=list)
    """Links that lead nowhere, with the file in the vault."""
    unlinked: int = 0
    """Files that are left out because no note links to them."""
    templates: int = 0
    """Those that are left out because they are templates."""


def haul_of(vault: Path, target: Destination) -> Haul:
    """Read a vault, settle its links and say what is copied.

    Raises:
        click.ClickException: There are no notes in it.
    """
    haul = Haul()
    notes, others = _files(vault, target.settings, haul)
    if not notes:
        raise click.ClickException(f"{vault}: there are no notes in it")
    raw = {path: (vault / own).read_bytes() for path, own in notes.items()}
    lines = {path: Lines(text.decode("utf-8", errors="replace")) for path, text in raw.items()}
    parsed = list(_read(vault, notes, target.settings))
    linked: set[str] = set()
    for path, found in settled(parsed, others, target.corpus, target.settings, target.docs, lines):
        haul.links += found.count
        haul.lost += [(notes[path], link) for link in found.lost]
        linked |= found.files
        haul.notes[path] = notes[path]
        fresh = lines[path].spliced(found.splices).encode()
        if found.splices and _is_utf8(raw[path]):
            haul.respelled += len(found.splices)
            haul.rewritten[path] = fresh
    haul.others = {path: own for path, own in others.items() if path in linked}
    haul.unlinked = len(others.keys() - linked)
    return haul


def _files(vault: Path, settings: Settings, haul: Haul) -> tuple[dict[str, str], dict[str, str]]:
    """List the files of a vault that are not hidden, notes and others, by the paths that they will have."""
    templates = _template_folders(vault)
    notes: dict[str, str] = {}
    others: dict[str, str] = {}
    for found in files_below(vault, "."):
        own = found.removeprefix("./")
        if any(own.startswith(f"{folder}/") for folder in templates):
            haul.templates += 1
        else:
            (notes if own.lower().endswith(".md") else others)[f"{settings.notes}/{own}"] = own
    return notes, others


def _template_folders(vault: Path) -> Sequence[str]:
    """Ask the vault's own settings for the folder of templates; a folder that is merely called so may hold notes."""
    folders = []
    for name, key in _TEMPLATES:
        try:
            said = json.loads((vault / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        folder = said.get(key) if isinstance(said, dict) else None
        if isinstance(folder, str) and folder.strip("/ "):
            folders.append(folder.strip("/ "))
    return folders


def _read(vault: Path, notes: dict[str, str], settings: Settings) -> Iterator[Parsed]:
    """Parse the notes of a vault as if they lay where they will."""
    for number, (path, own) in enumerate(notes.items(), start=1):
        text, fault = read_file(str(vault), own)
        if text is None:
            raise click.ClickException(f"{vault / own}: {fault.message if fault else 'the file cannot be read'}")
        file = MarkdownFile(path, path[len(settings.notes) + 1 :], Kind.NOTE)
        yield parse_markdown(text, file, trusted=False, lean=True, faults=() if fault is None else (fault,))
        tell("notes", number, len(notes))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
