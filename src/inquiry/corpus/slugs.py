"""Names for addresses: ids of documents and anchors of headings."""

from __future__ import annotations

import re
import unicodedata

_REPEAT = re.compile(r"^(.+)_(\d+)$")
_NOT_WORD = re.compile(r"[^\w\s-]")
_BLANKS = re.compile(r"[-\s]+")
_SEPARATORS = re.compile(r"[\s_-]+")


def heading_slug(text: str) -> str:
    """Make a heading's anchor as Python-Markdown's `toc` extension does, ASCII only.

    >>> heading_slug("Überblick: what's new?")
    'uberblick-whats-new'
    """
    ascii_text = text if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _BLANKS.sub("-", _NOT_WORD.sub("", ascii_text).strip().lower())


def unique_slug(slug: str, taken: set[str]) -> str:
    """Make a slug unlike those taken, as Python-Markdown does (`_1`, `_2`, …), and take it.

    >>> unique_slug("result", {"result"})
    'result_1'
    """
    while slug in taken or not slug:
        match = _REPEAT.match(slug)
        slug = f"{match[1]}_{int(match[2]) + 1}" if match else f"{slug}_1"
    taken.add(slug)
    return slug


def document_slug(name: str) -> str:
    """Make an id of a file's stem or a title: lower case, letters of every script, words joined by hyphens.

    Dots stay, so that Dendron's `proj.alpha` keeps its hierarchy.

    >>> document_slug("Café terrace (2nd)")
    'café-terrace-2nd'
    """
    folded = unicodedata.normalize("NFC", name).lower()
    kept = "".join(c if c.isalnum() or c in "._-" or unicodedata.category(c).startswith("M") else " " for c in folded)
    return _SEPARATORS.sub("-", kept).strip("-.")
