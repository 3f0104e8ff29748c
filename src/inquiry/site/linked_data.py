"""What a page is, in schema.org's words: JSON-LD for search engines and reference managers.

A line is a `ScholarlyArticle` whose `citation` names the works it rests on and whose `isBasedOn` names the notes; a
note is a `CreativeWork` based on its sources.  Relative addresses mean nothing to most readers of JSON-LD, so a site
that does not know its own names none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from inquiry.corpus.model import Source  # noqa: TC001 - the examples in docstrings make some
from inquiry.corpus.titles import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.corpus.model import Document
    from inquiry.graph.urls import Urls
    from inquiry.site.views import PageView

_REMEMBERED = 65_536
"""Works whose description is kept: many pages cite the same."""
_CONTEXT = "https://schema.org"
_TYPES = {
    "book": "Book",
    "chapter": "Chapter",
    "thesis": "Thesis",
    "report": "Report",
    "webpage": "WebPage",
}
"""Types by those of CSL; anything else is an article."""
_SPELLER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way from the home page to a page."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class LinkedData:
    """Describes the pages of one site."""

    urls: Urls
    site_name: str
    language: str

    def line(self, line: Document, facts: PageView, notes: Iterable[Document], works: Iterable[Source]) -> str:
        """Describe a line, the notes that it rests on and the works behind them, as a script element."""
        node = self._document(line, facts, "ScholarlyArticle")
        _put(node, "citation", [_work(work) for work in works])
        _put(node, "isBasedOn", [self._named_note(note) for note in notes])
        return self._script(node, self._crumbs(facts, Crumb("Lines", self.urls.lines)))

    def note(self, note: Document, facts: PageView) -> str:
        """Describe a note and what it rests on, likewise."""
        node = self._document(note, facts, "CreativeWork")
        _put(node, "isBasedOn", [_work(source) for source in note.sources])
        return self._script(node, self._crumbs(facts, Crumb("Notes", self.urls.notes)))

    def listing(self, facts: PageView, *trail: Crumb) -> str:
        """Describe a page that leads to documents; empty without an address of the site."""
        if not facts.canonical:
            return ""
        node: _Node = {"@type": "CollectionPage", "@id": facts.canonical, "url": facts.canonical, "name": facts.title}
        _put(node, "description", facts.description)
        node |= {"inLanguage": self.language, "isPartOf": self._site()}
        return self._script(node, self._crumbs(facts, *trail))

    def home(self, description: str) -> str:
        """Describe the site."""
        node = self._site()
        _put(node, "description", description)
        node["inLanguage"] = self.language
        return self._script(node, None)

    def _document(self, document: Document, facts: PageView, type_name: str) -> _Node:
        node: _Node = {"@type": type_name}
        if facts.canonical:
            node |= {"@id": facts.canonical, "url": facts.canonical}
        head = document.head
        node |= {"headline": facts.title, "name": facts.title}
        _put(node, "abstract", plain_text(head.summary))
        _put(node, "datePublished", head.created or head.updated)
        _put(node, "dateModified", head.updated)
        node["inLanguage"] = self.language
        _put(node, "keywords", list(head.tags))
        node |= {"author": {"@type": "Organization", "name": self.site_name}, "isPartOf": self._site()}
        return node

    def _named_note(self, note: Document) -> _Node:
        address = self.urls.canonical(self.urls.note(note.id))
        node: _Node = {"@type": "CreativeWork"}
        if address:
            node |= {"@id": address, "url": address}
        node["name"] = plain_text(note.title)
        return node

    def _site(self) -> _Node:
        node: _Node = {"@type": "WebSite"}
        address = self.urls.canonical(self.urls.home)
        if address:
            node |= {"@id": address, "url": address}
        node["name"] = self.site_name
        return node

    def _crumbs(self, facts: PageView, *trail: Crumb) -> _Node | None:
        if not facts.canonical:
            return None
        steps = (Crumb(self.site_name, self.urls.home), *trail, Crumb(facts.title, facts.url))
        items = [
            {"@type": "ListItem", "position": number, "name": step.name, "item": self.urls.canonical(step.path)}
            for number, step in enumerate(steps, start=1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": items}

    def _script(self, node: _Node, crumbs: _Node | None) -> str:
        nodes = [node] if crumbs is None else [node, crumbs]
        return script({"@context": _CONTEXT, "@graph": nodes})


def script(content: _Node) -> str:
    r"""Write JSON-LD as an element of a page: whatever a title says, it does not end the element.

    >>> script({"name": "</script>"})
    '<script type="application/ld+json">{"name":"\\u003c/script>"}</script>\n'
    """
    text = _SPELLER.encode(content).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>\n'


def _put(node: _Node, name: str, value: object) -> None:
    """Say something of a node if there is something to say."""
    if value:
        node[name] = value


@lru_cache(maxsize=_REMEMBERED)
def _work(source: Source) -> _Node:
    """Describe a work; whoever gets it must not change it."""
    node: _Node = {"@type": _TYPES.get(source.type, "ScholarlyArticle")}
    _put(node, "@id", source.link)
    _put(node, "url", source.link)
    _put(node, "name", source.title or source.key)
    authors = [name for name in source.authors if name != "et al."]
    _put(node, "author", [{"@type": "Person", "name": name} for name in authors])
    _put(node, "datePublished", source.year)
    if source.venue:
        node["isPartOf"] = {"@type": "CreativeWork", "name": source.venue}
    for scheme, value in (("doi", source.doi), ("arxiv", source.arxiv)):
        if value:
            node["identifier"] = {"@type": "PropertyValue", "propertyID": scheme, "value": value}
            break
    return node
