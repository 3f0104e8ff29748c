"""YAML text to nodes, or to a fault that a person understands.

libyaml counts columns in characters, as we do.  It has line ends that editors do not have; those are taken
out first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from inquiry.corpus.nodes import MAX_DEPTH
from inquiry.diagnostics import Position, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOREIGN_BREAKS = str.maketrans(dict.fromkeys("\r\x85\u2028\u2029\ufeff", " "))
"""What YAML takes for the end of a line or a byte order mark, and no editor does."""
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SECOND_COLON = re.compile(r"^\s*(?:- )*[^\s:#][^:]*:\s+(?P<value>[^'\"\[{|>\s].*:(?:\s.*|$))")
_QUOTE = "quote the value"
_UNQUOTED = "quote the value: it has a second colon"

_HARMLESS = 2_000
"""Characters that cannot nest deeply enough to hurt, so that an ordinary head is scanned once only."""

_WORDS = (
    ("mapping values are not allowed", "mapping values are not allowed here", "check the indentation"),
    ("tab character", "a tab cannot indent YAML", "indent with blanks"),
    ("cannot start any token", "a value cannot begin with this character", _QUOTE),
    ("undefined alias", "`*` begins a YAML alias, and there is none of this name", _QUOTE),
    ("expected alphabetic or numeric", "`*` and `&` begin YAML aliases", _QUOTE),
    ("found unexpected end of stream", "a quoted value is never closed", "close the quotes"),
    (
        "did not find expected ',' or ']'",
        "a list is never closed, or a comma is missing",
        "close it with `]`",
    ),
    (
        "did not find expected ',' or '}'",
        "a mapping is never closed, or a comma is missing",
        "close it with `}`",
    ),
    ("could not find expected ':'", "a key without a colon", "write `key: value`"),
    ("did not find expected key", "a key was expected here", "check indentation and quotes"),
    ("unknown escape character", "an unknown escape in double quotes", "use single quotes"),
    ("block sequence entries", "a list item is not allowed here", "begin the list on a line of its own"),
)
"""What libyaml says, what we say, and what helps."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is not YAML; places count from the text's first line."""

    span: Span
    message: str
    hint: str = ""
    opened: Position | None = None
    """Where the construct begins that is broken, or where it was noticed, when that is another place."""


def compose(text: str) -> yaml.Node | Fault | None:
    """Parse a YAML document into nodes; None for an empty one, and never an exception."""
    if not text.isascii() or "\r" in text:
        text = text.translate(_FOREIGN_BREAKS)
    try:
        too_deep = _place_too_deep(text)
        if too_deep is not None:
            return Fault(too_deep, f"values are nested more than {MAX_DEPTH} deep")
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        return _explain(error, text)
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        return _unreadable(text, error)
    return node


def _place_too_deep(text: str) -> Span | None:
    """Find where nesting goes too deep for libyaml, which recurses and would end the whole process."""
    if len(text) <= _HARMLESS:
        return None
    depth = 0
    for event in _events(text):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            mark = event.start_mark
            if depth > MAX_DEPTH and mark is not None:
                return Span.at(mark.line + 1, mark.column + 1, 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _events(text: str) -> Iterator[yaml.Event]:
    """Scan the text without recursion; a text that is not YAML ends early, and `compose` will say why."""
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError:
        return


def _explain(error: yaml.MarkedYAMLError, text: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "not valid YAML"
    if mark is None:
        return Fault(Span.at(1), problem)
    lines = text.split("\n")
    place = _clamped(mark.line, mark.column, lines)
    written = lines[place.line - 1]
    message, hint = _in_words(problem, written, place.column)
    context = error.context_mark
    opened = _clamped(context.line, context.column, lines) if context else None
    width = 1 if place.column <= len(written) else 0
    if opened and opened.line < place.line and "never closed" in message:
        return Fault(Span.at(opened.line, opened.column, 1), message, hint, place)
    if hint == _UNQUOTED and (value := _SECOND_COLON.match(written)):
        span = Span.at(place.line, value.start("value") + 1, len(value["value"]))
        return Fault(span, message, hint, None)
    return Fault(Span.at(place.line, place.column, width), message, hint, opened if opened != place else None)


def _in_words(problem: str, written: str, column: int) -> tuple[str, str]:
    character = written[column - 1 : column]
    if character == "\t" or written[: column - 1].endswith("\t"):
        return "a tab cannot indent YAML", "indent with blanks"
    if problem.startswith("mapping values") and _SECOND_COLON.match(written):
        return "mapping values are not allowed here", _UNQUOTED
    for begin, message, hint in _WORDS:
        if begin in problem:
            return (f"a value cannot begin with `{character}`", hint) if "any token" in begin else (message, hint)
    return problem, ""


def _clamped(line: int, column: int, lines: list[str]) -> Position:
    """Keep a mark inside the text: libyaml puts the end of the input on a line of its own."""
    line = min(line, len(lines) - 1)
    return Position(line + 1, min(column, len(lines[line])) + 1)


def _unreadable(text: str, error: Exception) -> Fault:
    """Point at the control character that YAML does not take; libyaml counts it in bytes."""
    found = _UNREADABLE.search(text)
    if found is None:
        return Fault(Span.at(1), " ".join(str(error).split()))
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    return Fault(Span.at(line, column, 1), f"the control character U+{ord(found.group()):04X} is not allowed")
