"""What every document is to the others: the graph, each part worked out when it is first asked for.

Every link is resolved once, here, and read from the graph by everybody else; a checker never pays for what only
pages show.  Whatever is answered names public documents only; drafts and unlisted documents are never named, though
an unlisted page may ask about itself.  All of it is in an order that ends in an id, whatever the order of the
corpus.  No file is read, and networkx is imported only by whoever asks for `network`.
"""

from __future__ import annotations

from collections import ChainMap
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from inquiry.corpus.model import Kind, RelationKind
from inquiry.graph.backlinks import (
    backlinks_of,
    citations_of,
    cited_sources_of,
    in_order_of_kind,
    listed_notes,
    meant,
    mentions_of,
    named_in_head,
    relations_of,
)
from inquiry.graph.network import edges, network
from inquiry.graph.resolution import Found
from inquiry.graph.topics import source_groups_of, topics_of, wanted_of
from inquiry.graph.uses import (
    Backlink,
    Citation,
    CitedSource,
    Disagreement,
    Key,
    Mention,
    Occurrence,
    Relation,
    SourceGroup,
    Topic,
    Wanted,
    by_id,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from inquiry.corpus.model import Corpus, Document
    from inquiry.graph.network import Edge
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.resolve import Resolver

__all__ = [
    "Backlink",
    "Citation",
    "CitedSource",
    "Disagreement",
    "Key",
    "KnowledgeGraph",
    "Mention",
    "Occurrence",
    "Relation",
    "SourceGroup",
    "Topic",
    "Wanted",
]

_DISAGREE = (RelationKind.CONTRADICTS, RelationKind.QUALIFIES)


class KnowledgeGraph:
    """What every document is to the others; made by `graph.build.build_graph`."""

    def __init__(self, corpus: Corpus, resolver: Resolver) -> None:
        """Resolve every link; all else waits until it is asked for."""
        everything = sorted(corpus.documents, key=by_id)
        self._resolver = resolver
        self._pages = tuple(document for document in everything if document.has_page)
        self.documents: tuple[Document, ...] = tuple(document for document in self._pages if document.is_public)
        """All public documents: lines, then notes, by id."""
        self.lines: tuple[Document, ...] = tuple(document for document in self.documents if document.is_line)
        """Public lines, by id."""
        self.notes: tuple[Document, ...] = tuple(document for document in self.documents if not document.is_line)
        """Public notes, by id."""
        self.resolutions: Mapping[Key, tuple[Resolution, ...]] = {
            document.key: resolver.resolve_all(document) for document in everything
        }
        """What every link means, parallel to `body.links`; drafts included."""
        self._mentioned: dict[Key, tuple[Mention, ...]] = {}
        self._listed: dict[Key, tuple[Document, ...]] = {}
        self._cited: dict[Key, tuple[Citation, ...]] = {}
        self._linked: dict[Key, tuple[Document, ...]] = {}

    def revised(self, document: Document) -> KnowledgeGraph:
        """Give the graph as a document in a new state sees it: what others say of it is what they said before.

        It costs no more in a large graph than in a small one, and is right for the document's own page only.  The
        document must have the key that it had, and be public if it was.
        """
        own = relations_of((document,), self._resolver).get(document.key, ())
        others = (relation for relation in self.relations(document) if not relation.outgoing)
        related = in_order_of_kind([*(one for one in own if one.note.key != document.key), *others])
        twin = copy(self)
        twin.__dict__ |= {
            "resolutions": ChainMap({document.key: self._resolver.resolve_all(document)}, dict(self.resolutions)),
            "_relations": ChainMap({document.key: related}, dict(self._relations)),
            **{name: {} for name in ("_mentioned", "_listed", "_cited", "_linked")},
        }
        return twin

    @cached_property
    def public(self) -> Mapping[Key, Document]:
        """All public documents by key."""
        return {document.key: document for document in self.documents}

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """All topics, by name."""
        return topics_of(self.documents)

    @cached_property
    def source_groups(self) -> Mapping[str, SourceGroup]:
        """Works in use that have a bibliography key or that two notes share, by `Source.identity`."""
        return source_groups_of(self.documents, self.citations, self.cited_sources)

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """Names that wikilinks use and nothing has, by name."""
        return wanted_of(self.documents, self.resolutions)

    @cached_property
    def orphans(self) -> tuple[Document, ...]:
        """Public notes that no public document cites, lists, links to or relates to, by id."""
        reached = {id(note) for origin in self.lines for note in self._listed_by(origin)}
        for origin in self.documents:
            meanings = {id(one): one for one in self.resolutions[origin.key]}.values()  # most are shared by many
            named = {id(other) for one in meanings if (other := meant(one)) is not None}
            named |= {id(other) for other in named_in_head(origin, self._resolver)}
            reached |= named - {id(origin)}
        return tuple(
            note
            for note in self.notes
            if id(note) not in reached and all(relation.outgoing for relation in self.relations(note))
        )

    def citations(self, line: Document) -> tuple[Citation, ...]:
        """List the notes that a line rests on: cited ones in order of first citation, then listed ones."""
        if not line.is_line or not line.has_page:
            return ()
        known = self._cited.get(line.key)
        if known is None:
            known = self._cited[line.key] = citations_of(self._all_mentions(line), self._listed_by(line))
        return known

    def cited_sources(self, document: Document) -> tuple[CitedSource, ...]:
        """List the works that it cites by key and that no single note stands for, first cited first."""
        if not document.has_page:
            return ()
        return cited_sources_of(document, self.resolutions[document.key])

    def mentions(self, document: Document) -> tuple[Mention, ...]:
        """List what it cites, links to or embeds, in order of first mention, never itself."""
        return tuple(mention for mention in self._all_mentions(document) if mention.document.is_public)

    def links(self, document: Document) -> tuple[Document, ...]:
        """List the documents that it cites, links to or embeds, in order of first mention, never itself."""
        known = self._linked.get(document.key)
        if known is None:
            known = self._linked[document.key] = tuple([mention.document for mention in self.mentions(document)])
        return known

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
        if not line.head.next or not line.has_page:
            return ()
        named = (self._resolver.resolve_line(reference.value, line.path) for reference in line.head.next)
        found = {r.document.key: r.document for r in named if isinstance(r, Found) and r.document.is_public}
        found.pop(line.key, None)
        return tuple(found.values())

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

    # -- what the answers are read off ------------------------------------------------------------------------------

    def _all_mentions(self, document: Document) -> tuple[Mention, ...]:
        """List what a page names, unlisted pages included; nothing for a draft."""
        if not document.has_page:
            return ()
        known = self._mentioned.get(document.key)
        if known is None:
            known = mentions_of(document, self.resolutions[document.key], self._resolver)
            self._mentioned[document.key] = known
        return known

    def _listed_by(self, line: Document) -> tuple[Document, ...]:
        known = self._listed.get(line.key)
        if known is None:
            known = self._listed[line.key] = listed_notes(line, self._resolver)
        return known

    @cached_property
    def _backlinks(self) -> Mapping[Key, tuple[Backlink, ...]]:
        return backlinks_of(self.documents, self._all_mentions, self._listed_by)

    @cached_property
    def _relations(self) -> Mapping[Key, tuple[Relation, ...]]:
        return relations_of((page for page in self._pages if page.kind is Kind.NOTE), self._resolver)
