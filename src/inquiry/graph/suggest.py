"""What to read or cite next: the one place that ranks, explains and gives roles.

Documents are sorted by key first and scores are compared to nine decimals, so neither the order of files
nor the order of a float sum changes a list. This module imports scipy: callers import it only when they
need suggestions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph import walk
from inquiry.graph.mentions import find_mentions
from inquiry.graph.reasons import Evidence, gather, shared_words
from inquiry.graph.roles import Casting, cast
from inquiry.graph.rows import DIGITS, best_positions
from inquiry.graph.suggestion import Key, Role, Suggested, SuggestInput, Suggestion, Suggestions, pin
from inquiry.graph.text import Wording, read_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inquiry.graph.rows import Floats, Ints

LIMIT = 20
"""Suggestions of a kind that a document gets."""
SPARE = 1.5
"""Candidates looked at for one that is kept, because some have no reason to show."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    """One document's candidates of one kind, best first."""

    here: int
    kind: str
    """`next`, `related` or `cite`."""
    there: Ints
    scores: Floats


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
    wording = read_wording(
        [each.title for each in ordered],
        [each.text for each in ordered],
        [" ".join(_by_frequency(each.anchors)) for each in ordered],
    )
    mentions = find_mentions(wording, [(each.title, *each.aliases) for each in ordered])
    evidence = gather(ordered, zip(*(part.tolist() for part in mentions.nonzero()), strict=True))
    paths = walk.measure_paths(_adjacency(evidence), wording, mentions)
    lines = sum(document.is_line for document in ordered)
    ranked = list(_rank(paths, lines, limit, cite=cite))
    chance = walk.transition(paths)
    return _explain(ranked, wording, cast(evidence, paths, chance + chance.T, lines), limit)


def _by_frequency(anchors: Sequence[str]) -> list[str]:
    """Order what others call a document by how often they do, so that a limit keeps the usual names."""
    counts = Counter(anchors)
    return sorted(anchors, key=lambda anchor: (-counts[anchor], anchor))


def _adjacency(evidence: Evidence) -> Any:
    """Join links and relations into one matrix of ones."""
    pairs = {(here, there) for here, targets in enumerate(evidence.out) for there in targets}
    joined = np.array(sorted(pairs | set(evidence.relations)), np.int64).reshape(-1, 2)
    size = len(evidence.documents)
    return sparse.csr_matrix((np.ones(len(joined)), (joined[:, 0], joined[:, 1])), shape=(size, size))


def _rank(paths: walk.Paths, lines: int, limit: int, *, cite: bool) -> Iterator[_Ranked]:
    """Take each document's best candidates; lines come before notes, so a kind is a range of columns."""
    pool = int(SPARE * limit) + 1
    for start, block in walk.score_blocks(paths):
        for row in range(block.shape[0]):
            here = start + row
            span = slice(block.indptr[row], block.indptr[row + 1])
            there, scores = block.indices[span], np.round(block.data[span], DIGITS)
            asks = there < lines
            linked = paths.links.indices[paths.links.indptr[here] : paths.links.indptr[here + 1]]
            if here < lines:
                yield _take(here, "next", there[asks], scores[asks], pool)
            wanted = pool + len(linked) + 1 if cite else pool
            notes = _take(here, "related", there[~asks], scores[~asks], wanted)
            if here >= lines:
                yield notes
            if cite:
                free = np.isin(notes.there, linked, invert=True)
                yield _Ranked(here, "cite", notes.there[free], notes.scores[free])


def _take(here: int, kind: str, there: Ints, scores: Floats, count: int) -> _Ranked:
    """Take the best of one kind, the document itself left out."""
    kept = (there != here) & (scores > 0)
    there, scores = there[kept], scores[kept]
    best = best_positions(scores, there, count)
    return _Ranked(here, kind, there[best].astype(np.int64), scores[best])


def _explain(ranked: Sequence[_Ranked], wording: Wording, casting: Casting, limit: int) -> Suggestions:
    """Give candidates their reasons and roles, and drop those without a reason."""
    documents = casting.evidence.documents
    here = np.concatenate([np.full(len(each.there), each.here) for each in ranked])
    words = iter(shared_words(wording, here, np.concatenate([each.there for each in ranked])))
    lists: defaultdict[int, dict[str, tuple[Suggestion, ...]]] = defaultdict(dict)
    for each in ranked:
        kept: list[Suggestion] = []
        for there, score in zip(each.there.tolist(), each.scores.tolist(), strict=True):
            shared = next(words)
            if len(kept) == limit:
                continue
            reasons = casting.evidence.reasons(each.here, there, shared)
            if reasons:
                role = _role(casting, each, there, kept)
                kept.append(Suggestion(documents[there].key, score, role, reasons))
        lists[each.here][each.kind] = tuple(kept)
    known = {document.key for document in documents}
    return Suggestions(
        {document.key: _collect(document, lists[number], known) for number, document in enumerate(documents)}
    )


def _role(casting: Casting, ranked: _Ranked, there: int, earlier: Sequence[Suggestion]) -> str:
    """Give a next line its role; other suggestions have none."""
    if ranked.kind != "next":
        return ""
    is_first = all(each.role == Role.DISAGREES for each in earlier)
    return casting.role(ranked.here, there, is_first=is_first).value


def _collect(document: SuggestInput, lists: Mapping[str, tuple[Suggestion, ...]], known: set[Key]) -> Suggested:
    """Put a document's lists together; a pinned line that does not exist or is not public is left out."""
    following = lists.get("next", ())
    pinned = [key for key in dict.fromkeys(document.next) if key in known and key != document.key]
    return Suggested(
        next=following,
        related=lists.get("related", ()),
        cite=lists.get("cite", ()),
        pinned=tuple(pin(key, following) for key in pinned),
    )
