"""The map of everything as a drawing: SVG that is complete without scripts.

Land, hairlines and marks are a few long paths, not an element for each, so that a browser draws thousands of them at
once; only names and labels are links.  Sizes are units of the picture, colours are the style sheet's: an area is a
group of class `map-c1` to `map-c12`.  The script of the page reads land and colours off it and takes its place.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from inquiry.site.labels import LEADING, Box, Taken, around, label_width, rows
from inquiry.site.picture import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from inquiry.graph.atlas import Atlas
    from inquiry.graph.coasts import Area, Ring
    from inquiry.graph.layout import Layout

HUES = 12
"""Colours of the palette, equally far apart and equally light."""
NAME_SIZE, LABEL_SIZE = 17.0, 12.5
"""Font sizes of the names of areas and of labels; the style sheet says the same."""
NARROW = 2.6
"""How much larger names are drawn on a phone, where the whole map is that much smaller."""
MOST_IN_PREVIEW = 400
"""Marks on a map as wide as a margin; of more, only the lines are drawn, and of more lines only the land."""
MOST_ACROSS = 1_500
"""Joins from one area to another that are drawn: more of them are a grey haze, and half of the page's bytes."""
NAME_SPACING = 1.22
"""Width of a bold and spaced name over that of a plain one."""
CALM = 34.0
"""Distance between marks from which lines have labels at rest: where marks crowd, only those at a coast would."""
ASTRAY = 1 / 3
"""Distance from the middle of its area, in distances between marks, for which a name would rather cover a mark."""
_SHIFTS = sorted((math.hypot(dx, dy), dx, dy) for dx in range(-64, 65, 8) for dy in range(-72, 73, 8))
"""Places of a name around the middle of its area, nearest first: how far, to the right, and down."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a mark's label or an area's name says."""

    title: str
    """Plain text."""
    href: str


def colours(layout: Layout) -> tuple[int, ...]:
    """Give each area a colour, 1 to `HUES`: near areas get hues that are far apart, far ones may share."""
    taken: list[tuple[int, tuple[int, int]]] = []
    for area in layout.areas:
        scores = {
            hue: min((_apart(hue, other) * math.dist(area.middle, at) for other, at in taken), default=0.0)
            for hue in range(HUES)
        }
        best = max(scores, key=lambda hue: (round(scores[hue], 6), -hue))
        taken.append((best, area.middle))
    return tuple(hue + 1 for hue, _ in taken)


def _apart(hue: int, other: int) -> float:
    steps = abs(hue - other) % HUES
    return min(steps, HUES - steps) + 0.3  # one hue twice is best far away, if it must be


def map_svg(atlas: Atlas, layout: Layout, areas: Sequence[Named], titles: Sequence[Named], *, label: str) -> Markup:
    """Draw the map.

    Args:
        atlas: What is drawn.
        layout: Where.
        areas: Name of each area, and where it leads.
        titles: The same for each node.
        label: Name of the whole for those who cannot see it.

    """
    within, across = _hairlines(atlas, layout)
    names, narrow = _names(atlas, layout, areas, 1.0), _names(atlas, layout, areas, NARROW)
    parts = [
        f'<svg class="map__drawing" viewBox="{_frame(layout)}" direction="ltr" role="group"',
        f' aria-label="{escape(clean(label))}">',
        *_land(layout),
        f'<path class="map-across" d="{across}"/><path class="map-within" d="{within}"/>',
        *_marks(atlas, layout),
        f'<g class="map-names map-names--wide">{"".join(_name(*each) for each in names)}</g>',
        f'<g class="map-names map-names--narrow">{"".join(_name(*each) for each in narrow)}</g>',
        f'<g class="map-labels">{"".join(_labels(atlas, layout, titles, [box for _, box, _, _ in names]))}</g>',
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every text in it went through escape


def preview_svg(atlas: Atlas, layout: Layout) -> Markup:
    """Draw the map without words or hairlines, and with no more marks than can be told apart on another page."""
    counts = Counter(node.kind for node in atlas.nodes)
    kinds = ["line"] if counts["line"] <= MOST_IN_PREVIEW else []
    kinds += ["note"] if counts["line"] + counts["note"] <= MOST_IN_PREVIEW else []
    parts = (*_land(layout), *_marks(atlas, layout, kinds))
    opening = f'<svg class="map__drawing" viewBox="{_frame(layout)}" aria-hidden="true">'
    return Markup(f"{opening}{''.join(parts)}</svg>")  # noqa: S704 - nothing but numbers


def _frame(layout: Layout) -> str:
    return f"0 0 {layout.width} {layout.height}"


def spacing(layout: Layout) -> float:
    """Tell about how far marks are from each other."""
    return math.sqrt(0.7 * layout.width * layout.height / max(len(layout.places), 1))


def mark_size(layout: Layout) -> float:
    """Tell the radius of a note's mark: smaller where marks crowd."""
    return round(min(max(spacing(layout) / 7, 2.0), 4.5), 1)


def _land(layout: Layout) -> Iterator[str]:
    for area, colour in zip(layout.areas, colours(layout), strict=True):
        yield f'<path class="map-land map-c{colour}" d="{"".join(map(_curve, area.rings))}"/>'


def _curve(ring: Ring) -> str:
    """Join points by curves that pass midway between them and bend towards each."""
    middles = [((x0 + x1) / 2, (y0 + y1) / 2) for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True)]
    bends = (f"Q{x} {y} {mx:g} {my:g}" for (x, y), (mx, my) in zip(ring, middles, strict=True))
    return f"M{middles[-1][0]:g} {middles[-1][1]:g}{''.join(bends)}z"


def _hairlines(atlas: Atlas, layout: Layout) -> tuple[str, str]:
    """Draw the joins within areas, and those from one to another unless they are too many."""
    paths: tuple[list[str], list[str]] = ([], [])
    for one, other in atlas.joins:
        (x, y), (end_x, end_y) = layout.places[one], layout.places[other]
        paths[atlas.area_of[one] != atlas.area_of[other]].append(f"M{x} {y}l{end_x - x} {end_y - y}")
    return "".join(paths[0]), "".join(paths[1]) if len(paths[1]) <= MOST_ACROSS else ""


def _marks(atlas: Atlas, layout: Layout, kinds: Sequence[str] = ("source", "note", "line")) -> Iterator[str]:
    """Draw the marks of each kind and area as one path."""
    size = mark_size(layout)
    hues = (*colours(layout), 0)
    for kind in kinds:
        paths: dict[int, list[str]] = {}
        for node, area, (x, y) in zip(atlas.nodes, atlas.area_of, layout.places, strict=True):
            if node.kind == kind:
                paths.setdefault(hues[area], []).append(_mark(kind, x, y, size))
        for hue, drawn in sorted(paths.items()):
            yield f'<path class="map-{kind} map-c{hue}" stroke-width="{_stroke(kind, size):g}" d="{"".join(drawn)}"/>'


def _mark(kind: str, x: int, y: int, size: float) -> str:
    """Draw a dot as a stroke of no length with round ends, a square that its stroke rounds, or a diamond."""
    if kind == "note":
        return f"M{x} {y}h0"
    if kind == "line":
        half = round(size * 1.1, 1)
        return f"M{x - half:g} {y - half:g}h{2 * half:g}v{2 * half:g}h-{2 * half:g}z"
    return f"M{x} {y - size:g}l{size:g} {size:g}-{size:g} {size:g}-{size:g}-{size:g}z"


def _stroke(kind: str, size: float) -> float:
    return {"note": 2 * size, "line": size * 0.9}.get(kind, 1.0)


def _names(atlas: Atlas, layout: Layout, areas: Sequence[Named], scale: float) -> list[tuple[Named, Box, int, float]]:
    """Place the names of the areas, the roomiest first; one that finds no room is left out."""
    taken, marks = Taken(), Taken()
    _cover(marks, atlas, layout, 1.3, {"line": 3, "note": 2, "source": 1})
    placed: list[tuple[Named, Box, int, float]] = []
    hues, size, astray = colours(layout), NAME_SIZE * scale, spacing(layout) * ASTRAY
    for number in sorted(range(len(areas)), key=lambda number: (-layout.areas[number].room, number)):
        width, height = label_width([areas[number].title], size) * NAME_SPACING, size * LEADING
        best, least = None, math.inf
        for away, box in _spots(layout.areas[number], width, height, layout):
            if away / astray >= least:
                break
            cost = away / astray + marks.count(box)
            if cost < least and not taken.count(box):
                best, least = box, cost
        if best is not None:
            taken.add(best)
            placed.append((areas[number], best, hues[number], size))
    return placed


def _cover(taken: Taken, atlas: Atlas, layout: Layout, scale: float, kinds: Mapping[str, int]) -> None:
    """Cover the places of the marks of these kinds, each with its weight."""
    half = mark_size(layout) * scale
    for node, (x, y) in zip(atlas.nodes, layout.places, strict=True):
        if node.kind in kinds:
            taken.add(Box(x - half, y - half, x + half, y + half), kinds[node.kind])


def _spots(area: Area, width: float, height: float, layout: Layout) -> Iterator[tuple[float, Box]]:
    """List places for a name and how far each is from the middle of its area, nearest first."""
    x, y = area.middle
    reach = max(area.room - height / 2, height)
    for away, dx, dy in _SHIFTS:
        if away > reach:
            return
        left = min(max(x + dx - width / 2, 0), max(layout.width - width, 0))
        yield away, Box(left, y + dy - height / 2, left + width, y + dy + height / 2)


def _name(named: Named, box: Box, hue: int, size: float) -> str:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2 + size * 0.35
    return (
        f'<a href="{escape(clean(named.href))}"><text class="map-c{hue}" x="{x:.0f}" y="{y:.0f}">'
        f"\u2068{escape(clean(named.title))}\u2069</text></a>"
    )


def _labels(atlas: Atlas, layout: Layout, titles: Sequence[Named], names: Sequence[Box]) -> Iterator[str]:
    """Label the lines that have room, those that are joined most first; a label covers no line, note or name."""
    size = mark_size(layout)
    taken = Taken()
    _cover(taken, atlas, layout, 1.0, {"line": 1, "note": 1})
    for box in names:
        taken.add(box)
    degree = [0] * len(atlas.nodes)
    for pair in atlas.joins:
        for end in pair:
            degree[end] += 1
    lines = [number for number, node in enumerate(atlas.nodes) if node.kind == "line"]
    lines = lines if spacing(layout) >= CALM else []
    for number in sorted(lines, key=lambda number: (-degree[number], number)):
        made = rows(titles[number].title)
        width, height = label_width(made, LABEL_SIZE), len(made) * LABEL_SIZE * LEADING
        spots = around(*layout.places[number], width, height, size * 2.2)
        free = taken.first_free(box for box in spots if box.lies_in(layout.width, layout.height))
        if free is not None:
            taken.add(free)
            yield _label(titles[number], made, free)


def _label(named: Named, made: Sequence[str], box: Box) -> str:
    heights = (box.top + (row + 0.8) * LABEL_SIZE * LEADING for row in range(len(made)))
    lines = "".join(
        f'<tspan x="{box.left:.0f}" y="{y:.0f}">\u2068{escape(clean(text))}\u2069</tspan>'
        for y, text in zip(heights, made, strict=True)
    )
    return f'<a href="{escape(clean(named.href))}"><title>{escape(clean(named.title))}</title><text>{lines}</text></a>'
