"""What a template may see: one frozen dataclass a page kind, with every value ready to print.

Templates ask "is there one?" and "for each"; they do not sort, count, choose or join addresses.  Fields of type
`Markup` are finished HTML; every `str` is plain text that Jinja escapes.  Every `href` is relative to its page.
The fields are documented for people who override templates (docs/reference/templates.md); a test keeps the two
together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.site.list_views import (
    LinesView,
    ListedLine,
    ListedNote,
    NotesView,
    OpenQuestionsView,
    SourceEntry,
    SourcesView,
    SourceView,
    TopicsView,
    TopicView,
    WantedView,
)
from inquiry.site.overview_views import (
    ChangedDay,
    ChangedMonth,
    ChangeEntry,
    ChangesView,
    MapArea,
    MapEntry,
    MapPreview,
    MapView,
)
from inquiry.site.view_parts import (
    BacklinkView,
    DisagreementView,
    ExportsView,
    FileLink,
    LineCard,
    MenuView,
    NoteCard,
    PageView,
    PeekView,
    PlaceView,
    ReferenceView,
    RelationView,
    SourceNoteView,
    SuggestionView,
    TopicLink,
)

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = [
    "BacklinkView",
    "ChangeEntry",
    "ChangedDay",
    "ChangedMonth",
    "ChangesView",
    "DisagreementView",
    "ExportsView",
    "FileLink",
    "HomeView",
    "LineCard",
    "LineView",
    "LinesView",
    "ListedLine",
    "ListedNote",
    "MapArea",
    "MapEntry",
    "MapPreview",
    "MapView",
    "MenuView",
    "NotFoundView",
    "NoteCard",
    "NoteView",
    "NotesView",
    "OpenQuestionsView",
    "PageView",
    "PeekView",
    "PlaceView",
    "RedirectView",
    "ReferenceView",
    "RelationView",
    "SourceEntry",
    "SourceNoteView",
    "SourceView",
    "SourcesView",
    "SuggestionView",
    "TopicLink",
    "TopicView",
    "TopicsView",
    "WantedView",
]


@dataclass(frozen=True, slots=True)
class LineView:
    """A line's page: `line.html`."""

    page: PageView
    id: str
    title: Markup
    anchor: str
    """Id of the title, so that links to the first heading hold; empty for none."""
    summary: str
    topics: tuple[TopicLink, ...]
    created: str
    """As printed, `5 Jan 2026`; empty for none."""
    updated: str
    """As printed; empty when never revised."""
    created_iso: str
    updated_iso: str
    minutes: int
    """Reading time, at least 1."""
    essay: Markup
    takeaway: Markup
    """Empty for none."""
    sources: tuple[SourceNoteView, ...]
    source_count: str
    """How many of them are notes, and how many are works without one: `8 notes`, `7 notes and 1 work`."""
    peeks: tuple[PeekView, ...]
    """Cards of what the essay and the takeaway link to, each once."""
    disagreements: tuple[DisagreementView, ...]
    next_lines: tuple[SuggestionView, ...]
    linked_from: tuple[BacklinkView, ...]
    picture: Markup
    """Inline SVG of the neighbourhood; empty when there is nothing around."""
    exports: ExportsView
    unlisted: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note's page: `note.html`."""

    page: PageView
    id: str
    title: Markup
    anchor: str
    summary: str
    topics: tuple[TopicLink, ...]
    created: str
    updated: str
    created_iso: str
    updated_iso: str
    minutes: int
    body: Markup
    takeaway: Markup
    references: tuple[ReferenceView, ...]
    peeks: tuple[PeekView, ...]
    """Cards of what the text links to, each once."""
    relations: tuple[RelationView, ...]
    cited_by: tuple[BacklinkView, ...]
    """Lines that cite it."""
    linked_from: tuple[BacklinkView, ...]
    """Notes that link to it."""
    related: tuple[SuggestionView, ...]
    picture: Markup
    exports: ExportsView
    unlisted: bool


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page's listings: `home.html`.

    They stand where `docs/index.md` says `<!-- inquiry: home -->`, or below its text.
    """

    page: PageView
    title: str
    """The site's name."""
    intro: Markup
    """What docs/index.md says, without its first heading; empty for none."""
    recent: tuple[LineCard, ...]
    """The newest lines first."""
    most_sourced: tuple[LineCard, ...]
    """Lines with most sources that are not among the recent ones."""
    topics: tuple[TopicLink, ...]
    """The largest topics first."""
    line_count: int
    note_count: int
    source_count: int
    map: MapPreview


@dataclass(frozen=True, slots=True)
class RedirectView:
    """The page at an old address: `redirect.html` (a whole document, outside the shell)."""

    page: PageView
    href: str
    """Where it has gone, relative."""
    target: str
    """Where it has gone: title."""
    script: str
    """Address of the script that keeps the fragment."""


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """What stands where no page is: `not-found.html`."""

    page: PageView
    """Its links begin at the root of the server, because a missing page may lie at any depth."""
