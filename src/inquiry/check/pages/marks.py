"""Marks that travel through Markdown: how an address in finished HTML finds its place in the source.

Python-Markdown forgets where things stand.  So everything in a page's text that could be an address gets a number in
front, spelled in characters that nobody uses and that no heading's id keeps; whatever turns up in an attribute of the
finished HTML carries its number, and what was code, a comment or plain words after all never does.  The grammar of
Markdown is thus Python-Markdown's own, with every extension that the project has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.check.markup import proposed_tags, references
from inquiry.check.styles import OPENING
from inquiry.corpus.written import CITATION, WIKILINK, citations

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = 0x10F000
"""First of eleven private characters of the last plane: ten digits and an end."""
_END = chr(_FIRST + 10)
_MARK = re.compile(f"([{chr(_FIRST)}-{chr(_FIRST + 9)}]+){_END}")
_INLINE = re.compile(r"\]\([ \t]*\n?[ \t]*(?!<[ \t]*>)<?(?=[^\s)>])")
_DEFINITION = re.compile(r"^[ \t]*(?:>[ \t]?)*\[(?!\^)[^\[\]\n]+\]:[ \t]*\n?[ \t]*<?(?=\S)", re.MULTILINE)
_AUTOLINK = re.compile(r"<((?:https?|ftps?)://[^<>\s]*)>", re.IGNORECASE)
_BARE = re.compile(r"(?:[^\s()<>]|\((?:[^\s()<>]|\([^\s()<>]*\))*\))*")


@dataclass(frozen=True, slots=True)
class Proposed:
    """Something in a Markdown text that could be an address or an id."""

    start: int
    """First character in the text."""
    raw: str
    """As written, so far as can be told without parsing."""
    html: bool = False
    """Whether it stands in what looks like a tag."""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its marks."""

    text: str
    proposed: tuple[Proposed, ...]


def mark(text: str) -> MarkedText:
    """Put a mark before everything that could be an address.

    >>> marked = mark("[a](b.md)")
    >>> read_mark(marked.text[4:-1])
    ('b.md', 0)
    """
    if _END in text:
        return MarkedText(text, ())  # somebody uses them after all: findings then lose their places
    places = dict(sorted(_proposals(text), key=lambda one: one[0]))
    numbered = list(places.items())
    parts = []
    for number, (place, _) in enumerate(numbered):
        before = numbered[number - 1][0] if number else 0
        parts += [text[before:place], _spelled(number)]
    parts.append(text[numbered[-1][0] if numbered else 0 :])
    return MarkedText("".join(parts), tuple(proposed for _, proposed in numbered))


def read_mark(value: str) -> tuple[str, int | None]:
    """Take the mark out of a value: the value itself, and the number of its proposal."""
    match = _MARK.search(value)
    if match is None:
        return value, None
    number = int("".join(str(ord(digit) - _FIRST) for digit in match[1]))
    return _MARK.sub("", value), number


def without_marks(text: str) -> str:
    """Take all marks out of a text."""
    return _MARK.sub("", text)


def _spelled(number: int) -> str:
    return "".join(chr(_FIRST + int(digit)) for digit in str(number)) + _END


def _proposals(text: str) -> Iterator[tuple[int, Proposed]]:
    """Yield where each mark goes, and what it stands for."""
    for pattern in (_INLINE, _DEFINITION):
        for match in pattern.finditer(text):
            start = match.end()
            yield start, Proposed(start, _destination(text, start, bracketed=match[0].endswith("<")))
    for match in _AUTOLINK.finditer(text):
        yield match.end() - 1, Proposed(match.start() + 1, match[1])
    for match in re.finditer(WIKILINK, text):
        yield match.start() + len(match[1]) + 2, Proposed(match.start(), match[0])
    for match in re.finditer(CITATION, text):
        if citations(match[1]):
            yield match.start(1), Proposed(match.start(1), match[1])
    yield from _html_proposals(text)


def _html_proposals(text: str) -> Iterator[tuple[int, Proposed]]:
    """Yield the addresses of styles, and those of what looks like tags."""
    styles = {match.end() for match in OPENING.finditer(text)}
    for start in sorted(styles):
        yield start, Proposed(start, "", html=True)
    for tag in proposed_tags(text):
        for one in references(tag):
            yield one.start, Proposed(one.start, one.raw, html=True)


def _destination(text: str, start: int, *, bracketed: bool) -> str:
    """Guess how far an address reaches; blanks end it unless it stands in `<…>`."""
    if bracketed:
        end = re.compile(r"[>\n]").search(text, start)
        return text[start : end.start() if end else len(text)]
    match = _BARE.match(text, start)
    return match[0] if match else ""
