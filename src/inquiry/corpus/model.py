"""The nouns of a knowledge base: notes, lines, their heads and sources; `corpus.body` has those of their texts.

Everything is frozen and typed, parsed once, and says where it was written.  A *document* is a note or a line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inquiry.corpus.body import Body
    from inquiry.diagnostics import Diagnostic, Span

_ARXIV_DOIS = "10.48550/arxiv."
"""How DOIs begin that arXiv gives."""


class Kind(StrEnum):
    """The two kinds of document."""

    NOTE = "note"
    LINE = "line"


class Visibility(StrEnum):
    """Who gets to see a document."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    """Has a page, and is named by nothing: no list, graph, feed, search or suggestion."""
    DRAFT = "draft"
    """Has no page (`draft: true` or `publish: false`)."""


class RelationKind(StrEnum):
    """How a note bears on another; the order is the order on a page."""

    CONTRADICTS = "contradicts"
    QUALIFIES = "qualifies"
    SUPPORTS = "supports"
    EXTENDS = "extends"


@dataclass(frozen=True, slots=True)
class Reference:
    """A value of the front matter that names something, with its place."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """A paper, book or page that a note rests on."""

    key: str = ""
    """Key in the bibliography, or empty when written in the note."""
    title: str = ""
    authors: tuple[str, ...] = ()
    """Names as "Given Family"; "et al." may be the last."""
    year: str = ""
    """As printed, mostly four digits."""
    venue: str = ""
    doi: str = ""
    """Bare, as in `10.1000/182`."""
    arxiv: str = ""
    """Bare, as in `2305.11383`."""
    url: str = ""
    type: str = "article"
    """CSL type, as in `article-journal`, `paper-conference`, `book`, `webpage`."""
    span: Span | None = None
    """Where it is defined."""
    path: str = ""
    """File that defines it."""

    @property
    def link(self) -> str:
        """The best address: DOI, then arXiv, then URL; empty for none."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.arxiv:
            return f"https://arxiv.org/abs/{self.arxiv}"
        return self.url

    @property
    def identity(self) -> str:
        """What makes two mentions the same work: key, DOI, arXiv id, URL, else title and year."""
        if self.key:
            return f"key:{self.key}"
        return next(iter(self.names), f"title:{self.title.casefold()}:{self.year}")

    @property
    def names(self) -> tuple[str, ...]:
        """By what the work may be named beside its key, the best first; a DOI that arXiv gave is its arXiv id."""
        doi = "" if self.arxiv and self.doi.lower().startswith(_ARXIV_DOIS) else self.doi.lower()
        named = (("doi", doi), ("arxiv", self.arxiv.lower()), ("url", self.url))
        return tuple(f"{prefix}:{value}" for prefix, value in named if value)


class Bibliography(dict[str, Source]):
    """Works by their keys; never changed once it is read."""

    @cached_property
    def _by_name(self) -> dict[str, Source]:
        named: dict[str, Source] = {}
        for work in self.values():
            for name in work.names:
                named.setdefault(name, work)
        return named

    def known(self, work: Source) -> Source:
        """Give a work as it stands here, be it named by DOI, arXiv id or URL; one that is not here as it is."""
        return next((self._by_name[name] for name in work.names if name in self._by_name), work)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML head of a file, typed; whatever was missing or wrong has its empty value."""

    id: Reference | None = None
    title: Reference | None = None
    summary: str = ""
    source_keys: tuple[Reference, ...] = ()
    """`source: kung2023`, as written."""
    sources: tuple[Source, ...] = ()
    """`source: {title: …}`, or flat `doi`, `authors`, …"""
    tags: tuple[str, ...] = ()
    aliases: tuple[Reference, ...] = ()
    relations: tuple[tuple[RelationKind, Reference], ...] = ()
    next: tuple[Reference, ...] = ()
    """A line's pinned next lines."""
    source_notes: tuple[Reference, ...] = ()
    """A line's `sources:`, notes it rests on without citing them in the text."""
    links: tuple[Reference, ...] = ()
    """Wikilinks in values of other keys (`related: "[[x]]"`), as Obsidian counts them."""
    created: str = ""
    """ISO date or empty."""
    updated: str = ""
    visibility: Visibility = Visibility.PUBLIC
    searchable: bool = True
    """False for `search: {exclude: true}`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Every other key, as YAML gives it."""
    body_line: int = 1
    """Line of the file on which the body begins."""
    present: bool = False
    """Whether the file has a head at all."""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A note or a line."""

    id: str
    """Unique among documents of its kind; spelled as in its URL."""
    kind: Kind
    path: str
    """File, relative to the folder of mkdocs.yml, with forward slashes: `notes/sleep/debt.md`."""
    head: FrontMatter
    body: Body
    title: str
    """Plain text: the head's, else the first heading's, else made from the file's name."""
    sources: tuple[Source, ...] = ()
    """What a note rests on: keys looked up in the bibliography, then those written in the head."""

    digest: bytes = b""
    """Hash of the whole file, for telling whether it has changed; empty where nobody asks."""
    head_digest: bytes = b""
    """The same of its front matter."""
    key: tuple[str, str] = field(init=False)
    """Kind and id: what names the document in graph and URL; kept, since everybody asks for it."""

    def __post_init__(self) -> None:
        """Keep the key."""
        object.__setattr__(self, "key", (self.kind.value, self.id))

    @property
    def is_line(self) -> bool:
        """Whether it is a line rather than a note."""
        return self.kind is Kind.LINE

    @property
    def is_public(self) -> bool:
        """Whether lists, graph, search and suggestions may name it."""
        return self.head.visibility is Visibility.PUBLIC

    @property
    def has_page(self) -> bool:
        """Whether it is published at all."""
        return self.head.visibility is not Visibility.DRAFT


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that was read."""

    notes: tuple[Document, ...]
    """All notes, drafts included, in the order of their ids."""
    lines: tuple[Document, ...]
    """All lines, drafts included, in the order of their ids."""
    bibliography: Bibliography
    """Sources by key."""
    files: frozenset[str]
    """Every other file below notes/, lines/ and docs/, relative to the folder of mkdocs.yml."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was wrong with the files as such; those of heads and bodies stand with their documents."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """Lines, then notes."""
        return self.lines + self.notes
