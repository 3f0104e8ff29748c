"""`--external`: what the check of addresses needs of the outside world, and what it leaves behind on disk."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import click

from inquiry.check.depth import needs_words
from inquiry.check.external.errand import Errand
from inquiry.check.external.memory import FILE, read_records, write_records
from inquiry.check.external.places import corpus_places, docs_places
from inquiry.check.external.run import Rules, survey, weigh
from inquiry.check.pages.read import read_docs
from inquiry.commands.source import source_lines
from inquiry.corpus.load import Loading
from inquiry.diagnostics import Severity
from inquiry.graph.build import linked
from inquiry.replacing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from inquiry.check.checked import Checked
    from inquiry.check.external.client import Progress
    from inquiry.check.external.memory import Record
    from inquiry.check.external.run import Outside
    from inquiry.check.pages.read import Docs
    from inquiry.config import Project
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.build import Reading


_INCOMPLETE, _INTERRUPTED = 1, 130
"""Exit codes: as for findings, and as Ctrl-C has everywhere, though here with a report of what is known."""


@dataclass(slots=True)
class Asking:
    """Asks for the addresses of other sites while everything else is checked."""

    allow_private: bool
    """Whether private networks may be reached."""
    code: int = field(default=0, init=False)
    """Exit code of a check that has not asked for every address: no such run may look like a good one."""
    _records: Mapping[str, Record] = field(default_factory=dict, init=False)
    _heard: frozenset[str] = frozenset()
    """URLs that were asked already: `--fix` reads everything again, and need not ask again."""

    def __call__(self, project: Project) -> Checked:
        """Find what is wrong inside, and with addresses.

        Addresses are known as soon as everything is read; the rules run while servers think.
        """
        file = project.cache_dir / FILE
        reading = linked(project, Loading(project, lean=not needs_words(project)).corpus())
        docs = read_docs(project, reading.corpus)
        places = [*docs_places(docs), *corpus_places(reading.corpus, reading.graph, source_lines(project.root))]
        rules = Rules(project.site_url, self.allow_private)
        records = self._records or _remembered(file)
        surveyed = survey(places, rules, records, int(time.time()), self._heard)
        with (
            _shown() as progress,
            Errand(surveyed.due, allow_private=self.allow_private, progress=progress) as errand,
        ):
            errand.get_going()
            checked = _inside(reading, docs)
            outside = weigh(surveyed, errand.answers())
        if outside.heard:
            _remember(file, write_records(outside.records, surveyed.now))
        self._records, self._heard = outside.records, self._heard | outside.heard
        self._tell(outside)
        return _joined(checked, outside.diagnostics, reading, docs)

    def _tell(self, outside: Outside) -> None:
        """Say what was not asked for."""
        left = outside.asked - len(outside.heard)
        if left:
            why = "interrupted" if outside.unanswered else "out of time"
            click.echo(f"{why}: {left} of {outside.asked} addresses were not asked", err=True)
        self.code = _INTERRUPTED if outside.unanswered else _INCOMPLETE if left else 0


def _inside(reading: Reading, docs: Docs) -> Checked:
    """Check everything but addresses; the rules are imported now, with the first questions under way."""
    from inquiry.commands.judging import judge  # noqa: PLC0415 -- see above

    return judge(reading, docs)


@contextmanager
def _shown() -> Iterator[Progress | None]:
    """Draw how far the asking is, on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 -- only a terminal pays for it

    from inquiry.commands.bar import Bar  # noqa: PLC0415 -- likewise

    bar = Bar(Console(stderr=True))
    try:
        yield lambda done, total: bar("Asking other sites", done, total)
    finally:
        bar.close()


def _remembered(file: Path) -> dict[str, Record]:
    try:
        return read_records(file.read_bytes())
    except OSError:
        return {}


def _remember(file: Path, content: bytes) -> None:
    """Keep what was learned; a folder that cannot be written is none of the user's concern."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, content)


def _not_allowed(findings: Iterable[Diagnostic], docs: Docs) -> Iterator[Diagnostic]:
    """Leave out what a comment in an ordinary page allows."""
    for one in findings:
        page = docs.pages.get(one.path)
        line, name = one.span.start.line, one.rule.name
        allowed = page.allowances if page else ()
        if not any(each.first_line <= line <= each.last_line and name in each.rules for each in allowed):
            yield one


def _joined(inside: Checked, outside: Iterable[Diagnostic], reading: Reading, docs: Docs) -> Checked:
    """Add findings about addresses, without those where something worse is known already: one problem, one finding."""
    from inquiry.check.rules import settled  # noqa: PLC0415 -- the judge has brought it by now

    errors = [one for one in inside.diagnostics if one.severity is Severity.ERROR and one.rule.code[3] == "2"]
    known = {(one.path, end) for one in errors for end in (one.span.start, one.span.end)}
    new = (one for one in outside if known.isdisjoint({(one.path, one.span.start), (one.path, one.span.end)}))
    found = settled(_not_allowed(new, docs), reading.project, reading.corpus)
    return replace(inside, diagnostics=tuple(sorted((*inside.diagnostics, *found), key=lambda one: one.sort_key())))
