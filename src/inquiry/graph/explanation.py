"""From a ranking to suggestions: each gets its reasons and its role, and one without a reason is dropped.

That is done for some documents at a time, and only when one of them is asked for: whoever renders a page explains its
suggestions, so that processes share the work and none holds what it does not show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from inquiry.garbage import uncollected
from inquiry.graph.reasons import Reasons
from inquiry.graph.shared_words import UNCOMPARED
from inquiry.graph.suggestion import EXPLAINED_AT_ONCE, Key, Role, Suggested, Suggestion, pin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inquiry.graph.ranking import Ranking
    from inquiry.graph.reasons import Evidence
    from inquiry.graph.roles import Casting
    from inquiry.graph.rows import Entries, Ints
    from inquiry.graph.shared_words import Shared, SharedWords
    from inquiry.graph.suggestion import SuggestInput


@dataclass(frozen=True, slots=True)
class _Kind:
    """One of the lists that documents get."""

    ranked: Entries
    """Candidates of every document, best first."""
    ends: Ints
    """Where the candidates of each document begin, and where those of the last end."""
    limit: int
    """Suggestions in a list at most."""
    casting: Casting | None = None
    """Decides the roles, where suggestions have one."""

    @classmethod
    def of(cls, ranked: Entries, documents: int, limit: int, casting: Casting | None = None) -> _Kind:
        return cls(ranked, np.searchsorted(ranked.rows, np.arange(documents + 1)), limit, casting)


class Explained(Mapping[Key, Suggested]):
    """The suggestions of every document, by its key."""

    def __init__(
        self, ranking: Ranking, evidence: Evidence, words: SharedWords, casting: Casting, *, limit: int, related: int
    ) -> None:
        """Take what suggestions are made of.

        Args:
            ranking: Candidates of every document.
            evidence: What is known about documents; it says which index is whose.
            words: Finds the words that two documents share.
            casting: Decides the roles of next lines.
            limit: Suggestions of a kind that a document gets at most.
            related: The same of related notes.

        """
        self._evidence = evidence
        self._words = words
        count = len(evidence.documents)
        self._next = _Kind.of(ranking.next, count, limit, casting)
        self._related = _Kind.of(ranking.related, count, related)
        self._cite = _Kind.of(ranking.cite, count, limit)
        self._known: dict[int, Suggested] = {}

    def __getitem__(self, key: Key) -> Suggested:
        """Give a document's suggestions."""
        number = self._numbers[key]
        if number not in self._known:
            first = number // EXPLAINED_AT_ONCE * EXPLAINED_AT_ONCE
            with uncollected():
                self._explain(range(first, min(first + EXPLAINED_AT_ONCE, len(self))))
        return self._known[number]

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a document."""
        return key in self._numbers

    def __iter__(self) -> Iterator[Key]:
        """Go through the keys of all documents, in order."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """Count the documents."""
        return len(self._evidence.documents)

    @cached_property
    def _numbers(self) -> dict[Key, int]:
        return {document.key: number for number, document in enumerate(self._evidence.documents)}

    def _explain(self, some: range) -> None:
        following, related, citable = (self._lists(kind, some) for kind in (self._next, self._related, self._cite))
        for here, after, near, open_ in zip(some, following, related, citable, strict=True):
            pinned = self._pinned(self._evidence.documents[here], here, after)
            self._known[here] = Suggested(after, near, open_, tuple(pinned))

    def _lists(self, kind: _Kind, some: range) -> Iterator[tuple[Suggestion, ...]]:
        """Make the list of each of some documents."""
        ranked, ends = kind.ranked, kind.ends[some.start : some.stop + 1]
        start, stop = int(ends[0]), int(ends[-1])
        if start == stop:  # notes have no next lines, and no page shows notes to cite
            yield from [()] * len(some)
            return
        rows, columns = ranked.rows[start:stop], ranked.columns[start:stop]
        spare = np.arange(start, stop) - kind.ends[rows] >= kind.limit
        words = iter(self._words.of(rows[~spare], columns[~spare]))
        candidates = list(zip(columns.tolist(), ranked.values[start:stop].tolist(), strict=True))
        last = start
        for here, end in zip(some, ends[1:].tolist(), strict=True):
            first, last = last, end
            shared = list(islice(words, min(last - first, kind.limit)))
            yield self._list(kind, here, candidates[first - start : last - start], shared)

    def _list(
        self, kind: _Kind, here: int, candidates: Sequence[tuple[int, float]], shared: list[Shared]
    ) -> tuple[Suggestion, ...]:
        """Make one list of candidates, the first of which come with the words that they share with the document."""
        evidence, casting = self._evidence, kind.casting
        kept: list[Suggestion] = []
        for place, (there, score) in enumerate(candidates):
            if place == len(shared):  # few lists come to their spare candidates
                shared += self._words.of(np.array([here]), np.array([there]))
            reasons = Reasons(evidence, here, there, shared[place])
            if not shared[place].words and not reasons:
                continue
            role = _role(casting, here, there, kept) if casting else ""
            thin = casting is not None and evidence.rests_on_one(here, there, shared[place])
            kept.append(Suggestion(evidence.documents[there].key, score, role, reasons, is_thin=thin))
            if len(kept) == kind.limit:
                break
        return tuple(kept)

    def _pinned(self, document: SuggestInput, here: int, following: tuple[Suggestion, ...]) -> Iterator[Suggestion]:
        """Yield a document's pinned lines; one that does not exist or is not public is left out."""
        for key in dict.fromkeys(document.next):
            there = self._numbers.get(key, here)
            if there != here:
                yield pin(key, following, Reasons(self._evidence, here, there, UNCOMPARED))


def _role(casting: Casting, here: int, there: int, earlier: Sequence[Suggestion]) -> str:
    """Give a next line its role."""
    return casting.role(here, there, is_first=all(each.role == Role.DISAGREES for each in earlier)).value
