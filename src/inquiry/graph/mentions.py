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

    from inquiry.graph.text import Wording

LONGEST_NAME = 12
"""Words; nobody spells out a longer title in running text."""
COMMON_NAME_SHARE = 0.25
"""A one-word name that more than this share of all documents has ("Note", "Index") is a word and no name."""
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


def _meet(tree: _Names, wording: Wording) -> Iterator[tuple[int, int, float]]:
    """Yield each document once with each place of the tree that ends a name in its body.

    The third value is the weight of the name: the summed rarity of its telling words.
    """
    body, vocabulary = wording.body, len(wording.telling)
    keys = np.array(sorted(place * vocabulary + word for place, word in tree.steps), np.int64)
    targets = np.array([tree.steps[divmod(key, vocabulary)] for key in keys.tolist()], np.int64)
    bits = hash_bits(len(keys))
    likely = np.zeros(1 << bits, np.bool_)
    likely[hashes(keys, bits)] = True
    ends = np.zeros(len(tree.steps) + 1, np.bool_)
    ends[list(tree.owners)] = True
    weights = np.where(wording.telling, wording.rarity, 0.0)
    begins = np.zeros(vocabulary, np.int64)
    begins[keys[keys < vocabulary]] = targets[keys < vocabulary]
    at = np.flatnonzero(begins[body.words])
    owner, place, weight = body.owners[at], begins[body.words[at]], weights[body.words[at]]
    while len(at):
        ended = np.flatnonzero(ends[place])
        _, first = np.unique(owner[ended].astype(np.int64) * len(ends) + place[ended], return_index=True)
        for each in ended[first].tolist():
            yield int(owner[each]), int(place[each]), float(weight[each])
        at = at + 1
        going = np.flatnonzero((at < len(body.words)) & (body.owners.take(at, mode="clip") == owner))
        wanted = place[going] * vocabulary + body.words[at[going]]
        maybe = np.flatnonzero(likely[hashes(wanted, bits)])
        step = np.searchsorted(keys, wanted[maybe]).clip(max=len(keys) - 1)
        held = keys[step] == wanted[maybe]
        going, place = going[maybe[held]], targets[step[held]]
        at, owner = at[going], owner[going]
        weight = weight[going] + weights[body.words[at]]
