"""What is remembered of other sites, for how long, and what a history does to a verdict."""

from __future__ import annotations

import pytest

from inquiry.check.external.addresses import Address, read_address
from inquiry.check.external.answers import Answer, Fragment, Hop, Presence, Question, Trouble
from inquiry.check.external.findings import judged
from inquiry.check.external.memory import DAY, HOUR, History, Record, learned, read_records, recalled, write_records
from inquiry.check.external.places import Place
from inquiry.diagnostics import Span

URL = "https://press.example.edu/report"
NOW = 1_000 * DAY


def question(*fragments: str, picture: bool = False) -> Question:
    address = read_address(URL)
    assert isinstance(address, Address)
    return Question(address, fragments, picture)


def rule(answer: Answer, history: History) -> str:
    found = judged(Place(URL, "notes/a.md", Span.at(1)), question().address, answer, history, NOW)
    return found.rule.name if found else ""


@pytest.mark.parametrize(
    ("answer", "age", "believed"),
    [
        (Answer(URL, 200), 2 * DAY, True),
        (Answer(URL, 200), 4 * DAY, False),
        (Answer(URL, 403), 5 * HOUR, True),
        (Answer(URL, 403), 7 * HOUR, False),
        (Answer(URL, 404), 1, False),
        (Answer(URL, trouble=Trouble.SILENCE), 1, False),
        (Answer(URL, 200), -5, False),
    ],
)
def test_each_outcome_is_believed_for_its_own_time(answer: Answer, age: int, *, believed: bool) -> None:
    known = recalled(Record(answer, NOW - age), question(), NOW, private=False)
    assert (known is not None) is believed


def test_a_record_answers_only_what_was_asked() -> None:
    record = Record(Answer(URL, 200, fragments=(Fragment("a", Presence.THERE),)), NOW)
    assert recalled(record, question("a"), NOW, private=False)
    assert recalled(record, question("a", "b"), NOW, private=False) is None
    assert recalled(record, question("a", picture=True), NOW, private=False) is None
    assert recalled(record, question("a"), NOW, private=True) is None


def test_records_come_back_as_they_were_written() -> None:
    answer = Answer(
        URL, 200, Trouble.NONE, "", (Hop(301, URL),), "text/html", "é", (Fragment("a", Presence.MISSING, "b"),), 1.5
    )
    records = {URL: Record(answer, NOW, private=True, picture=True, history=History(1, 2, 3))}
    assert read_records(write_records(records, NOW)) == records


def test_records_are_written_in_order_and_old_ones_forgotten() -> None:
    records = {f"{URL}/{name}": Record(Answer(URL), NOW - age * DAY) for name, age in (("b", 1), ("a", 2), ("c", 100))}
    assert list(read_records(write_records(records, NOW))) == [f"{URL}/a", f"{URL}/b"]


@pytest.mark.parametrize(
    "text",
    [b"", b"null", b"[]", b"{", b"\xff", b'{"version": 0}', b'{"version": 1, "addresses": {"x": {}}}', b"[" * 100_000],
)
def test_a_broken_file_is_an_empty_one(text: bytes) -> None:
    assert read_records(text) == {}


def test_a_history_counts_bad_runs_and_ends_with_a_good_one() -> None:
    bad, good = Answer(URL, 500), Answer(URL, 200)
    first = learned(None, question(), bad, NOW, private=False)
    second = learned(first, question(), bad, NOW + DAY, private=False)
    third = learned(second, question(), good, NOW + 2 * DAY, private=False)
    assert [one.history for one in (first, second, third)] == [
        History(0, NOW, 1),
        History(0, NOW, 2),
        History(NOW + 2 * DAY),
    ]


def test_what_was_well_lately_may_fail_for_a_moment() -> None:
    failing = Answer(URL, 500)
    assert rule(failing, History(since=NOW, runs=1)) == "broken-address"
    assert rule(failing, History(good=NOW - DAY, since=NOW, runs=1)) == "unknown-answer"
    assert rule(failing, History(good=NOW - DAY, since=NOW, runs=3)) == "broken-address"
    assert rule(failing, History(good=NOW - 9 * DAY, since=NOW - 4 * DAY, runs=2)) == "broken-address"
    assert rule(Answer(URL, 404), History(good=NOW - DAY, since=NOW, runs=1)) == "broken-address"


def test_what_never_answers_is_said_so_after_two_weeks() -> None:
    refused = Answer(URL, 403)
    assert rule(refused, History(since=NOW, runs=1)) == "unknown-answer"
    assert rule(refused, History(since=NOW - 20 * DAY, runs=2)) == "unknown-answer"
    assert rule(refused, History(since=NOW - 20 * DAY, runs=3)) == "silent-address"
