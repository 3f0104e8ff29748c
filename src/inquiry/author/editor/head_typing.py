"""What an author is in the middle of typing in a head: a key, or a value of a key.

A head that is being typed is hardly ever YAML, so its lines are read one by one: indentation says what a line belongs
to, and in `[…]` and `{…}` the brackets before the cursor do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.corpus.head import Syntax, split_head
from inquiry.corpus.spellings import SPELLINGS
from inquiry.diagnostics import Position, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inquiry.author.editor.desk import Sheet

_KEY = re.compile(r"(?P<indent>[ ]*)(?P<dash>- +)?(?P<key>[A-Za-z][\w -]*?) *:(?: +(?P<value>.*))?")
_ITEM = re.compile(r"(?P<indent>[ ]*)-(?: +(?P<value>.*))?")
_WORD = re.compile(r"(?P<indent>[ ]*)(?P<word>[A-Za-z][\w -]*)?")
_REST = re.compile(r"[^\[\]{},'\"#\n]*?(?=\s*(?:[\[\]{},'\"#]|$))")
_REST_OF_KEY = re.compile(r"[\w -]*:?")
_WIKILINK = re.compile(r"\[\[(?P<name>[^\[\]|#]*)$")
_OPENING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class HeadKeyTyped:
    """A key."""

    above: tuple[str, ...]
    """The keys that it stands below, outermost first; empty for a key of the head itself."""
    typed: str
    span: Span
    closing: str
    """`: `, or nothing where the colon is there already."""


@dataclass(frozen=True, slots=True)
class HeadValueTyped:
    """A value, or one of several."""

    keys: tuple[str, ...]
    """The keys that it stands below, outermost first."""
    typed: str
    span: Span
    closing: str
    """What a value would have to be followed by: a closing quote, or nothing."""
    bare: bool
    """Whether it stands without quotes and brackets, so that YAML could take it for something else."""


def typed_in_head(sheet: Sheet, position: Position) -> HeadKeyTyped | HeadValueTyped | None:
    """Tell what is being typed at a place of the head; None where nothing can be offered."""
    head = split_head(sheet.text.plain)
    if head is None or head.syntax is not Syntax.YAML or not 1 < position.line < head.body_line:
        return None
    line = sheet.text.line(position.line)
    before, after = line[: position.column - 1], line[position.column - 1 :]
    above = [sheet.text.line(number) for number in range(2, position.line)]
    if before.lstrip().startswith("#"):
        return None
    if found := _KEY.fullmatch(before):
        column = len(found["indent"]) + len(found["dash"] or "")
        keys = (*_parents(above, column), found["key"].lower())
        return None if found["value"] is None else _value(keys, found["value"], after, position)
    if (found := _ITEM.fullmatch(before)) and found["value"] is not None:
        return _value(_parents(above, len(found["indent"]) + 1), found["value"], after, position)
    if found := _WORD.fullmatch(before):
        return _key(_parents(above, len(found["indent"])), found["word"] or "", after, position)
    return None


def _parents(lines: Sequence[str], column: int) -> tuple[str, ...]:
    """Name the keys that a line of this indentation stands below; an item may be no deeper than its key."""
    found: list[str] = []
    for line in reversed(lines):
        if (key := _KEY.fullmatch(line)) and len(key["indent"]) < column:
            found.append(key["key"].lower())
            column = len(key["indent"])
        if column == 0:
            break
    return tuple(reversed(found))


def _key(above: tuple[str, ...], typed: str, after: str, position: Position) -> HeadKeyTyped:
    rest = _REST_OF_KEY.match(after)
    width = len(rest[0].rstrip(":")) if rest else 0
    closing = "" if after[width:].startswith(":") else ": "
    return HeadKeyTyped(above, typed, _around(position, len(typed), width), closing)


def _value(keys: tuple[str, ...], written: str, after: str, position: Position) -> HeadKeyTyped | HeadValueTyped | None:
    """Tell what of a value is being typed: a wikilink, a key of a mapping, or a value."""
    if link := _WIKILINK.search(written):
        closing = "" if after.lstrip().startswith("]]") else "]]"
        return HeadValueTyped(keys, link["name"], _around(position, len(link["name"]), 0), closing, bare=False)
    brackets = _Brackets()
    for letter in written:
        brackets.read(letter)
    if brackets.is_over:
        return None
    keys = (*keys, *brackets.names)
    typed, quote = brackets.token, brackets.quote
    if brackets.is_key:
        return _key(keys, typed.lstrip(), after, position)
    if quote:
        closing = "" if after.startswith(quote) else quote
        return HeadValueTyped(keys, typed, _around(position, len(typed), 0), closing, bare=False)
    rest = _REST.match(after)
    span = _around(position, len(typed.lstrip()), len(rest[0]) if rest else 0)
    return HeadValueTyped(keys, typed.lstrip(), span, "", bare=True)


class _Brackets:
    """Lists and mappings that are open at the cursor, read letter by letter."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self.names: list[str] = []
        """Keys of the open mappings, outermost first."""
        self.token = ""
        """What has been typed of the value or key at the cursor."""
        self.quote = ""
        """The quote that is open."""
        self.is_key = False
        self.is_over = False
        """Whether the value is finished, so that only a comma or a bracket can follow."""

    def read(self, letter: str) -> None:
        """Read on by one letter."""
        if self.quote:
            self._quoted(letter)
        elif letter in "\"'" and not self.token.strip():
            self.quote, self.token = letter, ""
        elif letter in _OPENING:
            self._open.append(letter)
            self._begin()
        elif letter in _OPENING.values() and self._open:
            self._leave(self._open.pop())
            self.is_over = True
        elif letter == "," and self._open:
            self._leave(self._open[-1])
            self._begin()
        elif letter == ":" and self.is_key:
            self.names.append(self.token.strip().lower())
            self.token, self.is_key = "", False
        else:
            self.token += letter

    def _quoted(self, letter: str) -> None:
        if letter == self.quote:
            self.quote, self.is_over = "", True
        else:
            self.token += letter

    def _begin(self) -> None:
        """Begin an item."""
        self.token, self.is_over, self.is_key = "", False, self._open[-1] == "{"

    def _leave(self, bracket: str) -> None:
        """Leave an item behind, and the key that it had."""
        if bracket == "{" and self.names:
            self.names.pop()


def _around(position: Position, before: int, after: int) -> Span:
    return Span.at(position.line, position.column - before, before + after)


def field_of(keys: tuple[str, ...]) -> str:
    """Name the field that keys lead to, a relation by its kind; empty for none that we read."""
    if len(keys) == 2 and keys[0] == "relations":  # noqa: PLR2004 - the kind below it
        return keys[1]
    return SPELLINGS.get(keys[0], ("", 0))[0] if len(keys) == 1 else ""
