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
from inquiry.graph.rows import hash_bits, hashes, unit_rows
from inquiry.graph.words import is_telling, tells_by_itself

if TYPE_CHECKING:
    from collections.abc import Sequence

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
CODES_AT_ONCE = 1 << 20
"""Pairs of words that are numbered at once, about."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of all documents."""

    lexicon: Lexicon
    body: Field
    """Every word of the bodies, stop words included: where a mention is looked for."""
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


def read_wording(titles: Sequence[str], bodies: Sequence[str], anchors: Sequence[str]) -> Wording:
    """Weigh the words of all documents; the three sequences run in parallel."""
    lexicon = Lexicon()
    read = [lexicon.read(bodies), lexicon.read(titles), lexicon.read(anchors, ANCHOR_WORDS)]
    body, title, anchor = lexicon.to_words(read)
    size = len(lexicon.words)
    telling = np.fromiter(map(is_telling, lexicon.words), np.bool_, size)
    parts, terms = _with_pairs([_keep(part, telling) for part in (body, title, anchor)], size)
    shape = (len(bodies), terms)
    own = _count(parts[:2], (1, TITLE_WEIGHT), shape)
    counts = own + _count(parts[2:], (ANCHOR_WEIGHT,), shape)
    frequency = np.bincount(counts.indices, minlength=terms)
    rarity = np.log((1 + len(bodies)) / (1 + frequency)) + 1
    matrix = unit_rows(_weigh(counts, rarity, frequency))
    spelled = np.fromiter(map(tells_by_itself, lexicon.words), np.bool_, size)
    return Wording(
        lexicon=lexicon,
        body=body,
        surfaces=lexicon.surfaces(),
        telling=telling,
        matrix=matrix,
        own=_only(matrix, own, spelled),
        frequency=frequency[:size],
        rarity=rarity[:size],
    )


def _keep(part: Field, telling: NDArray[np.bool_]) -> Field:
    """Leave out what is not telling."""
    kept = telling[part.words]
    return Field(part.words[kept], part.owners[kept])


def _with_pairs(parts: Sequence[Field], words: int) -> tuple[list[Field], int]:
    """Add the pairs of adjacent words that occur more than once, numbered behind the words; count all terms."""
    coded = [_pairs(part, words) for part in parts]
    number, size = _number_repeated(np.concatenate([part.words for part in coded]))
    ends = np.cumsum([len(part.words) for part in coded])[:-1]
    found = []
    for singles, pairs, numbers in zip(parts, coded, np.split(number, ends), strict=True):
        kept = numbers >= 0
        terms = np.concatenate([singles.words, numbers[kept] + words])
        found.append(Field(terms, np.concatenate([singles.owners, pairs.owners[kept]])))
    return found, words + size


def _pairs(part: Field, vocabulary: int) -> Field:
    """Code the pairs of adjacent words inside a document."""
    inside = part.owners[:-1] == part.owners[1:]
    return Field((part.words[:-1].astype(np.int64) * vocabulary + part.words[1:])[inside], part.owners[:-1][inside])


def _number_repeated(codes: Ints) -> tuple[NDArray[np.int32], int]:
    """Number the codes that occur more than once, others are `-1`; say how many there are.

    Codes are numbered in parts into which equal ones fall together, so that what is made on the way stays small.
    """
    parts = 1 + len(codes) // CODES_AT_ONCE
    part = codes % parts
    numbers = np.full(len(codes), -1, np.int32)
    size = 0
    for each in range(parts):
        some = np.flatnonzero(part == each)
        some = some[_may_repeat(codes[some])]
        _, number, seen = np.unique(codes[some], return_inverse=True, return_counts=True)
        repeated = seen >= SMALLEST_DOCUMENT_COUNT
        numbers[some] = np.where(repeated, size + np.cumsum(repeated) - 1, -1)[number]
        size += int(repeated.sum())
    return numbers, size


def _may_repeat(codes: Ints) -> NDArray[np.bool_]:
    """Find most of the codes that occur once, by counting hashes: most pairs of words do, so few have to be sorted."""
    if not len(codes):
        return np.zeros(0, np.bool_)
    hashed = hashes(codes, hash_bits(len(codes)))
    return np.bincount(hashed)[hashed] >= SMALLEST_DOCUMENT_COUNT


def _count(parts: Sequence[Field], weights: Sequence[int], shape: tuple[int, int]) -> Any:
    """Count numbered terms in documents by terms, each field with its weight."""
    values = np.concatenate([np.full(len(p.words), w, np.float64) for p, w in zip(parts, weights, strict=True)])
    rows = np.concatenate([part.owners for part in parts])
    columns = np.concatenate([part.words for part in parts])
    by_column = sparse.coo_matrix((values, (rows, columns)), shape=shape).tocsc(copy=False)
    return by_column.tocsr()


def _weigh(counts: Any, rarity: Floats, frequency: Ints) -> Any:
    """Turn counts into TF-IDF; terms that only one document has weigh nothing."""
    rarity = np.where(frequency < SMALLEST_DOCUMENT_COUNT, 0.0, rarity)
    data = (1 + np.log(counts.data)) * rarity[counts.indices]
    weighed = sparse.csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)
    weighed.eliminate_zeros()
    return weighed


def _only(matrix: Any, own: Any, spelled: NDArray[np.bool_]) -> Any:
    """Take the words with a letter that stand in the documents themselves."""
    columns = len(spelled)
    present = own[:, :columns].astype(np.bool_).astype(np.float64)
    found = matrix[:, :columns].multiply(present).tocsr()
    found.data *= spelled[found.indices]
    found.eliminate_zeros()
    return found
