"""The running text of a body with its places: where words may still become a link.

A lean walk over the parser's events, for the few who ask; a parsed body keeps its plain words without their
places.  Links, code, formulas, headings, comments, raw HTML and bare addresses are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyromark

from inquiry.corpus.comments import strip_comments
from inquiry.corpus.dialect import OPTIONS
from inquiry.corpus.places import Places
from inquiry.corpus.written import CITATION_MARK, OWN_MARK, citations, is_own_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.diagnostics import Span

GAP = "\0"
"""Stands for what was left out, so that no phrase is read across it; no Markdown text can hold it."""
_CLOSED = frozenset({"Heading", "CodeBlock", "HtmlBlock", "Link", "Image", "MetadataBlock"})
"""Elements whose words are left out."""
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript", "Link", "Image"})
"""Elements that do not end a stretch of text."""
_CLOSED_TAG = re.compile(r"<(/?)(?:a|code|kbd|math|pre|samp|script|style|svg)\b", re.IGNORECASE)
"""Raw HTML elements whose words are left out."""
_ADDRESS_OR_TAG = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|(?<!\w)#\w[\w/-]*")
"""Addresses, mailboxes and Obsidian's `#tags`: their words belong to them."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of one paragraph, list item or cell."""

    text: str
    """As typed, with `GAP` for what was left out."""
    _pieces: tuple[tuple[int, int, int, bool], ...]
    """For each piece its offset in the text, its byte range in the source, and whether it stands there verbatim."""
    _places: Places

    def span(self, start: int, end: int) -> Span:
        """Say where in the file a stretch of the text stands, given its offsets."""
        return self._places.span(self._byte(start, after=False), self._byte(end - 1, after=True))

    def _byte(self, at: int, *, after: bool) -> int:
        """Give the byte before or behind a character."""
        number = bisect_right(self._pieces, at, key=lambda piece: piece[0]) - 1
        offset, first, last, verbatim = self._pieces[number]
        if verbatim:
            return first + len(self.text[offset : at + after].encode())
        return last if after else first


def prose(text: str, *, first_line: int = 1) -> Iterator[Prose]:
    r"""List the stretches of running text of a body, in order.

    >>> [one.text for one in prose("# A\n\nSee *b* and [c](d.md).\n\n- e `f`")]
    ['See b and \x00.', 'e \x00']
    >>> next(prose("é\nlong *walk*", first_line=4)).span(2, 11)
    Span(start=Position(line=5, column=1), end=Position(line=5, column=11))
    """
    uncommented = strip_comments(text)
    source = uncommented.text.encode()
    places = Places(text, uncommented.cuts, first_line)
    draft, closed, closed_tags = _Draft(source, places), 0, 0
    for event, where in pyromark.events_with_range(uncommented.text, options=OPTIONS, broken_link_callback=_unknown):
        kind, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        name = value if isinstance(value, str) else next(iter(value)) if isinstance(value, dict) else ""
        if kind in {"Start", "End"}:
            if name not in _INLINE:
                if draft.pieces:
                    yield draft.finished()
                draft, closed_tags = _Draft(source, places), 0
            closed += (name in _CLOSED) * (1 if kind == "Start" else -1)
        elif kind == "InlineHtml" and (tag := _CLOSED_TAG.match(name)):
            closed_tags = max(0, closed_tags + (-1 if tag[1] else 1))
        if kind in {"Text", "SoftBreak", "HardBreak"} and not closed + closed_tags:
            draft.take(name if kind == "Text" else " ", where["start"], where["end"])
        elif kind not in {"Start", "End"} or name in _CLOSED:
            draft.leave_out(where["start"], where["end"])
    if draft.pieces:
        yield draft.finished()


@dataclass(slots=True)
class _Draft:
    """A stretch while it is being read."""

    source: bytes
    places: Places
    words: list[str] = field(default_factory=list)
    pieces: list[tuple[int, int, int, bool]] = field(default_factory=list)
    length: int = 0

    def take(self, words: str, start: int, end: int) -> None:
        """Take in words with their bytes; an entity or a straightened quote is not verbatim."""
        self.pieces.append((self.length, start, end, self.source[start:end] == words.encode()))
        self.words.append(words)
        self.length += len(words)

    def leave_out(self, start: int, end: int) -> None:
        """Mark a gap; one mark stands for all that follows without words between."""
        if self.words and self.words[-1] != GAP:
            self.take(GAP, start, end)

    def finished(self) -> Prose:
        """Hand the stretch over."""
        text = _ADDRESS_OR_TAG.sub(lambda found: GAP * len(found[0]), "".join(self.words))
        return Prose(text, tuple(self.pieces), self.places)


def _unknown(link: pyromark.event.BrokenLink) -> tuple[str, str] | None:
    """Tell the parser what brackets mean that no definition explains."""
    if is_own_mark(link["reference"]):
        return (OWN_MARK, "")
    return (CITATION_MARK, "") if citations(link["reference"]) else None
