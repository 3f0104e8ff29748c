"""An edition: the pages of one build, from which are made anew to the moment when readers see them.

Knows the folder that readers see, the one beside it, and what the last edition wrote; of MkDocs it knows nothing.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING

from inquiry.site.findings import findings_html
from inquiry.site.manifest import FILE, PREVIEW, Manifest
from inquiry.site.output import Output
from inquiry.site.press import Aside, print_site, written_with
from inquiry.site.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from inquiry.diagnostics import Diagnostic
    from inquiry.site.made_file import MadeFile
    from inquiry.site.manifest import Judgement
    from inquiry.site.press import Printed
    from inquiry.site.render import OutputPage


class Edition:
    """One build of a site."""

    def __init__(self, site: Path, cache: Path, *, previews: bool) -> None:
        """Begin, with nothing written, when no other build of the site is at work; a preview has a site of its own.

        Args:
            site: The folder that readers see.
            cache: The folder of the cache.
            previews: Whether it is the author who will read, who sees on each page what is wrong with it.
        """
        self._turn = None if previews else Turn(cache)
        self._output = Output(site)
        self._cache = cache
        self._previews = previews
        self._manifest = Manifest(cache / FILE, site, "")
        self.files: dict[str, Path] = {}
        """Where readers find the page of each document, by the document's file; known when pages are printed."""
        self._spoiled: set[str] = set()
        self._wrong: dict[str, list[Diagnostic]] = {}
        """What is wrong with each file."""

    @property
    def folder(self) -> Path:
        """The folder that everything is written into; nobody sees it."""
        return self._output.staged

    @property
    def site(self) -> Path:
        """The folder that readers see."""
        return self._output.site

    @property
    def old(self) -> Path | None:
        """The old site, where some of it stays; None where all is new."""
        return self._output.site if self._manifest.kept else None

    def print(
        self,
        pages: Sequence[Printed],
        files: Sequence[tuple[MadeFile, str]],
        html: Callable[[OutputPage, str], str],
        *,
        key: str,
        check: Callable[[], Iterable[Diagnostic]],
        tell: Callable[[Diagnostic], None],
        asides: Iterable[Aside],
        suggest: Callable[[], object],
    ) -> None:
        """Write all pages that are not in the old site as they would be.

        Args:
            pages: All pages, each with the file that it would be written to.
            files: What else belongs to the site, likewise.
            html: Renders a page, with something above it.
            key: Names all that every page depends on.
            check: Finds what is wrong.
            tell: Takes each finding.
            asides: What else can be made by any process, before pages that show suggestions are.
            suggest: Makes the suggestions.
        """
        if self._previews:
            self.files = {page.source: self.site / self._name(path) for page, path in pages if page.source}
        self._manifest = Manifest.read(self._cache / (PREVIEW if self._previews else FILE), self.site, key)

        def heard(found: Iterable[Diagnostic]) -> None:
            for diagnostic in found:
                tell(diagnostic)
                if self._previews:
                    self._wrong.setdefault(diagnostic.path, []).append(diagnostic)

        print_site(
            pages,
            lambda page: html(page, self._above(page)),
            files=files,
            judge=lambda page: self._judge(written_with(*page), self._stamp(page[0])),
            judge_file=lambda made, path: self._judge([path], made.make_stamp),
            settle=self._manifest.settle,
            asides=[*asides, Aside(check, heard)],
            meanwhile=suggest,
        )

    def _above(self, page: OutputPage) -> str:
        """Give the HTML that stands above a page's own: what is wrong with it, in a preview."""
        return findings_html(self._wrong.get(page.source, ()))

    def publish(self, kept: Collection[str] = ()) -> None:
        """Let readers see it; `kept` are more files of the old site that stay."""
        self._manifest.kept.update(kept)
        self._output.publish(self._manifest.kept)
        for name in self._spoiled:
            self._manifest.after.pop(name, None)
        self._manifest.write()
        self._end()

    def spoil(self, file: Path) -> None:
        """Take note that a page that readers see is not as this edition or the one before left it."""
        self._spoiled.add(file.relative_to(self.site).as_posix())

    def abandon(self) -> None:
        """Leave the old site as it is."""
        self._output.abandon()
        self._end()

    def _end(self) -> None:
        if self._turn is not None:
            self._turn.end()

    def _judge(self, paths: Iterable[str], make_stamp: Callable[[], bytes] | None) -> Judgement:
        """Tell whether files that would be written are in the old site, all of them as they would be."""
        return self._manifest.judge([self._name(path) for path in paths], make_stamp)

    def _name(self, path: str) -> str:
        """Name a file relative to the folder that it is written into."""
        return path[len(str(self.folder)) + 1 :].replace(os.sep, "/")

    def _stamp(self, page: OutputPage) -> Callable[[], bytes] | None:
        """Add what stands above a page to what it shows."""
        make_stamp, above = page.make_stamp, self._above(page)
        if make_stamp is None or not above:
            return make_stamp
        return lambda: blake2b(make_stamp() + above.encode(errors="replace"), digest_size=12).digest()
