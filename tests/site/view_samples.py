"""Views as a small knowledge base about post-training would give them, for tests of what is shown.

`full_*` views have a value in every field, `bare_*` views only what cannot be missing.
"""

from __future__ import annotations

from markupsafe import Markup
from view_parts import (
    BACKLINKS,
    ESSAY,
    EXPORTS,
    LINES,
    NEXT,
    NO_EXPORTS,
    NOTES,
    PEEKS,
    PICTURE,
    TOPICS,
    note_card,
    page,
    reference,
    suggestion,
)

from inquiry.site import views

View = (
    views.LineView
    | views.NoteView
    | views.HomeView
    | views.LinesView
    | views.NotesView
    | views.TopicsView
    | views.TopicView
    | views.SourcesView
    | views.SourceView
    | views.OpenQuestionsView
    | views.MapView
    | views.ChangesView
    | views.NotFoundView
    | views.RedirectView
)
"""Every view that a template is given."""


def source_note(number: int, note: views.NoteCard) -> views.SourceNoteView:
    """Make a cited note with two places."""
    places = (views.PlaceView("¶ 2", f"#cite-{number}"), views.PlaceView("¶ 4", f"#cite-{number + 1}"))
    return views.SourceNoteView(number=number, note=note, places=places)


def full_line(
    title: str | Markup = "Do instruction-tuned models learn tasks or just where the answer goes?",
    essay: Markup = ESSAY,
    sources: tuple[views.NoteCard, ...] = NOTES,
) -> views.LineView:
    """Make a line that has everything."""
    uncited = views.SourceNoteView(
        number=len(sources) + 1, note=note_card("checklists", "What a checklist rewards"), places=()
    )
    return views.LineView(
        page=page("line", str(title)),
        id="tasks-or-format",
        title=Markup.escape(title),
        anchor="tasks-or-format",
        summary=(
            "A provocative claim holds that tuning teaches a model where to put its answer rather than how to"
            " find it. How far does the evidence carry it, and where does it stop?"
        ),
        topics=TOPICS,
        created="5 Jan 2026",
        updated="3 Nov 2026",
        created_iso="2026-01-05",
        updated_iso="2026-11-03",
        minutes=6,
        essay=essay,
        takeaway=Markup(
            "<p>The question is not tasks <em>or</em> format. Format is the cheap thing that every stage of"
            " post-training installs; what is worth knowing is which signals carry a model past it.</p>"
        ),
        sources=(*(source_note(number, note) for number, note in enumerate(sources, start=1)), uncited),
        source_count=f"{len(sources) + 1} notes",
        peeks=PEEKS,
        disagreements=(views.DisagreementView("contradicts", "contradicts", NOTES[0], NOTES[2]),),
        next_lines=NEXT,
        linked_from=BACKLINKS,
        picture=PICTURE,
        exports=EXPORTS,
        unlisted=True,
    )


def bare_line() -> views.LineView:
    """Make a line that has a title and an essay."""
    return views.LineView(
        page=page("line", "Why?"),
        id="why",
        title=Markup("Why?"),
        anchor="",
        summary="",
        topics=(),
        created="",
        updated="",
        created_iso="",
        updated_iso="",
        minutes=1,
        essay=Markup("<p>Nobody knows yet.</p>"),
        takeaway=Markup(),
        sources=(),
        source_count="",
        peeks=(),
        disagreements=(),
        next_lines=(),
        linked_from=(),
        picture=Markup(),
        exports=NO_EXPORTS,
        unlisted=False,
    )


def full_note(title: str | Markup = NOTES[1].title) -> views.NoteView:
    """Make a note that has everything."""
    return views.NoteView(
        page=page("note", str(title)),
        id="empty-turn",
        title=Markup.escape(title),
        anchor="empty-turn",
        summary=NOTES[1].summary,
        topics=TOPICS,
        created="5 Jan 2026",
        updated="1 Feb 2026",
        created_iso="2026-01-05",
        updated_iso="2026-02-01",
        minutes=2,
        body=ESSAY,
        takeaway=Markup("<p>The template alone is a prompt.</p>"),
        references=(reference(), reference("Magpie: Alignment Data Synthesis from Scratch")),
        peeks=PEEKS,
        relations=(
            views.RelationView("contradicts", "Contradicted by", NOTES[0]),
            views.RelationView("supports", "Supports", NOTES[2]),
        ),
        cited_by=BACKLINKS[:1],
        linked_from=BACKLINKS[1:],
        related=(
            suggestion("", "", "What a checklist rewards", "cited together in “What would a reward have to see?”"),
        ),
        picture=PICTURE,
        exports=EXPORTS,
        unlisted=True,
    )


def bare_note() -> views.NoteView:
    """Make a note that has a title and a body."""
    return views.NoteView(
        page=page("note", "A thought"),
        id="thought",
        title=Markup("A thought"),
        anchor="",
        summary="",
        topics=(),
        created="",
        updated="",
        created_iso="",
        updated_iso="",
        minutes=1,
        body=Markup("<p>Short.</p>"),
        takeaway=Markup(),
        references=(),
        peeks=(),
        relations=(),
        cited_by=(),
        linked_from=(),
        related=(),
        picture=Markup(),
        exports=NO_EXPORTS,
        unlisted=False,
    )


def full_home() -> views.HomeView:
    """Make a home page with every listing."""
    return views.HomeView(
        page=page("home", "Inquiry"),
        title="What does training teach?",
        intro=Markup("<p>Questions about how language models are made, answered from notes that can be checked.</p>"),
        recent=LINES[:3],
        most_sourced=LINES[3:],
        topics=TOPICS,
        line_count=12,
        note_count=67,
        source_count=54,
        map=views.MapPreview(Markup('<svg aria-hidden="true" viewBox="0 0 9 9"></svg>'), 3, "assets/map/map.css"),
    )


def bare_home() -> views.HomeView:
    """Make the home page of an empty knowledge base."""
    return views.HomeView(
        page=page("home", "Inquiry"),
        title="Inquiry",
        intro=Markup(),
        recent=(),
        most_sourced=(),
        topics=(),
        line_count=0,
        note_count=0,
        source_count=0,
        map=views.MapPreview(Markup(), 0, ""),
    )


ENTRIES = (
    views.SourceEntry(reference(), NOTES[:2]),
    views.SourceEntry(views.ReferenceView("Anonymous, 2025", "", "", "", ""), ()),
)
LISTED_LINES = tuple(views.ListedLine(line, f"--a:{place};--b:1", "t1 t3") for place, line in enumerate(LINES))
LISTED_NOTES = tuple(views.ListedNote(note, f"--a:{place};--b:1", "t2") for place, note in enumerate(NOTES))
WANTED = (views.WantedView("sleep-debt", BACKLINKS),)
RANDOM = "../assets/lines/random.js"
CHANGES_STYLE = "../assets/changes/changes.css"
MAP_FILES = ("../assets/map/map.js", "../assets/map/map.css")


def full_map() -> views.MapView:
    """Make a map of two areas, one of them without a name."""
    entries = tuple(
        views.MapEntry(Markup.escape(title), title, f"../notes/{title.lower()}/", f"{120 + 40 * number} 300")
        for number, title in enumerate(("Rye", "Salt", "Steam"))
    )
    areas = (
        views.MapArea("area-1", "bread", "../topics/bread/", True, 3, 3, entries[:1], entries[1:2], entries[2:]),
        views.MapArea("area-2", "", "", False, 0, 1, (), entries[:1], ()),
    )
    svg = Markup('<svg class="map__drawing" viewBox="0 0 1200 600"><path class="map-land map-c3" d="M0 0h9v9z"/></svg>')
    return views.MapView(page("map", "Map"), svg, 1200, 600, "4", areas, "1 1;1;;", "1;;;", 4, 12, *MAP_FILES)


def full_changes() -> views.ChangesView:
    """Make a day on which something was added and revised, and a year of which no more is known."""
    line = views.ChangeEntry("line", Markup("Why rise?"), "../lines/why-rise/", "What lifts a loaf.")
    note = views.ChangeEntry("note", Markup("Rye"), "../notes/rye/", "")
    days = (
        views.ChangedDay("3 Nov 2026", "2026-11-03", (line, note), (note,), 2, 0),
        views.ChangedDay("Nov 2026", "2026-11", (), (line,), 0, 7),
    )
    year = (views.ChangedDay("2025", "2025", (note,), (), 0, 0),)
    months = (views.ChangedMonth("November 2026", days), views.ChangedMonth("2025", year))
    return views.ChangesView(page("changes", "What changed"), months, 4, CHANGES_STYLE)


FULL: dict[str, View] = {
    "line.html": full_line(),
    "note.html": full_note(),
    "home.html": full_home(),
    "lines.html": views.LinesView(page("lines", "Lines"), LISTED_LINES, TOPICS, RANDOM),
    "notes.html": views.NotesView(page("notes", "Notes"), LISTED_NOTES, TOPICS),
    "topics.html": views.TopicsView(page("topics", "Topics"), TOPICS),
    "topic.html": views.TopicView(page("topic", "Topic"), "format-vs-substance", LINES, NOTES, TOPICS[1:]),
    "sources.html": views.SourcesView(page("sources", "Sources"), ENTRIES),
    "source.html": views.SourceView(page("source", "Source"), reference(), NOTES, LINES[:2], EXPORTS),
    "open-questions.html": views.OpenQuestionsView(
        page("open-questions", "Open questions"), NOTES, ENTRIES[1:], WANTED
    ),
    "map.html": full_map(),
    "changes.html": full_changes(),
    "not-found.html": views.NotFoundView(page("not-found", "There is no such page")),
    "redirect.html": views.RedirectView(
        page("redirect", "Moved"), "../empty-turn/", "What does it say?", "../assets/moved/moved.js"
    ),
}
"""A view with everything for each template."""

BARE: dict[str, View] = {
    "line.html": bare_line(),
    "note.html": bare_note(),
    "home.html": bare_home(),
    "lines.html": views.LinesView(page("lines", "Lines"), (), (), RANDOM),
    "notes.html": views.NotesView(page("notes", "Notes"), (), ()),
    "topics.html": views.TopicsView(page("topics", "Topics"), ()),
    "topic.html": views.TopicView(page("topic", "Topic"), "empty", (), (), ()),
    "sources.html": views.SourcesView(page("sources", "Sources"), ()),
    "source.html": views.SourceView(
        page("source", "Source"), views.ReferenceView("", "", "", "", ""), (), (), NO_EXPORTS
    ),
    "open-questions.html": views.OpenQuestionsView(page("open-questions", "Open questions"), (), (), ()),
    "map.html": views.MapView(page("map", "Map"), Markup(), 1200, 600, "4", (), "", "", 0, 0, *MAP_FILES),
    "changes.html": views.ChangesView(page("changes", "What changed"), (), 0, CHANGES_STYLE),
    "not-found.html": views.NotFoundView(page("not-found", "There is no such page")),
    "redirect.html": views.RedirectView(page("redirect", "Moved"), "../x/", "X", "../assets/moved/moved.js"),
}
"""A view with as little as can be for each template."""
