"""Where the head of a file ends and its body begins.

A head stands between `---` and `---` or `...` (YAML), or between `+++` and `+++` (TOML, as Hugo has it),
and begins on the first line.  A file that merely opens with a thematic break has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Syntax(StrEnum):
    """What a head is written in."""

    YAML = "yaml"
    TOML = "toml"


@dataclass(frozen=True, slots=True)
class Head:
    """The text of a head; it begins on line 2 of its file."""

    syntax: Syntax
    text: str
    """Everything between the delimiters, each line with its end."""
    body_line: int
    """Line of the file on which the body begins."""
    closed: bool = True
    """Whether the closing delimiter is there; without it, the head ends before the first blank line."""


_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(?:\n|\Z)")
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_SYNTAX = {"---": Syntax.YAML, "+++": Syntax.TOML}
_FIRST_KEY = {
    "---": re.compile(r"""["']?\w[\w -]*["']?:(?:[ \t]|$)""", re.MULTILINE),
    "+++": re.compile(r"""["']?\w[\w.-]*["']?[ \t]*=""", re.MULTILINE),
}
_BLANK_LINE = re.compile(r"^[ \t]*$", re.MULTILINE)


def split_head(text: str) -> Head | None:
    """Cut the head off a file's text; None when there is none.

    The text has LF line ends and no byte order mark.  Without a closing line it is a head only if the
    second line is a key with its value; otherwise `---` is a thematic break and all is body.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    marker, start = opening[1], opening.end()
    closing = _CLOSING[marker].search(text, start)
    if closing is not None and start < len(text):
        inside = text[start : closing.start()]
        return Head(_SYNTAX[marker], inside, inside.count("\n") + 3)
    if not _FIRST_KEY[marker].match(text, start):
        return None
    blank = _BLANK_LINE.search(text, start)
    inside = text[start : blank.start() if blank else len(text)]
    lines = inside.count("\n") + (not inside.endswith("\n"))
    return Head(_SYNTAX[marker], inside, lines + 2, closed=False)


def text_from_line(text: str, line: int) -> str:
    """Give what follows from a line on: with `FrontMatter.body_line`, the body."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
        if not start:
            return ""
    return text[start:]
