"""Where a sentence ends when a citation stands behind it.

A title in the running text mostly ends in a mark of its own, and a raised number stands behind the mark: so
"gains little [[x]]." reads "gains little. *What does x gain?*".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.corpus.body import Slot, SlotKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLAUSE_ENDS = frozenset(".,;:")
_LEAD_INS = (" see ", " cf. ", " cf ", " e.g. ", " e.g., ")
"""Words in front of a citation that make it a part of its sentence."""
_BETWEEN = "; "
"""What stands between the citations of a group."""


def punctuate(pieces: Sequence[str | Slot], parts: list[str], *, blank: str) -> None:
    """Put the mark that ends a clause in front of the citations that it follows.

    Args:
        pieces: A body as it was parsed.
        parts: The same with its slots filled; changed in place.
        blank: What separates the mark from the citation.
    """
    index = 0
    while index < len(pieces) - 4:
        end = _behind_group(pieces, parts, index + 1)
        before, behind = parts[index], parts[end] if end < len(parts) else ""
        is_text = not isinstance(pieces[index], Slot) and end < len(pieces) and not isinstance(pieces[end], Slot)
        follows = before.endswith(" ") and not before.endswith(_LEAD_INS)
        if end > index + 1 and is_text and follows and behind[:1] in _CLAUSE_ENDS:
            parts[index] = f"{before.rstrip()}{behind[0]}{blank}"
            parts[end] = behind[1:]
        index = end


def _behind_group(pieces: Sequence[str | Slot], parts: Sequence[str], at: int) -> int:
    """Give the index behind the citations without words that begin at a piece; the same index for none."""
    while _is_bare_citation(pieces, parts, at):
        at += 3
        if pieces[at : at + 1] != (_BETWEEN,) or not _is_bare_citation(pieces, parts, at + 1):
            break
        at += 1
    return at


def _is_bare_citation(pieces: Sequence[str | Slot], parts: Sequence[str], at: int) -> bool:
    text = pieces[at + 1] if at + 2 < len(pieces) else None
    return isinstance(text, Slot) and text.kind is SlotKind.TEXT and "citation--" in parts[at]
