"""What to read or cite next: the one place that ranks, explains and gives roles.

Documents are sorted by key first and scores are compared to nine decimals, so neither the order of files
nor the order of a float sum changes a list. This module imports scipy: callers import it only when they
need suggestions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.garbage import uncollected
from inquiry.graph import walk
from inquiry.graph.cosines import Cosines
from inquiry.graph.mentions import find_mentions
from inquiry.graph.ranking import rank
from inquiry.graph.reasons import UNCOMPARED, Evidence, Reasons, SharedWords, gather
from inquiry.graph.roles import COMMUNITY_NEIGHBOURS, Casting, cast
from inquiry.graph.suggestion import Key, Role, Suggested, SuggestInput, Suggestion, Suggestions, pin
from inquiry.graph.text import read_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inquiry.graph.rows import Entries

LIMIT = 20
"""Suggestions of a kind that a document gets."""


def suggest(documents: Iterable[SuggestInput], *, limit: int = LIMIT, cite: bool = True) -> Suggestions:
    """Rank next lines, related notes and notes to cite for every document.

    Args:
        documents: Every public document; drafts and unlisted ones must not be among them.
        limit: Suggestions of a kind that a document gets at most.
        cite: Whether to look for notes to cite, which no page shows.

    Returns:
        Suggestions by key.  Each has at least one reason; none is the document itself or stands in a list twice;
        what could be cited is not linked already.

    """
    ordered = sorted(documents, key=lambda document: document.key)
    if not ordered:
        return Suggestions({})
    with uncollected():
        return _suggest(ordered, limit, cite=cite)


def _suggest(ordered: Sequence[SuggestInput], limit: int, *, cite: bool) -> Suggestions:
    """Rank, explain and give roles; documents come in the order of their keys."""
    wording = read_wording(
        [each.title for each in ordered],
        [each.text for each in ordered],
        [" ".join(_by_frequency(each.anchors)) for each in ordered],
    )
    mentions = find_mentions(wording, [each.aliases for each in ordered])
    evidence = gather(ordered, zip(*(part.tolist() for part in mentions.nonzero()), strict=True))
    cosines = Cosines(wording.matrix)
    paths = walk.measure_paths(_adjacency(evidence), cosines, mentions)
    lines = sum(document.is_line for document in ordered)
    ranking = rank(paths, cosines, lines, limit, least_next=COMMUNITY_NEIGHBOURS, cite=cite)
    explain = _Explanation(SharedWords(wording.own, wording.surfaces), evidence, limit)
    casting = cast(evidence, paths, ranking.next, lines)
    following = explain.lists(ranking.next, casting)
    related, citable = explain.lists(ranking.related), explain.lists(ranking.cite)
    numbers = {document.key: n for n, document in enumerate(ordered)}
    return Suggestions(
        {
            document.key: Suggested(
                following.get(n, ()),
                related.get(n, ()),
                citable.get(n, ()),
                tuple(_pinned(document, numbers, following.get(n, ()), evidence)),
            )
            for n, document in enumerate(ordered)
        }
    )


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


@dataclass(frozen=True, slots=True)
class _Explanation:
    """Gives candidates their reasons and roles, and drops those without a reason."""

    words: SharedWords
    evidence: Evidence
    limit: int

    def lists(self, ranked: Entries, casting: Casting | None = None) -> dict[int, tuple[Suggestion, ...]]:
        """Make each document's list; only with `casting` suggestions have roles."""
        evidence, documents = self.evidence, self.evidence.documents
        ends = np.searchsorted(ranked.rows, np.arange(len(documents) + 1))
        spare = np.arange(len(ranked.rows)) - ends[ranked.rows] >= self.limit
        words = iter(self.words.of(ranked.rows[~spare], ranked.columns[~spare]))
        columns, values = ranked.columns.tolist(), ranked.values.tolist()
        lists = {}
        for here, (first, last) in enumerate(pairwise(ends.tolist())):
            kept: list[Suggestion] = []
            shared = list(islice(words, min(last - first, self.limit)))
            for place in range(first, last):
                if place - first == len(shared):  # few lists come to their spare candidates
                    shared += self.words.of(ranked.rows[place : place + 1], ranked.columns[place : place + 1])
                reasons = Reasons(evidence, here, columns[place], shared[place - first])
                if shared[place - first].words or reasons:
                    there = columns[place]
                    role = _role(casting, here, there, kept) if casting else ""
                    thin = bool(casting) and evidence.rests_on_one(here, there, shared[place - first])
                    kept.append(Suggestion(documents[there].key, values[place], role, reasons, is_thin=thin))
                    if len(kept) == self.limit:
                        break
            lists[here] = tuple(kept)
        return lists


def _role(casting: Casting, here: int, there: int, earlier: Sequence[Suggestion]) -> str:
    """Give a next line its role."""
    return casting.role(here, there, is_first=all(each.role == Role.DISAGREES for each in earlier)).value


def _pinned(
    document: SuggestInput, numbers: Mapping[Key, int], following: tuple[Suggestion, ...], evidence: Evidence
) -> Iterator[Suggestion]:
    """Yield a document's pinned lines; one that does not exist or is not public is left out."""
    here = numbers[document.key]
    for key in dict.fromkeys(document.next):
        if key in numbers and key != document.key:
            yield pin(key, following, Reasons(evidence, here, numbers[key], UNCOMPARED))
