"""The whole way from what was read to its findings; what it imports, a run without news never needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.check.checked import Checked
from inquiry.check.pages.read import read_docs
from inquiry.check.rules import check

if TYPE_CHECKING:
    from inquiry.check.pages.read import Docs
    from inquiry.graph.build import Reading


def judge(reading: Reading, docs: Docs | None = None) -> Checked:
    """Check everything; ordinary pages are read here, unless somebody has read them already."""
    docs = docs or read_docs(reading.project, reading.corpus)
    found = check(reading.project, reading.corpus, reading.graph, reading.resolver, docs)
    links = [(one.path, len(one.body.links)) for one in reading.corpus.documents]
    links += [(page.path, len(page.links)) for page in docs.pages.values()]
    return Checked(found, tuple(links))
