"""Between our values and those of the Language Server Protocol, in the units of the editor at the other end."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lsprotocol import types as lsp

from inquiry.author.editor.offers import OfferKind
from inquiry.author.editor.text import Change, Encoding, Point, Stretch, Text
from inquiry.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from inquiry.author.editor.hover import Hover
    from inquiry.author.editor.offers import Completion, Completions
    from inquiry.author.editor.symbols import Outline
    from inquiry.diagnostics import Diagnostic, Position, Span

SOURCE = "inquiry"
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}
_KINDS = {
    OfferKind.NOTE: lsp.CompletionItemKind.File,
    OfferKind.LINE: lsp.CompletionItemKind.Event,
    OfferKind.WORK: lsp.CompletionItemKind.Reference,
    OfferKind.HEADING: lsp.CompletionItemKind.Struct,
    OfferKind.PASSAGE: lsp.CompletionItemKind.Snippet,
    OfferKind.KEY: lsp.CompletionItemKind.Property,
    OfferKind.TAG: lsp.CompletionItemKind.Keyword,
    OfferKind.WORD: lsp.CompletionItemKind.Value,
}
_CONFIG_PLACE = re.compile(r":(\d+):(\d+): ")


def file_of(uri: str) -> str | None:
    """Name the file of a URI; None for what is no file."""
    parts = urlsplit(uri)
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        return None
    path = unquote(parts.path)
    return path.lstrip("/").replace("/", "\\") if os.name == "nt" else path


def uri_of(file: Path) -> str:
    """Spell the URI of a file."""
    return file.absolute().as_uri()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an editor counts columns, and our values in its words."""

    encoding: Encoding

    def position(self, text: Text, place: lsp.Position) -> Position:
        """Read a place."""
        return text.position(Point(place.line, place.character), self.encoding)

    def span(self, text: Text, place: lsp.Range) -> Span:
        """Read a stretch."""
        return text.span(_stretch(place), self.encoding)

    def range(self, text: Text, span: Span) -> lsp.Range:
        """Spell a span."""
        start, end = text.stretch(span, self.encoding)
        return lsp.Range(lsp.Position(*start), lsp.Position(*end))

    def changed(self, text: Text, changes: Iterable[lsp.TextDocumentContentChangeEvent]) -> Text:
        """Make the changes of an editor."""
        read = [
            Change(
                _stretch(one.range) if isinstance(one, lsp.TextDocumentContentChangePartial) else None,
                one.text,
            )
            for one in changes
        ]
        return text.changed(read, self.encoding)

    def diagnostic(
        self, text: Text, found: Diagnostic, related: Sequence[lsp.DiagnosticRelatedInformation]
    ) -> lsp.Diagnostic:
        """Spell a finding; its hint stands behind the message, its rule's name is the source."""
        return lsp.Diagnostic(
            range=self.range(text, found.span),
            message=f"{found.message}; {found.hint}" if found.hint else found.message,
            severity=_SEVERITIES.get(found.severity, lsp.DiagnosticSeverity.Hint),
            code=found.rule.code,
            source=f"{SOURCE} {found.rule.name}",
            related_information=list(related) or None,
            data={"name": found.rule.name, "fixable": found.fixable},
        )

    def hover(self, text: Text, shown: Hover) -> lsp.Hover:
        """Spell what is shown beside a name."""
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, shown.text), self.range(text, shown.span))

    def completions(self, text: Text, found: Completions) -> lsp.CompletionList:
        """Spell a list of completions, in our order."""
        items = [self._completion(text, number, one) for number, one in enumerate(found.items)]
        return lsp.CompletionList(is_incomplete=not found.complete, items=items)

    def _completion(self, text: Text, number: int, one: Completion) -> lsp.CompletionItem:
        return lsp.CompletionItem(
            label=str(one.label),
            kind=_KINDS[one.kind],
            detail=one.detail or None,
            documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, one.about) if one.about else None,
            sort_text=f"{number:04}",
            filter_text=one.match,
            text_edit=lsp.TextEdit(self.range(text, one.span), one.text),
        )

    def symbols(self, text: Text, outline: Sequence[Outline]) -> list[lsp.DocumentSymbol]:
        """Spell the headings of a page, each with those below it."""
        return [
            lsp.DocumentSymbol(
                name=one.text or "-",
                kind=lsp.SymbolKind.String,
                range=self.range(text, one.whole),
                selection_range=self.range(text, one.heading),
                children=self.symbols(text, one.below),
            )
            for one in outline
        ]


def refused(reason: str, text: Text, dialect: Dialect) -> lsp.Diagnostic:
    """Spell why a configuration cannot be used, at the place that it names."""
    place = _CONFIG_PLACE.search(reason)
    line, column = (int(place[1]) - 1, int(place[2]) - 1) if place else (0, 0)
    start = Point(line, dialect.encoding.units(text.line(line + 1)[:column]))
    end = Point(line, max(start.column, dialect.encoding.units(text.line(line + 1))))
    where = lsp.Range(lsp.Position(*start), lsp.Position(*end))
    return lsp.Diagnostic(where, reason, severity=lsp.DiagnosticSeverity.Error, source=SOURCE)


def _stretch(place: lsp.Range) -> Stretch:
    start, end = place.start, place.end
    return Stretch(Point(start.line, start.character), Point(end.line, end.character))
