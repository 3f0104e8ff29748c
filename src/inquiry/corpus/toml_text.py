"""TOML heads, as Hugo has them, in the same nodes as YAML ones, so that one reader serves both.

Python's TOML parser keeps no positions: a key is found again by the line that begins with it.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from inquiry.corpus.nodes import (
    BOOL_TAG,
    FLOAT_TAG,
    INT_TAG,
    MAX_DEPTH,
    STR_TAG,
    TIMESTAMP_TAG,
    mark_at,
)
from inquiry.corpus.yaml_text import Fault
from inquiry.diagnostics import Span

_PLACE = re.compile(r"^(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)
_KEY = re.compile(r"""^[ \t]*(?:\[{1,2}[ \t]*)?["']?(?P<key>[\w-]+)["']?[ \t]*[=.\]]""", re.MULTILINE)


def compose_toml(text: str) -> yaml.MappingNode | Fault:
    """Parse a TOML document into nodes, and never raise."""
    import tomllib  # noqa: PLC0415 - few heads are TOML

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _explain(str(error), text)
    except (RecursionError, ValueError) as error:
        return Fault(Span.at(1), " ".join(str(error).split()))
    return _Table(text).node(table)


def _explain(said: str, text: str) -> Fault:
    found = _PLACE.match(said)
    if found is None or found[2] is None:
        lines = text.rstrip("\n").split("\n")
        return Fault(Span.at(len(lines), len(lines[-1]) + 1), (found[1] if found else said).lower())
    return Fault(Span.at(int(found[2]), int(found[3])), found[1].lower())


class _Table:
    """Makes nodes of a parsed table, each at the place where its key stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, tuple[int, int]] = {}
        for found in _KEY.finditer(text):
            self._places.setdefault(found["key"], found.span("key"))

    def node(self, table: dict[str, Any]) -> yaml.MappingNode:
        """Make the node of the whole document."""
        return self._mapping(table, (0, 0), 0)

    def _mapping(self, table: dict[str, Any], place: tuple[int, int], depth: int) -> yaml.MappingNode:
        pairs = []
        for key, value in table.items():
            at = self._places.get(key, place)
            pairs.append((self._scalar(STR_TAG, key, at), self._value(value, self._behind(at), depth)))
        start, end = self._marks(place)
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, start, end)

    def _value(self, value: object, place: tuple[int, int], depth: int) -> yaml.Node:
        if depth > MAX_DEPTH:
            return self._scalar(STR_TAG, "", place)
        if isinstance(value, dict):
            return self._mapping(value, place, depth + 1)
        if isinstance(value, list):
            items = [self._value(item, place, depth + 1) for item in value]
            start, end = self._marks(place)
            return yaml.SequenceNode("tag:yaml.org,2002:seq", items, start, end)
        return self._scalar(*_tagged(value), place)

    def _scalar(self, tag: str, text: str, place: tuple[int, int]) -> yaml.ScalarNode:
        start, end = self._marks(place)
        return yaml.ScalarNode(tag, text, start, end)

    def _behind(self, key: tuple[int, int]) -> tuple[int, int]:
        """Find the value of a key: what stands behind the sign, up to the end of the line."""
        end = self._text.find("\n", key[1])
        end = len(self._text) if end < 0 else end
        sign = self._text.find("=", key[1], end)
        if sign < 0:
            return key
        written = self._text[sign + 1 : end]
        start = sign + 1 + len(written) - len(written.lstrip())
        return (start, start + len(written.strip()))

    def _marks(self, place: tuple[int, int]) -> tuple[yaml.Mark, yaml.Mark]:
        return mark_at(self._text, place[0]), mark_at(self._text, place[1])


def _tagged(value: object) -> tuple[str, str]:
    """Give a value the tag and the spelling that it would have in YAML."""
    if isinstance(value, bool):
        return BOOL_TAG, str(value).lower()
    if isinstance(value, str):
        return STR_TAG, value
    if isinstance(value, int):
        return INT_TAG, str(value)
    return (FLOAT_TAG if isinstance(value, float) else TIMESTAMP_TAG), str(value)
