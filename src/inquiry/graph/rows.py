"""Rows of sparse matrices: scaled, cut to their best entries, and the nearest of them by cosine.

Never are all pairs in memory at once: products are made in blocks of rows, of which only the best entries stay.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

HEAVIEST_TERMS = 60
"""Terms by which a document looks for similar ones; more changed hardly any ranking, and time grows with
them."""
CANDIDATES = 2
"""Documents compared in full for each neighbour that is kept."""
BLOCK_ROWS = 512
"""Rows of a product that are in memory at once."""
DIGITS = 9
"""Decimals that count in a comparison, so that the order of a float sum never decides a rank."""


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


def best_positions(values: Floats, names: Ints, count: int) -> Ints:
    """Give the positions of the `count` largest values, largest first, ties in favour of the smaller name."""
    rounded = np.round(values, DIGITS)
    kept = np.arange(len(rounded))
    if count < len(rounded):
        kept = np.flatnonzero(rounded >= np.partition(rounded, -count)[-count])
    return kept[np.lexsort((names[kept], -rounded[kept]))[:count]]


def keep_heaviest(matrix: Any, count: int) -> Any:
    """Keep the `count` largest entries of every row."""
    kept = [
        start + best_positions(matrix.data[start:end], matrix.indices[start:end], count)
        for start, end in pairwise(matrix.indptr.tolist())
    ]
    chosen = np.concatenate(kept) if kept else np.zeros(0, np.int64)
    indptr = np.concatenate([[0], np.cumsum([len(each) for each in kept])]).astype(np.int64)
    heaviest = sparse.csr_matrix((matrix.data[chosen], matrix.indices[chosen], indptr), shape=matrix.shape)
    heaviest.sort_indices()
    return heaviest


def nearest(matrix: Any, count: int, least: float) -> Any:
    """Find each row's `count` most similar other rows by cosine, in blocks of rows.

    Candidates come from the row's heaviest terms against all terms of the others, which is cheap; their cosines are
    then computed in full, because ranking by the heaviest terms alone cost a tenth of the nDCG on held-out links.

    Args:
        matrix: Documents by terms, rows of length 1.
        count: Neighbours a row.
        least: Cosine below which two documents are not similar.

    Returns:
        Documents by documents, cosines; not symmetric.

    """
    heavy = keep_heaviest(matrix, HEAVIEST_TERMS)
    turned = matrix.T.tocsr()
    blocks = []
    for start in range(0, matrix.shape[0], BLOCK_ROWS):
        block = (heavy[start : start + BLOCK_ROWS] @ turned).tocsr()
        own = np.repeat(np.arange(start, start + block.shape[0]), np.diff(block.indptr))
        block.data[block.indices == own] = 0
        block.eliminate_zeros()
        pairs = keep_heaviest(block, count * CANDIDATES).tocoo()
        cosines = row_products(matrix, pairs.row + start, pairs.col)
        kept = cosines >= least
        exact = sparse.csr_matrix((cosines[kept], (pairs.row[kept], pairs.col[kept])), shape=block.shape)
        blocks.append(keep_heaviest(exact, count))
    return sparse.vstack(blocks, format="csr") if blocks else sparse.csr_matrix(matrix.shape[:1] * 2)


def row_products(matrix: Any, here: Ints, there: Ints) -> Floats:
    """Multiply each row of `here` with its partner of `there`."""
    return np.asarray(matrix[here].multiply(matrix[there]).sum(axis=1), np.float64).ravel()
