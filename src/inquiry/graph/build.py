"""From a corpus to the graph: every link is resolved once, here, and read from the graph by everybody else.

Pure and quick: no file is read, and networkx is imported only by whoever asks for
`KnowledgeGraph.network`.  Drafts and unlisted documents are neither nodes nor ends of edges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.corpus.model import Kind
from inquiry.graph.backlinks import (
    backlinks_of,
    citations_of,
    cited_sources_of,
    listed_notes,
    mentions_of,
    relations_of,
)
from inquiry.graph.knowledge import (
    Backlink,
    Citation,
    CitedSource,
    Disagreement,
    Key,
    KnowledgeGraph,
    Mention,
    Occurrence,
    Relation,
    SourceGroup,
    Topic,
    Wanted,
    by_id,
)
from inquiry.graph.resolution import Found
from inquiry.graph.topics import source_groups_of, topics_of, wanted_of

if TYPE_CHECKING:
    from inquiry.corpus.model import Corpus, Document
    from inquiry.graph.resolve import Resolver

__all__ = [
    "Backlink",
    "Citation",
    "CitedSource",
    "Disagreement",
    "KnowledgeGraph",
    "Mention",
    "Occurrence",
    "Relation",
    "SourceGroup",
    "Topic",
    "Wanted",
    "build_graph",
]


def build_graph(corpus: Corpus, resolver: Resolver) -> KnowledgeGraph:
    """Link the corpus: resolve every link once and gather what each document is to the others.

    The resolver must be made of this very corpus.  The result does not depend on the order in which the
    corpus lists its documents.
    """
    everything = sorted(corpus.documents, key=by_id)
    pages = [document for document in everything if document.has_page]
    public = [document for document in pages if document.is_public]
    shown = {id(document) for document in public}
    notes = tuple(document for document in public if document.kind is Kind.NOTE)
    resolutions = {d.key: tuple(resolver.resolve(link, d) for link in d.body.links) for d in everything}
    mentions = {d.key: mentions_of(d, resolutions[d.key], resolver) for d in pages}
    listed = {d.key: listed_notes(d, resolver) for d in pages if d.is_line}
    citations = {key: citations_of(mentions[key], notes_listed) for key, notes_listed in listed.items()}
    cited_sources = {d.key: cited_sources_of(d, resolutions[d.key]) for d in pages}
    backlinks = backlinks_of(public, mentions, listed)
    relations = relations_of((d for d in pages if d.kind is Kind.NOTE), resolver)
    return KnowledgeGraph(
        lines=tuple(document for document in public if document.is_line),
        notes=notes,
        resolutions=resolutions,
        topics=topics_of(public),
        source_groups=source_groups_of(public, citations, cited_sources),
        wanted=wanted_of(public, resolutions),
        orphans=tuple(note for note in notes if _is_orphan(note, backlinks, relations)),
        _citations=citations,
        _cited_sources=cited_sources,
        _mentions={
            key: tuple([mention for mention in used if id(mention.document) in shown]) for key, used in mentions.items()
        },
        _backlinks=backlinks,
        _relations=relations,
        _next={d.key: _pinned(d, resolver) for d in pages if d.is_line},
    )


def _pinned(line: Document, resolver: Resolver) -> tuple[Document, ...]:
    named = (resolver.resolve_line(reference.value, line.path) for reference in line.head.next)
    found = {r.document.key: r.document for r in named if isinstance(r, Found) and r.document.is_public}
    found.pop(line.key, None)
    return tuple(found.values())


def _is_orphan(
    note: Document, backlinks: dict[Key, tuple[Backlink, ...]], relations: dict[Key, tuple[Relation, ...]]
) -> bool:
    related = any(not relation.outgoing for relation in relations.get(note.key, ()))
    return note.key not in backlinks and not related
