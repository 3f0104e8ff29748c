"""The report that programs read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inquiry.check.report.verdict import Verdict
    from inquiry.diagnostics import Diagnostic

VERSION = 1
"""Version of the shape; it grows by a step when a field changes its meaning or goes."""


def render_json(verdict: Verdict) -> str:
    """Write a verdict as one JSON object with a newline behind it."""
    report = {
        "version": VERSION,
        "summary": {
            "files": verdict.files,
            "links": verdict.links,
            "errors": verdict.errors,
            "warnings": verdict.warnings,
        },
        "diagnostics": [_entry(one) for one in verdict.diagnostics],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _entry(diagnostic: Diagnostic) -> dict[str, str | int | bool]:
    """Make one finding's object; every key is always there."""
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": diagnostic.severity.value,
        "path": diagnostic.path,
        "line": diagnostic.span.start.line,
        "column": diagnostic.span.start.column,
        "end_line": diagnostic.span.end.line,
        "end_column": diagnostic.span.end.column,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "fixable": diagnostic.fixable,
    }
