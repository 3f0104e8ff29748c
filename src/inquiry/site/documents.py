"""The pages of lines and notes: from a document and the graph to its view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from inquiry.corpus.output import escape
from inquiry.corpus.titles import plain_text
from inquiry.graph.suggestion import shown_next, shown_related
from inquiry.graph.urls import Urls
from inquiry.site.dates import printed_date
from inquiry.site.fill import Beside
from inquiry.site.neighbourhood import neighbourhood
from inquiry.site.peeks import Peeks
from inquiry.site.scholar import Published, page_exports
from inquiry.site.views import (
    DisagreementView,
    FileLink,
    LineView,
    NoteView,
    PlaceView,
    RelationView,
    SourceNoteView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inquiry.corpus.model import Document, Source
    from inquiry.graph.knowledge import Disagreement, KnowledgeGraph, Occurrence
    from inquiry.graph.suggestion import Key, Suggested, Suggestion
    from inquiry.settings import SuggestionCounts
    from inquiry.site.cards import Cards
    from inquiry.site.fill import Filler
    from inquiry.site.views import ExportsView, NoteCard, PageView, PeekView

WORDS_A_MINUTE = 220
"""Reading speed for non-fiction in English: Brysbaert (2019) found 238 words a minute, less for dense text."""
_OUTGOING = {
    "contradicts": "Contradicts",
    "qualifies": "Qualifies",
    "supports": "Supports",
    "extends": "Extends",
}
_INCOMING = {
    "contradicts": "Contradicted by",
    "qualifies": "Qualified by",
    "supports": "Supported by",
    "extends": "Extended by",
}


class Offering(Protocol):
    """Whoever has the suggestions."""

    def of(self, key: Key) -> Suggested:
        """Give a document's suggestions."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes the views of documents for one site."""

    graph: KnowledgeGraph
    suggestions: Offering
    urls: Urls
    cards: Cards
    filler: Filler
    counts: SuggestionCounts
    site_name: str

    def facts(self, document: Document) -> PageView:
        """Give what is known of a document's page before its view is made."""
        path = self.urls.document(document)
        description = plain_text(document.head.summary) or document.body.text
        return self.cards.page(document.kind.value, path, document.title, description)

    def shown(self, document: Document) -> tuple[Suggestion, ...]:
        """Choose the suggestions that a document's page shows."""
        suggested = self.suggestions.of(document.key)
        if document.is_line:
            return shown_next(suggested, count=self.counts.next)
        return shown_related(suggested, count=self.counts.related)

    def line(self, line: Document) -> LineView:
        """Make the view of a line."""
        path = self.urls.line(line.id)
        sources = self._source_notes(line, path)
        numbers = {("note", source.note.id): source.number for source in sources}
        disagreements = self.graph.contradictions(line)
        peeks = self._peeks(line, path, numbers, said_of_sources(disagreements))
        beside = Beside(numbers, {link: peek.number for link, peek in peeks.items() if peek.number})
        shown = self.shown(line)
        head = line.head
        return LineView(
            page=self.facts(line),
            id=line.id,
            title=self.cards.title(line),
            anchor=_title_anchor(line),
            summary=plain_text(head.summary),
            topics=self.cards.topics(head.tags, path),
            created=printed_date(head.created),
            updated=_revised(line),
            created_iso=head.created,
            updated_iso=head.updated,
            minutes=_minutes(line),
            essay=_with_own_heading(line, self.filler.fill(line, path, beside)),
            takeaway=self.filler.fill_takeaway(line, path, beside),
            sources=sources,
            source_count=_counted(len(self.graph.citations(line)), len(self.graph.cited_sources(line))),
            peeks=tuple(peeks.values()),
            disagreements=self._disagreements(disagreements, path),
            next_lines=self.cards.suggestions(shown, path),
            linked_from=self.cards.backlinks(self.graph.backlinks(line), path),
            picture=neighbourhood(self.graph, line, shown, self.urls, path),
            exports=self.exports(line),
            unlisted=not line.is_public,
        )

    def note(self, note: Document) -> NoteView:
        """Make the view of a note."""
        path = self.urls.note(note.id)
        shown = self.shown(note)
        backlinks = self.graph.backlinks(note)
        relations = self._relations(note, path)
        head = note.head
        return NoteView(
            page=self.facts(note),
            id=note.id,
            title=self.cards.title(note),
            anchor=_title_anchor(note),
            summary=plain_text(head.summary),
            topics=self.cards.topics(head.tags, path),
            created=printed_date(head.created),
            updated=_revised(note),
            created_iso=head.created,
            updated_iso=head.updated,
            minutes=_minutes(note),
            body=_with_own_heading(note, self.filler.fill(note, path)),
            takeaway=self.filler.fill_takeaway(note, path),
            references=tuple(self.cards.reference(source, path) for source in note.sources),
            peeks=tuple(self._peeks(note, path, {}, {each.note.id: each.label for each in relations}).values()),
            relations=relations,
            cited_by=self.cards.backlinks((b for b in backlinks if b.origin.is_line), path),
            linked_from=self.cards.backlinks((b for b in backlinks if not b.origin.is_line), path),
            related=self.cards.suggestions(shown, path),
            picture=neighbourhood(self.graph, note, shown, self.urls, path),
            exports=self.exports(note),
            unlisted=not note.is_public,
        )

    def _source_notes(self, line: Document, path: str) -> tuple[SourceNoteView, ...]:
        """Number what a line rests on in order of first citation, listed notes last."""
        used: list[tuple[float, NoteCard, Sequence[Occurrence]]] = [
            (_first(citation.occurrences), self.cards.note(citation.note, path), citation.occurrences)
            for citation in self.graph.citations(line)
        ]
        used.extend(
            (_first(cited.occurrences), self.cards.work(cited.source, path), cited.occurrences)
            for cited in self.graph.cited_sources(line)
        )
        used.sort(key=lambda entry: entry[0])
        return tuple(
            SourceNoteView(number, card, _places(occurrences))
            for number, (_, card, occurrences) in enumerate(used, start=1)
        )

    def _peeks(
        self, document: Document, path: str, numbers: dict[tuple[str, str], int], relations: dict[str, str]
    ) -> dict[int, PeekView]:
        return Peeks(self.graph, self.cards, self.filler).of(document, path, numbers, relations)

    def _disagreements(self, found: Iterable[Disagreement], path: str) -> tuple[DisagreementView, ...]:
        return tuple(
            DisagreementView(
                each.kind.value,
                each.kind.value,
                self.cards.note(each.left, path),
                self.cards.note(each.right, path),
            )
            for each in found
        )

    def _relations(self, note: Document, path: str) -> tuple[RelationView, ...]:
        return tuple(
            RelationView(
                kind=relation.kind.value,
                label=(_OUTGOING if relation.outgoing else _INCOMING)[relation.kind.value],
                note=self.cards.note(relation.note, path),
            )
            for relation in self.graph.relations(note)
        )

    def works(self, document: Document) -> tuple[Source, ...]:
        """List the works that a document rests on: a note's own, those behind the notes that a line cites."""
        if not document.is_line:
            return document.sources
        sources = {s.identity: s for citation in self.graph.citations(document) for s in citation.note.sources}
        sources |= {cited.source.identity: cited.source for cited in self.graph.cited_sources(document)}
        return tuple(sources.values())

    def exports(self, document: Document) -> ExportsView:
        """Make a document, and behind it the works that it rests on, ready to cite."""
        path = self.urls.document(document)
        date = document.head.updated or document.head.created
        page = Published(document.id, plain_text(document.title), self.site_name, self.urls.canonical(path), date)
        works = self.works(document)
        exports = page_exports(page, works)
        return replace(exports, files=_export_files(has_works=bool(works))) if document.is_line else exports


def said_of_sources(disagreements: Iterable[Disagreement]) -> dict[str, str]:
    """Say of each note that disagrees with another source of the same line with which one, by the note's id."""
    said: dict[str, str] = {}
    for each in disagreements:
        kind = each.kind.value
        said.setdefault(each.left.id, f"{_OUTGOING[kind]} “{plain_text(each.right.title)}”")
        said.setdefault(each.right.id, f"{_INCOMING[kind]} “{plain_text(each.left.title)}”")
    return said


def _export_files(*, has_works: bool) -> tuple[FileLink, ...]:
    """Link to what lies beside a line's page."""
    files = (("BibTeX", Urls.bibtex), ("RIS", Urls.ris), ("CSL-JSON", Urls.csl))
    reading_list = (("Reading list (BibTeX)", Urls.reading_list),) if has_works else ()
    return tuple(FileLink(label, href) for label, href in (*files, *reading_list))


def _first(occurrences: Sequence[Occurrence]) -> float:
    return occurrences[0].place if occurrences else float("inf")


def _places(occurrences: Sequence[Occurrence]) -> tuple[PlaceView, ...]:
    """Give the places of a citation, each paragraph once."""
    places: dict[int, PlaceView] = {}
    for occurrence in occurrences:
        block = occurrence.link.block
        places.setdefault(block, PlaceView(f"¶ {block}", f"#cite-{occurrence.place + 1}"))
    return tuple(places.values())


def _counted(notes: int, works: int) -> str:
    """Say how many notes there are, and works that no note stands for.

    >>> _counted(8, 0), _counted(1, 1), _counted(0, 2)
    ('8 notes', '1 note and 1 work', '2 works')
    """
    counts = ((notes, "note"), (works, "work"))
    return " and ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count)


def _minutes(document: Document) -> int:
    return max(1, round(document.body.words / WORDS_A_MINUTE))


def _revised(document: Document) -> str:
    head = document.head
    return printed_date(head.updated) if head.updated != head.created else ""


def _title_anchor(document: Document) -> str:
    """Give the id of the heading that the page's title stands for."""
    if _repeats_title(document):
        return next((heading.id for heading in document.body.headings if heading.level == 1), "")
    return ""


def _repeats_title(document: Document) -> bool:
    own = document.body.title
    return bool(own) and _folded(own) == _folded(document.title)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip("?!. ")


def _with_own_heading(document: Document, html: Markup) -> Markup:
    """Put a first heading that says something else than the title back in front of the body."""
    if not document.body.title or _repeats_title(document):
        return html
    anchor = next((heading.id for heading in document.body.headings if heading.level == 1), "")
    heading = f'<h2 id="{escape(anchor)}">{document.body.title_html}</h2>\n'
    return Markup(heading) + html  # noqa: S704 - the heading came out of the same parse
