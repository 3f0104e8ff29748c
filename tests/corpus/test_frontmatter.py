"""Heads become typed fields, faults have exact places, and nothing raises."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.corpus.frontmatter import parse_head
from inquiry.corpus.head import Head, Syntax, split_head, text_from_line
from inquiry.corpus.model import FrontMatter, Kind, Reference, RelationKind, Visibility
from inquiry.corpus.spellings import SPELLINGS
from inquiry.diagnostics import Related, Span

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


class TestWhereAHeadEnds:
    def test_a_file_without_head_is_all_body(self) -> None:
        assert parse_head("# Title\n", PATH) == FrontMatter()

    @pytest.mark.parametrize("closing", ["---", "...", "---  "])
    def test_the_body_begins_behind_the_closing_line(self, closing: str) -> None:
        text = f"---\ntitle: x\n{closing}\nBody.\n"
        found = parse_head(text, PATH)
        assert (found.present, found.body_line) == (True, 4)
        assert text_from_line(text, found.body_line) == "Body.\n"

    @pytest.mark.parametrize("text", ["---\n---", "---\n---\n", "---\n# only a comment\n---\n"])
    def test_an_empty_head_is_a_head(self, text: str) -> None:
        found = parse_head(text, PATH)
        assert (found.present, found.diagnostics, found.title) == (True, (), None)
        assert text_from_line(text, found.body_line) == ""

    @pytest.mark.parametrize("text", ["---", "---\n", "---\n\nProse.\n", "---\nProse.\n", "----\na: b\n---\n"])
    def test_a_thematic_break_is_no_head(self, text: str) -> None:
        assert parse_head(text, PATH) == FrontMatter()

    def test_a_head_that_is_never_closed_ends_before_the_blank_line(self) -> None:
        found = parse_head("---\ntitle: x\ntags: [a]\n\nBody.\n", PATH)
        assert [(fault.rule.name, fault.span) for fault in found.diagnostics] == [
            ("invalid-front-matter", Span.at(1, 1, 3))
        ]
        assert (found.title and found.title.value, found.tags, found.body_line) == ("x", ("a",), 4)

    @pytest.mark.parametrize("inside", ["- a\n- b", "just text"])
    def test_a_head_that_is_no_mapping_is_reported_and_shown(self, inside: str) -> None:
        found = head(inside)
        assert [fault.rule.name for fault in found.diagnostics] == ["invalid-front-matter"]
        assert (found.present, found.body_line) == (False, 1)

    def test_dashes_inside_an_indented_block_do_not_close(self) -> None:
        assert split_head("---\na: |\n  ---\nb: 1\n---\n") == Head(Syntax.YAML, "a: |\n  ---\nb: 1\n", 6)


class TestBrokenYaml:
    def test_a_second_colon_underlines_the_value_to_be_quoted(self) -> None:
        found = head("title: The count: a second colon").diagnostics[0]
        assert found.span == Span.at(2, 8, 25)
        assert "mapping values are not allowed" in found.message
        assert found.hint == "quote the value: it has a second colon"

    @pytest.mark.parametrize(
        ("yaml", "line", "column", "words"),
        [
            ("a: 1\nb:\n\tc: 2", 4, 1, "tab"),
            ("source: @kung2023", 2, 9, "`@`"),
            ("title: `x`", 2, 8, "`"),
            ("a: *x", 2, 4, "alias"),
            ("é😀: x: y", 2, 5, "mapping values"),
            ("a: b\u2028c\nd: e: f", 3, 4, "mapping values"),
            ("a: 1\nb: \x01", 3, 4, "U+0001"),
            ("a: \ud800", 2, 4, "U+D800"),
        ],
    )
    def test_a_fault_is_said_in_words_at_its_place(self, yaml: str, line: int, column: int, words: str) -> None:
        (found,) = head(yaml).diagnostics
        assert found.rule.name == "invalid-front-matter"
        assert (found.span.start.line, found.span.start.column) == (line, column)
        assert words in found.message

    @pytest.mark.parametrize(("text", "column"), [("tags: [a, b\ntitle: x", 7), ("mood: 'a\ntags: [b]\ntitle: x", 7)])
    def test_what_is_never_closed_is_reported_where_it_begins(self, text: str, column: int) -> None:
        (found,) = head(text).diagnostics
        assert found.span == Span.at(2, column, 1)
        assert [related.message for related in found.related] == ["noticed here"]

    def test_a_comma_that_is_missing_is_reported_where_it_is_missing(self) -> None:
        (found,) = head("tags: [a, {b: c} d]\ntitle: x").diagnostics
        assert found.span.start == Span.at(2, 18).start
        assert [related.span.start for related in found.related] == [Span.at(2, 7).start]

    def test_links_still_find_a_file_whose_head_is_broken(self) -> None:
        found = head("id: sleep\ntitle: Roots: a count\ntags:\n  - b\naliases: [c]\nmood: [")
        assert found.id
        assert found.id.value == "sleep"
        assert found.title == Reference("Roots: a count", Span.at(3, 8, 14))
        assert (found.tags, names(found.aliases)) == (("b",), ["c"])
        assert len(found.diagnostics) == 1

    @pytest.mark.parametrize("flag", ["draft: true", "draft: [", "publish: no", "  draft: yes"])
    def test_a_draft_with_a_broken_head_stays_a_draft(self, flag: str) -> None:
        assert head(f"title: a: b\n{flag}").visibility is Visibility.DRAFT

    @pytest.mark.parametrize("opener", ["[", "- ", "{a: ", "? "])
    @pytest.mark.parametrize("count", [150, 1500, 100_000])
    def test_bottomless_nesting_is_a_fault_and_no_crash(self, opener: str, count: int) -> None:
        assert head("tags:\n  " + opener * count + "\n").diagnostics
        assert head("mood:\n  " + opener * count + "x\n").diagnostics

    def test_a_value_that_contains_itself_or_explodes_is_refused(self) -> None:
        assert faults("mood: &a [*a]") == [("invalid-value", 2, 1)]
        bomb = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
            f"{new}: &{new} [{','.join(['*' + old] * 8)}]\n" for old, new in zip("abcdef", "bcdefg", strict=True)
        )
        assert ("invalid-value", 8, 1) in faults(bomb)


class TestDuplicateKeys:
    def test_the_second_is_reported_and_the_last_counts(self) -> None:
        found = head("tags: [a]\ntitle: x\ntags: [b]")
        assert found.tags == ("b",)
        (fault,) = found.diagnostics
        assert (fault.rule.name, fault.span) == ("duplicate-key", Span.at(4, 1, 4))
        assert fault.related == (Related(PATH, Span.at(2, 1, 4), "first defined here"),)

    def test_inner_mappings_are_looked_at_too(self) -> None:
        assert faults("relations: {supports: [a], supports: [b]}") == [("duplicate-key", 2, 28)]
        assert faults("mood:\n  a: 1\n  a: 2") == [("duplicate-key", 4, 3)]

    def test_two_spellings_are_no_duplicate_and_the_preferred_one_counts(self) -> None:
        assert clean("description: second\nsummary: first").summary == "first"
        assert clean("summary:\ndescription: second").summary == "second"


class TestIds:
    @pytest.mark.parametrize(
        ("yaml", "value"),
        [
            ("id: sleep-debt", "sleep-debt"),
            ("slug: sleep-debt.md", "sleep-debt"),
            ("id: '[[sleep-debt]]'", "sleep-debt"),
            ("permalink: /notes/sleep-debt/", "sleep-debt"),
            ("permalink: /notes/sleep-debt.html", "sleep-debt"),
            ("slug: b\nid: a", "a"),
            ("id: 12", "12"),
        ],
    )
    def test_an_id_is_read_from_its_spellings(self, yaml: str, value: str) -> None:
        found = clean(yaml).id
        assert found
        assert found.value == value

    @pytest.mark.parametrize(
        "yaml",
        ["id: a/b", "id: a#b", "id: ..", "id: a?b", "id: '100%'", "permalink: /a?b", "permalink: /", "permalink: a/ /"],
    )
    def test_an_id_must_fit_into_an_address(self, yaml: str) -> None:
        found = head(yaml)
        assert found.id is None
        assert [fault.rule.name for fault in found.diagnostics] == ["invalid-value"]


class TestVisibility:
    @pytest.mark.parametrize(
        ("yaml", "visibility"),
        [
            ("title: x", Visibility.PUBLIC),
            ("draft: true", Visibility.DRAFT),
            ("draft: 'True'", Visibility.DRAFT),
            ("draft: yes", Visibility.DRAFT),
            ("draft: false", Visibility.PUBLIC),
            ("draft:", Visibility.PUBLIC),
            ("publish: false", Visibility.DRAFT),
            ("publish: true", Visibility.PUBLIC),
            ("published: no", Visibility.DRAFT),
            ("published: 2026-01-05", Visibility.PUBLIC),
            ("unlisted: on", Visibility.UNLISTED),
            ("unlisted: true\ndraft: true", Visibility.DRAFT),
            ("status: draft", Visibility.PUBLIC),
        ],
    )
    def test_flags_say_who_may_see_a_page(self, yaml: str, visibility: Visibility) -> None:
        assert clean(yaml).visibility is visibility

    @pytest.mark.parametrize(
        ("yaml", "visibility"),
        [
            ("draft: maybe", Visibility.DRAFT),
            ("draft: [true]", Visibility.DRAFT),
            ("publish: later", Visibility.DRAFT),
            ("unlisted: 2", Visibility.UNLISTED),
        ],
    )
    def test_a_flag_that_cannot_be_read_hides(self, yaml: str, visibility: Visibility) -> None:
        found = head(yaml)
        assert found.visibility is visibility
        assert [fault.rule.name for fault in found.diagnostics] == ["invalid-value"]

    def test_search_can_leave_a_page_out(self) -> None:
        assert clean("search: {exclude: true}").searchable is False
        assert clean("search: {exclude: false, boost: 2}").searchable is True
        assert [clean(f"search: {flag}").searchable for flag in ("true", "false", "")] == [True, False, True]
        assert clean("search: {boost: 2}").extra == {"search": {"boost": 2}}
        assert head("search: maybe").searchable is False
        assert [fault.rule.name for fault in head("search: maybe").diagnostics] == ["invalid-value"]


FOREIGN_KEYS = (
    *("cssclasses", "weight", "layout", "type", "author", "status", "icon", "hide", "template", "lang", "image"),
    *("cover", "comments", "enableToc", "mood", "date", "publisher", "related", "topics", "name", "rate", "data"),
    *("eip", "page_id", "discussions-to", "nav_order", "stub", "up", "citekey", "rating", "links", "creator"),
)


class TestOtherKeys:
    def test_they_are_kept_as_plain_values(self) -> None:
        yaml = "mood: calm\nhide: [toc]\nn: 3\nf: 1.5\nb: yes\nx:\nd: 2026-02-31\nm: {a: [1]}\nt: 1:30\ni: .nan"
        assert clean(yaml).extra == {
            "mood": "calm",
            "hide": ["toc"],
            "n": 3,
            "f": 1.5,
            "b": True,
            "x": None,
            "d": "2026-02-31",
            "m": {"a": [1]},
            "t": "1:30",
            "i": ".nan",
        }

    @pytest.mark.parametrize(
        ("key", "meant"),
        [
            ("relatoins", "relations"),
            ("realtion", "relations"),
            ("titel", "title"),
            ("tgas", "tags"),
            ("sumary", "summary"),
            ("smmry", "summary"),
            ("Alises", "aliases"),
            ("creatd", "created"),
        ],
    )
    def test_a_slip_is_asked_about(self, key: str, meant: str) -> None:
        (fault,) = head(f"{key}: x").diagnostics
        assert (fault.rule.name, fault.span) == ("unknown-key", Span.at(2, 1, len(key)))
        assert fault.hint == f"did you mean `{meant}`?"
        assert head(f"{key}: x").extra == {key: "x"}

    @pytest.mark.parametrize(
        "key",
        FOREIGN_KEYS,
    )
    def test_keys_of_other_tools_are_no_slips(self, key: str) -> None:
        assert head(f"{key}: 2020").diagnostics == ()

    def test_merged_mappings_fill_what_is_missing(self) -> None:
        found = clean("base: &b {title: t, summary: s}\n<<: *b\ntitle: own")
        assert (found.title and found.title.value, found.summary) == ("own", "s")


class TestToml:
    def test_hugos_heads_are_read(self) -> None:
        found = parse_head(
            '+++\ntitle = "T"\ndate = 2026-01-05T10:00:00Z\ntags = ["a", "b"]\ndraft = true\n[relations]\n'
            'supports = ["x"]\n+++\nBody.\n',
            PATH,
        )
        assert found.title == Reference("T", Span.at(2, 9, 3))
        assert (found.created, found.tags, found.body_line) == ("2026-01-05", ("a", "b"), 9)
        assert found.visibility is Visibility.DRAFT
        assert found.relations == ((RelationKind.SUPPORTS, Reference("x", Span.at(7, 14, 1))),)
        assert found.diagnostics == ()

    def test_a_fault_has_its_place(self) -> None:
        found = parse_head('+++\ntitle = "T"\ndraft = yes\n+++\n', PATH)
        (fault,) = found.diagnostics
        assert (fault.rule.name, fault.span.start) == ("invalid-front-matter", Span.at(3, 9).start)
        assert found.visibility is Visibility.DRAFT


KEYS = st.sampled_from([*SPELLINGS, "relatoins", "mood", "<<", "?"])
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["[[x]]", '"[[x|y]]"', "[a, b]", "{a: b}", "{supports: [x], b: y}", "2026-02-31", "&a x", "*a", "|\n  a\n  é"]
    ),
    st.sampled_from(
        ["\n  - a\n  - [[b]]\n  - {c: d}", "@k", '"é\\n"', "{doi: ten, titel: x}", "\t", "'", "😀: b", ".nan"]
    ),
)
HEADS = st.lists(st.tuples(KEYS, VALUES), max_size=6).map(
    lambda pairs: "---\n" + "".join(f"{key}: {value}\n" for key, value in pairs) + "---\nBody"
)


@given(
    st.one_of(st.text(), st.text().map("---\n{}\n---\n".format), st.text().map("+++\n{}\n+++\n".format), HEADS),
    st.sampled_from(Kind),
)
def test_no_text_raises_and_every_place_lies_inside_the_file(text: str, kind: Kind) -> None:
    text = text.replace("\r", "")
    lines = text.split("\n")
    found = parse_head(text, PATH, kind)
    references = [*found.source_keys, *found.aliases, *found.next, *found.source_notes, *found.links]
    references += [reference for reference in (found.id, found.title) if reference]
    references += [reference for _, reference in found.relations]
    spans = [reference.span for reference in references]
    spans += [fault.span for fault in found.diagnostics]
    spans += [source.span for source in found.sources if source.span]
    for span in spans:
        for place in (span.start, span.end):
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    assert text.endswith(text_from_line(text, found.body_line))
    json.dumps(found.extra)


@given(HEADS)
def test_a_head_reads_the_same_twice(text: str) -> None:
    assert parse_head(text, PATH) == parse_head(text, PATH)


@pytest.mark.parametrize("above", ["\n", "  \n\t\n"])
def test_a_head_below_blank_lines_is_read_and_told(above: str) -> None:
    read = parse_head(f"{above}---\ntitle: Secret\ndraft: true\nid: [a]\n---\nBody\n", PATH)
    lines = above.count("\n")
    assert (read.title and read.title.value, read.visibility) == ("Secret", Visibility.DRAFT)
    assert read.body_line == lines + 6
    assert [(one.rule.name, one.span.start.line) for one in read.diagnostics] == [
        ("invalid-front-matter", lines + 1),
        ("invalid-value", lines + 4),
    ]


@pytest.mark.parametrize("text", ["\n---\nJust text.\n---\n", "\n---\n", "\n\nWords: yes\n", " \n---\na: b\n"])
def test_a_thematic_break_below_a_blank_line_is_no_head(text: str) -> None:
    assert parse_head(text, PATH) == FrontMatter()
