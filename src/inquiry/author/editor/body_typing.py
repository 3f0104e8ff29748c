"""What an author is in the middle of typing in a body: a link's target, its heading or passage, a citation's key.

An unfinished link is no link yet, so the parser is asked: the name is finished in a copy of the text, and when the
copy has the link, this is a place for one.  So nothing is offered in code, formulas and comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.corpus.body import LinkKind
from inquiry.corpus.head import text_from_line
from inquiry.corpus.lean import parse_lean
from inquiry.corpus.markdown import parse_body
from inquiry.diagnostics import Position, Span

if TYPE_CHECKING:
    from inquiry.author.editor.desk import Sheet
    from inquiry.author.editor.text import Text

_PROBE = "inquiry-unfinished-name"
"""Stands in the copy for the name that is being typed; nothing is called so."""
_IN_LINK = re.compile(r"\[\[(?P<inner>[^\[\]|\n]*)$")
_REST_OF_LINK = re.compile(r"(?P<target>[^\[\]|#\n]*)(?P<part>#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]")
_IN_CITATION = re.compile(r"\[(?P<before>(?:[^\[\]\n]*[;\s-])?@\{?)(?P<key>[^\s;,{}\[\]]*)$")
_REST_OF_CITATION = re.compile(r"(?P<key>[^\s;,{}\[\]]*)[^\[\]\n]*\]")


@dataclass(frozen=True, slots=True)
class TargetTyped:
    """The target of a wikilink or an embed."""

    typed: str
    span: Span
    """What a name would replace."""
    closing: str
    """What a name would have to be followed by; empty where the link is closed already."""


@dataclass(frozen=True, slots=True)
class PartTyped:
    """The heading or passage behind a target."""

    target: str
    """Empty for this page."""
    typed: str
    """Without `#`."""
    span: Span
    closing: str


@dataclass(frozen=True, slots=True)
class KeyTyped:
    """The key of a citation."""

    typed: str
    span: Span
    closing: str


Typed = TargetTyped | PartTyped | KeyTyped


def typed_in_body(sheet: Sheet, position: Position) -> Typed | None:
    """Tell what is being typed at a place of the body; None where nothing can be offered."""
    line = sheet.text.line(position.line)
    before, after = line[: position.column - 1], line[position.column - 1 :]
    if link := _IN_LINK.search(before):
        rest = _REST_OF_LINK.match(after)
        behind = after[rest.end() :] if rest else after
        typed = _link_typed(link["inner"], rest, position)
        probe = f"{before[: link.start()]}[[{_PROBE}]]{behind}"
        return typed if _is_live(sheet, position.line, probe, LinkKind.WIKILINK, LinkKind.EMBED) else None
    if cited := _IN_CITATION.search(before):
        rest = _REST_OF_CITATION.match(after)
        width = len(rest["key"]) if rest else 0
        probe = before[: cited.start("key")] + _PROBE + (after[width:] if rest else f"]{after}")
        span = _around(position, len(cited["key"]), width)
        typed_key = KeyTyped(cited["key"], span, "" if rest else "]")
        return typed_key if _is_live(sheet, position.line, probe, LinkKind.CITATION) else None
    return None


def _link_typed(inner: str, rest: re.Match[str] | None, position: Position) -> TargetTyped | PartTyped:
    target, mark, part = inner.partition("#")
    closing = "" if rest else "]]"
    if mark:
        ahead = len(rest["target"] + (rest["part"] or "")) if rest else 0
        return PartTyped(" ".join(target.split()), part, _around(position, len(part), ahead), closing)
    return TargetTyped(inner, _around(position, len(inner), len(rest["target"]) if rest else 0), closing)


def _around(position: Position, before: int, after: int) -> Span:
    return Span.at(position.line, position.column - before, before + after)


def _is_live(sheet: Sheet, line: int, probe: str, *kinds: LinkKind) -> bool:
    """Tell whether a text has the link when this is its line."""
    first = sheet.document.head.body_line
    copy = _with_line(sheet.text, line, probe)
    body = text_from_line(copy, first)
    parsed = parse_lean(body, first_line=first) or parse_body(body, sheet.document.path, first_line=first)
    return any(link.target == _PROBE and link.kind in kinds for link in parsed.links)


def _with_line(text: Text, number: int, line: str) -> str:
    lines = text.plain.split("\n")
    lines[number - 1] = line
    return "\n".join(lines)
