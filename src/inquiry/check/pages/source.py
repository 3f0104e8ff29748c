"""The Markdown file of an ordinary page: its text, the places in it, and what its author allows."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from inquiry.corpus.body import Allowance
from inquiry.corpus.raw_html import allowed_rules
from inquiry.diagnostics import Diagnostic, Position, Span, finding

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_META = re.compile(r"(?:[ ]{0,3}[A-Za-z0-9_-]+:[ \t]*[^\n]*(?:\n[ ]{4,}[^\n]*)*(?:\n|\Z))+")
_ALLOW = re.compile(r"<!--\s*inquiry:.*?-->", re.DOTALL)
_BLANK = re.compile(r"\n[ \t]*(?=\n)")


@dataclass(frozen=True)
class Source:
    """A file as text, with LF line ends and no byte order mark."""

    path: str
    """Relative to the folder of mkdocs.yml."""
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def position(self, at: int) -> Position:
        """Give line and column of a character."""
        row = bisect_right(self._line_starts, at) - 1
        return Position(row + 1, at - self._line_starts[row] + 1)

    def span(self, at: int, width: int) -> Span:
        """Give the span of some characters."""
        return Span(self.position(at), self.position(at + width))


def read_source(root: Path, path: str) -> Source:
    """Read a file; one that is not UTF-8 is read as far as possible, and says so."""
    file = root / path
    try:
        raw = file.read_bytes() if file.is_file() else b""  # a pipe would never end
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        return Source(path, "", (finding("undecodable-file", path, Span.at(1), f"the file cannot be read: {reason}"),))
    try:
        return Source(path, _unix(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        before = Source(path, _unix(raw[: error.start].decode("utf-8-sig", errors="replace")))
        message = f"the file is not UTF-8: byte 0x{raw[error.start]:02x} cannot be read here"
        place = before.position(len(before.text))
        span = Span(place, Position(place.line, place.column + 1))
        fault = finding("undecodable-file", path, span, message, hint="save the file as UTF-8")
        return Source(path, _unix(raw.decode("utf-8-sig", errors="replace")), (fault,))


def body_start(text: str) -> int:
    """Say where the Markdown begins: behind YAML between `---`, or behind `key: value` lines, as MkDocs has it."""
    head = _HEAD.match(text)
    if head is None and not text.startswith("---"):
        head = _META.match(text)
    return head.end() if head else 0


def allowances_of(source: Source) -> tuple[Allowance, ...]:
    """Find the `<!-- inquiry: allow … -->` comments and the blocks that they silence.

    A comment that stands alone silences the block behind it, one in a paragraph that paragraph.
    """
    found = []
    for match in _ALLOW.finditer(source.text) if "inquiry:" in source.text else ():
        rules = allowed_rules(match[0])
        alone = not source.text[match.end() :].partition("\n")[0].strip()
        start = match.end() if alone else match.start()
        while source.text[start : start + 1].isspace():
            start += 1
        blank = _BLANK.search(source.text, start)
        end = blank.start() if blank else len(source.text)
        found.append(Allowance(rules, source.position(match.start()).line, source.position(end).line))
    return tuple(one for one in found if one.rules)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
