"""Putting a name into a head: an alias beside those that are there, or an id.

A head is edited as its author wrote it, in a list, in brackets or on a line of its own; whoever calls reads the result
again, so a way of writing that nobody foresaw is noticed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import yaml

from inquiry.author.editor.fixes import Replacement
from inquiry.author.editor.spelling import as_yaml
from inquiry.corpus.head import Syntax, split_head
from inquiry.corpus.keys import FIELDS
from inquiry.corpus.nodes import is_null, mark_at
from inquiry.corpus.toml_text import compose_toml
from inquiry.corpus.yaml_text import compose
from inquiry.diagnostics import Position, Span

if TYPE_CHECKING:
    from inquiry.author.editor.text import Text
    from inquiry.corpus.head import Head

_FIRST_LINE = 2
"""Line of the file on which a head's text begins."""


def with_alias(path: str, text: Text, alias: str) -> Replacement:
    """Add an alias to a head, or a head to a file that has none."""
    head = split_head(text.plain)
    if head is None:
        return _new_head(path, text, f"aliases: [{as_yaml(alias)}]")
    entry = _aliases(head)
    if entry is None:
        return _new_line(path, text, head, "aliases", alias, listed=True)
    return _beside(path, text, head, entry, alias)


def with_id(path: str, text: Text, name: str) -> Replacement:
    """Give a file an id of its own; it must have none."""
    head = split_head(text.plain)
    if head is None:
        return _new_head(path, text, f"id: {as_yaml(name)}")
    return _new_line(path, text, head, "id", name, listed=False)


def _new_head(path: str, text: Text, line: str) -> Replacement:
    end = text.line_end
    return Replacement(path, Span.at(1), f"---{end}{line}{end}---{end}")


def _new_line(path: str, text: Text, head: Head, key: str, value: str, *, listed: bool) -> Replacement:
    """Put a key in: last in YAML; first in TOML, where a table may be open at the end."""
    if head.syntax is Syntax.TOML:
        spelled = f'["{_inside(value)}"]' if listed else f'"{_inside(value)}"'
        return Replacement(path, Span.at(_FIRST_LINE), f"{key} = {spelled}{text.line_end}")
    spelled = f"[{as_yaml(value)}]" if listed else as_yaml(value)
    return Replacement(path, Span.at(head.body_line - 1), f"{key}: {spelled}{text.line_end}")


def _aliases(head: Head) -> tuple[yaml.Node, yaml.Node] | None:
    """Find the key of the aliases with its value, one with a value where there are several."""
    node = compose(head.text) if head.syntax is Syntax.YAML else compose_toml(head.text)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    known = [(key, value) for key, value in pairs if str(key.value).strip().lower() in FIELDS["aliases"].spellings]
    return min(known, key=lambda pair: is_null(pair[1]), default=None)


def _beside(path: str, text: Text, head: Head, entry: tuple[yaml.Node, yaml.Node], alias: str) -> Replacement:
    """Put an alias beside those that are there."""
    key, value = entry
    is_toml = head.syntax is Syntax.TOML
    spelled = f'"{_inside(alias)}"' if is_toml else as_yaml(alias)
    start, end = _place(value.start_mark), _place(value.end_mark)
    if isinstance(value, yaml.SequenceNode) and (value.flow_style or is_toml):
        inside = head.text[value.start_mark.index + 1 : value.end_mark.index - 1].rstrip()
        before = "" if not inside.strip() else " " if inside.endswith(",") else ", "
        place = _place(mark_at(head.text, value.start_mark.index + 1 + len(inside)))
        return Replacement(path, Span(place, place), before + spelled)
    if isinstance(value, yaml.SequenceNode):
        below = Span.at(_place(value.value[-1].end_mark).line + 1)
        return Replacement(path, below, f"{' ' * value.start_mark.column}- {spelled}{text.line_end}")
    if is_null(value):
        colon = _place(key.end_mark)
        width = len(text.line(colon.line)[colon.column - 1 :].partition("#")[0])
        return Replacement(path, Span.at(colon.line, colon.column, width), f": [{spelled}]")
    listed = f'["{_inside(str(value.value))}", {spelled}]' if is_toml else f"[{as_yaml(str(value.value))}, {spelled}]"
    return Replacement(path, Span(start, end), listed)


def _place(mark: yaml.Mark) -> Position:
    return Position(mark.line + _FIRST_LINE, mark.column + 1)


def _inside(value: str) -> str:
    """Spell a text for TOML's double quotes."""
    return json.dumps(value, ensure_ascii=False)[1:-1]
