"""What was known to be wrong, so that only what is new fails.

A finding is known again by its fingerprint: rule, file, message and the words of its line, but not the line's
number, which every edit above it changes.  Of findings that are alike in all of these, as many are known as
the baseline counts.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from inquiry.diagnostics import Diagnostic

    ReadLines = Callable[[str], Sequence[str]]
    """Gives a file's lines by its path; none when it cannot be read."""

VERSION = 1
"""Version of the file's shape and of what goes into a fingerprint."""
_DIGEST = 10
"""Bytes of a fingerprint: a clash among a million findings is less likely than one in a billion."""


class BaselineError(ValueError):
    """A baseline that cannot be used; its text says why."""


class OtherVersionError(BaselineError):
    """A baseline whose fingerprints are made in another way, so none of them would be found again."""


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that a baseline holds; rule, path and message are there for people."""

    rule: str
    path: str
    message: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Sifted:
    """Findings, held against a baseline."""

    new: tuple[Diagnostic, ...]
    """Those that it does not hold, in their order."""
    known: int
    """How many it holds."""
    gone: int
    """How many it holds that were not found any more."""


def fingerprints(findings: Iterable[Diagnostic], lines_of: ReadLines) -> list[str]:
    """Give each finding its fingerprint, the second of two that are alike another than the first."""
    seen: Counter[str] = Counter()
    marks = []
    for finding in findings:
        mark = _mark(finding, lines_of)
        seen[mark] += 1
        marks.append(mark if seen[mark] == 1 else f"{mark}:{seen[mark]}")
    return marks


def _mark(finding: Diagnostic, lines_of: ReadLines) -> str:
    lines = lines_of(finding.path)
    start = finding.span.start
    whole_file = finding.span.start == finding.span.end
    line = "" if whole_file or start.line > len(lines) else " ".join(lines[start.line - 1].split())
    parts = (finding.rule.code, finding.path, finding.message, line)
    return blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=_DIGEST).hexdigest()


def write_baseline(findings: Sequence[Diagnostic], lines_of: ReadLines, others: Iterable[Known] = ()) -> str:
    """Write findings as a baseline: JSON, one line for each, in the order of files, so that it merges well.

    `others` are findings of a baseline that stay in it.
    """
    marks = fingerprints(findings, lines_of)
    held = [Known(one.rule.name, one.path, one.message, mark) for one, mark in zip(findings, marks, strict=True)]
    listed = sorted([*held, *others], key=lambda one: one.path)
    entries = ",\n".join(f"    {json.dumps(asdict(one))}" for one in listed)
    body = f"[\n{entries}\n  ]" if entries else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {body}\n}}\n'


def read_baseline(text: str) -> tuple[Known, ...]:
    """Read what a baseline holds.

    Raises:
        OtherVersionError: It is of another version.
        BaselineError: It is none.
    """
    try:
        held = json.loads(text)
    except ValueError as error:
        raise BaselineError(f"it is not JSON: {error}") from None
    if not isinstance(held, dict) or not isinstance(held.get("findings"), list):
        raise BaselineError("it is not a baseline of `inquiry check`")
    if held.get("version") != VERSION:
        raise OtherVersionError(f"it has version `{held.get('version')}`, not {VERSION}; `--write-baseline` renews it")
    return tuple(map(_known, held["findings"]))


def _known(entry: object) -> Known:
    held = entry if isinstance(entry, dict) else {}
    if not isinstance(held.get("fingerprint"), str):
        raise BaselineError("one of its findings has no fingerprint")
    return Known(*(str(held.get(name, "")) for name in ("rule", "path", "message", "fingerprint")))


def sift(findings: Sequence[Diagnostic], known: frozenset[str], lines_of: ReadLines) -> Sifted:
    """Leave out the findings that a baseline holds."""
    marks = fingerprints(findings, lines_of)
    new = tuple(one for one, mark in zip(findings, marks, strict=True) if mark not in known)
    held = len(findings) - len(new)
    return Sifted(new, held, len(known) - held)
