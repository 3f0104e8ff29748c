"""Notes side by side: those that disagree stand together, and each says with which of the others it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.corpus.model import RelationKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph, Relation

_DISAGREEING = (RelationKind.CONTRADICTS, RelationKind.QUALIFIES)


@dataclass(frozen=True, slots=True)
class Beside:
    """A note in a list of notes."""

    note: Document
    disagreements: tuple[tuple[RelationKind, Document], ...] = ()
    """What it contradicts or qualifies among the notes of the list."""


def side_by_side(notes: Sequence[Document], graph: KnowledgeGraph) -> tuple[Beside, ...]:
    """Arrange notes so that what disagrees with a note follows it, and keep their order otherwise."""
    wanted = {note.key for note in notes}
    arranged: dict[tuple[str, str], Document] = {}
    for note in notes:
        arranged.setdefault(note.key, note)
        for relation in _disagreements(note, graph):
            if relation.note.key in wanted:
                arranged.setdefault(relation.note.key, relation.note)
    return tuple(_beside(note, wanted, graph) for note in arranged.values())


def contradicting(notes: Sequence[Document], graph: KnowledgeGraph) -> tuple[Document, ...]:
    """List the notes that contradict one of these or are contradicted by it, and are not among them."""
    known = {note.key for note in notes}
    found = {
        relation.note.key: relation.note
        for note in notes
        for relation in _disagreements(note, graph)
        if relation.kind is RelationKind.CONTRADICTS and relation.note.key not in known
    }
    return tuple(found.values())


def _disagreements(note: Document, graph: KnowledgeGraph) -> Sequence[Relation]:
    """List a note's contradictions, then its qualifications, in both directions."""
    return [one for kind in _DISAGREEING for one in graph.relations(note) if one.kind is kind]


def _beside(note: Document, wanted: set[tuple[str, str]], graph: KnowledgeGraph) -> Beside:
    found = [one for one in _disagreements(note, graph) if one.outgoing and one.note.key in wanted]
    return Beside(note, tuple((one.kind, one.note) for one in found))
