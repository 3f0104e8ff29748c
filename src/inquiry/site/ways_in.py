"""Every page that leads into the collection and that each site has once: lists, the map, what changed, home."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inquiry.site.changes_page import ChangesPage
from inquiry.site.lists import Lists
from inquiry.site.map_page import MapPage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inquiry.config import Project
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.urls import Urls
    from inquiry.site.cards import Cards
    from inquiry.site.render import View
    from inquiry.site.views import HomeView

BY_HISTORY = frozenset({"changes"})
"""Pages that show what no document says, and so are made in each build."""

WITH_SENTENCES = frozenset({"open-questions"})
"""Lists that quote what documents say."""


@dataclass(frozen=True, slots=True)
class WaysIn:
    """Makes the views of these pages for one site."""

    lists: Lists
    changes: ChangesPage
    map: MapPage | None
    """None where the settings say that there is no map."""

    @classmethod
    def of(cls, project: Project, graph: KnowledgeGraph, urls: Urls, cards: Cards) -> WaysIn:
        """Wire the makers of one site."""
        lists = Lists(graph, urls, cards, project.site_name, "")
        changes = ChangesPage(project, graph, urls, cards, lists.facts("changes"))
        chart = MapPage(graph, urls, cards, lists.facts("map"), project.cache_dir) if urls.has_map else None
        return cls(lists, changes, chart)

    def views(self) -> Mapping[str, Callable[[], View]]:
        """Say how the view of each list is made, by the list's name."""
        made: dict[str, Callable[[], View]] = {
            "lines": self.lists.lines,
            "notes": self.lists.notes,
            "topics": self.lists.topics,
            "sources": self.lists.sources,
            "open-questions": self.lists.open_questions,
            "changes": self.changes.view,
        }
        return made | {"map": self.map.view} if self.map else made

    def home(self) -> HomeView:
        """Make the home page's listings."""
        home = self.lists.home()
        return replace(home, map=self.map.preview(home.page.url)) if self.map else home
