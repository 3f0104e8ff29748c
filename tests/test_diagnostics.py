"""The rules and the values that report them."""

from __future__ import annotations

import re

import pytest

from inquiry.diagnostics import RULES, Diagnostic, Position, Severity, Span, finding

OPT_IN = frozenset({"uncited-claim", "unlinked-mention"})
"""Rules that are off until an author asks for them."""


def test_every_rule_has_a_code_and_a_name_of_its_own() -> None:
    codes = [rule.code for rule in RULES.values()]
    assert len(set(codes)) == len(codes)
    assert all(name == rule.name for name, rule in RULES.items())


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_is_well_formed(name: str) -> None:
    rule = RULES[name]
    assert re.fullmatch(r"INQ[01234569]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert rule.summary.endswith(".")
    assert rule.severity is not Severity.OFF or name in OPT_IN


def test_a_span_on_one_line_ends_behind_its_last_character() -> None:
    assert Span.at(3, 5, 2) == Span(Position(3, 5), Position(3, 7))


def test_a_finding_takes_the_severity_of_its_rule() -> None:
    found = finding("missing-title", "notes/a.md", Span.at(1), "no title")
    assert found.severity is RULES["missing-title"].severity
    assert (found.hint, found.related, found.fixable) == ("", (), False)


def test_findings_sort_by_file_then_by_place_then_by_code() -> None:
    ordered = [
        finding("dangling-link", "a.md", Span.at(2, 1), "x"),
        finding("invalid-value", "a.md", Span.at(2, 9), "x"),
        finding("missing-anchor", "a.md", Span.at(2, 9), "x"),
        finding("invalid-value", "a.md", Span.at(10, 1), "x"),
        finding("invalid-value", "b.md", Span.at(1, 1), "x"),
    ]
    shuffled = [ordered[place] for place in (3, 0, 4, 2, 1)]
    assert sorted(shuffled, key=Diagnostic.sort_key) == ordered
