"""How far a build is: said by whoever makes the pages, heard by whoever shows a progress bar.

Nobody need listen; `tell` is then a comparison and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Listener = Callable[[str, int, int], None]
    """Takes the step, as in "pages", how many are done, and how many there are."""

report: Listener | None = None
"""Whoever listens; `inquiry build` sets it for the time of a build."""


def tell(step: str, done: int, total: int) -> None:
    """Say how far a step is."""
    if report is not None:
        report(step, done, total)
