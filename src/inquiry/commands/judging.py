"""The whole way from a project to its findings; what it imports, a run without news never needs."""

from __future__ import annotations

from inquiry.check.checked import Checked
from inquiry.check.rules import check
from inquiry.commands.garbage import uncollected
from inquiry.commands.reading import Reading, read_knowledge_base

__all__ = ["judge", "read_knowledge_base", "uncollected"]


def judge(reading: Reading) -> Checked:
    """Check everything."""
    found = check(reading.project, reading.corpus, reading.graph, reading.resolver)
    links = tuple((one.path, len(one.body.links)) for one in reading.corpus.documents)
    return Checked(found, links)
