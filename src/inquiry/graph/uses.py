"""The nouns of the graph: who uses whom, and what documents gather under.

Whatever they name is public, though an unlisted page may be the one that asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inquiry.corpus.body import Link, LinkKind
from inquiry.corpus.model import Document, Kind, RelationKind

if TYPE_CHECKING:
    from inquiry.corpus.model import Source

Key = tuple[str, str]
"""`Document.key`: kind and id."""


class Occurrence(NamedTuple):
    """One link of a body, with its place among the body's links; a tuple, for there is one for every link."""

    place: int
    """Index into `Body.links`, and into `KnowledgeGraph.resolutions` of the document."""
    link: Link


@dataclass(frozen=True, slots=True)
class Mention:
    """A document's use of another, whatever the kinds of the two."""

    document: Document
    """The document that is cited, linked to or embedded."""
    occurrences: tuple[Occurrence, ...]
    """Every link to it, in order; empty when only the front matter names it."""

    @property
    def embeds(self) -> bool:
        """Whether it is embedded, whole or in part."""
        return any(occurrence.link.kind is LinkKind.EMBED for occurrence in self.occurrences)


@dataclass(frozen=True, slots=True)
class Citation:
    """A line's use of a note."""

    note: Document
    occurrences: tuple[Occurrence, ...]
    """Every link to the note, in order; empty for a note listed in `sources:` and not cited."""


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A work that a document cites by key and that no single note stands for."""

    source: Source
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Backlink:
    """A public document that cites or links here."""

    origin: Document
    occurrences: tuple[Occurrence, ...]
    """Every link in its body, in order; empty when only its front matter names this document."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that the links stand in, each once, as `Link.sentence` has them."""
        return tuple(dict.fromkeys(o.link.sentence for o in self.occurrences if o.link.sentence))


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between a note and another, seen from one of the two."""

    kind: RelationKind
    note: Document
    """The note at the other end."""
    outgoing: bool
    """True when this note contradicts (…) the other, False when it is contradicted by it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two notes of one line, the left of which contradicts or qualifies the right."""

    kind: RelationKind
    left: Document
    right: Document


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag with the public documents that have it; spellings that differ in case only are one topic."""

    name: str
    """As first spelled, going through lines, then notes, by id."""
    lines: tuple[Document, ...]
    notes: tuple[Document, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Lines, then notes."""
        return self.lines + self.notes

    @property
    def size(self) -> int:
        """How many documents have it."""
        return len(self.lines) + len(self.notes)


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """A work with all that rests on it."""

    source: Source
    notes: tuple[Document, ...]
    """Notes that rest on it, by id."""
    lines: tuple[Document, ...]
    """Lines that cite one of these notes or the work itself, by id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A note that is linked but not written."""

    name: str
    """As first spelled, going through lines, then notes, by id."""
    backlinks: tuple[Backlink, ...]


def by_id(document: Document) -> tuple[bool, str]:
    """Order lines before notes, then by id."""
    return (document.kind is Kind.NOTE, document.id)


def by_title(document: Document) -> tuple[bool, str, str, str]:
    """Order lines before notes, then by title in any case, then by id."""
    return (document.kind is Kind.NOTE, document.title.casefold(), document.title, document.id)
