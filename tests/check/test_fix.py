"""Mending: what is certain is mended, everything else stays as it is to the byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.check.fix import diff, mend, replaced
from inquiry.check.slips import is_one_slip, meant
from inquiry.diagnostics import Edit, Position, Span


def edit(line: int, column: int, old: str, new: str) -> Edit:
    return Edit("a.md", Span.at(line, column, len(old)), old, new)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_byte_order_mark_stay(end: str, mark: str) -> None:
    text = f"{mark}𝔸 [[abc]]{end}\tx [[abd]]{end}"
    mended = mend("a.md", text, [edit(1, 5, "abc", "xyz"), edit(2, 6, "abd", "z")])
    assert (mended.after, mended.count) == (f"{mark}𝔸 [[xyz]]{end}\tx [[z]]{end}", 2)


@pytest.mark.parametrize(
    "odd",
    [
        edit(1, 1, "abd", "xyz"),
        edit(9, 1, "abc", "xyz"),
        edit(1, 99, "abc", "xyz"),
        edit(0, 1, "abc", "xyz"),
        Edit("a.md", Span(Position(1, 1), Position(2, 2)), "abc", "xyz"),
        Edit("a.md", Span(Position(1, 3), Position(1, 1)), "abc", "xyz"),
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(odd: Edit) -> None:
    assert mend("a.md", "abc\nabc\n", [odd]).after == "abc\nabc\n"


def test_of_two_edits_of_one_place_the_first_is_made() -> None:
    edits = [edit(1, 1, "abc", "x"), edit(1, 1, "abc", "y")]
    assert mend("a.md", "abc abc", edits).after == "x abc"


def test_text_can_be_put_in() -> None:
    new = Edit("a.md", Span.at(2), "", "aliases: [old]\n")
    assert mend("a.md", "---\ntitle: A\n---\n", [new]).after == "---\naliases: [old]\ntitle: A\n---\n"


@settings(deadline=None)
@given(st.text(), st.lists(st.builds(edit, st.integers(-1, 5), st.integers(-1, 9), st.text(max_size=3), st.text())))
def test_no_text_and_no_edit_is_too_odd(text: str, edits: list[Edit]) -> None:
    mended = mend("a.md", text, sorted(edits, key=lambda one: one.span))
    assert mended.count or mended.after == text
    assert bool(diff(mended)) == (mended.before != mended.after)


@pytest.mark.parametrize(
    ("stretch", "old", "new", "expected"),
    [
        ("[[sleep-dept|so long]]", "sleep-dept", "sleep-debt", "[[sleep-debt|so long]]"),
        ("../Notes/A.md#x", "../Notes/A.md", "../notes/a.md", "../notes/a.md#x"),
        ("My%20Note.md", "My Note.md", "my note.md", "my%20note.md"),
        ('"sleep-dept"', "sleep-dept", "sleep-debt", '"sleep-debt"'),
        ("Note.md", "Note.md", "my note.md", None),
        ("dept, dept", "dept", "debt", None),
        ("sleep-debts", "sleep-debt", "x", None),
        ("", "x", "y", None),
    ],
)
def test_words_are_replaced_where_they_stand_once(stretch: str, old: str, new: str, expected: str | None) -> None:
    assert replaced(stretch, old, new) == expected


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("sleep-dept", "sleep-debt", False),
        ("slep-debt", "sleep-debt", True),
        ("sleep-dbet", "sleep-debt", True),
        ("lseep", "sleep", False),
        ("casual", "causal", False),
        ("qlora", "lora", False),
        ("affect", "effect", False),
        ("morality", "mortality", False),
        ("smith2020a", "smith2020b", False),
        ("smith2020", "smith2020a", False),
        ("smith200", "smith2000", False),
        ("jones2020s", "jones2020", False),
        ("smith2020aa", "smith2020a", False),
        ("sleeps-debt", "sleep-debt", True),
        ("Sleep", "sleeps", True),
        ("sleep", "sleep", False),
        ("sleep-1", "sleep-2", False),
        ("sleep", "sheet", False),
        ("desert-sand", "dessert-sand", False),
        ("a-casual-link", "a-causal-link", False),
        ("city-planing", "city-planning", False),
        ("the-use", "the-sue", False),
        ("labelled-data", "labeled-data", True),
    ],
)
def test_a_slip_leaves_no_doubt(one: str, other: str, slip: bool) -> None:
    assert is_one_slip(one, other) is slip
    assert is_one_slip(other, one) is slip


def test_what_is_meant_is_beyond_doubt_or_nothing() -> None:
    assert meant("slep-debt", ["sleep-debt", "sleep-depth-of-dreams"]) == "sleep-debt"
    assert meant("slep-debt", ["sleep-debt", "slep-debts"]) == ""
    assert meant("cat", ["cats"]) == ""


def test_a_diff_reads_like_any_other() -> None:
    mended = mend("notes/a.md", "one\nabc", [edit(2, 1, "abc", "xyz")])
    assert diff(mended) == (
        "--- a/notes/a.md\n+++ b/notes/a.md\n@@ -1,2 +1,2 @@\n one\n"
        "-abc\n\\ No newline at end of file\n+xyz\n\\ No newline at end of file\n"
    )
