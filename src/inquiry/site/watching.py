"""Hearing of changed files from the system, where MkDocs looks at all of them twice a second.

Folders are watched by the system's own events; single files are still looked at, because an editor that saves by
renaming leaves the events of the old file behind.  Where the system has no events to give, everything is looked at.
"""

from __future__ import annotations

from pathlib import Path
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
    from collections.abc import Iterable

    from mkdocs.livereload import LiveReloadServer
    from watchdog.observers.api import ObservedWatch

_CHANGES: list[type[FileSystemEvent]] = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
"""Events that mean a change; that a file was opened or read means none, and a build reads them all."""
_LOOK_EVERY = 0.5
"""Seconds between two looks at a single file."""


class Watchers:
    """Two observers that behave as the one that MkDocs expects."""

    def __init__(self) -> None:
        self._folders: Any = Observer()
        self._files = PollingObserver(timeout=_LOOK_EVERY)
        self._of: dict[ObservedWatch, Any] = {}

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> ObservedWatch:
        """Watch a folder or a file."""
        observer = self._folders if Path(path).is_dir() else self._files
        watch: ObservedWatch = observer.schedule(handler, path, recursive=recursive, event_filter=_CHANGES)
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


def watch_eagerly(server: LiveReloadServer, paths: Iterable[str]) -> None:
    """Have a preview hear of changes at once; `paths` are those that MkDocs has asked it to watch already."""
    paths = list(paths)
    if not _gives_events(path for path in paths if Path(path).is_dir()):
        return
    for path in paths:
        server.unwatch(path)
    server.observer = Watchers()  # type: ignore[assignment] # it asks for these five methods
    for path in paths:
        server.watch(path)


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
