"""The rule about essays that were not read again after what they cite had changed, by what `inquiry.lock` remembers.

`inquiry.lock` holds one row for each note that a reviewed line cites: the line's id, the note's id, and a hash of
what the note said then.  Rows merge like any text.  `inquiry check --accept LINE` writes those of a line anew; a line
that was never accepted is not judged.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.check.depth import REVIEW_LOCK
from inquiry.check.disk import read_text
from inquiry.check.essays import citation_place
from inquiry.check.links import title_place
from inquiry.check.wording import quoted
from inquiry.corpus.titles import plain_text
from inquiry.diagnostics import Related, Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inquiry.config import Project
    from inquiry.corpus.model import Document
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolve import Resolver

HASH_DIGITS = 16
"""Hexadecimal digits of a hash that are kept: 64 bits tell any two versions of one note apart."""

_HEAD = "# line, note that it cites, hash of what the note said: `inquiry check --accept LINE` writes this\n"
_ROW = re.compile(r"(\S+) (\S+) ([0-9a-f]{8,64})")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})


@dataclass(frozen=True, slots=True, order=True)
class Reviewed:
    """What one note said to one line."""

    line: str
    """Id of the line."""
    note: str
    """Id of the note."""
    hash: str


def parse_review_lock(text: str) -> tuple[tuple[Reviewed, ...], tuple[Span, ...]]:
    """Read a lock.

    Returns:
        Its rows, and the places of those that cannot be read.
    """
    rows, unreadable = [], []
    for number, written in enumerate(text.split("\n"), start=1):
        row = written.strip()
        if not row or row.startswith("#"):
            continue
        if match := _ROW.fullmatch(" ".join(row.split())):
            rows.append(Reviewed(match[1], match[2], match[3]))
        else:
            unreadable.append(Span.at(number, written.index(row) + 1, len(row)))
    return tuple(rows), tuple(unreadable)


def render_review_lock(rows: Iterable[Reviewed]) -> str:
    """Write a lock, in order."""
    return _HEAD + "".join(f"{row.line} {row.note} {row.hash}\n" for row in sorted(set(rows)))


def accepted(rows: Iterable[Reviewed], lines: Iterable[Document], graph: KnowledgeGraph) -> tuple[Reviewed, ...]:
    """Renew the rows of some lines; rows of lines that are no more are dropped."""
    renewed = {line.id: line for line in lines}
    there = {line.id for line in graph.lines}
    kept = [row for row in rows if row.line not in renewed and row.line in there]
    fresh = [
        Reviewed(line.id, citation.note.id, said_by(citation.note))
        for line in renewed.values()
        for citation in graph.citations(line)
    ]
    return tuple(sorted({*kept, *fresh}))


def said_by(note: Document) -> str:
    """Hash what a note says: title, summary and text, without formatting, line breaks and kinds of quotes."""
    parts = (plain_text(note.title), plain_text(note.head.summary), note.body.text)
    said = "\0".join(" ".join(unicodedata.normalize("NFKC", part).translate(_STRAIGHT).split()) for part in parts)
    return hashlib.sha256(said.encode("utf-8", errors="replace")).hexdigest()[:HASH_DIGITS]


def stale_essay(project: Project, _corpus: object, graph: KnowledgeGraph, resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each note that says something else than when a line that cites it was last reviewed."""
    text = read_text(project.root, REVIEW_LOCK)
    if text is None:
        return
    rows, unreadable = parse_review_lock(text)
    for span in unreadable:
        hint = "`inquiry check --accept all` writes the file anew, once every line has been reviewed"
        yield finding("unreadable-lock", REVIEW_LOCK, span, "this row is no line, note and hash", hint=hint)
    reviewed = {(row.line, row.note): row.hash for row in rows}
    lines = {row.line for row in rows}
    for line in graph.lines:
        for citation in graph.citations(line) if line.id in lines else ():
            note = citation.note
            before = reviewed.get((line.id, note.id))
            if before is None or said_by(note).startswith(before) or before.startswith(said_by(note)):
                continue
            message = f"{quoted(note.path)} has changed since this line was last reviewed"
            hint = f"see whether the line still holds, then run `inquiry check --accept {line.id}`"
            related = (Related(note.path, title_place(note), "says something else now"),)
            place = citation_place(line, citation, resolver)
            yield finding("stale-essay", line.path, place, message, hint=hint, related=related)
