"""The graph as nodes and edges: for networkx, for exports, for the map.

Nodes are named `note:ID`, `line:ID`, `topic:TAG` and `source:IDENTITY`.  A relation stands at most once
between two nodes; how often it was written is its count.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.corpus.model import Document, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from inquiry.corpus.model import Source
    from inquiry.graph.knowledge import KnowledgeGraph


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A document, topic or work."""

    name: str
    """`note:ID`, `line:ID`, `topic:TAG` or `source:IDENTITY`."""
    kind: str
    """`note`, `line`, `topic` or `source`."""
    title: str
    path: str
    """File, relative to the folder of mkdocs.yml; empty for what has none."""


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A directed edge."""

    start: str
    """Name of the node that it leaves."""
    end: str
    """Name of the node that it enters."""
    relation: str
    """`cites`, `links`, `embeds`, `next`, `tagged`, `rests-on`, or the name of a `RelationKind`."""
    count: int = 1
    """How often it was written."""


def document_node(document: Document) -> str:
    """Name a document's node.

    A draft or unlisted document has none, though its name can be spelled.
    """
    return f"{document.kind.value}:{document.id}"


def nodes(graph: KnowledgeGraph) -> tuple[Node, ...]:
    """List every node by name: public documents, their topics, and the works that they rest on or cite."""
    found = [Node(document_node(d), d.kind.value, d.title, d.path) for d in graph.documents]
    found += [Node(f"topic:{topic.name}", "topic", topic.name, "") for topic in graph.topics]
    works: dict[str, Source] = {}
    for document in graph.documents:
        for source in (*document.sources, *(cited.source for cited in graph.cited_sources(document))):
            works.setdefault(source.identity, source)
    found += [Node(f"source:{key}", "source", work.title or key, "") for key, work in works.items()]
    return tuple(sorted(found, key=lambda node: (node.name, node.kind, node.title, node.path)))


def edges(graph: KnowledgeGraph) -> tuple[Edge, ...]:
    """List every edge in the order of its names."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for document in graph.documents:
        name = document_node(document)
        for end, relation, count in _outgoing(graph, document):
            counts[name, end, relation] += count
    return tuple([Edge(*names, count) for names, count in sorted(counts.items())])  # tuples are sorted faster


def network(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Make a networkx graph whose edges are keyed by relation; `weight` is how often each was written."""
    import networkx as nx  # noqa: PLC0415 -- half a second that few commands need

    made = nx.MultiDiGraph()
    made.add_nodes_from((n.name, {"kind": n.kind, "title": n.title, "path": n.path}) for n in nodes(graph))
    made.add_edges_from((e.start, e.end, e.relation, {"relation": e.relation, "weight": e.count}) for e in graph.edges)
    return made


def _outgoing(graph: KnowledgeGraph, document: Document) -> Iterator[tuple[str, str, int]]:
    for citation in graph.citations(document):
        relation = "cites" if citation.occurrences else "rests-on"
        yield document_node(citation.note), relation, max(1, len(citation.occurrences))
    for mention in graph.mentions(document):
        if document.is_line and mention.occurrences and mention.document.kind is Kind.NOTE:
            continue  # a line's links to notes are its citations
        relation = "embeds" if mention.embeds else "links"
        yield document_node(mention.document), relation, max(1, len(mention.occurrences))
    for bond in graph.relations(document):
        if bond.outgoing:
            yield document_node(bond.note), bond.kind.value, 1
    for line in graph.next_lines(document):
        yield document_node(line), "next", 1
    for tag in {topic.name for tag in document.head.tags if (topic := graph.topic(tag))}:
        yield f"topic:{tag}", "tagged", 1
    for identity in {source.identity for source in document.sources}:
        yield f"source:{identity}", "rests-on", 1
    for cited in graph.cited_sources(document):
        yield f"source:{cited.source.identity}", "cites", len(cited.occurrences)
