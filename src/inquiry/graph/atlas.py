"""What the map of everything shows: which nodes, how they are joined, and the topic whose area each lies in.

A map of thousands of marks is read by area, so a few topics that together cover most documents are chosen, and
every node is given to one of them: by its own topics first, else by what it is joined to.  Where topics say little,
because few documents have any, documents that many others are joined to stand for them.  Where there are more nodes
than a reader or a browser can take in, those with most joins are kept.  All of it is in an order that ends in a name,
so nothing depends on the order of the corpus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from inquiry.corpus.model import RelationKind
from inquiry.graph.network import document_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from numpy.typing import NDArray

    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph

Pair = tuple[int, int]

MOST_DRAWN = 3_000
"""Marks on the map: with more, a screen of 1,400 pixels has less than a finger's nail of room for each, and the page
grows past 300 kB."""
MOST_AREAS = 16
"""Areas with a name: about as many countries as a page of an atlas names."""
LEAST_IN_AREA = 3
"""Documents that a topic must add to make an area of its own."""
TELLING = 0.5
"""Share of the documents that topics must cover to be all that divides a map."""
LEAST_AROUND = 5
"""Nodes that a document must gather to stand for an area: it and its neighbours are fewer often enough."""
TIE = 0.001
"""Less than any vote."""
VOTES = 6
"""Rounds in which undecided nodes ask what they are joined to; farther ones are not near anything."""

_KINDS = {"line": 0, "note": 1, "source": 2}


@dataclass(frozen=True, slots=True, order=True)
class AtlasNode:
    """A line, note or work on the map."""

    rank: int
    """Lines are 0, notes 1, works 2."""
    name: str
    """Name of its node in the graph: `note:ID`, `line:ID` or `source:IDENTITY`."""

    @property
    def kind(self) -> str:
        """`line`, `note` or `source`."""
        return self.name.partition(":")[0]

    @property
    def id(self) -> str:
        """Id of a document, identity of a work."""
        return self.name.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Atlas:
    """The graph as the map shows it."""

    nodes: tuple[AtlasNode, ...]
    """Lines, then notes, then works, each by id."""
    joins: tuple[Pair, ...]
    """Pairs of indices, the smaller first, each once, in order."""
    disputes: tuple[Pair, ...]
    """Those of the joins that are contradictions."""
    areas: tuple[str, ...]
    """Topics that have an area, in the order in which they were chosen: the one that covers most first; then names of
    the nodes that stand for one."""
    area_of: tuple[int, ...]
    """Index into `areas` for each node; -1 for what is near none of them."""
    topic_count: int
    """How many of the areas are topics."""
    left_out: int
    """Nodes that are not drawn."""


def make_atlas(graph: KnowledgeGraph, *, most: int = MOST_DRAWN) -> Atlas:
    """Choose what is drawn, and the area of each."""
    names = [AtlasNode(_KINDS[d.kind.value], document_node(d)) for d in graph.documents]
    names += [AtlasNode(_KINDS["source"], f"source:{identity}") for identity in graph.source_groups]
    disputed = set(_disputes(graph))
    joined = set(_joins(graph)) | disputed
    degree = Counter(name for pair in joined for name in pair)
    by_weight = sorted(names, key=lambda node: (node.rank != 0, -degree[node.name], node.rank, node.name))
    nodes = tuple(sorted(by_weight[:most]))
    place = {node.name: number for number, node in enumerate(nodes)}
    joins = _pairs(joined, place)
    topics, hubs, area_of = _areas(graph, place, joins)
    return Atlas(nodes, joins, _pairs(disputed, place), topics + hubs, area_of, len(topics), len(names) - len(nodes))


def weights(count: int, joins: Sequence[Pair]) -> Any:
    """Make the symmetric matrix of the joins, `count` by `count`."""
    ends = np.asarray(joins, np.int64).reshape(-1, 2)
    ones = np.ones(len(ends))
    half = sparse.coo_matrix((ones, (ends[:, 0], ends[:, 1])), shape=(count, count))
    return (half + half.T).tocsr()


def _joins(graph: KnowledgeGraph) -> Iterator[tuple[str, str]]:
    """List what is joined, by name: citations, links, relations, pinned lines, works."""
    groups = graph.source_groups
    for document in graph.documents:
        name = document_node(document)
        for other in _named_by(graph, document):
            yield name, document_node(other)
        works = {source.identity for source in document.sources}
        works |= {cited.source.identity for cited in graph.cited_sources(document)}
        for identity in works & groups.keys():
            yield name, f"source:{identity}"


def _named_by(graph: KnowledgeGraph, document: Document) -> Iterator[Document]:
    yield from graph.links(document)
    yield from (citation.note for citation in graph.citations(document))
    yield from (bond.note for bond in graph.relations(document))
    yield from graph.next_lines(document)


def _disputes(graph: KnowledgeGraph) -> Iterator[tuple[str, str]]:
    for note in graph.notes:
        for bond in graph.relations(note):
            if bond.kind is RelationKind.CONTRADICTS:
                yield document_node(note), document_node(bond.note)


def _pairs(named: Iterable[tuple[str, str]], place: Mapping[str, int]) -> tuple[Pair, ...]:
    found = {(place[one], place[other]) for one, other in named if one in place and other in place}
    return tuple(sorted({(min(pair), max(pair)) for pair in found if pair[0] != pair[1]}))


# -- areas ------------------------------------------------------------------------------------------------------------


def _areas(
    graph: KnowledgeGraph, place: Mapping[str, int], joins: Sequence[Pair]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    """Choose the topics that have areas, and the documents that stand for some; give each node to one."""
    members = {
        topic.name: {place[name] for d in topic.documents if (name := document_node(d)) in place}
        for topic in graph.topics
    }
    topics = cover(members, most=MOST_AREAS, least=LEAST_IN_AREA)
    covered = set().union(*(members[name] for name in topics))
    drawn = sum(document_node(document) in place for document in graph.documents)
    around: dict[str, set[int]] = {}
    if len(covered) < TELLING * drawn:
        around = {name: nodes - covered for name, nodes in _neighbourhoods(place, joins).items()}
    hubs = cover(around, most=MOST_AREAS - len(topics), least=LEAST_AROUND)
    candidates: dict[int, list[int]] = defaultdict(list)
    for area, nodes in enumerate([*(members[name] for name in topics), *(around[name] for name in hubs)]):
        for node in nodes:
            candidates[node].append(area)
    given = assign(len(place), joins, candidates, len(topics) + len(hubs)).tolist()
    kept = sorted(set(given) - {-1})  # neighbours may have voted the last node out of an area
    number = {area: rank for rank, area in enumerate(kept)} | {-1: -1}
    names = (*topics, *hubs)
    return (
        tuple(names[area] for area in kept if area < len(topics)),
        tuple(names[area] for area in kept if area >= len(topics)),
        tuple(number[area] for area in given),
    )


def _neighbourhoods(place: Mapping[str, int], joins: Sequence[Pair]) -> dict[str, set[int]]:
    """Gather each document with what it is joined to, by the document's name."""
    around = [{number} for number in range(len(place))]
    for one, other in joins:
        around[one].add(other)
        around[other].add(one)
    return {name: around[number] for name, number in place.items() if not name.startswith("source:")}


def cover(members: Mapping[str, set[int]], *, most: int, least: int) -> tuple[str, ...]:
    """Choose sets one by one, always the one that covers most of what is not covered yet (greedy set cover).

    At most `most` are chosen, and none that adds fewer than `least`.

    >>> cover({"rye": {1, 2, 3, 4}, "bread": {3, 4, 5}, "oven": {6, 7, 8}, "salt": {9}}, most=9, least=2)
    ('rye', 'oven')
    """
    left = {name: set(nodes) for name, nodes in sorted(members.items())}
    chosen: list[str] = []
    while left and len(chosen) < most:
        best = max(left, key=lambda name: len(left[name]))
        gained = left.pop(best)
        if len(gained) < least:
            break
        chosen.append(best)
        left = {name: rest for name, nodes in left.items() if (rest := nodes - gained)}
    return tuple(chosen)


def assign(count: int, joins: Sequence[Pair], candidates: Mapping[int, Sequence[int]], areas: int) -> NDArray[np.int64]:
    """Give each node an area: of its candidates the one that most of its neighbours lie in, else theirs.

    Neighbours vote in rounds (label propagation; Raghavan, Albert and Kumara, 2007), all at once, so that no order
    counts, and what had no area of its own keeps the first that it gets; ties go to each area in turn.

    Returns:
        An area for each of `count` nodes; -1 where no vote reached it.

    """
    area = np.full(count, -1, np.int64)
    if not areas:
        return area
    allowed = np.zeros((count, areas))
    for node, own in candidates.items():
        allowed[node, own] = 1
    undecided = allowed.sum(axis=1) == 0
    allowed[undecided] = 1
    tie = TIE * ((np.arange(count)[:, None] + np.arange(areas)[None, :]) % areas)
    near = weights(count, joins)
    for _ in range(VOTES):
        held = np.zeros((count, areas))
        known = area >= 0
        held[known, area[known]] = 1
        held += allowed * (~undecided / np.maximum(allowed.sum(axis=1), 1))[:, None]
        votes = (near @ held) * allowed
        voted = votes.sum(axis=1) > 0
        best = np.argmax(votes + tie + (allowed - 1), axis=1)
        area = np.where((area >= 0) & undecided, area, np.where(voted | ~undecided, best, -1))
    return area
