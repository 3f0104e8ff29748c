"""Pagefind's index of a site: made beside the build, kept in the cache, put into the site.

The records decide.  Where their hash is that of the kept index, nothing is made; where it is not, `search_feed` runs
beside the build on another processor and is waited for at its end.  A preview makes the index once, at its beginning,
and does not wait.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from inquiry.site import search_feed
from inquiry.site.search_feed import FeedError
from inquiry.site.search_records import write_records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.site.search import SearchEntry

FOLDER = "pagefind"
"""Where the index lies in the site: the name that Pagefind gives it."""
_RECORDS = "records.jsonl"
_STALE_SECONDS = 3600
"""Age of a draft that nobody is at work on any more."""


def find_program() -> str:
    """Find Pagefind: the one that a variable names, the one that knows Chinese and Japanese, or the usual one.

    Returns:
        Its path; empty when there is none for this system.
    """
    if named := os.environ.get("PAGEFIND_BINARY_PATH"):
        return named if os.access(named, os.X_OK) else ""
    with suppress(ImportError, FileNotFoundError):
        import pagefind_bin_extended  # type: ignore[import-not-found] # noqa: PLC0415 - few have it

        return str(pagefind_bin_extended.get_executable())
    with suppress(ImportError, FileNotFoundError):
        import pagefind_bin  # type: ignore[import-untyped] # noqa: PLC0415 - only this kind of search needs it

        return str(pagefind_bin.get_executable())
    return ""


class Indexing:
    """The index of one build."""

    def __init__(self, program: str, cache: Path) -> None:
        """Take the path of Pagefind and the folder for what is kept."""
        self.program = program
        self._cache = cache
        self._kept: Path | None = None
        self._feeder: subprocess.Popen[str] | None = None

    def begin(self, entries: Iterable[tuple[str, SearchEntry]], language: str) -> None:
        """Write the records, and start Pagefind when they are not those of the index that is kept."""
        self.abandon()
        draft = self._cache / f"new-{os.getpid()}.jsonl"
        feed = Path(search_feed.__file__)
        maker = f"{Path(self.program).stat().st_size} {feed.read_bytes().hex()}"
        self._kept = self._cache / write_records(draft, entries, language=language, maker=maker)
        if self._kept.is_dir():
            draft.unlink()
            return
        (self._cache / ".gitignore").write_text("*\n", encoding="ascii")
        records = draft.replace(self._cache / _RECORDS)
        feeder = [sys.executable, "-I", "-S", str(feed), self.program, str(records), str(self._kept)]
        self._feeder = subprocess.Popen(  # noqa: S603 - our own program
            feeder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )

    def finish(self, site: Path, old: Path | None = None) -> frozenset[str]:
        """Wait for the index and put it into the site.

        Args:
            site: The site's folder.
            old: The site of the last build, whose index may stay where it is if it is the same.

        Returns:
            Files of the old site that stay, relative to it; none when the index was put into the new one.

        Raises:
            FeedError: There is no index, and this is why.
        """
        if self._kept is None:
            return frozenset()
        feeder, self._feeder = self._feeder, None
        if feeder is not None:
            _, said = feeder.communicate()
            if feeder.returncode:
                raise FeedError(said.strip().rpartition("\n")[2] or f"it ended with {feeder.returncode}")
        self._tidy()
        if old is not None and _same(self._kept, old / FOLDER):
            return frozenset(f"{FOLDER}/{name}" for name in _sizes(self._kept))
        shutil.rmtree(site / FOLDER, ignore_errors=True)
        shutil.copytree(self._kept, site / FOLDER, copy_function=_link)
        return frozenset()

    def show(self, site: Path) -> None:
        """Let a preview's site show the index that is kept, or will be when it is ready; nobody waits for it.

        Raises:
            FeedError: The system allows no links, and there is no index to copy.
        """
        placed = site / FOLDER
        if self._kept is None or placed.is_symlink() or placed.is_dir():
            return
        try:
            placed.symlink_to(self._kept, target_is_directory=True)
        except OSError:
            self.finish(site)

    def abandon(self) -> None:
        """Stop what is being made."""
        if self._feeder is not None:
            self._feeder.kill()
            self._feeder.communicate()
            self._feeder = None

    def _tidy(self) -> None:
        """Keep this index alone, and what another build may be at work on."""
        for path in self._cache.iterdir():
            at_work = path.name.startswith("new-") and path.stat().st_mtime > time.time() - _STALE_SECONDS
            if path.is_dir() and path != self._kept and not at_work:
                shutil.rmtree(path, ignore_errors=True)
            elif path.is_file() and path.name not in {_RECORDS, ".gitignore"} and not at_work:
                path.unlink(missing_ok=True)


def _same(kept: Path, placed: Path) -> bool:
    """Tell whether a site's index is the kept one: the names of most files say what is in them, the others are read."""
    sizes = _sizes(kept)
    return sizes == _sizes(placed) and all(
        (kept / name).read_bytes() == (placed / name).read_bytes() for name in sizes if "/" not in name
    )


def _sizes(folder: Path) -> dict[str, int]:
    """Give the size of each file below a folder, by its path from there."""
    sizes = {}
    for where, _, names in os.walk(folder):
        below = os.path.relpath(where, folder).replace(os.sep, "/")
        for name in names:
            sizes[name if below == "." else f"{below}/{name}"] = os.stat(f"{where}/{name}").st_size  # noqa: PTH116 - one of thousands
    return sizes


def _link(source: str, target: str) -> None:
    """Give a file a second name, or copy it where the disk cannot do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
