"""The press: renders all pages and writes them, shared by processes where there are several.

Processes are made by forking, so that nothing is handed over but what a job returns.  First go the pages that need
no suggestions, and whatever else can be done while this process makes those; then all others.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from inquiry.garbage import uncollected
from inquiry.graph.suggestion import EXPLAINED_AT_ONCE
from inquiry.processes import Crew, cut
from inquiry.site import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from inquiry.site.made_file import MadeFile
    from inquiry.site.manifest import Judgement
    from inquiry.site.render import OutputPage

    Printed = tuple[OutputPage, str]
    """A page, and the file that it is written to."""

AT_ONCE = EXPLAINED_AT_ONCE
"""Pages that a process takes at a time: those whose suggestions are explained together."""
FEWEST = 128
"""Pages for which a second process pays."""


class Aside(NamedTuple):
    """Something that any process can make, beside the pages."""

    make: Callable[[], Any]
    """Its result must be picklable."""
    take: Callable[[Any], object] | None = None
    """Takes the result, in this process; None where there is none."""


def print_site(
    pages: Sequence[Printed],
    html: Callable[[OutputPage], str],
    *,
    files: Sequence[tuple[MadeFile, str]] = (),
    judge: Callable[[Printed], Judgement],
    judge_file: Callable[[MadeFile, str], Judgement],
    settle: Callable[[Judgement], object],
    asides: Sequence[Aside],
    meanwhile: Callable[[], object],
) -> None:
    """Render pages and write them, those aside that are there as they would be.

    Args:
        pages: All that the site has.
        html: Renders one.
        files: What belongs to the whole site, each with the file that it is written to.
        judge: Tells of a page whether it need be made.
        judge_file: The same of a file.
        settle: Takes each judgement, in this process.
        asides: What else can be done by any process, first things first; it must not need what `meanwhile` makes, and
            all of it is taken before the pages are made that show suggestions.
        meanwhile: Makes the suggestions, in this process, so that all processes that are made later have them.
    """
    late = [page for page in pages if page[0].suggests]
    count = None if len(pages) >= FEWEST else 1

    def make_file(made: MadeFile, path: str) -> list[Judgement]:
        judged = judge_file(made, path)
        if not judged.kept:
            write(path, made.make())
        return [judged]

    def make_pages(some: Sequence[Printed]) -> list[Judgement]:
        judged = [judge(page) for page in some]
        _print([page for page, one in zip(some, judged, strict=True) if not one.kept], html)
        return judged

    early = cut([page for page in pages if not page[0].suggests], AT_ONCE)
    progress.tell("pages", 0, len(pages))
    with _still():
        jobs: list[Callable[[], Any]] = [aside.make for aside in asides]
        jobs += [partial(make_file, *file) for file in files]
        jobs += [partial(make_pages, some) for some in early]
        crew = Crew(_do, jobs, count=count)
        try:
            meanwhile()
            made = crew.results()
        finally:
            crew.dismiss()
        for aside, result in zip(asides, made, strict=False):
            if aside.take:
                aside.take(result)
        progress.tell("pages", len(pages) - len(late), len(pages))
        made_late = Crew(_do, [partial(make_pages, some) for some in cut(late, AT_ONCE)], count=count).results()
        for judgements in (*made[len(asides) :], *made_late):
            for judged in judgements:
                settle(judged)
        progress.tell("pages", len(pages), len(pages))


def written_with(page: OutputPage, path: str) -> list[str]:
    """List the file that a page is written to and those beside it."""
    folder = os.path.dirname(path)  # noqa: PTH120 - for each page, and paths take long
    return [path, *(f"{folder}{os.sep}{made.name}" for made in page.beside)]


def _do(job: Callable[[], Any]) -> Any:
    return job()


def _print(pages: Sequence[Printed], html: Callable[[OutputPage], str]) -> None:
    for page, path in pages:
        write(path, html(page).encode("utf-8", errors="xmlcharrefreplace"))
        for made in page.beside:
            write(os.path.join(os.path.dirname(path), made.name), made.make())  # noqa: PTH118, PTH120 - one of thousands


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
