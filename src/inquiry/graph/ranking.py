"""Which documents come first after which, by the walk and by their wording; why they do is another matter.

Documents are indices in the order of their keys, in which lines come before notes, so a kind is a range of
indices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from inquiry.graph.parallel import over_blocks
from inquiry.graph.rows import NO_ENTRIES, Entries, best_entries, entries_of, joined
from inquiry.graph.walk import BLOCK_ROWS, walk_towards

if TYPE_CHECKING:
    from inquiry.graph.cosines import Cosines
    from inquiry.graph.rows import Floats, Ints
    from inquiry.graph.walk import Paths

DIRECT_WEIGHT = 0.25
"""Worth of being worded alike, as a share of the best of the list, where the walk's best is worth 1. The walk knows
only the nearest few; without this it lost to plain TF-IDF where links say little. Anything from 0.1 to 0.3 ranked
held-out links about as well."""
SPARE = 1.25
"""Candidates that the walk offers for each place in a list, because wording changes the order and some have no
reason to show."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates of every document, each list best first."""

    next: Entries
    """Lines after lines."""
    related: Entries
    """Notes after notes."""
    cite: Entries
    """Notes that are not linked already, after anything."""


def rank(paths: Paths, cosines: Cosines, lines: int, limit: int, *, least_next: int = 0, cite: bool) -> Ranking:
    """Rank the best candidates of every document.

    Args:
        paths: Ways between the documents.
        cosines: How alike they are worded.
        lines: How many of them are lines, which are the first.
        limit: Length of a list; somewhat more are ranked.
        least_next: Lines to rank after each line even if fewer are asked for.
        cite: Whether to look for notes to cite.

    """
    count = int(SPARE * limit) + 1
    asking, noted = range(lines), range(lines, paths.size)
    to_lines, to_notes = walk_towards(paths, asking), walk_towards(paths, noted)

    def follow(block: range) -> Entries:
        return _best(to_lines.score(block), block, asking, max(count, least_next))

    def relate(block: range) -> tuple[Entries, Entries]:
        scores = to_notes.score(block)
        related = _best(scores, block, noted, count) if block.start >= lines else NO_ENTRIES
        if not cite:
            return related, NO_ENTRIES
        unlinked = scores - scores.multiply(to_notes.links[block.start : block.stop])
        return related, _best(unlinked.tocsr(), block, noted, count)

    following = over_blocks(follow, asking, BLOCK_ROWS)
    related = [
        part
        for origins in (asking, noted)
        if cite or origins is noted
        for part in over_blocks(relate, origins, BLOCK_ROWS)
    ]
    lists = (following, [near for near, _ in related], [open_ for _, open_ in related])
    return Ranking(*(_with_wording(joined(parts), cosines) for parts in lists))


def _best(scores: Any, origins: range, targets: range, count: int) -> Entries:
    """Take each document's best candidates, the document itself left out."""
    best = best_entries(entries_of(scores, origins.start), count + 1)
    found = Entries(best.rows, best.columns + targets.start, best.values)
    return found.where(found.columns != found.rows)


def _with_wording(pool: Entries, cosines: Cosines) -> Entries:
    """Rank the pool of every document by the walk and by direct similarity, each as a share of its best."""
    alike = _share_of_best(pool.rows, cosines.of(pool.rows, pool.columns))
    scores = _share_of_best(pool.rows, pool.values) + DIRECT_WEIGHT * alike
    return best_entries(Entries(pool.rows, pool.columns, scores), len(scores))


def _share_of_best(rows: Ints, values: Floats) -> Floats:
    """Divide by the largest value of the row; a row without any stays as it is."""
    if not len(rows):
        return values
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    best = np.repeat(np.maximum.reduceat(values, starts), np.diff(starts, append=len(rows)))
    shares: Floats = np.divide(values, best, out=np.zeros_like(values), where=best > 0)
    return shares
