"""The whole way from places to findings: what may be asked, what is known already, what is asked now.

Places are judged in their own order, so the findings are the same whatever the order of answers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from inquiry.check.external.addresses import Address, Malformed, fragment_of, read_address
from inquiry.check.external.answers import Answer, Question, Trouble
from inquiry.check.external.findings import judged, malformed, private
from inquiry.check.external.memory import History, Record, learned, recalled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from inquiry.check.external.places import Place
    from inquiry.diagnostics import Diagnostic

    Ask = Callable[[Sequence[Question]], Mapping[str, Answer]]
    """Asks questions and gives the answers by URL; those that are missing were never answered."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What a look outside came to."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order of the places."""
    records: Mapping[str, Record]
    """What is known now, of other addresses too."""
    asked: int
    """Number of addresses that were due."""
    heard: frozenset[str]
    """URLs of those that were asked."""
    unanswered: int
    """Number of those that were not, because the run was interrupted."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site decides about its places."""

    site_url: str = ""
    """The site's own address: what lies below it is looked up in the build, not asked."""
    allow_private: bool = False

    @property
    def scheme(self) -> str:
        """What `//host/path` begins with when readers see it."""
        return "http" if self.site_url.lower().startswith("http://") else "https"

    def is_own(self, address: Address) -> bool:
        """Tell whether an address lies below the site's own, whatever its scheme."""
        own = _read_once(self.site_url) if self.site_url else None
        if not isinstance(own, Address) or own.host != address.host:
            return False
        ports = {own.port, address.port}
        folder = urlsplit(own.target).path.rsplit("/", 1)[0] + "/"
        return (len(ports) == 1 or ports == {80, 443}) and f"{address.target}/".startswith(folder)


_read_once = lru_cache(maxsize=8)(read_address)


@dataclass(frozen=True, slots=True)
class Survey:
    """What is to be asked, worked out before anybody is: enough to begin, and to judge what comes back."""

    places: tuple[tuple[Place, Address | Malformed | None], ...]
    """Every place with the address that it names, in their order."""
    due: tuple[Question, ...]
    """What has to be asked now."""
    known: Mapping[str, Answer]
    """What earlier runs have learned and what is still believed, by URL."""
    rules: Rules
    records: Mapping[str, Record]
    now: int


def survey(
    places: Iterable[Place], rules: Rules, records: Mapping[str, Record], now: int, asked: frozenset[str] = frozenset()
) -> Survey:
    """Read the addresses at some places and say which of them have to be asked.

    Args:
        places: Where addresses stand.
        rules: What the site decides.
        records: What is known by URL.
        now: In seconds since 1970.
        asked: URLs that this very run has asked already: whatever they came to is believed.
    """
    read = tuple((place, read_address(place.url, relative_scheme=rules.scheme)) for place in places)
    known: dict[str, Answer] = {}
    due: list[Question] = []
    for url, question in _questions(read, rules).items():
        answer = recalled(records.get(url), question, now, private=rules.allow_private, lately=url in asked)
        if answer is None:
            due.append(question)
        else:
            known[url] = answer
    return Survey(read, tuple(due), known, rules, records, now)


def weigh(survey: Survey, fresh: Mapping[str, Answer]) -> Outside:
    """Judge each place by the answers that came."""
    learnt = dict(survey.records)
    private_too = survey.rules.allow_private
    heard = {url: answer for url, answer in fresh.items() if answer.trouble is not Trouble.UNASKED}
    for question in survey.due:
        url = question.address.url
        if url in heard:
            learnt[url] = learned(survey.records.get(url), question, heard[url], survey.now, private=private_too)
    answers = {**survey.known, **fresh}
    found = (_judged(place, address, answers, learnt, survey.rules, survey.now) for place, address in survey.places)
    unanswered = sum(question.address.url not in fresh for question in survey.due)
    return Outside(tuple(one for one in found if one), learnt, len(survey.due), frozenset(heard), unanswered)


def look_outside(places: Iterable[Place], rules: Rules, records: Mapping[str, Record], now: int, ask: Ask) -> Outside:
    """Check the addresses at some places, each address asked once and each place judged by itself."""
    surveyed = survey(places, rules, records, now)
    return weigh(surveyed, ask(surveyed.due) if surveyed.due else {})


def _questions(read: Iterable[tuple[Place, Address | Malformed | None]], rules: Rules) -> dict[str, Question]:
    """Gather what is to be asked, by URL and in order, with the fragments of all places."""
    addresses: dict[str, Address] = {}
    fragments: dict[str, set[str]] = defaultdict(set)
    pictures: set[str] = set()
    for place, address in read:
        if not isinstance(address, Address) or not _is_asked(address, rules):
            continue
        addresses[address.url] = address
        fragment = fragment_of(place.url)
        if fragment and not place.identifier and not address.is_resolver:
            fragments[address.url].add(fragment)
        if place.picture:
            pictures.add(address.url)
    return {url: Question(addresses[url], tuple(sorted(fragments[url])), url in pictures) for url in sorted(addresses)}


def _is_asked(address: Address, rules: Rules) -> bool:
    refused = address.is_private and not rules.allow_private
    return not (refused or address.is_example or address.cannot_exist or rules.is_own(address))


def _judged(
    place: Place,
    address: Address | Malformed | None,
    answers: Mapping[str, Answer],
    records: Mapping[str, Record],
    rules: Rules,
    now: int,
) -> Diagnostic | None:
    """Judge one place."""
    if isinstance(address, Malformed):
        return malformed(place, address.reason)
    if address is None or address.is_example or rules.is_own(address):
        return None
    if address.cannot_exist:
        return judged(place, address, Answer(address.url, trouble=Trouble.NAME), History(), now)
    if address.is_private and not rules.allow_private:
        return private(place, address)
    answer = answers.get(address.url)
    if answer is None:
        return None
    record = records.get(address.url)
    return judged(place, address, answer, record.history if record else History(), now)
