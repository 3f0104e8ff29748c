"""Notes that words which are no document yet could cite: a question just asked, a paragraph just written.

Imports scipy with the suggestions: callers import this module only when they need it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.graph.inputs import suggest_inputs
from inquiry.graph.suggest import suggest
from inquiry.graph.suggestion import SuggestInput

if TYPE_CHECKING:
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.suggestion import Suggestion

_NOBODY = ("line", "")
"""Key under which the words take part; no document has an empty id."""


def citable(words: str, graph: KnowledgeGraph, count: int) -> tuple[Suggestion, ...]:
    """Rank the public notes that these words could cite, best first, each with a reason."""
    inputs = (*suggest_inputs(graph), SuggestInput(_NOBODY, title="", text=words))
    return suggest(inputs, limit=count).of(_NOBODY).cite
