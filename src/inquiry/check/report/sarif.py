"""The report that code scanning reads: SARIF 2.1.0 (OASIS 2020).

Columns count characters, which the run says (`columnKind`), since the format's own default is UTF-16 units.
Every finding has a fingerprint that outlives a move to another line, so that a server knows it again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from inquiry import __version__
from inquiry.check.baseline import fingerprints
from inquiry.diagnostics import RULES, Severity

if TYPE_CHECKING:
    from inquiry.check.baseline import ReadLines
    from inquiry.check.report.verdict import Verdict
    from inquiry.diagnostics import Diagnostic, Related, Rule, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "inquiry/v1"
"""Name of the fingerprint; it changes when what goes into one does."""
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.OFF: "none",
}
_RULES: tuple[Rule, ...] = tuple(sorted(RULES.values(), key=lambda rule: rule.code))
_INDEX = {rule.code: index for index, rule in enumerate(_RULES)}


def render_sarif(verdict: Verdict, lines_of: ReadLines, prefix: str = "") -> str:
    """Write a verdict as one SARIF log with one run.

    Args:
        verdict: What was found.
        lines_of: Gives a file's lines, for the fingerprints.
        prefix: Folder of the knowledge base below that of the repository, with a slash behind it.
    """
    marks = fingerprints(verdict.diagnostics, lines_of)
    run = {
        "tool": {"driver": _driver()},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder of the repository."}}},
        "results": [_result(one, mark, prefix) for one, mark in zip(verdict.diagnostics, marks, strict=True)],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _driver() -> dict[str, Any]:
    return {"name": "inquiry", "version": __version__, "rules": [_rule(rule) for rule in _RULES]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": f"{rule.summary} Set its level with `levels: {{{rule.name}: off}}` in mkdocs.yml."},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.severity is not Severity.OFF},
    }


def _result(finding: Diagnostic, mark: str, prefix: str) -> dict[str, Any]:
    hint = f"; {finding.hint}" if finding.hint else ""
    result = {
        "ruleId": finding.rule.code,
        "ruleIndex": _INDEX[finding.rule.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message + hint},
        "locations": [{"physicalLocation": _place(finding.path, finding.span, prefix)}],
        "partialFingerprints": {FINGERPRINT: mark},
    }
    if finding.related:
        result["relatedLocations"] = [_related(number, one, prefix) for number, one in enumerate(finding.related)]
    return result


def _related(number: int, related: Related, prefix: str) -> dict[str, Any]:
    place = _place(related.path, related.span, prefix)
    return {"id": number, "physicalLocation": place, "message": {"text": related.message}}


def _place(path: str, span: Span, prefix: str) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(prefix + path, errors="surrogateescape"), "uriBaseId": "SRCROOT"},
        "region": {
            "startLine": span.start.line,
            "startColumn": span.start.column,
            "endLine": span.end.line,
            "endColumn": span.end.column,
        },
    }
