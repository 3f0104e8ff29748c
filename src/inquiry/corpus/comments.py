"""Comments, which are never published: Obsidian's `%%` are found and cut out before Markdown is parsed.

Code is left alone: a `%%` in a fence, a code span or a formula is text.  The scan knows fences and spans by
themselves, not the whole grammar, so that it stays linear for any input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    ^(?P<indent>[ ]{0,3}(?:>[ ]?|[-*+][ ]+|\d{1,9}[.)][ ]+)*[ ]*)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})
    | (?P<ticks>`+)
    | \\[%`]
    | (?P<html><!--)
    | (?P<comment>%%)
    """,
    re.VERBOSE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Uncommented:
    """A body without its comments."""

    text: str
    """What is left."""
    cuts: tuple[tuple[int, int], ...] = ()
    """Byte ranges of the original that were cut out."""
    unclosed: int | None = None
    """Byte offset in the original of a comment that never closes."""


def strip_comments(text: str) -> Uncommented:
    r"""Cut out every `%%…%%` that is not code.

    A `%%` that opens a line and never closes hides the rest of the file: what an author wanted hidden must not be
    published by a slip.  Anywhere else a lone `%%` is text.

    >>> strip_comments("a %%b%% c").text
    'a  c'
    >>> strip_comments("`%%` and %%x%%").text
    '`%%` and '
    """
    if "%%" not in text:
        return Uncommented(text)
    ranges: list[tuple[int, int]] = []
    unclosed = None
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match["fence"]:
            at = _behind_fence(text, match)
        elif match["ticks"]:
            at = _behind_span(text, match)
        elif match["html"]:
            at = _behind(text, "-->", at)
        elif match["comment"]:
            close = text.find("%%", at)
            if close >= 0:
                ranges.append((match.start(), close + 2))
                at = close + 2
            elif match.start() == 0 or text[match.start() - 1] == "\n":
                ranges.append((match.start(), len(text)))
                unclosed = match.start()
                break
    return _cut(text, ranges, unclosed)


def strip_html_comments(text: str) -> str:
    """Cut out every `<!--…-->` that is not code; one that never closes hides the rest.

    >>> strip_html_comments("a <!-- b --> c `<!--` d")
    'a  c `<!--` d'
    """
    if "<!--" not in text:
        return text
    kept: list[str] = []
    at = start = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match["fence"]:
            at = _behind_fence(text, match)
        elif match["ticks"]:
            at = _behind_span(text, match)
        elif match["html"]:
            kept.append(text[start : match.start()])
            start = at = _behind(text, "-->", at)
    return "".join((*kept, text[start:]))


def _behind(text: str, closing: str, at: int) -> int:
    found = text.find(closing, at)
    return found + len(closing) if found >= 0 else len(text)


def _behind_fence(text: str, match: re.Match[str]) -> int:
    fence = match["fence"]
    closing = re.compile(rf"^[ >]*[ ]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
    found = closing.search(text, match.end())
    return found.end() if found else len(text)


def _behind_span(text: str, match: re.Match[str]) -> int:
    paragraph_end = text.find("\n\n", match.end())
    end = paragraph_end if paragraph_end >= 0 else len(text)
    ticks = match["ticks"]
    at = match.end()
    while (at := text.find(ticks, at, end)) >= 0:
        run = at
        while run < end and text[run] == "`":
            run += 1
        if run - at == len(ticks):
            return run
        at = run
    return match.end()


def _cut(text: str, ranges: list[tuple[int, int]], unclosed: int | None) -> Uncommented:
    kept, cuts, at, at_byte = [], [], 0, 0
    for start, end in ranges:
        kept.append(text[at:start])
        start_byte = at_byte + len(text[at:start].encode())
        at_byte = start_byte + len(text[start:end].encode())
        cuts.append((start_byte, at_byte))
        at = end
    kept.append(text[at:])
    offset = None if unclosed is None else len(text[:unclosed].encode())
    return Uncommented("".join(kept), tuple(cuts), offset)
