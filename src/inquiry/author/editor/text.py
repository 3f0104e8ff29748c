"""The text of an open file, and its places as editors count them.

An editor counts lines from 0, ended by LF, CR LF or CR and nothing else, and columns in units of an encoding on which
both sides agree; we count lines and columns from 1, columns in characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from inquiry.diagnostics import Position, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE_END = re.compile(r"\r\n|\r|\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BMP_END = 0xFFFF
"""Last code point that UTF-16 writes in one unit."""
_BOM = "\ufeff"


class Encoding(StrEnum):
    """What the columns of an editor count."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"

    def units(self, text: str) -> int:
        """Count the units of some characters.

        >>> [one.units("é𝔸") for one in Encoding]
        [6, 3, 2]
        """
        match self:
            case Encoding.UTF8:
                return len(text.encode(errors="surrogatepass"))
            case Encoding.UTF16:
                return len(text) + sum(ord(letter) > _BMP_END for letter in text)
            case _:
                return len(text)

    def characters(self, text: str, units: int) -> int:
        """Count the characters that so many units of a text hold: all of it where it is shorter, none cut in two.

        >>> [one.characters("é𝔸z", 3) for one in Encoding]
        [1, 2, 3]
        """
        if self is Encoding.UTF32 or text.isascii():
            return max(0, min(units, len(text)))
        count = 0
        for letter in text:
            units -= self.units(letter)
            if units < 0:
                break
            count += 1
        return count


class Point(NamedTuple):
    """A place as an editor gives it."""

    line: int
    """From 0."""
    column: int
    """From 0, in units of the encoding."""


class Stretch(NamedTuple):
    """A part of a text as an editor gives it."""

    start: Point
    end: Point


class Change(NamedTuple):
    """What an editor did to a text."""

    stretch: Stretch | None
    """What is replaced; None for all of it."""
    text: str


@dataclass(frozen=True)
class Text:
    """A text that never changes; a change makes another."""

    source: str
    """As the editor has it, with its line ends; halves of letters, which UTF-8 cannot hold, are replaced."""

    def __post_init__(self) -> None:
        """Leave nothing that cannot be written to a file."""
        if _SURROGATE.search(self.source):
            object.__setattr__(self, "source", _SURROGATE.sub("\ufffd", self.source))

    @cached_property
    def _bounds(self) -> tuple[tuple[int, int], ...]:
        """Begin and end of every line, line ends left out."""
        ends = [(match.start(), match.end()) for match in _LINE_END.finditer(self.source)]
        starts = [0, *(end for _, end in ends)]
        return tuple(zip(starts, [*(start for start, _ in ends), len(self.source)], strict=True))

    @cached_property
    def plain(self) -> str:
        """The text as files are read: LF line ends, no byte order mark."""
        return _LINE_END.sub("\n", self.source).removeprefix(_BOM)

    @property
    def line_end(self) -> str:
        """How its lines end, by the first of them."""
        found = _LINE_END.search(self.source)
        return found[0] if found else "\n"

    def line(self, number: int) -> str:
        """Give a line, counted from 1, without its end; empty where there is none."""
        if not 1 <= number <= len(self._bounds):
            return ""
        start, end = self._bounds[number - 1]
        return self.source[start:end]

    def position(self, point: Point, encoding: Encoding) -> Position:
        """Turn an editor's place into ours; one outside is the nearest inside."""
        row = max(0, min(point.line, len(self._bounds) - 1))
        if row < point.line:
            return Position(row + 1, len(self.line(row + 1)) + 1)
        return Position(row + 1, encoding.characters(self.line(row + 1), point.column) + 1)

    def point(self, position: Position, encoding: Encoding) -> Point:
        """Turn our place into an editor's; one outside is the nearest inside."""
        if position.line > len(self._bounds):
            last = len(self._bounds)
            return Point(last - 1, encoding.units(self.line(last)))
        return Point(position.line - 1, encoding.units(self.line(position.line)[: position.column - 1]))

    def stretch(self, span: Span, encoding: Encoding) -> Stretch:
        """Turn a span into what an editor understands."""
        return Stretch(self.point(span.start, encoding), self.point(span.end, encoding))

    def span(self, stretch: Stretch, encoding: Encoding) -> Span:
        """Turn an editor's stretch into a span."""
        return Span(self.position(stretch.start, encoding), self.position(stretch.end, encoding))

    def offset(self, position: Position) -> int:
        """Count the characters before one of our places."""
        row = max(0, min(position.line - 1, len(self._bounds) - 1))
        start, end = self._bounds[row]
        return end if row < position.line - 1 else min(start + position.column - 1, end)

    def between(self, span: Span) -> str:
        """Give what stands in a span."""
        return self.source[self.offset(span.start) : self.offset(span.end)]

    def changed(self, changes: Iterable[Change], encoding: Encoding) -> Text:
        """Make what an editor has done, in its order; each change counts in the text that the last one left."""
        text = self
        for stretch, fresh in changes:
            if stretch is None:
                text = Text(fresh)
                continue
            start, end = (text.offset(text.position(point, encoding)) for point in stretch)
            text = Text(text.source[:start] + fresh + text.source[max(start, end) :])
        return text
