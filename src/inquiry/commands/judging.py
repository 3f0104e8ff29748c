"""The whole way from a project to its findings; what it imports, a run without news never needs."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from inquiry.check.checked import Checked
from inquiry.check.rules import check
from inquiry.commands.reading import Reading, read_knowledge_base

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["judge", "read_knowledge_base", "uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Make objects without looking for garbage: almost all of them stay, and looking takes a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def judge(reading: Reading) -> Checked:
    """Check everything."""
    found = check(reading.project, reading.corpus, reading.graph, reading.resolver)
    links = tuple((one.path, len(one.body.links)) for one in reading.corpus.documents)
    return Checked(found, links)
