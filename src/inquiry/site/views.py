"""What a template may see: one frozen dataclass a page kind, with every value ready to print.

Templates ask "is there one?" and "for each"; they do not sort, count, choose or join addresses.  Fields of type
`Markup` are finished HTML; every `str` is plain text that Jinja escapes.  Every `href` is relative to its page.
The fields are documented for people who override templates (docs/reference/templates.md); a test keeps the two
together.
"""

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
class ListedLine:
    """A line in the list of all lines, which stands in its first order and can be shown in others without scripts."""

    line: LineCard
    places: str
    """Its places by title and by number of sources, as the stylesheet reads them: `--a:3;--b:12`."""
    marks: str
    """Classes of the topics that the list can be narrowed to: `t1 t4`."""


@dataclass(frozen=True, slots=True)
class LinesView:
    """All lines: `lines.html`."""

    page: PageView
    rows: tuple[ListedLine, ...]
    """All public lines, newest first."""
    topics: tuple[TopicLink, ...]
    """Topics that the list can be narrowed to, those of most lines first; the first has the mark `t1`."""
    script: str
    """Address of the script that leads on to a line at random."""


@dataclass(frozen=True, slots=True)
class ListedNote:
    """A note in the list of all notes, which stands in its first order and can be shown in others without scripts."""

    note: NoteCard
    places: str
    """Its places by date and by number of lines that cite it, as the stylesheet reads them: `--a:3;--b:12`."""
    marks: str
    """Classes of the topics that the list can be narrowed to: `t1 t4`."""


@dataclass(frozen=True, slots=True)
class NotesView:
    """All notes: `notes.html`."""

    page: PageView
    rows: tuple[ListedNote, ...]
    """All public notes, by title."""
    topics: tuple[TopicLink, ...]
    """Topics that the list can be narrowed to, those of most notes first; the first has the mark `t1`."""


@dataclass(frozen=True, slots=True)
class TopicsView:
    """All topics: `topics.html`."""

    page: PageView
    topics: tuple[TopicLink, ...]


@dataclass(frozen=True, slots=True)
class TopicView:
    """One topic: `topic.html`."""

    page: PageView
    name: str
    lines: tuple[LineCard, ...]
    notes: tuple[NoteCard, ...]
    near: tuple[TopicLink, ...]
    """Topics that share most documents with this one."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A work in the list of sources."""

    reference: ReferenceView
    notes: tuple[NoteCard, ...]


@dataclass(frozen=True, slots=True)
class SourcesView:
    """The reverse bibliography: `sources.html`."""

    page: PageView
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One work and all that rests on it: `source.html`."""

    page: PageView
    reference: ReferenceView
    notes: tuple[NoteCard, ...]
    lines: tuple[LineCard, ...]
    """Lines that cite one of the notes, or the work itself."""
    exports: ExportsView


@dataclass(frozen=True, slots=True)
class WantedView:
    """A note that is linked but not written."""

    name: str
    linked_from: tuple[BacklinkView, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestionsView:
    """What is missing: `open-questions.html`."""

    page: PageView
    uncited: tuple[NoteCard, ...]
    """Notes that no line cites."""
    without_note: tuple[SourceEntry, ...]
    """Works that a line cites by key and no note rests on; `notes` is empty."""
    wanted: tuple[WantedView, ...]


@dataclass(frozen=True, slots=True)
class MapPreview:
    """The map, small and without words."""

    picture: Markup
    """Inline SVG without links; empty where there is no map, or nothing on it."""
    areas: int
    """How many areas have a name; 0 where one is all there is."""
    style: str
    """Address of the map's stylesheet."""


@dataclass(frozen=True, slots=True)
class MapEntry:
    """A line, note or work on the map, as its list has it."""

    title: Markup
    plain: str
    """The title as plain text."""
    href: str
    at: str
    """Where its mark lies, in units of the picture: `120 345`."""


@dataclass(frozen=True, slots=True)
class MapArea:
    """A part of the map, named after what holds it together."""

    id: str
    """Id of its part of the list: `area-3`."""
    name: str
    """The topic, or the title of the document that it gathers around; empty for what belongs nowhere."""
    href: str
    """The page of that; empty for what belongs nowhere."""
    is_topic: bool
    """False where documents have few topics, and an area gathers around one of them."""
    colour: int
    """Number of its colour in the palette, 1 to 12; 0 for what belongs to none."""
    size: int
    """How many marks it has."""
    lines: tuple[MapEntry, ...]
    notes: tuple[MapEntry, ...]
    sources: tuple[MapEntry, ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """The map of everything: `map.html`."""

    page: PageView
    picture: Markup
    """Inline SVG with the names of areas and some lines as links; empty when there is nothing to draw."""
    width: int
    """Of the picture, in its own units."""
    height: int
    mark_size: str
    """Radius of a note's mark, in the same units."""
    areas: tuple[MapArea, ...]
    """The list that says the same as the picture."""
    joins: str
    """What is joined to what, for the script: places in the list in base 36, each told from the one before."""
    disputes: str
    """Those of the joins that are contradictions, likewise."""
    drawn: int
    """How many marks there are."""
    left_out: int
    """How many more there would be; those that are joined least are left out."""
    script: str
    """Address of the page's script."""
    style: str
    """Address of its stylesheet."""


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A line or note that was added or revised."""

    kind: str
    """`line` or `note`."""
    title: Markup
    href: str
    summary: str


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """What changed on one day."""

    date: str
    """As printed, `3 Nov 2026`; only month or year where no more is known."""
    date_iso: str
    added: tuple[ChangeEntry, ...]
    """Lines first, then by title."""
    revised: tuple[ChangeEntry, ...]
    more_added: int
    """How many more were added than are listed."""
    more_revised: int


@dataclass(frozen=True, slots=True)
class ChangedMonth:
    """The days of one month, newest first."""

    label: str
    """`November 2026`; the year alone where no more is known."""
    days: tuple[ChangedDay, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What changed, newest first: `changes.html`."""

    page: PageView
    months: tuple[ChangedMonth, ...]
    earlier: int
    """How many changes are older than those that are listed."""
    style: str
    """Address of the page's stylesheet."""


@dataclass(frozen=True, slots=True)
class RedirectView:
    """The page at an old address: `redirect.html` (a whole document, outside the shell)."""

    page: PageView
    href: str
    """Where it has gone, relative."""
    target: str
    """Where it has gone: title."""


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """What stands where no page is: `not-found.html`."""

    page: PageView
    """Its links begin at the root of the server, because a missing page may lie at any depth."""
