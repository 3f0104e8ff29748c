"""`--external`: what the check of addresses needs of the outside world, and what it leaves behind on disk."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import click

from inquiry.check.external.client import ask
from inquiry.check.external.memory import FILE, read_records, write_records
from inquiry.check.external.places import Place, corpus_places
from inquiry.check.external.run import Rules, look_outside
from inquiry.check.pages.read import read_docs
from inquiry.check.rules import settled
from inquiry.check.site_rules import external_places
from inquiry.commands.mending import replace_file
from inquiry.commands.source import source_lines
from inquiry.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from inquiry.check.checked import Checked
    from inquiry.check.external.answers import Answer, Question
    from inquiry.check.external.memory import Record
    from inquiry.check.pages.read import Docs
    from inquiry.commands.bar import Bar
    from inquiry.commands.reading import Reading
    from inquiry.diagnostics import Diagnostic


@dataclass(slots=True)
class Asking:
    """Asks for the addresses of other sites."""

    allow_private: bool
    """Whether private networks may be reached."""
    unanswered: int = field(default=0, init=False)
    """Addresses that were never asked, because the run was interrupted."""

    def __call__(self, reading: Reading, checked: Checked) -> Checked:
        """Add what is wrong with addresses to what is wrong inside."""
        project = reading.project
        file = project.cache_dir / FILE
        now = int(time.time())
        docs = read_docs(project, reading.corpus)
        places = [*_docs_places(docs), *corpus_places(reading.corpus, reading.graph, source_lines(project.root))]
        outside = look_outside(
            _unreported(places, checked.diagnostics),
            Rules(project.site_url, self.allow_private),
            _remembered(file),
            now,
            self._ask,
        )
        if outside.asked:
            _remember(file, write_records(outside.records, now))
        self.unanswered = outside.unanswered
        if outside.unanswered:
            click.echo(f"interrupted: {outside.unanswered} of {outside.asked} addresses were not asked", err=True)
        found = settled(_not_allowed(outside.diagnostics, docs), project, reading.corpus)
        return replace(
            checked, diagnostics=tuple(sorted([*checked.diagnostics, *found], key=lambda one: one.sort_key()))
        )

    def _ask(self, questions: Sequence[Question]) -> Mapping[str, Answer]:
        """Ask, with a bar on a terminal."""
        if not sys.stderr.isatty():
            return ask(questions, allow_private=self.allow_private)
        bar = _bar()
        try:
            show = lambda done, total: bar("Asking other sites", done, total)  # noqa: E731 - one use
            return ask(questions, allow_private=self.allow_private, progress=show)
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


def _docs_places(docs: Docs) -> Iterator[Place]:
    """Find the addresses in ordinary pages and in mkdocs.yml."""
    for one in external_places(docs):
        yield Place(one.url, one.path, one.span, one.picture)


def _not_allowed(findings: Iterable[Diagnostic], docs: Docs) -> Iterator[Diagnostic]:
    """Leave out what a comment in an ordinary page allows."""
    for one in findings:
        page = docs.pages.get(one.path)
        line, name = one.span.start.line, one.rule.name
        allowed = page.allowances if page else ()
        if not any(each.first_line <= line <= each.last_line and name in each.rules for each in allowed):
            yield one


def _bar() -> Bar:
    from rich.console import Console  # noqa: PLC0415 -- only a terminal pays for it

    from inquiry.commands.bar import Bar  # noqa: PLC0415 -- likewise

    return Bar(Console(stderr=True))


def _unreported(places: Iterable[Place], found: Iterable[Diagnostic]) -> Iterator[Place]:
    """Leave out the places of which something worse is known already: one problem, one finding."""
    spans = {(one.path, one.span) for one in found if one.severity is Severity.ERROR and one.rule.code[3] == "2"}
    starts = {(path, span.start) for path, span in spans} | {(path, span.end) for path, span in spans}
    for place in places:
        if not {(place.path, place.span.start), (place.path, place.span.end)} & starts:
            yield place
