"""Stamps: a short name for all that a page shows, so that a page whose stamp stays need not be made again.

A document's *outside* is a hash of what lists, cards, feeds and the graph show of it; its *face* is a hash of what any
page may show, its whole text included.  The stamp of a document's page is made of its own face, those of all documents
that it names or that name it, and the suggestions that it shows; the stamp of a list, of the outsides of what it lists.
That is more than a page shows, never less: a stamp that changes too often costs a rendering, one that stays too long a
page that is wrong.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from inquiry.corpus.body import LinkKind
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
_OPENING = 2_000
"""Characters of a text that may describe its page where there is no summary; far more than are shown."""


class Prepared(NamedTuple):
    """What stamps are made of, each by the key of its document."""

    faces: dict[tuple[str, str], bytes]
    outsides: dict[tuple[str, str], bytes]
    grounds: dict[tuple[str, str], bytes]
    """Stamps of the pages of documents, but for the suggestions on them."""


class Stamps:
    """Stamps of the pages of one site."""

    def __init__(self, graph: KnowledgeGraph, urls: Urls) -> None:
        self._graph = graph
        self._urls = urls
        self._known = Prepared({}, {}, {})
        self._all: bytes = b""
        self._listed: bytes = b""

    def prepare(self, documents: Iterable[Document]) -> Prepared:
        """Make all that needs no suggestions, in any process."""
        for document in documents:
            self._ground(document)
        return self._known

    def take(self, prepared: Prepared) -> None:
        """Take what was prepared by another process."""
        self._known = prepared

    def document(self, document: Document, shown: Iterable[Suggestion]) -> bytes:
        """Stamp the page of a note or a line, given the suggestions on it."""
        parts: list[bytes | str] = [self._ground(document)]
        for each in shown:
            parts.append(repr((each.key, each.role, tuple(each.reasons))))
            if other := self._graph.public.get(each.key):
                parts.append(self._outside(other))
        return _hash(*parts)

    def _ground(self, document: Document) -> bytes:
        known = self._known.grounds.get(document.key)
        if known is None:
            graph = self._graph
            around = {other.key: other for other in self._named(document)}
            around |= {backlink.origin.key: backlink.origin for backlink in graph.backlinks(document)}
            around |= {relation.note.key: relation.note for relation in graph.relations(document)}
            faces = [self._face(other) for _, other in sorted(around.items())]
            known = self._known.grounds[document.key] = _hash(self._face(document), *faces)
        return known

    def topic(self, topic: Topic) -> bytes:
        """Stamp the page of a topic."""
        return _hash("topic", topic.name, *map(self._outside, topic.documents))

    def source(self, group: SourceGroup) -> bytes:
        """Stamp the page of a work."""
        return _hash("source", repr(group.source), *map(self._outside, (*group.notes, *group.lines)))

    def redirect(self, path: str, document: Document) -> bytes:
        """Stamp the page at a document's old address."""
        return _hash("redirect", path, self._outside(document))

    def everything(self) -> bytes:
        """Stamp a page that lists all there is, with sentences of it."""
        if not self._all:
            self._all = _hash("all", self.listed(), *map(self._face, self._graph.documents))
        return self._all

    def listed(self) -> bytes:
        """Stamp a page that lists all there is."""
        if not self._listed:
            wanted = [(one.name, [backlink.origin.key for backlink in one.backlinks]) for one in self._graph.wanted]
            works = [(identity, repr(group.source)) for identity, group in self._graph.source_groups.items()]
            outsides = map(self._outside, self._graph.documents)
            self._listed = _hash("listed", repr(wanted), repr(works), *outsides)
        return self._listed

    def _face(self, document: Document) -> bytes:
        known = self._known.faces.get(document.key)
        if known is None:
            known = self._known.faces[document.key] = _hash(document.digest, self._outside(document))
        return known

    def _outside(self, document: Document) -> bytes:
        known = self._known.outsides.get(document.key)
        if known is None:
            known = self._known.outsides[document.key] = self._make_outside(document)
        return known

    def _make_outside(self, document: Document) -> bytes:
        graph, urls = self._graph, self._urls
        topics = [graph.topic(tag) for tag in document.head.tags]
        facts = (
            document.path,
            document.id,
            document.title,
            document.head.summary or document.body.text[:_OPENING],
            document.body.takeaway_text,
            [(topic.name, topic.size, urls.topic(topic.name)) for topic in topics if topic],
            [
                (repr(source), urls.source(source.identity) if source.identity in graph.source_groups else "")
                for source in document.sources
            ],
            [link.kind.value for link in document.body.links],
            [_meaning(one) for one in graph.resolutions.get(document.key, ())],
            [one.key for one in graph.links(document)],
            [(one.kind, one.note.key, one.outgoing) for one in graph.relations(document)],
            [one.note.key for one in graph.citations(document)],
            [one.key for one in graph.next_lines(document)],
            len(graph.citing_lines(document)),
        )
        return _hash(document.head_digest, repr(facts))

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
