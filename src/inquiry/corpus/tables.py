"""Tables: the tags around cells, with their alignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

OPENING = '<div class="table-scroll">\n<table>\n'
"""Begins a table that scrolls in itself where a screen is too narrow."""
_ENDS = {
    "TableHead": "</tr>\n</thead>\n<tbody>\n",
    "TableRow": "</tr>\n",
    "Table": "</tbody>\n</table>\n</div>\n",
}


@dataclass(slots=True)
class Table:
    """A table while it is being written."""

    aligns: Sequence[str]
    """`None`, `Left`, `Center` or `Right` of each column."""
    tag: str = "td"
    column: int = 0

    def row(self, name: str) -> str:
        """Begin the head or a row."""
        self.column = 0
        self.tag = "th" if name == "TableHead" else "td"
        return "<thead>\n<tr>\n" if name == "TableHead" else "<tr>\n"

    def cell(self) -> str:
        """Begin the next cell."""
        align = self.aligns[self.column].lower() if self.column < len(self.aligns) else "none"
        self.column += 1
        return f"<{self.tag}>" if align == "none" else f'<{self.tag} style="text-align: {align}">'

    def end(self, name: str) -> str:
        """End a cell, a row, the head or the table."""
        return f"</{self.tag}>\n" if name == "TableCell" else _ENDS[name]
