"""The nouns of the graph: what is known about a document from the others.

Whatever is answered names public documents only; drafts and unlisted documents are never named, though an
unlisted page may ask about itself.  All of it is in an order that ends in an id, whatever the order of the
corpus.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from inquiry.corpus.model import Document, Kind, Link, LinkKind, RelationKind, Source
from inquiry.graph.network import edges, network

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from inquiry.graph.network import Edge
    from inquiry.graph.resolution import Resolution

Key = tuple[str, str]
"""`Document.key`: kind and id."""


class Occurrence(NamedTuple):
    """One link of a body, with its place among the body's links; a tuple, for there is one for every link."""

    place: int
    """Index into `Body.links`, and into `KnowledgeGraph.resolutions` of the document."""
    link: Link


@dataclass(frozen=True, slots=True)
class Mention:
    """A document's use of another, whatever the kinds of the two."""

    document: Document
    """The document that is cited, linked to or embedded."""
    occurrences: tuple[Occurrence, ...]
    """Every link to it, in order; empty when only the front matter names it."""

    @property
    def embeds(self) -> bool:
        """Whether it is embedded, whole or in part."""
        return any(occurrence.link.kind is LinkKind.EMBED for occurrence in self.occurrences)


@dataclass(frozen=True, slots=True)
class Citation:
    """A line's use of a note."""

    note: Document
    occurrences: tuple[Occurrence, ...]
    """Every link to the note, in order; empty for a note listed in `sources:` and not cited."""


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A work that a document cites by key and that no single note stands for."""

    source: Source
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Backlink:
    """A public document that cites or links here."""

    origin: Document
    occurrences: tuple[Occurrence, ...]
    """Every link in its body, in order; empty when only its front matter names this document."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that the links stand in, each once."""
        return tuple(dict.fromkeys(o.link.sentence for o in self.occurrences if o.link.sentence))


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between a note and another, seen from one of the two."""

    kind: RelationKind
    note: Document
    """The note at the other end."""
    outgoing: bool
    """True when this note contradicts (…) the other, False when it is contradicted by it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two notes of one line, the left of which contradicts or qualifies the right."""

    kind: RelationKind
    left: Document
    right: Document


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag with the public documents that have it; spellings that differ in case only are one topic."""

    name: str
    """As first spelled, going through lines, then notes, by id."""
    lines: tuple[Document, ...]
    notes: tuple[Document, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Lines, then notes."""
        return self.lines + self.notes


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """A work with all that rests on it."""

    source: Source
    notes: tuple[Document, ...]
    """Notes that rest on it, by id."""
    lines: tuple[Document, ...]
    """Lines that cite one of these notes or the work itself, by id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A note that is linked but not written."""

    name: str
    """As first spelled, going through lines, then notes, by id."""
    backlinks: tuple[Backlink, ...]


@dataclass(frozen=True)
class KnowledgeGraph:
    """What every document is to the others; made by `graph.build.build_graph`."""

    lines: tuple[Document, ...]
    """Public lines, by id."""
    notes: tuple[Document, ...]
    """Public notes, by id."""
    resolutions: Mapping[Key, tuple[Resolution, ...]] = field(repr=False)
    """What every link means, parallel to `body.links`; drafts included."""
    topics: tuple[Topic, ...] = field(repr=False)
    """All topics, by name."""
    source_groups: Mapping[str, SourceGroup] = field(repr=False)
    """Works in use that have a bibliography key or that two notes share, by `Source.identity`."""
    wanted: tuple[Wanted, ...] = field(repr=False)
    """Names that wikilinks use and nothing has, by name."""
    orphans: tuple[Document, ...] = field(repr=False)
    """Public notes that no public document cites, lists, links to or relates to, by id."""
    _citations: Mapping[Key, tuple[Citation, ...]] = field(repr=False)
    _cited_sources: Mapping[Key, tuple[CitedSource, ...]] = field(repr=False)
    _mentions: Mapping[Key, tuple[Mention, ...]] = field(repr=False)
    _backlinks: Mapping[Key, tuple[Backlink, ...]] = field(repr=False)
    _relations: Mapping[Key, tuple[Relation, ...]] = field(repr=False)
    _next: Mapping[Key, tuple[Document, ...]] = field(repr=False)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All public documents: lines, then notes, by id."""
        return self.lines + self.notes

    @cached_property
    def public(self) -> Mapping[Key, Document]:
        """All public documents by key."""
        return {document.key: document for document in self.documents}

    def citations(self, line: Document) -> tuple[Citation, ...]:
        """List the notes that a line rests on: cited ones in order of first citation, then listed ones."""
        return self._citations.get(line.key, ())

    def cited_sources(self, document: Document) -> tuple[CitedSource, ...]:
        """List the works that it cites by key and that no single note stands for, first cited first."""
        return self._cited_sources.get(document.key, ())

    def mentions(self, document: Document) -> tuple[Mention, ...]:
        """List what it cites, links to or embeds, in order of first mention, never itself."""
        return self._mentions.get(document.key, ())

    def links(self, document: Document) -> tuple[Document, ...]:
        """List the documents that it cites, links to or embeds, in order of first mention, never itself."""
        return tuple(mention.document for mention in self.mentions(document))

    def backlinks(self, document: Document) -> tuple[Backlink, ...]:
        """List who cites, lists or links to it: lines before notes, by title, then id."""
        return self._backlinks.get(document.key, ())

    def citing_lines(self, note: Document) -> tuple[Document, ...]:
        """List the lines that rest on a note, by title, then id."""
        return tuple(backlink.origin for backlink in self.backlinks(note) if backlink.origin.is_line)

    def relations(self, note: Document) -> tuple[Relation, ...]:
        """List a note's relations in both directions: by kind, its own first, then by title and id."""
        return self._relations.get(note.key, ())

    def next_lines(self, line: Document) -> tuple[Document, ...]:
        """List the lines that a line pins as its next, in its order."""
        return self._next.get(line.key, ())

    def contradictions(self, line: Document) -> tuple[Disagreement, ...]:
        """List where two notes of a line disagree: contradictions first, then in order of citation.

        Two notes that contradict each other disagree once.
        """
        order = {citation.note.key: rank for rank, citation in enumerate(self.citations(line))}
        found: dict[tuple[RelationKind, frozenset[Key]], tuple[int, int, int, Disagreement]] = {}
        for rank, citation in enumerate(self.citations(line)):
            for relation in self.relations(citation.note):
                other = order.get(relation.note.key)
                if other is None or not relation.outgoing or relation.kind not in _DISAGREE:
                    continue
                pair = (relation.kind, frozenset({citation.note.key, relation.note.key}))
                place = _DISAGREE.index(relation.kind)
                seen = Disagreement(relation.kind, citation.note, relation.note)
                found.setdefault(pair, (place, rank, other, seen))
        return tuple(entry[3] for entry in sorted(found.values(), key=lambda entry: entry[:3]))

    def topic(self, tag: str) -> Topic | None:
        """Find the topic of a tag in any case; None when no public document has it."""
        return self._topics_by_name.get(tag.casefold())

    @cached_property
    def _topics_by_name(self) -> dict[str, Topic]:
        return {topic.name.casefold(): topic for topic in self.topics}

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every edge of the graph with its relation, in the order of its names."""
        return edges(self)

    def network(self) -> nx.MultiDiGraph:
        """Make the graph as networkx has it; imports networkx, which a build without need should not."""
        return network(self)


_DISAGREE = (RelationKind.CONTRADICTS, RelationKind.QUALIFIES)


def by_id(document: Document) -> tuple[bool, str]:
    """Order lines before notes, then by id."""
    return (document.kind is Kind.NOTE, document.id)


def by_title(document: Document) -> tuple[bool, str, str, str]:
    """Order lines before notes, then by title in any case, then by id."""
    return (document.kind is Kind.NOTE, document.title.casefold(), document.title, document.id)
