"""Labels on the map: each has a few places where it may stand, and takes the first that is free.

Christensen, Marks and Shieber ("An empirical study of algorithms for point-feature label placement", 1995) compare
ways to do so; the greedy one is enough, because a label that finds no place is left out: the list has its title.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inquiry.site.picture import LABEL_SIZE, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEADING = 1.22
"""Height of a line of a label, in font sizes."""
LONGEST = 27
"""Letters in a line of a label: two such lines tell a question from its neighbours."""
MOST_ROWS = 2
GAP = 3
"""Space around a label, in units of the picture."""
_CELL = 40


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def lies_in(self, width: float, height: float) -> bool:
        """Tell whether it lies within a picture."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(slots=True)
class Taken:
    """What is covered already, found by the cells that it lies in."""

    _cells: dict[tuple[int, int], list[tuple[int, Box, int]]] = field(default_factory=lambda: defaultdict(list))
    _number: int = 0

    def add(self, box: Box, weight: int = 1) -> None:
        """Cover a place; what is there weighs as much as so many."""
        self._number += 1
        for cell in _cells_of(box):
            self._cells[cell].append((self._number, box, weight))

    def count(self, box: Box) -> int:
        """Weigh what a box would cover."""
        found = {
            number: weight
            for cell in _cells_of(box)
            for number, other, weight in self._cells.get(cell, ())
            if box.meets(other)
        }
        return sum(found.values())

    def first_free(self, boxes: Iterable[Box]) -> Box | None:
        """Return the first of some boxes that covers nothing."""
        return next((box for box in boxes if not self.count(box)), None)


def _cells_of(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
        for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
            yield column, row


def rows(title: str) -> tuple[str, ...]:
    """Break a title at blanks into rows short enough for a label; what is too much ends in an ellipsis.

    >>> rows("When does a model admit that it does not know, and when does it guess?")
    ('When does a model admit', 'that it does not know, and…')
    >>> rows("Salt")
    ('Salt',)
    """
    made = [""]
    for whole in title.split():
        word = whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 1]}…"
        longer = f"{made[-1]} {word}".strip()
        if len(longer) <= LONGEST:
            made[-1] = longer
        elif len(made) < MOST_ROWS and made[-1]:
            made.append(word)
        else:
            made[-1] = f"{made[-1].removesuffix('…')}…"
            break
        if word != whole:
            break  # what is cut ends the label
    return tuple(made)


def label_width(made: Iterable[str], size: float) -> float:
    """Estimate the width of a label."""
    return max(map(text_width, made)) * size / LABEL_SIZE


def around(x: float, y: float, width: float, height: float, away: float) -> Iterator[Box]:
    """List the places of a label around a mark, the best first: right, left, below, above."""
    yield Box(x + away, y - height / 2, x + away + width, y + height / 2)
    yield Box(x - away - width, y - height / 2, x - away, y + height / 2)
    yield Box(x - width / 2, y + away, x + width / 2, y + away + height)
    yield Box(x - width / 2, y - away - height, x + width / 2, y - away)
