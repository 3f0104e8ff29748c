"""What a Markdown body becomes: HTML with gaps, links, headings and whatever else of it can be asked about.

HTML is kept as `Body.pieces`: finished text with `Slot`s where something depends on other documents (a link's address,
a cited title, an embedded note), so that a parsed body depends on its own bytes alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from inquiry.corpus.places import Places
    from inquiry.diagnostics import Diagnostic, Position, Span


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
    """The plain sentence that the link stands in, with marks for links without words (`sentences.split_at_links`)."""
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
