"""From a corpus to its graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.graph.knowledge import KnowledgeGraph

if TYPE_CHECKING:
    from inquiry.corpus.model import Corpus
    from inquiry.graph.resolve import Resolver

__all__ = ["KnowledgeGraph", "build_graph"]


def build_graph(corpus: Corpus, resolver: Resolver) -> KnowledgeGraph:
    """Link the corpus: resolve every link once, so that what each document is to the others can be asked.

    The resolver must be made of this very corpus.  The result does not depend on the order in which the
    corpus lists its documents.
    """
    return KnowledgeGraph(corpus, resolver)
