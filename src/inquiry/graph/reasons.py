"""Why a document is suggested, in sentences that a reader can check on the two pages.

The page is the subject and the suggestion is "it": "mentions it by name", "both cite “Sleep debt”". Every
reason follows from the inputs alone, never from a score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from inquiry.graph.rows import DIGITS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from inquiry.graph.rows import Ints
    from inquiry.graph.suggestion import SuggestInput
    from inquiry.graph.text import Wording

NAMED_TITLES = 2
"""Titles that a reason spells out; the rest is a number."""
NAMED_WORDS = 3
"""Words that "similar wording" lists."""
FEWEST_WORDS = 1
"""Shared words below which two wordings are not called similar."""
PAIRS_AT_ONCE = 50_000
"""Pairs whose words are compared in one product."""

_PASSIVE = {
    "contradicts": "is contradicted by",
    "qualifies": "is qualified by",
    "supports": "is supported by",
    "extends": "is extended by",
}
_DISAGREEING = ("contradicts", "qualifies")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about documents, by their indices; the order of indices is the order of keys."""

    documents: Sequence[SuggestInput]
    out: tuple[frozenset[int], ...]
    """What each cites, links or embeds."""
    into: tuple[frozenset[int], ...]
    """What cites, links or embeds each."""
    relations: Mapping[tuple[int, int], tuple[str, ...]]
    """Kinds of relation from one document to another."""
    disagreeing: Mapping[int, frozenset[int]]
    """Documents that contradict or qualify each, or are contradicted or qualified by it."""
    mentions: frozenset[tuple[int, int]]
    topics: tuple[Mapping[str, str], ...]
    """Each document's tags as written, by their folded form."""
    topic_sizes: Mapping[str, int]
    """Documents of each folded tag."""

    def disagreements(self, here: int, there: int) -> list[tuple[int, int]]:
        """Pair what this document cites with what only the other cites and that disagrees with it."""
        pairs = [
            (own, other)
            for own in self.out[here] & self.disagreeing.keys()
            for other in (self.disagreeing[own] & self.out[there]) - self.out[here]
        ]
        return sorted(pairs)

    def reasons(self, here: int, there: int, words: Sequence[str]) -> tuple[str, ...]:
        """Give every reason to go from one document to another, most telling first."""
        return (
            *self._shared(here, there),
            *self._together(here, there),
            *self._disagreeing(here, there),
            *self._direct(here, there),
            *self._through(here, there),
            *self._about(here, there),
            *([f"similar wording: {', '.join(words)}"] if len(words) >= FEWEST_WORDS else []),
        )

    def _shared(self, here: int, there: int) -> Iterable[str]:
        shared = self.out[here] & self.out[there]
        if shared:
            both_lines = self.documents[here].is_line and self.documents[there].is_line
            yield f"both {'cite' if both_lines else 'link to'} {self._titles(shared, self.into)}"

    def _together(self, here: int, there: int) -> Iterable[str]:
        common = self.into[here] & self.into[there]
        lines = {each for each in common if self.documents[each].is_line}
        if lines:
            yield f"cited together in {self._titles(lines, self.out)}"
        elif common:
            yield f"linked together in {self._titles(common, self.out)}"

    def _disagreeing(self, here: int, there: int) -> Iterable[str]:
        for kind in self.relations.get((here, there), ()):
            yield f"{kind} it"
        for kind in self.relations.get((there, here), ()):
            yield f"{_PASSIVE[kind]} it"
        for own, other in self.disagreements(here, there)[:1]:
            for kind in _DISAGREEING:
                if kind in self.relations.get((other, own), ()):
                    yield f"it cites {self._titles({other}, self.into)}, which {kind} {self._titles({own}, self.into)}"
                elif kind in self.relations.get((own, other), ()):
                    yield f"cites {self._titles({own}, self.into)}, which {kind} {self._titles({other}, self.into)}"

    def _direct(self, here: int, there: int) -> Iterable[str]:
        if (here, there) in self.mentions:
            yield "mentions it by name"
        if (there, here) in self.mentions:
            yield "is mentioned there by name"
        if there in self.out[here]:
            yield "links to it"
        if here in self.out[there]:
            yield "is linked from it"

    def _through(self, here: int, there: int) -> Iterable[str]:
        onward = self.out[here] & self.into[there]
        back = self.out[there] & self.into[here]
        if onward:
            yield f"links to {self._titles(onward, self.into)}, which {_verb(onward)} to it"
        elif back:
            yield f"it links to {self._titles(back, self.into)}, which {_verb(back)} here"

    def _about(self, here: int, there: int) -> Iterable[str]:
        shared = self.topics[here].keys() & self.topics[there].keys()
        if shared:
            ranked = sorted(shared, key=lambda topic: (self.topic_sizes[topic], topic))
            yield f"both about {' and '.join(self.topics[here][topic] for topic in ranked[:NAMED_TITLES])}"

    def _titles(self, found: Iterable[int], neighbours: Sequence[frozenset[int]]) -> str:
        """Name documents, those with fewest neighbours first, for what few share tells most."""
        ranked = sorted(found, key=lambda each: (len(neighbours[each]), each))
        named = [f"“{self.documents[each].title}”" for each in ranked[:NAMED_TITLES]]
        more = len(ranked) - len(named)
        return f"{', '.join(named)} and {more} more" if more else " and ".join(named)


def _verb(subjects: Collection[int]) -> str:
    """Let the verb agree with the number of titles before it."""
    return "links" if len(subjects) == 1 else "link"


def gather(documents: Sequence[SuggestInput], mentions: Iterable[tuple[int, int]]) -> Evidence:
    """Index what the inputs say; they come sorted by key."""
    index = {document.key: number for number, document in enumerate(documents)}
    out = [frozenset(index[key] for key in each.links if key in index) - {n} for n, each in enumerate(documents)]
    into: list[set[int]] = [set() for _ in documents]
    relations: dict[tuple[int, int], tuple[str, ...]] = {}
    disagreeing: dict[int, set[int]] = {}
    sizes: dict[str, int] = {}
    topics = [{tag.casefold(): tag for tag in sorted(each.tags, reverse=True)} for each in documents]
    for number, document in enumerate(documents):
        for target in out[number]:
            into[target].add(number)
        for topic in topics[number]:
            sizes[topic] = sizes.get(topic, 0) + 1
        for kind, key in sorted(set(document.relations)):
            other = index.get(key, number)
            if other != number:
                relations[number, other] = (*relations.get((number, other), ()), kind.value)
                if kind.value in _DISAGREEING:
                    disagreeing.setdefault(number, set()).add(other)
                    disagreeing.setdefault(other, set()).add(number)
    return Evidence(
        documents=documents,
        out=tuple(out),
        into=tuple(map(frozenset, into)),
        relations=relations,
        disagreeing={number: frozenset(others) for number, others in disagreeing.items()},
        mentions=frozenset(mentions),
        topics=tuple(topics),
        topic_sizes=sizes,
    )


def shared_words(wording: Wording, here: Ints, there: Ints) -> list[tuple[str, ...]]:
    """Give the words that weigh most in both documents of each pair, heaviest first.

    Args:
        wording: The documents' words.
        here: Index of the first document of each pair.
        there: Index of the second.

    Returns:
        Up to three words a pair, each of which stands in both documents, maybe in another grammatical number.

    """
    found: list[tuple[str, ...]] = []
    for start in range(0, len(here), PAIRS_AT_ONCE):
        chunk = slice(start, start + PAIRS_AT_ONCE)
        both = wording.own[here[chunk]].multiply(wording.own[there[chunk]]).tocoo()
        order = np.lexsort((both.col, -np.round(both.data, DIGITS), both.row))
        rows, columns = both.row[order], both.col[order]
        listed: list[list[str]] = [[] for _ in range(both.shape[0])]
        firsts = np.searchsorted(rows, rows, side="left")
        kept = np.arange(len(rows)) - firsts < NAMED_WORDS
        for row, column in zip(rows[kept].tolist(), columns[kept].tolist(), strict=True):
            listed[row].append(wording.surfaces[column])
        found.extend(map(tuple, listed))
    return found
