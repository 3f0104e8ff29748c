"""Names that were perhaps meant: what a finding offers as "did you mean".

Names are compared as slugs by optimal string alignment (Damerau 1964, Levenshtein 1966), so that a slip of
the finger (a letter too many, too few, wrong, or two exchanged) counts once.  rapidfuzz is imported when the
first name is missing, for a knowledge base without faults should not pay for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import ceil, floor
from typing import TYPE_CHECKING

from inquiry.graph.names import slugged

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR = 0.7
"""Least similarity of a name that is offered: one slip in a name of four letters (0.75) or three in one of
ten, but not two words that merely share an ending (`leaf-area` and `root-area`: 0.56)."""
AT_MOST = 3
"""Names offered for one fault: more would be a list to read, not a hint."""
_DIGITS = 6
"""Digits that count when similarities are ranked, so that equal ones order by name on every machine."""


class NearNames:
    """Names to choose hints from, by length, so that a look-up compares only those that can be near."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a name and how one would write it; names that look alike as slugs are kept once."""
        pairs = {(slugged(name), written) for name, written in entries}
        ordered = sorted(pairs, key=lambda pair: (len(pair[0]), pair))
        self._names = [name for name, _ in ordered]
        self._written = [written for _, written in ordered]
        self._lengths = [len(name) for name in self._names]
        self._known: dict[str, tuple[str, ...]] = {}

    def near(self, name: str) -> tuple[str, ...]:
        """Offer the nearest names, best first, ties in the order of their spelling."""
        wanted = slugged(name)
        if wanted not in self._known:
            self._known[wanted] = self._search(wanted) if wanted else ()
        return self._known[wanted]

    def _search(self, wanted: str) -> tuple[str, ...]:
        from rapidfuzz.distance import OSA  # noqa: PLC0415 -- only a fault needs it
        from rapidfuzz.process import extract  # noqa: PLC0415 -- likewise

        first = bisect_left(self._lengths, ceil(len(wanted) * NEAR))
        last = bisect_right(self._lengths, floor(len(wanted) / NEAR))
        names = self._names[first:last]
        scorer = OSA.normalized_similarity
        best: dict[str, float] = {}
        for _, score, index in extract(wanted, names, scorer=scorer, processor=None, score_cutoff=NEAR, limit=None):
            written = self._written[first + index]
            best[written] = max(best.get(written, 0.0), round(score, _DIGITS))
        return tuple(sorted(best, key=lambda written: (-best[written], written))[:AT_MOST])
