"""Words that two documents share: what "similar wording" names."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from inquiry.graph.parallel import over_blocks
from inquiry.graph.rows import Entries, best_entries, common_entries, joined, keep_heaviest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inquiry.graph.rows import Ints

NAMED_WORDS = 3
"""Words that "similar wording" lists."""
HEAVIEST_WORDS = 60
"""Words of a document in which shared ones are looked for first; all of them only where these are not shared."""
COMPARED_AT_ONCE = 1 << 11
"""Pairs of documents whose words are compared at once: the copies of both sides should fit into the cache."""
TELLING_PRODUCT = 0.007
"""What a word must add to the cosine of two documents to be named beside better reasons; chosen by reading lists of the
first knowledge base: words below it ("reported", "giving", "real") say nothing about why to go on."""
TELLING_WORDS = 2
"""Such words that it takes to be named beside better reasons: alone, "incomplete", "moving" or "call" told nobody what
two texts share, while "facts, celebrity, parent" did."""


class Shared(NamedTuple):
    """Words that two documents share, those that weigh most in both first."""

    words: tuple[str, ...]
    """Each stands in both documents, maybe in another grammatical number."""
    telling: int
    """How many of them, from the first, add enough to be named beside other reasons."""

    @property
    def beside_others(self) -> tuple[str, ...]:
        """Those that are named beside other reasons: several or none."""
        return self.words[: self.telling] if self.telling >= TELLING_WORDS else ()


UNCOMPARED = Shared((), 0)
"""Words of a pair of which nobody looked for any."""


class SharedWords:
    """Finds the words that weigh most in both documents of a pair."""

    def __init__(self, own: Any, surfaces: Sequence[str]) -> None:
        """Take the weights of the documents' own words (documents by words) and how each word is written."""
        self._own = own
        self._heaviest = keep_heaviest(own, HEAVIEST_WORDS)
        self._surfaces = surfaces

    def of(self, here: Ints, there: Ints) -> list[Shared]:
        """Give the words of each pair, up to three."""
        found = list(self._name(self._heaviest, here, there))
        missing = [number for number, shared in enumerate(found) if not shared.words]
        if missing:
            for number, named in zip(missing, self._name(self._own, here[missing], there[missing]), strict=True):
                found[number] = named
        return found

    def _name(self, own: Any, here: Ints, there: Ints) -> Iterator[Shared]:
        """Multiply the rows of each pair and name the largest products."""

        def multiply(block: range) -> Entries:
            some = slice(block.start, block.stop)
            best = best_entries(common_entries(own, here[some], there[some]), NAMED_WORDS)
            return Entries(best.rows + block.start, best.columns, best.values)

        best = joined(over_blocks(multiply, range(len(here)), COMPARED_AT_ONCE))
        names = [self._surfaces[column] for column in best.columns.tolist()]
        ends = np.searchsorted(best.rows, np.arange(len(here) + 1)).tolist()
        weighty = np.concatenate([[0], np.cumsum(best.values >= TELLING_PRODUCT)])[ends]
        for (first, last), telling in zip(pairwise(ends), np.diff(weighty).tolist(), strict=True):
            yield Shared(tuple(names[first:last]), telling)
