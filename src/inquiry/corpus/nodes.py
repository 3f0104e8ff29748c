"""YAML as nodes that still know where they stand.

A head is composed, not constructed: the constructor would raise at the first bad date and forget every
position. A `Margin` is the text that the nodes stand in, with room for what is wrong with them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from inquiry.diagnostics import Diagnostic, Position, Related, Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = "tag:yaml.org,2002:"
MERGE_TAG = f"{_TAG}merge"
NULL_TAG = f"{_TAG}null"
BOOL_TAG = f"{_TAG}bool"
INT_TAG = f"{_TAG}int"
FLOAT_TAG = f"{_TAG}float"
STR_TAG = f"{_TAG}str"
TIMESTAMP_TAG = f"{_TAG}timestamp"

TRUE_WORDS = frozenset({"true", "yes", "on", "y"})
FALSE_WORDS = frozenset({"false", "no", "off", "n"})

MAX_DEPTH = 100
"""Nesting that a value may have: far more than a person writes, far less than Python's stack."""
MAX_VALUES = 20_000
"""Values that one mapping may expand to: aliases can make a short head huge."""


class Entry(NamedTuple):
    """A key and its value."""

    key: str
    key_node: yaml.Node
    value: yaml.Node


class TooLargeError(Exception):
    """A value is nested too deeply, contains itself, or expands to too much."""


@dataclass(slots=True)
class Margin:
    """A stretch of YAML in a file, and the findings that reading it brings up."""

    path: str
    """File, as diagnostics name it."""
    text: str
    """The YAML itself."""
    first_line: int
    """Line of the file on which the YAML begins."""
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def span(self, node: yaml.Node) -> Span:
        """Say where a node stands; of one with several lines, the first line."""
        start, end = node.start_mark, node.end_mark
        line = start.line + self.first_line
        if end.line == start.line:
            return Span(Position(line, start.column + 1), Position(line, end.column + 1))
        stop = self.text.find("\n", start.index)
        width = (len(self.text) if stop < 0 else stop) - start.index
        return Span.at(line, start.column + 1, max(width, 0))

    def raw(self, node: yaml.Node) -> str:
        """Give a node as it was written."""
        return self.text[node.start_mark.index : node.end_mark.index]

    def span_within(self, node: yaml.Node, part: str) -> Span:
        """Say where a part of a node's text stands; the whole node when it was not written in one piece."""
        offset = self.raw(node).find(part) if part else -1
        if offset < 0:
            return self.span(node)
        before = self.raw(node)[:offset]
        line = node.start_mark.line + self.first_line + before.count("\n")
        column = offset - before.rfind("\n") if "\n" in before else node.start_mark.column + offset + 1
        return self.span(node) if "\n" in part else Span.at(line, column, len(part))

    def refuse(self, node: yaml.Node, message: str, hint: str = "") -> None:
        """Note down that a value is not what its key takes."""
        self.diagnostics.append(finding("invalid-value", self.path, self.span(node), message, hint=hint))

    def refuse_kind(self, entry: Entry, expected: str, hint: str = "") -> None:
        """Note down that a value is of another kind than its key takes."""
        self.refuse(entry.value, f"`{entry.key}` takes {expected}, not {kind_name(entry.value)}", hint)

    def question(self, entry: Entry, meant: str) -> None:
        """Note down that a key is probably a slip."""
        self.diagnostics.append(
            finding(
                "unknown-key",
                self.path,
                self.span(entry.key_node),
                f"`{entry.key}` is not a key that Inquiry reads",
                hint=f"did you mean `{meant}`?",
            )
        )

    def note_duplicate(self, key: str, node: yaml.Node, first: yaml.Node) -> None:
        """Note down that a key stands twice."""
        self.diagnostics.append(
            finding(
                "duplicate-key",
                self.path,
                self.span(node),
                f"`{key}` stands twice in one mapping; the last one counts",
                related=(Related(self.path, self.span(first), "first defined here"),),
            )
        )


def mark_at(text: str, index: int) -> yaml.Mark:
    """Make the mark of a place, for nodes that YAML's own parser did not make."""
    line = text.count("\n", 0, index)
    return yaml.Mark("", index, line, index - text.rfind("\n", 0, index) - 1, None, 0)


def kind_name(node: yaml.Node) -> str:
    """Say in words what kind of value a node is."""
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    shown = " ".join(str(node.value).split())
    return f"`{shown}`" if shown else "empty text"


def is_null(node: yaml.Node) -> bool:
    """Tell whether a value is absent: nothing, `~` or `null`."""
    return isinstance(node, yaml.ScalarNode) and node.tag == NULL_TAG


def entries(mapping: yaml.MappingNode, margin: Margin) -> tuple[Entry, ...]:
    """List the entries of a mapping; of a key that stands twice, the last one, as YAML has it.

    Duplicates and keys that are not text are noted in the margin.  Merged mappings (`<<`) give what is
    missing.
    """
    found: dict[str, Entry] = {}
    merged: list[yaml.Node] = []
    for key_node, value in mapping.value:
        if key_node.tag == MERGE_TAG:
            merged.append(value)
        elif not isinstance(key_node, yaml.ScalarNode):
            margin.refuse(key_node, f"a key is text, not {kind_name(key_node)}")
        else:
            key = key_node.value.strip()
            if key in found:
                margin.note_duplicate(key, key_node, found.pop(key).key_node)
            found[key] = Entry(key, key_node, value)
    for value in merged:
        for inherited, node in value.value if isinstance(value, yaml.MappingNode) else ():
            if isinstance(inherited, yaml.ScalarNode) and inherited.tag != MERGE_TAG:
                found.setdefault(inherited.value, Entry(inherited.value, inherited, node))
    return tuple(found.values())


def scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """List every text below a node, each node once however often it is aliased."""
    stack, met = [node], set[int]()
    while stack:
        current = stack.pop()
        if id(current) in met:
            continue
        met.add(id(current))
        if isinstance(current, yaml.ScalarNode):
            yield current
        elif isinstance(current, yaml.MappingNode):
            stack.extend(value for _, value in reversed(current.value))
        elif isinstance(current, yaml.SequenceNode):
            stack.extend(reversed(current.value))


class Constructor:
    """Turns nodes into plain values, within bounds and without ever failing on what a value says."""

    def __init__(self, margin: Margin) -> None:
        self._margin = margin
        self._count = 0

    def value(self, node: yaml.Node, depth: int = 0) -> Any:
        """Make the plain value of a node: text, number, boolean, null, list or dict; dates stay text.

        Raises:
            TooLargeError: The value is nested too deeply or expands to too much.
        """
        self._count += 1
        if depth > MAX_DEPTH or self._count > MAX_VALUES:
            raise TooLargeError
        if isinstance(node, yaml.MappingNode):
            return {entry.key: self.value(entry.value, depth + 1) for entry in entries(node, self._margin)}
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return _scalar_value(node)


def _scalar_value(node: yaml.Node) -> str | bool | int | float | None:
    text = str(node.value)
    if node.tag == NULL_TAG:
        return None
    if node.tag == BOOL_TAG:
        return text.lower() in TRUE_WORDS
    try:
        if node.tag == INT_TAG:
            return int(text)
        if node.tag == FLOAT_TAG and text.lower().strip("+-") not in {".inf", ".nan"}:
            return float(text)
    except ValueError:  # `0x1F`, `1:30`, thousands of digits: better as written than wrong
        return text
    return text
