"""The JSON Schema (draft 2020-12) of a head, for editors.

Made of the table of keys that the reader goes by, so that it knows every spelling, and no key is explained twice.
What the reader takes is valid, and what it reports as `invalid-value`, or as no relation, is not; a property test
holds both.  Keys that nobody reads are let pass, as they are kept.  The two part only where JSON Schema cannot follow:

- Of a field that counts once, the reader passes over every spelling but the first; the schema looks at each.
- JSON keeps no spelling of numbers: `2026.0` is 2026, `2305.1130` is 2305.113, and of eight digits without quotes
  nobody can say whether the calendar has that day.
- Editors read YAML 1.2, we 1.1: a bare `yes` or `off` is text to them, and no name to us.
- Lists within lists are read to a depth of four, and large values of other keys are refused.
- A DOI in an address may be percent-encoded; of that only the slash is known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from inquiry.author import patterns
from inquiry.corpus.keys import EXPECTED, FIELDS, SOURCE_FIELDS, Takes
from inquiry.corpus.model import Kind, RelationKind
from inquiry.corpus.works import TELLING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.corpus.keys import Field

Schema = dict[str, Any]
"""A part of a JSON document; the only place where a dict travels, since JSON is what it will be."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALAR = ["string", "number", "boolean", "null"]
_YEARS = {"minimum": 1000, "maximum": 9999}
_DAYS = {"minimum": 10000101, "maximum": 99991231}
_MILLISECONDS = {"minimum": 10**11, "maximum": 10**13 - 1}


def head_schema(kind: Kind) -> Schema:
    """Describe the front matter of a note or a line."""
    read = [field for field in FIELDS.values() if kind in field.takes]
    schema: Schema = {
        "$schema": DIALECT,
        "title": f"Front matter of a {kind}",
        "type": ["object", "null"],
        **_keys(read, kind, "#"),
    }
    if kind is Kind.NOTE:
        schema |= _described_in_the_head()
    return {**schema, "$defs": _definitions(kind)}


def _keys(fields: Iterable[Field], kind: Kind, here: str) -> Schema:
    """Describe each spelling, and let it be written in any case.

    Args:
        fields: What is read.
        kind: In which kind of document.
        here: Address of the schema that has these properties.
    """
    spelled = [(spelling, field) for field in fields for spelling in field.spellings]
    return {
        "properties": {spelling: _property(spelling, field, kind) for spelling, field in spelled},
        "patternProperties": {
            f"^(?!{spelling}$){patterns.key_pattern([spelling]).removeprefix('^')}": {
                "$ref": f"{here}/properties/{quote(spelling)}"
            }
            for spelling, _ in spelled
        },
    }


def _property(spelling: str, field: Field, kind: Kind) -> Schema:
    meaning = field.meaning if spelling == field.name else f"Read as `{field.name}`. {field.meaning}"
    takes = field.takes_as(spelling, kind)
    if takes is None or takes is Takes.ANYTHING or field is FIELDS["authors"]:
        return {"description": meaning}
    return {"description": meaning, **_of(takes)}


def _of(takes: str) -> Schema:
    return {"$ref": f"#/$defs/{takes}"}


def _described_in_the_head() -> Schema:
    """Describe the authors of a note that describes its source in the head itself; elsewhere they are the note's."""
    nothing = {
        patterns.key_pattern(name for name in TELLING if name != "url"): {"type": "null"},
        patterns.key_pattern(["url"]): {"not": {"type": "string", "pattern": patterns.WEB}},
    }
    authors = patterns.key_pattern(FIELDS["authors"].spellings)
    return {
        "if": {"not": {"patternProperties": nothing}},
        "then": {"patternProperties": {authors: _of(Takes.AUTHORS)}},
    }


def _definitions(kind: Kind) -> Schema:
    """Describe every kind of value."""
    texts = {"type": [*_SCALAR, "array"], "items": _of("texts")}
    relations = {
        "type": "object",
        "properties": {name: {"description": FIELDS[name].meaning, **_of(Takes.NAMES)} for name in RelationKind},
        "patternProperties": {patterns.key_pattern(RelationKind): _of(Takes.NAMES)},
        "additionalProperties": False,
    }
    return {
        "texts": texts,
        "work": {"type": "object", **_keys(SOURCE_FIELDS.values(), kind, "#/$defs/work")},
        "relation": relations,
        Takes.TEXT: {"type": _SCALAR},
        Takes.TAGS: _of("texts"),
        Takes.NAMES: {"type": ["string", "number", "null", "array"], "items": _of("texts")},
        Takes.WORKS: {"anyOf": [_of("work"), {**texts, "items": {"anyOf": [_of("work"), _of("texts")]}}]},
        Takes.RELATIONS: {"anyOf": [_of("relation"), {"type": ["array", "null"], "items": _of("relation")}]},
        Takes.SEARCH: {"anyOf": [{"type": "object", "properties": {"exclude": _of(Takes.FLAG)}}, _of(Takes.FLAG)]},
        Takes.AUTHORS: {"type": [*_SCALAR, "object", "array"], "items": {"type": [*_SCALAR, "object"]}},
        **_texts(),
    }


def _texts() -> Schema:
    """Describe the values that are one text."""
    in_time = {"if": {"type": "integer"}, "then": {"anyOf": [_YEARS, _DAYS, _MILLISECONDS]}}
    fraction = {"exclusiveMinimum": 0, "exclusiveMaximum": 10_000, "not": {"type": "integer"}}
    both = {"type": "object", "properties": {"created": _of(Takes.DATE), "updated": _of(Takes.DATE)}}
    return {
        Takes.ID: {"type": _SCALAR, **_form(Takes.ID, patterns.ID)},
        Takes.PERMALINK: {"type": _SCALAR, **_form(Takes.ID, patterns.PERMALINK)},
        Takes.DATE: {"type": ["string", "integer", "null"], **_form(Takes.DATE, patterns.DATE), **in_time},
        Takes.DATES: {"anyOf": [_of(Takes.DATE), both]},
        Takes.FLAG: {"type": ["boolean", "string", "null"], **_form(Takes.FLAG, patterns.FLAG)},
        Takes.DOI: {"type": ["string", "null"], **_form(Takes.DOI, patterns.BARE_OR_LINKED_DOI)},
        Takes.ARXIV: {
            "type": ["string", "number", "null"],
            **_form(Takes.ARXIV, patterns.ARXIV_ID),
            "if": {"type": "number"},
            "then": fraction,
        },
        Takes.URL: {"type": ["string", "null"], **_form(Takes.URL, patterns.URL)},
    }


def _form(takes: Takes, pattern: str) -> Schema:
    """Ask a form of a text, and say in words which; editors show the words, other programs do not know the keyword."""
    return {"pattern": pattern, "patternErrorMessage": f"this takes {EXPECTED[takes]}"}
