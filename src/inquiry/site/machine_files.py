"""What programs find on a site: feeds, linked data, tags for scholars, exports, Markdown, pictures, the graph.

Everything here is made of published facts.  Feeds, `llms.txt` and the graph name public documents only; an unlisted
page has its files beside it, and nothing leads there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from inquiry.corpus.output import escape
from inquiry.graph.urls import Urls
from inquiry.site.card_image import CardImages, packaged_font
from inquiry.site.feeds import Entry, Feed, atom, json_feed, newest
from inquiry.site.head_links import alternate, described_by, feed_links, picture_tags
from inquiry.site.highwire import highwire_tags
from inquiry.site.linked_data import Crumb, LinkedData
from inquiry.site.made_file import MadeFile
from inquiry.site.markdown_text import MarkdownTexts
from inquiry.site.overview import graph_text, llms_text
from inquiry.site.scholar import reading_list
from inquiry.site.shell import open_graph_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from inquiry.config import Project
    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph, Topic
    from inquiry.site.documents import Pages
    from inquiry.site.views import ExportsView, PageView

MOST_TEXTS = 2_000
"""Notes that have their Markdown beside them by themselves: a tenth of a millisecond each is a fifth of a second."""
MOST_PICTURES = 300
"""Lines that have pictures by themselves: at 6 ms each, no first build takes two seconds longer for them."""
_CARDS = "cards"
"""Folder of the pictures, below that of the cache."""
_KICKERS = {"line": "Inquiring line", "note": "Note"}


@dataclass(frozen=True, slots=True)
class MachineFiles:
    """Makes what programs read, for one site."""

    graph: KnowledgeGraph
    urls: Urls
    pages: Pages
    linked_data: LinkedData
    markdown: MarkdownTexts | None
    """None where pages have no Markdown beside them."""
    site_cards: CardImages | None
    """What draws the picture of the site, for pages that have none of their own; None where there are no pictures."""
    line_cards: CardImages | None
    """What draws the pictures of lines; None where they have none."""
    note_cards: CardImages | None
    site_name: str
    description: str
    language: str
    _entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    _feed_links: dict[int, str] = field(default_factory=dict)
    _once: dict[str, str] = field(default_factory=dict)
    _last_exports: dict[tuple[str, str], ExportsView] = field(default_factory=dict)

    # -- for the head of a page --------------------------------------------------------------------------------------

    def document_head(self, document: Document, facts: PageView) -> str:
        """Write what the head of a note's or a line's page says to programs."""
        parts = [self._article_tags(document, facts)]
        if not document.is_public:
            parts.append('<meta name="robots" content="noindex">\n')
        if self.markdown is not None and self.markdown.is_of(document):
            parts.append(alternate("text/markdown", Urls.markdown, "Markdown"))
        if document.is_line:
            works = self.pages.works(document)
            if self._has_feed(document):
                parts.append(feed_links("", facts.title))
            parts += (
                described_by("application/x-bibtex", Urls.bibtex),
                described_by("application/x-research-info-systems", Urls.ris),
                described_by("application/vnd.citationstyles.csl+json", Urls.csl),
                highwire_tags(document, facts, self.site_name, works),
                self.linked_data.line(document, facts, self._notes_of(document), works),
            )
        else:
            parts.append(self.linked_data.note(document, facts))
        parts.append(self.site_feed_links(facts.url))
        return "".join(parts)

    def topic_head(self, topic: Topic, facts: PageView) -> str:
        """Write the same for the page of a topic."""
        own = feed_links("", facts.title) if self._dated(topic.documents) else ""
        return own + self._list_head(facts, Crumb("Topics", self.urls.topics))

    def source_head(self, facts: PageView) -> str:
        """Write the same for the page of a work."""
        return self._list_head(facts, Crumb("Sources", self.urls.sources))

    def list_head(self, facts: PageView) -> str:
        """Write the same for a list."""
        return self._list_head(facts)

    def home_head(self, facts: PageView) -> str:
        """Write the same for the home page, link previews included, which a theme's own page has not."""
        described = replace(facts, description=self.description)
        tags = open_graph_tags(described, self.site_name) + self._site_picture_tags
        return tags + self.linked_data.home(self.description) + self.site_feed_links(self.urls.home)

    @property
    def state(self) -> str:
        """Name what any page may show of the site, beside its settings and its documents."""
        pictures = (self._site_picture, self.line_cards is not None, self.note_cards is not None)
        font = self.site_cards.font_state if self.site_cards else ""
        texts = (self.markdown is not None, self.markdown is not None and self.markdown.of_notes)
        return repr((self.site_feed_links(self.urls.home), pictures, font, texts))

    @property
    def _site_picture(self) -> str:
        """Give the address of the site's own picture; empty for none."""
        cards = self.site_cards
        return self.urls.canonical(Urls.card) if cards is not None and cards.can_draw(self.site_name) else ""

    def _list_head(self, facts: PageView, *trail: Crumb) -> str:
        data = self.linked_data.listing(facts, *trail)
        return self._site_picture_tags + data + self.site_feed_links(facts.url)

    def site_feed_links(self, page: str) -> str:
        """Point to the feeds of the site, from the page at a path; empty when it has none."""
        depth = page.count("/")
        if depth not in self._feed_links:
            way = self.urls.relative(Urls.atom, page).removesuffix(Urls.atom)
            self._feed_links[depth] = feed_links(way, self.site_name) if self._dated(self.graph.documents) else ""
        return self._feed_links[depth]

    # -- files -------------------------------------------------------------------------------------------------------

    def beside(self, document: Document, facts: PageView) -> Iterator[MadeFile]:
        """List the files beside the page of a document."""
        if self.markdown is not None and self.markdown.is_of(document):
            yield MadeFile(Urls.markdown, partial(self._markdown, self.markdown, document, facts))
        cards = self._cards(document, facts)
        if cards is not None:
            kicker = _KICKERS[document.kind.value]
            yield MadeFile(Urls.card, partial(cards.png, facts.title, kicker, self.site_name))
        if document.is_line:
            yield MadeFile(Urls.bibtex, lambda: _bytes(f"{self._exports(document).bibtex}\n"))
            yield MadeFile(Urls.ris, lambda: _bytes(f"{self._exports(document).ris}\n"))
            yield MadeFile(Urls.csl, lambda: _bytes(f"{self._exports(document).csl_json}\n"))
            if self.pages.works(document):
                yield MadeFile(Urls.reading_list, lambda: _bytes(reading_list(self.pages.works(document))))
            if self._has_feed(document):
                yield from self._feeds(facts.title, facts.url, partial(self._around, document))

    def beside_topic(self, topic: Topic, facts: PageView) -> Iterator[MadeFile]:
        """List the files beside the page of a topic."""
        if self._dated(topic.documents):
            yield from self._feeds(f"{topic.name} – {self.site_name}", facts.url, lambda: topic.documents)

    def at_root(self, make_stamp: Callable[[], bytes]) -> Iterator[MadeFile]:
        """List the files of the whole site; `make_stamp` makes a hash of all that is public."""
        graph, urls = self.graph, self.urls
        yield MadeFile(Urls.graph, lambda: _bytes(graph_text(graph, urls)), make_stamp)
        path = urls.document if self.markdown is None else self.markdown.path
        llms = partial(llms_text, graph, urls, self.site_name, self.description, path)
        yield MadeFile(Urls.llms, lambda: _bytes(llms()), make_stamp)
        if self.site_cards is not None and self._site_picture:
            draw = partial(self.site_cards.png, self.site_name, "", "")
            yield MadeFile(Urls.card, draw, make_stamp)
        if self._dated(graph.documents):
            for made in self._feeds(self.site_name, urls.home, lambda: graph.documents):
                yield MadeFile(made.name, made.make, make_stamp)

    def _feeds(self, title: str, page: str, documents: Callable[[], Iterable[Document]]) -> Iterator[MadeFile]:
        def feed() -> Feed:
            address = partial(self.urls.canonical)
            return Feed(
                title=title,
                site_name=self.site_name,
                page=address(page),
                atom=address(self.urls.beside(page, Urls.atom)),
                json=address(self.urls.beside(page, Urls.json_feed)),
                language=self.language,
                entries=newest(self._entry(document) for document in self._dated(documents())),
            )

        yield MadeFile(Urls.atom, lambda: _bytes(atom(feed())))
        yield MadeFile(Urls.json_feed, lambda: _bytes(json_feed(feed())))

    def _entry(self, document: Document) -> Entry:
        entry = self._entries.get(document.key)
        if entry is None:
            facts, head = self.pages.facts(document), document.head
            entry = self._entries[document.key] = Entry(
                url=facts.canonical,
                title=facts.title,
                summary=facts.description,
                created=head.created,
                updated=head.updated,
                kind=document.kind.value,
                topics=head.tags,
            )
        return entry

    def _dated(self, documents: Iterable[Document]) -> list[Document]:
        """Choose what a feed can tell of; nothing on a site that does not know its address."""
        if not self.urls.site_url:
            return []
        return [document for document in documents if document.head.updated or document.head.created]

    def _exports(self, line: Document) -> ExportsView:
        """Make a line's exports once for all its files, which are written one after the other."""
        exports = self._last_exports.get(line.key)
        if exports is None:
            self._last_exports.clear()
            exports = self._last_exports[line.key] = self.pages.exports(line)
        return exports

    def _has_feed(self, line: Document) -> bool:
        return line.is_public and bool(self._dated((line,)))

    def _around(self, line: Document) -> tuple[Document, ...]:
        return (line, *self._notes_of(line))

    def _notes_of(self, line: Document) -> list[Document]:
        return [citation.note for citation in self.graph.citations(line)]

    def _markdown(self, texts: MarkdownTexts, document: Document, facts: PageView) -> bytes:
        return _bytes(texts.text(document, facts, self.pages.works(document)))

    def _cards(self, document: Document, facts: PageView) -> CardImages | None:
        cards = self.line_cards if document.is_line else self.note_cards
        return cards if cards is not None and facts.canonical and cards.can_draw(facts.title) else None

    def _article_tags(self, document: Document, facts: PageView) -> str:
        head = document.head
        properties = [
            ("published_time", head.created or head.updated),
            ("modified_time", head.updated),
            *(("tag", tag) for tag in head.tags),
        ]
        tags = [f'<meta property="article:{name}" content="{escape(value)}">\n' for name, value in properties if value]
        if self._cards(document, facts) is None:
            return "".join(tags) + self._site_picture_tags
        address = self.urls.canonical(self.urls.beside(facts.url, Urls.card))
        return "".join(tags) + picture_tags(address, facts.title)

    @property
    def _site_picture_tags(self) -> str:
        tags = self._once.get("picture")
        if tags is None:
            tags = self._once["picture"] = picture_tags(self._site_picture, self.site_name)
        return tags


def machine_files(project: Project, graph: KnowledgeGraph, urls: Urls, pages: Pages) -> MachineFiles:
    """Make what makes a site's files for programs."""
    settings = project.settings
    font = project.root / settings.card_font if settings.card_font else packaged_font()
    cards = CardImages(project.cache_dir / _CARDS, font, is_packaged=not settings.card_font)
    of_notes = settings.markdown == "all" or (settings.markdown == "auto" and len(graph.notes) <= MOST_TEXTS)
    markdown = MarkdownTexts(str(project.root), urls, graph.resolutions, f"{urls.docs}/", of_notes)
    wanted = {"lines", "all"} if len(graph.lines) > MOST_PICTURES else {"auto", "lines", "all"}
    return MachineFiles(
        graph=graph,
        urls=urls,
        pages=pages,
        linked_data=LinkedData(urls, project.site_name, project.language),
        markdown=markdown if settings.markdown else None,
        site_cards=cards if settings.cards else None,
        line_cards=cards if settings.cards in wanted else None,
        note_cards=cards if settings.cards == "all" else None,
        site_name=project.site_name,
        description=project.site_description,
        language=project.language,
    )


def _bytes(text: str) -> bytes:
    return text.encode(errors="replace")
