"""Where a document names another by its title or an alias.

All names are looked for at once: they form a tree of words, and every position of every body walks down it
together, so the time grows with the text and not with the number of names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph.rows import hash_bits, hashes

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
    """All names as a tree of words: a step is (place in the tree, word) to the next place."""

    steps: dict[tuple[int, int], int] = field(default_factory=dict)
    owners: dict[int, list[int]] = field(default_factory=dict)

    def add(self, name: Sequence[int], owner: int) -> None:
        place = 0
        for word in name:
            place = self.steps.setdefault((place, word), len(self.steps) + 1)
        held = self.owners.setdefault(place, [])
        if owner not in held:
            held.append(owner)


def find_mentions(wording: Wording, names: Sequence[Iterable[str]]) -> Any:
    """Find which document's body holds which document's title or alias, word for word after stemming.

    Args:
        wording: The documents' words.
        names: Title and aliases of each document, in the wording's order.

    Returns:
        Documents by documents; a value is the summed rarity of the words of the longest-weighing name found.

    """
    tree = _collect(wording, names)
    heaviest: dict[tuple[int, int], float] = {}
    for reader, place, weight in _meet(tree, wording):
        for owner in tree.owners[place]:
            if owner != reader:
                heaviest[reader, owner] = max(weight, heaviest.get((reader, owner), 0.0))
    pairs = np.array(sorted(heaviest), np.int64).reshape(-1, 2)
    weights = [heaviest[reader, owner] for reader, owner in pairs.tolist()]
    return sparse.csr_matrix((weights, (pairs[:, 0], pairs[:, 1])), shape=(len(names), len(names)))


def _collect(wording: Wording, names: Sequence[Iterable[str]]) -> _Names:
    """Put every usable name into the tree."""
    tree = _Names()
    limit = max(COMMON_NAME_SHARE * len(names), SMALLEST_CROWD)
    for owner, own in enumerate(names):
        for name in own:
            number = wording.lexicon.number(name)
            if not 0 < len(number) <= LONGEST_NAME or -1 in number:
                continue
            telling = [word for word in number if wording.telling[word]]
            if not telling or (len(number) == 1 and wording.frequency[number[0]] > limit):
                continue
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


def _tabulate(tree: _Names, vocabulary: int) -> _Steps:
    """Turn the tree into arrays."""
    keys = np.array(sorted(place * vocabulary + word for place, word in tree.steps), np.int64)
    targets = np.array([tree.steps[divmod(key, vocabulary)] for key in keys.tolist()], np.int64)
    bits = hash_bits(len(keys))
    likely = np.zeros(1 << bits, np.bool_)
    likely[hashes(keys, bits)] = True
    ends = np.zeros(len(tree.steps) + 1, np.bool_)
    ends[list(tree.owners)] = True
    begins = np.zeros(vocabulary, np.int64)
    begins[keys[keys < vocabulary]] = targets[keys < vocabulary]
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
    steps = _tabulate(tree, vocabulary)
    weights = np.where(wording.telling, wording.rarity, 0.0)
    for start in range(0, len(body.words), WORDS_AT_ONCE):
        at = _beginnings(steps, body.words[start : start + WORDS_AT_ONCE + 1], vocabulary)
        at = at[at < WORDS_AT_ONCE] + start
        owner, place, weight = body.owners[at], steps.begins[body.words[at]], weights[body.words[at]]
        while len(at):
            ended = np.flatnonzero(steps.ends[place])
            _, first = np.unique(owner[ended].astype(np.int64) * len(steps.ends) + place[ended], return_index=True)
            for each in ended[first].tolist():
                yield int(owner[each]), int(place[each]), float(weight[each])
            at = at + 1
            inside = np.flatnonzero(body.owners.take(at, mode="clip") == owner)
            inside = inside[at[inside] < len(body.words)]
            held, place = steps.follow(place[inside] * vocabulary + body.words[at[inside]])
            at, owner = at[inside[held]], owner[inside[held]]
            weight = weight[inside[held]] + weights[body.words[at]]
