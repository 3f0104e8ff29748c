"""From a corpus to its graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.graph.knowledge import KnowledgeGraph
from inquiry.graph.resolve import Resolver

if TYPE_CHECKING:
    from inquiry.config import Project
    from inquiry.corpus.model import Corpus

__all__ = ["KnowledgeGraph", "Reading", "build_graph", "linked"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A knowledge base, read and linked."""

    project: Project
    corpus: Corpus
    resolver: Resolver
    graph: KnowledgeGraph


def linked(project: Project, corpus: Corpus) -> Reading:
    """Link a corpus as its project says."""
    settings = project.settings
    resolver = Resolver(corpus, docs=project.docs_folder, notes=settings.notes, lines=settings.lines)
    return Reading(project, corpus, resolver, build_graph(corpus, resolver))


def build_graph(corpus: Corpus, resolver: Resolver) -> KnowledgeGraph:
    """Link the corpus: resolve every link once, so that what each document is to the others can be asked.

    The resolver must be made of this very corpus.  The result does not depend on the order in which the
    corpus lists its documents.
    """
    return KnowledgeGraph(corpus, resolver)
