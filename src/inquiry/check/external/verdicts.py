"""From answers to verdicts: pure, so that one answer means the same fresh, from the cache, and in a test.

Three verdicts: what is broken, what deserves a word (it moved, it says that it is gone), and what nobody can know
from here, which is a warning that grows only with its history.
"""

from __future__ import annotations

import re
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from inquiry.check.external.answers import Presence, Trouble
from inquiry.check.external.hollow import is_parked, says_gone

if TYPE_CHECKING:
    from inquiry.check.external.addresses import Address
    from inquiry.check.external.answers import Answer


class Outcome(StrEnum):
    """What an answer says of an address, whatever the fragments."""

    GOOD = "good"
    MOVED = "moved"
    """It is somewhere else, for good."""
    ASTRAY = "astray"
    """It leads to a home page or to a log-in."""
    HOLLOW = "hollow"
    """It answers, and says that there is nothing."""
    UNKNOWN = "unknown"
    """The server keeps it from checkers."""
    FAILING = "failing"
    """It is broken now, in a way that may pass."""
    BROKEN = "broken"
    PRIVATE = "private"
    """It points into a private network."""


_UNKNOWN = frozenset({401, 402, 403, 406, 407, 418, 421, 425, 426, 429, 451, 999})
"""Statuses that say more about the one who asks than about the page."""
_PASSING = frozenset({408, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_PERMANENT = frozenset({301, 308})
_UNKNOWN_TROUBLES = frozenset({Trouble.LOOKUP, Trouble.HERE, Trouble.ISSUER, Trouble.UNASKED})
_PASSING_TROUBLES = frozenset({Trouble.SILENCE, Trouble.BROKEN_OFF, Trouble.GARBLED, Trouble.CONNECT})
_SHORTENERS = frozenset(
    "bit.ly buff.ly git.io goo.gl is.gd lnkd.in ow.ly perma.cc t.co tiny.cc tinyurl.com w.wiki youtu.be".split()
)
"""Hosts of which every address leads somewhere else, home pages included."""
_HOME = re.compile(
    r"/?(?:(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.[a-z]{2,5})?/?)?)?", re.IGNORECASE
)
_LOG_IN = re.compile(
    r"(?:log|sign)[-_]?(?:in|on)|(?:log|sign)[-_]?(?:in|on)\.[a-z]{2,5}|sso|oauth2?|authorize|authenticate|cas|saml2?",
    re.IGNORECASE,
)
_LOG_IN_HOST = re.compile(r"(?:login|signin|sso|auth|idp|accounts)\.", re.IGNORECASE)


def outcome(address: Address, answer: Answer) -> Outcome:
    """Say what an answer means for the address that was asked."""
    if answer.trouble:
        return _of_trouble(answer.trouble)
    if address.is_resolver and answer.hops:
        return Outcome.GOOD
    if answer.status in _UNKNOWN:
        return Outcome.UNKNOWN
    if answer.status in _PASSING:
        return Outcome.FAILING
    if answer.status >= HTTPStatus.BAD_REQUEST:
        return Outcome.BROKEN
    if says_gone(address.path, answer.title) or is_parked(answer.title):
        return Outcome.HOLLOW
    if leads_home(address, answer) or leads_to_log_in(address, answer):
        return Outcome.ASTRAY
    if new_address(answer):
        return Outcome.MOVED
    return Outcome.GOOD


def _of_trouble(trouble: Trouble) -> Outcome:
    if trouble is Trouble.PRIVATE:
        return Outcome.PRIVATE
    if trouble in _UNKNOWN_TROUBLES:
        return Outcome.UNKNOWN
    return Outcome.FAILING if trouble in _PASSING_TROUBLES else Outcome.BROKEN


def new_address(answer: Answer) -> str:
    """Give where an address has moved for good: behind all the permanent redirects that it begins with."""
    target = ""
    for hop in answer.hops:
        if hop.status not in _PERMANENT:
            break
        target = hop.target
    return target


def leads_home(address: Address, answer: Answer) -> bool:
    """Tell whether what named a page leads to the front door of a site."""
    if not answer.hops or _HOME.fullmatch(address.path) or address.host in _SHORTENERS:
        return False
    end = urlsplit(answer.url)
    return bool(_HOME.fullmatch(end.path)) and not end.query


def leads_to_log_in(address: Address, answer: Answer) -> bool:
    """Tell whether readers have to log in where they were sent."""
    if not answer.hops or _names_log_in(address.url):
        return False
    return _names_log_in(answer.url)


def _names_log_in(url: str) -> bool:
    parts = urlsplit(url)
    asked = any(_LOG_IN.fullmatch(part) for part in parts.path.split("/"))
    return asked or bool(_LOG_IN_HOST.match(parts.hostname or "") and parse_qsl(parts.query))


def missing_fragment(answer: Answer, fragment: str) -> bool:
    """Tell whether what a fragment names is certainly not on the page."""
    return any(one.written == fragment and one.presence is Presence.MISSING for one in answer.fragments)
