"""Spell addresses: the one place that knows where a page lies and how another page reaches it.

A *path* is the published address from the site's root, percent-encoded, the same whatever host serves it:
`notes/sleep-debt/`.  `Urls` turns ids into paths, paths into the files they are written to and into links
between pages.  No template, view or plugin joins address strings itself.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote, unquote

from inquiry.corpus.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inquiry.corpus.model import Document

SLUG_LENGTH = 60
"""Longest slug made from free text, in characters: 60 astral letters fit the 255 bytes of a file name."""

_BREAKS = re.compile(r"[^\w.-]+|_{2,}|-{2,}")
_UP = tuple("../" * depth for depth in range(16))
"""The way from a page at each depth to the root; deeper pages are rare enough to be computed."""


def slug_of_topic(name: str) -> str:
    """Spell a topic for its address: lower case, letters of every script kept, all else a hyphen.

    >>> slug_of_topic("Health/Sleep debt")
    'health-sleep-debt'
    """
    return _trimmed(_BREAKS.sub("-", name.lower())) or "topic"


def slug_of_source(identity: str) -> str:
    """Spell a work for its address; `key:kung2023` and `kung2023` are the same work.

    >>> slug_of_source("key:kung2023"), slug_of_source("doi:10.1000/182")
    ('kung2023', 'doi-10.1000-182')
    """
    return _trimmed(_BREAKS.sub("-", identity.removeprefix("key:"))) or "source"


def allocate_slugs(names: Iterable[str], slugs: Iterable[str]) -> dict[str, str]:
    """Give each name a slug of its own; whoever comes later in the order gets `-2`, `-3`, ….

    Slugs that differ in case only are taken for the same, because some file systems do so.

    >>> allocate_slugs(["a/b", "a b"], ["a-b", "a-b"])
    {'a/b': 'a-b', 'a b': 'a-b-2'}
    """
    wanted = dict(zip(names, slugs, strict=True))
    allocated: dict[str, str] = {}
    taken: set[str] = set()
    for name, slug in wanted.items():
        free, count = slug, 1
        while free.casefold() in taken:
            count += 1
            free = f"{slug}-{count}"
        taken.add(free.casefold())
        allocated[name] = free
    return allocated


@dataclass(frozen=True, slots=True)
class Urls:
    """The addresses of one site."""

    site_url: str = ""
    """Absolute address of the site's root; empty when mkdocs.yml does not say."""
    use_directory_urls: bool = True
    """False for sites that are read from a disk: links then name `index.html`."""
    docs: str = "docs"
    """Folder of the ordinary pages, relative to the folder of mkdocs.yml."""
    topic_slugs: Mapping[str, str] = field(default_factory=dict)
    """Slug of each topic whose own might collide; others are spelled by `slug_of_topic`."""
    source_slugs: Mapping[str, str] = field(default_factory=dict)
    """The same for works, by identity."""
    has_map: bool = True
    """Whether the settings want a map of everything."""

    home: ClassVar[str] = ""
    lines: ClassVar[str] = "lines/"
    notes: ClassVar[str] = "notes/"
    topics: ClassVar[str] = "topics/"
    sources: ClassVar[str] = "sources/"
    open_questions: ClassVar[str] = "open-questions/"
    changes: ClassVar[str] = "changes/"
    map: ClassVar[str] = "map/"
    llms: ClassVar[str] = "llms.txt"
    graph: ClassVar[str] = "graph.json"
    atom: ClassVar[str] = "feed.xml"
    """Feed beside the page of a topic or a line; the site's own lies at the root."""
    json_feed: ClassVar[str] = "feed.json"
    markdown: ClassVar[str] = "index.md"
    """The Markdown of a note or a line, beside its page."""
    card: ClassVar[str] = "card.png"
    """The picture of a page, likewise; and so are what it can be cited by and, last, what it rests on."""
    bibtex: ClassVar[str] = "cite.bib"
    ris: ClassVar[str] = "cite.ris"
    csl: ClassVar[str] = "cite.json"
    reading_list: ClassVar[str] = "sources.bib"

    @classmethod
    def allocated(
        cls,
        site_url: str,
        *,
        use_directory_urls: bool,
        docs: str = "docs",
        topics: Iterable[str] = (),
        sources: Iterable[str] = (),
        has_map: bool = True,
    ) -> Urls:
        """Make addresses in which no two topics and no two works meet.

        The order of `topics` and `sources` decides who keeps the plain slug, so pass them sorted.
        """
        topics, sources = tuple(topics), tuple(sources)
        return cls(
            site_url,
            use_directory_urls,
            docs,
            allocate_slugs(topics, map(slug_of_topic, topics)),
            allocate_slugs(sources, map(slug_of_source, sources)),
            has_map,
        )

    def line(self, id: str) -> str:  # noqa: A002 - the glossary's word
        """Return the path of a line's page."""
        return f"lines/{_encoded(id)}/"

    def note(self, id: str) -> str:  # noqa: A002 - the glossary's word
        """Return the path of a note's page."""
        return f"notes/{_encoded(id)}/"

    def document(self, document: Document) -> str:
        """Return the path of a note's or a line's page."""
        return self.line(document.id) if document.kind is Kind.LINE else self.note(document.id)

    def topic(self, tag: str) -> str:
        """Return the path of a topic's page."""
        return f"topics/{_encoded(self.topic_slugs.get(tag) or slug_of_topic(tag))}/"

    def source(self, identity: str) -> str:
        """Return the path of a work's page; `identity` is a bibliography key or a `Source.identity`."""
        slug = self.source_slugs.get(identity) or self.source_slugs.get(f"key:{identity}")
        return f"sources/{_encoded(slug or slug_of_source(identity))}/"

    def beside(self, page: str, name: str) -> str:
        """Return the path of a file that lies beside a page."""
        return f"{page}{name}"

    def asset(self, path: str) -> str:
        """Return the path of a file that is published as it is; a file of docs/ loses that folder's name."""
        return _encoded(self._below_docs(path))

    def at_root(self, path: str) -> str:
        """Return an old address that was written from the site's root, without its first slash."""
        return _encoded(path)

    def doc(self, src_path: str) -> str:
        """Return the path of an ordinary page, by MkDocs's rules for `index.md`, `README.md` and the rest."""
        folder, name = posixpath.split(self._below_docs(src_path))
        stem = posixpath.splitext(name)[0]
        is_index = stem in {"index", "README"}
        if self.use_directory_urls:
            parts = [folder] if is_index else [folder, stem]
            return _encoded("".join(f"{part}/" for part in parts if part))
        return _encoded(posixpath.join(folder, "index.html" if is_index else f"{stem}.html"))

    def destination(self, path: str) -> str:
        """Return the file that a path is written to, from the root of the published site."""
        return unquote(_with_index(path))

    def relative(self, to: str, page: str) -> str:
        """Link from the page at path `page` to the path `to`, through the root.

        Called for every link of every page, so it only counts slashes.
        """
        depth = page.count("/")
        up = _UP[depth] if depth < len(_UP) else "../" * depth
        if not self.use_directory_urls:
            return up + _with_index(to)
        return up + to or "./"

    def canonical(self, path: str) -> str:
        """Return the absolute address; empty when the site's own is not known."""
        if not self.site_url:
            return ""
        root = self.site_url if self.site_url.endswith("/") else f"{self.site_url}/"
        return root + (path if self.use_directory_urls else _with_index(path))

    def _below_docs(self, path: str) -> str:
        return path.removeprefix(f"{self.docs}/")


def _with_index(path: str) -> str:
    return f"{path}index.html" if not path or path.endswith("/") else path


def _trimmed(slug: str) -> str:
    return slug[:SLUG_LENGTH].strip("-._")


@cache
def _encoded(path: str) -> str:
    """Percent-encode a path; segments that would climb out of their folder lose their meaning."""
    if "." not in path and "/" not in path:
        return quote(path)
    climbing = {".", ".."}
    return "/".join("-" if segment in climbing else quote(segment) for segment in path.split("/"))
