"""Labels of the map: they never meet, and what they cut they say so."""

from __future__ import annotations

from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from inquiry.site.labels import LONGEST, MOST_ROWS, Box, Taken, around, label_width, rows

numbers = st.floats(min_value=-500, max_value=1500)
sizes = st.floats(min_value=1, max_value=300)


@given(st.lists(st.tuples(numbers, numbers, sizes, sizes), max_size=40))
def test_labels_that_were_placed_never_meet(wanted: list[tuple[float, float, float, float]]) -> None:
    taken = Taken()
    placed: list[Box] = []
    for x, y, width, height in wanted:
        box = taken.first_free(around(x, y, width, height, 5))
        if box is not None:
            taken.add(box)
            placed.append(box)
    assert len(placed) >= min(len(wanted), 1)
    assert not any(one.meets(other) for one, other in combinations(placed, 2))


@given(st.lists(st.tuples(numbers, numbers, sizes, sizes), min_size=1, max_size=20))
def test_what_is_covered_is_counted_once(wanted: list[tuple[float, float, float, float]]) -> None:
    taken = Taken()
    boxes = [Box(x, y, x + width, y + height) for x, y, width, height in wanted]
    for box in boxes[1:]:
        taken.add(box)
    assert taken.count(boxes[0]) == sum(boxes[0].meets(other) for other in boxes[1:])


titles = st.one_of(st.text(max_size=200), st.text(alphabet="ab  ", max_size=200))


@given(titles)
def test_a_label_is_a_few_short_rows(title: str) -> None:
    made = rows(title)
    assert 1 <= len(made) <= MOST_ROWS
    assert all(len(row) <= LONGEST + 1 for row in made)


@given(titles)
@example("a" * (LONGEST + 1) + " b")
def test_a_label_is_the_whole_title_or_ends_in_an_ellipsis(title: str) -> None:
    made = " ".join(rows(title))
    assert made == " ".join(title.split()) or made.endswith("…")


def test_a_wider_label_is_measured_wider() -> None:
    assert label_width(["mmm"], 12) > label_width(["iii"], 12)
    assert label_width(["mmm"], 24) == 2 * label_width(["mmm"], 12)
