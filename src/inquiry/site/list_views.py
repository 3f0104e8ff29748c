"""What a template may see of lists: lines, notes, topics, works, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inquiry.site.view_parts import (
        BacklinkView,
        ExportsView,
        LineCard,
        NoteCard,
        PageView,
        ReferenceView,
        TopicLink,
    )


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
