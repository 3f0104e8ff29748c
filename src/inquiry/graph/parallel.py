"""Work on blocks of a matrix on a few threads: products let go of the interpreter's lock, so they overlap."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_WORKERS = 4
"""Threads at most: each holds a block in memory, and the rest of the work takes turns anyway."""

Result = TypeVar("Result")


def over_blocks(work: Callable[[range], Result], rows: range, size: int) -> list[Result]:
    """Do some work on every block of rows; results are in the order of the blocks."""
    starts = range(rows.start, rows.stop, size)
    blocks = [range(start, min(start + size, rows.stop)) for start in starts]
    if len(blocks) <= 1:
        return [work(block) for block in blocks]
    with ThreadPoolExecutor(min(MOST_WORKERS, os.cpu_count() or 1)) as pool:
        return list(pool.map(work, blocks))
