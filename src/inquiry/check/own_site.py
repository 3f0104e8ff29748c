"""Addresses of the own site, looked up in what a build would publish: the site need not be there yet.

An address may be absolute (`https://example.org/kb/notes/x/`), a path from the host (`/kb/notes/x/`), or, in raw
HTML, relative to a page.  Hosts of static files answer a missing slash with a redirect, and a wrong ending with
nothing.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from inquiry.check.theme_files import theme_has
from inquiry.graph.names import composed, folded
from inquiry.graph.near import NearNames
from inquiry.graph.published import published, site_urls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inquiry.check.pages.read import Docs
    from inquiry.config import Project
    from inquiry.corpus.model import Corpus, Document
    from inquiry.graph.knowledge import KnowledgeGraph

_MADE_BY_MKDOCS = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json", "robots.txt"})
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Arrived:
    """The address is there."""

    source: str = ""
    """File that it shows, relative to the folder of mkdocs.yml; empty for a list, and for files beside notes."""


@dataclass(frozen=True, slots=True)
class SentOn:
    """The address leads on to another."""

    right: str
    """Path from the site's root."""
    why: str


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Nothing is published there."""

    right: tuple[str, ...] = ()
    """Paths from the site's root that were perhaps meant."""
    hidden: str = ""
    """File that would be there, were it published."""
    case: bool = False
    """Whether the only difference is in upper and lower case."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Only a build can tell."""


Landing = Arrived | SentOn | Nowhere | Unknown


class OwnSite:
    """The built site, by what is known before it is built."""

    def __init__(self, project: Project, corpus: Corpus, graph: KnowledgeGraph, docs: Docs) -> None:
        self._project = project
        self._docs = docs
        self.urls = site_urls(project, graph)
        self._known = published(corpus, graph, self.urls, docs.files.pages)
        self._drafts = {
            self.urls.destination(self.urls.document(one)): one.path for one in corpus.documents if not one.has_page
        }
        self._drafts |= {self.urls.destination(self._address(path)): path for path in docs.files.hidden}
        self._sources = {self.urls.destination(self.urls.asset(path)): path for path in docs.files.files}
        self._sources |= {self.urls.destination(self.urls.doc(path)): path for path in docs.files.pages}
        for document in corpus.documents:
            if document.has_page:
                self._sources.setdefault(self.urls.destination(self.urls.document(document)), document.path)
        hidden = {self.urls.destination(self.urls.asset(path)) for path in docs.files.hidden}
        self._files = {composed(one): one for one in self._known.files - hidden}
        parts = urlsplit(project.site_url)
        self._host = _host(project.site_url)
        self.prefix = parts.path.rstrip("/") + "/"

    def path_of(self, url: str) -> str | None:
        """Give the path of an absolute address of this site from its root, query and fragment left out; else None."""
        if not self._host or _host(url) != self._host:
            return None
        path = urlsplit(url).path or "/"
        return self._below_prefix(path)

    def path_from_host(self, path: str) -> str | None:
        """Give what an address such as `/kb/notes/x/` names, from the site's root; None outside the site."""
        return self._below_prefix(path.partition("#")[0].partition("?")[0])

    def look_up(self, path: str) -> Landing:
        """Say what lies at a path from the site's root, decoded.

        Without `site_url` the site may lie in any folder of its host: then a first folder too many is no fault.
        """
        landing = self._look_up(composed(path))
        if isinstance(landing, Nowhere) and not self._project.site_url and "/" in path.strip("/"):
            other = self._look_up(composed(path.partition("/")[2]))
            return landing if isinstance(other, Nowhere) else other
        return landing

    def shown_for(self, document: Document) -> str:
        """Name the file that readers see at a document's address: an ordinary one goes first."""
        return self._sources.get(self.urls.destination(self.urls.document(document)), document.path)

    def page_path(self, source: str) -> str:
        """Give the address of an ordinary page, decoded: what relative addresses in it count from."""
        return unquote(self.urls.doc(source))

    def absolute(self, path: str) -> str:
        """Spell a path from the site's root as one from its host."""
        return f"{self.prefix}{path}"

    def _below_prefix(self, path: str) -> str | None:
        decoded = unquote(path)
        if f"{decoded}/" == self.prefix:
            return ""
        clean = posixpath.normpath(decoded)
        clean = f"/{clean.lstrip('/')}" + ("/" if decoded.endswith(("/", "/.")) and clean.strip("/") else "")
        return clean[len(self.prefix) :] if clean.startswith(self.prefix) else None

    def _look_up(self, path: str) -> Landing:
        destination = f"{path}index.html" if not path or path.endswith("/") else path
        if self._is_there(destination):
            return Arrived(self._sources.get(destination, ""))
        if destination in self._known.redirects:
            return SentOn(self._home_of(self._known.redirects[destination]), "only a redirect leads on")
        if not path.endswith("/") and (right := f"{path}/") and self._is_there(f"{right}index.html"):
            return SentOn(right, "hosts redirect it to the address with a slash")
        if f"{path}/index.html" in self._known.redirects:
            return SentOn(self._home_of(self._known.redirects[f"{path}/index.html"]), "only a redirect leads on")
        if theme_has(self._project, self._docs.configuration, destination):
            return Arrived()
        return self._missing(path, destination)

    def _missing(self, path: str, destination: str) -> Landing:
        hidden = self._drafts.get(destination) or self._drafts.get(f"{path}/index.html")
        if hidden:
            return Nowhere(hidden=hidden)
        for right in _other_endings(path):
            if self._is_there(self.urls.destination(right) if right.endswith("/") else right):
                return Nowhere((right,))
        if cased := self._any_case.get(folded(destination)):
            return Nowhere((cased.removesuffix("index.html"),), case=True)
        if not self._docs.all_known:
            return Unknown()
        return Nowhere(tuple(one for one in self._near.near(path.rstrip("/").rpartition("/")[2]) if one != path))

    def _is_there(self, destination: str) -> bool:
        made = destination in self._known.pages or destination in self._files or destination in _MADE_BY_MKDOCS
        return made or self._known.is_for_programs(destination)

    def _home_of(self, document: Document) -> str:
        return unquote(self.urls.document(document))

    def _address(self, path: str) -> str:
        return self.urls.doc(path) if path.endswith(".md") else self.urls.asset(path)

    @cached_property
    def _any_case(self) -> Mapping[str, str]:
        return {folded(one): one for one in sorted({*self._known.pages, *self._files})}

    @cached_property
    def _near(self) -> NearNames:
        pages = (one.removesuffix("index.html") for one in self._known.pages)
        return NearNames((one.rstrip("/").rpartition("/")[2], one) for one in sorted({*pages, *self._files}))


def _other_endings(path: str) -> tuple[str, ...]:
    """List what a page may be called elsewhere: its file, its source."""
    bare = path.rstrip("/")
    if bare.endswith("/index.html") or bare == "index.html":
        return (bare.removesuffix("index.html"),)
    for ending in (".html", ".htm", ".md"):
        if bare.endswith(ending):
            stem = bare.removesuffix(ending)
            folder = stem.removesuffix("index").removesuffix("README")
            return (f"{stem}/", folder if folder != stem else f"{stem}.html")
    return (f"{bare}.html",)


def _host(url: str) -> tuple[str, int] | None:
    """Give host and port of an address, whatever its scheme; None for what has none."""
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.lower() or "https"
        port = parts.port or _DEFAULT_PORTS.get(scheme, 0)
    except ValueError:
        return None
    if not parts.hostname or scheme not in _DEFAULT_PORTS:
        return None
    return parts.hostname.lower(), 0 if port in _DEFAULT_PORTS.values() else port
