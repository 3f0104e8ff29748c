"""From the graph to what suggestions need of each document; the ranking itself knows no `Document`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.corpus.titles import plain_text
from inquiry.graph.suggestion import SuggestInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph


def suggest_inputs(graph: KnowledgeGraph) -> Iterator[SuggestInput]:
    """Describe every public document, and no other, for `graph.suggest.suggest`."""
    return (_describe(document, graph) for document in graph.documents)


def _describe(document: Document, graph: KnowledgeGraph) -> SuggestInput:
    occurrences = (one for backlink in graph.backlinks(document) for one in backlink.occurrences)
    return SuggestInput(
        key=document.key,
        title=plain_text(document.title).replace("“", "‘").replace("”", "’"),  # reasons quote it
        aliases=tuple(alias.value for alias in document.head.aliases),
        text=f"{document.head.summary} {document.body.text}".strip(),
        anchors=tuple(one.link.text for one in occurrences if one.link.text),
        links=tuple(other.key for other in graph.links(document)),
        relations=tuple((one.kind, one.note.key) for one in graph.relations(document) if one.outgoing),
        tags=document.head.tags,
        next=tuple(line.key for line in graph.next_lines(document)),
    )
