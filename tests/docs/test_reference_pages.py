"""The reference leaves nothing out: every rule, setting, command, key and view field stands there."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from inquiry.check.report.json import render_json
from inquiry.check.report.verdict import Verdict
from inquiry.cli import COMMANDS
from inquiry.corpus.keys import FIELDS, SOURCE_FIELDS, Field
from inquiry.diagnostics import RULES, Span, finding
from inquiry.settings import Settings, SuggestionCounts
from inquiry.site import views

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs/reference"
WORDS = yaml.safe_load((ROOT / "tools/reference.yaml").read_text(encoding="utf-8"))
VIEWS = {name: one for name, one in inspect.getmembers(views, dataclasses.is_dataclass) if inspect.isclass(one)}


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """Cut out what stands below a heading, up to the next of its level or above; code may hold main headings."""
    marks = heading.partition(" ")[0]
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^#{{2,{len(marks)}}} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def test_the_reference_is_what_the_code_says_now() -> None:
    """`tools/reference.py` writes it anew."""
    outcome = subprocess.run(
        [sys.executable, ROOT / "tools/reference.py", "--check"], check=False, capture_output=True, text=True
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_described_with_code_level_and_two_examples(name: str) -> None:
    described = section(page("rules.md"), f"### {name}")
    rule = RULES[name]
    assert f"`{rule.code}`, {rule.severity}. {rule.summary}" in described
    assert re.search(r"^Bad \(`.+`\):", described, re.MULTILINE)
    assert re.search(r"^Good:$", described, re.MULTILINE)


def test_every_setting_is_described() -> None:
    names = {one.name for one in dataclasses.fields(Settings)} - {"suggestions"}
    names |= {f"suggestions.{one.name}" for one in dataclasses.fields(SuggestionCounts)}
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", page("settings.md"), re.MULTILINE)) == names


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_described(name: str) -> None:
    assert f"inquiry {name}" in section(page("commands.md"), f"## inquiry {name}")


@pytest.mark.parametrize("name", VIEWS)
def test_every_field_of_a_view_is_described(name: str) -> None:
    described = section(page("templates.md"), f"### {name}")
    rows = re.findall(r"^\| `(\w+)` \| `[^`]+` \| \S", described, re.MULTILINE)
    assert rows == [one.name for one in dataclasses.fields(VIEWS[name])]


@pytest.mark.parametrize("field", [*FIELDS.values(), *SOURCE_FIELDS.values()], ids=lambda field: field.name)
def test_every_spelling_of_a_key_is_listed(field: Field) -> None:
    preferred, *others = field.spellings
    row = f"| `{preferred}` | {', '.join(f'`{other}`' for other in others)} |"
    assert row in page("front-matter.md")


def test_every_template_is_listed_with_its_view() -> None:
    listed = set(re.findall(r"^\| `([a-z-]+\.html)` \| \[(\w+)\]", page("templates.md"), re.MULTILINE))
    assert {name for name, _ in listed} == {path.name for path in (ROOT / "templates").glob("*.html")}
    assert {view for _, view in listed} <= VIEWS.keys()


def test_nothing_is_explained_that_is_not_there() -> None:
    assert WORDS["rules"].keys() <= RULES.keys()
    assert WORDS["commands"].keys() <= COMMANDS.keys()
    fields = {one.name for view in VIEWS.values() for one in dataclasses.fields(view)}
    assert {name.rpartition(".")[2] for name in WORDS["views"]} <= fields


def test_the_json_of_a_check_has_the_documented_shape() -> None:
    documented = next(one for one in json_examples() if "diagnostics" in one)
    found = finding("dangling-link", "notes/a.md", Span.at(12, 5, 13), "x", hint="y")
    actual = json.loads(render_json(Verdict((found,), 1, 1)))
    assert shape(documented) == shape(actual)


def json_examples() -> list[dict[str, Any]]:
    return [json.loads(text) for text in re.findall(r"```json\n(.*?)```", page("commands.md"), re.DOTALL)]


def shape(value: Any) -> Any:
    """Reduce a value to its keys and types, in order."""
    if isinstance(value, dict):
        return [(key, shape(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return type(value).__name__
