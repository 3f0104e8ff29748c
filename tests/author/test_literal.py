"""Other people's words as Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.author.literal import quotation
from inquiry.corpus.body import LinkKind
from inquiry.corpus.markdown import parse_body

WORDS = (
    "[[tea]]",
    "[@kung2023]",
    "![x](y.png)",
    "*new*",
    "_so_",
    "a_b",
    "`code`",
    "$5",
    "<b>",
    "==x==",
    "%%x%%",
    "~~x~~",
    "^evidence",
    "#tag",
    "&amp;",
    "{#id}",
    "|",
    "[!note]",
    "1.",
    "-",
    "+",
    "#",
    "===",
    "---",
    "```",
    "~~~",
    "\\",
    "word",
)


def typed(text: str) -> str:
    """Undo the dashes that hyphens become in any text."""
    return text.replace("\u2014", "---").replace("\u2013", "--")


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("frame", ["{} of words", "words of {}", "{}"])
def test_a_quoted_text_says_just_what_it_said(word: str, frame: str) -> None:
    text = frame.format(word)
    body = parse_body(quotation(text), "notes/a.md")
    assert typed(body.text) == text
    assert body.links == ()
    assert body.passages == ()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_no_mixture_of_marks_makes_a_link_a_callout_or_a_passage(words: list[str]) -> None:
    body = parse_body(quotation(" ".join(words)), "notes/a.md")
    assert typed(body.text) == " ".join(words)
    assert all(link.kind is LinkKind.AUTOLINK for link in body.links)
    assert body.passages == ()


def test_nothing_is_quoted_as_nothing() -> None:
    assert quotation("  ") == ""
