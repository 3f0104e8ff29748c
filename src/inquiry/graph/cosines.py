"""How alike documents are worded: cosines of pairs, and the nearest of all.

All pairs are never compared: candidates come from the terms that weigh most, and no pair is multiplied twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from inquiry.graph.parallel import over_blocks
from inquiry.graph.rows import DIGITS, PAIRS_AT_ONCE, Entries, best_entries, joined, keep_heaviest

if TYPE_CHECKING:
    from inquiry.graph.rows import Floats, Ints

HEAVIEST_TERMS = 60
"""Terms by which a document looks for similar ones; more changed hardly any ranking, and time grows with
them."""
POSTINGS = 100
"""Documents in which a term is looked for, those where it weighs most (champion lists: Manning, Raghavan and
Schütze, 2008, section 7.1.3); so time grows with the documents and not with their square."""
LEAST_SHARE = 0.5
"""Share of the least cosine that a document's heaviest terms must reach for a comparison in full."""
BLOCK_ROWS = 512
"""Rows of a product that are in memory at once."""


class Cosines:
    """Cosines of the rows of a matrix, each pair computed once."""

    def __init__(self, matrix: Any) -> None:
        """Take documents by terms, rows of length 1."""
        self._matrix = matrix
        self._size = matrix.shape[0]
        self._pairs = np.zeros(0, np.int64)
        self._values = np.zeros(0)

    def of(self, here: Ints, there: Ints) -> Floats:
        """Give the cosine of each pair, to nine decimals."""
        pairs, place = np.unique(np.minimum(here, there) * self._size + np.maximum(here, there), return_inverse=True)
        new = np.setdiff1d(pairs, self._pairs, assume_unique=True)
        if len(new):
            everything = np.concatenate([self._pairs, new])
            values = np.concatenate([self._values, self._multiply(*np.divmod(new, self._size))])
            order = np.argsort(everything)
            self._pairs, self._values = everything[order], values[order]
        return self._values[np.searchsorted(self._pairs, pairs)][place]

    def _multiply(self, here: Ints, there: Ints) -> Floats:
        """Multiply each row of `here` with its partner of `there`."""

        def multiply(some: range) -> Floats:
            pairs = slice(some.start, some.stop)
            both = self._matrix[here[pairs]].multiply(self._matrix[there[pairs]])
            return np.asarray(both.sum(axis=1), np.float64).ravel()

        return np.round(np.concatenate(over_blocks(multiply, range(len(here)), PAIRS_AT_ONCE)), DIGITS)

    def nearest(self, count: int, least: float) -> Any:
        """Find each row's most similar other rows, in blocks of rows.

        Candidates come from the row's heaviest terms, looked for where they weigh most, which is cheap; their cosines
        are then computed in full, because ranking by the heaviest terms alone cost a tenth of the nDCG on held-out
        links.

        Args:
            count: Neighbours a row.
            least: Cosine below which two documents are not similar.

        Returns:
            Documents by documents, cosines; not symmetric.

        """
        heavy = keep_heaviest(self._matrix, HEAVIEST_TERMS)
        postings = keep_heaviest(self._matrix.T.tocsr(), POSTINGS)

        def near(block: range) -> Entries:
            found = _entries_from(heavy[block.start : block.stop] @ postings, LEAST_SHARE * least, block.start)
            return best_entries(found.where(found.columns != found.rows), count)

        pairs = joined(over_blocks(near, range(self._size), BLOCK_ROWS))
        cosines = self.of(pairs.rows, pairs.columns)
        return Entries(pairs.rows, pairs.columns, cosines).where(cosines >= least).to_csr((self._size, self._size))


def nearest(matrix: Any, count: int, least: float) -> Any:
    """Find each row's most similar other rows by cosine; see `Cosines.nearest`."""
    return Cosines(matrix).nearest(count, least)


def _entries_from(matrix: Any, least: float, start: int) -> Entries:
    """List the entries of at least this value; most are less, so nothing is made for these."""
    kept = np.flatnonzero(matrix.data >= least)
    rows = np.searchsorted(matrix.indptr, kept, side="right") - 1 + start
    return Entries(rows, matrix.indices[kept], matrix.data[kept])
