"""What the text of a BibTeX field says, without its LaTeX.

Most fields have at most braces, dashes and accents, which cost little; anything else goes through a LaTeX
parser, which takes a hundred times as long.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, Field

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACCENT = re.compile(
    r"""\\(?:(?P<sign>["'`^~=.])\s*|(?P<name>[uvHckrdb])(?:\s+|(?=\{)))"""
    r"""(?:\{\\?(?P<braced>[A-Za-z])\}|\\(?P<dotless>[ij])(?![A-Za-z])\s*|(?P<letter>[A-Za-z]))"""
)
_COMBINING = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
    "b": "\u0331",
}
_COMMENT_SIGN = re.compile(r"(?<!\\)%")
_ESCAPED = re.compile(r"\\([_%&#~$])")
_SIMPLE_ESCAPE = re.compile(r"\\([_%&#])")
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")
_LIGATURES = (
    ("---", "\u2014"),
    ("--", "\u2013"),
    ("``", "\u201c"),
    ("''", "\u201d"),
    ("~", " "),
    ("{", ""),
    ("}", ""),
)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    r"""Give a field's text as a reader sees it: accents as letters, braces and commands gone, on one line.

    >>> plain(r"Erd{\H{o}}s \& {NASA}"), plain(r"50\% {--} so")
    ('Erdős & NASA', '50% \u2013 so')
    """
    if "\\" in text:
        text = _ACCENT.sub(_accented, text)
    if "$" in text or "\\" in _SIMPLE_ESCAPE.sub("", text):
        field = Field("text", _COMMENT_SIGN.sub(r"\\%", text))  # a value has no comments: `%` is a per cent
        with silenced("pylatexenc"):
            _decoder().transform_entry(Entry("misc", "key", [field]), _library())
        text = str(field.value)
    else:
        text = _SIMPLE_ESCAPE.sub(r"\1", text)
        for sign, meant in _LIGATURES:
            text = text.replace(sign, meant)
    return " ".join(text.split())


@contextmanager
def silenced(name: str) -> Iterator[None]:
    """Keep a library from logging what our own diagnostics say."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _accented(found: re.Match[str]) -> str:
    letter = found["braced"] or found["dotless"] or found["letter"]
    return unicodedata.normalize("NFC", letter + _COMBINING[found["sign"] or found["name"]])


def address(text: str) -> str:
    r"""Give a web address as it is meant: `\url{}` and escapes taken off, all else untouched."""
    wrapped = _URL.search(text)
    return _ESCAPED.sub(r"\1", (wrapped[1] if wrapped else text).strip("{} \n\t"))


@cache
def _decoder() -> LatexDecodingMiddleware:
    return LatexDecodingMiddleware(keep_math_mode=False)


@cache
def _library() -> Library:
    return Library()
