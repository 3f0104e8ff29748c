"""What a cache must know: what code runs, which files there are, and how to stay out of a repository.

The ground floor.  What was made by other code is never taken for what this code would make: our own files count by
time and size, all else by the names and versions installed beside it.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_UNREAD = frozenset({"__pycache__", "node_modules"})


def files_within(folder: str, unread: set[str]) -> Iterator[tuple[str, os.stat_result]]:
    """List files below a folder, hidden ones and those of other tools left out, links followed but never in rings.

    Args:
        folder: Where to look.
        unread: Real paths of folders to leave out.
    """
    return _within(folder, os.path.realpath(folder), unread, ())


def _within(folder: str, real: str, unread: set[str], above: tuple[str, ...]) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _UNREAD:
            continue
        try:
            if not entry.is_dir():
                yield entry.path, entry.stat()
                continue
            within = os.path.realpath(entry.path) if entry.is_symlink() else f"{real}{os.sep}{entry.name}"
        except OSError:  # a link to nothing
            continue
        if within not in unread and within not in above:
            yield from _within(entry.path, within, unread, (*above, within))


@cache
def code_state() -> str:
    """Name the code that runs."""
    package = Path(__file__).parent
    own = [(name, found.st_size, found.st_mtime_ns) for name, found in files_within(str(package), set())]
    beside = sorted(entry.name for folder in _sites() for entry in os.scandir(folder))
    return repr((sys.version, own, beside))


def _sites() -> Iterator[str]:
    for folder in sys.path:
        if folder.endswith("-packages") and Path(folder).is_dir():
            yield folder


def ignore(folder: Path, names: Iterable[str]) -> None:
    """Keep files of the cache out of a repository, which should not have to know of them."""
    file = folder / ".gitignore"
    rows = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    missing = [f"/{name}" for name in (*names, ".gitignore") if f"/{name}" not in rows and "*" not in rows]
    if missing:
        file.write_text("".join(f"{row}\n" for row in (*rows, *missing)), encoding="utf-8")
