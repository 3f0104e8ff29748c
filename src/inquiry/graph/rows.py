"""Rows of sparse matrices: scaled, cut to their best entries, and the nearest of them by cosine.

Never are all pairs in memory at once: products are made in blocks of rows, of which only the best entries stay.
Entries are ranked by sorting integers that hold row, value and column, which is many times as fast as by three keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

PAIRS_AT_ONCE = 2_000
"""Pairs of rows that are multiplied at once: their copies should fit into the cache."""
SHORT_ROW = 32
"""Entries of a row that are sorted without selecting first."""
DIGITS = 9
"""Decimals that count in a comparison, so that the order of a float sum never decides a rank."""

_HASH_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Spreads neighbouring integers (Fibonacci hashing: Knuth, 1973)."""
_SPARE_HASH_BITS = 1
"""Bits of a hash beyond those that could tell the hashed apart, so that few fall together."""
_WORD_BITS = 63
_UNIT = 10**DIGITS


def hash_bits(count: int) -> int:
    """Say how many bits hashes of so many integers should have."""
    return count.bit_length() + _SPARE_HASH_BITS


def hashes(codes: Ints, bits: int) -> Ints:
    """Hash integers to so many bits."""
    return ((codes.astype(np.uint64) * _HASH_FACTOR) >> np.uint64(64 - bits)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of a matrix, parallel."""

    rows: Ints
    columns: Ints
    values: Floats

    def where(self, kept: NDArray[np.bool_]) -> Entries:
        """Keep some of the entries."""
        return Entries(self.rows[kept], self.columns[kept], self.values[kept])

    def to_csr(self, shape: tuple[int, int]) -> Any:
        """Make a matrix of entries that are in the order of rows."""
        indptr = np.searchsorted(self.rows, np.arange(shape[0] + 1))
        matrix = sparse.csr_matrix((self.values, self.columns, indptr), shape=shape, copy=True)
        matrix.sort_indices()
        return matrix


def entries_of(matrix: Any, start: int = 0) -> Entries:
    """List the entries of a CSR matrix whose first row has this number."""
    rows = np.repeat(np.arange(start, start + matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    return Entries(rows, matrix.indices, matrix.data)


def unit_rows(matrix: Any) -> Any:
    """Scale the rows of a sparse matrix to length 1; an empty row stays empty."""
    return scale_rows(matrix, np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()))


def scale_rows(matrix: Any, divisors: Floats) -> Any:
    """Divide each row by its number; a row whose number is 0 is left alone."""
    factors = np.divide(1.0, divisors, out=np.ones_like(divisors), where=divisors > 0)
    scaled = matrix.tocsr(copy=True)
    scaled.data = scaled.data * np.repeat(factors, np.diff(scaled.indptr))
    scaled.sort_indices()
    return scaled


def drop_below(matrix: Any, least: float) -> Any:
    """Leave out what is smaller; values are compared to nine decimals."""
    thin = matrix.tocsr(copy=True)
    thin.data[np.round(thin.data, DIGITS) < least] = 0
    thin.eliminate_zeros()
    return thin


def best_entries(entries: Entries, count: int) -> Entries:
    """Keep the `count` largest positive entries of every row, ordered by row, then value, then column.

    Entries come row by row. Values go back rounded to nine decimals, as they were compared.
    """
    scaled = np.rint(entries.values * _UNIT).astype(np.int64)
    starts = np.flatnonzero(np.diff(entries.rows, prepend=-1, append=-1))
    kept = scaled >= np.repeat(_thresholds(starts, scaled, count, SHORT_ROW), np.diff(starts))
    rows, columns, scaled = entries.rows[kept].astype(np.int64), entries.columns[kept].astype(np.int64), scaled[kept]
    if not len(rows):
        return Entries(rows, columns, np.zeros(0))
    column_bits, value_bits = int(columns.max()).bit_length(), int(scaled.max()).bit_length()
    largest, low = (1 << value_bits) - 1, (1 << column_bits) - 1
    coded = (largest - scaled) << column_bits | columns
    shift = value_bits + column_bits
    found = [
        _first_of_rows(np.sort((rows[some] - first) << shift | coded[some]), shift, first, count)
        for some, first in _runs(rows, _WORD_BITS - shift)
    ]
    codes = np.concatenate([code for _, code in found])
    values = (largest - (codes >> column_bits)) / _UNIT
    return Entries(np.concatenate([row for row, _ in found]), codes & low, values)


def _thresholds(indptr: Ints, values: Ints, count: int, short: int = 0) -> Ints:
    """Give every row the value of its `count` largest entry, 1 where it has no more or is short."""
    lengths = np.diff(indptr)
    least = np.ones(len(lengths), np.int64)
    starts = indptr.tolist()
    for row in np.flatnonzero(lengths > max(count, short)).tolist():
        some = values[starts[row] : starts[row + 1]].copy()
        some.partition(len(some) - count)
        least[row] = max(1, some[-count])
    return least


def _runs(rows: Ints, bits: int) -> Iterator[tuple[Any, int]]:
    """Split entries so that the rows of a part fit into some bits; give each part with its first row."""
    least, most = int(rows.min()), int(rows.max())
    if most - least < 1 << bits:
        yield slice(None), least
        return
    for first in range(least, most + 1, 1 << bits):
        some = np.flatnonzero((rows >= first) & (rows < first + (1 << bits)))
        if len(some):
            yield some, first


def _first_of_rows(codes: Ints, shift: int, first: int, count: int) -> tuple[Ints, Ints]:
    """Take the first entries of each row from sorted codes; give their rows, and codes without the row."""
    rows = codes >> shift
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    place = np.arange(len(rows)) - np.repeat(starts, np.diff(starts, append=len(rows)))
    kept = place < count
    return rows[kept] + first, codes[kept] & ((1 << shift) - 1)


def keep_heaviest(matrix: Any, count: int) -> Any:
    """Keep the `count` largest entries of every row of a matrix with sorted indices; ties fall to earlier columns."""
    lengths = np.diff(matrix.indptr)
    scaled = np.rint(matrix.data * _UNIT).astype(np.int64)
    least = _thresholds(matrix.indptr, scaled, count)
    kept = scaled > np.repeat(least, lengths)
    tied = np.flatnonzero(scaled == np.repeat(least, lengths))
    room = count - _sum_rows(kept, matrix.indptr)
    rows = np.searchsorted(matrix.indptr, tied, side="right") - 1
    place = np.arange(len(tied)) - np.searchsorted(rows, rows)
    kept[tied[place < room[rows]]] = True
    indptr = np.concatenate([[0], np.cumsum(_sum_rows(kept, matrix.indptr))])
    return sparse.csr_matrix((matrix.data[kept], matrix.indices[kept], indptr), shape=matrix.shape)


def _sum_rows(flags: NDArray[np.bool_], indptr: Ints) -> Ints:
    """Count the flags of every row."""
    return np.diff(np.concatenate([[0], np.cumsum(flags)])[indptr])


NO_ENTRIES = Entries(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def joined(parts: Sequence[Entries]) -> Entries:
    """Put entries behind each other."""
    every = [NO_ENTRIES, *parts]
    return Entries(
        np.concatenate([part.rows for part in every]),
        np.concatenate([part.columns for part in every]),
        np.concatenate([part.values for part in every]),
    )
