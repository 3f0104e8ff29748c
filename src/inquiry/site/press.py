"""The press: renders all pages and writes them, shared by processes where there are several.

What a page needs is made before, and processes are made by forking, so that nothing is handed over but numbers.
"""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from inquiry.processes import Crew, cut
from inquiry.site import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inquiry.site.render import OutputPage

    Printed = tuple[OutputPage, str]
    """A page, and the file that it is written to."""

AT_ONCE = 32
"""Pages that a process takes at a time."""
FEWEST = 128
"""Pages for which a second process pays."""


class Press:
    """Renders the pages of one build, once."""

    def __init__(self, html: Callable[[OutputPage], str]) -> None:
        self._html = html
        self._pages: Sequence[Printed] = ()
        self._written = 0

    def load(self, pages: Sequence[Printed]) -> None:
        """Say what will be printed."""
        self._pages = pages

    def run(self) -> None:
        """Print what has been loaded, if it is not printed yet."""
        pages, self._pages = self._pages, ()
        if not pages:
            return
        enabled = gc.isenabled()
        gc.disable()
        gc.freeze()  # what is there will stay, and a child that looked at it would copy it
        try:
            crew = Crew(self._print, cut(pages, AT_ONCE), count=None if len(pages) >= FEWEST else 1)
            crew.results()
        finally:
            gc.unfreeze()
            if enabled:
                gc.enable()
        progress.tell("pages", len(pages), len(pages))

    def _print(self, pages: Sequence[Printed]) -> int:
        for page, path in pages:
            write(path, self._html(page).encode("utf-8", errors="xmlcharrefreplace"))
        return len(pages)


def write(path: str, content: bytes) -> None:
    """Write a file, and make its folder where there is none."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - for each page, and paths take long
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    with open(descriptor, "wb", buffering=0) as file:  # noqa: PTH123 - likewise
        file.write(content)
