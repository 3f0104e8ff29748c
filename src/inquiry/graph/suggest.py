"""What to read or cite next: the one place where documents are ranked.

Documents are sorted by key first and scores are compared to nine decimals, so neither the order of files
nor the order of a float sum changes a list. What is ranked is explained when somebody asks. This module imports
scipy: callers import it only when they need suggestions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.garbage import give_back, give_large_arrays_back, uncollected
from inquiry.graph import walk
from inquiry.graph.cosines import Cosines
from inquiry.graph.explanation import Explained
from inquiry.graph.mentions import find_mentions
from inquiry.graph.ranking import rank
from inquiry.graph.reasons import Evidence, gather
from inquiry.graph.roles import COMMUNITY_NEIGHBOURS, cast
from inquiry.graph.shared_words import SharedWords
from inquiry.graph.suggestion import SuggestInput, Suggestions
from inquiry.graph.text import read_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LIMIT = 20
"""Suggestions of a kind that a document gets."""


def suggest(
    documents: Iterable[SuggestInput], *, limit: int = LIMIT, related: int | None = None, cite: bool = True
) -> Suggestions:
    """Rank next lines, related notes and notes to cite for every document.

    Args:
        documents: Every public document; drafts and unlisted ones must not be among them.
        limit: Suggestions of a kind that a document gets at most.
        related: The same of related notes, where fewer are wanted; their order does not depend on it.
        cite: Whether to look for notes to cite, which no page shows.

    Returns:
        Suggestions by key.  Each has at least one reason; none is the document itself or stands in a list twice;
        what could be cited is not linked already.

    """
    give_large_arrays_back()
    with uncollected():
        found = _suggest(sorted(documents, key=lambda document: document.key), limit, related, cite=cite)
    give_back()
    return found


def _suggest(ordered: Sequence[SuggestInput], limit: int, related: int | None, *, cite: bool) -> Suggestions:
    """Rank; documents come in the order of their keys."""
    if not ordered:
        return Suggestions({})
    texts = [each.text for each in reversed(ordered)]
    ordered = [replace(each, text="") for each in ordered]
    wording = read_wording(
        [each.title for each in ordered],
        _handed_over(texts),
        [" ".join(_by_frequency(each.anchors)) for each in ordered],
    )
    give_back()
    mentions = find_mentions(wording, [each.aliases for each in ordered])
    evidence = gather(ordered, zip(*(part.tolist() for part in mentions.nonzero()), strict=True))
    cosines = Cosines(wording.matrix)
    paths = walk.measure_paths(_adjacency(evidence), cosines, mentions)
    lines = sum(document.is_line for document in ordered)
    ranking = rank(paths, cosines, lines, limit, least_next=COMMUNITY_NEIGHBOURS, cite=cite)
    return Suggestions(
        Explained(
            ranking,
            evidence,
            SharedWords(wording.own, wording.surfaces),
            cast(evidence, paths, ranking.next, lines),
            limit=limit,
            related=limit if related is None else min(related, limit),
        )
    )


def _handed_over(texts: list[str]) -> Iterator[str]:
    """Take texts from the end of a list, so that none is held when the next is read: all are as large as the corpus."""
    while texts:
        yield texts.pop()


def _by_frequency(anchors: Sequence[str]) -> list[str]:
    """Order what others call a document by how often they do, so that a limit keeps the usual names."""
    counts = Counter(anchors)
    return sorted(anchors, key=lambda anchor: (-counts[anchor], anchor))


def _adjacency(evidence: Evidence) -> Any:
    """Join links and relations into one matrix of ones."""
    pairs = [(here, there) for here, targets in enumerate(evidence.out) for there in targets]
    joined = np.array([*pairs, *evidence.relations], np.int64).reshape(-1, 2)
    size = len(evidence.documents)
    matrix = sparse.csr_matrix((np.ones(len(joined)), (joined[:, 0], joined[:, 1])), shape=(size, size))
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix
