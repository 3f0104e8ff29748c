"""Paragraphs that stand by themselves, and labels that are defined twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.corpus.markdown import parse_body
from inquiry.corpus.paragraphs import paragraphs
from inquiry.diagnostics import Span


@pytest.mark.parametrize(
    "text",
    [
        "See [[x]].",
        "See [a](b.md).",
        "See [@key].",
        "See [a][r].\n\n[r]: x",
        "See <https://example.org/>.",
        "So https://example.org/.",
        "A[^1].\n\n[^1]: B.",
        "![a](b.png)",
    ],
)
def test_a_paragraph_with_a_link_rests_on_something(text: str) -> None:
    assert next(paragraphs(text)).has_link


@pytest.mark.parametrize("text", ["Plain.", "See [above](#top).", "See [[#Part]].", "An [aside], a@b.", "`[[x]]`"])
def test_a_paragraph_without_a_link_to_elsewhere_does_not(text: str) -> None:
    assert not next(paragraphs(text)).has_link


OTHER_BLOCKS = (
    "- Item",
    "> Quote",
    "> [!takeaway]\n> So.",
    "# Head",
    "    code",
    "| a |\n|---|\n| b |",
    "[^1]: Text",
    "",
)


@pytest.mark.parametrize("text", OTHER_BLOCKS)
def test_what_is_no_paragraph_of_its_own_is_left_out(text: str) -> None:
    assert list(paragraphs(text)) == []


def test_a_mark_of_ones_own_is_seen_and_not_published() -> None:
    (paragraph,) = paragraphs("My *own* thought. [.own]")
    assert (paragraph.text, paragraph.is_own, paragraph.has_link) == ("My own thought.", True, False)
    body = parse_body("My own thought. [.own]", "notes/a.md")
    assert "own]" not in "".join(map(str, body.pieces))
    assert body.text == "My own thought."
    assert body.diagnostics == ()


def test_a_place_counts_characters_and_comments() -> None:
    first, second = paragraphs("%%hidden%%\n\nÄ 🫖 b\nc\n\nLast one.", first_line=5)
    assert first.span == Span.at(7, 1, 5)
    assert second.span == Span.at(10, 1, 9)
    assert first.sentences == ("Ä 🫖 b c",)


@given(st.text("ab.?!# \n>-*[]()^:`%|"))
def test_no_text_breaks_paragraphs_or_definitions(text: str) -> None:
    assert all(paragraph.text == " ".join(paragraph.text.split()) for paragraph in paragraphs(text))
    parse_body(f"{text}\n\n[a]: b\n\n{text}\n\n[a]: c", "notes/a.md")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[a]: x\n[a]: y\n[a]: x\n", [2]),
        ("[A  b]: x\n\n> - [a B]: y\n", [3]),
        ("[a]:\nx\n\n[a]:\ny\n", [4]),
        ("[a]: <x y>\n\n[a]: <x y>\n", []),
        ("[a]: x\n\nText\n[a]: y\n", []),
        ("[a]: x\n\n```\n[a]: y\n```\n", []),
        ("[a]: x\n\n    [a]: y\n", []),
        ("[a]: x\n\n<div>\n[a]: y\n</div>\n", []),
        ("[a]: x\n\n%%\n[a]: y\n%%\n\n[a]: z\n", [7]),
        ("[^a]: x\n\n[^A]: y\n", [3]),
    ],
)
def test_a_label_that_is_defined_twice_is_reported_at_the_second(text: str, lines: list[int]) -> None:
    found = parse_body(text, "notes/a.md").diagnostics
    assert [one.span.start.line for one in found] == lines
    assert all(one.rule.name == "conflicting-reference" and one.related[0].span.start.line == 1 for one in found)
