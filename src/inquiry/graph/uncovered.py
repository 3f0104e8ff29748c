"""Questions not yet written: notes that belong together and that no line takes up together.

Notes are joined where they link each other and where they are worded alike; communities of that network that one
line covers are answered already, the others are proposed.  Tags only name what was found, so none are needed.
This module imports scipy, as the suggestions do.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph.common_ground import CommonGround, common_ground
from inquiry.graph.communities import find_communities
from inquiry.graph.cosines import nearest
from inquiry.graph.rows import DIGITS
from inquiry.graph.text import read_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inquiry.graph.rows import Ints
    from inquiry.graph.suggestion import Key, SuggestInput
    from inquiry.graph.text import Wording

FEWEST_NOTES = 3
"""Notes below which there is nothing to inquire into: two notes are a relation."""
FEWEST_WORDS = 2
"""Words that most notes of a community must share: what nobody can name, such as six empty pages of one title, is no
question."""
MOST_NOTES = 10
"""Notes above which a community is divided further where it can be: a line rests on some five to ten notes, a larger
group is a field."""
COVERED_SHARE = 0.5
"""A line that cites this share of a community has taken up what joins it."""
NEIGHBOURS = 7
"""Similarly worded notes that each note is joined to, as in the walk of `graph.walk`."""
LEAST_COSINE = 0.05
"""Cosine below which two texts share chance words only."""
LINK_WEIGHT = 0.5
"""Worth of a link between two notes that have no other: as much as close wording.  It falls with the links of the
two, so that an index does not hold together what it lists."""
WIDESPREAD_SHARE = 0.5
"""Share of all notes above which a tag is not named as what some of them are about."""
ATTACHED_SHARE = 1 / 3
"""A note belongs to its community when it is joined to it at least this much as its notes are on the average; what
was hung on for want of a better place is left out."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Notes that belong together and that no line covers."""

    notes: tuple[Key, ...]
    """The one that is joined most closely to the others first."""
    ground: CommonGround
    """What holds them together."""
    cited: int
    """Notes among them that some line cites."""
    most_cited: int
    """Notes among them that one line cites, the line that cites most of them."""
    score: float
    """How tightly they are joined among themselves, times the share that no one line cites."""


@dataclass(frozen=True, slots=True)
class _Community:
    """Indices of the notes, the most joined first, with what is open of them."""

    members: tuple[int, ...]
    score: float
    cited: int
    most_cited: int


def find_uncovered(documents: Iterable[SuggestInput], count: int) -> tuple[Uncovered, ...]:
    """Propose communities of notes for lines that are not written, best first.

    Args:
        documents: Every public document, in any order.
        count: Proposals at most.

    Returns:
        Proposals of at least three notes each; no note stands in two of them.

    """
    ordered = sorted(documents, key=lambda document: document.key)
    notes = [document for document in ordered if not document.is_line]
    if len(notes) < FEWEST_NOTES:
        return ()
    wording = read_wording([n.title for n in notes], [n.text for n in notes], [""] * len(notes))
    network = _network(notes, nearest(wording.matrix, NEIGHBOURS, LEAST_COSINE))
    citing = _citing(notes, ordered)
    found = [_judge(members, network, citing) for members in _communities(network)]
    open_ones = [one for one in found if len(one.members) >= FEWEST_NOTES and one.score > 0]
    ranked = sorted(open_ones, key=lambda one: (-one.score, one.members))
    widespread = _widespread_topics(notes)
    proposals = (_propose(one, [notes[each] for each in one.members], wording, widespread) for one in ranked)
    return tuple(islice((one for one in proposals if one is not None), count))


def _widespread_topics(notes: Sequence[SuggestInput]) -> frozenset[str]:
    """List the tags that tell no notes apart: `draft`, `seedling`, or the one subject of a small knowledge base."""
    owners = Counter(tag for note in notes for tag in {tag.casefold() for tag in note.tags})
    return frozenset(tag for tag, count in owners.items() if count >= WIDESPREAD_SHARE * len(notes))


def _propose(
    community: _Community, notes: Sequence[SuggestInput], wording: Wording, widespread: frozenset[str]
) -> Uncovered | None:
    """Say what is proposed; None for what nobody can name, or for copies of one page."""
    ground = common_ground(notes, wording, widespread)
    if len(ground.words) < FEWEST_WORDS or len({note.title for note in notes}) < FEWEST_NOTES:
        return None
    keys = tuple(note.key for note in notes)
    return Uncovered(keys, ground, community.cited, community.most_cited, community.score)


def _citing(notes: Sequence[SuggestInput], documents: Sequence[SuggestInput]) -> Any:
    """Say which line cites which note: a matrix of ones, lines by notes."""
    index = {note.key: number for number, note in enumerate(notes)}
    cited = [sorted({index[key] for key in line.links if key in index}) for line in documents if line.is_line]
    rows = np.repeat(np.arange(len(cited)), [len(each) for each in cited]).astype(np.int64)
    columns = np.array([number for each in cited for number in each], np.int64)
    return sparse.csc_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(cited), len(notes)))


def _judge(members: Ints, network: Any, citing: Any) -> _Community:
    """Leave out what is hardly joined, and see what the lines have left open."""
    joined = _joined(network, members)
    members = members[joined >= np.round(ATTACHED_SHARE * joined.mean(), DIGITS)]
    joined = _joined(network, members)
    whole = np.asarray(network[members].sum(axis=1)).ravel()
    share = np.divide(joined, whole, out=np.zeros_like(joined), where=whole > 0)
    cites = citing[:, members]
    most = int(cites.sum(axis=1).max()) if cites.shape[0] else 0
    cited = int((np.asarray(cites.sum(axis=0)).ravel() > 0).sum())
    left = 1 - most / len(members) if most < COVERED_SHARE * len(members) else 0
    order = np.lexsort((members, -joined))
    score = round(float(joined.mean() * share.mean() * left), DIGITS)
    return _Community(tuple(members[order].tolist()), score, cited, most)


def _joined(network: Any, members: Ints) -> Any:
    """Say how much each member is joined to the others."""
    return np.round(np.asarray(network[members][:, members].sum(axis=1)).ravel(), DIGITS)


def _network(notes: Sequence[SuggestInput], cosines: Any) -> Any:
    """Join notes by wording and by links, symmetrically."""
    index = {note.key: number for number, note in enumerate(notes)}
    pairs = [(here, index[key]) for here, note in enumerate(notes) for key in set(note.links) if key in index]
    joined = np.array(sorted(pair for pair in pairs if pair[0] != pair[1]), np.int64).reshape(-1, 2)
    size = len(notes)
    links = sparse.csr_matrix((np.ones(len(joined)), (joined[:, 0], joined[:, 1])), shape=(size, size))
    links = links.maximum(links.T).tocsr()
    degree = np.maximum(np.asarray(links.sum(axis=1)).ravel(), 1)
    scale = sparse.diags(1 / np.sqrt(degree))
    return (cosines.maximum(cosines.T) + LINK_WEIGHT * (scale @ links @ scale)).tocsr()


def _communities(network: Any) -> Iterator[Ints]:
    """Yield the communities that are small enough for one line and fall apart no further, each in ascending order."""
    waiting = list(_parts(network, np.arange(network.shape[0], dtype=np.int64)))
    while waiting:
        members = waiting.pop()
        if len(members) < FEWEST_NOTES:
            continue
        parts = list(_parts(network, members)) if len(members) >= 2 * FEWEST_NOTES else [members]
        if len(parts) > 1 and (len(members) > MOST_NOTES or _has_core(network, members, parts)):
            waiting.extend(parts)
        else:
            yield members


def _has_core(network: Any, members: Ints, parts: Sequence[Ints]) -> bool:
    """Tell whether a part holds together more tightly than the whole that it is a part of."""
    whole = _joined(network, members).mean()
    return any(_joined(network, part).mean() > whole for part in parts if len(part) >= FEWEST_NOTES)


def _parts(network: Any, members: Ints) -> Iterator[Ints]:
    """Divide notes into the communities of the network among them."""
    label = find_communities(network[members][:, members])
    order = np.argsort(label, kind="stable")
    ends = [0, *(np.flatnonzero(np.diff(label[order])) + 1).tolist(), len(order)]
    yield from (members[order[start:end]] for start, end in pairwise(ends))
