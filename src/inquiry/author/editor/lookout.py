"""The lookout: has a knowledge base checked again whenever something has changed, beside whatever else is asked.

One look at a time, in a thread of its own; what changes meanwhile is seen by the next.  The last state is always
looked at, and a look that fails leaves what the last one found.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Executor

    from inquiry.author.editor.desk import Buffer, Desk
    from inquiry.author.editor.fixes import Mend, Replacement
    from inquiry.author.editor.renaming import Archive, Renaming
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.build import Reading

PAUSE = 0.1
"""Seconds without a keystroke after which a text is checked: a pause between two words, not between two letters."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checks:
    """What the checker lends to an editor."""

    find: Callable[[Reading, frozenset[str]], tuple[Diagnostic, ...]]
    """Finds what is wrong; the files that it is given are open and not as they are on disk."""
    mend: Mend
    """Puts new words for old ones in a stretch of source."""
    follow: Callable[[Archive, Renaming], Iterable[Replacement]]
    """Says what a renaming changes beside notes and lines."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found, and the texts in which it was."""

    buffers: Mapping[str, Buffer]
    found: tuple[Diagnostic, ...]


class Lookout:
    """Looks at one desk."""

    def __init__(self, desk: Desk, checks: Checks, show: Callable[[Lookout, Look], None], worker: Executor) -> None:
        self.desk = desk
        self.last = Look({}, ())
        """What the last look found."""
        self.ready = asyncio.Event()
        """Set once the files have been read, or cannot be."""
        self.shown: dict[str, object] = {}
        """What an editor has been told of each file, so that it is not told twice."""
        self.refusal = ""
        """Why the configuration could not be used, when an editor was told last."""
        self._checks = checks
        self._show = show
        self._worker = worker
        self._due: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._disk = False
        self._again = False

    def soon(self, *, disk: bool, delay: float = 0.0) -> None:
        """Have a look after some seconds of peace; with `disk`, at the files on disk as well."""
        self._disk = self._disk or disk
        if self._due is not None:
            self._due.cancel()
        self._due = asyncio.get_running_loop().call_later(delay, self._begin)

    def _begin(self) -> None:
        self._due = None
        if self._task is not None and not self._task.done():
            self._again = True
            return
        self._task = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        self._again = True
        while self._again:
            disk, self._disk, self._again = self._disk, False, False
            look = await asyncio.get_running_loop().run_in_executor(self._worker, self._found, disk)
            self.ready.set()
            if look is not None:
                self.last = look
                self._show(self, look)

    def _found(self, disk: bool) -> Look | None:
        """Look, in the worker's thread."""
        desk = self.desk
        try:
            if disk:
                desk.reload()
            buffers, reading = dict(desk.buffers), desk.current()
            return Look(buffers, self._checks.find(reading, desk.unsaved()) if reading else ())
        except Exception:  # noqa: BLE001 - the server lives on, whatever a file does to a rule
            _LOG.exception("a look at %s failed", desk.config_path)
            return None
