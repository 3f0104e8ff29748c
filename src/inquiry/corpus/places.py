"""Where a byte of a parsed body stands in its file.

The Markdown parser speaks of UTF-8 byte offsets into the text it was given; people speak of lines and of columns in
characters of their file.  Between the two lie the front matter above the body and the `%%` comments that were cut
out of it.
"""

from __future__ import annotations

from bisect import bisect_right

from inquiry.diagnostics import Position, Span


class Places:
    """A map from byte offsets of the parsed text to positions in the file."""

    __slots__ = ("_ascii", "_bytes", "_cuts", "_first_line", "_line_starts", "_original", "_ready")

    def __init__(self, original: str, cuts: tuple[tuple[int, int], ...], first_line: int) -> None:
        """Remember the body.

        Args:
            original: The body with its comments still in it, LF line ends.
            cuts: Byte ranges of `original` that were cut out before parsing, in order.
            first_line: Line of the file on which the body begins.
        """
        self._original = original
        self._cuts = cuts
        self._first_line = first_line
        self._ready = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places) and self._given == other._given

    def __hash__(self) -> int:
        return hash(self._given)

    def __reduce__(self) -> tuple[type[Places], tuple[str, tuple[tuple[int, int], ...], int]]:
        return Places, self._given

    @property
    def _given(self) -> tuple[str, tuple[tuple[int, int], ...], int]:
        return self._original, self._cuts, self._first_line

    def _prepare(self) -> None:
        """Find the beginnings of all lines, when the first place is asked for: most bodies are never asked."""
        self._ready = True
        self._ascii = self._original.isascii()
        self._bytes = self._original.encode()
        self._line_starts, at = [0], self._bytes.find(b"\n")
        while at >= 0:
            self._line_starts.append(at + 1)
            at = self._bytes.find(b"\n", at + 1)

    def _uncut(self, offset: int) -> int:
        for start, end in self._cuts:
            if start > offset:
                break
            offset += end - start
        return offset

    def position(self, offset: int) -> Position:
        """Give line and column of a byte offset."""
        if not self._ready:
            self._prepare()
        at = self._uncut(offset) if self._cuts else offset
        row = bisect_right(self._line_starts, at) - 1
        start = self._line_starts[row]
        width = at - start if self._ascii else len(self._bytes[start:at].decode(errors="ignore"))
        return Position(self._first_line + row, width + 1)

    def span(self, start: int, end: int) -> Span:
        """Give the span between two byte offsets.

        >>> Places("é [x]", (), 4).span(3, 6)
        Span(start=Position(line=4, column=3), end=Position(line=4, column=6))
        """
        if not self._ready:
            self._prepare()
        if self._cuts or not self._ascii:
            return Span(self.position(start), self.position(end))
        row = bisect_right(self._line_starts, start)
        first = self._line_starts[row - 1]
        line = self._first_line + row - 1
        begin = Position(line, start - first + 1)
        one_line = row == len(self._line_starts) or end < self._line_starts[row]
        return Span(begin, Position(line, end - first + 1) if one_line and end >= first else self.position(end))
