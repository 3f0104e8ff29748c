"""The lookout: has a knowledge base checked again whenever something has changed, beside whatever else is asked.

A glance checks the text that is being written against what is known of all others, at once and whatever their number.
A look checks everything, in a thread of its own and when its author rests; what takes more than one file to know comes
from the last look.  One look at a time; what changes meanwhile is seen by the next.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Executor

    from inquiry.author.editor.desk import Buffer, Desk, Sheet
    from inquiry.author.editor.fixes import Mend, Replacement
    from inquiry.author.editor.renaming import Archive, Renaming
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.build import Reading

PAUSE = 0.1
"""Seconds without a keystroke after which a text is glanced at: a pause between two words, not between two letters."""
REST = 0.5
"""Seconds without a keystroke after which everything is looked at: who rests so long is reading or thinking."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checks:
    """What the checker lends to an editor."""

    find: Callable[[Reading, frozenset[str]], tuple[Diagnostic, ...]]
    """Finds what is wrong; the files that it is given are open and not as they are on disk."""
    glance: Callable[[Sheet], tuple[Diagnostic, ...]]
    """Finds what is wrong with one text, as far as that can be told at once."""
    mend: Mend
    """Puts new words for old ones in a stretch of source."""
    follow: Callable[[Archive, Renaming], Iterable[Replacement]]
    """Says what a renaming changes beside notes and lines."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found, and the texts in which it was."""

    buffers: Mapping[str, Buffer]
    found: Mapping[str, tuple[Diagnostic, ...]]
    """By open file."""
    beyond: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    """Those of them that no glance could find."""


class Lookout:
    """Looks at one desk."""

    def __init__(
        self, desk: Desk, checks: Checks, show: Callable[[Lookout, frozenset[str]], None], worker: Executor
    ) -> None:
        """Begin to look after a desk.

        Args:
            desk: Which one.
            checks: What the checker lends.
            show: Is told which files have something new to say, in `found`.
            worker: Where everything is looked at.
        """
        self.desk = desk
        self.found: dict[str, tuple[Diagnostic, ...]] = {}
        """What is wrong with each open file, as far as is known."""
        self.ready = asyncio.Event()
        """Set once the files have been read, or cannot be."""
        self._beyond: Mapping[str, tuple[Diagnostic, ...]] = {}
        self._checks = checks
        self._show = show
        self._worker = worker
        self._due: dict[str, asyncio.TimerHandle] = {}
        """Glances at files, and under an empty name the next look."""
        self._task: asyncio.Task[None] | None = None
        self._disk = False
        self._again = False

    def typed(self, path: str) -> None:
        """Have a glance at a text after a pause, and a look after a rest."""
        self._later(path, PAUSE, lambda: self._glance(path))
        self.soon(disk=False, delay=REST)

    def soon(self, *, disk: bool, delay: float = 0.0) -> None:
        """Have a look after some seconds of peace; with `disk`, at the files on disk as well."""
        self._disk = self._disk or disk
        self._later("", delay, self._begin)

    def _later(self, name: str, delay: float, do: Callable[[], None]) -> None:
        if (due := self._due.pop(name, None)) is not None:
            due.cancel()
        self._due[name] = asyncio.get_running_loop().call_later(delay, do)

    def _glance(self, path: str) -> None:
        sheet = self.desk.sheet(path)
        if sheet is not None:
            found = {*self._checks.glance(sheet), *self._beyond.get(path, ())}
            self.found[path] = tuple(sorted(found, key=lambda one: one.sort_key()))
            self._show(self, frozenset({path}))

    def _begin(self) -> None:
        if self._task is not None and not self._task.done():
            self._again = True
            return
        self._task = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        self._again = True
        while self._again:
            disk, self._disk, self._again = self._disk, False, False
            look = await asyncio.get_running_loop().run_in_executor(self._worker, self._looked, disk)
            self.ready.set()
            if look is not None:
                self._beyond = look.beyond
                same = {path for path, buffer in look.buffers.items() if self.desk.buffers.get(path) is buffer}
                self.found |= {path: look.found[path] for path in same}
                self._show(self, frozenset(same))

    def _looked(self, disk: bool) -> _Look | None:
        """Look, in the worker's thread."""
        desk = self.desk
        try:
            if disk:
                desk.reload()
            buffers, reading = dict(desk.buffers), desk.current()
            if not self.ready.is_set():
                gc.freeze()  # what has been read stays, and looking through it for garbage takes as long as a check
            if reading is None:
                return _Look({}, {})
            found: dict[str, list[Diagnostic]] = {path: [] for path in buffers}
            for one in self._checks.find(reading, desk.unsaved()):
                if one.path in found:
                    found[one.path].append(one)
            glanced = {path: self._checks.glance(sheet) for path in buffers if (sheet := desk.sheet(path)) is not None}
            beyond = {path: tuple(one for one in found[path] if one not in known) for path, known in glanced.items()}
            return _Look(buffers, {path: tuple(some) for path, some in found.items()}, beyond)
        except Exception:  # noqa: BLE001 - the server lives on, whatever a file does to a rule
            _LOG.exception("a look at %s failed", desk.config_path)
            return None
