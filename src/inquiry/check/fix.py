"""Mending: the edits of findings, made in a file's text.

Pure: text goes in and text comes out; whoever calls reads and writes.  Line ends and everything that no edit
names stay as they are.  An edit whose words are not where it expects them is not made: a file that has changed
meanwhile, or that is written in a way nobody foresaw, is left alone.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inquiry.diagnostics import Diagnostic, Edit

BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")
_NEEDS_QUOTES = re.compile(r"[\s()<>]")


@dataclass(frozen=True, slots=True)
class Mended:
    """A file before and after."""

    path: str
    before: str
    after: str
    count: int
    """Number of edits made."""


def edits_by_file(findings: Iterable[Diagnostic]) -> dict[str, tuple[Edit, ...]]:
    """Gather the edits of findings, each once, by file and in order of place."""
    edits = {edit for finding in findings for edit in finding.edits}
    ordered = sorted(edits, key=lambda edit: (edit.path, edit.span, edit.old, edit.new))
    paths = dict.fromkeys(edit.path for edit in ordered)
    return {path: tuple(edit for edit in ordered if edit.path == path) for path in paths}


def mend(path: str, text: str, edits: Sequence[Edit]) -> Mended:
    """Make edits in a text, a byte order mark at its beginning not counted as a column.

    Of edits that want the same stretch only the first is made; a later run sees whether another is due.
    """
    mark = BOM if text.startswith(BOM) else ""
    before = text.removeprefix(BOM)
    starts = [0, *(match.end() for match in _LINE_END.finditer(before))]
    pieces, at, count = [mark], 0, 0
    for edit in edits:
        where = _offsets(edit, starts, len(before))
        if where is None or where[0] < at:
            continue
        start, end = where
        fresh = replaced(before[start:end], edit.old, edit.new)
        if fresh is None:
            continue
        pieces += [before[at:start], fresh]
        at, count = end, count + 1
    return Mended(path, text, "".join([*pieces, before[at:]]), count)


def _offsets(edit: Edit, starts: Sequence[int], length: int) -> tuple[int, int] | None:
    """Turn an edit's place into offsets; none for a place that the text does not have or over several lines."""
    first, last = edit.span.start, edit.span.end
    if first.line != last.line or not 1 <= first.line <= len(starts):
        return None
    start = starts[first.line - 1]
    bound = starts[first.line] if first.line < len(starts) else length
    where = (start + first.column - 1, start + last.column - 1)
    return where if where[0] <= where[1] <= bound else None


def replaced(stretch: str, old: str, new: str) -> str | None:
    """Put new words for old ones in a stretch of source; none where they do not stand there exactly once.

    >>> replaced("../notes/Sleep%20debt.md#how", "../notes/Sleep debt.md", "../notes/sleep debt.md")
    '../notes/sleep%20debt.md#how'
    >>> replaced("[[dept|dept]]", "dept", "debt") is None
    True
    """
    if not old:
        return None if stretch else new
    found = list(re.finditer(rf"(?<![\w.-]){re.escape(old)}(?![\w-])", stretch))
    if len(found) == 1:
        if _NEEDS_QUOTES.search(new) and not _NEEDS_QUOTES.search(old):
            return None
        return stretch[: found[0].start()] + new + stretch[found[0].end() :]
    path, mark, fragment = stretch.partition("#")
    if not found and unquote(path) == old:
        return quote(new) + mark + fragment
    return None


def diff(mended: Mended) -> str:
    """Show what an edit changes as a unified diff, with a final line end."""
    before, after = (_lines(text) for text in (mended.before, mended.after))
    shown = []
    for line in difflib.unified_diff(before, after, f"a/{mended.path}", f"b/{mended.path}"):
        ended = line.endswith("\n")
        shown.append(line if ended else f"{line}\n\\ No newline at end of file\n")
    return "".join(shown)


def _lines(text: str) -> list[str]:
    """Cut a text behind its line ends as diff does, which knows LF alone."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)
