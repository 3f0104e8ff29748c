"""Say what the links of ordinary pages mean, by the resolver that notes and lines ask.

Stands between the Python-Markdown extension, which knows how a link is written, and the graph's resolver,
which knows what it names.  Holds the page that MkDocs is rendering, because Python-Markdown tells its
extensions nothing of it.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from inquiry.corpus.model import Body, Document, FrontMatter, Kind
from inquiry.diagnostics import Span
from inquiry.graph.resolve import External, Found, FoundFile, FoundSource, MissingAnchor
from inquiry.site.docs_links import Answer, Asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from inquiry.corpus.model import Corpus
    from inquiry.graph.resolve import Resolution, Resolver

    Report = Callable[[Document, Asked, Resolution, Span], None]


class DocsPages:
    """Answers for the ordinary page that is being rendered."""

    def __init__(
        self, corpus: Corpus, resolver: Resolver, work_uri: Callable[[str], str], docs: str, report: Report
    ) -> None:
        """Keep what every answer needs.

        `work_uri` returns the source path of a work's page, by its identity, and empty for one without;
        `docs` is the folder of the ordinary pages from the folder of mkdocs.yml.  `report` is told of every
        resolution that leads nowhere.
        """
        self._resolver = resolver
        self._work_uri = work_uri
        self._docs = docs
        self._report = report
        self._documents = {document.path for document in corpus.documents}
        self._folders = {path.split("/", 1)[0] for path in self._documents}
        self._files = corpus.files
        self._page = _stand_in("")
        self._text = ""
        self._at = 0
        self.src_uri = ""

    def enter(self, src_uri: str, text: str) -> None:
        """Begin a page; `text` is its whole file, to find the places of its links."""
        self.src_uri = src_uri
        self._page = _stand_in(posixpath.join(self._docs, src_uri))
        self._text = text
        self._at = 0

    def answer(self, asked: Asked) -> Answer | None:
        """Say where a link leads; a link that leads nowhere is reported."""
        span = self._place(asked.written)
        meaning = self._resolver.resolve_target(asked.target, asked.fragment, asked.kind, self._page.path, None)
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
                self._report(self._page, asked, meaning, span)
                return self._document(document, "")
            case _:
                self._report(self._page, asked, meaning, span)
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

    def _place(self, written: str) -> Span:
        """Find a link in the file; patterns run roughly in reading order, so look on from the last one."""
        at = self._text.find(written, self._at)
        at = at if at >= 0 else self._text.find(written)
        if at < 0:
            return Span.at(1)
        self._at = at + 1
        line_start = self._text.rfind("\n", 0, at) + 1
        line = self._text.count("\n", 0, at) + 1
        return Span.at(line, at - line_start + 1, len(written))


def _stand_in(path: str) -> Document:
    """Make the document that a finding about an ordinary page names as its origin."""
    return Document(path, Kind.NOTE, path, FrontMatter(), Body(), "")
