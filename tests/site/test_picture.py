"""The neighbourhood picture: valid, readable, harmless whatever the titles."""

from __future__ import annotations

from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.site.picture import (
    HEIGHT,
    MOST_NEIGHBOURS,
    WIDTH,
    Mark,
    PictureNode,
    fit,
    neighbourhood_svg,
    place,
    text_width,
)

nodes = st.builds(
    PictureNode,
    title=st.text(max_size=90),
    href=st.from_regex(r"\.\./[a-z]{1,9}/", fullmatch=True),
    mark=st.sampled_from(Mark),
)
CENTRE = PictureNode("Does sleep debt add up?", "", Mark.LINE)


def ring_of(count: int) -> list[PictureNode]:
    return [PictureNode(f"A note about thing {n}", f"../n{n}/", Mark.NOTE) for n in range(count)]


def parsed(ring: list[PictureNode], edges: list[tuple[int, int]] | None = None) -> ET.Element:
    svg = neighbourhood_svg(CENTRE, ring, edges or [], title="Around this page")
    return ET.fromstring(str(svg))  # noqa: S314 - our own output


@given(st.lists(nodes, max_size=20))
def test_labels_never_overlap(ring: list[PictureNode]) -> None:
    boxes = [each.label_box for each in place(ring) if each.label]
    for one, other in combinations(boxes, 2):
        apart_x = one[2] <= other[0] or other[2] <= one[0]
        apart_y = one[3] <= other[1] or other[3] <= one[1]
        assert apart_x or apart_y


@given(st.lists(nodes, max_size=20))
def test_no_label_covers_a_mark(ring: list[PictureNode]) -> None:
    placed = place(ring)
    for label in (each for each in placed if each.label):
        left, top, right, bottom = label.label_box
        assert not any(left < each.x < right and top < each.y < bottom for each in placed)


@given(st.lists(nodes, max_size=20))
def test_everything_stays_inside_the_picture(ring: list[PictureNode]) -> None:
    for each in place(ring):
        left, top, right, bottom = each.label_box
        assert left >= 0
        assert top >= 0
        assert right <= WIDTH
        assert bottom <= HEIGHT


@given(st.lists(nodes, min_size=1, max_size=20))
def test_the_picture_is_xml_with_one_link_a_neighbour(ring: list[PictureNode]) -> None:
    hrefs = [link.get("href") for link in parsed(ring).iter("a")]
    assert hrefs == [node.href for node in ring[:MOST_NEIGHBOURS]]


@pytest.mark.parametrize("count", range(1, MOST_NEIGHBOURS + 1))
def test_every_ordinary_title_gets_a_label(count: int) -> None:
    assert all(each.label for each in place(ring_of(count)))


@pytest.mark.parametrize("count", range(2, MOST_NEIGHBOURS + 1))
def test_targets_of_one_side_are_as_high_as_a_finger_needs(count: int) -> None:
    placed = place(ring_of(count))
    for side in (1, -1):
        heights = sorted(each.y for each in placed if each.side == side)
        assert all(low - high >= 24 for high, low in pairwise(heights))


def test_a_cut_label_ends_in_an_ellipsis_and_the_full_title_stays() -> None:
    title = "A title that is far too long for a picture as small as this one"
    svg = parsed([PictureNode(title, "../x/", Mark.NOTE)])
    link = next(svg.iter("a"))
    label = (link.findtext("text") or "").strip("\u2068\u2069")
    assert label.endswith("…")
    assert title.startswith(label.removesuffix("…"))
    assert link.findtext("title") == title


def test_a_title_cannot_break_out_of_its_element() -> None:
    svg = parsed([PictureNode("</title><script>alert(1)</script>\x00", '"><x', Mark.NOTE)])
    assert {each.tag for each in svg.iter()} <= {"svg", "path", "g", "title", "rect", "a", "circle", "text"}


def test_each_kind_has_its_shape() -> None:
    svg = parsed([PictureNode("x", "../x/", mark) for mark in (Mark.LINE, Mark.NOTE, Mark.SOURCE)])
    shapes = [(link[2].tag, link[2].get("class")) for link in svg.iter("a")]
    assert shapes == [
        ("rect", "nb-node nb-line"),
        ("circle", "nb-node nb-note"),
        ("path", "nb-node nb-source"),
    ]


def test_edges_to_what_is_not_shown_are_left_out() -> None:
    ring = ring_of(3)
    assert str(parsed(ring, [(0, 1), (1, 0), (2, 2), (0, 40)])[0].get("d")).count("M") == 1


def test_a_page_with_nothing_around_has_no_picture() -> None:
    assert not neighbourhood_svg(CENTRE, [], [], title="Around this page")


def test_the_picture_holds_no_colour_of_its_own() -> None:
    svg = str(neighbourhood_svg(CENTRE, ring_of(9), [(0, 1)], title="Around this page"))
    assert "#" not in svg
    assert "style" not in svg


@given(st.text(max_size=60), st.floats(min_value=0, max_value=200))
def test_a_fitted_title_fits(title: str, room: float) -> None:
    assert text_width(fit(title, room)) <= room + 1e-9
