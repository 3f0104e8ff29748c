"""The knowledge base is large enough to be useful, woven closely enough to be followed, and written as agreed.

What is agreed stands in docs/how-to/write-a-note.md and write-a-line.md; the topics stand in docs/tags.md.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inquiry.commands.reading import read_knowledge_base
from inquiry.corpus.body import Slot
from inquiry.corpus.model import RelationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.corpus.model import Document
    from inquiry.graph.build import Reading

ROOT = Path(__file__).parents[2]
UNCITED: dict[str, str] = {}
"""Notes that nothing needs to lead to, with the reason why they are there all the same."""
BANNED = (
    r"delv(?:e|es|ed|ing)\b",
    r"not just\b",
    r"not only\b[^.?!]*\bbut also\b",
    r"landscape",
    r"crucial",
    r"underscore",
    r"sheds? light",
    r"at its core",
    r"striking",
    r"in other words",
    r"taken together",
    r"what emerges is",
    r"the thing you didn't know",
    r"it(?:'s|’s| is) not (?:\w+ ){1,6}?it(?:'s|’s| is)\b",
    r"tapestry",
    r"ever-evolving",
    r"game-chang",
)
"""Phrases that readers have come to skip."""
TIRED_OPENINGS = ("moreover", "furthermore", "additionally", "however", "this explores", "this line explores")


@cache
def knowledge() -> Reading:
    return read_knowledge_base(ROOT / "mkdocs.yml")


@cache
def agreed_topics() -> frozenset[str]:
    page = (ROOT / "docs/tags.md").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^\| \[`([a-z-]+)`\]", page, re.MULTILINE))


def takeaway_words(document: Document) -> int:
    html = "".join(piece for piece in document.body.takeaway if not isinstance(piece, Slot))
    return len(re.sub(r"<[^>]+>", "", html).split())


def prose(document: Document) -> Iterator[str]:
    yield document.title
    yield document.head.summary
    yield from document.body.text.split("\n")


def cited(line: Document) -> frozenset[str]:
    return frozenset(one.note.id for one in knowledge().graph.citations(line))


NOTES = {document.id: document for document in knowledge().corpus.notes}
LINES = {document.id: document for document in knowledge().corpus.lines}
EVERYTHING = {document.path: document for document in knowledge().corpus.documents}


def test_there_are_notes_and_lines_enough_to_explore() -> None:
    assert len(NOTES) >= 80
    assert len(LINES) >= 18


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_short_sourced_and_filed_under_agreed_topics(name: str) -> None:
    note = NOTES[name]
    assert 120 <= note.body.words <= 300
    assert note.head.source_keys
    assert note.head.summary
    assert note.head.tags
    assert set(note.head.tags) <= agreed_topics()
    assert note.title.endswith("?")


@pytest.mark.parametrize("name", NOTES)
def test_a_note_marks_its_evidence_so_that_a_line_can_quote_it(name: str) -> None:
    assert "evidence" in {passage.id for passage in NOTES[name].body.passages}


@pytest.mark.parametrize("name", LINES)
def test_a_line_is_a_framed_essay_with_a_conclusion(name: str) -> None:
    line = LINES[name]
    assert 500 <= line.body.words - takeaway_words(line) <= 900
    assert line.body.takeaway
    assert line.head.summary
    assert line.head.tags
    assert set(line.head.tags) <= agreed_topics()
    assert line.title.endswith("?")


@pytest.mark.parametrize("name", LINES)
def test_a_line_rests_on_six_notes_or_more(name: str) -> None:
    assert len(cited(LINES[name])) >= 6


@pytest.mark.parametrize("name", LINES)
def test_a_line_shares_notes_with_three_other_lines(name: str) -> None:
    own = cited(LINES[name])
    others = [other for other, line in LINES.items() if other != name and own & cited(line)]
    assert len(others) >= 3


def test_no_two_lines_begin_with_the_same_three_words() -> None:
    openings = {name: line.body.text.lower().split()[:3] for name, line in LINES.items()}
    alike = [(one, other) for one, other in combinations(openings, 2) if openings[one] == openings[other]]
    assert alike == []


def test_notes_bear_on_each_other_and_some_disagree() -> None:
    kinds = [kind for note in NOTES.values() for kind, _ in note.head.relations]
    disagreeing = [kind for kind in kinds if kind in {RelationKind.CONTRADICTS, RelationKind.QUALIFIES}]
    assert len(kinds) >= 25
    assert len(disagreeing) >= 8


def test_something_leads_to_every_note() -> None:
    orphans = {note.id for note in knowledge().graph.orphans}
    assert orphans == UNCITED.keys()


def test_every_agreed_topic_is_in_use() -> None:
    used = {tag for document in EVERYTHING.values() for tag in document.head.tags}
    assert used == agreed_topics()


@pytest.mark.parametrize("path", EVERYTHING)
def test_no_phrase_is_one_that_readers_have_come_to_skip(path: str) -> None:
    for paragraph in prose(EVERYTHING[path]):
        found = [pattern for pattern in BANNED if re.search(pattern, paragraph, re.IGNORECASE)]
        assert found == [], paragraph
        assert not paragraph.lower().startswith(TIRED_OPENINGS), paragraph


@pytest.mark.parametrize("path", EVERYTHING)
def test_dashes_are_rare(path: str) -> None:
    document = EVERYTHING[path]
    assert sum(paragraph.count("—") for paragraph in prose(document)) <= 1
