"""Where an editor goes: to what a name means, and to everything that names a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inquiry.author.editor.named import is_in_head, named_at, naming, work_place
from inquiry.diagnostics import Span
from inquiry.graph.resolution import Ambiguous, Found, FoundFile

if TYPE_CHECKING:
    from inquiry.author.editor.desk import Sheet
    from inquiry.corpus.model import Document
    from inquiry.diagnostics import Position

_TOP = Span.at(1)


class Place(NamedTuple):
    """A stretch of a file."""

    path: str
    """Relative to the folder of mkdocs.yml."""
    span: Span


def definition(sheet: Sheet, position: Position) -> tuple[Place, ...]:
    """Say where to go from a name: to its heading, passage, entry or file; to each that it could mean."""
    named = named_at(sheet, position)
    if named is None:
        return ()
    if (work := work_place(named, sheet)) is not None:
        return (Place(*work),)
    match named.meaning:
        case Found(document, anchor):
            return (Place(document.path, anchor_span(document, anchor)),)
        case Ambiguous(candidates):
            return tuple(Place(one.path, _TOP) for one in candidates)
        case FoundFile(path):
            return (Place(path, _TOP),)
        case _:
            return (Place(named.document.path, _TOP),) if named.document else ()


def references(sheet: Sheet, position: Position, *, declaration: bool) -> tuple[Place, ...]:
    """List what names the document at a place: the one that a link means, or this one in its own head.

    With `declaration`, the document itself comes first.
    """
    document = document_at(sheet, position)
    if document is None:
        return ()
    found = [Place(one.origin.path, one.span) for one in naming(sheet, document)]
    return (*([Place(document.path, _TOP)] if declaration else ()), *found)


def document_at(sheet: Sheet, position: Position) -> Document | None:
    """Name the document that a place is about."""
    named = named_at(sheet, position)
    if named is not None:
        return named.document
    return sheet.document if is_in_head(sheet.document, position) else None


def anchor_span(document: Document, anchor: str) -> Span:
    """Say where on a page an anchor leads."""
    for passage in document.body.passages:
        if f"^{passage.id}" == anchor:
            return passage.span
    return next((heading.span for heading in document.body.headings if heading.id == anchor), _TOP)
