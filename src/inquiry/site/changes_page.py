"""The page of what changed: lines and notes by the day on which they were added or revised.

Days come from the history of the files, or from the dates in their heads; never from a clock.  Only what is public
now is named, under the title that it has now.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from inquiry.corpus.titles import plain_text
from inquiry.site.dates import printed_date, printed_month
from inquiry.site.history import Change, read_history
from inquiry.site.views import ChangedDay, ChangedMonth, ChangeEntry, ChangesView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inquiry.config import Project
    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.urls import Urls
    from inquiry.site.cards import Cards
    from inquiry.site.views import PageView

STYLE = "assets/changes/changes.css"
MOST_LISTED = 250
"""Changes that the page lists, whole days at a time: a year of steady work."""
MOST_OF_A_DAY = 40
"""Of what was added on one day, or revised: who takes in a whole collection at once need not read it here."""


class ChangesPage:
    """Makes the view of what changed."""

    def __init__(self, project: Project, graph: KnowledgeGraph, urls: Urls, cards: Cards, facts: PageView) -> None:
        self._project = project
        self._facts = facts
        self._graph = graph
        self._urls = urls
        self._cards = cards

    def view(self) -> ChangesView:
        """Make the page."""
        path = self._urls.changes
        days = by_day(self._changes(), self._graph.documents)
        listed: dict[str, list[ChangedDay]] = defaultdict(list)
        shown = earlier = 0
        for date in sorted(days, reverse=True):
            added, revised = days[date]
            if shown >= MOST_LISTED:
                earlier += len(added) + len(revised)
                continue
            shown += min(len(added), MOST_OF_A_DAY) + min(len(revised), MOST_OF_A_DAY)
            listed[date[:7]].append(self._day(date, added, revised, path))
        months = tuple(ChangedMonth(printed_month(month), tuple(days)) for month, days in listed.items())
        return ChangesView(self._facts, months, earlier, self._urls.relative(STYLE, path))

    def _changes(self) -> Iterator[Change]:
        """List all changes; what the history does not know goes by the dates in its head."""
        settings = self._project.settings
        told = read_history(self._project.root, (settings.lines, settings.notes)) if settings.changes == "git" else None
        known = {change.path for change in told or ()}
        yield from told or ()
        for document in self._graph.documents:
            if document.path not in known:
                yield from dated(document)

    def _day(self, date: str, added: Sequence[Document], revised: Sequence[Document], page: str) -> ChangedDay:
        return ChangedDay(
            date=printed_date(date),
            date_iso=date,
            added=tuple(self._entry(document, page) for document in added[:MOST_OF_A_DAY]),
            revised=tuple(self._entry(document, page) for document in revised[:MOST_OF_A_DAY]),
            more_added=max(len(added) - MOST_OF_A_DAY, 0),
            more_revised=max(len(revised) - MOST_OF_A_DAY, 0),
        )

    def _entry(self, document: Document, page: str) -> ChangeEntry:
        href = self._urls.relative(self._urls.document(document), page)
        summary = plain_text(document.head.summary)
        return ChangeEntry(document.kind.value, self._cards.title(document), href, summary)


def dated(document: Document) -> Iterator[Change]:
    """List what a document's head says of its changes."""
    head = document.head
    if head.created:
        yield Change(document.path, head.created, added=True)
    if head.updated and head.updated != head.created:
        yield Change(document.path, head.updated, added=False)


def by_day(
    changes: Iterable[Change], documents: Iterable[Document]
) -> Mapping[str, tuple[list[Document], list[Document]]]:
    """Gather what was added and what was revised on each day; lines come first, then titles decide.

    On the day on which it was added nothing counts as revised.
    """
    public = {document.path: document for document in documents}
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for change in changes:
        if change.path in public:
            found[change.date][change.path] = found[change.date].get(change.path, False) or change.added
    days = {}
    for date, paths in found.items():
        order = sorted((public[path] for path in paths), key=_by_title)
        days[date] = ([d for d in order if paths[d.path]], [d for d in order if not paths[d.path]])
    return days


def _by_title(document: Document) -> tuple[bool, str, str]:
    return (not document.is_line, document.title.casefold(), document.id)
