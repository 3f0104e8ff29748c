"""Notes that words which are no document yet could cite: a question just asked, a paragraph just written.

Imports scipy with the suggestions: callers import this module only when they need it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.author.beside import contradicting
from inquiry.graph.inputs import suggest_inputs
from inquiry.graph.suggest import suggest
from inquiry.graph.suggestion import SuggestInput

if TYPE_CHECKING:
    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.suggestion import Suggestion

NOTES_TO_CITE = 8
"""Notes that a new line begins with: as many as a line page of the first corpus cites."""
MOST_OPPONENTS = 2
"""Notes that are added because they contradict one of these, however they are worded: a line that has not heard the
other side is one-sided from its first day."""
_NOBODY = ("line", "")
"""Key under which the words take part; no document has an empty id."""


def citable(words: str, graph: KnowledgeGraph, count: int) -> tuple[Suggestion, ...]:
    """Rank the public notes that these words could cite, best first, each with a reason."""
    inputs = (*suggest_inputs(graph), SuggestInput(_NOBODY, title="", text=words))
    return suggest(inputs, limit=count).of(_NOBODY).cite


def notes_to_begin_with(question: str, graph: KnowledgeGraph) -> tuple[Document, ...]:
    """Choose the notes that a line on this question begins with, best first, then those that contradict them."""
    notes = {note.key: note for note in graph.notes}
    best = [notes[one.key] for one in citable(question, graph, NOTES_TO_CITE)]
    return (*best, *contradicting(best, graph)[:MOST_OPPONENTS])
