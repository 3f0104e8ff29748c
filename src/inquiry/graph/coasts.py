"""Outlines of the map's areas: land wherever an area's nodes are denser than all others, water elsewhere.

The picture is cut into cells; the density of each area is its nodes blurred (a Gaussian kernel), the densest area
owns the cell, and what nobody owns is water, as in the maps of Gansner, Hu and Kobourov ("GMap", 2010).  The borders
of the cells are then walked around and smoothed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Mask = NDArray[np.bool_]

Ring = tuple[tuple[int, int], ...]

CELLS = 200
"""Cells across the map: an outline turns within a few pixels."""
BLUR = 0.85
"""Width of a node's kernel, in units of distance between nodes."""
SHORE = 0.2
"""Density at which land ends, over that of one node's own place: half a unit beyond the last node."""
LEAD = 1.25
"""How much denser than the next an area must be: borders stay a little open, so that neighbours can be told."""
SMALLEST = 14
"""Cells of the smallest island or lake that is drawn."""
EVERY = 3
"""Corners of the cells that make one of the outline."""


@dataclass(frozen=True, slots=True)
class Area:
    """The land of one topic."""

    rings: tuple[Ring, ...]
    """Closed outlines, islands and lakes, each a few points to be joined by curves."""
    middle: tuple[int, int]
    """The place that is farthest from its coasts: where its name stands."""
    room: int
    """Distance from there to the nearest coast."""


def coasts(places: Points, home: NDArray[np.int64], count: int, size: tuple[int, int], unit: float) -> tuple[Area, ...]:
    """Draw the outlines.

    Args:
        places: Nodes by two.
        home: Area of each node; those beyond `count` have no land.
        count: Areas that have.
        size: Width and height of the map.
        unit: Distance between nodes.

    """
    from scipy import ndimage  # noqa: PLC0415 - slow to import, and most builds find the map in the cache

    if not count:
        return ()
    cell = size[0] / CELLS
    shape = (int(size[1] / cell) + 1, CELLS + 1)
    column, row = (places / cell).astype(np.int64).T
    density = np.zeros((count + 1, *shape))
    np.add.at(density, (np.minimum(home, count), np.clip(row, 0, shape[0] - 1), np.clip(column, 0, CELLS)), 1)
    sigma = max(unit * BLUR / cell, 1.0)
    density = np.stack([ndimage.gaussian_filter(one, sigma, mode="constant") for one in density])
    shore = SHORE / (2 * np.pi * sigma**2)
    return tuple(_area(_land(density, area, shore), cell, ndimage) for area in range(count))


def _land(density: NDArray[np.float64], area: int, shore: float) -> Mask:
    """Find the cells of an area; the outermost never are, so that every outline closes."""
    others = np.delete(density, area, axis=0).max(axis=0)
    land: Mask = (density[area] >= shore) & (density[area] > LEAD * others)
    land[[0, -1], :] = False
    land[:, [0, -1]] = False
    return land


def _area(land: Mask, cell: float, ndimage: Any) -> Area:
    inside = ndimage.distance_transform_edt(land)
    row, column = np.unravel_index(int(np.argmax(inside)), inside.shape)
    middle = (int((column + 0.5) * cell), int((row + 0.5) * cell))
    rings = tuple(_smooth(ring, cell) for ring in _rings(land) if abs(_enclosed(ring)) >= SMALLEST)
    return Area(rings, middle, int(inside[row, column] * cell))


def _rings(land: Mask) -> Iterator[list[tuple[int, int]]]:
    """Walk around the cells of the land, which lies at the left; corners are columns and rows."""
    following: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, column in np.argwhere(land).tolist():
        sides = (
            (land[row - 1, column], (column + 1, row), (column, row)),
            (land[row, column - 1], (column, row), (column, row + 1)),
            (land[row + 1, column], (column, row + 1), (column + 1, row + 1)),
            (land[row, column + 1], (column + 1, row + 1), (column + 1, row)),
        )
        for is_land, start, end in sides:
            if not is_land:
                following.setdefault(start, []).append(end)
    while following:
        first = next(iter(following))
        ring, at = [], first
        while at in following:
            ring.append(at)
            ends = following[at]
            ahead = ends.pop() if len(ends) == 1 else ends.pop(_turn(ring, ends))
            if not ends:
                del following[at]
            at = ahead
        yield ring


def _turn(ring: list[tuple[int, int]], ends: list[tuple[int, int]]) -> int:
    """Choose the way where two cells touch at a corner: to the left, so that each keeps its own ring."""
    if len(ring) == 1:
        return 0
    (x0, y0), (x1, y1) = ring[-2:]
    turns = [(x1 - x0) * (y - y1) - (y1 - y0) * (x - x1) for x, y in ends]
    return turns.index(min(turns))


def _enclosed(ring: list[tuple[int, int]]) -> float:
    """Measure the cells in a ring."""
    x, y = np.asarray(ring, np.float64).T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def _smooth(ring: list[tuple[int, int]], cell: float) -> Ring:
    """Even out the stairs of the cells, and keep as many points as curves need."""
    points = np.asarray(ring, np.float64)
    for _ in range(3):
        points = (np.roll(points, 1, axis=0) + 2 * points + np.roll(points, -1, axis=0)) / 4
    return tuple((int(x), int(y)) for x, y in np.rint(points[::EVERY] * cell))
