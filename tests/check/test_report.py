"""The reports, text and JSON, of findings made by hand."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.check.report.excerpt import WIDTH, cells, excerpt
from inquiry.check.report.json import render_json
from inquiry.check.report.text import render_text
from inquiry.check.report.verdict import Verdict
from inquiry.diagnostics import Diagnostic, Position, Related, Span, finding


def dangling(line: int, column: int, width: int) -> Diagnostic:
    message = "`[[sleep-dept]]` does not name a note or a line"
    hint = "did you mean `sleep-debt`?"
    return finding("dangling-link", "notes/a.md", Span.at(line, column, width), message, hint=hint)


def text_of(*diagnostics: Diagnostic, source: str = "") -> str:
    lines = source.split("\n")
    return render_text(Verdict(diagnostics, files=3, links=1200), lambda _path: lines)


def test_a_finding_shows_its_place_its_source_and_a_hint() -> None:
    assert text_of(dangling(2, 6, 14), source="---\nSee  [[sleep-dept]] on it.") == (
        "notes/a.md:2:6: error: `[[sleep-dept]]` does not name a note or a line [dangling-link]\n"
        "  |\n"
        "2 | See  [[sleep-dept]] on it.\n"
        "  |      ^^^^^^^^^^^^^^\n"
        "  = hint: did you mean `sleep-debt`?\n"
        "\n"
        "3 files, 1,200 links: 1 error, 0 warnings\n"
        "     1 dangling-link\n"
    )


def test_a_sound_knowledge_base_gets_one_line() -> None:
    assert text_of() == "3 files, 1,200 links: nothing wrong\n"


def test_related_places_stand_below_the_excerpt() -> None:
    related = (Related("notes/b.md", Span.at(3, 1, 5), "first defined here"),)
    report = text_of(finding("duplicate-title", "notes/a.md", Span.at(1, 1, 2), "twice", related=related), source="ab")
    assert "\n  = notes/b.md:3:1: first defined here\n" in report


def test_a_finding_about_a_whole_file_shows_no_source() -> None:
    report = text_of(finding("orphan-note", "notes/a.md", Span.at(1), "alone"), source="---")
    assert report.startswith("notes/a.md:1:1: warning: alone [orphan-note]\n\n")


def test_the_summary_names_the_most_frequent_rule_first() -> None:
    orphan = finding("orphan-note", "notes/a.md", Span.at(1), "alone")
    report = text_of(orphan, dangling(1, 1, 1), dangling(2, 1, 1))
    assert report.endswith("3 files, 1,200 links: 2 errors, 1 warning\n     2 dangling-link\n     1 orphan-note\n")


def test_a_span_over_several_lines_is_underlined_to_the_end_of_the_first() -> None:
    span = Span(Position(1, 5), Position(2, 3))
    report = text_of(finding("dangling-link", "notes/a.md", span, "broken over two lines"), source="See [a\nb](c)")
    assert "\n1 | See [a\n  |     ^^\n" in report


def test_a_file_that_cannot_be_read_again_still_gives_a_finding() -> None:
    assert text_of(dangling(40, 2, 3), source="").startswith("notes/a.md:40:2: error: ")


def test_plain_text_has_no_escape_codes_and_coloured_text_says_the_same() -> None:
    verdict = Verdict((dangling(1, 1, 3),), files=1, links=1)
    plain = render_text(verdict, lambda _path: ["abc"])
    coloured = render_text(verdict, lambda _path: ["abc"], colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror\x1b[0m" in coloured


@pytest.mark.parametrize(
    ("line", "column", "width", "offset", "marks"),
    [
        ("\t[[x]]", 2, 5, 4, 5),
        ("日本 [[x]]", 4, 5, 5, 5),
        ("[[日本]]", 1, 6, 0, 8),
        ("cafe\u0301 [[x]]", 7, 5, 5, 5),
    ],
)
def test_the_underline_lies_below_its_characters(line: str, column: int, width: int, offset: int, marks: int) -> None:
    shown = excerpt(line, column, column + width)
    assert (shown.offset, shown.width) == (offset, marks)


def test_a_long_line_is_cut_around_the_finding() -> None:
    line = "a" * 500 + "[[target]]" + "b" * 500
    shown = excerpt(line, 501, 511)
    assert shown.source[shown.offset : shown.offset + shown.width] == "[[target]]"
    assert shown.source.startswith("…a")
    assert shown.source.endswith("b…")
    assert cells(shown.source) <= WIDTH


@given(st.text(), st.integers(1, 40), st.integers(0, 40))
def test_no_text_breaks_an_excerpt_or_reaches_the_terminal_as_a_command(line: str, start: int, width: int) -> None:
    shown = excerpt(line, start, start + width)
    assert not any(unicodedata.category(char) == "Cc" for char in shown.source)
    assert cells(shown.source) <= WIDTH
    assert shown.offset + shown.width <= WIDTH + 1


def test_json_has_exactly_the_promised_shape() -> None:
    report = json.loads(render_json(Verdict((dangling(12, 5, 14),), files=96, links=812)))
    assert report == {
        "version": 1,
        "summary": {"files": 96, "links": 812, "errors": 1, "warnings": 0},
        "diagnostics": [
            {
                "code": "INQ201",
                "name": "dangling-link",
                "severity": "error",
                "path": "notes/a.md",
                "line": 12,
                "column": 5,
                "end_line": 12,
                "end_column": 19,
                "message": "`[[sleep-dept]]` does not name a note or a line",
                "hint": "did you mean `sleep-debt`?",
                "fixable": False,
            }
        ],
    }
