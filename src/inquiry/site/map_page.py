"""The page of the map of everything: the drawing, and the list that says the same.

The list is in the page for everybody, area by area, and it is also what the page's script draws from: each entry says
where its mark lies, so no title or address is sent twice.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from inquiry.corpus.titles import plain_text, title_html
from inquiry.site.labels import rows
from inquiry.site.map_picture import Named, colours, map_svg, mark_size, preview_svg
from inquiry.site.views import MapArea, MapEntry, MapPreview, MapView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from inquiry.corpus.model import Document
    from inquiry.graph.atlas import Atlas, AtlasNode, Pair
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.layout import Layout
    from inquiry.graph.urls import Urls
    from inquiry.site.cards import Cards
    from inquiry.site.views import PageView

SCRIPT, STYLE = "assets/map/map.js", "assets/map/map.css"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class MapPage:
    """Makes the view of the map, and its preview on the home page."""

    def __init__(self, graph: KnowledgeGraph, urls: Urls, cards: Cards, facts: PageView, cache: Path) -> None:
        self._graph = graph
        self._urls = urls
        self._cards = cards
        self._facts = facts
        self._cache = cache

    @cached_property
    def _atlas(self) -> Atlas:
        from inquiry.graph.atlas import make_atlas  # noqa: PLC0415 - imports scipy, which a build without a map need not

        return make_atlas(self._graph)

    @cached_property
    def _layout(self) -> Layout:
        from inquiry.site.layouts import kept_layout  # noqa: PLC0415 - likewise

        return kept_layout(self._atlas, self._cache)

    def view(self) -> MapView:
        """Make the page."""
        urls, atlas, layout = self._urls, self._atlas, self._layout
        path = urls.map
        entries = [self._entry(node, place, path) for node, place in zip(atlas.nodes, layout.places, strict=True)]
        areas, order = self._areas(entries, path)
        named = [Named(area.name, f"#{area.id}") for area in areas if area.name]
        titles = [Named(entry.plain, entry.href) for entry in entries]
        label = f"{len(entries)} marks in {len(atlas.areas)} areas, listed below"
        return MapView(
            page=self._facts,
            picture=map_svg(atlas, layout, named, titles, label=label) if entries else Markup(),
            width=layout.width,
            height=layout.height,
            mark_size=f"{mark_size(layout):g}",
            areas=areas,
            joins=written_joins(atlas.joins, order),
            disputes=written_joins(atlas.disputes, order),
            drawn=len(entries),
            left_out=atlas.left_out,
            script=urls.relative(SCRIPT, path),
            style=urls.relative(STYLE, path),
        )

    def preview(self, page: str) -> MapPreview:
        """Make what another page shows of the map."""
        areas = len(self._atlas.areas)
        return MapPreview(
            picture=preview_svg(self._atlas, self._layout) if self._atlas.nodes else Markup(),
            areas=areas if areas > 1 else 0,
            style=self._urls.relative(STYLE, page),
        )

    def _areas(self, entries: Sequence[MapEntry], path: str) -> tuple[tuple[MapArea, ...], list[int]]:
        """List the areas with what lies in them, lines first and by title; and the nodes in the order of the list."""
        atlas = self._atlas
        hues = (*colours(self._layout), 0)
        names = (*atlas.areas, "")
        order: list[int] = []
        areas = []
        for number, name in enumerate(names):
            own = [node for node, area in enumerate(atlas.area_of) if area % len(names) == number]
            if not own:
                continue
            groups = {
                kind: sorted(
                    (node for node in own if atlas.nodes[node].kind == kind),
                    key=lambda node: (entries[node].plain.casefold(), atlas.nodes[node].name),
                )
                for kind in ("line", "note", "source")
            }
            order += [node for group in groups.values() for node in group]
            is_topic = number < atlas.topic_count
            shown, href = self._named(name, path, is_topic=is_topic)
            listed = [tuple(entries[node] for node in group) for group in groups.values()]
            areas.append(MapArea(f"area-{number + 1}", shown, href, is_topic, hues[number], len(own), *listed))
        return tuple(areas), order

    def _named(self, name: str, path: str, *, is_topic: bool) -> tuple[str, str]:
        """Tell what an area is called, and where that leads: a topic's name, or the title of what it gathers around."""
        if is_topic:
            return name, self._urls.relative(self._urls.topic(name), path)
        kind, _, id_ = name.partition(":")
        hub = self._graph.public.get((kind, id_))
        if hub is None:
            return "", ""
        first, *more = rows(plain_text(hub.title))
        return f"{first}…" if more else first, self._urls.relative(self._urls.document(hub), path)

    def _entry(self, node: AtlasNode, place: tuple[int, int], path: str) -> MapEntry:
        at = f"{place[0]} {place[1]}"
        if node.kind == "source":
            reference = self._cards.reference(self._graph.source_groups[node.id].source, path)
            title = Markup(title_html(reference.title))  # noqa: S704 - title_html escapes
            return MapEntry(title, plain_text(reference.title), reference.href, at)
        document = self._document(node)
        href = self._urls.relative(self._urls.document(document), path)
        return MapEntry(self._cards.title(document), plain_text(document.title), href, at)

    def _document(self, node: AtlasNode) -> Document:
        return self._graph.public[node.kind, node.id]


def written_joins(joins: Iterable[Pair], order: Sequence[int]) -> str:
    """Write joins for the script: for each entry of the list the later ones that it is joined to, as short as may be.

    Entries are parted by `;`, and each neighbour is told by how many entries it comes after the one told before it,
    in base 36.

    >>> written_joins([(0, 1), (0, 2), (1, 2)], [2, 0, 1])
    '1 1;1;'
    """
    rank = {node: number for number, node in enumerate(order)}
    later: list[list[int]] = [[] for _ in order]
    for one, other in joins:
        low, high = sorted((rank[one], rank[other]))
        later[low].append(high)
    rows = []
    for number, ends in enumerate(later):
        before, steps = number, []
        for end in sorted(ends):
            steps.append(_base36(end - before))
            before = end
        rows.append(" ".join(steps))
    return ";".join(rows)


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
        if not number:
            return digits
