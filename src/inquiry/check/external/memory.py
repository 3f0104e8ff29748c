"""What earlier runs learned: answers that are still believed, and since when an address has not been well.

One JSON file with an address a line in order, so that it can be kept in a repository as well as in the cache of a
CI.  A file that is missing, broken or of another version is an empty one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inquiry.check.external.answers import Answer, Fragment, Hop, Presence, Trouble
from inquiry.check.external.verdicts import Outcome, outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inquiry.check.external.answers import Question

VERSION = 1
"""Version of the file's shape."""
FILE = "external.json"
HOUR, DAY = 3600, 86400
_BELIEVED = {
    Outcome.GOOD: 3 * DAY,
    Outcome.MOVED: DAY,
    Outcome.ASTRAY: DAY,
    Outcome.HOLLOW: DAY,
    Outcome.UNKNOWN: 6 * HOUR,
}
"""Seconds for which an answer is taken for granted.  What is broken is asked again at every run, for it may be mended
at any moment; what only refused to answer is not pestered."""
_FORGOTTEN = 90 * DAY
"""Seconds after which an address that nobody asked for is dropped."""
_WELL = frozenset({Outcome.GOOD, Outcome.MOVED})


@dataclass(frozen=True, slots=True)
class History:
    """How an address has fared."""

    good: int = 0
    """When it was last well, in seconds since 1970; 0 for never."""
    since: int = 0
    """When it was first not well after that; 0 when it is well."""
    runs: int = 0
    """How many runs have found it so."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one address."""

    answer: Answer
    asked: int
    """When, in seconds since 1970."""
    private: bool = False
    """Whether private networks could be reached in that run."""
    picture: bool = False
    """Whether it was asked for as a picture."""
    history: History = History()


def recalled(
    record: Record | None, question: Question, now: int, *, private: bool, lately: bool = False
) -> Answer | None:
    """Give what is remembered, if it answers this question and is fresh enough; what was asked lately always is."""
    if record is None or record.private != private or record.picture != question.picture:
        return None
    believed = _BELIEVED.get(outcome(question.address, record.answer), 0)
    known = {one.written for one in record.answer.fragments}
    fresh = lately or 0 <= now - record.asked < believed
    return record.answer if fresh and known.issuperset(question.fragments) else None


def learned(record: Record | None, question: Question, answer: Answer, now: int, *, private: bool) -> Record:
    """Make the record of a fresh answer."""
    before = record.history if record else History()
    if outcome(question.address, answer) in _WELL:
        history = History(good=now)
    else:
        history = History(before.good, before.since or now, before.runs + 1)
    return Record(answer, now, private, question.picture, history)


def read_records(text: bytes) -> dict[str, Record]:
    """Read the file's content; never raises."""
    try:
        held = json.loads(text)
        return {url: _record(entry) for url, entry in held["addresses"].items()} if held["version"] == VERSION else {}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def write_records(records: Mapping[str, Record], now: int) -> bytes:
    """Write the file's content, an address a line, without those that nobody asked for in a long time."""
    spelled = json.JSONEncoder(separators=(",", ":")).encode
    kept = sorted(url for url, one in records.items() if now - one.asked < _FORGOTTEN)
    rows = ",\n".join(f"{spelled(url)}: {spelled(_entry(records[url]))}" for url in kept)
    return f'{{"version": {VERSION}, "addresses": {{\n{rows}\n}}}}\n'.encode()


def _entry(record: Record) -> dict[str, Any]:
    """Spell a record without what is empty."""
    answer, history = record.answer, record.history
    said = {
        "url": answer.url,
        "status": answer.status,
        "trouble": answer.trouble,
        "detail": answer.detail,
        "hops": [{"status": one.status, "target": one.target} for one in answer.hops],
        "media": answer.media,
        "title": answer.title,
        "fragments": [
            {"written": one.written, "presence": one.presence, "near": one.near, "words": one.words}
            for one in answer.fragments
        ],
        "wait": answer.wait,
    }
    fared = {"good": history.good, "since": history.since, "runs": history.runs}
    held = {
        "answer": _filled(said),
        "asked": record.asked,
        "private": record.private,
        "picture": record.picture,
        "history": _filled(fared),
    }
    return _filled(held)


def _filled(held: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in held.items() if value}


def _record(held: dict[str, Any]) -> Record:
    answer = dict(held["answer"])
    hops = tuple(Hop(int(one["status"]), str(one["target"])) for one in answer.pop("hops", ()))
    found = tuple(
        Fragment(str(one["written"]), Presence(one["presence"]), str(one["near"]), bool(one["words"]))
        for one in answer.pop("fragments", ())
    )
    trouble = Trouble(answer.pop("trouble", ""))
    history = History(**{name: int(value) for name, value in held.get("history", {}).items()})
    return Record(
        Answer(hops=hops, fragments=found, trouble=trouble, **answer),
        int(held["asked"]),
        private=bool(held.get("private")),
        picture=bool(held.get("picture")),
        history=history,
    )
