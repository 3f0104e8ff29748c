"""Stamps: a short name for all that a page shows, so that a page whose stamp stays need not be made again.

A document's *face* is a hash of what other pages may show of it, its whole text included.  A page's stamp is the hash
of its own face and those of all documents that it names or that name it, with the suggestions that it shows.  That is
more than a page shows, never less: a stamp that changes too often costs a rendering, one that stays too long a page
that is wrong.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from inquiry.corpus.model import LinkKind
from inquiry.graph.backlinks import meant
from inquiry.graph.resolution import External, Found, FoundFile, FoundSource, MissingAnchor, WrongCase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.suggestion import Suggestion
    from inquiry.graph.urls import Urls
    from inquiry.graph.uses import SourceGroup, Topic

_BYTES = 12


class Stamps:
    """Stamps of the pages of one site."""

    def __init__(self, graph: KnowledgeGraph, urls: Urls) -> None:
        self._graph = graph
        self._urls = urls
        self._faces: dict[tuple[str, str], bytes] = {}
        self._all: bytes = b""

    def document(self, document: Document, shown: Iterable[Suggestion]) -> bytes:
        """Stamp the page of a note or a line, given the suggestions on it."""
        graph = self._graph
        around = {other.key: other for other in self._named(document)}
        around |= {backlink.origin.key: backlink.origin for backlink in graph.backlinks(document)}
        around |= {relation.note.key: relation.note for relation in graph.relations(document)}
        offered = []
        for each in shown:
            offered.append((each.key, each.role, tuple(each.reasons)))
            if other := graph.public.get(each.key):
                around[other.key] = other
        faces = [self.face(other) for _, other in sorted(around.items())]
        return _hash(self.face(document), *faces, repr(offered))

    def topic(self, topic: Topic) -> bytes:
        """Stamp the page of a topic."""
        return _hash("topic", topic.name, *map(self.face, topic.documents))

    def source(self, group: SourceGroup) -> bytes:
        """Stamp the page of a work."""
        return _hash("source", repr(group.source), *map(self.face, group.notes), *map(self.face, group.lines))

    def redirect(self, path: str, document: Document) -> bytes:
        """Stamp the page at a document's old address."""
        return _hash("redirect", path, self.face(document))

    def everything(self) -> bytes:
        """Stamp a page that lists all there is."""
        if not self._all:
            wanted = [(one.name, [backlink.origin.key for backlink in one.backlinks]) for one in self._graph.wanted]
            works = [(identity, repr(group.source)) for identity, group in self._graph.source_groups.items()]
            self._all = _hash("all", repr(wanted), repr(works), *map(self.face, self._graph.documents))
        return self._all

    def face(self, document: Document) -> bytes:
        """Hash what any page may show of a document."""
        known = self._faces.get(document.key)
        if known is None:
            known = self._faces[document.key] = self._face(document)
        return known

    def _face(self, document: Document) -> bytes:
        graph, urls = self._graph, self._urls
        topics = [graph.topic(tag) for tag in document.head.tags]
        facts = (
            document.path,
            document.id,
            [(topic.name, topic.size, urls.topic(topic.name)) for topic in topics if topic],
            [
                (repr(source), urls.source(source.identity) if source.identity in graph.source_groups else "")
                for source in document.sources
            ],
            [_meaning(one) for one in graph.resolutions.get(document.key, ())],
            [one.key for one in graph.links(document)],
            [(one.kind, one.note.key, one.outgoing) for one in graph.relations(document)],
            [one.note.key for one in graph.citations(document)],
            [one.key for one in graph.next_lines(document)],
            len(graph.citing_lines(document)),
        )
        return _hash(document.digest, repr(facts))

    def _named(self, document: Document) -> Iterator[Document]:
        """List what a page names, and, where it embeds, what is named there in turn."""
        yield from (citation.note for citation in self._graph.citations(document))
        waiting, seen = [document], {document.key}
        while waiting:
            one = waiting.pop()
            for link, meaning in zip(one.body.links, self._graph.resolutions.get(one.key, ()), strict=True):
                other = meant(meaning)
                if other is None:
                    continue
                yield other
                if link.kind is LinkKind.EMBED and other.key not in seen:
                    seen.add(other.key)
                    waiting.append(other)


def _meaning(resolution: Resolution) -> tuple[object, ...]:
    """Say what a link means, in words that change when its address or its words would."""
    match resolution:
        case Found(document, anchor):
            return (*document.key, anchor, document.title)
        case MissingAnchor(document):
            return ("missing", *document.key, document.title)
        case FoundFile(path, fragment):
            return ("file", path, fragment)
        case External(url):
            return ("url", url)
        case FoundSource(source):
            return ("source", repr(source))
        case WrongCase(path, other):
            return ("case", path, other.key if other else "")
        case _:
            return (type(resolution).__name__,)


def _hash(*parts: bytes | str) -> bytes:
    digest = blake2b(digest_size=_BYTES)
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode(errors="surrogatepass"))
        digest.update(b"\0")
    return digest.digest()
