"""One line of source with a stretch of it underlined, as a terminal will show it.

Terminals give two cells to East Asian wide characters and none to combining marks, and a tab runs to a place
of its own; an underline that counts characters would miss its target.  Control characters never reach the
terminal.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

TAB = "    "
"""What a tab is shown as: wide enough to be seen as indentation, the same in every terminal."""
WIDTH = 96
"""Cells of source to show: with the line numbers before it, a hundred fit most terminals."""
BEFORE = 32
"""Cells kept before the underlined stretch when a long line is cut: some words, to see where one is."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What to print, one above the other."""

    source: str
    """The line, or the part of it around the stretch."""
    offset: int
    """Cells before the underline."""
    width: int
    """Cells to underline, at least one."""


def excerpt(line: str, start: int, end: int) -> Excerpt:
    """Show a line around the characters from column `start` to just before column `end`, counted from 1."""
    before = _shown(line[: start - 1])
    marked = _shown(line[start - 1 : end - 1])
    after = _shown(line[end - 1 :])
    if cells(before) + cells(marked) + cells(after) > WIDTH:
        before = _tail(before, BEFORE)
        marked = _head(marked, WIDTH - cells(before))
        after = _head(after, max(0, WIDTH - cells(before) - cells(marked)))
    return Excerpt((before + marked + after).rstrip(), cells(before), max(1, cells(marked)))


def cells(text: str) -> int:
    """Count the terminal cells that a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    """Count the cells of one character: none for marks and joiners, two for wide ones."""
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _shown(text: str) -> str:
    """Spell tabs as blanks and other control characters as a replacement mark."""
    if text.isprintable():
        return text
    return "".join(
        TAB if char == "\t" else "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) == "Cc" else char
        for char in text
    )


def _tail(text: str, width: int) -> str:
    """Keep the end of a text, an ellipsis showing that something went before."""
    if cells(text) <= width:
        return text
    kept = ""
    for char in reversed(text):
        if cells(kept) + _cells(char) >= width:
            break
        kept = char + kept
    return ELLIPSIS + kept


def _head(text: str, width: int) -> str:
    """Keep the beginning of a text, an ellipsis showing that something follows."""
    if cells(text) <= width:
        return text
    kept = ""
    for char in text:
        if cells(kept) + _cells(char) >= width:
            break
        kept += char
    return kept + ELLIPSIS
