"""Say what the links of ordinary pages mean, by the resolver that notes and lines ask.

Stands between the Python-Markdown extension, which knows how a link is written, and the graph's resolver,
which knows what it names.  Holds the page that MkDocs is rendering, because Python-Markdown tells its
extensions nothing of it.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from inquiry.graph.resolution import External, Found, FoundFile, FoundSource, MissingAnchor
from inquiry.site.docs_links import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from inquiry.corpus.model import Corpus, Document
    from inquiry.graph.resolve import Resolver
    from inquiry.site.docs_links import Asked


class DocsPages:
    """Answers for the ordinary page that is being rendered."""

    def __init__(self, corpus: Corpus, resolver: Resolver, work_uri: Callable[[str], str], docs: str) -> None:
        """Keep what every answer needs.

        `work_uri` returns the source path of a work's page, by its identity, and empty for one without;
        `docs` is the folder of the ordinary pages from the folder of mkdocs.yml.
        """
        self._resolver = resolver
        self._work_uri = work_uri
        self._docs = docs
        self._documents = {document.path for document in corpus.documents}
        self._folders = {path.split("/", 1)[0] for path in self._documents}
        self._files = corpus.files
        self._page = ""
        self.src_uri = ""

    def enter(self, src_uri: str) -> None:
        """Begin a page."""
        self.src_uri = src_uri
        self._page = posixpath.join(self._docs, src_uri)

    def answer(self, asked: Asked) -> Answer | None:
        """Say where a link leads; that it leads nowhere is for `check` to report."""
        meaning = self._resolver.resolve_target(asked.target, asked.fragment, asked.kind, self._page, None)
        match meaning:
            case Found(document, anchor):
                return self._document(document, anchor)
            case FoundFile(path, fragment):
                return Answer(self._docs_uri(path), fragment)
            case FoundSource(source):
                label = ", ".join(filter(None, (source.title, source.year))) or source.key
                uri = self._work_uri(source.identity)
                return Answer(uri, text=label, url="" if uri else source.link)
            case External(url):
                return Answer("", url=url)
            case MissingAnchor(document):
                return self._document(document, "")
            case _:
                return None

    def source_of(self, path: str) -> str | None:
        """Return the path below notes/ or lines/ that a link means; `None` when MkDocs should judge it.

        Such a path may be written as it holds in the repository (`../notes/x.md`) or as MkDocs sees it,
        with notes/ beside the ordinary pages (`notes/x.md`).
        """
        if not path.endswith(".md") or path.startswith("/"):
            return None
        seen = posixpath.normpath(posixpath.join(posixpath.dirname(self.src_uri), path))
        held = posixpath.normpath(posixpath.join(self._docs, seen))
        if held in self._files:
            return None
        for candidate in (held, seen):
            if candidate in self._documents:
                return candidate
        climbs_to_notes = held.split("/", 1)[0] in self._folders and held != seen
        return held if climbs_to_notes else None

    @staticmethod
    def _document(document: Document, anchor: str) -> Answer:
        return Answer(document.path, anchor, document.title, document.id)

    def _docs_uri(self, path: str) -> str:
        return path.removeprefix(f"{self._docs}/")
