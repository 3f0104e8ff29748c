"""How alike documents are worded: cosines of pairs, and the nearest of all.

All pairs are never compared: candidates come from the terms that weigh most, and no pair is multiplied twice.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse._sparsetools import csr_matvec

from inquiry.graph.parallel import over_blocks
from inquiry.graph.rows import DIGITS, Entries, best_entries, joined, keep_heaviest, sort_codes

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
PRODUCTS_AT_ONCE = 1 << 17
"""Pairs that are multiplied at once, for which a row is laid out in full."""
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

    @cached_property
    def _columns(self) -> tuple[Any, int]:
        """The columns of all entries, numbered so that the frequent ones are near each other; and how many they are."""
        frequency = np.bincount(self._matrix.indices, minlength=self._matrix.shape[1])
        order = np.argsort(-frequency, kind="stable")
        number = np.empty(len(order), self._matrix.indices.dtype)
        number[order] = np.arange(len(order))
        return number[self._matrix.indices], int(np.count_nonzero(frequency))

    def of(self, here: Ints, there: Ints) -> Floats:
        """Give the cosine of each pair, to nine decimals."""
        codes = np.minimum(here, there).astype(np.int64) * self._size + np.maximum(here, there)
        place = sort_codes(codes)
        first = np.diff(codes, prepend=-1) > 0
        pairs = codes[first]
        known = np.searchsorted(self._pairs, pairs)
        new = pairs[np.append(self._pairs, -1)[known] != pairs]
        if len(new):
            values = np.concatenate([self._values, self._multiply(*np.divmod(new, self._size))])
            everything = np.concatenate([self._pairs, new])
            order = sort_codes(everything)
            self._pairs, self._values = everything, values[order]
        found = np.empty(len(codes))
        found[place] = self._values[np.searchsorted(self._pairs, pairs)][np.cumsum(first) - 1]
        return found

    def _multiply(self, here: Ints, there: Ints) -> Floats:
        """Multiply each row of `here`, which never falls, with its partner of `there`."""

        def multiply(block: range) -> Floats:
            some = slice(block.start, block.stop)
            return self._multiply_rows(here[some], there[some])

        return np.round(np.concatenate(over_blocks(multiply, range(len(here)), PRODUCTS_AT_ONCE)), DIGITS)

    def _multiply_rows(self, here: Ints, there: Ints) -> Floats:
        """Lay each row out in full and multiply all its partners with it.

        scipy has no product of chosen rows that copies none of them, but its product of a matrix with a vector takes
        rows wherever they begin and end.  Between two partners lies a row from the end of one to the start of the
        next; with partners in falling order these are empty.
        """
        (columns, width), values, indptr = self._columns, self._matrix.data, self._matrix.indptr
        bounds = np.stack([indptr[there[::-1]], indptr[there[::-1] + 1]], axis=1).ravel()
        products = np.zeros(len(bounds))
        laid = np.zeros(width)
        groups = np.flatnonzero(np.diff(here[::-1], prepend=-1, append=-1)) * 2
        rows = here[::-1][groups[:-1] // 2]
        for first, last, start, end in zip(
            *map(np.ndarray.tolist, (groups[:-1], groups[1:], indptr[rows], indptr[rows + 1])), strict=True
        ):
            own = columns[start:end]
            laid[own] = values[start:end]
            csr_matvec(last - first - 1, width, bounds[first:last], columns, values, laid, products[first:last])
            laid[own] = 0
        return products[::2][::-1]

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
