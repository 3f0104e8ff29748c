"""Places and changes as editors count them, in each of the three encodings."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.author.editor.text import Change, Encoding, Point, Stretch, Text
from inquiry.diagnostics import Position, Span

ASTRAL = "Ein 🧂-Korn\r\n𝔸é[[x]] und\nEnde"
CODECS = {Encoding.UTF8: ("utf-8", 1), Encoding.UTF16: ("utf-16-le", 2), Encoding.UTF32: ("utf-32-le", 4)}


def texts() -> st.SearchStrategy[str]:
    """Draw texts with all kinds of line ends, what only looks like one, and letters of every width."""
    return st.lists(st.sampled_from(("a", "b ", "é", "語", "🧂", "𝔸", "\n", "\r\n", "\r", "\u2028", "\x0c"))).map(
        "".join
    )


def by_bytes(text: str, point: Point, encoding: Encoding) -> int:
    """Find an offset the slow way: cut the line's bytes."""
    codec, width = CODECS[encoding]
    ends = list(re.finditer("\r\n|\r|\n", text))
    starts = [0, *(match.end() for match in ends)]
    stops = [*(match.start() for match in ends), len(text)]
    line = text[starts[point.line] : stops[point.line]].encode(codec)
    return starts[point.line] + len(line[: point.column * width].decode(codec, errors="ignore"))


@pytest.mark.parametrize(
    ("encoding", "column"), [(Encoding.UTF8, 6), (Encoding.UTF16, 3), (Encoding.UTF32, 2)], ids=str
)
def test_letters_beyond_the_basic_plane_count_as_their_encoding_has_it(encoding: Encoding, column: int) -> None:
    text = Text(ASTRAL)
    link = Span.at(2, 3, 5)
    assert text.between(link) == "[[x]]"
    stretch = text.stretch(link, encoding)
    assert stretch == Stretch(Point(1, column), Point(1, column + 5))
    assert text.span(stretch, encoding) == link


@pytest.mark.parametrize("encoding", Encoding)
def test_a_column_within_a_letter_is_before_it(encoding: Encoding) -> None:
    inside = Point(0, 5)
    expected = {Encoding.UTF8: 5, Encoding.UTF16: 5, Encoding.UTF32: 6}[encoding]
    assert Text(ASTRAL).position(inside, encoding) == Position(1, expected)


@pytest.mark.parametrize("encoding", Encoding)
def test_places_outside_are_the_nearest_inside(encoding: Encoding) -> None:
    text = Text(ASTRAL)
    assert text.position(Point(0, 999), encoding) == Position(1, 11)
    assert text.position(Point(99, 3), encoding) == Position(3, 5)
    assert text.point(Position(99, 1), encoding) == Point(2, 4)
    assert text.point(Position(3, 99), encoding) == Point(2, 4)


@given(texts(), st.sampled_from(Encoding), st.data())
def test_every_place_survives_the_way_there_and_back(source: str, encoding: Encoding, data: st.DataObject) -> None:
    text = Text(source)
    lines = re.split("\r\n|\r|\n", source)
    row = data.draw(st.integers(0, len(lines) - 1))
    position = Position(row + 1, data.draw(st.integers(0, len(lines[row]))) + 1)
    point = text.point(position, encoding)
    assert text.position(point, encoding) == position
    assert text.offset(position) == by_bytes(source, point, encoding)


@given(texts(), st.lists(texts(), max_size=4), st.sampled_from(Encoding), st.data())
def test_changes_leave_the_text_that_the_editor_has(
    source: str, pieces: list[str], encoding: Encoding, data: st.DataObject
) -> None:
    theirs, changes = source, []
    codec, width = CODECS[encoding]
    for piece in pieces:
        lines = re.split("\r\n|\r|\n", theirs)
        points = []
        for _ in range(2):
            row = data.draw(st.integers(0, len(lines) - 1))
            letters = data.draw(st.integers(0, len(lines[row])))
            points.append(Point(row, len(lines[row][:letters].encode(codec)) // width))
        stretch = Stretch(*sorted(points))
        start, end = (by_bytes(theirs, point, encoding) for point in stretch)
        theirs = theirs[:start] + piece + theirs[end:]
        changes.append(Change(stretch, piece))
    assert Text(source).changed(changes, encoding).source == theirs


def test_a_change_without_a_place_is_the_whole_text() -> None:
    assert Text("a").changed([Change(None, "b\r\n")], Encoding.UTF16) == Text("b\r\n")


def test_a_plain_text_has_the_line_ends_of_a_file_that_was_read() -> None:
    text = Text("\ufeffa\r\nb\rc\n\u2028d")
    assert text.plain == "a\nb\nc\n\u2028d"
    assert Text("half a \ud83e letter").source == "half a \ufffd letter"
    assert text.line_end == "\r\n"
    assert [text.line(number) for number in (0, 2, 4, 9)] == ["", "b", "\u2028d", ""]
