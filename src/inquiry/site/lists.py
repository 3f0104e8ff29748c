"""The pages that lead to documents: lists, topics, works, open questions, home, old addresses."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from inquiry.site.scholar import family_name, work_exports
from inquiry.site.views import (
    HomeView,
    LinesView,
    ListedLine,
    ListedNote,
    MapPreview,
    NotesView,
    OpenQuestionsView,
    PageView,
    RedirectView,
    SourcesView,
    SourceView,
    TopicLink,
    TopicsView,
    TopicView,
    WantedView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph, SourceGroup, Topic
    from inquiry.graph.urls import Urls
    from inquiry.site.cards import Cards

RECENT_LINES = 6
"""New lines on the home page: what fits above the second scroll on a phone."""
MOST_SOURCED_LINES = 6
HOME_TOPICS = 24
"""Topics on the home page; the rest stand on the page of topics."""
NEAR_TOPICS = 8
RANDOM_SCRIPT = "assets/lines/random.js"
MOVED_SCRIPT = "assets/moved/moved.js"
NARROWING_TOPICS = 24
"""Topics that a list can be narrowed to, without scripts: the stylesheet has a rule for each."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Makes the views of lists for one site."""

    graph: KnowledgeGraph
    urls: Urls
    cards: Cards
    site_name: str
    description: str

    def facts(self, name: str) -> PageView:
        """Give what is known of a list's page before its view is made, by the list's name."""
        site = self.site_name
        path, title, description = {
            "lines": (self.urls.lines, "Lines", f"All inquiring lines of {site}"),
            "notes": (self.urls.notes, "Notes", f"All notes of {site}"),
            "topics": (self.urls.topics, "Topics", f"All topics of {site}"),
            "sources": (self.urls.sources, "Sources", f"The works that {site} rests on"),
            "open-questions": (self.urls.open_questions, "Open questions", f"What {site} does not answer yet"),
            "changes": (self.urls.changes, "What changed", f"What was added to {site} and revised in it, newest first"),
            "map": (self.urls.map, "Map", f"All lines, notes and sources of {site} on one map"),
        }[name]
        return self.cards.page(name, path, title, description)

    def topic_facts(self, topic: Topic) -> PageView:
        """Give the same for the page of a topic."""
        description = f"{topic.name}: lines and notes on {self.site_name}"
        return self.cards.page("topic", self.urls.topic(topic.name), topic.name, description)

    def source_facts(self, group: SourceGroup) -> PageView:
        """Give the same for the page of a work."""
        path = self.urls.source(group.source.identity)
        reference = self.cards.reference(group.source, path)
        return self.cards.page("source", path, reference.title, reference.text)

    def home(self) -> HomeView:
        """Make the home page's listings, the map left out."""
        path = self.urls.home
        by_date = self._newest_first()
        recent = by_date[:RECENT_LINES]
        rest = sorted(by_date[RECENT_LINES:], key=lambda line: (-len(self.graph.citations(line)), line.id))
        return HomeView(
            page=self.cards.page("home", path, self.site_name, self.description),
            title=self.site_name,
            intro=Markup(),
            recent=tuple(self.cards.line(line, path) for line in recent),
            most_sourced=tuple(self.cards.line(line, path) for line in rest[:MOST_SOURCED_LINES]),
            topics=self._topic_links(self.graph.topics, path)[:HOME_TOPICS],
            line_count=len(self.graph.lines),
            note_count=len(self.graph.notes),
            source_count=len(self.graph.source_groups),
            map=MapPreview(Markup(), 0, ""),
        )

    def lines(self) -> LinesView:
        """Make the list of all lines, newest first."""
        path = self.urls.lines
        lines = self._newest_first()
        by_title = sorted(lines, key=_by_title)
        by_sources = sorted(lines, key=lambda line: -self.cards.line(line, path).sources)
        places = _places(by_title, by_sources)
        topics, marks = self._narrowing(lines, path)
        rows = (ListedLine(self.cards.line(line, path), places[line.id], marks[line.id]) for line in lines)
        return LinesView(self.facts("lines"), tuple(rows), topics, self.urls.relative(RANDOM_SCRIPT, path))

    def notes(self) -> NotesView:
        """Make the list of all notes, by title."""
        path = self.urls.notes
        notes = sorted(self.graph.notes, key=_by_title)
        by_date = sorted(notes, key=lambda note: note.head.updated or note.head.created, reverse=True)
        by_lines = sorted(notes, key=lambda note: -self.cards.note(note, path).cited_by)
        places = _places(by_date, by_lines)
        topics, marks = self._narrowing(notes, path)
        rows = (ListedNote(self.cards.note(note, path), places[note.id], marks[note.id]) for note in notes)
        return NotesView(self.facts("notes"), tuple(rows), topics)

    def topics(self) -> TopicsView:
        """Make the list of all topics, by name."""
        path = self.urls.topics
        links = sorted(self._topic_links(self.graph.topics, path), key=lambda link: link.name.casefold())
        return TopicsView(self.facts("topics"), tuple(links))

    def topic(self, topic: Topic) -> TopicView:
        """Make the page of a topic."""
        path = self.urls.topic(topic.name)
        shared = Counter(
            other.name
            for document in topic.documents
            for other in self._topics_of(document)
            if other.name != topic.name
        )
        near = sorted(shared, key=lambda name: (-shared[name], name))[:NEAR_TOPICS]
        return TopicView(
            page=self.topic_facts(topic),
            name=topic.name,
            lines=tuple(self.cards.line(line, path) for line in topic.lines),
            notes=tuple(self.cards.note(note, path) for note in topic.notes),
            near=self.cards.topics(near, path),
        )

    def sources(self) -> SourcesView:
        """Make the reverse bibliography, by first author, year and title."""
        path = self.urls.sources
        groups = sorted(self.graph.source_groups.values(), key=_by_author)
        return SourcesView(self.facts("sources"), tuple(self.cards.entry(group, path) for group in groups))

    def source(self, group: SourceGroup) -> SourceView:
        """Make the page of a work."""
        path = self.urls.source(group.source.identity)
        reference = self.cards.reference(group.source, path)
        return SourceView(
            page=self.source_facts(group),
            reference=reference,
            notes=tuple(self.cards.note(note, path) for note in group.notes),
            lines=tuple(self.cards.line(line, path) for line in group.lines),
            exports=work_exports(group.source),
        )

    def open_questions(self) -> OpenQuestionsView:
        """Make the page of what is missing."""
        path = self.urls.open_questions
        uncited = (note for note in self.graph.notes if not self.graph.citing_lines(note))
        bare = sorted((g for g in self.graph.source_groups.values() if not g.notes), key=_by_author)
        return OpenQuestionsView(
            page=self.facts("open-questions"),
            uncited=tuple(self.cards.note(note, path) for note in sorted(uncited, key=_by_title)),
            without_note=tuple(self.cards.entry(group, path) for group in bare),
            wanted=tuple(
                WantedView(wanted.name, self.cards.backlinks(wanted.backlinks, path)) for wanted in self.graph.wanted
            ),
        )

    def redirect(self, path: str, document: Document) -> RedirectView:
        """Make the page at a document's old address."""
        there = self.urls.document(document)
        page = replace(self.cards.page("redirect", path, document.title), canonical=self.urls.canonical(there))
        href, script = (self.urls.relative(to, path) for to in (there, MOVED_SCRIPT))
        return RedirectView(page, href, document.title, script)

    def _newest_first(self) -> list[Document]:
        """List lines by date; of one day, those that rest on most notes come first."""
        by_weight = sorted(self.graph.lines, key=lambda line: (-len(self.graph.citations(line)), line.id))
        return sorted(by_weight, key=lambda line: line.head.updated or line.head.created, reverse=True)

    def _topic_links(self, topics: Iterable[Topic], page: str) -> tuple[TopicLink, ...]:
        largest = sorted(topics, key=lambda topic: (-topic.size, topic.name.casefold(), topic.name))
        return self.cards.topics((topic.name for topic in largest), page)

    def _narrowing(self, documents: Iterable[Document], page: str) -> tuple[tuple[TopicLink, ...], dict[str, str]]:
        """Choose the topics that a list can be narrowed to, and mark the documents that have them, by id."""
        topics = {document.id: [topic.name for topic in self._topics_of(document)] for document in documents}
        counts = Counter(name for names in topics.values() for name in names)
        largest = sorted(counts, key=lambda name: (-counts[name], name.casefold(), name))[:NARROWING_TOPICS]
        numbers = {name: number for number, name in enumerate(largest, start=1)}
        links = tuple(replace(link, count=counts[link.name]) for link in self.cards.topics(largest, page))
        return links, {
            id_: " ".join([f"t{numbers[name]}" for name in names if name in numbers]) for id_, names in topics.items()
        }

    def _topics_of(self, document: Document) -> Iterator[Topic]:
        found = {topic.name: topic for tag in document.head.tags if (topic := self.graph.topic(tag))}
        yield from found.values()


def _by_author(group: SourceGroup) -> tuple[str, str, str, str]:
    source = group.source
    author = family_name(source.authors[0]).casefold() if source.authors else source.title.casefold()
    return (author, source.year, source.title.casefold(), source.identity)


def _places(one: Iterable[Document], other: Iterable[Document]) -> dict[str, str]:
    """Write the places that documents of one kind have in two orders, by id."""
    second = {document.id: place for place, document in enumerate(other, start=1)}
    return {document.id: f"--a:{place};--b:{second[document.id]}" for place, document in enumerate(one, start=1)}


def _by_title(note: Document) -> tuple[str, str]:
    return (note.title.casefold(), note.id)
