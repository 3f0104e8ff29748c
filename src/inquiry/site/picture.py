"""A small picture of what lies around a page: inline SVG with links, made without a layout engine.

Every neighbour gets a row of its own at the left or the right of the page's mark, so labels cannot collide by
construction.  The picture holds no colour: its classes (`nb-edge`, `nb-node`, `nb-note`, `nb-line`, `nb-source`,
`nb-centre`, `nb-label`) are painted by the style sheet.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 320, 240
"""Size in units of the picture; one is a CSS pixel where the column is wide enough."""
MOST_NEIGHBOURS = 14
"""Neighbours that are drawn, seven rows a side; with more the labels would touch."""
OUTER_RADIUS, INNER_RADIUS = 58, 36
"""Half widths of the two rings."""
RING_HEIGHT = 104
"""Half height of the rings."""
ONE_RING_ROWS = 4
"""Rows a side up to which one ring is enough."""
LARGEST_STEP = 40
"""Distance of two rows when there are few."""
LABEL_SIZE = 11
"""Font size of labels; the style sheet says the same."""
LABEL_GAP = 8
"""From the middle of a mark to its label."""
TARGET_HEIGHT = 24
"""Height of the area that follows a link, the least that fingers hit (WCAG 2.2, 2.5.8)."""
SHORTEST_LABEL = 3
"""Letters below which a cut label says nothing and is dropped."""

_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW = frozenset("iIjlt.,:;'|!()[]fr ")
_BROAD = frozenset("mwMW@%—…")


class Mark(StrEnum):
    """The shape of a neighbour."""

    LINE = "line"
    """A rounded square."""
    NOTE = "note"
    """A dot."""
    SOURCE = "source"
    """A diamond: a paper or page outside."""


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A document or source in the picture."""

    title: str
    """Plain text."""
    href: str
    """Relative to the page; not used for the centre."""
    mark: Mark


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A neighbour with its place."""

    node: PictureNode
    x: float
    y: float
    side: int
    """1 when its label is at its right, -1 at its left."""
    label: str
    """The title, cut to the room there is; empty when there is too little."""
    width: float
    """Width of the label."""

    @property
    def label_x(self) -> float:
        """Where the label begins at the right side and ends at the left."""
        return self.x + self.side * LABEL_GAP

    @property
    def label_box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the label; of no width when there is none."""
        left, right = sorted((self.label_x, self.label_x + self.side * self.width))
        return (left, self.y - LABEL_SIZE / 2, right, self.y + LABEL_SIZE / 2)


def neighbourhood_svg(
    centre: PictureNode, ring: Sequence[PictureNode], edges: Sequence[tuple[int, int]], *, title: str
) -> Markup:
    """Draw a page amid its neighbours.

    Args:
        centre: The page itself; drawn without a link.
        ring: Its neighbours, the most important first; those beyond `MOST_NEIGHBOURS` are left out.
        edges: Pairs of indices to join, 0 for the centre, 1 for the first of the ring.
        title: Name of the whole picture for those who cannot see it.

    Returns:
        An `<svg>` element, as high as its rows need; empty when there is no neighbour.

    """
    if not ring:
        return Markup()
    placed = place(ring)
    spots = [(WIDTH / 2, HEIGHT / 2), *((each.x, each.y) for each in placed)]
    reach = max(TARGET_HEIGHT, *(abs(y - HEIGHT / 2) + TARGET_HEIGHT / 2 for _, y in spots))
    box = f"0 {HEIGHT / 2 - reach:g} {WIDTH} {2 * reach:g}"
    parts = [
        f'<svg class="nb" viewBox="{box}" direction="ltr" role="group" aria-label="{_text(title)}">',
        _edges(spots, edges),
        f'<g class="nb-self"><title>{_text(centre.title)}</title>{_mark(centre.mark, *spots[0], is_centre=True)}</g>',
        *map(_link, placed),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every text in it went through escape


def place(ring: Sequence[PictureNode]) -> list[PlacedNode]:
    """Give each neighbour a place and a label: right and left by turns, from the middle row outwards."""
    shown = ring[:MOST_NEIGHBOURS]
    placed = []
    for number, node in enumerate(shown):
        side = 1 if number % 2 == 0 else -1
        rows = (len(shown) + (side > 0)) // 2
        x, y = _spot(number // 2, rows)
        room = WIDTH / 2 - x - LABEL_GAP
        label = fit(node.title, room)
        placed.append(PlacedNode(node, WIDTH / 2 + side * x, y, side, label, text_width(label)))
    return placed


@cache
def _spot(rank: int, rows: int) -> tuple[float, float]:
    """Find the distance from the middle and the height of a row; the best neighbour is nearest to the page's height."""
    step = min(LARGEST_STEP, (HEIGHT - TARGET_HEIGHT - LABEL_SIZE) / max(rows - 1, 1))
    heights = sorted((abs(row - (rows - 1) / 2), row) for row in range(rows))
    row = heights[rank][1]
    offset = (row - (rows - 1) / 2) * step
    radius = OUTER_RADIUS if rows <= ONE_RING_ROWS or row % 2 == 0 else INNER_RADIUS
    reach = max(0.0, 1 - (offset / RING_HEIGHT) ** 2)
    return round(radius * reach**0.5 + TARGET_HEIGHT / 4, 1), round(HEIGHT / 2 + offset, 1)


def fit(title: str, room: float) -> str:
    """Cut a title to a width, at a letter, with an ellipsis; drop it when hardly a letter fits."""
    title, ends = _measured(title)
    if not ends or ends[-1] <= room:
        return title
    length = bisect_right(ends, room - text_width("…"))
    return f"{title[:length].rstrip()}…" if length >= SHORTEST_LABEL else ""


def text_width(text: str) -> float:
    """Estimate the width of a text at the label's size, rather too wide than too narrow."""
    return sum(map(_letter_width, text))


@lru_cache(maxsize=65_536)
def _measured(title: str) -> tuple[str, tuple[float, ...]]:
    """Give a title on one line, and where each of its letters ends: it is cut for many pictures."""
    title = " ".join(_NOT_XML.sub("", title).split())
    return title, tuple(accumulate(map(_letter_width, title)))


@lru_cache(maxsize=4096)
def _letter_width(letter: str) -> float:
    """Estimate the width of a letter in a common sans-serif face."""
    if unicodedata.combining(letter):
        return 0.0
    if letter in _NARROW:
        return 0.36 * LABEL_SIZE
    if letter in _BROAD or unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.0 * LABEL_SIZE
    return (0.72 if letter.isupper() else 0.58) * LABEL_SIZE


def _edges(spots: Sequence[tuple[float, float]], edges: Sequence[tuple[int, int]]) -> str:
    """Draw all hairlines as one path; an edge to what is not shown is left out."""
    drawn = sorted({(min(pair), max(pair)) for pair in edges if max(pair) < len(spots) and pair[0] != pair[1]})
    strokes = (f"M{spots[a][0]:g} {spots[a][1]:g}L{spots[b][0]:g} {spots[b][1]:g}" for a, b in drawn)
    return f'<path class="nb-edge" d="{"".join(strokes)}"/>' if drawn else ""


def _link(placed: PlacedNode) -> str:
    """Draw a neighbour as a link: its mark, its label, its full title, and an area that is easy to hit."""
    node, side = placed.node, placed.side
    title = _text(node.title)
    label = ""
    if placed.label:
        anchor = "start" if side > 0 else "end"
        # The isolate lets a right-to-left title keep its own order inside the picture's left-to-right one.
        label = (
            f'<text class="nb-label" x="{placed.label_x:g}" y="{placed.y + LABEL_SIZE / 3:.1f}" '
            f'text-anchor="{anchor}">\u2068{_text(placed.label)}\u2069</text>'
        )
    left, _, right, _ = placed.label_box
    left, right = min(left, placed.x - LABEL_GAP), max(right, placed.x + LABEL_GAP)
    area = (
        f'<rect x="{left:.1f}" y="{placed.y - TARGET_HEIGHT / 2:g}" width="{right - left:.1f}" '
        f'height="{TARGET_HEIGHT}" fill="none" pointer-events="all"/>'
    )
    mark = _mark(node.mark, placed.x, placed.y)
    return f'<a href="{_text(node.href)}"><title>{title}</title>{area}{mark}{label}</a>'


@cache
def _mark(mark: Mark, x: float, y: float, *, is_centre: bool = False) -> str:
    """Draw the shape of a kind, larger for the page itself."""
    half = 6.5 if is_centre else 4.0
    names = f"nb-node nb-{mark.value}{' nb-centre' if is_centre else ''}"
    match mark:
        case Mark.LINE:
            box = f'x="{x - half:g}" y="{y - half:g}" width="{2 * half:g}" height="{2 * half:g}" rx="2"'
            return f'<rect class="{names}" {box}/>'
        case Mark.NOTE:
            return f'<circle class="{names}" cx="{x:g}" cy="{y:g}" r="{half:g}"/>'
        case Mark.SOURCE:
            path = f"M{x:g} {y - half:g}l{half:g} {half:g}-{half:g} {half:g}-{half:g}-{half:g}z"
            return f'<path class="{names}" d="{path}"/>'


def clean(text: str) -> str:
    """Leave out the characters that XML forbids."""
    return _NOT_XML.sub("", text)


def _text(text: str) -> str:
    """Escape a text for an element or an attribute."""
    return str(escape(clean(text)))
