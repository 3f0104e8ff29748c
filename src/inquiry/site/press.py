"""The press: renders all pages and writes them, shared by processes where there are several.

Processes are made by forking, so that nothing is handed over but what a job returns.  First go the pages that need
no suggestions, and whatever else can be done while this process makes those; then all others.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from inquiry.garbage import uncollected
from inquiry.processes import Crew, cut
from inquiry.site import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from inquiry.site.made_file import MadeFile
    from inquiry.site.render import OutputPage

    Printed = tuple[OutputPage, str]
    """A page, and the file that it is written to."""

Result = TypeVar("Result")

AT_ONCE = 32
"""Pages that a process takes at a time."""
FEWEST = 128
"""Pages for which a second process pays."""


def print_site(
    pages: Sequence[Printed],
    html: Callable[[OutputPage], str],
    *,
    files: Sequence[tuple[MadeFile, str]] = (),
    keeps: Callable[[Printed], bool],
    aside: Callable[[], Result],
    chore: Callable[[], None],
    heard: Callable[[Result], None],
    meanwhile: Callable[[], object],
) -> None:
    """Render pages and write them.

    Args:
        pages: All that the site has.
        html: Renders one.
        files: What belongs to the whole site, each with the file that it is written to.
        keeps: Tells of a page whether it need not be made, because it is there as it would be.
        aside: Something else that can be done by any process; it must not need what `meanwhile` makes.
        chore: Likewise, with nothing to return.
        heard: Takes what `aside` returns, before the pages that show suggestions are made.
        meanwhile: Makes the suggestions, in this process, so that all processes that are made later have them.
    """
    early = [page for page in pages if not page[0].suggests and not keeps(page)]
    late = [page for page in pages if page[0].suggests]
    count = None if len(pages) >= FEWEST else 1
    progress.tell("pages", 0, len(pages))
    with _still():
        whole = [partial(_make, made, path) for made, path in files]
        jobs: list[Callable[[], Result | None]] = [aside, chore, *whole, *_jobs(early, html)]
        crew = Crew(_do, jobs, count=count)
        try:
            meanwhile()
            found = crew.results()[0]
            heard(found)  # type: ignore[arg-type] # the first job's result
        finally:
            crew.dismiss()
        late = [page for page in late if not keeps(page)]
        progress.tell("pages", len(pages) - len(late), len(pages))
        Crew(_do, [*_jobs(late, html)], count=count).results()
        progress.tell("pages", len(pages), len(pages))


def written_with(page: OutputPage, path: str) -> list[str]:
    """List the file that a page is written to and those beside it."""
    folder = os.path.dirname(path)  # noqa: PTH120 - for each page, and paths take long
    return [path, *(f"{folder}{os.sep}{made.name}" for made in page.beside)]


def _do(job: Callable[[], Result]) -> Result:
    return job()


def _jobs(pages: Sequence[Printed], html: Callable[[OutputPage], str]) -> Iterator[Callable[[], None]]:
    return (partial(_print, some, html) for some in cut(pages, AT_ONCE))


def _print(pages: Sequence[Printed], html: Callable[[OutputPage], str]) -> None:
    for page, path in pages:
        write(path, html(page).encode("utf-8", errors="xmlcharrefreplace"))
        for made in page.beside:
            write(os.path.join(os.path.dirname(path), made.name), made.make())  # noqa: PTH118, PTH120 - one of thousands


def _make(made: MadeFile, path: str) -> None:
    write(path, made.make())


@contextmanager
def _still() -> Iterator[None]:
    """Look for no garbage: what is there will stay, and a process that looked at it would get a copy of its own."""
    with uncollected():
        gc.freeze()
        try:
            yield
        finally:
            gc.unfreeze()


def write(path: str, content: bytes) -> None:
    """Write a file, and make its folder where there is none."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - for each page, and paths take long
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    with open(descriptor, "wb", buffering=0) as file:  # noqa: PTH123 - likewise
        file.write(content)
