"""The nouns of a knowledge base: notes, lines, their links, headings and sources.

Everything is frozen and typed, parsed once, and says where it was written.  A *document* is a note or a line.
A body's HTML is kept as `Body.pieces`: finished text with `Slot`s where something depends on other documents
(a link's address, a cited title, an embedded note), so that a parsed body depends on its own bytes alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inquiry.corpus.places import Places
    from inquiry.diagnostics import Diagnostic, Position, Span


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


class LinkKind(StrEnum):
    """How a link was written."""

    WIKILINK = "wikilink"
    """`[[target]]`, `[[target|text]]`."""
    MARKDOWN = "markdown"
    """`[text](path)`, reference links included; the target is a path or a URL."""
    CITATION = "citation"
    """`[@key]`, `[@key, p. 3]`."""
    EMBED = "embed"
    """`![[target]]`."""
    IMAGE = "image"
    """`![alt](path)`."""
    AUTOLINK = "autolink"
    """`<https://…>` or a bare address."""
    HTML = "html"
    """`href` or `src` of raw HTML."""


class RelationKind(StrEnum):
    """How a note bears on another; the order is the order on a page."""

    CONTRADICTS = "contradicts"
    QUALIFIES = "qualifies"
    SUPPORTS = "supports"
    EXTENDS = "extends"


class SlotKind(StrEnum):
    """What is filled in when a page is made."""

    OPEN = "open"
    """The opening tag of a link."""
    TEXT = "text"
    """The words of a link that was written without any."""
    CLOSE = "close"
    """The closing tag of a link."""
    EMBED = "embed"
    """An embedded document, section, passage or picture."""
    SOURCE = "source"
    """An image's or raw HTML attribute's address, already inside quotes."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a body's HTML that one of its links fills."""

    kind: SlotKind
    link: int
    """Index into `Body.links`."""


class Link(NamedTuple):
    """A link as written; `graph.resolve` says what it means.

    A tuple, for there are twenty on a page; where it stands in lines and columns is worked out for whoever asks.
    """

    kind: LinkKind
    target: str
    """What is named, percent-decoded for Markdown paths, without fragment: `sleep-debt`, `../notes/x.md`,
    `https://…`, a citation key.  Empty for a link within the page."""
    fragment: str
    """What follows `#`, decoded, without it: a heading's text or id, or `^block`.  Empty for none."""
    text: str
    """The plain words of the link; empty when none were written."""
    places: Places
    """What turns its offsets into lines and columns."""
    start: int
    """Byte offset of the whole construct in the parsed text."""
    end: int
    """Byte offset just behind it."""
    target_start: int
    """Byte offset of the target with its fragment."""
    target_end: int
    """Byte offset just behind that."""
    sentence: str = ""
    """The plain sentence that the link stands in; bare citations in it are left out."""
    block: int = 0
    """Index of the paragraph, list item, cell or heading it stands in, counted from 1 through the document."""
    locator: str = ""
    """What follows a citation's key, as in `p. 3`."""
    title: str = ""
    """A Markdown link's own title, shown as a tooltip."""

    @property
    def span(self) -> Span:
        """The whole construct in the file."""
        return self.places.span(self.start, self.end)

    @property
    def target_span(self) -> Span:
        """The target with its fragment in the file."""
        return self.places.span(self.target_start, self.target_end)


class Heading(NamedTuple):
    """A heading of a body."""

    level: int
    """1 to 6, as written."""
    text: str
    """Plain words as typed, quotes straight."""
    id: str
    """Anchor: Python-Markdown's `toc` slug, `_1` for repeats, or the `{#id}` that was given."""
    places: Places
    """What turns its offsets into lines and columns."""
    start: int
    """Byte offset of the whole heading in the parsed text."""
    end: int
    """Byte offset just behind it, its line end left out."""
    piece: int = -1
    """Index into `Body.pieces` where its HTML begins; -1 for a heading of the takeaway or a footnote."""

    @property
    def span(self) -> Span:
        """The whole heading in the file."""
        return self.places.span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Passage:
    """A block with an id (`^evidence`), so that others can cite it."""

    id: str
    """Without the caret."""
    span: Span
    """The marker in the file."""
    pieces: tuple[str | Slot, ...]
    """HTML of the block, its own tags included."""
    text: str
    """Its plain words."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """An `<!-- inquiry: allow rule -->` comment."""

    rules: tuple[str, ...]
    """Names of the rules that it silences."""
    first_line: int
    """First line of the silenced block (the comment's own line, when it stands inside one).  1 for a comment above
    everything else, which so covers the head and what is said of the file as a whole."""
    last_line: int
    """Last line of the silenced block."""


@dataclass(frozen=True, slots=True)
class RawHtml:
    """A run of the author's own HTML that has attributes, as it stands in the file, its comments blanked."""

    text: str
    start: Position
    """Where its first character stands."""


@dataclass(frozen=True, slots=True)
class Body:
    """A parsed Markdown body."""

    pieces: tuple[str | Slot, ...] = ()
    """HTML, with slots where other documents decide; footnotes at the end included, takeaway excluded."""
    takeaway: tuple[str | Slot, ...] = ()
    """HTML inside the `[!takeaway]` callout; empty for none."""
    takeaway_text: str = ""
    """Its plain words."""
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    passages: tuple[Passage, ...] = ()
    anchors: frozenset[str] = frozenset()
    """Every id of the page's body that a fragment can name: headings, passages as `^id`, footnotes, raw HTML ids."""
    html: tuple[RawHtml, ...] = ()
    """The author's own HTML, in order: what is wrong in it is for the checker to say."""
    text: str = ""
    """Plain text of the body without code blocks, comments and set-off formulas: for search and suggestions."""
    words: int = 0
    """Number of words, for the reading time."""
    title: str = ""
    """Plain text of the first heading when it is of level 1; the page shows it as its title, not in the body."""
    title_html: str = ""
    """The same with its inline markup, links taken out."""
    is_blank: bool = False
    """Whether nothing of it is shown, its title aside."""
    allowances: tuple[Allowance, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    """Faults that the body alone shows; their `path` is the one given to the parser."""


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
        for prefix, value in (
            ("key", self.key),
            ("doi", self.doi.lower()),
            ("arxiv", self.arxiv.lower()),
            ("url", self.url),
        ):
            if value:
                return f"{prefix}:{value}"
        return f"title:{self.title.casefold()}:{self.year}"


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
    bibliography: Mapping[str, Source]
    """Sources by key."""
    files: frozenset[str]
    """Every other file below notes/, lines/ and docs/, relative to the folder of mkdocs.yml."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was wrong with the files as such; those of heads and bodies stand with their documents."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """Lines, then notes."""
        return self.lines + self.notes
