"""Text fragments: how they are taken apart, and that a text always has its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.check.text_fragments import Quote, folded, quotes_in


@pytest.mark.parametrize(
    ("fragment", "quotes"),
    [
        ("part", ()),
        (":~:text=", ()),
        (":~:selector(type=x)", ()),
        ("part:~:text=a b", (Quote("a b", "a b"),)),
        (":~:text=a,b", (Quote("a,b", "a", "b"),)),
        (":~:text=x-,a,b,-y", (Quote("x-,a,b,-y", "a", "b", "x", "y"),)),
        (":~:text=a,-y&other=1&text=c", (Quote("a,-y", "a", "", "", "y"), Quote("c", "c"))),
        (":~:text=one, two, three", (Quote("one, two, three", "one, two, three"),)),
    ],
)
def test_a_fragment_is_taken_apart(fragment: str, quotes: tuple[Quote, ...]) -> None:
    assert quotes_in(fragment) == quotes


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("shade", True),
        ("SHADE FALLS", True),
        ("shad", False),
        ("hade", False),
        ("shade,street", True),
        ("street,shade", False),
        ("the-,shade", True),
        ("a-,shade", False),
        ("shade,-falls", True),
        ("shade,-on", False),
        ("cafe's", True),
        ("\u201cquoted\u201d", True),
    ],
)
def test_words_stand_in_a_text_or_do_not(written: str, *, stands: bool) -> None:
    text = folded('The shade falls\n on the \u2018street\u2019 of a Caf\u00e9\u2019s "quoted" name.')
    assert quotes_in(f":~:text={written}")[0].stands_in(text) is stands


@given(st.text(), st.text(min_size=1), st.text())
def test_a_text_has_every_run_of_its_own_words(before: str, words: str, behind: str) -> None:
    if folded(words):
        assert Quote(words, words).stands_in(folded(f"{before} {words} {behind}"))
