"""Parts of what a template may see: cards, references, suggestions, and what a page can be cited as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A topic as shown beside a title."""

    name: str
    href: str
    count: int
    """Public lines and notes that have it."""


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """The paper or page that a note rests on."""

    text: str
    """Authors, year, venue: `Kung and Peng, 2023. ACL 2023`."""
    title: str
    """The work's own title."""
    link: str
    """Address outside the site (DOI, arXiv or URL); empty for none."""
    link_label: str
    """`doi:10.1000/182`, `arXiv:2305.11383` or the host; empty for none."""
    href: str
    """The work's page on this site; empty when it has none."""


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A note in a list, card or margin."""

    id: str
    title: Markup
    href: str
    summary: str
    references: tuple[ReferenceView, ...]
    date: str
    """Date of last change as printed (`3 Nov 2026`); empty for none."""
    topics: tuple[TopicLink, ...]
    cited_by: int
    """Number of public lines that cite it."""


@dataclass(frozen=True, slots=True)
class LineCard:
    """A line in a list."""

    id: str
    title: Markup
    href: str
    summary: str
    takeaway: str
    """Plain text of its takeaway; empty for none."""
    sources: int
    """Number of notes it rests on."""
    date: str
    topics: tuple[TopicLink, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place in the essay where a note is cited."""

    label: str
    """`¶ 2`."""
    href: str
    """`#cite-3`."""


@dataclass(frozen=True, slots=True)
class SourceNoteView:
    """A note in its role of being cited by the line."""

    number: int
    """In order of first citation, from 1."""
    note: NoteCard
    places: tuple[PlaceView, ...]
    """Empty for a source that is listed but not cited."""


@dataclass(frozen=True, slots=True)
class PeekView:
    """What a link leads to, in brief: a card beside the text, opened by pointing at the link."""

    kind: str
    """`note`, `line` or `source`."""
    title: Markup
    href: str
    """Where the links that it explains lead, so that a script finds it; a heading they name is left out."""
    summary: str
    """Empty when a passage is quoted."""
    reference: str
    """What a note rests on, in one line: `Kung and Peng, 2023. ACL 2023`."""
    passage: str = ""
    """Plain text of the passage that the links name; empty for none."""
    relation: str = ""
    """How the note bears on this page or on another source of it: `Contradicts “Can …?”`; empty for none."""
    number: int = 0
    """For a source of the line, its place beside the text, from 1; 0 for all else."""
    above: int = 0
    """Number of the source above it; 0 for none."""


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A next line or a related note, with why."""

    title: Markup
    href: str
    summary: str
    role: str
    """`pinned`, `closest`, `bridge`, `disagrees`, `unexplored`, `near`; empty for related notes."""
    role_label: str
    """The role in words for readers; empty for related notes."""
    reasons: tuple[str, ...]
    """Plain sentences, most telling first; never empty unless pinned."""


@dataclass(frozen=True, slots=True)
class BacklinkView:
    """A page that cites or links here, with the sentences in which it does."""

    kind: str
    """`line` or `note`."""
    title: Markup
    href: str
    sentences: tuple[str, ...]
    """Plain sentences; empty when the link stands alone."""


@dataclass(frozen=True, slots=True)
class RelationView:
    """A relation between this note and another."""

    kind: str
    """`contradicts`, `qualifies`, `supports`, `extends`."""
    label: str
    """In words, from this note's side: `Contradicts`, `Contradicted by`."""
    note: NoteCard


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """Two cited notes of which one contradicts or qualifies the other."""

    kind: str
    """`contradicts` or `qualifies`."""
    label: str
    """The verb between the two: `contradicts`."""
    left: NoteCard
    right: NoteCard


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file to download."""

    label: str
    """`BibTeX`."""
    href: str


@dataclass(frozen=True, slots=True)
class ExportsView:
    """The page, ready to cite."""

    text: str
    """One line of prose."""
    bibtex: str
    ris: str
    csl_json: str
    files: tuple[FileLink, ...] = ()
    """The same as files beside the page, and the reading list of a line; a note has none."""


@dataclass(frozen=True, slots=True)
class MenuView:
    """Links to the main pages, relative to this one."""

    home: str
    lines: str
    notes: str
    topics: str
    sources: str
    open_questions: str
    changes: str
    random: str
    """A line at random, with scripts; the list of all lines without."""
    map: str
    """Empty where the settings say that there is none."""


@dataclass(frozen=True, slots=True)
class PageView:
    """What every page has."""

    kind: str
    """`line`, `note`, `home`, `lines`, `notes`, `topics`, `topic`, `sources`, `source`, `open-questions`, `map`,
    `changes`, `redirect`, `not-found`."""
    title: str
    """Plain text for `<title>`, OpenGraph and JSON-LD."""
    description: str
    """Plain text; empty for none."""
    url: str
    """Path from the site's root: `lines/x/`."""
    canonical: str
    """Absolute address; empty when `site_url` is not set."""
    menu: MenuView
    language: str
    """BCP 47 tag, as in `en`."""
