"""Questions that are not written yet, as an author sees them: which notes, why, and the command that begins the line.

Imports scipy with the proposals: callers import this module only when they need it.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from inquiry.author.beside import side_by_side
from inquiry.corpus.model import RelationKind
from inquiry.graph.inputs import suggest_inputs
from inquiry.graph.uncovered import find_uncovered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inquiry.author.beside import Beside
    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.uncovered import Uncovered

NAMED_DISAGREEMENTS = 2
"""Disagreements that are spelled out: one is reason enough to ask."""
NAMED_TOPICS = 2
"""Topics that are named."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A question that could be a line."""

    title: str
    """A working title: what the notes are about."""
    score: float
    notes: tuple[Document, ...]
    """In the order in which `inquiry new line` lists them."""
    words: tuple[str, ...]
    """Words and phrases that at least half of the notes use."""
    reasons: tuple[str, ...]
    """Why it is proposed; each can be checked on the notes and lines."""
    command: str
    """What begins the line."""


def unwritten_lines(graph: KnowledgeGraph, count: int) -> tuple[Unwritten, ...]:
    """Propose lines that are not written yet, best first."""
    return tuple(_describe(one, graph) for one in find_uncovered(suggest_inputs(graph), count))


def _describe(uncovered: Uncovered, graph: KnowledgeGraph) -> Unwritten:
    arranged = side_by_side([graph.public[key] for key in uncovered.notes], graph)
    notes = tuple(beside.note for beside in arranged)
    title = uncovered.ground.title
    named = " ".join(f"--note {shlex.quote(note.id)}" for note in notes)
    return Unwritten(
        title=title,
        score=uncovered.score,
        notes=notes,
        words=uncovered.ground.words,
        reasons=tuple(_reasons(uncovered, arranged, graph)),
        command=f"inquiry new line {shlex.quote(title)} {named}",
    )


def _reasons(uncovered: Uncovered, arranged: Sequence[Beside], graph: KnowledgeGraph) -> Iterator[str]:
    """Say what is open, what disagrees and what joins the notes."""
    yield _open(uncovered, has_lines=bool(graph.lines))
    against = [(beside.note, kind, other) for beside in arranged for kind, other in beside.disagreements]
    against.sort(key=lambda one: one[1] is not RelationKind.CONTRADICTS)
    for note, kind, other in against[:NAMED_DISAGREEMENTS]:
        yield f"“{note.title}” {kind.value} “{other.title}”"
    notes = [beside.note for beside in arranged]
    joined = sum(b in graph.links(a) or a in graph.links(b) for a, b in combinations(notes, 2))
    yield f"{joined} {'pair' if joined == 1 else 'pairs'} of them linked" if joined else "alike in wording, not linked"
    if uncovered.ground.topics:
        yield f"at least half of them about {' and '.join(uncovered.ground.topics[:NAMED_TOPICS])}"


def _open(uncovered: Uncovered, *, has_lines: bool) -> str:
    """Say how far the lines leave the notes open."""
    count = len(uncovered.notes)
    if not has_lines:
        return f"{count} notes that belong together, and no line yet"
    if not uncovered.cited:
        return f"no line cites any of these {count} notes"
    uncited = count - uncovered.cited
    alone = f"; {uncited} of them are cited by none" if uncited else ""
    return f"no line cites more than {uncovered.most_cited} of these {count} notes{alone}"
