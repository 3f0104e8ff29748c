"""How documents are worded: words and TF-IDF.

Texts become one sparse matrix (documents by terms, rows of length 1) without ever comparing two documents
in Python. Terms are single words and pairs of adjacent words. The order of the documents is the caller's;
with the same order every number repeats, and ties fall to the earlier document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph.lexicon import Field, Lexicon
from inquiry.graph.parallel import over_blocks
from inquiry.graph.rows import select, sort_codes, to_unit_rows
from inquiry.graph.words import is_telling, tells_by_itself

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from inquiry.graph.rows import Floats, Ints

TITLE_WEIGHT = 3
"""A word of the title counts as three of the body: it says what the document is about."""
ANCHOR_WEIGHT = 2
"""A word by which others link here counts as two: it is how readers name the document."""
ANCHOR_WORDS = 40
"""Words of incoming links that count; without a limit a much linked document drowns in its own name."""
SMALLEST_DOCUMENT_COUNT = 2
"""A term that only one document has can join nothing."""
DOCUMENTS_AT_ONCE = 512
"""Documents whose terms are counted at once: what is made on the way should fit into the cache."""
ENTRIES_AT_ONCE = 1 << 16
"""Words or terms that are worked on at once, likewise."""
NO_NUMBER = -(1 << 30)
"""Number of a pair that occurs once: it stays negative whatever is added to it."""
MOST_ANCHORED = 127
"""Occurrences of a term in incoming links that count: more would not fit into one number with those in the text."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of all documents."""

    lexicon: Lexicon
    body: Field
    """Every word of the bodies, stop words included: where a mention is looked for."""
    title: Field
    """Every word of the titles."""
    surfaces: Sequence[str]
    """Most frequent written form of each word."""
    telling: NDArray[np.bool_]
    """For each word, whether it can make documents similar."""
    matrix: Any
    """TF-IDF, documents by terms, rows of length 1; a term below `len(surfaces)` is that word, others are
    pairs."""
    own: Any
    """The part of `matrix` that is words with a letter which stand in the document itself and not only in links to it;
    documents by words."""
    frequency: Ints
    """Documents that have each word, in body, title or the words of incoming links; 0 for a stop word."""
    rarity: Floats
    """Inverse document frequency of each word, at least 1 (Spärck Jones, 1972)."""


def read_wording(titles: Sequence[str], bodies: Iterable[str], anchors: Sequence[str]) -> Wording:
    """Weigh the words of all documents; the three run in parallel, and each body is asked for once."""
    lexicon = Lexicon()
    limited = [" ".join(each.split()[:ANCHOR_WORDS]) for each in anchors]
    fields = [lexicon.read(texts) for texts in (bodies, titles, limited)]
    size, documents = len(lexicon.words), len(titles)
    telling = np.fromiter(map(is_telling, lexicon.words), np.bool_, size)
    counts = _count_terms([_keep(field, telling) for field in fields], size, documents)
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + documents) / (1 + frequency)) + 1
    matrix = _weigh(counts, np.where(frequency < SMALLEST_DOCUMENT_COUNT, 0.0, rarity))
    spelled = np.zeros(counts.shape[1], np.bool_)
    spelled[:size] = np.fromiter(map(tells_by_itself, lexicon.words), np.bool_, size)
    own = select(matrix, (matrix.data > 0) & spelled[matrix.indices])
    np.abs(matrix.data, out=matrix.data)
    return Wording(
        lexicon=lexicon,
        body=fields[0],
        title=fields[1],
        surfaces=lexicon.surfaces(),
        telling=telling,
        matrix=matrix,
        own=sparse.csr_matrix((own.data, own.indices, own.indptr), shape=(documents, size)),
        frequency=frequency[:size],
        rarity=rarity[:size],
    )


def _keep(part: Field, telling: NDArray[np.bool_]) -> Field:
    """Leave out what is not telling."""
    kept = np.flatnonzero(telling[part.words])
    return Field(part.words[kept], np.searchsorted(kept, part.ends))


def _count_terms(fields: Sequence[Field], words: int, documents: int) -> Any:
    """Count terms, documents by terms: words, and behind them the pairs that occur more than once.

    A count is that in body and title times `MOST_ANCHORED + 1`, plus that in incoming links.
    """
    bounds = np.cumsum([len(field.words) for field in fields])
    codes = np.zeros(bounds[-1], np.int64)
    for field, part in zip(fields, np.split(codes, bounds[:-1]), strict=True):
        _code_pairs(field, words, part)
    numbers, pairs = _number_repeated(codes)
    numbered = np.split(numbers, bounds[:-1])

    def count(block: range) -> Any:
        body, title, anchor = (
            _count(field.words, words + number, field.ends[block.start : block.stop + 1], words + pairs)
            for field, number in zip(fields, numbered, strict=True)
        )
        np.minimum(anchor.data, MOST_ANCHORED, out=anchor.data)
        return (body + TITLE_WEIGHT * title) * (MOST_ANCHORED + 1) + anchor

    counted = over_blocks(count, range(documents), DOCUMENTS_AT_ONCE)
    return sparse.vstack([sparse.csr_matrix((0, words + pairs), dtype=np.int32), *counted], format="csr")


def _code_pairs(field: Field, words: int, codes: Ints) -> None:
    """Code the pair of words that begins at each place; 0 where a document ends."""
    codes[:-1] = field.words[:-1]
    codes[:-1] *= words
    codes[:-1] += field.words[1:]
    codes[:-1] += 1
    codes[field.ends[1:][np.diff(field.ends) > 0] - 1] = 0


def _number_repeated(codes: Ints) -> tuple[NDArray[np.int32], int]:
    """Number the codes that occur more than once in their order; say how many there are.

    0 is no code, and what has no number is `NO_NUMBER`.  The codes are used up: at 100,000 documents each copy of them
    is as large as all texts.
    """
    places = sort_codes(codes)
    again = np.zeros(len(codes) + 1, np.bool_)
    np.equal(codes[1:], codes[:-1], out=again[1:-1])
    repeated = (again[1:] | again[:-1]) & (codes > 0)
    number = np.cumsum(repeated & ~again[:-1], dtype=np.int32)
    size = int(number[-1]) if len(number) else 0
    number -= 1
    number[~repeated] = NO_NUMBER
    numbers = np.empty(len(codes), np.int32)
    numbers[places] = number
    return numbers, size


def _count(words: Ints, pairs: Ints, ends: Ints, terms: int) -> Any:
    """Count the terms of some documents: the words and the pairs that begin with them, where there are any."""
    first, last = int(ends[0]), int(ends[-1])
    both = np.stack([words[first:last], pairs[first:last]], axis=1).ravel()
    kept = np.flatnonzero(both >= 0)
    columns = both[kept]
    indptr = np.searchsorted(kept, 2 * (ends - first))
    counts = sparse.csr_matrix((np.ones(len(columns), np.int32), columns, indptr), shape=(len(ends) - 1, terms))
    counts.sum_duplicates()
    return counts


def _weigh(counts: Any, rarity: Floats) -> Any:
    """Turn counts into TF-IDF, rows of length 1; what stands in incoming links only is negative.

    At 100,000 documents each copy is as large as all texts, so there is one, and the counts are used up.
    """
    data = np.empty(len(counts.data))
    for start in range(0, len(data), ENTRIES_AT_ONCE):
        some = slice(start, start + ENTRIES_AT_ONCE)
        own, anchored = np.divmod(counts.data[some], MOST_ANCHORED + 1)
        weights = (1 + np.log(own + ANCHOR_WEIGHT * anchored)) * rarity[counts.indices[some]]
        data[some] = np.where(own > 0, weights, -weights)
    weighed = sparse.csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)
    weighed.eliminate_zeros()
    to_unit_rows(weighed)
    return weighed
