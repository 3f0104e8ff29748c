"""HTML as it is written: text and slots, with the line breaks of CommonMark's reference output."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from inquiry.corpus.body import Slot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.corpus.body import SlotKind

_URL_SAFE = "-_.+!*'(),%#@?=;:/&$~"


def escape(text: str) -> str:
    """Escape text for HTML, double quotes included.

    >>> escape('<a & "b">')
    '&lt;a &amp; &quot;b&quot;&gt;'
    """
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&quot;")
    return text


def escape_url(url: str) -> str:
    """Percent-encode what a URL cannot hold, and escape it for an attribute."""
    return quote(url, safe=_URL_SAFE).replace("&", "&amp;").replace("'", "&#x27;")


@lru_cache(maxsize=4096)
def _slot(kind: SlotKind, link: int) -> Slot:
    """Make a slot, the same one for all bodies: thousands of them would say no more."""
    return Slot(kind, link)


class Raw(str):
    """HTML as the author wrote it, to be put through the allow-list."""

    __slots__ = ()


class Output:
    """A growing run of HTML.

    Blocks begin on a line of their own; whatever is reserved can be written later, when its words are known.
    """

    __slots__ = ("chunks", "fresh")

    def __init__(self) -> None:
        self.chunks: list[str | Slot] = []
        self.fresh = True
        """Whether the last thing written ends a line."""

    def write(self, text: str) -> None:
        """Add text within a line."""
        self.chunks.append(text)
        self.fresh = False

    def block(self, text: str) -> int:
        """Begin a block on a line of its own and return its index."""
        if not self.fresh:
            self.chunks.append("\n")
        self.chunks.append(text)
        self.fresh = text.endswith("\n")
        return len(self.chunks) - 1

    def end(self, text: str) -> None:
        """Add text that ends its line."""
        self.chunks.append(text)
        self.fresh = True

    def slot(self, kind: SlotKind, link: int) -> None:
        """Leave a gap for a link to fill."""
        self.chunks.append(_slot(kind, link))
        self.fresh = False


def joined(chunks: Iterable[str | Slot], marks: Iterable[int] = ()) -> tuple[tuple[str | Slot, ...], dict[int, int]]:
    """Join neighbouring text.

    Args:
        chunks: What was written.
        marks: Indices of chunks that must stay the beginning of a piece.

    Returns:
        The pieces, and for each mark the index of the piece that begins there.
    """
    wanted = set(marks)
    pieces: list[str | Slot] = []
    moved: dict[int, int] = {}
    run: list[str] = []
    for index, chunk in enumerate(chunks):
        if index in wanted:
            if run:
                pieces.append("".join(run))
                run = []
            moved[index] = len(pieces)
        if isinstance(chunk, Slot):
            if run:
                pieces.append("".join(run))
                run = []
            pieces.append(chunk)
        else:
            run.append(chunk)
    if run:
        pieces.append("".join(run))
    return tuple(pieces), moved
