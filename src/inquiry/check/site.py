"""The whole site as its checks see it: notes and lines, ordinary pages, and every address of the build."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from inquiry.check.file_anchors import FilePlaces
from inquiry.check.landings import Spot, encoded, landing_fault, outside_the_site, written_fault
from inquiry.check.own_site import Arrived, OwnSite, SentOn, Unknown
from inquiry.check.text_fragments import DIRECTIVE, PageTexts, lost_words
from inquiry.check.wording import did_you_mean, quoted
from inquiry.diagnostics import finding
from inquiry.graph.anchors import SECTION_IDS
from inquiry.graph.near import NearNames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.check.pages.read import Docs
    from inquiry.config import Project
    from inquiry.corpus.model import Corpus, Document
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolve import Resolver

HOME_IDS = frozenset({"recent-title", "most-sourced-title", "map-title", "topics-title"})
"""Ids of the listings that the home page gets below the author's words."""


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that a check of addresses asks."""

    corpus: Corpus
    graph: KnowledgeGraph
    resolver: Resolver
    docs: Docs
    own: OwnSite
    documents: dict[str, Document]
    """Notes and lines by their files."""
    places: FilePlaces
    """What fragments can name in files that are no pages."""
    texts: PageTexts
    """The words of pages, for links that name some."""
    own_home: bool
    """Whether the author has a template for the home page, whose ids nobody knows here."""

    @classmethod
    def of(cls, project: Project, corpus: Corpus, graph: KnowledgeGraph, resolver: Resolver, docs: Docs) -> Site:
        """Lay out what is published."""
        documents = {document.path: document for document in corpus.documents}
        own_home = (project.templates_dir / "home.html").is_file()
        own = OwnSite(project, corpus, graph, docs)
        places, texts = FilePlaces(project.root), PageTexts(project.root, graph)
        return cls(corpus, graph, resolver, docs, own, documents, places, texts, own_home)

    def publishes(self, path: str) -> bool:
        """Tell whether MkDocs finds a page or a file under a source path that counts from docs/."""
        source = posixpath.normpath(posixpath.join(self.docs.files.folder, path))
        if source in self.docs.pages or source in self.docs.files.files or path in self.corpus.files:
            return True
        landing = self.own.look_up(path.removesuffix("index.md") if f"/{path}".endswith("/index.md") else path)
        return isinstance(landing, Arrived | Unknown)

    def address_findings(self, spot: Spot, url: str) -> Iterator[Diagnostic]:
        """Judge an absolute address or a path from the host."""
        if url.startswith("/") and not url.startswith("//"):
            path = self.own.path_from_host(url)
            if path is None:
                named = unquote(url.partition("#")[0].partition("?")[0]).lstrip("/")
                there = isinstance(self.own.look_up(named), Arrived | SentOn)
                yield outside_the_site(spot, self.own.prefix, self.own.absolute(encoded(named)) if there else "")
                return
            yield from self._own_address(spot, path, url)
        elif (path := self.own.path_of(url)) is not None:
            yield from self._own_address(spot, path, url)
        else:
            yield from written_fault(spot, url)

    def _own_address(self, spot: Spot, path: str, url: str) -> Iterator[Diagnostic]:
        landing = self.own.look_up(path)
        host = f"{urlsplit(url).scheme or 'https'}://{urlsplit(url).netloc}" if "//" in url else ""
        yield from landing_fault(spot, landing, lambda right: f"{host}{self.own.absolute(encoded(right))}")
        if isinstance(landing, Arrived):
            yield from self.anchor_findings(spot, landing.source, url.partition("#")[2])

    def anchor_findings(self, spot: Spot, source: str, fragment: str) -> Iterator[Diagnostic]:
        """Judge a fragment of the page that is made of this file; what nobody can know holds."""
        if fragment and (fault := self.places.fault(source, unquote(fragment))):
            yield finding("missing-anchor", spot.path, spot.span, fault[0], hint=fault[1])
        if DIRECTIVE in fragment:
            target = self.documents.get(source, source)
            if lost := self.texts.lost(target, unquote(fragment)):
                yield lost_words(spot.path, spot.span, target, lost)
        anchors = self._anchors(source)
        if not fragment or anchors is None:
            return
        name = fragment.partition(DIRECTIVE)[0]
        decoded = unquote(name)
        if not name or decoded.lower() == "top" or decoded.startswith("__") or anchors & {name, decoded}:
            return
        page = "this page" if source == spot.path else quoted(source)
        hint = did_you_mean(NearNames((one, one) for one in sorted(anchors)).near(decoded))
        message = f"{page} has no heading {quoted(decoded)}"
        yield finding("missing-anchor", spot.path, spot.span, message, hint=hint)

    def _anchors(self, source: str) -> frozenset[str] | None:
        """List the ids of a page; None when a build may add some."""
        if source in self.documents:
            return self.documents[source].body.anchors | SECTION_IDS
        page = self.docs.pages.get(source)
        if page is None or not page.complete:
            return None
        if self.own.page_path(source) not in {"", "index.html"}:
            return page.anchors
        return None if self.own_home else page.anchors | HOME_IDS
