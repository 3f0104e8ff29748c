"""Why a document is suggested, in sentences that a reader can check on the two pages.

The page is "this" or "here" and the suggestion is "it" or "there": "this qualifies it", "both cite “Sleep debt”".
Every reason follows from the inputs alone, never from a score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from inquiry.graph.shared_words import Shared
    from inquiry.graph.suggestion import SuggestInput

NAMED_TITLES = 2
"""Titles that a reason spells out; the rest is a number."""

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
    mentions: tuple[frozenset[int], ...]
    """Documents whose title or alias each names."""
    topics: tuple[Mapping[str, str], ...]
    """Each document's tags as written, by their folded form, the rarest first."""

    def disagreements(self, here: int, there: int) -> list[tuple[int, int]]:
        """Pair what only this document cites with what only the other cites and that disagrees with it.

        A document that cites both sides has weighed them: it is not against one that cites either.  Contradictions
        come first.  The two documents themselves are in no pair: what they have against each other is said without a
        detour.
        """
        ours, theirs, disagreeing = self.out[here], self.out[there], self.disagreeing
        if not disagreeing or disagreeing.keys().isdisjoint(ours):
            return []
        pairs = [
            (own, other)
            for own in (ours & disagreeing.keys()) - theirs - {there}
            for other in (disagreeing[own] & theirs) - ours - {here}
        ]
        return sorted(pairs, key=lambda pair: (not self.contradict(*pair), pair))

    def contradict(self, one: int, other: int) -> bool:
        """Tell whether one of two documents contradicts the other."""
        either = (*self.relations.get((one, other), ()), *self.relations.get((other, one), ()))
        return "contradicts" in either

    def reasons(self, here: int, there: int, shared: Shared) -> tuple[str, ...]:
        """Give every reason to go from one document to another, most telling first."""
        out, into, topics = self.out, self.into, self.topics
        ours, theirs, to_us, to_them = out[here], out[there], into[here], into[there]
        found = [*self._relating(here, there), *self._bearing(here, there)] if self.relations else []
        straight = bool(found) or there in ours or here in theirs  # whoever can go straight asks for no detour
        if not ours.isdisjoint(theirs):
            both_lines = self.documents[here].is_line and self.documents[there].is_line
            found.append(f"both {'cite' if both_lines else 'link to'} {self._titles(ours & theirs, into)}")
        if not to_us.isdisjoint(to_them):
            found.append(self._together(to_us & to_them))
        if self.relations:
            found.extend(self._disagreeing(here, there))
        found.extend(self._naming(here, there))
        if not straight and (onward := (ours & to_them) - theirs):  # what both link to is said above
            found.append(f"this links to {self._titles(onward, into)}, which {_verb(onward)} to it")
        elif not straight and (back := (theirs & to_us) - ours):
            found.append(f"it links to {self._titles(back, into)}, which {_verb(back)} to this")
        if not topics[here].keys().isdisjoint(topics[there]):
            common = [written for topic, written in topics[here].items() if topic in topics[there]]
            found.append(f"both about {' and '.join(common[:NAMED_TITLES])}")
        if words := shared.beside_others if found else shared.words:
            found.append(f"similar wording: {', '.join(words)}")
        return tuple(found)

    def rests_on_one(self, here: int, there: int, shared: Shared) -> bool:
        """Tell whether no more than one shared neighbour speaks for going from one document to another."""
        out, into = self.out, self.into
        return (
            len(out[here] & out[there]) + len(into[here] & into[there]) <= 1
            and not shared.beside_others
            and there not in out[here] | into[here] | self.mentions[here]
            and here not in self.mentions[there]
            and self.topics[here].keys().isdisjoint(self.topics[there])
            and not self.disagreements(here, there)
        )

    def _naming(self, here: int, there: int) -> Iterable[str]:
        if there in self.mentions[here]:
            yield "this mentions it by name"
        if here in self.mentions[there]:
            yield "it mentions this by name"
        if (here, there) in self.relations or (there, here) in self.relations:
            return  # a relation is said first, and says more than a link
        forth, back = there in self.out[here], there in self.into[here]
        if forth and back:
            yield "each links to the other"
        elif forth or back:
            yield "this links to it" if forth else "it links to this"

    def _together(self, common: Collection[int]) -> str:
        lines = {each for each in common if self.documents[each].is_line}
        if lines:
            return f"cited together in {self._titles(lines, self.out)}"
        return f"linked together in {self._titles(common, self.out)}"

    def _relating(self, here: int, there: int) -> Iterable[str]:
        """Say how the two bear on each other: nothing tells more."""
        for kind in self.relations.get((here, there), ()):
            yield f"this {kind} it"
        for kind in self.relations.get((there, here), ()):
            yield f"it {kind} this"

    def _bearing(self, here: int, there: int) -> Iterable[str]:
        """Say with which of a line's notes a note disagrees."""
        if not self.documents[here].is_line or self.documents[there].is_line:
            return
        against = self.disagreeing.get(there, frozenset()) & self.out[here]
        for own in sorted(against, key=lambda each: (not self.contradict(each, there), each))[:1]:
            named = f"{self._titles({own}, self.into)}, cited here"
            for kind in _DISAGREEING:
                if kind in self.relations.get((there, own), ()):
                    yield f"it {kind} {named}"
                elif kind in self.relations.get((own, there), ()):
                    yield f"{named}, {kind} it"

    def _disagreeing(self, here: int, there: int) -> Iterable[str]:
        """Say which note of one line disagrees with which of the other."""
        if not self.documents[here].is_line or not self.documents[there].is_line:
            return  # between notes it is far-fetched, and a note that a line could cite is spoken for above
        for own, other in self.disagreements(here, there)[:1]:
            ours = f"{self._titles({own}, self.into)}, cited here"
            theirs = f"{self._titles({other}, self.into)}, cited there"
            for kind in _DISAGREEING:
                if kind in self.relations.get((other, own), ()):
                    yield f"{theirs}, {kind} {ours}"
                elif kind in self.relations.get((own, other), ()):
                    yield f"{ours}, {kind} {theirs}"

    def _titles(self, found: Collection[int], neighbours: Sequence[frozenset[int]]) -> str:
        """Name documents, those with fewest neighbours first, for what few share tells most."""
        ranked = sorted(found, key=lambda each: (len(neighbours[each]), each)) if len(found) > 1 else found
        named = [f"“{self.documents[each].title}”" for each in islice(ranked, NAMED_TITLES)]
        more = len(found) - len(named)
        return f"{', '.join(named)} and {more} more" if more else " and ".join(named)


class Reasons(Sequence[str]):
    """The reasons to go from one document to another, put into words when they are read."""

    __slots__ = ("_evidence", "_found", "_here", "_shared", "_there")

    def __init__(self, evidence: Evidence, here: int, there: int, shared: Shared) -> None:
        self._evidence = evidence
        self._here = here
        self._there = there
        self._shared = shared
        self._found: tuple[str, ...] | None = None

    def _read(self) -> tuple[str, ...]:
        if self._found is None:
            self._found = self._evidence.reasons(self._here, self._there, self._shared)
        return self._found

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...

    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        return self._read()[index]

    def __len__(self) -> int:
        return len(self._read())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._read() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._read())

    def __repr__(self) -> str:
        return repr(self._read())


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
    for number, document in enumerate(documents):
        for target in out[number]:
            into[target].add(number)
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
        mentions=_grouped(mentions, len(documents)),
        topics=_topics(documents),
    )


def _grouped(pairs: Iterable[tuple[int, int]], size: int) -> tuple[frozenset[int], ...]:
    """Gather the second of each pair under the first."""
    found: dict[int, set[int]] = {}
    for first, second in pairs:
        found.setdefault(first, set()).add(second)
    nothing: frozenset[int] = frozenset()
    return tuple(frozenset(found[each]) if each in found else nothing for each in range(size))


def _topics(documents: Iterable[SuggestInput]) -> tuple[Mapping[str, str], ...]:
    """Fold the tags of every document, those of fewest documents first, for what few share tells most."""
    folded = [{tag.casefold(): tag for tag in sorted(each.tags, reverse=True)} for each in documents]
    sizes = Counter(topic for own in folded for topic in own)
    return tuple({topic: own[topic] for topic in sorted(own, key=lambda one: (sizes[one], one))} for own in folded)
