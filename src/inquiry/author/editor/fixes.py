"""What mends a finding at once: its edits, as an editor makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from inquiry.author.editor.text import Text
    from inquiry.diagnostics import Diagnostic, Edit, Span

Mend: TypeAlias = "Callable[[str, str, str], str | None]"
"""Puts new words for old ones in a stretch of source; none where they do not stand there exactly once."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """New words for a stretch of a file."""

    path: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A finding and what mends it."""

    finding: Diagnostic
    title: str
    """What it does: lower case, names in backticks."""
    replacements: tuple[Replacement, ...]


def fixes(found: Iterable[Diagnostic], span: Span, text_of: Callable[[str], Text], mend: Mend) -> Iterator[Fix]:
    """List what can be mended within a stretch; a finding whose words have changed meanwhile cannot."""
    for finding in found:
        if not finding.edits or finding.span.end < span.start or finding.span.start > span.end:
            continue
        made = [one for edit in finding.edits if (one := _made(edit, text_of(edit.path), mend)) is not None]
        if len(made) == len(finding.edits):
            yield Fix(finding, _title(finding.edits[0]), tuple(made))


def _made(edit: Edit, text: Text, mend: Mend) -> Replacement | None:
    fresh = mend(text.between(edit.span), edit.old, edit.new)
    return None if fresh is None else Replacement(edit.path, edit.span, fresh)


def _title(edit: Edit) -> str:
    return f"replace `{edit.old}` with `{edit.new}`" if edit.old else f"insert `{edit.new.strip()}`"
