"""The page of the map: the list and the drawing say the same, and what is kept of it is never wrong."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.corpus.model import Visibility
from inquiry.graph.atlas import make_atlas
from inquiry.graph.build import build_graph
from inquiry.graph.layout import Layout, lay_out
from inquiry.graph.resolve import Resolver
from inquiry.graph.urls import Urls
from inquiry.site.cards import Cards
from inquiry.site.layouts import FILE, kept_layout
from inquiry.site.map_page import MapPage, written_joins
from inquiry.site.map_picture import HUES, colours
from strategies import SOURCES, corpora, make_corpus, make_document, make_link

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.corpus.model import Corpus
    from inquiry.site.views import MapView

TOPICS = ("bread", "oven", "salt")


def bakery(count: int = 24) -> Corpus:
    notes = [
        make_document(
            f"notes/n{number:02}.md",
            title=f"Note {number:02} <b>&",
            tags=[TOPICS[number % 3]],
            links=[make_link(f"n{max(number - 3, 0):02}")],
            sources=SOURCES[:1] if number < 2 else [],
        )
        for number in range(count)
    ]
    lines = [
        make_document(f"lines/l{n}.md", title=f"Why {n}?", links=[make_link(f"n{n:02}"), make_link(f"n{n + 3:02}")])
        for n in range(3)
    ]
    hidden = make_document("notes/hidden.md", visibility=Visibility.UNLISTED, tags=["bread"], title="zz-hidden")
    return make_corpus(*notes, *lines, hidden, bibliography=SOURCES[:1])


def page_of(corpus: Corpus, cache: Path) -> MapPage:
    graph = build_graph(corpus, Resolver(corpus))
    urls = Urls("https://example.org/", topic_slugs={}, source_slugs={})
    cards = Cards(graph, urls, "en")
    return MapPage(graph, urls, cards, cards.page("map", urls.map, "Map"), cache)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> MapView:
    return page_of(bakery(), tmp_path_factory.mktemp("cache")).view()


def read_joins(text: str) -> list[tuple[int, int]]:
    """Read joins as the script does."""
    found = []
    for at, row in enumerate(text.split(";")):
        end = at
        for step in row.split():
            end += int(step, 36)
            found.append((at, end))
    return found


@given(st.sets(st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda pair: pair[0] < pair[1])), st.randoms())
def test_joins_are_read_as_they_were_written(joins: set[tuple[int, int]], random: object) -> None:
    order = list(range(61))
    random.shuffle(order)  # type: ignore[attr-defined]
    read = read_joins(written_joins(sorted(joins), order))
    back = {tuple(sorted((order[one], order[other]))) for one, other in read}
    assert back == joins
    assert len(read) == len(joins)


def test_everything_public_is_in_the_list_once(view: MapView) -> None:
    hrefs = [entry.href for area in view.areas for group in (area.lines, area.notes, area.sources) for entry in group]
    assert len(hrefs) == len(set(hrefs)) == view.drawn == 24 + 3 + 1
    assert not any("hidden" in href for href in hrefs)
    assert sum(area.size for area in view.areas) == view.drawn


def test_joins_of_the_list_are_those_of_the_graph(view: MapView) -> None:
    entries = [entry for area in view.areas for group in (area.lines, area.notes, area.sources) for entry in group]
    named = {frozenset((entries[one].href, entries[other].href)) for one, other in read_joins(view.joins)}
    assert frozenset(("../lines/l0/", "../notes/n00/")) in named
    assert frozenset(("../notes/n03/", "../notes/n00/")) in named
    assert frozenset(("../notes/n00/", "../sources/kung2023/")) in named


def test_the_drawing_is_xml_with_a_path_for_each_area_and_kind(view: MapView) -> None:
    svg = ET.fromstring(str(view.picture))  # noqa: S314 - our own output
    assert [path.get("class", "").split()[0] for path in svg.iter("path")].count("map-land") == 3
    links = [link.get("href") for link in svg.iter("a")]
    assert {f"#{area.id}" for area in view.areas if area.name} <= set(links)
    assert "zz-hidden" not in str(view.picture)


def test_the_colours_of_neighbouring_areas_differ() -> None:
    atlas = make_atlas(build_graph(corpus := bakery(), Resolver(corpus)))
    layout = lay_out(atlas)
    found = colours(layout)
    assert len(found) == len(set(found)) == 3
    assert all(1 <= colour <= HUES for colour in found)
    near = min(math.dist(one.middle, other.middle) for one in layout.areas for other in layout.areas if one != other)
    assert near > 0


@given(corpora(max_size=6))
@settings(max_examples=25, deadline=None)
def test_any_knowledge_base_has_a_map(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> None:
    made = page_of(corpus, tmp_path_factory.mktemp("cache"))
    found = made.view()
    assert bool(found.picture) == bool(made.preview("").picture) == bool(found.drawn)
    if found.picture:
        ET.fromstring(str(found.picture))  # noqa: S314 - our own output


# -- what is kept -----------------------------------------------------------------------------------------------------


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often something is laid out."""
    calls: list[int] = []

    def counted(atlas: object) -> Layout:
        calls.append(1)
        return lay_out(atlas)  # type: ignore[arg-type]

    monkeypatch.setattr("inquiry.site.layouts.lay_out", counted)
    return calls


def test_a_layout_is_made_once_and_is_the_same_when_read_again(tmp_path: Path, laid: list[int]) -> None:
    atlas = make_atlas(build_graph(corpus := bakery(), Resolver(corpus)))
    fresh = kept_layout(atlas, tmp_path / "deep" / "cache")
    assert kept_layout(atlas, tmp_path / "deep" / "cache") == fresh == lay_out(atlas)
    assert len(laid) == 1


def test_another_graph_is_laid_out_anew(tmp_path: Path, laid: list[int]) -> None:
    for count in (24, 21):
        corpus = bakery(count)
        atlas = make_atlas(build_graph(corpus, Resolver(corpus)))
        assert kept_layout(atlas, tmp_path) == lay_out(atlas)
    assert len(laid) == 2


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"key": 1}', "\x00", "keep the key"])
def test_a_layout_that_cannot_be_read_is_made_again(tmp_path: Path, damage: str) -> None:
    atlas = make_atlas(build_graph(corpus := bakery(), Resolver(corpus)))
    fresh = kept_layout(atlas, tmp_path)
    if damage == "keep the key":
        held = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
        damage = json.dumps(held | {"places": held["places"][1:]})
    (tmp_path / FILE).write_text(damage, encoding="utf-8")
    assert kept_layout(atlas, tmp_path) == fresh


def test_a_cache_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    atlas = make_atlas(build_graph(corpus := bakery(), Resolver(corpus)))
    assert kept_layout(atlas, tmp_path / "file") == lay_out(atlas)
