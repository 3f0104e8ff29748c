"""Where a sentence ends when a citation stands behind it.

A title in the running text mostly ends in a mark of its own, and a raised number stands behind the mark: so
"gains little [[x]]." reads "gains little. *What does x gain?*".  A citation that its sentence cannot do without, as in
"according to [[x]], it gains" or "this contradicts [[x]].", stays where it is, and the mark behind it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inquiry.corpus.body import Slot, SlotKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_CLAUSE_ENDS = frozenset(".,;:")
_NO_ENDINGS = frozenset(
    # what asks for a noun: prepositions, conjunctions, articles and their like
    "about against alongside amid among and as at because beside between but by despite during except for from if in "
    "including into like namely nor of on onto or per than that till to toward towards unless unlike until unto upon "
    "versus via vs whereas whether while which whose with within without a an the is are was were their his her our my "
    "your its see cf compare consider recall what how when where why who although though "
    # what is done to something, so far as it is seldom a noun
    "accepts adds cites compares confirms considers contradict contradicts describes discusses echoes explain explains "
    "extend extends finds joins mentions opposes qualify qualifies refines refute refutes rejects replicates says show "
    "shows suggests summarises summarizes supports".split()
)
"""Words that hardly end a clause: a citation behind one is part of its sentence."""
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_END = re.compile(r"[.!?…:](?:[\s\"'”’)\]]|$)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_WIDTH = 3
"""Pieces that a citation takes."""
_LISTING = frozenset({", ", "; "})
"""What stands between citations that are listed."""
_ABBREVIATED = re.compile(r"\b(?:cf|e\.g|i\.e|vs)\.,? $", re.IGNORECASE)
_BETWEEN = frozenset({"; ", " "})
"""What stands between the citations of a group, if anything does."""


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
        for at in range(index + 1 + _WIDTH, end):
            if _is_bare_citation(pieces, parts, at) and _is_bare_citation(pieces, parts, at - _WIDTH):
                parts[at] = f"{blank}{parts[at]}"  # nothing stood between the two
        before, behind = parts[index], parts[end] if end < len(parts) else ""
        is_text = not isinstance(pieces[index], Slot) and end < len(pieces) and not isinstance(pieces[end], Slot)
        if (
            end > index + 1
            and is_text
            and behind[:1] in _CLAUSE_ENDS
            and before.endswith(" ")
            and ends_clause(before, is_first=index < _WIDTH or "citation--" in parts[index - _WIDTH])
            and not (behind in _LISTING and _is_bare_citation(pieces, parts, end + 1))
        ):
            parts[index] = f"{before.rstrip()}{behind[0]}{blank}"
            parts[end] = behind[1:]
        index = end


def ends_clause(before: str, *, is_first: bool) -> bool:
    """Tell whether a clause can end with the words in front of a citation.

    Args:
        before: HTML up to the citation, or from the last thing in the text that is no plain text.
        is_first: Whether nothing but a citation or the beginning of the body stands before that.
    """
    words = _TAG.sub("", before)
    if _ABBREVIATED.search(words):
        return False
    *ended, last = _SENTENCE_END.split(words)
    clause = _WORD.findall(last)
    return clause[-1].casefold() not in _NO_ENDINGS if clause else not (ended or is_first)


def _behind_group(pieces: Sequence[str | Slot], parts: Sequence[str], at: int) -> int:
    """Give the index behind the citations without words that begin at a piece; the same index for none."""
    while _is_bare_citation(pieces, parts, at):
        at += _WIDTH
        if pieces[at : at + 1] and pieces[at] in _BETWEEN and _is_bare_citation(pieces, parts, at + 1):
            at += 1
    return at


def _is_bare_citation(pieces: Sequence[str | Slot], parts: Sequence[str], at: int) -> bool:
    text = pieces[at + 1] if at + 2 < len(pieces) else None
    return isinstance(text, Slot) and text.kind is SlotKind.TEXT and "citation--" in parts[at]
