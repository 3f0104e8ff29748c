"""sources.bib is plain BibTeX that any tool reads, ours included."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import yaml
from bibtexparser.entrypoint import parse_string

from inquiry.corpus.bibliography import load_bibliography

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "sources.bib").read_text(encoding="utf-8")


def test_bibtexparser_reads_every_entry_without_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        library = parse_string(TEXT)
    assert len(library.entries) == TEXT.count("\n@")
    assert library.failed_blocks == []
    assert caplog.records == []


def test_pybtex_reads_every_entry_without_a_warning() -> None:
    database = pytest.importorskip("pybtex.database")
    errors = pytest.importorskip("pybtex.errors")
    with errors.capture() as faults:
        entries = database.parse_string(TEXT, bib_format="bibtex").entries
    assert faults == []
    assert len(entries) == TEXT.count("\n@")


def test_inquiry_reads_every_entry_with_title_author_year_venue_and_address() -> None:
    sources, diagnostics = load_bibliography([("sources.bib", TEXT)])
    assert diagnostics == []
    bare = [key for key, work in sources.items() if not (work.title and work.authors and work.year and work.link)]
    assert bare == []


def test_a_venue_that_was_not_seen_is_not_named() -> None:
    """What is known of a venue stands in the facts; the bibliography adds nothing from memory."""
    facts = yaml.safe_load((ROOT / "tests/data/facts.yaml").read_text(encoding="utf-8"))
    sources, _ = load_bibliography([("sources.bib", TEXT)])
    assert {key: work.venue for key, work in sources.items()} == {fact["key"]: fact["venue"] for fact in facts}


def test_entries_stand_in_the_order_of_their_keys() -> None:
    sources, _ = load_bibliography([("sources.bib", TEXT)])
    assert list(sources) == sorted(sources)
