"""Notes, lines, topics and works as other pages show them.

Cards of one document differ from page to page only in the way back to the site's root, so each is made once for
each depth of page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from inquiry.corpus.titles import plain_text, title_html
from inquiry.site.citing_sentences import quoted_sentences
from inquiry.site.dates import printed_date
from inquiry.site.scholar import link_label, reference_text
from inquiry.site.views import (
    BacklinkView,
    LineCard,
    MenuView,
    NoteCard,
    PageView,
    PeekView,
    ReferenceView,
    SourceEntry,
    SuggestionView,
    TopicLink,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.corpus.model import Document, Source
    from inquiry.graph.knowledge import Backlink, KnowledgeGraph, SourceGroup
    from inquiry.graph.suggestion import Suggestion
    from inquiry.graph.urls import Urls

_ROLES = {
    "pinned": "Next",
    "closest": "Closest",
    "bridge": "Leads elsewhere",
    "disagrees": "Disagrees",
    "unexplored": "Little explored",
}
RANDOM = "#random"
"""Fragment by which the list of lines knows that a line at random is wanted."""
SHOWN_REASONS = 2
"""Reasons under a suggestion: the most telling come first, and a third is no longer read."""
_DESCRIPTION = 300
"""Characters of a description: search engines and previews cut longer ones."""


def menu_view(urls: Urls, page: str, root: str = "") -> MenuView:
    """Link a page to the main pages; with `root`, from the root of the server."""
    targets = {
        "home": urls.home,
        "lines": urls.lines,
        "notes": urls.notes,
        "topics": urls.topics,
        "sources": urls.sources,
        "open_questions": urls.open_questions,
        "changes": urls.changes,
        "random": urls.lines,
        "map": urls.map,
    }
    found = {name: urls.relative(path, page) for name, path in targets.items()}
    if root:
        found = {name: root + href.removeprefix("./") for name, href in found.items()}
    found["random"] += RANDOM
    if not urls.has_map:
        found["map"] = ""
    return MenuView(**found)


class Cards:
    """Makes cards for one site; `page` is always the path of the page that shows them."""

    def __init__(self, graph: KnowledgeGraph, urls: Urls, language: str) -> None:
        self._graph = graph
        self._urls = urls
        self._language = language
        self._titles: dict[tuple[str, str], Markup] = {}
        self._notes: dict[tuple[str, int], NoteCard] = {}
        self._lines: dict[tuple[str, int], LineCard] = {}
        self._peeks: dict[tuple[tuple[str, str], int], PeekView] = {}
        self._menus: dict[int, MenuView] = {}
        self._topics: dict[tuple[tuple[str, ...], int], tuple[TopicLink, ...]] = {}
        self._references: dict[tuple[int, int], ReferenceView] = {}
        """By the work's identity in memory, since the corpus holds on to it, and the depth of the page."""

    def title(self, document: Document) -> Markup:
        """Give a title as HTML."""
        title = self._titles.get(document.key)
        if title is None:
            title = Markup(title_html(document.title))  # noqa: S704 - title_html escapes
            self._titles[document.key] = title
        return title

    def page(self, kind: str, path: str, title: str, description: str = "") -> PageView:
        """Give what every page has."""
        words = " ".join(description.split())
        if len(words) > _DESCRIPTION:
            words = words[:_DESCRIPTION].rsplit(" ", 1)[0] + "…"
        return PageView(
            kind, plain_text(title), words, path, self._urls.canonical(path), self.menu(path), self._language
        )

    def menu(self, page: str) -> MenuView:
        """Link to the main pages."""
        depth = page.count("/")
        if depth not in self._menus:
            self._menus[depth] = menu_view(self._urls, page)
        return self._menus[depth]

    def note(self, note: Document, page: str) -> NoteCard:
        """Show a note in a list."""
        key = (note.id, page.count("/"))
        card = self._notes.get(key)
        if card is None:
            card = self._notes[key] = NoteCard(
                id=note.id,
                title=self.title(note),
                href=self._urls.relative(self._urls.note(note.id), page),
                summary=plain_text(note.head.summary),
                references=tuple(self.reference(source, page) for source in note.sources),
                date=printed_date(note.head.updated or note.head.created),
                topics=self.topics(note.head.tags, page),
                cited_by=len(self._graph.citing_lines(note)),
            )
        return card

    def work(self, source: Source, page: str) -> NoteCard:
        """Show a work in the place of a note that nobody has written."""
        reference = self.reference(source, page)
        title = Markup(title_html(source.title or source.key))  # noqa: S704 - title_html escapes
        return NoteCard(source.key, title, reference.href or source.link, "", (reference,), "", (), 0)

    def line(self, line: Document, page: str) -> LineCard:
        """Show a line in a list."""
        key = (line.id, page.count("/"))
        card = self._lines.get(key)
        if card is None:
            card = self._lines[key] = LineCard(
                id=line.id,
                title=self.title(line),
                href=self._urls.relative(self._urls.line(line.id), page),
                summary=plain_text(line.head.summary),
                takeaway=line.body.takeaway_text,
                sources=len(self._graph.citations(line)) + len(self._graph.cited_sources(line)),
                date=printed_date(line.head.updated or line.head.created),
                topics=self.topics(line.head.tags, page),
            )
        return card

    def peek(self, document: Document, page: str) -> PeekView:
        """Say in brief what a document is about."""
        key = (document.key, page.count("/"))
        peek = self._peeks.get(key)
        if peek is None:
            card = self.line(document, page) if document.is_line else self.note(document, page)
            references = card.references if isinstance(card, NoteCard) else ()
            rests_on = "; ".join([reference.text for reference in references if reference.text])
            peek = self._peeks[key] = PeekView(document.kind.value, card.title, card.href, card.summary, rests_on)
        return peek

    def peek_at_work(self, source: Source, page: str) -> PeekView:
        """Say in brief what a work is."""
        card = self.work(source, page)
        return PeekView("source", card.title, card.href, "", card.references[0].text)

    def topics(self, tags: Iterable[str], page: str) -> tuple[TopicLink, ...]:
        """Show the topics of a document, in its own order; tags that nothing public has are left out."""
        key = (tuple(tags), page.count("/"))
        links = self._topics.get(key)
        if links is None:
            found = {topic.name: topic for tag in key[0] if (topic := self._graph.topic(tag))}
            links = self._topics[key] = tuple(
                TopicLink(name, self._urls.relative(self._urls.topic(name), page), topic.size)
                for name, topic in found.items()
            )
        return links

    def reference(self, source: Source, page: str) -> ReferenceView:
        """Show a work."""
        key = (id(source), page.count("/"))
        view = self._references.get(key)
        if view is None:
            view = self._references[key] = self._reference(source, page)
        return view

    def _reference(self, source: Source, page: str) -> ReferenceView:
        has_page = source.identity in self._graph.source_groups
        href = self._urls.relative(self._urls.source(source.identity), page) if has_page else ""
        return ReferenceView(reference_text(source), source.title or source.key, source.link, link_label(source), href)

    def entry(self, group: SourceGroup, page: str) -> SourceEntry:
        """Show a work with the notes that rest on it."""
        notes = tuple(self.note(note, page) for note in group.notes)
        return SourceEntry(self.reference(group.source, page), notes)

    def suggestions(self, shown: Iterable[Suggestion], page: str) -> tuple[SuggestionView, ...]:
        """Show next lines or related notes."""
        return tuple(
            SuggestionView(
                title=self.title(document),
                href=self._urls.relative(self._urls.document(document), page),
                summary=plain_text(document.head.summary),
                role=suggestion.role,
                role_label=_ROLES.get(suggestion.role, ""),
                reasons=tuple(suggestion.reasons[:SHOWN_REASONS]),
            )
            for suggestion in shown
            if (document := self._graph.public.get(suggestion.key))
        )

    def backlinks(self, backlinks: Iterable[Backlink], page: str) -> tuple[BacklinkView, ...]:
        """Show who cites or links here."""
        return tuple(
            BacklinkView(
                kind=backlink.origin.kind.value,
                title=self.title(backlink.origin),
                href=self._urls.relative(self._urls.document(backlink.origin), page),
                sentences=quoted_sentences(backlink, self._graph),
            )
            for backlink in backlinks
        )
