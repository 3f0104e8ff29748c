"""What `inquiry suggest` prints: suggestions, mentions and unwritten lines, for people and as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from inquiry.author.unwritten import Unwritten
    from inquiry.corpus.model import Document
    from inquiry.graph.suggestion import Key, Suggestion
    from inquiry.graph.unlinked import UnlinkedMention


@dataclass(frozen=True, slots=True)
class Answer:
    """What is suggested for one document, or for some words."""

    lists: Mapping[str, Sequence[Suggestion]]
    """Suggestions by what they are for: `next`, `related`, `cite`."""
    mentions: Sequence[UnlinkedMention] | None = None
    """Notes that it names without linking them; None when nobody asked."""


def answers_json(answers: Mapping[str, Answer], known: Mapping[Key, Document]) -> str:
    """Write the answers as one JSON object, documents by path."""
    return _dump("documents", {label: _object(answer, known) for label, answer in answers.items()})


def _object(answer: Answer, known: Mapping[Key, Document]) -> dict[str, object]:
    """Make one document's object."""
    found: dict[str, object] = {
        aim: [_entry(one, aim, known) for one in suggestions] for aim, suggestions in answer.lists.items()
    }
    if answer.mentions is not None:
        found["mentions"] = [_place(mention) for mention in answer.mentions]
    return found


def _entry(suggestion: Suggestion, aim: str, known: Mapping[Key, Document]) -> dict[str, object]:
    """Make one suggestion's object; only next lines have a role."""
    document = known[suggestion.key]
    entry: dict[str, object] = {"path": document.path, "id": document.id, "score": suggestion.score}
    if aim == "next":
        entry["role"] = suggestion.role
    return {**entry, "reasons": list(suggestion.reasons)}


def _place(mention: UnlinkedMention) -> dict[str, object]:
    """Make one mention's object, with its place in the text that names the note."""
    start, end = mention.span
    places = {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
    return {"path": mention.note.path, "id": mention.note.id, "text": mention.text, **places}


def answers_text(answers: Mapping[str, Answer], known: Mapping[Key, Document]) -> str:
    """Write the answers for people: what, and below it why."""
    return "\n".join("".join(_paragraph(label, answer, known)) for label, answer in answers.items())


def _paragraph(label: str, answer: Answer, known: Mapping[Key, Document]) -> Iterator[str]:
    """Write one document's answers."""
    yield f"{label}\n"
    if not any(answer.lists.values()) and not answer.mentions:
        yield "  nothing to suggest\n"
    for aim, suggestions in answer.lists.items():
        for number, one in enumerate(suggestions, 1):
            role = f" ({one.role})" if one.role else ""
            document = known[one.key]
            yield f"  {aim} {number}. {document.title} [{document.id}]{role}\n"
            yield from (f"      {reason}\n" for reason in one.reasons)
    for mention in answer.mentions or ():
        line, column = mention.span.start
        yield f"  named at {line}:{column}, not linked: “{mention.text}” [{mention.note.id}]\n"


def lines_json(proposals: Sequence[Unwritten]) -> str:
    """Write unwritten lines as one JSON object."""
    return _dump(
        "lines",
        [
            {
                "title": one.title,
                "score": one.score,
                "notes": [{"path": note.path, "id": note.id} for note in one.notes],
                "words": list(one.words),
                "reasons": list(one.reasons),
                "command": one.command,
            }
            for one in proposals
        ],
    )


def lines_text(proposals: Sequence[Unwritten]) -> str:
    """Write unwritten lines for people: a working title, why, the notes, and how to begin."""
    if not proposals:
        return "nothing to suggest: every group of notes that belong together has its line\n"
    return "\n".join("".join(_proposal(number, one)) for number, one in enumerate(proposals, 1))


def _proposal(number: int, one: Unwritten) -> Iterator[str]:
    """Write one unwritten line."""
    yield f"{number}. {one.title}\n"
    yield from (f"      {reason}\n" for reason in one.reasons)
    yield f"      common words: {', '.join(one.words)}\n"
    yield from (f"   - {note.title} [{note.id}]\n" for note in one.notes)
    yield f"   {one.command}\n"


def _dump(name: str, content: object) -> str:
    return json.dumps({"version": 1, name: content}, ensure_ascii=False, indent=2) + "\n"
