"""The folder that readers see: it holds the old site or the new one, and pages that stay as they are stay.

A build writes into a folder beside it.  A build of everything takes its place in one step.  A build of what has
changed is moved in file by file, each in one step, which takes some milliseconds; a build that is killed in them
leaves pages of both, and the next one, which compares what is there, finishes the work.  So is every build of a folder
that holds something hidden, such as `.git`, which is not the site's and stays; and of one that cannot change places,
because it is mounted, a link, or in a folder that is not ours to write to: a build of that writes into a hidden folder
in it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_EXCHANGE = 2
"""`RENAME_EXCHANGE` of Linux's renameat2(2)."""
_HERE = -100
"""`AT_FDCWD`: paths count from the working folder."""
_WITHIN = ".inquiry-new"
"""Name of the folder in a site that cannot change places."""


class Output:
    """A site's folder, and the one beside it, or in it, that a build writes into."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.staged = site / _WITHIN if _is_fixed(site) else site.with_name(f".{site.name}.inquiry-new")

    def publish(self, kept: Collection[str]) -> None:
        """Let readers see what was built.

        Args:
            kept: Files of the old site, relative to it, that the build left alone because they would be the same.
        """
        there = self.site.is_dir()
        if kept or (there and any(_is_hidden(path.name) for path in self.site.iterdir())):
            self._move_in(kept)
        elif there:
            exchange(self.staged, self.site)
        else:
            self.site.parent.mkdir(parents=True, exist_ok=True)
            self.staged.rename(self.site)
        self.abandon()

    def abandon(self) -> None:
        """Remove what was built and is not shown."""
        shutil.rmtree(self.staged, ignore_errors=True)

    def _move_in(self, kept: Collection[str]) -> None:
        built = set(_files(self.staged))
        for name in sorted(built):
            new, old = f"{self.staged}/{name}", f"{self.site}/{name}"
            if not _same(new, old):
                _replace(new, old)
        stays = built.union(kept)
        gone = [name for name in _files(self.site) if name not in stays and not _is_hidden(name)]
        for name in gone:
            os.unlink(f"{self.site}/{name}")  # noqa: PTH108 - one of thousands
        if gone:
            _remove_empty(self.site)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places: in one step where the system can, in three otherwise."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            call = ctypes.CDLL(None, use_errno=True).renameat2
            if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
                return
    aside = other.with_name(f".{other.name}.inquiry-old")
    shutil.rmtree(aside, ignore_errors=True)
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


def _files(folder: Path) -> Iterator[str]:
    """List all files below a folder, relative to it."""
    top = len(str(folder)) + 1
    for where, _, names in os.walk(folder):
        below = where[top:].replace(os.sep, "/")
        yield from (f"{below}/{name}" if below else name for name in names)


def _same(new: str, old: str) -> bool:
    try:
        if os.stat(new).st_size != os.stat(old).st_size:  # noqa: PTH116 - one of thousands
            return False
        with open(new, "rb") as one, open(old, "rb") as other:  # noqa: PTH123 - likewise
            return one.read() == other.read()
    except OSError:
        return False


def _replace(new: str, old: str) -> None:
    """Put a file in its place; what stands there in its way, a file for a folder or the other way round, goes."""
    folder = Path(old).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        for above in (*reversed(folder.parents), folder):
            if above.is_file():
                above.unlink()
        folder.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(new, old)  # noqa: PTH105 - one of thousands
    except OSError as fault:
        if fault.errno not in {errno.EISDIR, errno.ENOTEMPTY, errno.EEXIST}:
            raise
        shutil.rmtree(old)
        os.replace(new, old)  # noqa: PTH105 - likewise


def _remove_empty(site: Path) -> None:
    tops = [path for path in site.iterdir() if not _is_hidden(path.name)]
    for where, folders, names in (found for top in tops for found in os.walk(top, topdown=False)):
        if not names and not any(os.path.isdir(f"{where}/{name}") for name in folders):  # noqa: PTH112 - one of thousands
            os.rmdir(where)  # noqa: PTH106 - likewise


def _is_hidden(name: str) -> bool:
    """Tell whether a path, relative to the site, lies in something hidden: not the site's, as MkDocs has it too."""
    return name.startswith(".")


def _is_fixed(site: Path) -> bool:
    """Tell whether a folder is there and cannot change places with one beside it."""
    return site.is_dir() and (site.is_symlink() or os.path.ismount(site) or not os.access(site.parent, os.W_OK))
