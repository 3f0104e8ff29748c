"""From verdicts to findings: one a place, the gravest thing that can be said of its address."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from inquiry.check.external.addresses import fragment_of
from inquiry.check.external.answers import Presence, Trouble
from inquiry.check.external.hollow import is_parked
from inquiry.check.external.memory import DAY
from inquiry.check.external.verdicts import Outcome, leads_home, new_address, outcome
from inquiry.check.wording import did_you_mean, quoted
from inquiry.diagnostics import Edit, finding

if TYPE_CHECKING:
    from inquiry.check.external.addresses import Address
    from inquiry.check.external.answers import Answer
    from inquiry.check.external.memory import History
    from inquiry.check.external.places import Place
    from inquiry.diagnostics import Diagnostic

_SHOWN = 80
"""Characters of an address that a message quotes: enough to recognise it."""
_PATIENT_DAYS, _PATIENT_RUNS = 3, 3
"""Days and runs for which what was well before may fail before it is called broken."""
_REMEMBERED_DAYS = 30
"""Days after which it no longer counts that an address was well."""
_SILENT_DAYS, _SILENT_RUNS = 14, 3
"""Days and runs after which an address that never answers is more than a bad moment; both have to be over."""
_TROUBLES = {
    Trouble.NAME: "cannot be reached: there is no host `{host}`",
    Trouble.LOOKUP: "was not asked: the name `{host}` cannot be looked up from here",
    Trouble.CONNECT: "cannot be reached: {detail}",
    Trouble.HERE: "was not asked: {detail}",
    Trouble.SILENCE: "cannot be reached: {detail}",
    Trouble.BROKEN_OFF: "gives no answer: {detail}",
    Trouble.GARBLED: "gives no answer: {detail}",
    Trouble.CERTIFICATE: "is not secure: {detail}",
    Trouble.ISSUER: "was not asked: who issued the certificate of `{host}` is not known here",
    Trouble.TLS: "is not secure: {detail}",
    Trouble.LOOP: "redirects for ever",
    Trouble.NOWHERE: "redirects to nowhere",
    Trouble.PRIVATE: "points into a private network: {detail}",
    Trouble.UNASKED: "was not asked: the time of the run was over",
}
_STATUSES = {999: "request denied"}


def judged(place: Place, address: Address, answer: Answer, history: History, now: int) -> Diagnostic | None:
    """Say what is wrong with an address at one place; None when nothing is."""
    found = outcome(address, answer)
    if place.identifier:
        return _broken(place, answer) if found is Outcome.BROKEN and answer.status else None
    match found:
        case Outcome.PRIVATE:
            return finding("private-address", place.path, place.span, _told(place, answer), hint=_PUBLIC)
        case Outcome.BROKEN:
            return _broken(place, answer)
        case Outcome.FAILING:
            return _failing(place, answer, history, now)
        case Outcome.UNKNOWN:
            return _unknown(place, answer, history, now)
        case Outcome.HOLLOW:
            return _hollow(place, answer)
    if place.picture and answer.media in {"text/html", "application/xhtml+xml"}:
        message = f"{_shown(place.url)} is shown as a picture, but a web page answers"
        return finding("broken-address", place.path, place.span, message)
    if found is Outcome.ASTRAY:
        return _astray(place, address, answer)
    return _fragment(place, answer) or (_moved(place, answer) if found is Outcome.MOVED else None)


_PUBLIC = "link to its public address, or check with `--allow-private`"


def private(place: Place, address: Address) -> Diagnostic:
    """Report an address that only some network or machine can reach."""
    message = f"{_shown(place.url)} points into a private network: readers elsewhere cannot reach `{address.host}`"
    return finding("private-address", place.path, place.span, message, hint=_PUBLIC)


def malformed(place: Place, reason: str) -> Diagnostic:
    """Report what looks like an address and is none."""
    message = f"{_shown(place.url)} is no address: {reason}"
    return finding("malformed-address", place.path, place.span, message)


def _broken(place: Place, answer: Answer) -> Diagnostic:
    return finding("broken-address", place.path, place.span, _told(place, answer))


def _failing(place: Place, answer: Answer, history: History, now: int) -> Diagnostic:
    """Report what may pass: as broken, unless it was well not long ago and deserves a second look."""
    lately = history.good and now - history.good < _REMEMBERED_DAYS * DAY
    if lately and history.runs < _PATIENT_RUNS and now - history.since < _PATIENT_DAYS * DAY:
        message = f"{_told(place, answer)}; on {_date(history.good)} it was well"
        return finding("unknown-answer", place.path, place.span, message)
    return _broken(place, answer)


def _unknown(place: Place, answer: Answer, history: History, now: int) -> Diagnostic:
    """Report what nobody can know from here; after long enough, that it stays so."""
    silent = history.runs >= _SILENT_RUNS and now - history.since >= _SILENT_DAYS * DAY
    if silent and answer.trouble is not Trouble.UNASKED:
        message = f"{_told(place, answer)}; no check has got further since {_date(history.since)}"
        return finding("silent-address", place.path, place.span, message, hint="look at it in a browser")
    return finding("unknown-answer", place.path, place.span, _told(place, answer))


def _hollow(place: Place, answer: Answer) -> Diagnostic:
    what = "is for sale" if is_parked(answer.title) else "is not there, though its server answers 200"
    title = " ".join(answer.title.split())
    return finding("soft-not-found", place.path, place.span, f"{_shown(place.url)} {what}: it is titled “{title[:60]}”")


def _astray(place: Place, address: Address, answer: Answer) -> Diagnostic:
    where = "the front page of a site" if leads_home(address, answer) else "a log-in"
    message = f"{_shown(place.url)} leads to {where}, {_shown(answer.url)}"
    hint = "what it named is probably gone" if leads_home(address, answer) else "most readers cannot follow it"
    return finding("suspicious-redirect", place.path, place.span, message, hint=hint)


def _moved(place: Place, answer: Answer) -> Diagnostic:
    target, fragment = new_address(answer), fragment_of(place.url)
    if fragment and "#" not in target:
        target = f"{target}#{fragment}"
    edits = (Edit(place.path, place.span, place.url, target),) if place.literal else ()
    message, hint = f"{_shown(place.url)} has moved for good", f"it is `{target}` now"
    return finding("permanent-redirect", place.path, place.span, message, hint=hint, edits=edits)


def _fragment(place: Place, answer: Answer) -> Diagnostic | None:
    """Report a part or words that the page does not have."""
    written = fragment_of(place.url)
    for one in answer.fragments:
        if one.written == written and one.presence is Presence.MISSING:
            page = _shown(place.url.partition("#")[0])
            if one.words:
                words = written.partition(":~:")[2]
                message = f"{page} does not have the words of `{words[:_SHOWN]}`"
                return finding("missing-remote-text", place.path, place.span, message)
            hint = did_you_mean((f"#{one.near}",)) if one.near else ""
            message = f"{page} has no part {quoted(written[:_SHOWN])}"
            return finding("missing-remote-anchor", place.path, place.span, message, hint=hint)
    return None


def _told(place: Place, answer: Answer) -> str:
    """Say what an address came to, redirects included."""
    host = answer.url.partition("://")[2].partition("/")[0]
    if answer.trouble:
        said = _TROUBLES[answer.trouble].format(host=host, detail=answer.detail)
    else:
        said = f"answers {answer.status} ({_phrase(answer.status)})"
    way = f", redirected to {_shown(answer.url)}," if answer.hops and answer.trouble is not Trouble.LOOP else ""
    return f"{_shown(place.url)}{way} {said}"


def _phrase(status: int) -> str:
    try:
        return _STATUSES.get(status) or HTTPStatus(status).phrase.lower()
    except ValueError:
        return "a status that nobody has defined"


def _shown(url: str) -> str:
    flat = " ".join(url.split()).replace("`", "%60")
    return quoted(flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…")


def _date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
