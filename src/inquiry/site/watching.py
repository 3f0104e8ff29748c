"""Hearing of changed files from the system, where MkDocs looks at all of them twice a second, and showing them at once.

Folders are watched by the system's own events; single files are still looked at, because an editor that saves by
renaming leaves the events of the old file behind.  Where the system has no events to give, everything is looked at.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mkdocs.livereload import LiveReloadServer
    from watchdog.observers.api import ObservedWatch

_CHANGES: list[type[FileSystemEvent]] = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
"""Events that mean a change; that a file was opened or read means none, and a build reads them all."""
_LOOK_EVERY = 0.5
"""Seconds between two looks at a single file."""
_QUIET = 0.02
"""Seconds without another change after which a file is taken to be whole."""
_TURN = 0.0005
"""Seconds for which a build keeps others from running: a tenth of what Python gives it, for edits to show meanwhile."""
_BUILDS_A_COLLECTION = 50
"""Builds after which garbage is looked for.  At 10,000 pages a look stops everything for 0.8 seconds, and finds some
7,000 objects a build; all else goes when the next build takes its place."""
_MOST_IN_A_BURST = 100
"""Changes that are waited for, should they never end."""


class Watchers:
    """Two observers that behave as the one that MkDocs expects."""

    def __init__(self, heard: Callable[[str], None], *, by_events: bool) -> None:
        """Begin.

        Args:
            heard: Is told of each file that has changed.
            by_events: Whether the system has events to give.
        """
        self._heard = heard
        self._folders: Any = Observer() if by_events else PollingObserver(timeout=_LOOK_EVERY)
        self._files = PollingObserver(timeout=_LOOK_EVERY)
        self._of: dict[ObservedWatch, Any] = {}

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> ObservedWatch:
        """Watch a folder or a file."""
        observer = self._folders if Path(path).is_dir() else self._files
        watch: ObservedWatch = observer.schedule(
            _Both(handler, self._heard), path, recursive=recursive, event_filter=_CHANGES
        )
        self._of[watch] = observer
        return watch

    def unschedule(self, watch: ObservedWatch) -> None:
        """Watch no more."""
        self._of.pop(watch).unschedule(watch)

    def start(self) -> None:
        """Begin."""
        self._folders.start()
        self._files.start()

    def stop(self) -> None:
        """End."""
        self._folders.stop()
        self._files.stop()

    def join(self, timeout: float | None = None) -> None:
        """Wait until both have ended."""
        self._folders.join(timeout)
        self._files.join(timeout)


class _Both(FileSystemEventHandler):
    """Tells two of each event: MkDocs, and whoever wants to know which file it was."""

    def __init__(self, handler: FileSystemEventHandler, heard: Callable[[str], None]) -> None:
        self._handler = handler
        self._heard = heard

    def dispatch(self, event: FileSystemEvent) -> None:
        """Tell them."""
        self._handler.dispatch(event)
        if not event.is_directory:
            self._heard(os.fsdecode(event.dest_path or event.src_path))


class Hurry:
    """Shows each edited file at once, on a thread of its own, while MkDocs makes the whole site in the main one.

    MkDocs lets browsers wait while it builds, because its output is half-built then.  Ours never is: readers get
    the old site, or what is shown of the new one, until the new one is there.
    """

    def __init__(self, server: LiveReloadServer, show: Callable[[str], bool]) -> None:
        """Begin.

        Args:
            server: The preview's; its builder is replaced.
            show: Shows a file, named with its folders, and tells whether a page is different now.
        """
        self._server = server
        self._show = show
        self._build = server.builder
        self._heard: SimpleQueue[str] = SimpleQueue()
        self._since: set[str] = set()
        """Files that were heard of since the last build began."""
        self._builds = 0
        server.builder = self.build
        gc.disable()
        sys.setswitchinterval(_TURN)
        Thread(target=self._run, daemon=True).start()

    def hear(self, file: str) -> None:
        """Take note that a file has changed."""
        self._heard.put(file)

    def build(self) -> None:
        """Build the site, and let browsers read meanwhile."""
        self._since.clear()
        self._set_epoch(self._server._visible_epoch)  # noqa: SLF001 - MkDocs's server has no other way to say this
        self._build()
        for file in tuple(self._since):  # the build may have read these before they changed
            self._show(file)
        self._builds += 1
        if self._builds % _BUILDS_A_COLLECTION == 0:
            gc.collect()
        self._server._wanted_epoch = _now()  # noqa: SLF001 - likewise

    def _run(self) -> None:
        while True:
            files = self._burst()
            self._since |= files
            shown = [self._show(file) for file in sorted(files)]
            if any(shown):
                self._set_epoch(_now())

    def _burst(self) -> set[str]:
        """Wait for files that change one right after the other, or one that is written piece by piece."""
        files = {self._heard.get()}
        with suppress(Empty):
            for _ in range(_MOST_IN_A_BURST):
                files.add(self._heard.get(timeout=_QUIET))
        return files

    def _set_epoch(self, epoch: int) -> None:
        """Say of when the site is that browsers see: they load pages of another time anew, and wait for nothing."""
        server = self._server
        with server._epoch_cond:  # noqa: SLF001 - likewise
            server._visible_epoch = server._wanted_epoch = epoch  # noqa: SLF001 - likewise
            server._epoch_cond.notify_all()  # noqa: SLF001 - likewise


def watch_eagerly(server: LiveReloadServer, paths: Iterable[str], show: Callable[[str], bool]) -> None:
    """Have a preview hear of changes at once, and show them.

    Args:
        server: The preview's.
        paths: What MkDocs has asked it to watch already.
        show: See `Hurry`.
    """
    paths = list(paths)
    by_events = _gives_events(path for path in paths if Path(path).is_dir())
    for path in paths:
        server.unwatch(path)
    hurry = Hurry(server, show)
    server.observer = Watchers(hurry.hear, by_events=by_events)  # type: ignore[assignment] # it asks for these methods
    for path in paths:
        server.watch(path)


def _now() -> int:
    """Name this moment as MkDocs's server does."""
    return round(time.monotonic() * 1000)


def _gives_events(folders: Iterable[str]) -> bool:
    """Try whether the system has events to give for some folders."""
    probe = Observer()
    try:
        for folder in folders:
            probe.schedule(FileSystemEventHandler(), folder, recursive=True)
        probe.start()
    except OSError:
        return False
    probe.stop()
    probe.join()
    return True
