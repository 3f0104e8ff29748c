"""Who uses whom: mentions, citations, backlinks and relations of documents, from the resolved links.

One pass over the links gathers each document's mentions; everything else is read off them.  An unlisted page
may be asked about, but is never named in an answer, and a draft does neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.corpus.body import LinkKind
from inquiry.corpus.model import Kind, RelationKind
from inquiry.graph.resolution import Found, FoundSource, MissingAnchor, WrongCase
from inquiry.graph.uses import (
    Backlink,
    Citation,
    CitedSource,
    Key,
    Mention,
    Occurrence,
    Relation,
    by_title,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from inquiry.corpus.model import Document, Source
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.resolve import Resolver

_RELATION_ORDER = {kind: rank for rank, kind in enumerate(RelationKind)}


def meant(resolution: Resolution) -> Document | None:
    """Name the published document that a link is about, even where its anchor or spelling is at fault.

    A page with a dead anchor is still used by the one that links to it, and a reader still arrives there.
    """
    if isinstance(resolution, (Found, MissingAnchor)):
        return resolution.document
    if isinstance(resolution, WrongCase) and resolution.document is not None:
        return resolution.document if resolution.document.has_page else None
    return None


def mentions_of(document: Document, resolutions: Sequence[Resolution], resolver: Resolver) -> tuple[Mention, ...]:
    """List the documents that a page names, in order of first mention, itself left out.

    Documents are told apart by identity here, since a corpus holds each once and the loop sees every link.
    """
    used: dict[int, tuple[Document, list[Occurrence]]] = {}
    for place, (link, resolution) in enumerate(zip(document.body.links, resolutions, strict=True)):
        if (other := meant(resolution)) is not None:
            occurrence = Occurrence(place, link)
            if (known := used.get(id(other))) is None:
                used[id(other)] = (other, [occurrence])
            else:
                known[1].append(occurrence)
    for other in named_in_head(document, resolver):
        used.setdefault(id(other), (other, []))
    used.pop(id(document), None)
    return tuple([Mention(other, tuple(occurrences)) for other, occurrences in used.values()])


def named_in_head(document: Document, resolver: Resolver) -> Iterator[Document]:
    """List the documents that links in values of the head name, as Obsidian counts them."""
    for reference in document.head.links:
        target, _, fragment = reference.value.partition("#")
        named = resolver.resolve_target(target, fragment, LinkKind.WIKILINK, document.path, document)
        if (other := meant(named)) is not None:
            yield other


def listed_notes(line: Document, resolver: Resolver) -> tuple[Document, ...]:
    """List the notes with a page that a line rests on without citing them, in its order."""
    named = (resolver.resolve_note(reference.value, line.path) for reference in line.head.source_notes)
    found = {r.document.key: r.document for r in named if isinstance(r, Found) and r.document.has_page}
    return tuple(found.values())


def citations_of(mentions: Iterable[Mention], listed: Iterable[Document]) -> tuple[Citation, ...]:
    """List the public notes that a line rests on: cited ones in order of first citation, then listed ones."""
    cited = {
        mention.document.key: Citation(mention.document, mention.occurrences)
        for mention in mentions
        if mention.document.kind is Kind.NOTE and mention.document.is_public and mention.occurrences
    }
    for note in listed:
        if note.is_public:
            cited.setdefault(note.key, Citation(note, ()))
    return tuple(cited.values())


def cited_sources_of(document: Document, resolutions: Sequence[Resolution]) -> tuple[CitedSource, ...]:
    """List the works that a document cites by key and that no single note stands for."""
    works: dict[str, tuple[Source, list[Occurrence]]] = {}
    for place, (link, resolution) in enumerate(zip(document.body.links, resolutions, strict=True)):
        if isinstance(resolution, FoundSource):
            source = resolution.source
            works.setdefault(source.identity, (source, []))[1].append(Occurrence(place, link))
    return tuple(CitedSource(source, tuple(occurrences)) for source, occurrences in works.values())


def backlinks_of(
    origins: Iterable[Document],
    mentions: Callable[[Document], tuple[Mention, ...]],
    listed: Callable[[Document], tuple[Document, ...]],
) -> dict[Key, tuple[Backlink, ...]]:
    """Turn the mentions of public documents round: for each document, who names it."""
    found: dict[int, tuple[Document, list[Backlink]]] = {}
    for origin in sorted(origins, key=by_title):
        used = {id(mention.document): mention for mention in mentions(origin)}
        for note in listed(origin) if origin.is_line else ():
            used.setdefault(id(note), Mention(note, ()))
        for name, mention in used.items():
            backlink = Backlink(origin, mention.occurrences)
            if (known := found.get(name)) is None:
                found[name] = (mention.document, [backlink])
            else:
                known[1].append(backlink)
    return {document.key: tuple(backlinks) for document, backlinks in found.values()}


def relations_of(notes: Iterable[Document], resolver: Resolver) -> dict[Key, tuple[Relation, ...]]:
    """List each note's relations in both directions, each once; a note's relation to itself is none."""
    found: dict[int, tuple[Document, dict[tuple[RelationKind, bool, int], Relation]]] = {}

    def relate(note: Document, relation: Relation) -> None:
        if relation.note.is_public:
            name = (relation.kind, relation.outgoing, id(relation.note))
            found.setdefault(id(note), (note, {}))[1].setdefault(name, relation)

    for note in notes:
        for kind, reference in note.head.relations:
            named = resolver.resolve_note(reference.value, note.path)
            if isinstance(named, Found) and named.document is not note:
                relate(note, Relation(kind, named.document, outgoing=True))
                relate(named.document, Relation(kind, note, outgoing=False))
    return {note.key: in_order_of_kind(relations.values()) for note, relations in found.values()}


def in_order_of_kind(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Sort a note's relations: by kind, its own first, then by title and id."""
    return tuple(sorted(relations, key=lambda one: (_RELATION_ORDER[one.kind], not one.outgoing, by_title(one.note))))
