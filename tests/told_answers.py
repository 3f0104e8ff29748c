"""Answers told by a test instead of servers, in the form in which cases and examples write them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from inquiry.check.external.addresses import Address, read_address
from inquiry.check.external.answers import Answer, Hop, Question, Trouble
from inquiry.check.external.memory import History, Record
from inquiry.check.external.pages import look_for, read_page
from inquiry.check.external.places import corpus_places
from inquiry.check.external.run import Rules, look_outside
from inquiry.check.rules import settled
from inquiry.commands.source import source_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.build import Reading

NOW = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())


def told_findings(reading: Reading, told: Mapping[str, Mapping[str, Any]]) -> tuple[Diagnostic, ...]:
    """Find what is wrong with addresses, going by `{url: {status, hops, page, media, trouble, since, runs}}`."""

    def ask(questions: Sequence[Question]) -> Mapping[str, Answer]:
        return {question.address.url: _answer(question, told[question.address.url]) for question in questions}

    places = corpus_places(reading.corpus, reading.graph, source_lines(reading.project.root))
    outside = look_outside(places, Rules(reading.project.site_url), _records(told), NOW, ask)
    return settled(outside.diagnostics, reading.project, reading.corpus)


def _answer(question: Question, told: Mapping[str, Any]) -> Answer:
    page = read_page(told["page"]) if "page" in told else None
    hops = tuple(Hop(status, target) for status, target in told.get("hops", ()))
    return Answer(
        hops[-1].target if hops else question.address.url,
        told.get("status", 200),
        Trouble(told.get("trouble", "")),
        hops=hops,
        media=told.get("media", ""),
        title=page.title if page else "",
        fragments=tuple(look_for(fragment, page) for fragment in question.fragments),
    )


def _records(told: Mapping[str, Mapping[str, Any]]) -> dict[str, Record]:
    records = {}
    for url, one in told.items():
        address = read_address(url)
        assert isinstance(address, Address)
        assert address.url == url, "the case is to spell it as it is asked"
        if "since" in one:
            since = int(datetime.combine(one["since"], datetime.min.time(), UTC).timestamp())
            records[url] = Record(Answer(url), 0, history=History(0, since, one["runs"]))
    return records
