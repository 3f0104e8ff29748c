"""The progress bar of work that takes longer than a breath."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from inquiry.site import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.progress import TaskID

PATIENCE = 1.0
"""Seconds before a bar appears: one that flashes by tells nothing."""


class Bar:
    """Draws each step of a build, once the build has taken long enough."""

    def __init__(self, console: Console) -> None:
        from rich.progress import Progress  # noqa: PLC0415 - only a terminal shows it

        self._progress = Progress(console=console, transient=True)
        self._steps: dict[str, TaskID] = {}
        self._begun = time.monotonic()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show that so many of a step are done."""
        if time.monotonic() - self._begun < PATIENCE:
            return
        if not self._steps:
            self._progress.start()
        if step not in self._steps:
            self._steps[step] = self._progress.add_task(step, total=total)
        self._progress.update(self._steps[step], completed=done, total=total)

    def close(self) -> None:
        """Take the bar away."""
        self._progress.stop()


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[None]:
    """Listen to a build and draw how far it is on standard error."""
    if not shown:
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - likewise

    bar = Bar(Console(stderr=True))
    progress.report = bar
    try:
        yield
    finally:
        progress.report = None
        bar.close()
