"""Headings: their anchors, their levels on a page, and the one that is the page's title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.corpus.body import Heading
from inquiry.corpus.output import Output, escape
from inquiry.corpus.slugs import heading_slug, page_anchor, unique_slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inquiry.corpus.body import Slot
    from inquiry.corpus.places import Places

_HIGHEST = 2
"""Level of the highest heading of a body: the page's own title is the one of level 1."""
_LOWEST = 6


@dataclass(slots=True)
class _Written:
    out: Output
    open_at: int
    heading: Heading
    close_at: int = -1
    """-1 while it is open, and for the heading that became the page's title."""


class Headings:
    """The headings of one body, in order."""

    def __init__(self, *, whole: bool) -> None:
        """Begin without headings; a `whole` text keeps all of them as and where they are."""
        self._whole = whole
        self._slugs: set[str] = set()
        self._written: list[_Written] = []
        self.title = ""
        """Plain text of the heading that is the page's title."""
        self.title_chunks: list[str | Slot] = []
        """The same as it was written, raw HTML included."""

    def begin(self, out: Output, level: int, given_id: str, places: Places, where: tuple[int, int]) -> int:
        """Open a heading and return the index of the chunk that will open it."""
        at = out.block("")
        self._written.append(_Written(out, at, Heading(level, "", given_id, places, *where)))
        return at

    def finish(self, typed: str, *, may_be_title: bool) -> str:
        """Close the open heading, whose words are known now, and return its anchor.

        The first heading of a body is the page's title when its level is 1; its HTML is taken out.
        """
        written = self._written[-1]
        name = written.heading.id or unique_slug(heading_slug(typed), self._slugs)
        self._slugs.add(name)
        written.heading = written.heading._replace(text=typed, id=name)
        if may_be_title and not self._whole and len(self._written) == 1 and written.heading.level == 1:
            chunks = written.out.chunks[written.open_at + 1 :]
            self.title = typed
            self.title_chunks = chunks
            del written.out.chunks[written.open_at :]
            written.out.fresh = True
        else:
            written.close_at = len(written.out.chunks)
            written.out.end("")
        return name

    def write_tags(self) -> None:
        """Fill in the tags, once all levels are known."""
        shown = list(self._shown())
        shift = 0 if self._whole or not shown else _HIGHEST - min(each.heading.level for each in shown)
        for each in shown:
            level = min(_LOWEST, each.heading.level + shift)
            name = each.heading.id if self._whole else page_anchor(each.heading.id)
            each.out.chunks[each.open_at] = f'<h{level} id="{escape(name)}">'
            each.out.chunks[each.close_at] = f"</h{level}>\n"

    def openings(self, out: Output) -> set[int]:
        """Give the identities of the chunks of this output that open a heading."""
        return {id(out.chunks[each.open_at]) for each in self._shown() if each.out is out}

    def placed(self, places: Mapping[int, int]) -> Iterator[Heading]:
        """Give every heading with the piece that it begins.

        Args:
            places: Index of a piece for the identity of the chunk that opens it.
        """
        for each in self._written:
            opening: str | Slot = each.out.chunks[each.open_at] if each.close_at >= 0 else ""
            yield each.heading._replace(piece=places.get(id(opening), -1))

    def _shown(self) -> Iterator[_Written]:
        return (each for each in self._written if each.close_at >= 0)
