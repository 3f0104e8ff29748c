"""One build at a time: two that wrote one site at once would each take away what the other had made.

A lock on a file of the cache, which the system lets go of when a process ends, however it ends.  Where a file system or
a platform has no such locks, or the cache cannot be written, builds do without.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from inquiry.installed import ignore

if TYPE_CHECKING:
    from pathlib import Path

FILE = "build.lock"
"""Name of the file in the folder of the cache."""

_held: set[Path] = set()
"""Caches in which this process has its turn: it need not wait for itself."""


class Turn:
    """A build's turn."""

    def __init__(self, cache: Path) -> None:
        """Wait until no other process builds with this cache, and say so where that takes time."""
        self._cache = cache
        self._file = -1
        if sys.platform != "win32" and cache not in _held:
            with suppress(OSError):
                cache.mkdir(parents=True, exist_ok=True)
                ignore(cache, [FILE])
                self._file = os.open(cache / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
                self._wait()
                _held.add(cache)

    def _wait(self) -> None:
        import fcntl  # noqa: PLC0415 - not there on every platform

        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("inquiry: another build of this site is at work; this one waits for it\n")
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def end(self) -> None:
        """Let others build."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
            _held.discard(self._cache)
