"""Running text with places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.corpus.prose import GAP, prose


def texts(body: str) -> list[str]:
    return [one.text.strip() for one in prose(body)]


@pytest.mark.parametrize(
    "closed",
    [
        "[[tea]]",
        "[tea](tea.md)",
        "![tea](tea.png)",
        "`tea`",
        "$tea$",
        "[@tea]",
        "<a href='x'>tea</a>",
        "<kbd>tea</kbd>",
        "https://example.org/tea",
        "me@tea.example",
        "#tea",
    ],
)
def test_what_cannot_become_a_link_is_a_gap(closed: str) -> None:
    (found,) = texts(f"We drink {closed} daily.")
    assert "tea" not in found
    assert GAP in found


@pytest.mark.parametrize(
    "closed",
    [
        "# tea",
        "```\ntea\n```",
        "    tea",
        "%%tea%%",
        "<!-- tea -->",
        "<div>\ntea\n</div>",
        "$$\ntea\n$$",
        "[x]: tea.md",
    ],
)
def test_what_is_no_running_text_is_left_out(closed: str) -> None:
    assert "tea" not in " ".join(texts(f"{closed}\n\nWords."))


@pytest.mark.parametrize("around", ["- {}", "> {}", "| a |\n|---|\n| {} |", "[^1]\n\n[^1]: {}", "> [!note] {}"])
def test_lists_quotes_tables_footnotes_and_callouts_are_running_text(around: str) -> None:
    assert any("green tea" in one for one in texts(around.format("green tea")))


def test_a_tag_that_is_never_closed_ends_with_its_paragraph() -> None:
    assert texts("<a name='x'> one\n\ntwo") == ["two"]


def test_emphasis_and_line_ends_do_not_break_a_phrase() -> None:
    assert texts("cold *green*\ntea") == ["cold green tea"]


@pytest.mark.parametrize("before", ["", "é ", "%%gone%% ", "It's &amp; “so” ", "*b* `c` ", "\\* "])
def test_a_place_is_where_the_words_stand(before: str) -> None:
    body = f"First.\n\n{before}green tea behind"
    (found,) = [one for one in prose(body, first_line=5) if "green tea" in one.text]
    at = found.text.index("green tea")
    start, end = found.span(at, at + len("green tea"))
    row = body.split("\n")[start.line - 5]
    assert row[start.column - 1 : end.column - 1] == "green tea"


@given(st.text(alphabet="ab *_[]()`#>\n-é&;<>$%", max_size=60))
def test_every_word_has_a_place_whatever_the_text(body: str) -> None:
    rows = body.split("\n")
    for one in prose(body):
        for at in range(len(one.text)):
            start, end = one.span(at, at + 1)
            assert start <= end
            assert 1 <= start.line <= len(rows)
