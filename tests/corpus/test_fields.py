"""Text, tags, dates and references are read from all their spellings."""

from __future__ import annotations

import pytest

from inquiry.corpus.frontmatter import parse_head
from inquiry.corpus.model import FrontMatter, Kind, Reference, RelationKind
from inquiry.diagnostics import Span

PATH = "notes/a.md"


def head(yaml: str, kind: Kind = Kind.NOTE) -> FrontMatter:
    return parse_head(f"---\n{yaml}\n---\nBody.\n", PATH, kind)


def clean(yaml: str, kind: Kind = Kind.NOTE) -> FrontMatter:
    found = head(yaml, kind)
    assert found.diagnostics == ()
    return found


def faults(yaml: str, kind: Kind = Kind.NOTE) -> list[tuple[str, int, int]]:
    found = head(yaml, kind).diagnostics
    return [(fault.rule.name, fault.span.start.line, fault.span.start.column) for fault in found]


def names(references: tuple[Reference, ...]) -> list[str]:
    return [reference.value for reference in references]


class TestText:
    @pytest.mark.parametrize("spelling", ["summary", "description", "abstract", "desc", "Summary"])
    def test_a_summary_has_many_names(self, spelling: str) -> None:
        assert clean(f"{spelling}: What it says.").summary == "What it says."

    def test_line_breaks_are_folded(self) -> None:
        assert clean("summary: |\n  one\n  two\n").summary == "one two"

    @pytest.mark.parametrize("title", ["2026", "2026-02-31", "yes", "1.50"])
    def test_a_title_that_yaml_takes_for_something_else_is_its_text(self, title: str) -> None:
        assert clean(f"title: {title}").title == Reference(title, Span.at(2, 8, len(title)))

    def test_null_means_absent(self) -> None:
        keys = ("title", "id", "summary", "tags", "aliases", "source", "relations", "created", "draft", "publish")
        for null in ("", "~", "null"):
            assert clean("\n".join(f"{key}: {null}" for key in keys)) == FrontMatter(body_line=13, present=True)

    @pytest.mark.parametrize("key", ["title", "summary", "id"])
    @pytest.mark.parametrize("value", ["[a]", "{a: b}"])
    def test_a_list_or_a_mapping_is_no_text(self, key: str, value: str) -> None:
        assert faults(f"{key}: {value}") == [("invalid-value", 2, len(key) + 3)]


class TestTags:
    @pytest.mark.parametrize(
        ("yaml", "tags"),
        [
            ("tags: [b, a, b]", ("b", "a")),
            ("tags: b, a c", ("b", "a c")),
            ("tags: b a", ("b", "a")),
            ("keywords: '#b, #a/c'", ("b", "a/c")),
            ("tag: b", ("b",)),
            ("tags: [2026, 1.0, yes, two words]", ("2026", "1.0", "yes", "two words")),
            ("tags:\n  - '#a'\n  -\n  - b", ("a", "b")),
            ("keywords: [c]\ntags: [a]", ("a", "c")),
            ("tags: []", ()),
        ],
    )
    def test_tags_keep_their_order_and_lose_their_signs(self, yaml: str, tags: tuple[str, ...]) -> None:
        assert clean(yaml).tags == tags

    def test_a_mapping_is_no_tag(self) -> None:
        assert faults("tags: {a: b}") == [("invalid-value", 2, 7)]
        assert faults("tags: [a, {b: c}]") == [("invalid-value", 2, 11)]


class TestDates:
    @pytest.mark.parametrize(
        ("written", "iso"),
        [
            ("2026-01-05", "2026-01-05"),
            ("2026-1-5", "2026-01-05"),
            ("'2026-01-05'", "2026-01-05"),
            ("2026-01-05T23:30:00-08:00", "2026-01-05"),
            ("2026-01-05 23:30:00 +0000 UTC", "2026-01-05"),
            ("2026/01/05", "2026-01-05"),
            ("2026-01", "2026-01"),
            ("2026", "2026"),
            ("20260105", "2026-01-05"),
            ("1608518909864", "2020-12-21"),
            ('"[[2026-01-05]]"', "2026-01-05"),
            ('"[[Daily/2026-01-05|that day]]"', "2026-01-05"),
        ],
    )
    def test_dates_are_spelled_one_way(self, written: str, iso: str) -> None:
        assert clean(f"created: {written}").created == iso

    @pytest.mark.parametrize(
        "written", ["2026-02-31", "2026-13-01", "2026-13", "soon", "'2026-02-31'", "[2026]", "0000", "2026-01-05x"]
    )
    def test_a_date_that_no_calendar_has_is_reported_at_its_value(self, written: str) -> None:
        assert faults(f"created: {written}") == [("invalid-value", 2, 10)]
        assert head(f"created: {written}").created == ""

    @pytest.mark.parametrize("key", ["updated", "modified", "lastmod"])
    def test_changes_have_several_names(self, key: str) -> None:
        assert clean(f"date: 2026-01-01\n{key}: 2026-01-02").updated == "2026-01-02"
        assert clean(f"date: 2026-01-01\n{key}: 2026-01-02").created == "2026-01-01"

    def test_materials_blog_writes_both_under_date(self) -> None:
        found = clean("date:\n  created: 2026-01-01\n  updated: 2026-01-02")
        assert (found.created, found.updated) == ("2026-01-01", "2026-01-02")


class TestReferences:
    @pytest.mark.parametrize(
        "written",
        [
            "b",
            "[b]",
            '"[[b]]"',
            "[[b]]",
            '["[[b|shown]]"]',
            "[[b|shown]]",
            "\n  - [[b]]",
            "\n- b.md",
            "'[[b#H|x]]'",
            "[[[b]]]",
        ],
    )
    def test_a_name_may_be_written_as_a_link(self, written: str) -> None:
        assert names(clean(f"next: {written}", Kind.LINE).next) == ["b"]
        assert names(clean(f"aliases: {written}").aliases) == ["b"]

    def test_names_keep_order_and_place(self) -> None:
        found = clean('aliases: [Hot pavements, "[[é😀|x]]", last]').aliases
        assert found == (
            Reference("Hot pavements", Span.at(2, 11, 13)),
            Reference("é😀", Span.at(2, 29, 2)),
            Reference("last", Span.at(2, 38, 4)),
        )

    def test_a_comma_in_an_unquoted_link_is_part_of_the_name(self) -> None:
        assert names(clean("aliases: [[Hello, world]]").aliases) == ["Hello, world"]

    def test_relations_come_in_the_order_of_a_page(self) -> None:
        found = clean("relations:\n  supports: [[b]]\n  contradicts: [a, c]\nextends: d").relations
        assert [(kind, reference.value) for kind, reference in found] == [
            (RelationKind.CONTRADICTS, "a"),
            (RelationKind.CONTRADICTS, "c"),
            (RelationKind.SUPPORTS, "b"),
            (RelationKind.EXTENDS, "d"),
        ]

    @pytest.mark.parametrize(
        ("yaml", "fault"),
        [
            ("relations: [a]", ("invalid-value", 2, 12)),
            ("relations: a", ("invalid-value", 2, 12)),
            ("relations: {suports: [a]}", ("unknown-key", 2, 13)),
            ("relations: {likes: [a]}", ("invalid-value", 2, 13)),
            ("relations: {supports: {a: b}}", ("invalid-value", 2, 23)),
            ("relations: {supports: true}", ("invalid-value", 2, 23)),
        ],
    )
    def test_relations_of_another_form_are_reported(self, yaml: str, fault: tuple[str, int, int]) -> None:
        assert faults(yaml) == [fault]

    def test_sources_of_a_line_are_notes_and_of_a_note_works(self) -> None:
        line = clean("sources: [a, '[[b]]']", Kind.LINE)
        note = clean("sources: [a, '[[b]]']", Kind.NOTE)
        assert (names(line.source_notes), line.source_keys) == (["a", "b"], ())
        assert (note.source_notes, names(note.source_keys)) == ((), ["a", "b"])

    def test_links_in_values_that_are_not_read_are_found(self) -> None:
        found = clean('related: ["[[a|x]]", "see [[b#c]] and [[d]]"]\nup: {to: "[[e]]"}\nmatrix: [[1]]').links
        assert found[0] == Reference("a", Span.at(2, 14, 1))
        assert names(found) == ["a", "b", "d", "e"]
