"""What names something else: the links of a body and the values of a head, each with what it means.

Go to, hover, references and renaming all walk these, and nothing else knows where names stand in a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inquiry.corpus.body import Link, LinkKind
from inquiry.graph.resolution import Found, FoundSource, MissingAnchor, Unpublished, WrongCase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.author.editor.desk import Sheet
    from inquiry.corpus.model import Document
    from inquiry.diagnostics import Position, Span
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.resolve import Resolver


class NamedAs(StrEnum):
    """As what a name stands there."""

    LINK = "link"
    """A link or a citation of the body."""
    NOTE = "note"
    """A relation, or a note that a line lists."""
    LINE = "line"
    """A pinned next line."""
    WORK = "work"
    """A key of the bibliography under `source`."""
    WIKILINK = "wikilink"
    """A wikilink in another value of the head."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name as written, and what it means."""

    origin: Document
    """The document that it stands in."""
    named_as: NamedAs
    written: Link | Span
    """The link, or the place of a value of the head."""
    name: str
    """What is named, without fragment."""
    meaning: Resolution

    @property
    def span(self) -> Span:
        """Where it stands: all of a link, the name alone in a head."""
        return self.written.span if isinstance(self.written, Link) else self.written

    @property
    def link(self) -> Link | None:
        """The link of the body; None for a value of the head."""
        return self.written if isinstance(self.written, Link) else None

    @property
    def document(self) -> Document | None:
        """The document that is meant, even where its heading is missing or a reader may not see it."""
        match self.meaning:
            case Found(document) | MissingAnchor(document) | Unpublished(document):
                return document
            case WrongCase(document=document):
                return document
            case _:
                return None


def named_in(
    document: Document, resolver: Resolver, resolutions: tuple[Resolution, ...] | None = None
) -> Iterator[Named]:
    """List every name in a document, those of the head first; what its links mean may be known already."""
    head = document.head
    for _, reference in head.relations:
        meaning = resolver.resolve_note(reference.value, document.path)
        yield Named(document, NamedAs.NOTE, reference.span, reference.value, meaning)
    for reference in head.source_notes:
        meaning = resolver.resolve_note(reference.value, document.path)
        yield Named(document, NamedAs.NOTE, reference.span, reference.value, meaning)
    for reference in head.next:
        meaning = resolver.resolve_line(reference.value, document.path)
        yield Named(document, NamedAs.LINE, reference.span, reference.value, meaning)
    for reference in head.source_keys:
        work = resolver.resolve_target(reference.value, "", LinkKind.CITATION, document.path, document)
        yield Named(document, NamedAs.WORK, reference.span, reference.value, work)
    for reference in head.links:
        target, _, fragment = reference.value.partition("#")
        other = resolver.resolve_target(target, fragment, LinkKind.WIKILINK, document.path, document)
        yield Named(document, NamedAs.WIKILINK, reference.span, target, other)
    meanings = resolver.resolve_all(document) if resolutions is None else resolutions
    for link, found in zip(document.body.links, meanings, strict=True):
        yield Named(document, NamedAs.LINK, link, link.target, found)


def named_at(sheet: Sheet, position: Position) -> Named | None:
    """Find the name at a place, the innermost where one stands within another."""
    there = [
        one
        for one in named_in(sheet.document, sheet.reading.resolver)
        if one.span.start <= position <= one.span.end
        and (one.named_as is not NamedAs.LINK or one.span.start < one.span.end)
    ]
    return max(there, key=lambda one: one.span.start, default=None)


def naming(sheet: Sheet, document: Document) -> Iterator[Named]:
    """List every name of a document in all of the knowledge base, by file and place; its own names too."""
    reading = sheet.reading
    for origin in sorted(reading.corpus.documents, key=lambda one: one.path):
        if origin.path == sheet.document.path:
            found = named_in(sheet.document, reading.resolver)
        else:
            found = named_in(origin, reading.resolver, reading.graph.resolutions[origin.key])
        mine = (one for one in found if (other := one.document) is not None and other.key == document.key)
        yield from sorted(mine, key=lambda one: one.span)


def is_in_head(document: Document, position: Position) -> bool:
    """Tell whether a place is in the head, or in the heading that is the title."""
    if document.head.present and position.line < document.head.body_line:
        return True
    title = document.body.headings[0].span if document.body.title and document.body.headings else None
    return title is not None and title.start.line <= position.line <= title.end.line


def work_place(named: Named, sheet: Sheet) -> tuple[str, Span] | None:
    """Say where the entry of a cited key stands in its bibliography; None where that is not known."""
    is_key = named.named_as is NamedAs.WORK or (named.link is not None and named.link.kind is LinkKind.CITATION)
    work = sheet.reading.corpus.bibliography.get(named.name) if is_key else None
    if isinstance(named.meaning, FoundSource):
        work = named.meaning.source
    return (work.path, work.span) if work is not None and work.span is not None else None
