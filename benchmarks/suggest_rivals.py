"""What suggestions are compared with: TF-IDF, BM25, PageRank and Hugo's related content, and Inquiry itself.

Each gives scores, documents by documents in the order of the puzzle.  All read the same words, title and body.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph.suggest import suggest
from inquiry.graph.words import is_telling, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from suggest_vaults import Puzzle

    Scores = NDArray[np.float64]

SATURATION, LENGTH_SHARE = 1.2, 0.75
"""The usual k1 and b of BM25 (Robertson and Zaragoza, 2009)."""
RESTART, ROUNDS = 0.3, 15
"""Chance that a reader begins anew, and steps after which the rest no longer matters (0.7 to the 15th)."""
TAG_WEIGHT, YEAR_WEIGHT, TOP_WEIGHT, THRESHOLD = 80, 10, 100, 80
"""Weights of Hugo's default configuration of related content: tags, date, the greatest (keywords), threshold."""
LIMIT = 60
"""Suggestions asked of Inquiry."""


def counts_of(puzzle: Puzzle) -> Any:
    """Count words and pairs of words, documents by terms, those of one document only left out."""
    bags = []
    for each in puzzle.inputs:
        told = [word for word in words(f"{each.title} {each.text}") if is_telling(word)]
        bags.append(Counter([*told, *(f"{one} {other}" for one, other in pairwise(told))]))
    frequency = Counter(term for bag in bags for term in bag)
    number = {term: n for n, term in enumerate(term for term, seen in frequency.items() if seen > 1)}
    cells = [(n, number[term], count) for n, bag in enumerate(bags) for term, count in bag.items() if term in number]
    rows, columns, values = np.array(cells, np.int64).reshape(-1, 3).T
    return sparse.csr_matrix((values.astype(np.float64), (rows, columns)), shape=(len(bags), len(number)))


def rarity_of(counts: Any) -> Scores:
    """Inverse document frequency."""
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + frequency)) + 1)


def tfidf(puzzle: Puzzle) -> Scores:
    """Cosine of TF-IDF."""
    counts = counts_of(puzzle)
    counts.data = (1 + np.log(counts.data)) * rarity_of(counts)[counts.indices]
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    unit = sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ counts
    return np.asarray((unit @ unit.T).todense())


def bm25(puzzle: Puzzle) -> Scores:
    """BM25, each document the query."""
    counts = counts_of(puzzle)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(1e-9, lengths.mean()))
    weighed = counts.copy()
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    weighed.data = counts.data * (SATURATION + 1) / (counts.data + norm[rows]) * rarity_of(counts)[counts.indices]
    return np.asarray((counts.astype(bool).astype(np.float64) @ weighed.T).todense())


def pagerank(puzzle: Puzzle) -> Scores:
    """Personalised PageRank over links in either direction, from each document."""
    index = {each.key: n for n, each in enumerate(puzzle.inputs)}
    links = np.zeros((len(index), len(index)))
    for n, each in enumerate(puzzle.inputs):
        for key in each.links:
            if key in index:
                links[n, index[key]] = links[index[key], n] = 1
    np.fill_diagonal(links, 0)
    step = sparse.csr_matrix(links / np.maximum(links.sum(axis=1, keepdims=True), 1))
    begin = np.eye(len(index))
    standing = begin
    for _ in range(ROUNDS):
        standing = (1 - RESTART) * np.asarray(standing @ step) + RESTART * begin
    return standing


def hugo(puzzle: Puzzle) -> Scores:
    """Hugo's related content with its default configuration, as far as notes have what it reads: tags and years."""
    order = sorted(puzzle.inputs, key=lambda each: each.title, reverse=True)
    newer = {key: n for n, key in enumerate(sorted((e.key for e in order), key=lambda key: puzzle.dates.get(key, "")))}
    scores = np.zeros((len(order), len(order)))
    tags = [{tag.lower() for tag in each.tags} for each in puzzle.inputs]
    years = [puzzle.dates.get(each.key, "")[:4] for each in puzzle.inputs]
    for n, own in enumerate(tags):
        for m, other in enumerate(tags):
            shared = len(own & other)
            matches = shared + (years[n] == years[m] != "")
            weight = TAG_WEIGHT * shared + YEAR_WEIGHT * (matches - shared)
            if matches and round(weight // matches / TOP_WEIGHT * 100) >= THRESHOLD // matches:
                scores[n, m] = weight + newer[puzzle.inputs[m].key] / (len(order) + 1)
    return scores


def inquiry(puzzle: Puzzle) -> Scores:
    """What this project suggests."""
    found = suggest(puzzle.inputs, limit=LIMIT, cite=puzzle.kind == "cite")
    index = {each.key: n for n, each in enumerate(puzzle.inputs)}
    scores = np.zeros((len(index), len(index)))
    for key, n in index.items():
        for each in getattr(found.of(key), puzzle.kind):
            scores[n, index[each.key]] = each.score
    return scores


METHODS: dict[str, Callable[[Puzzle], Scores]] = {
    "inquiry": inquiry,
    "tfidf": tfidf,
    "bm25": bm25,
    "pagerank": pagerank,
    "hugo": hugo,
}
