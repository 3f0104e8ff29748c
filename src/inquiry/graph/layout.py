"""Where everything lies on the map: areas first, then the nodes within them.

Areas are discs that hold as many nodes as they have room for; they attract one another by their joins and never
overlap.  Within its disc a node begins where smoothing over the joins puts it (Koren, "Drawing graphs by
eigenvectors", 2005) and then moves by forces (Fruchterman and Reingold, 1991) of which the repulsion is local: only
pairs that a k-d tree finds near each other push.  A round therefore costs little more than one look at every join,
and their number is fixed.  The start is seeded, nodes come in the order of their names, and every round ends in
rounding, so that the last digits, which processors compute differently, do not grow: the same graph gives the same
map.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph.atlas import weights
from inquiry.graph.coasts import Area, coasts
from inquiry.graph.rows import DIGITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from inquiry.graph.atlas import Atlas

    Points = NDArray[np.float64]
    """Nodes or areas by two."""

VERSION = 1
"""Changes whenever the same graph would be laid out otherwise."""
SEED = 7
"""Start of the random positions: any will do, so long as it is always the same."""
WIDTH = 1200
"""Width of every map, in units of the picture."""
MARGIN = 1.7
"""Around the outermost nodes, in units of distance between nodes: room for a coast."""
LEAST_EXTENT = 9.0
"""Width and height of the smallest map, in the same units: three notes do not fill a page."""
LEAST_ASPECT = 1.3
"""Width over height of the highest map."""
ASPECT = 1.8
"""Width over height that the pull to the middle aims at: between a phone's and a screen's."""
DISC_ROOM = 1.35
"""Area of a disc over that of its nodes, each taking one unit of distance."""
DISC_GAP = 1.6
"""Distance between two discs, in units of distance between nodes: room for a coast on either side."""
DISC_ROUNDS = 240
STARTS = 32
"""Starts that are tried for the areas, each a turn of the other; they are so few that all are moved at once."""
GRAVITY = 0.012
"""Share of the way to the middle of the map that a disc goes in a round."""
SMOOTHINGS = 24
"""Averages over neighbours before forces act: enough to untangle, before all of an area would be one point."""
ROUNDS = 60
SETTLING = 12
"""Rounds at the end in which nodes only make room for each other."""
REACH = 2.4
"""Distance within which nodes push each other, in units."""
NEAREST = 0.86
"""Distance that nodes have at least, so far as settling reaches it."""
ATTRACTION, REPULSION, PULL = 0.32, 0.55, 0.02
"""Share of the way to its neighbours, of a push and of the way to its disc's middle that a node goes in a round:
tried on our own knowledge base and on generated ones of 1,000 to 10,000 nodes until areas were evenly filled."""
ABROAD = 0.12
"""Farthest that neighbours in other areas pull in a round, in units, so that nobody crowds at a border."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A finished map."""

    width: int
    height: int
    places: tuple[tuple[int, int], ...]
    """x and y of each node of the atlas."""
    areas: tuple[Area, ...]
    """Outline of each area of the atlas."""


def lay_out(atlas: Atlas) -> Layout:
    """Give everything its place."""
    count = len(atlas.nodes)
    if not count:
        return Layout(WIDTH, WIDTH // 2, (), ())
    home = np.asarray(atlas.area_of, np.int64)
    home = np.where(home < 0, len(atlas.areas), home)
    sizes = np.bincount(home, minlength=len(atlas.areas) + 1)
    radii = np.sqrt(sizes * DISC_ROOM / np.pi)
    joined = weights(count, atlas.joins)
    middles = _place_discs(radii, sizes, _joins_of_areas(joined, home, len(sizes)))
    at = _start(joined, home, middles, radii)
    at = _move(at, joined, home, middles, radii)
    places, height, unit = _framed(at)
    areas = coasts(places, home, len(atlas.areas), (WIDTH, height), unit)
    return Layout(WIDTH, height, tuple((int(x), int(y)) for x, y in places), areas)


def _joins_of_areas(joined: Any, home: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """Count the joins between areas, areas by areas."""
    member = sparse.csr_matrix((np.ones(len(home)), (np.arange(len(home)), home)), shape=(len(home), count))
    between: NDArray[np.float64] = (member.T @ joined @ member).toarray()
    np.fill_diagonal(between, 0)
    return between


def _place_discs(radii: NDArray[np.float64], sizes: NDArray[np.int64], between: NDArray[np.float64]) -> Points:
    """Lay out the areas: joined ones come close, none overlap; of several starts, keep what turned out best."""
    rank = np.argsort(np.argsort(-sizes, kind="stable"), kind="stable")
    turn = np.linspace(0, 2 * np.pi, STARTS, endpoint=False)
    middles = _sunflower(rank, turn) * radii.max() * 1.6 * np.array([ASPECT, 1.0])
    strength = between / np.sqrt(np.maximum(np.outer(sizes, sizes), 1))
    strength /= max(strength.max(), 1e-9)
    apart = radii[:, None] + radii[None, :] + DISC_GAP
    solid = ((sizes[:, None] > 0) & (sizes[None, :] > 0)) * (1 - np.eye(len(sizes))) * 0.45
    for step in range(DISC_ROUNDS):
        cooling = 1 - step / DISC_ROUNDS
        across, down, distance = _offsets(middles)
        gap = distance - apart
        force = (strength * np.maximum(gap, 0) * (0.05 * cooling) + solid * np.minimum(gap, 0)) / distance
        middles = middles + np.stack([(across * force).sum(axis=2), (down * force).sum(axis=2)], axis=-1)
        middles -= middles * np.array([1, ASPECT**4]) * (GRAVITY * (cooling + 0.1))
        middles = np.round(middles, DIGITS)
    there = sizes > 0
    extent = (middles + radii[:, None])[:, there].max(axis=1) - (middles - radii[:, None])[:, there].min(axis=1)
    width, height = np.maximum(extent[:, 0], ASPECT * extent[:, 1]), np.maximum(extent[:, 1], extent[:, 0] / ASPECT)
    length = (strength * _offsets(middles)[2]).sum(axis=(1, 2))
    cost = np.round(2 * width * height / (width * height).min() + length / max(length.min(), 1e-9), 6)
    best: Points = middles[int(np.argmin(cost))]
    return best


def _offsets(middles: Points) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Tell how far the second of each two areas lies right of the first, below it, and away; starts by areas by areas.

    Each is an array of its own, for numpy sums the last axis of a longer one three times as slowly.
    """
    across, down = (middles[:, None, :, k] - middles[:, :, None, k] for k in (0, 1))
    return across, down, np.sqrt(across**2 + down**2) + 1e-9


def _sunflower(rank: NDArray[np.int64], turn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Spread ranks evenly over a disc, as seeds of a sunflower lie (Vogel, 1979), once for each turn of it."""
    angle = rank * (np.pi * (3 - np.sqrt(5))) + turn[:, None]
    radius = np.sqrt(rank)
    return np.round(np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1), DIGITS)


def _start(joined: Any, home: NDArray[np.int64], middles: Points, radii: NDArray[np.float64]) -> Points:
    """Fill each disc evenly, with nodes that are joined near each other."""
    within = _row_shares(_between_areas(joined, home, abroad=False))
    at = np.random.default_rng(SEED).random((len(home), 2))
    for _ in range(SMOOTHINGS):
        at = 0.5 * at + 0.5 * (within @ at)
        at = np.round(_spread(at, home, len(radii)), DIGITS)
    start = np.empty_like(at)
    for area in np.flatnonzero(np.bincount(home, minlength=len(radii))):
        own = np.flatnonzero(home == area)
        angle = np.arctan2(at[own, 1], at[own, 0])
        rank = np.empty(len(own))
        rank[np.argsort((at[own] ** 2).sum(axis=1), kind="stable")] = np.arange(len(own)) + 0.5
        radius = radii[area] * np.sqrt(rank / len(own))
        start[own] = middles[area] + np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return np.round(start, DIGITS)


def _spread(at: Points, home: NDArray[np.int64], areas: int) -> Points:
    """Give the nodes of each area the same middle and width again, and axes that do not lean on each other."""
    size = np.maximum(np.bincount(home, minlength=areas), 1)

    def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return (np.bincount(home, values, minlength=areas) / size)[home]

    first = at[:, 0] - mean(at[:, 0])
    first /= np.sqrt(mean(first**2)) + 1e-9
    second = at[:, 1] - mean(at[:, 1])
    second -= mean(first * second) * first
    second /= np.sqrt(mean(second**2)) + 1e-9
    return np.stack([first, second], axis=1)


def _move(at: Points, joined: Any, home: NDArray[np.int64], middles: Points, radii: NDArray[np.float64]) -> Points:
    """Let nodes pull and push each other, ever less far."""
    near, far = (_row_shares(_between_areas(joined, home, abroad=abroad)) for abroad in (False, True))
    middle, radius = middles[home], radii[home][:, None]
    for step in range(ROUNDS + SETTLING):
        heat = max(1 - step / ROUNDS, 0.0)
        if heat:
            move = _way_to_neighbours(at, near) * (ATTRACTION * heat)
            move += _at_most(_way_to_neighbours(at, far), ABROAD) * heat
            move += _pushes(at, REACH) * REPULSION
            move += (middle - at) * PULL
            at = at + _at_most(move, 0.15 + 1.5 * heat)
        else:
            at = at + _pushes(at, NEAREST) * NEAREST * 0.5
        at = np.round(middle + _at_most(at - middle, radius + 0.3), DIGITS)
    return at


def _way_to_neighbours(at: Points, share: Any) -> Points:
    """Tell how far each is from the middle of its neighbours; nothing where it has none."""
    way: Points = np.where((np.diff(share.indptr) > 0)[:, None], share @ at - at, 0)
    return way


def _at_most(way: Points, length: Any) -> Points:
    """Shorten what is longer."""
    shortened: Points = way * np.minimum(1, length / (np.sqrt((way**2).sum(axis=1, keepdims=True)) + 1e-9))
    return shortened


def _pushes(at: Points, reach: float) -> Points:
    """Sum the pushes of all within reach: 1 from what lies in the same place, nothing at its end."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 - slow to import, and most builds find the map in the cache

    pairs = cKDTree(at).query_pairs(reach, output_type="ndarray")
    one, other = pairs[:, 0], pairs[:, 1]
    offset = at[one] - at[other]
    distance = np.sqrt((offset**2).sum(axis=1)) + 1e-9
    offset *= ((1 - distance / reach) / distance)[:, None]
    count = len(at)
    return np.stack(
        [np.bincount(one, offset[:, k], count) - np.bincount(other, offset[:, k], count) for k in (0, 1)], axis=1
    )


def _between_areas(joined: Any, home: NDArray[np.int64], *, abroad: bool) -> Any:
    """Take the joins that cross a border, or those that do not."""
    found = joined.tocoo()
    kept = (home[found.row] != home[found.col]) == abroad
    return sparse.csr_matrix((found.data[kept], (found.row[kept], found.col[kept])), shape=joined.shape)


def _row_shares(matrix: Any) -> Any:
    """Scale each row to a sum of 1; an empty row stays empty."""
    total = np.asarray(matrix.sum(axis=1)).ravel()
    return (sparse.diags(1 / np.where(total > 0, total, 1)) @ matrix).tocsr()


def _framed(at: Points) -> tuple[Points, int, float]:
    """Scale to the width of the map; give whole units, the height, and how long the unit of distance became."""
    low, high = at.min(axis=0) - MARGIN, at.max(axis=0) + MARGIN
    extent = np.maximum(high - low, LEAST_EXTENT)
    unit = float(WIDTH / max(extent[0], extent[1] * LEAST_ASPECT))
    height = int(extent[1] * unit)
    shift = (np.array([WIDTH, height]) - (low + high) * unit) / 2
    return np.rint(at * unit + shift), height, unit
