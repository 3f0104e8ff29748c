"""Who stands around a page, for its picture: the most telling neighbours first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from inquiry.corpus.titles import plain_text
from inquiry.site.picture import Mark, PictureNode, neighbourhood_svg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.suggestion import Suggestion
    from inquiry.graph.urls import Urls

_LINE_TITLE = "This line, its source notes and the lines next to it"
_NOTE_TITLE = "This note and what it is linked to"
_NEXT_LINES = 4
_SOURCE_NOTES = 8
_AROUND_NOTE = 10
_PAPERS = 2
"""Works shown around a note; most rest on one."""


def neighbourhood(
    graph: KnowledgeGraph, document: Document, shown: Iterable[Suggestion], urls: Urls, page: str
) -> Markup:
    """Draw a line amid its source notes and next lines, or a note amid those who cite it and what it links to."""
    if not document.is_public:
        return Markup()
    around = list(_around_line(graph, document, shown) if document.is_line else _around_note(graph, document))
    nodes = [
        PictureNode(
            plain_text(each.title), urls.relative(urls.document(each), page), Mark.LINE if each.is_line else Mark.NOTE
        )
        for each in around
    ]
    if not document.is_line:
        nodes += [
            PictureNode(source.title or source.key, urls.relative(urls.source(source.identity), page), Mark.SOURCE)
            for source in document.sources[:_PAPERS]
            if source.identity in graph.source_groups
        ]
    places = {each.key: number for number, each in enumerate(around, start=1)}
    edges = [(0, number + 1) for number in range(len(nodes))]
    edges += [
        (places[each.key], places[other.key])
        for each in around
        if each.is_line
        for other in graph.links(each)
        if other.key in places and not other.is_line
    ]
    title = _LINE_TITLE if document.is_line else _NOTE_TITLE
    centre = PictureNode(plain_text(document.title), "", Mark.LINE if document.is_line else Mark.NOTE)
    return neighbourhood_svg(centre, nodes, sorted(set(edges)), title=title)


def _around_line(graph: KnowledgeGraph, line: Document, shown: Iterable[Suggestion]) -> Iterator[Document]:
    following = [other for suggestion in shown if (other := graph.public.get(suggestion.key))][:_NEXT_LINES]
    yield from following
    notes = [citation.note for citation in graph.citations(line) if citation.note.is_public]
    yield from notes[:_SOURCE_NOTES]


def _around_note(graph: KnowledgeGraph, note: Document) -> Iterator[Document]:
    seen = {note.key}
    candidates = [backlink.origin for backlink in graph.backlinks(note)]
    candidates += [relation.note for relation in graph.relations(note)]
    candidates += graph.links(note)
    for other in candidates:
        if other.key not in seen and len(seen) <= _AROUND_NOTE:
            seen.add(other.key)
            yield other
