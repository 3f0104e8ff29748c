"""Every figure of the knowledge base stands in what was checked: tests/data/facts.yaml.

A figure is any number written with digits.  Names such as GPT-3.5 hold figures too, so a model that no source of a
note mentions is caught as well.  Targets of links and block ids are no text and are not looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from inquiry.commands.reading import read_knowledge_base

if TYPE_CHECKING:
    from inquiry.corpus.model import Document
    from inquiry.graph.build import Reading

ROOT = Path(__file__).parents[2]
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Facts:
    """What is known of one paper."""

    key: str
    title: str
    year: str
    evidence: str
    statements: tuple[str, ...]
    """Findings and caveats."""

    @property
    def figures(self) -> frozenset[str]:
        """Figures that may be printed."""
        return figures_in(" ".join((self.title, *self.statements)))


@cache
def knowledge() -> Reading:
    return read_knowledge_base(ROOT / "mkdocs.yml")


@cache
def checked_facts() -> dict[str, Facts]:
    entries = yaml.safe_load((ROOT / "tests/data/facts.yaml").read_text(encoding="utf-8"))
    return {
        entry["key"]: Facts(
            entry["key"],
            entry["title"],
            str(entry["year"]),
            entry["evidence"],
            (*entry["findings"], *entry.get("caveats", ())),
        )
        for entry in entries
    }


def figures_in(text: str) -> frozenset[str]:
    """Collect figures; 5,000 and 5000 are one."""
    return frozenset(figure.replace(",", "") for figure in _FIGURE.findall(text))


def figures_known_to(notes: list[Document]) -> frozenset[str]:
    keys = {reference.value for note in notes for reference in note.head.source_keys}
    return frozenset[str]().union(*(checked_facts()[key].figures for key in keys))


def by_id(documents: tuple[Document, ...]) -> list[str]:
    return [document.id for document in documents]


def note(name: str) -> Document:
    return next(one for one in knowledge().corpus.notes if one.id == name)


def line(name: str) -> Document:
    return next(one for one in knowledge().corpus.lines if one.id == name)


@pytest.mark.parametrize("name", by_id(knowledge().corpus.notes))
def test_every_figure_of_a_note_stands_in_its_papers_facts(name: str) -> None:
    document = note(name)
    written = figures_in(f"{document.title} {document.head.summary} {document.body.text}")
    assert written - figures_known_to([document]) == frozenset()


@pytest.mark.parametrize("name", by_id(knowledge().corpus.lines))
def test_every_figure_of_a_line_follows_a_citation_that_has_it(name: str) -> None:
    """A figure belongs to a note cited in its own paragraph or in an earlier one."""
    document = line(name)
    citations = knowledge().graph.citations(document)
    for number, paragraph in enumerate(document.body.text.split("\n"), start=1):
        cited = [
            citation.note
            for citation in citations
            if any(occurrence.link.block <= number for occurrence in citation.occurrences)
        ]
        assert figures_in(paragraph) - figures_known_to(cited) == frozenset(), paragraph


@pytest.mark.parametrize("name", by_id(knowledge().corpus.lines))
def test_every_figure_of_a_lines_title_and_summary_stands_in_the_facts_it_cites(name: str) -> None:
    document = line(name)
    cited = [citation.note for citation in knowledge().graph.citations(document)]
    assert figures_in(f"{document.title} {document.head.summary}") - figures_known_to(cited) == frozenset()


def test_every_note_rests_on_a_paper_whose_facts_were_checked() -> None:
    unknown = {
        (document.id, reference.value)
        for document in knowledge().corpus.notes
        for reference in document.head.source_keys
        if reference.value not in checked_facts()
    }
    assert unknown == set()


def test_the_bibliography_names_the_same_papers_as_the_facts() -> None:
    bibliography = knowledge().corpus.bibliography
    assert {(key, work.title, work.year) for key, work in bibliography.items()} == {
        (facts.key, facts.title, facts.year) for facts in checked_facts().values()
    }


def test_a_note_on_secondary_evidence_says_so() -> None:
    """A reader must see that a finding was read in somebody else's words."""
    secondary = {facts.key for facts in checked_facts().values() if facts.evidence == "secondary"}
    silent = [
        document.id
        for document in knowledge().corpus.notes
        if secondary & {reference.value for reference in document.head.source_keys}
        and not re.search(r"\breport|\bsaid to\b|writing about|secondhand|second hand|summar", document.body.text)
    ]
    assert silent == []


def test_figures_are_found_in_names_and_whatever_their_separators() -> None:
    assert figures_in("GPT-3.5 wrote 5,000 of 42.6%, in two parts") == {"3.5", "5000", "42.6"}
