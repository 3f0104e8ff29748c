"""The map of everything: the same for the same graph, whatever the order; nothing lost, nothing beyond the frame."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.corpus.model import RelationKind, Visibility
from inquiry.graph.atlas import MOST_AREAS, Atlas, AtlasNode, make_atlas
from inquiry.graph.build import build_graph
from inquiry.graph.layout import WIDTH, lay_out
from inquiry.graph.resolve import Resolver
from strategies import SOURCES, corpora, make_corpus, make_document, make_link

if TYPE_CHECKING:
    from inquiry.corpus.model import Corpus, Document

TOPICS = ("bread", "oven", "salt")


def atlas_of(corpus: Corpus, **options: int) -> Atlas:
    return make_atlas(build_graph(corpus, Resolver(corpus)), **options)


def bakery(count: int = 30) -> list[Document]:
    """Make notes of three topics, each linked to the one before it, and a line that cites every tenth."""
    notes = [
        make_document(
            f"notes/n{number:03}.md",
            tags=[TOPICS[number % 3]],
            links=[make_link(f"n{number - 3:03}")] if number > 2 else [],
        )
        for number in range(count)
    ]
    line = make_document("lines/why.md", links=[make_link(f"n{number:03}") for number in range(0, count, 10)])
    return [*notes, line]


def random_atlas(count: int, *, seed: int = 3) -> Atlas:
    """Make a large atlas without a corpus: four joins a node, most of them within its area."""
    random = np.random.default_rng(seed)
    area = random.integers(0, MOST_AREAS, count)
    ends = random.integers(0, count, (4 * count, 2))
    kept = (area[ends[:, 0]] == area[ends[:, 1]]) | (random.random(len(ends)) < 0.1)
    pairs = {(min(a, b), max(a, b)) for a, b in ends[kept].tolist() if a != b}
    nodes = tuple(AtlasNode(1, f"note:{number:06}") for number in range(count))
    areas = tuple(f"topic {number}" for number in range(MOST_AREAS))
    return Atlas(nodes, tuple(sorted(pairs)), (), areas, tuple(area.tolist()), MOST_AREAS, 0)


@given(corpora(max_size=8))
@settings(max_examples=60, deadline=None)
def test_every_public_document_is_there_once_and_lies_in_the_frame(corpus: Corpus) -> None:
    atlas = atlas_of(corpus)
    layout = lay_out(atlas)
    public = {f"{d.kind.value}:{d.id}" for d in corpus.documents if d.is_public}
    shown = [node.name for node in atlas.nodes]
    assert len(shown) == len(set(shown)) == len(layout.places)
    assert {name for name in shown if not name.startswith("source:")} == public
    assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in layout.places)


@given(corpora(max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_documents_does_not_count(corpus: Corpus, random: object) -> None:
    shuffled = [list(documents) for documents in (corpus.notes, corpus.lines)]
    for documents in shuffled:
        random.shuffle(documents)  # type: ignore[attr-defined]
    other = replace(corpus, notes=tuple(shuffled[0]), lines=tuple(shuffled[1]))
    assert atlas_of(other) == atlas_of(corpus)


def test_the_same_atlas_gives_the_same_map() -> None:
    atlas = random_atlas(400)
    assert lay_out(atlas) == lay_out(random_atlas(400))


def test_drafts_and_unlisted_documents_are_on_no_map() -> None:
    hidden = [
        make_document("notes/secret.md", visibility=visibility, tags=["bread"], id=visibility.value)
        for visibility in (Visibility.DRAFT, Visibility.UNLISTED)
    ]
    assert atlas_of(make_corpus(*bakery(), *hidden)) == atlas_of(make_corpus(*bakery()))


def test_a_document_lies_in_the_area_of_its_topic() -> None:
    atlas = atlas_of(make_corpus(*bakery()))
    assert sorted(atlas.areas) == sorted(TOPICS)
    for node, area in zip(atlas.nodes, atlas.area_of, strict=True):
        if node.kind == "note":
            assert atlas.areas[area] == TOPICS[int(node.id[1:]) % 3]


def test_what_has_no_topic_goes_where_its_neighbours_are() -> None:
    stray = make_document("notes/stray.md", links=[make_link("n001"), make_link("n004"), make_link("n003")])
    atlas = atlas_of(make_corpus(*bakery(), stray))
    place = [node.name for node in atlas.nodes].index("note:stray")
    assert atlas.areas[atlas.area_of[place]] == TOPICS[1]


def test_what_nothing_names_and_no_topic_has_belongs_to_no_area() -> None:
    atlas = atlas_of(make_corpus(*bakery(), make_document("notes/alone.md")))
    place = [node.name for node in atlas.nodes].index("note:alone")
    assert atlas.area_of[place] == -1
    assert lay_out(atlas).places[place]


def test_without_topics_documents_that_many_are_joined_to_stand_for_areas() -> None:
    hubs = [
        make_document(f"notes/{hub}.md", title=hub, links=[make_link(f"{hub}{number}") for number in range(6)])
        for hub in ("bread", "oven")
    ]
    leaves = [make_document(f"notes/{hub}{number}.md") for hub in ("bread", "oven") for number in range(6)]
    atlas = atlas_of(make_corpus(*hubs, *leaves))
    assert atlas.areas == ("note:bread", "note:oven")
    assert atlas.topic_count == 0
    for node, area in zip(atlas.nodes, atlas.area_of, strict=True):
        assert atlas.areas[area] == f"note:{node.id.rstrip('0123456789')}"


def test_topics_that_most_documents_have_divide_the_map_alone() -> None:
    atlas = atlas_of(make_corpus(*bakery()))
    assert atlas.topic_count == len(atlas.areas)


def test_works_are_on_the_map_and_joined_to_their_notes() -> None:
    atlas = atlas_of(make_corpus(make_document("notes/a.md", sources=[SOURCES[0]]), bibliography=SOURCES[:1]))
    assert [node.name for node in atlas.nodes] == ["note:a", "source:key:kung2023"]
    assert atlas.joins == ((0, 1),)


def test_contradictions_are_told_from_other_joins() -> None:
    one = make_document("notes/a.md", relations=[(RelationKind.CONTRADICTS, "b"), (RelationKind.SUPPORTS, "c")])
    atlas = atlas_of(make_corpus(one, make_document("notes/b.md"), make_document("notes/c.md")))
    assert atlas.joins == ((0, 1), (0, 2))
    assert atlas.disputes == ((0, 1),)


def test_of_too_many_the_lines_and_what_is_joined_most_are_drawn() -> None:
    atlas = atlas_of(make_corpus(*bakery(), make_document("notes/alone.md")), most=10)
    assert len(atlas.nodes) == 10
    assert atlas.left_out == 22
    names = {node.name for node in atlas.nodes}
    assert "line:why" in names
    assert "note:alone" not in names


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_handful_of_notes_has_a_map(count: int) -> None:
    layout = lay_out(atlas_of(make_corpus(*bakery(count)[:count])))
    assert len(layout.places) == len(set(layout.places)) == count
    assert WIDTH / 4 <= layout.height <= WIDTH


def test_marks_keep_a_distance() -> None:
    layout = lay_out(atlas_of(make_corpus(*bakery())))
    assert min(math.dist(one, other) for one, other in combinations(layout.places, 2)) > 20


def test_marks_lie_within_the_coast_of_their_area() -> None:
    atlas = random_atlas(600)
    layout = lay_out(atlas)
    inside = [within(layout.places[node], layout.areas[area].rings) for node, area in enumerate(atlas.area_of)]
    assert sum(inside) / len(inside) > 0.97


def test_the_name_of_an_area_stands_on_its_land() -> None:
    layout = lay_out(random_atlas(600))
    for area in layout.areas:
        assert within(area.middle, area.rings)
        assert area.room > 0


def within(point: tuple[int, int], rings: tuple[tuple[tuple[int, int], ...], ...]) -> bool:
    """Tell whether a point lies inside, by the number of outlines to its right."""
    x, y = point
    crossings = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                crossings += 1
    return crossings % 2 == 1


def test_a_map_eight_times_as_large_takes_not_much_more_than_eight_times_as_long() -> None:
    """A quadratic layout would take sixty-four times as long; what other programs do meanwhile is not counted."""
    small, large = random_atlas(1_250), random_atlas(10_000)
    seconds = [min(seconds_for(atlas) for _ in range(2)) for atlas in (small, large)]
    assert seconds[1] < 24 * seconds[0]


def seconds_for(atlas: Atlas) -> float:
    begun = time.process_time()
    lay_out(atlas)
    return time.process_time() - begun
