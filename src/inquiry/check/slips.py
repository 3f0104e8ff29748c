"""Which misspelt names are beyond doubt: one slip of the finger away from one name, and from no other.

A slip is a letter too many, too few, wrong, or two exchanged (Damerau 1964).  Digits are never slips here:
`study-1` and `study-2` are two studies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.diagnostics import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inquiry.diagnostics import Span

SHORTEST = 5
"""Letters that a name must have: of shorter ones, too many are one slip apart and mean something else."""


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether two names are one slip apart, case aside.

    >>> is_one_slip("sleep-dept", "sleep-debt"), is_one_slip("study-1", "study-2")
    (True, False)
    """
    one, other = one.casefold(), other.casefold()
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    here, there = one[start : len(one) - end], other[start : len(other) - end]
    if any(char.isdigit() for char in here + there):
        return False
    exchanged = len(here) == len(there) == 2 and here == there[::-1]  # noqa: PLR2004 - two letters
    return exchanged or max(len(here), len(there)) == 1


def meant(name: str, near: Sequence[str]) -> str:
    """Name the one of some near names that must be meant; empty when there is doubt."""
    fitting = [candidate for candidate in near if is_one_slip(name, candidate)]
    return fitting[0] if len(fitting) == 1 and len(name) >= SHORTEST else ""


def respelling(path: str, span: Span, name: str, near: Sequence[str]) -> tuple[Edit, ...]:
    """Mend a misspelt name where what was meant is beyond doubt."""
    right = meant(name, near)
    return (Edit(path, span, name, right),) if right else ()
