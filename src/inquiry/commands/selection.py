"""Which files a check reports on: those of the command line, less what patterns leave out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Selection:
    """A test for paths relative to the folder of mkdocs.yml."""

    wanted: tuple[str, ...] = ()
    """Files and folders that were asked for; empty for all."""
    include: tuple[str, ...] = ()
    """Patterns of which one must fit; empty for all.  `*` runs over slashes, and a folder stands for what is in it."""
    exclude: tuple[str, ...] = ()
    """Patterns of which none may fit, likewise."""

    def __contains__(self, path: object) -> bool:
        """Tell whether a file is reported on.

        >>> "notes/old/a.md" in Selection(exclude=("notes/old",))
        False
        """
        if not isinstance(path, str):
            return False
        asked = not self.wanted or any(path == one or path.startswith(f"{one}/") for one in self.wanted)
        included = not self.include or _fits(path, self.include)
        return asked and included and not _fits(path, self.exclude)


def _fits(path: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(path, one) or fnmatchcase(path, f"{one.rstrip('/')}/*") for one in patterns)


def selection(root: Path, paths: Sequence[Path], include: Sequence[str], exclude: Sequence[str]) -> Selection:
    """Make the selection of a command line, its paths seen from the current folder.

    Raises:
        click.UsageError: A path lies outside the knowledge base.
    """
    wanted = [_within(root, path) for path in paths]
    return Selection(() if "." in wanted else tuple(wanted), tuple(include), tuple(exclude))


def _within(root: Path, path: Path) -> str:
    """Spell a path from the knowledge base's folder, as findings do: what is linked into it counts as lying there."""
    top = root.resolve()
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - follows no links
    for place, folder in ((absolute, root.absolute()), (absolute, top), (path.resolve(), top)):
        if place.is_relative_to(folder):
            return place.relative_to(folder).as_posix()
    raise click.UsageError(f"`{path}` lies outside the knowledge base in `{top}`")
