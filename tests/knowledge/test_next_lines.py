"""Whoever has read a line finds somewhere to go, with a reason to go there."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from inquiry.cli import program

ROOT = Path(__file__).parents[2]
LINES = sorted(path.stem for path in (ROOT / "lines").glob("*.md"))
FEWEST = 3
"""Next lines below which a page is a dead end."""


@cache
def suggestions() -> dict[str, Any]:
    """What `inquiry suggest all` says of every document, by path; one call spares a reading for each line."""
    outcome = CliRunner().invoke(program, ["suggest", "all", "--format", "json", "-f", str(ROOT / "mkdocs.yml")])
    assert outcome.exit_code == 0, outcome.output
    documents: dict[str, Any] = json.loads(outcome.stdout)["documents"]
    return documents


@pytest.mark.parametrize("name", LINES)
def test_a_line_leads_on_to_three_others_each_with_a_reason(name: str) -> None:
    following = suggestions()[f"lines/{name}.md"]["next"]
    assert len(following) >= FEWEST
    assert all(one["reasons"] for one in following)
    assert f"lines/{name}.md" not in {one["path"] for one in following}


@pytest.mark.parametrize("name", LINES[:1])
def test_asking_about_one_line_gives_the_same_answer_as_asking_about_all(name: str) -> None:
    arguments = ["suggest", "next", name, "--format", "json", "-f", str(ROOT / "mkdocs.yml")]
    outcome = CliRunner().invoke(program, arguments)
    assert outcome.exit_code == 0, outcome.output
    (alone,) = json.loads(outcome.stdout)["documents"].values()
    assert alone["next"] == suggestions()[f"lines/{name}.md"]["next"]
