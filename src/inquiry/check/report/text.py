"""The report that people read: each finding with its place, its source and what could be done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.check.report.excerpt import excerpt
from inquiry.check.wording import counted
from inquiry.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inquiry.check.baseline import ReadLines
    from inquiry.check.report.verdict import Verdict
    from inquiry.diagnostics import Diagnostic

_BOLD, _DIM, _CYAN = "1", "2", "36"
_SEVERITY_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


@dataclass(frozen=True, slots=True)
class _Ink:
    """Colours a text, or leaves it as it is."""

    colour: bool

    def __call__(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.colour else text


def render_text(verdict: Verdict, lines_of: ReadLines, *, colour: bool = False) -> str:
    """Write a verdict for a terminal, with a summary by rule at the end."""
    ink = _Ink(colour)
    blocks = ["\n".join(_block(one, lines_of, ink)) for one in verdict.diagnostics]
    blocks.append("\n".join(_summary(verdict, ink)))
    return "\n\n".join(blocks) + "\n"


def _block(diagnostic: Diagnostic, lines_of: ReadLines, ink: _Ink) -> Iterator[str]:
    """Write one finding."""
    start = diagnostic.span.start
    place = f"{diagnostic.path}:{start.line}:{start.column}"
    severity = ink(diagnostic.severity.value, _BOLD, _SEVERITY_COLOURS.get(diagnostic.severity, _BOLD))
    name = ink(f"[{diagnostic.rule.name}]", _DIM)
    yield f"{ink(place, _BOLD)}: {severity}: {diagnostic.message} {name}"
    margin = " " * (len(str(start.line)) + 1)
    yield from _source(diagnostic, lines_of(diagnostic.path), margin, ink)
    if diagnostic.hint:
        yield f"{margin}{ink('=', _DIM)} {ink('hint', _CYAN)}: {diagnostic.hint}"
    for other in diagnostic.related:
        where = f"{other.path}:{other.span.start.line}:{other.span.start.column}"
        yield f"{margin}{ink('=', _DIM)} {where}: {other.message}"


def _source(diagnostic: Diagnostic, lines: Sequence[str], margin: str, ink: _Ink) -> Iterator[str]:
    """Show the first line of a finding's span; nothing for a finding about the file as a whole."""
    start, end = diagnostic.span.start, diagnostic.span.end
    if start == end or start.line > len(lines):
        return
    line = lines[start.line - 1]
    shown = excerpt(line, start.column, end.column if end.line == start.line else len(line) + 1)
    bar = ink("|", _DIM)
    colour = _SEVERITY_COLOURS.get(diagnostic.severity, _BOLD)
    yield f"{margin}{bar}"
    yield f"{ink(str(start.line), _DIM)} {bar} {shown.source}"
    yield f"{margin}{bar} {' ' * shown.offset}{ink('^' * shown.width, _BOLD, colour)}"


def summary(verdict: Verdict) -> Iterator[str]:
    """Say what was found, the most frequent rule first, without colours."""
    return _summary(verdict, _Ink(colour=False))


def _summary(verdict: Verdict, ink: _Ink) -> Iterator[str]:
    """Say what was found, the most frequent rule first."""
    checked = f"{counted(verdict.files, 'file')}, {counted(verdict.links, 'link')}"
    if verdict.known:
        checked += f" ({verdict.known:,} known from the baseline)"
    if not verdict.diagnostics:
        yield f"{checked}: nothing {'wrong' if verdict.files else 'to check'}"
        return
    infos = len(verdict.diagnostics) - verdict.errors - verdict.warnings
    counts = [counted(verdict.errors, "error"), counted(verdict.warnings, "warning")]
    if infos:
        counts.append(counted(infos, "info"))
    yield ink(f"{checked}: {', '.join(counts)}", _BOLD)
    by_rule = Counter(one.rule.name for one in verdict.diagnostics)
    for name, count in sorted(by_rule.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>6} {name}"
