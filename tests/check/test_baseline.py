"""A baseline knows what was wrong before, wherever it has moved to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.check.baseline import BaselineError, read_baseline, sift, write_baseline
from inquiry.diagnostics import Diagnostic, Span, finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inquiry.check.baseline import ReadLines


def at(line: int, message: str = "`x` names nothing", path: str = "notes/a.md") -> Diagnostic:
    return finding("dangling-link", path, Span.at(line, 1, 5), message)


def lines(*texts: str) -> ReadLines:
    def lines_of(_path: str) -> Sequence[str]:
        return texts

    return lines_of


BEFORE = lines("see [[x]]", "and [[x]]")


def known(*found: Diagnostic) -> frozenset[str]:
    return frozenset(one.fingerprint for one in read_baseline(write_baseline(found, BEFORE)))


def test_what_is_known_does_not_fail_again() -> None:
    sifted = sift([at(1), at(2)], known(at(1), at(2)), BEFORE)
    assert (sifted.new, sifted.known, sifted.gone) == ((), 2, 0)


def test_a_finding_that_moved_is_still_known() -> None:
    assert sift([at(3)], known(at(1)), lines("", "new", "see  [[x]]")).new == ()


def test_the_same_mistake_on_another_line_is_new() -> None:
    assert sift([at(1), at(2)], known(at(1)), BEFORE).new == (at(2),)


def test_one_more_of_a_kind_on_one_line_is_new() -> None:
    twice = [at(1), at(1)]
    assert sift(twice, known(at(1)), BEFORE).new == (at(1),)
    assert sift([at(1)], known(*twice), BEFORE).gone == 1


def test_what_a_baseline_knows_of_other_files_stays_in_it() -> None:
    others = read_baseline(write_baseline([at(1, path="notes/b.md")], BEFORE))
    held = read_baseline(write_baseline([at(1, path="notes/c.md"), at(1)], BEFORE, others))
    assert [one.path for one in held] == ["notes/a.md", "notes/b.md", "notes/c.md"]
    assert others[0] in held


@settings(deadline=None)
@given(st.lists(st.builds(at, st.integers(1, 4), st.text(max_size=5), st.text(max_size=5)), max_size=6))
def test_a_baseline_holds_all_that_it_was_made_of(found: list[Diagnostic]) -> None:
    assert sift(found, known(*found), BEFORE).new == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[]", "not a baseline"),
        ('{"version": 9, "findings": []}', "version `9`"),
        ('{"version": 1, "findings": [{}]}', "no fingerprint"),
        ('{"version": 1, "findings": [[]]}', "no fingerprint"),
    ],
)
def test_what_is_no_baseline_says_why(text: str, reason: str) -> None:
    with pytest.raises(BaselineError, match=reason):
        read_baseline(text)
