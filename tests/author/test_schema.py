"""The JSON Schema of a head says what the reader says, of every spelling and every value."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it has no stubs

from inquiry.author.init import STARTER
from inquiry.author.patterns import DATE
from inquiry.author.schema import head_schema
from inquiry.corpus.dates import iso_date
from inquiry.corpus.frontmatter import parse_head
from inquiry.corpus.head import split_head
from inquiry.corpus.keys import FIELDS, SOURCE_FIELDS
from inquiry.corpus.model import Kind
from strategies import NUMBERS, TEXTS, heads

ROOT = Path(__file__).parents[2]
VALIDATORS = {kind: Draft202012Validator(head_schema(kind)) for kind in Kind}
OWN = [(path, kind) for kind in Kind for root in (ROOT, STARTER) for path in sorted((root / f"{kind}s").glob("*.md"))]
STRUCTURES: tuple[object, ...] = (
    *([], {}, [["a", ["b"]]], [[{"a": 1}]], [True], [None, "a"]),
    *({"created": "2026-01-05", "updated": None}, {"created": "soon"}, {"updated": 5}),
    *({"exclude": "yes"}, {"exclude": "maybe"}, {"exclude": 1}),
    *({"Supports": ["naps"]}, {"Supports": True}, {"suports": ["naps"]}, {"likes": []}),
    *([{"supports": "a"}, {"EXTENDS": None}], [{"supports": "a"}, "b"]),
    *([{"doi": "x"}, "a"], {"Citation-Key": "a", "mood": [1]}, {"eprint": ["a"]}, {"given": "A", "family": ["B"]}),
)
"""Lists and mappings that mean something to one field or another."""


class EditorsLoader(yaml.SafeLoader):
    """YAML as editors read it, by the core schema of version 1.2: a date is text, and so are `yes` and `off`."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as in the class above it


for tag, pattern, first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    EditorsLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def complaints(head: str, kind: Kind) -> list[str]:
    """List what the reader says of values, and of relations that are none."""
    found = parse_head(f"---\n{head}---\n", "a.md", kind).diagnostics
    assert {one.rule.name for one in found} <= {"invalid-value", "unknown-key"}
    return [one.message for one in found]


def is_valid(head: str, kind: Kind) -> bool:
    return not list(VALIDATORS[kind].iter_errors(yaml.load(head, EditorsLoader)))  # noqa: S506 - derives from the safe loader


@pytest.mark.parametrize("kind", Kind)
def test_it_is_a_json_schema(kind: Kind) -> None:
    Draft202012Validator.check_schema(json.loads(json.dumps(head_schema(kind))))


@settings(max_examples=300)
@given(heads(), st.sampled_from(Kind))
@example({"authors": [["a"]], "doi": None}, Kind.NOTE)
@example({"authors": [["a"]], "YEAR": 2026}, Kind.NOTE)
@example({"authors": [["a"]], "url": "https://example.org/"}, Kind.NOTE)
@example({"authors": [["a"]], "url": "/path/"}, Kind.NOTE)
def test_schema_and_reader_agree(head: dict[str, object], kind: Kind) -> None:
    said = complaints(yaml.safe_dump(head, allow_unicode=True), kind)
    faults = [fault.message for fault in VALIDATORS[kind].iter_errors(head)]
    assert bool(faults) == bool(said), (said, faults)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("value", [*TEXTS, *NUMBERS, True, False, None, *STRUCTURES], ids=repr)
def test_they_agree_on_every_value_behind_every_key(kind: Kind, value: object) -> None:
    for field in FIELDS.values():
        for spelling in field.spellings:
            head = {spelling: value}
            assert VALIDATORS[kind].is_valid(head) == (not complaints(yaml.safe_dump(head), kind)), spelling


@pytest.mark.parametrize("value", [*TEXTS, *NUMBERS, True, False, None, *STRUCTURES], ids=repr)
def test_they_agree_on_every_value_that_describes_a_work(value: object) -> None:
    for field in SOURCE_FIELDS.values():
        for spelling in field.spellings:
            head = {"source": [{spelling: value}]}
            assert VALIDATORS[Kind.NOTE].is_valid(head) == (not complaints(yaml.safe_dump(head), Kind.NOTE)), spelling


@pytest.mark.parametrize("year", [1, 4, 100, 1900, 2000, 2024, 2026, 2100, 9996])
@pytest.mark.parametrize("written", ["{:04}-{:02}-{:02}", "{:04}/{}/{}", "{:04}{:02}{:02}", "{:04}.{}.{:02}"])
def test_the_calendar_is_the_same(year: int, written: str) -> None:
    for month in range(14):
        for day in range(33):
            text = written.format(year, month, day)
            assert bool(re.search(DATE, text)) == bool(iso_date(text)), text


@settings(max_examples=500)
@given(st.lists(st.sampled_from(["[[", "]]", "[", "|", "/", "days/", " ", "2026-01-05", "2026/1/5", "x"]), max_size=7))
@example(["[[", "days/", "2026-01-05", "|", "x", "]]"])
@example(["[[", "2026/1/5", "]]"])
@example(["2026-01-05", "]]"])
@example(["[[", " ", "]]"])
def test_links_to_notes_of_a_day_are_the_same(parts: list[str]) -> None:
    text = "".join(parts)
    assert bool(re.search(DATE, text)) == (bool(iso_date(text)) or not text.strip()), text


@pytest.mark.parametrize(
    ("head", "valid"),
    [
        ("created: 2026-01-05\n", True),
        ('created: "[[days/2026-01-05]]"\n', True),
        ("created: 2026-02-31\n", False),
        ("created: 2026\n", True),
        ("date: {created: 2026-01-05, updated: soon}\n", False),
        ("draft: yes\n", True),
        ("draft: maybe\n", False),
        ("arxiv: 2305.11383\n", True),
        ("tags: [[naps]]\n", True),
        ("relations: {supports: [[naps]]}\n", True),
        ("# nothing\n", True),
    ],
)
def test_they_agree_on_what_is_written_without_quotes(head: str, valid: bool) -> None:
    assert is_valid(head, Kind.NOTE) == (not complaints(head, Kind.NOTE)) == valid


@pytest.mark.parametrize(("path", "kind"), OWN, ids=lambda value: value.stem if isinstance(value, Path) else value)
def test_our_own_notes_and_lines_are_valid(path: Path, kind: Kind) -> None:
    head = split_head(path.read_text(encoding="utf-8"))
    assert head is not None
    assert is_valid(head.text, kind)


@pytest.mark.parametrize("kind", Kind)
def test_every_spelling_that_is_read_is_explained(kind: Kind) -> None:
    schema = head_schema(kind)
    spellings = {one for field in FIELDS.values() if kind in field.takes for one in field.spellings}
    assert schema["properties"].keys() == spellings
    assert schema["$defs"]["work"]["properties"].keys() == {
        one for field in SOURCE_FIELDS.values() for one in field.spellings
    }
    for described in (schema["properties"], schema["$defs"]["work"]["properties"]):
        assert all(one["description"] for one in described.values())


def test_any_other_key_is_let_pass() -> None:
    assert VALIDATORS[Kind.NOTE].is_valid({"mood": {"a": [1, None]}, "relatoins": 1})
