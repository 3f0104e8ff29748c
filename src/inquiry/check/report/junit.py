"""The report that CI servers show as tests: a suite a file, a failed case a finding.

What fails the check is a failed case, be it an error or a warning; all else is a case that passes with a word on it.
Without findings there is one case that passes, for a report without any is read as a run that broke.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import groupby
from typing import TYPE_CHECKING

from inquiry.check.report.verdict import fails

if TYPE_CHECKING:
    from inquiry.check.report.verdict import Verdict
    from inquiry.diagnostics import Diagnostic

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 file may hold, not even escaped."""


def render_junit(verdict: Verdict, prefix: str = "") -> str:
    """Write a verdict as JUnit's XML, its paths behind the prefix."""
    failed = sum(map(fails, verdict.diagnostics))
    tests = max(len(verdict.diagnostics), 1)
    root = ET.Element("testsuites", name="inquiry check", tests=str(tests), failures=str(failed), errors="0")
    for path, group in groupby(verdict.diagnostics, key=lambda one: one.path):
        findings = tuple(group)
        failures = sum(map(fails, findings))
        suite = _suite(root, prefix + path, len(findings), failures)
        for finding in findings:
            _case(suite, finding, prefix)
    if not verdict.diagnostics:
        ET.SubElement(_suite(root, "inquiry check", 1, 0), "testcase", name="nothing wrong", classname="inquiry")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(root: ET.Element, name: str, tests: int, failures: int) -> ET.Element:
    counts = {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": "0"}
    return ET.SubElement(root, "testsuite", {"name": _clean(name), **counts})


def _case(suite: ET.Element, finding: Diagnostic, prefix: str) -> None:
    start = finding.span.start
    path = prefix + finding.path
    name = f"{finding.rule.name} at {start.line}:{start.column}"
    attributes = {"name": name, "classname": _clean(path), "file": _clean(path), "line": str(start.line)}
    case = ET.SubElement(suite, "testcase", attributes)
    place = f"{path}:{start.line}:{start.column}: {finding.severity}: {finding.message}"
    text = _clean(place + (f"\nhint: {finding.hint}" if finding.hint else ""))
    if fails(finding):
        failure = ET.SubElement(case, "failure", type=finding.rule.code, message=_clean(finding.message))
        failure.text = text
    else:
        ET.SubElement(case, "system-out").text = text


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
