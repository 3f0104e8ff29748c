"""Links as they are written: a name, an address, or a wikilink in the place of an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from inquiry.author.splicing import Splice
from inquiry.corpus.body import LinkKind
from inquiry.diagnostics import Position, Span

if TYPE_CHECKING:
    from inquiry.author.splicing import Lines
    from inquiry.corpus.body import Link
    from inquiry.corpus.model import Reference

_KEPT_IN_PATHS = "/!$&'*+,;=:@~-._"
"""Signs that need no percent; a parenthesis would end the address."""
_PLAIN_LINK = re.compile(r"\[([^\[\]|\\]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_TARGET = re.compile(r"!?\[\]\((<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)")
_REFERENCE = re.compile(r"(!?\[[^\[\]]*\])(?:\[[^\[\]]*\])?")
_TABLE = re.compile(r"[\s>]*(?=.*\|)\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
"""The line below a table's head."""


def as_name(link: Link, name: str, lines: Lines) -> Splice:
    """Name another file in a wikilink or an embed; the words that Obsidian showed for it stay."""
    written = lines.stretch(link.target_span)
    fragment = "".join(written.partition("#")[1:])
    is_shown = link.kind is LinkKind.EMBED or "|" in lines.stretch(link.span)
    words = " > ".join(part for part in written.strip().split("#") if part)
    bar = r"\|" if any(map(_TABLE.fullmatch, lines.above(link.span.start.line))) else "|"
    return Splice(link.target_span, name + fragment + ("" if is_shown else bar + words))


def as_link(link: Link, address: str, lines: Lines) -> Splice:
    """Make a Markdown link of a wikilink whose name means something else here, whatever stands before it."""
    words = lines.stretch(link.span)[2:-2].rpartition("|")[2].rstrip("\\").strip()
    part = f"#{quote(link.fragment, safe=_KEPT_IN_PATHS)}" if link.fragment else ""
    return Splice(link.span, f"[{words}]({quote(address, safe=_KEPT_IN_PATHS)}{part})")


def as_property(name: Reference, fresh: str, lines: Lines) -> Splice | None:
    """Name another file in a wikilink of the front matter; none where YAML has the name in other letters."""
    end = name.span.end
    if lines.stretch(name.span) != name.value:
        return None
    is_shown = lines.stretch(Span(end, Position(end.line, end.column + 1))) == "|"
    return Splice(name.span, fresh if is_shown else f"{fresh}|{name.value}")


def as_address(link: Link, address: str, lines: Lines) -> Splice | None:
    """Name another file in a Markdown link; none where its target is not written in one piece.

    A link by reference gets the address itself: its definition may stand where nobody can tell what else it is for.
    """
    span, written = link.target_span, lines.stretch(link.target_span)
    if found := _TARGET.fullmatch(written):  # of a picture without words, the whole is given
        start, end = (span.start.column + offset for offset in found.span(1))
        span, written = Span(Position(span.start.line, start), Position(span.start.line, end)), found[1]
    opened, closed = ("<", ">") if written.startswith("<") else ("", "")
    path, mark, fragment = written.strip("<>").partition("#")
    if unquote(path) != link.target:
        found = _REFERENCE.fullmatch(lines.stretch(link.span))
        part = f"#{quote(link.fragment, safe=_KEPT_IN_PATHS)}" if link.fragment else ""
        return Splice(link.span, f"{found[1]}({quote(address, safe=_KEPT_IN_PATHS)}{part})") if found else None
    return Splice(span, opened + quote(address, safe=_KEPT_IN_PATHS) + mark + fragment + closed)


def as_wikilink(link: Link, name: str, lines: Lines) -> Splice | None:
    """Make a wikilink of a Markdown link, for its heading is named by its words; none where it has more than words."""
    written = lines.stretch(link.span) if link.span.start.line == link.span.end.line else ""
    found = _PLAIN_LINK.fullmatch(written)
    return Splice(link.span, f"[[{name}#{link.fragment}|{found[1]}]]") if found else None
