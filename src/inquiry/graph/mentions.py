"""Where a document names another by its title or an alias.

All names are looked for at once: they form a tree of words, and every position of every body walks down it
together, so the time grows with the text and not with the number of names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph.rows import hash_bits, hashes, sort_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from inquiry.graph.rows import Ints
    from inquiry.graph.text import Wording

LONGEST_NAME = 12
"""Words; nobody spells out a longer title in running text."""
COMMON_NAME_SHARE = 0.25
"""A one-word name that more than this share of all documents has ("Note", "Index") is a word and no name."""
WORDS_AT_ONCE = 1 << 16
"""Words from which names are followed at once: what is made on the way should fit into the cache."""
SMALLEST_CROWD = 20
"""Documents below which a share says nothing about how common a word is."""


@dataclass(slots=True)
class _Names:
    """All names as a tree of words: a step, place in the tree times vocabulary plus word, leads to the next place."""

    vocabulary: int
    steps: dict[int, int] = field(default_factory=dict)
    owners: dict[int, list[int]] = field(default_factory=dict)

    def add(self, name: Sequence[int], owner: int) -> None:
        steps, place = self.steps, 0
        for word in name:
            place = steps.setdefault(place * self.vocabulary + word, len(steps) + 1)
        held = self.owners.setdefault(place, [])
        if owner not in held:
            held.append(owner)


def find_mentions(wording: Wording, aliases: Sequence[Iterable[str]]) -> Any:
    """Find which document's body holds which document's title or alias, word for word after stemming.

    Args:
        wording: The documents' words.
        aliases: What each document is called beside its title, in the wording's order.

    Returns:
        Documents by documents; a value is the summed rarity of the words of the longest-weighing name found.

    """
    tree = _collect(wording, aliases)
    heaviest: dict[tuple[int, int], float] = {}
    for reader, place, weight in _meet(tree, wording):
        for owner in tree.owners[place]:
            if owner != reader:
                heaviest[reader, owner] = max(weight, heaviest.get((reader, owner), 0.0))
    pairs = np.array(sorted(heaviest), np.int64).reshape(-1, 2)
    weights = [heaviest[reader, owner] for reader, owner in pairs.tolist()]
    return sparse.csr_matrix((weights, (pairs[:, 0], pairs[:, 1])), shape=(len(aliases), len(aliases)))


def _collect(wording: Wording, aliases: Sequence[Iterable[str]]) -> _Names:
    """Put every usable name into the tree."""
    tree = _Names(len(wording.telling))
    limit = max(COMMON_NAME_SHARE * len(aliases), SMALLEST_CROWD)
    telling, frequency = wording.telling.tolist(), wording.frequency
    titles = wording.title.words.tolist()
    ends = pairwise(wording.title.ends.tolist())
    for owner, (own, (first, last)) in enumerate(zip(aliases, ends, strict=True)):
        for number in (titles[first:last], *map(wording.lexicon.number, own)):
            if not 0 < len(number) <= LONGEST_NAME or -1 in number or not any(telling[word] for word in number):
                continue
            if len(number) > 1 or frequency[number[0]] <= limit:
                tree.add(number, owner)
    return tree


@dataclass(frozen=True, slots=True)
class _Steps:
    """The tree as arrays."""

    keys: Ints
    """Place times vocabulary plus word, for every step, in order."""
    targets: Ints
    """The place that each step leads to."""
    begins: Ints
    """The place that each word leads to from the root, or 0."""
    ends: NDArray[np.bool_]
    """Whether a name ends at each place."""
    likely: NDArray[np.bool_]
    """Whether any step has this hash: most of what is looked up is no step, and this says so quickly."""

    def follow(self, wanted: Ints) -> tuple[Ints, Ints]:
        """Find which of the wanted keys are steps, and where these lead."""
        maybe = np.flatnonzero(self.likely[hashes(wanted, hash_bits(len(self.keys)))])
        step = np.searchsorted(self.keys, wanted[maybe]).clip(max=len(self.keys) - 1)
        held = self.keys[step] == wanted[maybe]
        return maybe[held], self.targets[step[held]]


def _tabulate(tree: _Names) -> _Steps:
    """Turn the tree into arrays."""
    size = len(tree.steps)
    keys = np.fromiter(tree.steps, np.int64, size)
    targets = np.fromiter(tree.steps.values(), np.int64, size)[sort_codes(keys)]
    bits = hash_bits(size)
    likely = np.zeros(1 << bits, np.bool_)
    likely[hashes(keys, bits)] = True
    ends = np.zeros(size + 1, np.bool_)
    ends[list(tree.owners)] = True
    begins = np.zeros(tree.vocabulary, np.int64)
    first = np.searchsorted(keys, tree.vocabulary)
    begins[keys[:first]] = targets[:first]
    return _Steps(keys, targets, begins, ends, likely)


def _beginnings(steps: _Steps, words: Ints, vocabulary: int) -> Ints:
    """Find the places where a name of one word stands, or where two words may begin a longer one.

    Most names begin with a word that begins many a sentence, so the second word is looked at before anything is noted
    of a place.
    """
    place = steps.begins[words]
    after = np.append(words[1:], 0)
    likely = steps.likely[hashes(place * vocabulary + after, hash_bits(len(steps.keys)))]
    return np.flatnonzero((place > 0) & (likely | steps.ends[place]))


def _meet(tree: _Names, wording: Wording) -> Iterator[tuple[int, int, float]]:
    """Yield documents with places of the tree that end a name in their bodies.

    The third value is the weight of the name: the summed rarity of its telling words.
    """
    body, vocabulary = wording.body, len(wording.telling)
    steps = _tabulate(tree)
    weights = np.where(wording.telling, wording.rarity, 0.0)
    for start in range(0, len(body.words), WORDS_AT_ONCE):
        at = _beginnings(steps, body.words[start : start + WORDS_AT_ONCE + 1], vocabulary)
        at = at[at < WORDS_AT_ONCE] + start
        owner = np.searchsorted(body.ends, at, side="right") - 1
        place, weight = steps.begins[body.words[at]], weights[body.words[at]]
        while len(at):
            ended = np.flatnonzero(steps.ends[place])
            _, first = np.unique(owner[ended] * len(steps.ends) + place[ended], return_index=True)
            for each in ended[first].tolist():
                yield int(owner[each]), int(place[each]), float(weight[each])
            at = at + 1
            inside = np.flatnonzero(at < body.ends[owner + 1])
            held, place = steps.follow(place[inside] * vocabulary + body.words[at[inside]])
            at, owner = at[inside[held]], owner[inside[held]]
            weight = weight[inside[held]] + weights[body.words[at]]
