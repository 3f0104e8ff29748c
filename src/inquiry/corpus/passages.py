"""Passages: blocks that carry an id of their own (`^evidence`), so that others can cite or embed them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inquiry.corpus.body import Passage
from inquiry.corpus.output import Output, joined

if TYPE_CHECKING:
    from inquiry.corpus.leaf import Leaf
    from inquiry.corpus.places import Places

_MARKER = re.compile(r"(?:^|[ \n])\^([A-Za-z0-9][A-Za-z0-9_-]*)\s*$")
_TAG = re.compile(r"^<(\w+)")


class Passages:
    """The passages of one body."""

    def __init__(self, source: bytes, places: Places) -> None:
        self._source = source
        self._places = places
        self.found: list[Passage] = []
        self._names: set[str] = set()
        """Ids given so far: the first block of a name keeps it, as browsers have it."""

    def mark(self, leaf: Leaf, out: Output, first: int, *, item: bool = False) -> None:
        """Turn a ` ^id` at the end of a block into the block's id.

        Args:
            leaf: The block's words.
            out: Where it has been written, up to its closing tag.
            first: Index of the chunk that opens it.
            item: Whether it is a list item rather than a paragraph.
        """
        typed = "".join(leaf.typed)
        if "^" not in typed or not (match := _MARKER.search(typed)):  # most blocks have none, and a search takes long
            return
        name = match[1]
        last = out.chunks[-1]
        if not isinstance(last, str) or not last.endswith(f"^{name}"):
            return
        out.chunks[-1] = last[: -len(name) - 1].rstrip()
        leaf.words[-1] = leaf.words[-1][: leaf.words[-1].rfind("^")].rstrip()
        if not self._take(name):
            return
        _give_id(out, first, name)
        before, behind = ("<ul>\n", "</li>\n</ul>\n") if item else ("", "</p>\n")
        at = self._source.rfind(f"^{name}".encode(), 0, leaf.end + 1)
        span = self._places.span(at, at + len(name) + 1)
        self.found.append(Passage(name, span, joined([before, *out.chunks[first:], behind])[0], leaf.text.strip()))

    def lone_marker(self, leaf: Leaf) -> str:
        """Give the id when a paragraph is nothing but `^id`; empty otherwise."""
        match = _MARKER.fullmatch("".join(leaf.typed).strip())
        return match[1] if match and not leaf.links else ""

    def mark_block(self, name: str, leaf: Leaf, out: Output, first: int, text: str) -> None:
        """Give a whole block, such as a table or a quote, the id that a lone marker below it names."""
        if not self._take(name):
            return
        _give_id(out, first, name)
        span = self._places.span(leaf.start, leaf.start + len(name) + 1)
        self.found.append(Passage(name, span, joined(out.chunks[first:])[0], text))

    def _take(self, name: str) -> bool:
        """Take a name, if it is free."""
        free = name not in self._names
        self._names.add(name)
        return free


def _give_id(out: Output, first: int, name: str) -> None:
    opening = out.chunks[first] if first < len(out.chunks) else ""
    if isinstance(opening, str):
        out.chunks[first] = _TAG.sub(rf'<\1 id="^{name}"', opening, count=1)
