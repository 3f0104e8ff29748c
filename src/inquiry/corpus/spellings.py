"""Keys as they are written: which field one spells, which one was perhaps meant, and which belong to other tools.

Keys are compared without regard to case.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from inquiry.corpus.keys import FIELDS, SOURCE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

SPELLINGS: dict[str, tuple[str, int]] = {
    key: (name, rank) for name, field in FIELDS.items() for rank, key in enumerate(field.spellings)
}
"""Field and rank of every key of a head that is read."""

SOURCE_SPELLINGS: dict[str, tuple[str, int]] = {
    key: (name, rank) for name, field in SOURCE_FIELDS.items() for rank, key in enumerate(field.spellings)
}
"""Field and rank of every key of a source that is read."""

_FOREIGN_WORDS = """
author banner bibliography blockquote body build cascade categories category citation citekey citekeys
class classes collection color comment comments config content contributors copyright course cover create
creator creators cssclass cssclasses data dates datum editor editors enabletoc end excerpt expirydate
exports extend_toc feature featured file files fmcontenttype format github group header headless hidden
hide icon image images index item jupytext kernelspec label lang language last layout level license link
links linktitle list live locale location markup math menu menus meta mtime name navigation noindex note
notes number order outputs page page_id parent permalinks pin place pods position private project
projects pubdate publishdate publisher rate rating readtime redirect_from related render resource
resources rights robot robots role root section series sidebar sitemap size social sort state status stub
style subject subtitle tasks teaser template test text theme thumbnail time toc topic topics
translationkey type updates users value venues version video views visibility volume weight width word
words zotero
"""
_FOREIGN = frozenset(_FOREIGN_WORDS.split())
"""Keys of other tools and of plain habit: never taken for a slip, however near they are to one of ours."""

_SHORTEST = 4
"""Letters that a key must have to be taken for a slip: in shorter ones, one letter makes another word."""
_LONG = 7
"""Letters of a known key from which on two slips still leave it recognisable (`smmry`, `realtion`)."""


@cache
def nearest_key(key: str) -> str:
    """Find the key of a head that was perhaps meant; empty when none is near or another tool has the key."""
    return "" if key.lower() in _FOREIGN else _nearest(key.lower(), SPELLINGS)


@cache
def nearest_source_key(key: str) -> str:
    """Find the key of a source that was perhaps meant; empty when none is near."""
    return _nearest(key.lower(), SOURCE_SPELLINGS)


def _nearest(key: str, known: Iterable[str]) -> str:
    if len(key) < _SHORTEST:
        return ""
    ranked = sorted((slips(key, name), name) for name in known if len(name) >= _SHORTEST)
    near = [name for count, name in ranked if count <= (2 if len(name) >= _LONG else 1)]
    return near[0] if near else ""


def slips(left: str, right: str) -> int:
    """Count the letters to insert, drop, change or swap that lead from one word to the other.

    Optimal string alignment (Damerau 1964): of the edit distances the one that counts `ie` for `ei` as one
    slip.

    >>> slips("relatoins", "relations"), slips("sumary", "summary")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        before, last, row = row, before, [i]
        for j, other in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
