"""How findings speak: names in backticks, near names as a question.

Every rule words its message here or with these, so that forty findings in a list read as one voice.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from inquiry.corpus.body import LinkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inquiry.corpus.body import Link
    from inquiry.corpus.model import Document

_AROUND = {
    LinkKind.WIKILINK: ("[[", "]]"),
    LinkKind.EMBED: ("![[", "]]"),
    LinkKind.CITATION: ("[@", "]"),
}


def quoted(name: str) -> str:
    """Put a name in backticks."""
    return f"`{name}`"


def alternatives(names: Sequence[str]) -> str:
    """List names of which one is meant.

    >>> alternatives(["a", "b", "c"])
    '`a`, `b` or `c`'
    """
    *first, last = [quoted(name) for name in names]
    return f"{', '.join(first)} or {last}" if first else last


def did_you_mean(near: Sequence[str]) -> str:
    """Ask whether a near name was meant; empty when nothing is near."""
    return f"did you mean {alternatives(near)}?" if near else ""


def counted(number: int, noun: str) -> str:
    """Spell a number with its noun.

    >>> counted(1, "entry"), counted(1200, "entry"), counted(0, "note")
    ('1 entry', '1,200 entries', '0 notes')
    """
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def as_written(link: Link) -> str:
    """Spell a link's target as its author did, without the words shown for it."""
    target = f"{link.target}#{link.fragment}" if link.fragment else link.target
    before, after = _AROUND.get(link.kind, ("", ""))
    return f"{before}{target}{after}"


def shortest_names(candidates: Sequence[Document]) -> tuple[str, ...]:
    """Name each document by the shortest end of its path that none of the others shares.

    Those are the spellings that make a wikilink unambiguous; a note and a line of one file name keep the
    folder that tells them apart.
    """
    trails = [document.path.removesuffix(".md").split("/") for document in candidates]
    names = []
    for index, trail in enumerate(trails):
        others = [other for place, other in enumerate(trails) if place != index]
        for length in range(1, len(trail) + 1):
            if all(other[-length:] != trail[-length:] for other in others):
                break
        names.append("/".join(trail[-length:]))
    return tuple(names)


def path_from(origin: Document, path: str) -> str:
    """Spell a project path as a Markdown link in this document would."""
    return posixpath.relpath(path, posixpath.dirname(origin.path) or ".")
