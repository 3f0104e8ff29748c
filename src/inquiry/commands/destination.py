"""Where a vault goes: a knowledge base that is there, or a new one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from inquiry.author.init import CONFIG, frame
from inquiry.config import ConfigError, find_config, load_project
from inquiry.corpus.load import Loading
from inquiry.corpus.model import Bibliography, Corpus
from inquiry.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.config import Project

_INDEX = "docs/index.md"
_BLOCK = "  - inquiry:\n"
"""Where the settings of the plugin begin."""
_LEVELS = "      levels: {missing-title: off} # a note without a title is called as its file, as in Obsidian\n\n"


@dataclass(frozen=True, slots=True)
class Destination:
    """A knowledge base, or what one begins with."""

    root: Path
    settings: Settings = field(default_factory=Settings)
    docs: str = "docs"
    corpus: Corpus = field(default_factory=lambda: Corpus((), (), Bibliography(), frozenset()))
    begun: dict[str, str] = field(default_factory=dict)
    """Files that a new one begins with, by path."""

    @property
    def notes(self) -> Path:
        """The folder of its notes."""
        return self.root / self.settings.notes


def destination(config: Path | None, to: Path | None, vault: Path) -> Destination:
    """Find the knowledge base that is meant; with `to`, a new one where there is none.

    Raises:
        click.ClickException: It cannot be where it is asked for.
    """
    if to is None:
        return _refused_overlap(vault, _known(load_project(_found(config))))
    if config is not None:
        raise click.UsageError("`-f` and `--to` both say where; give one of them")
    if to.exists() and not to.is_dir():
        raise click.ClickException(f"{to}: this is no folder")
    is_there = (to / CONFIG).exists() or (to / "mkdocs.yaml").exists()
    return _refused_overlap(vault, _known(load_project(find_config(to))) if is_there else _new(to, vault))


def _found(config: Path | None) -> Path:
    try:
        return find_config(config)
    except ConfigError as refusal:
        hint = "" if config else "; `--to FOLDER` begins a knowledge base"
        raise click.ClickException(f"{refusal}{hint}") from refusal


def _known(project: Project) -> Destination:
    return Destination(project.root, project.settings, project.docs_folder, Loading(project, lean=True).corpus())


def _new(to: Path, vault: Path) -> Destination:
    """Begin a knowledge base that is called as the vault."""
    name = vault.resolve().name
    files = {**frame(name), _INDEX: f"# {name}\n"}
    files[CONFIG] = files[CONFIG].replace(_BLOCK, _BLOCK + _LEVELS, 1)
    return Destination(to, begun={path: text for path, text in files.items() if not (to / path).exists()})


def _refused_overlap(vault: Path, target: Destination) -> Destination:
    """Refuse to copy a vault into itself, or notes out of the folder of notes."""
    inner, root = vault.resolve(), target.root.resolve()
    if root.is_relative_to(inner):
        raise click.ClickException(f"{target.root}: the knowledge base would lie in the vault {vault}")
    if inner.is_relative_to(root / target.settings.notes):
        raise click.ClickException(f"{vault}: this is part of the knowledge base already")
    return target
