"""Every case under tests/cases: files go in, exactly the expected findings come out.

A case stands in a folder named after its rule.  Findings about a whole document that nearly every small case
would have are off, except in the folders of their own rules.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from inquiry.check.depth import needs_words
from inquiry.commands.judging import judge
from inquiry.commands.reading import read_knowledge_base
from inquiry.corpus.load import Loading
from inquiry.diagnostics import RULES, Diagnostic
from inquiry.graph.build import linked
from told_answers import told_findings

CASES = Path(__file__).parent.parent / "cases"
ABOUT_THE_WHOLE = ("missing-summary", "orphan-note", "uncited-line", "single-source-line")


def write_case(folder: Path, story: dict[str, Any], rule: str) -> None:
    levels = {name: "off" for name in ABOUT_THE_WHOLE if name != rule}
    config = {"site_name": "Case", "plugins": [{"inquiry": {"levels": levels}}]}
    for path, text in {"mkdocs.yml": yaml.safe_dump(config), **story["files"]}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())


def find(folder: Path, answers: dict[str, Any] | None = None) -> tuple[Diagnostic, ...]:
    """Check a case; with answers of other sites, its addresses too."""
    reading = read_knowledge_base(folder / "mkdocs.yml")
    inside = judge(reading).diagnostics
    lean = linked(reading.project, Loading(reading.project, lean=not needs_words(reading.project)).corpus())
    assert judge(lean).diagnostics == inside, "a check that leaves words out finds the same"
    if answers is None:
        return inside
    return tuple(sorted([*inside, *told_findings(reading, answers)], key=Diagnostic.sort_key))


def meets(found: Diagnostic, expected: dict[str, Any]) -> bool:
    place = {
        "rule": found.rule.name,
        "severity": found.severity.value,
        "path": found.path,
        "line": found.span.start.line,
        "column": found.span.start.column,
        "end_column": found.span.end.column,
    }
    said = all(expected.get(key, "") in text for key, text in (("message", found.message), ("hint", found.hint)))
    return said and all(place[key] == value for key, value in expected.items() if key in place)


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*.yml")), ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_case_gives_exactly_what_it_expects(case: Path, tmp_path: Path) -> None:
    story = yaml.safe_load(case.read_text(encoding="utf-8"))
    write_case(tmp_path, story, case.parent.name)
    found = find(tmp_path, story.get("answers"))
    assert len(found) == len(story["expect"]), found
    for one, expected in zip(found, story["expect"], strict=True):
        assert meets(one, expected), (one, expected)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_case_that_breaks_it_and_one_that_does_not(rule: str) -> None:
    broken = yaml.safe_load((CASES / rule / "bad.yml").read_text(encoding="utf-8"))
    assert rule in {expected["rule"] for expected in broken["expect"]}
    good = yaml.safe_load((CASES / rule / "good.yml").read_text(encoding="utf-8"))
    assert rule not in {expected["rule"] for expected in good["expect"]}
