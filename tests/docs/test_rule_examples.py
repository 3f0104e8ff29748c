"""The examples on the page of the rules do what the page says: the bad one breaks its rule, the good one does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from inquiry.check.rules import check
from inquiry.commands.reading import read_knowledge_base
from told_answers import told_findings

ROOT = Path(__file__).parents[2]
WORDS = yaml.safe_load((ROOT / "tools/reference.yaml").read_text(encoding="utf-8"))
EXAMPLES: dict[str, dict[str, Any]] = WORDS["rules"]


def rules_broken(folder: Path, example: dict[str, Any], text: str, encoding: str = "utf-8") -> set[str]:
    """Name the rules that the example's file breaks."""
    path = example.get("path", "notes/a.md")
    for name, content in {"mkdocs.yml": "site_name: Example\n", **example.get("given", {})}.items():
        write(folder / name, content, "utf-8")
    write(folder / path, text, encoding)
    reading = read_knowledge_base(folder / "mkdocs.yml")
    found = check(reading.project, reading.corpus, reading.graph, reading.resolver)
    if "answers" in example:
        found += told_findings(reading, example["answers"])
    return {one.rule.name for one in found if one.path == path}


def write(path: Path, text: str, encoding: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding=encoding)


@pytest.mark.parametrize("rule", EXAMPLES)
def test_the_bad_example_breaks_its_rule(rule: str, tmp_path: Path) -> None:
    example = EXAMPLES[rule]
    assert rule in rules_broken(tmp_path, example, example["bad"], example.get("encoding", "utf-8"))


@pytest.mark.parametrize("rule", EXAMPLES)
def test_the_good_example_does_not_break_its_rule(rule: str, tmp_path: Path) -> None:
    example = EXAMPLES[rule]
    assert rule not in rules_broken(tmp_path, example, example["good"])
