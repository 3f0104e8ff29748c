"""From a linked corpus to every page of the site, ready to be rendered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from inquiry.corpus.titles import plain_text
from inquiry.graph.inputs import suggest_inputs
from inquiry.graph.published import redirects, site_urls
from inquiry.graph.suggestion import Suggestions
from inquiry.site.cards import Cards
from inquiry.site.documents import Pages
from inquiry.site.fill import Filler
from inquiry.site.machine_files import machine_files
from inquiry.site.press import Aside
from inquiry.site.render import OutputPage
from inquiry.site.search import SearchEntry
from inquiry.site.stamps import Stamps
from inquiry.site.ways_in import BY_HISTORY, WITH_SENTENCES, WaysIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inquiry.config import Project
    from inquiry.corpus.model import Corpus, Document
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.suggestion import Key, Suggested
    from inquiry.graph.urls import Urls
    from inquiry.settings import SuggestionCounts
    from inquiry.site.lists import Lists
    from inquiry.site.machine_files import MachineFiles
    from inquiry.site.made_file import MadeFile
    from inquiry.site.render import View
    from inquiry.site.views import HomeView, PageView


_LEAST_CANDIDATES = 8
"""Candidates to choose what is shown from: enough to find one of each role."""


@dataclass(frozen=True, slots=True)
class ComposedSite:
    """All that is published beside the ordinary pages."""

    pages: tuple[OutputPage, ...]
    """Lines, notes, lists, topics, works, redirects, in this order."""
    home: Home
    """The home page's listings, which show a little of the map."""
    asides: tuple[Aside, ...]
    """What can be made by any process before the pages are that show suggestions."""
    files: tuple[MadeFile, ...]
    """What programs find at the root of the site."""
    machine: MachineFiles
    """Makes what programs read."""
    assets: tuple[str, ...]
    """Files below notes/ and lines/ that are published as they are, relative to the folder of mkdocs.yml."""
    urls: Urls
    suggest: Callable[[], object]
    """Makes the suggestions; whoever renders a page that shows some and has not called it waits for them then."""
    revise: Callable[[Document], tuple[OutputPage, KnowledgeGraph]]
    """Makes the page of a document in a new state, with the suggestions that it had, and the graph as it sees it."""


class Home:
    """The view of the home page, made once, by whichever process."""

    def __init__(self, make: Callable[[], HomeView]) -> None:
        self.make = make
        self._made: HomeView | None = None

    def take(self, made: HomeView) -> None:
        """Take what another process has made."""
        self._made = made

    @property
    def view(self) -> HomeView:
        """The home page's listings."""
        if self._made is None:
            self._made = self.make()
        return self._made


class Awaited:
    """The suggestions of a site, made when they are first asked for."""

    def __init__(self, graph: KnowledgeGraph, counts: SuggestionCounts) -> None:
        self._graph = graph
        self._counts = counts

    @cached_property
    def made(self) -> Suggestions:
        """All of them."""
        return _suggestions(self._graph, self._counts)

    def of(self, key: Key) -> Suggested:
        """Give a document's suggestions."""
        return self.made.of(key)


@dataclass(frozen=True, slots=True)
class _Composer:
    """What makes the pages of documents, as they stand in one graph."""

    cards: Cards
    pages: Pages
    stamps: Stamps
    machine: MachineFiles

    @classmethod
    def of(cls, project: Project, graph: KnowledgeGraph, urls: Urls, suggestions: Awaited) -> _Composer:
        settings = project.settings
        cards = Cards(graph, urls, project.language)
        filler = Filler(urls, graph.resolutions, cards.title, settings.citation_style, f"{urls.docs}/")
        pages = Pages(graph, suggestions, urls, cards, filler, settings.suggestions, project.site_name)
        return cls(cards, pages, Stamps(graph, urls), machine_files(project, graph, urls, pages))

    def page(self, document: Document) -> OutputPage:
        head, pages = document.head, self.pages
        facts = pages.facts(document)
        listed = document.is_public
        return OutputPage(
            path=facts.url,
            template=f"{document.kind.value}.html",
            facts=facts,
            make_view=partial(pages.line if document.is_line else pages.note, document),
            make_stamp=partial(self._stamp, document),
            make_search=partial(_search_entry, document) if listed and head.searchable else None,
            lastmod=head.updated or head.created,
            in_sitemap=listed,
            suggests=True,
            source=document.path,
            make_head=partial(self.machine.document_head, document, facts),
            beside=tuple(self.machine.beside(document, facts)),
        )

    def _stamp(self, document: Document) -> bytes:
        return self.stamps.document(document, self.pages.shown(document))


def compose_site(project: Project, corpus: Corpus, graph: KnowledgeGraph) -> ComposedSite:
    """Make the views of every page."""
    urls = site_urls(project, graph)
    suggestions = Awaited(graph, project.settings.suggestions)
    composer = _Composer.of(project, graph, urls, suggestions)
    stamps, machine = composer.stamps, composer.machine
    ways = WaysIn.of(project, graph, urls, composer.cards)
    published = [document for document in corpus.documents if document.has_page]
    home = Home(ways.home)

    def revise(document: Document) -> tuple[OutputPage, KnowledgeGraph]:
        revised = graph.revised(document)
        return _Composer.of(project, revised, urls, suggestions).page(document), revised

    return ComposedSite(
        pages=(
            *map(composer.page, published),
            *_list_pages(ways, graph, stamps, machine),
            *_redirects(published, ways.lists, urls, stamps),
        ),
        home=home,
        asides=(Aside(lambda: stamps.prepare(published), stamps.take), Aside(home.make, home.take)),
        files=tuple(machine.at_root(stamps.listed)),
        machine=machine,
        assets=tuple(sorted(path for path in corpus.files if not path.startswith(f"{urls.docs}/"))),
        urls=urls,
        suggest=lambda: suggestions.made,
        revise=revise,
    )


def _suggestions(graph: KnowledgeGraph, counts: SuggestionCounts) -> Suggestions:
    if not graph.documents:
        return Suggestions({})
    from inquiry.graph.suggest import suggest  # noqa: PLC0415 - scipy is slow to import and an empty site needs none

    limit = max(_LEAST_CANDIDATES, 2 * counts.next, 2 * counts.related)
    return suggest(suggest_inputs(graph), limit=limit, related=counts.related, cite=False)


def _search_entry(document: Document) -> SearchEntry:
    head = document.head
    years = sorted({source.year for source in document.sources if source.year}) or [(head.created or head.updated)[:4]]
    return SearchEntry(
        plain_text(document.title),
        " ".join((document.body.text, *_works_named(document))),
        head.tags,
        summary=plain_text(head.summary),
        headings=tuple(heading.text for heading in document.body.headings),
        kind=document.kind.value,
        years=tuple(year for year in years if year),
    )


def _works_named(document: Document) -> Iterator[str]:
    """Say what a page names the works by that it rests on: readers remember a paper by its authors or its title."""
    for source in document.sources:
        yield from source.authors
        yield plain_text(source.title)


def _list_pages(ways: WaysIn, graph: KnowledgeGraph, stamps: Stamps, machine: MachineFiles) -> Iterator[OutputPage]:
    lists = ways.lists
    for name, make_view in ways.views().items():
        facts = lists.facts(name)
        make_stamp = stamps.everything if name in WITH_SENTENCES else stamps.listed
        page = _list_page(f"{name}.html", facts, make_view, None if name in BY_HISTORY else make_stamp)
        yield replace(page, make_head=partial(machine.list_head, facts))
    for topic in graph.topics:
        facts = lists.topic_facts(topic)
        page = _list_page("topic.html", facts, partial(lists.topic, topic), partial(stamps.topic, topic))
        beside = tuple(machine.beside_topic(topic, facts))
        yield replace(page, make_head=partial(machine.topic_head, topic, facts), beside=beside)
    for group in graph.source_groups.values():
        facts = lists.source_facts(group)
        page = _list_page("source.html", facts, partial(lists.source, group), partial(stamps.source, group))
        yield replace(page, make_head=partial(machine.source_head, facts))


def _list_page(
    template: str,
    facts: PageView,
    make_view: Callable[[], View],
    make_stamp: Callable[[], bytes] | None = None,
    *,
    listed: bool = True,
) -> OutputPage:
    return OutputPage(facts.url, template, facts, make_view, make_stamp, in_sitemap=listed)


def _redirects(published: list[Document], lists: Lists, urls: Urls, stamps: Stamps) -> Iterator[OutputPage]:
    """Send old addresses on."""
    for path, document in redirects(published, urls):
        facts = lists.redirect(path, document).page
        make_view, make_stamp = partial(lists.redirect, path, document), partial(stamps.redirect, path, document)
        yield _list_page("redirect.html", facts, make_view, make_stamp, listed=False)
