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

    Ints = NDArray[np.signedinteger[Any]]
    Floats = NDArray[np.float64]

SHORT_ROW = 32
"""Entries of a row that are sorted without selecting first."""
ROWS_AT_ONCE = 1 << 10
"""Rows that are scaled at once: they should fit into the cache."""
CELLS_AT_ONCE = 1 << 15
"""Cells of long rows that are laid out at once, likewise."""
DIGITS = 9
"""Decimals that count in a comparison, so that the order of a float sum never decides a rank."""

_HASH_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Spreads neighbouring integers (Fibonacci hashing: Knuth, 1973)."""
_SPARE_HASH_BITS = 1
"""Bits of a hash beyond those that could tell the hashed apart, so that few fall together."""
_WORD_BITS = 63
_SHORT_BITS = 32
_UNIT = 10**DIGITS
_ROUNDED_UP = 0.5


def hash_bits(count: int) -> int:
    """Say how many bits hashes of so many integers should have."""
    return count.bit_length() + _SPARE_HASH_BITS


def hashes(codes: Ints, bits: int) -> Ints:
    """Hash integers to so many bits."""
    return ((codes.astype(np.uint64) * _HASH_FACTOR) >> np.uint64(64 - bits)).astype(np.int64)


def sort_codes(codes: Ints) -> Ints:
    """Sort integers that are not negative, in place; give their former places, equal ones in order.

    Where an integer and its place fit into one word, these are sorted, which takes half the time of sorting places.
    """
    bits = len(codes).bit_length()
    if not len(codes) or int(codes.max()).bit_length() + bits > _WORD_BITS:
        order = np.argsort(codes, kind="stable")
        codes[:] = codes[order]
        return order
    codes <<= bits
    codes |= np.arange(len(codes))
    codes.sort()
    places = codes & ((1 << bits) - 1)
    codes >>= bits
    return places.astype(np.int32) if bits < _SHORT_BITS else places


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


def to_unit_rows(matrix: Any) -> None:
    """Scale the rows of a CSR matrix to length 1, in place; an empty row stays empty."""
    for start in range(0, matrix.shape[0], ROWS_AT_ONCE):
        bounds = matrix.indptr[start : start + ROWS_AT_ONCE + 1]
        values = matrix.data[bounds[0] : bounds[-1]]
        row = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        values /= np.sqrt(np.bincount(row, values * values, len(bounds) - 1))[row]


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


def select(matrix: Any, kept: NDArray[np.bool_]) -> Any:
    """Keep some of the entries of a CSR matrix."""
    before = np.zeros(len(kept) + 1, matrix.indptr.dtype)
    np.cumsum(kept, out=before[1:])
    indptr = before[matrix.indptr]
    return sparse.csr_matrix((matrix.data[kept], matrix.indices[kept], indptr), shape=matrix.shape)


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
    least = np.ones(len(indptr[1:]), np.int64)
    for rows, places, inside in _long_rows(indptr, max(count, short)):
        cells = np.where(inside, values.take(places, mode="clip"), 0)
        cells.partition(cells.shape[1] - count, axis=1)
        least[rows] = np.maximum(1, cells[:, -count])
    return least


def _long_rows(indptr: Ints, length: int) -> Iterator[tuple[Ints, Ints, NDArray[np.bool_]]]:
    """Lay longer rows out as tables, those of about the same length together; say which cells are in a row.

    Yields:
        Numbers of rows, the places of their entries (rows by cells), and whether a cell is one of the row's.

    """
    lengths = np.diff(indptr)
    waiting = np.flatnonzero(lengths > length)
    waiting = waiting[np.argsort(-lengths[waiting], kind="stable")]
    while len(waiting):
        width = int(lengths[waiting[0]])
        rows, waiting = np.split(waiting, [max(1, CELLS_AT_ONCE // width)])
        cells = np.arange(width)
        yield rows, indptr[rows][:, None] + cells, cells < lengths[rows][:, None]


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
    kept = matrix.data > _ROUNDED_UP / _UNIT
    for _, places, inside in _long_rows(matrix.indptr, count):
        cells = np.where(inside, np.rint(matrix.data.take(places, mode="clip") * _UNIT), 0).astype(np.int64)
        least = np.partition(cells, cells.shape[1] - count, axis=1)[:, [-count]]
        above = cells > least
        tied = (cells == least) & (cells > 0)
        room = count - above.sum(axis=1, keepdims=True)
        chosen = above | (tied & (np.cumsum(tied, axis=1) <= room))
        kept[places[inside]] = chosen[inside]
    return select(matrix, kept)


def common_entries(matrix: Any, here: Ints, there: Ints) -> Entries:
    """Multiply the entries that two rows of a matrix with sorted indices have in common, for many pairs of rows.

    Both sides are copied, so callers give some thousands of pairs at a time.

    Returns:
        Number of the pair, column, product.

    """
    return entries_of(matrix[here].multiply(matrix[there]).tocsr())


NO_ENTRIES = Entries(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def joined(parts: Sequence[Entries]) -> Entries:
    """Put entries behind each other."""
    every = [NO_ENTRIES, *parts]
    return Entries(
        np.concatenate([part.rows for part in every]),
        np.concatenate([part.columns for part in every]),
        np.concatenate([part.values for part in every]),
    )
