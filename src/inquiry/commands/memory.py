"""What the last run found, for a run before which nothing has changed.

Files are known by size, inode and the times of their last changes, as git's index knows them; a change that the
file system's clock could have missed is taken for one.  The code counts as well: its own files and the names and
versions of whatever is installed beside it.  A memory that does not fit, or that cannot be read, makes a run slow,
never wrong.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from inquiry.check.checked import Checked
from inquiry.diagnostics import RULES, Diagnostic, Edit, Position, Related, Severity, Span
from inquiry.installed import code_state, files_within, ignore
from inquiry.replacing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inquiry.config import Project

VERSION = 1
"""Version of the file's shape."""
FILE = "check.json"
MOST = 200_000
"""Files beyond which nothing is remembered: looking at them all would take as long as reading the few that count."""
_TICK = 50_000_000
"""Nanoseconds within which two changes can have one time: some ticks of the slowest kernel clock."""
_COARSE = 2_000_000_000
"""The same where times have no fractions: on FAT, and on some network file systems."""
_SECOND = 1_000_000_000
_OUTSIDE = re.compile(r"^(?!\s*(?:docs_dir|site_dir):).*(?:\.\.[/\\]|[\s\"'\[]/\w|\b[A-Za-z]:[/\\]\w)", re.MULTILINE)
"""A path in the configuration that leads out of the project, be it of a bibliography or of a theme's folder."""
_ENVIRONMENT = re.compile(r"!ENV\s*(.*)")
_NAME = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Memory:
    """The place where one state of a project is remembered."""

    path: Path
    key: str
    """What the project and the code are like; empty when they cannot be told from another state."""

    def recall(self) -> Checked | None:
        """Tell what was found in this very state; nothing when that is not known."""
        try:
            held = json.loads(self.path.read_bytes()) if self.key else {}
            return _checked(held) if held["key"] == self.key else None
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None

    def remember(self, checked: Checked) -> None:
        """Keep what was found; a folder that cannot be written is none of the user's concern."""
        if not self.key:
            return
        findings = [_entry(one) for one in checked.diagnostics]
        text = json.dumps({"key": self.key, "findings": findings, "links": checked.links}, separators=(",", ":"))
        with suppress(OSError, UnicodeError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self.path, text.encode())
            ignore(self.path.parent, [FILE])


def memory_of(project: Project, *, now: int | None = None) -> Memory:
    """Look at a project and the code as they are now (`now` in nanoseconds), before anything is read."""
    path = project.cache_dir / FILE
    config = project.config_path.read_text(encoding="utf-8", errors="replace")
    if "INHERIT" in config or _OUTSIDE.search(config):  # what counts stands in other files, wherever they are
        return Memory(path, "")
    asked = {name: os.environ.get(name) for names in _ENVIRONMENT.findall(config) for name in _NAME.findall(names)}
    state = f"{VERSION} {sys.version} {project!r} {sorted(asked.items())}"
    digest = blake2b(state.encode(errors="surrogatepass"), digest_size=16)
    newest = 0
    for number, (name, found) in enumerate(_files(project)):
        if number > MOST:
            return Memory(path, "")
        fields = (name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        digest.update(repr(fields).encode(errors="surrogatepass"))
        newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
    margin = _TICK if newest % _SECOND else _COARSE
    if newest + margin > (time.time_ns() if now is None else now):
        return Memory(path, "")
    digest.update(code_state().encode())
    return Memory(path, digest.hexdigest())


def _files(project: Project) -> Iterator[tuple[str, os.stat_result]]:
    """List every file that a check may read, in order."""
    unread = {os.path.realpath(project.site_dir), os.path.realpath(project.cache_dir)}
    tops = [str(project.root)]
    if not project.docs_dir.is_relative_to(project.root):
        tops.append(str(project.docs_dir))
    for top in tops:
        yield from files_within(top, unread)


# -- as JSON ----------------------------------------------------------------------------------------------------------


def _entry(one: Diagnostic) -> list[Any]:
    related = [[r.path, _numbers(r.span), r.message] for r in one.related]
    edits = [[e.path, _numbers(e.span), e.old, e.new] for e in one.edits]
    place = [one.path, _numbers(one.span)]
    return [one.rule.name, one.severity, *place, one.message, one.hint, related, one.fixable, edits]


def _numbers(span: Span) -> list[int]:
    return [span.start.line, span.start.column, span.end.line, span.end.column]


def _span(numbers: list[int]) -> Span:
    return Span(Position(numbers[0], numbers[1]), Position(numbers[2], numbers[3]))


def _checked(held: dict[str, Any]) -> Checked:
    return Checked(tuple(map(_diagnostic, held["findings"])), tuple((path, count) for path, count in held["links"]))


def _diagnostic(entry: list[Any]) -> Diagnostic:
    name, severity, path, numbers, message, hint, related, fixable, edits = entry
    rule = RULES[name]
    if rule.severity != severity:
        rule = type(rule)(rule.code, rule.name, Severity(severity), rule.summary)
    return Diagnostic(
        rule,
        path,
        _span(numbers),
        message,
        hint,
        tuple(Related(where, _span(place), said) for where, place, said in related),
        fixable,
        tuple(Edit(where, _span(place), old, new) for where, place, old, new in edits),
    )
