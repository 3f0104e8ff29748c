"""What an editor lists: the headings of a sheet, and the documents of a knowledge base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.diagnostics import Position, Span
from inquiry.graph.names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inquiry.author.editor.desk import Sheet
    from inquiry.corpus.body import Heading
    from inquiry.corpus.model import Document
    from inquiry.graph.build import Reading

MOST = 200
"""Documents that are listed: who looks for one types on."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A heading with what stands below it."""

    text: str
    heading: Span
    whole: Span
    """From the heading to the end of its section."""
    below: tuple[Outline, ...] = ()


def outline(sheet: Sheet) -> tuple[Outline, ...]:
    """Arrange the headings of a page by their levels."""
    last = sheet.text.plain.count("\n") + 1
    end = Position(last, len(sheet.text.line(last)) + 1)
    return _outlines(sheet.document.body.headings, end)


def _outlines(headings: Sequence[Heading], end: Position) -> tuple[Outline, ...]:
    made: list[Outline] = []
    at = 0
    while at < len(headings):
        first = headings[at]
        after = next((n for n in range(at + 1, len(headings)) if headings[n].level <= first.level), len(headings))
        stop = headings[after].span.start if after < len(headings) else end
        below = _outlines(headings[at + 1 : after], stop)
        made.append(Outline(first.text, first.span, Span(first.span.start, max(stop, first.span.end)), below))
        at = after
    return tuple(made)


def documents_named(reading: Reading, typed: str) -> tuple[Document, ...]:
    """List the documents with all of these words in their id, title or an alias: lines, then notes, by id."""
    words = folded(typed).split()
    found = []
    for document in reading.corpus.documents:
        names = "\n".join((document.id, document.title, *(alias.value for alias in document.head.aliases)))
        if all(word in folded(names) for word in words):
            found.append(document)
    return tuple(found[:MOST])
