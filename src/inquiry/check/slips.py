"""Which misspelt names are beyond doubt: one slip of the finger away from one name, and from no other.

Most slips (Damerau 1964) leave doubt, for a note that is not written yet may be meant: QLoRA is not LoRA, morality not
mortality, `smith2020b` not `smith2020a`.  What leaves none is a letter doubled or no longer doubled, an `s` at the end
of a word, and two letters exchanged in a name of several words; and that only where no other word comes of it, for
a casual relation is no causal one, and a desert no dessert.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inquiry.check.real_words import REAL_WORDS
from inquiry.diagnostics import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inquiry.diagnostics import Span

SHORTEST = 5
"""Letters that a name must have: of shorter ones, too many are one slip apart and mean something else."""
_NUMBERED = re.compile(r"\d[^ \-_/]*$")
"""A word with a digit in it, up to its end: what follows tells one work of a year from the next."""
_PARTS = frozenset(" -_/")
"""What parts the words of a name."""
_WORD = re.compile(r"[^ \-_/]*")


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether two names are one slip apart that leaves no doubt, case aside.

    >>> is_one_slip("slep-debt", "sleep-debt"), is_one_slip("sleep-dbet", "sleep-debt"), is_one_slip("qlora", "lora")
    (True, True, False)
    """
    one, other = one.casefold(), other.casefold()
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    here, there = one[start : len(one) - end], other[start : len(other) - end]
    letter = here + there
    if not letter.isalpha() or _NUMBERED.search(one[:start]) or _word_at(one, start) in REAL_WORDS:
        return False
    if len(letter) == 1:
        ends_word = end == 0 or one[-end] in _PARTS
        return one[start - 1 : start] == letter or (letter == "s" and ends_word)
    return not _PARTS.isdisjoint(one) and len(here) == len(there) == 2 and here == there[::-1]  # noqa: PLR2004 - two letters


def _word_at(name: str, place: int) -> str:
    """Cut out the word of a name in which a letter stands."""
    return next((found[0] for found in _WORD.finditer(name) if found.end() >= place), "")


def meant(name: str, near: Sequence[str]) -> str:
    """Name the one of some near names that must be meant; empty when there is doubt."""
    fitting = [candidate for candidate in near if is_one_slip(name, candidate)]
    return fitting[0] if len(fitting) == 1 and len(name) >= SHORTEST else ""


def respelling(path: str, span: Span, name: str, near: Sequence[str]) -> tuple[Edit, ...]:
    """Mend a misspelt name where what was meant is beyond doubt."""
    right = meant(name, near)
    return (Edit(path, span, name, right),) if right else ()
