"""Figures that the pages give about the knowledge base are those of the knowledge base."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_the_page_about_the_site_counts_the_evidence_rightly() -> None:
    facts = yaml.safe_load((ROOT / "tests/data/facts.yaml").read_text(encoding="utf-8"))
    kinds = Counter(fact["evidence"] for fact in facts)
    about = " ".join((ROOT / "docs/about.md").read_text(encoding="utf-8").split())
    assert f"For {kinds['primary']} of the {kinds.total()} papers the findings come from the paper's own text" in about
    assert f"For {kinds['mixed']} they come in part from writing about the paper" in about
    assert f"For {kinds['secondary']} they come from writing about the paper alone" in about


def test_the_readme_counts_notes_and_lines_rightly() -> None:
    notes, lines = (len(list((ROOT / folder).glob("*.md"))) for folder in ("notes", "lines"))
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"{notes} notes and {lines} lines" in readme
