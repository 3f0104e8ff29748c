"""Names for addresses: ids of documents and anchors of headings."""

from __future__ import annotations

import re
import unicodedata

_REPEAT = re.compile(r"^(.+)_(\d{1,18})$")  # more digits are no count, and thousands of them no number
ID_BYTES = 200
"""Longest id: file systems take 255 bytes, and ids that collide get numbers."""
_LIST_FILE = "index.html"
"""The list of all notes is the file of this name in the folder that holds theirs."""
_NOT_WORD = re.compile(r"[^\w\s-]")
_BLANKS = re.compile(r"[-\s]+")
_SEPARATORS = re.compile(r"[\s_-]+")
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


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


def is_usable_id(name: str) -> bool:
    """Tell whether an address and a file system can hold an id as it is spelled.

    >>> is_usable_id("Sleep.debt"), is_usable_id(".."), is_usable_id("a/b"), is_usable_id("index.html")
    (True, False, False, False)
    """
    spelled = all(c.isalnum() or c in "._~-" for c in name) and bool(name.strip("."))
    return spelled and len(name.encode()) <= ID_BYTES and name.lower() != _LIST_FILE


def document_slug(name: str) -> str:
    """Make an id of a file's stem or a title: lower case, letters of every script, words joined by hyphens.

    Dots stay, so that Dendron's `proj.alpha` keeps its hierarchy.

    >>> document_slug("Café terrace (2nd)")
    'café-terrace-2nd'
    """
    if _PLAIN_SLUG.fullmatch(name) and len(name) <= ID_BYTES and name != _LIST_FILE:
        return name  # as nearly all files are called
    folded = unicodedata.normalize("NFC", name).lower()
    kept = "".join(c if c.isalnum() or c in "._-" or unicodedata.category(c).startswith("M") else " " for c in folded)
    slug = _SEPARATORS.sub("-", kept).encode()[:ID_BYTES].decode(errors="ignore").strip("-.")
    return slug.replace(".", "-") if slug == _LIST_FILE else slug


def old_ids(alias: str) -> tuple[str, ...]:
    """List the ids under which an alias says that a document was known: as it is spelled, and as one would be made.

    >>> old_ids("/notes/Night_Air/"), old_ids("Night air")
    (('Night_Air', 'night-air'), ('night-air',))
    """
    name = alias.strip("/").rpartition("/")[2]
    found = (name if is_usable_id(name) else "", document_slug(name))
    return tuple(dict.fromkeys(id_ for id_ in found if id_))


_SECTIONS = frozenset(
    """
    cite-this cited-by disagreement linked-from neighbourhood next-lines related relations rests-on sources takeaway
    """.split()
)
"""Ids of the sections that a page has of its own."""


def page_anchor(anchor: str) -> str:
    """Give the id that an anchor of a body has on its page, where the sections' own ids are taken.

    Links written as `#sources` still lead to an author's heading "Sources": they are spelled by this, too.

    >>> page_anchor("sources"), page_anchor("method")
    ('sources-in-text', 'method')
    """
    return f"{anchor}-in-text" if anchor in _SECTIONS else anchor
