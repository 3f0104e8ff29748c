"""New words for stretches of a text; line ends, a mark at the head and all other words stay as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.diagnostics import Span

_BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, order=True, slots=True)
class Splice:
    """A stretch of one line, and what will stand there."""

    span: Span
    text: str


class Lines:
    """A text that is asked by line and column, of which a byte order mark has none."""

    def __init__(self, text: str) -> None:
        self._mark = _BOM if text.startswith(_BOM) else ""
        self._text = text.removeprefix(_BOM)
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(self._text))]

    def stretch(self, span: Span) -> str:
        """Give what stands in a span."""
        start, end = self._offsets(span)
        return self._text[start:end]

    def above(self, line: int) -> list[str]:
        """Give the lines of a paragraph down to a line, and the one below it."""
        lines = _LINE_END.split(self._text)
        first = line - 1
        while first > 0 and lines[first - 1].strip():
            first -= 1
        return lines[first : line + 1]

    def spliced(self, splices: Iterable[Splice]) -> str:
        r"""Put new words in; of two for one stretch the first counts.

        >>> from inquiry.diagnostics import Span
        >>> Lines("one\r\ntwo three").spliced([Splice(Span.at(2, 5, 5), "four")])
        'one\r\ntwo four'
        """
        parts, at = [self._mark], 0
        for splice in sorted(splices):
            start, end = self._offsets(splice.span)
            if start >= at:
                parts += [self._text[at:start], splice.text]
                at = end
        return "".join([*parts, self._text[at:]])

    def _offsets(self, span: Span) -> tuple[int, int]:
        start, end = (self._starts[place.line - 1] + place.column - 1 for place in (span.start, span.end))
        return start, end
