"""Asks for addresses, all at once and each host in its own time.

Whatever servers do, every question gets an answer.  An answer does not depend on what was asked beside it: cookies
live for one chain of redirects, and what is kept between questions is open connections.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from inquiry.check.external.addresses import Address, followed
from inquiry.check.external.answers import Answer, Hop, Presence, Trouble
from inquiry.check.external.bodies import Wish
from inquiry.check.external.hosts import Host
from inquiry.check.external.pages import decoded, has_head, head_of, look_for, read_page
from inquiry.check.external.stream import WireError
from inquiry.check.external.wire import Reply, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from inquiry.check.external.answers import Fragment, Question
    from inquiry.check.external.hosts import Network

    Progress = Callable[[int, int], None]
    """Told how many of how many addresses are done."""

_AT_ONCE = 50
"""Questions that are begun before the first of them may go on."""
_MOST_HOPS = 20
"""Redirects that a browser follows before it gives up."""
_WELL_KNOWN = "example.org"
"""A name that exists for certain: where it is not found, none is, and nothing follows from that."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_FICKLE = frozenset({Trouble.LOOKUP, Trouble.SILENCE, Trouble.BROKEN_OFF, Trouble.GARBLED})
_GLANCE = 1 << 16
"""Bytes in which a page has said its title."""
_WHOLE = 4 << 20
"""Bytes of a page that are read for an anchor; what is not found in them is unknown."""
_LARGE = 1 << 18
"""Bytes from which on a page is taken apart in a thread, so that nobody waits for it."""
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
_FILES = re.compile(
    r"\.(?:7z|avif|bib|bz2|csv|docx?|epub|exe|gif|gz|ico|jpe?g|json|m4a|mov|mp3|mp4|ogg|pdf|png|pptx?|ps|svg|tar|tgz|tsv"
    r"|txt|wav|webm|webp|xlsx?|xz|zip)$",
    re.IGNORECASE,
)
"""Paths of files: their names and headers say all that there is to know, so their bodies are not fetched."""


@dataclass(slots=True)
class Client:
    """One run: gives an `Answer` for every question; when it is cancelled, for those that have been answered."""

    network: Network
    hosts: dict[tuple[str, str, int], Host] = field(default_factory=dict)
    _so_far: dict[str, Answer] = field(default_factory=dict)
    """Answers that a further try might better, by URL."""
    _ends: float = 0.0
    """When the run is over, by the clock of the loop."""

    async def all(self, questions: Sequence[Question], progress: Progress | None) -> Mapping[str, Answer]:
        """Ask everything."""
        answers: dict[str, Answer] = {}

        async def one(question: Question) -> None:
            answers[question.address.url] = await self._guarded(question)
            if progress is not None:
                progress(len(answers), len(questions))

        self._ends = asyncio.get_running_loop().time() + self.network.patience.run
        tasks: list[asyncio.Task[None]] = []
        try:
            for number, question in enumerate(_by_turns(questions), 1):
                tasks.append(asyncio.ensure_future(one(question)))
                if number % _AT_ONCE == 0:
                    await asyncio.sleep(0)  # the first are on their way while the others are made
            if tasks:
                await asyncio.wait(tasks, timeout=self.network.patience.run)
            for url in (question.address.url for question in questions):
                answers.setdefault(url, self._so_far.get(url) or Answer(url, trouble=Trouble.UNASKED))
            answers = await self._doubted(answers)
        except asyncio.CancelledError:
            pass  # called back: report what there is
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for host in self.hosts.values():
                await host.close()
        return answers

    async def _guarded(self, question: Question) -> Answer:
        """Answer a question, come what may: whatever one server does, the others are asked."""
        try:
            return await self._answer(question)
        except Exception as error:  # noqa: BLE001 - see above
            detail = f"it cannot be read ({type(error).__name__})"
            return Answer(question.address.url, trouble=Trouble.GARBLED, detail=detail)

    async def _doubted(self, answers: dict[str, Answer]) -> dict[str, Answer]:
        """Take back that hosts do not exist when this machine finds no names at all."""
        missing = [url for url, answer in answers.items() if answer.trouble is Trouble.NAME]
        if not missing:
            return answers
        try:
            async with asyncio.timeout(self.network.patience.connect):
                await asyncio.get_running_loop().run_in_executor(
                    self.network.threads, self.network.look_up, _WELL_KNOWN, 443
                )
        except (OSError, UnicodeError, TimeoutError):
            return answers | {url: replace(answers[url], trouble=Trouble.LOOKUP) for url in missing}
        return answers

    async def _answer(self, question: Question) -> Answer:
        """Ask a question until its answer is one that a further try would not better."""
        pause = self.network.patience.pause
        for left in reversed(range(self.network.patience.tries)):
            answer = await self._walk(question)
            again = answer.status in _TRANSIENT or answer.trouble in _FICKLE
            weary = answer.trouble is Trouble.SILENCE and left < self.network.patience.tries - 1
            if not again or not left or weary or answer.wait > self.network.patience.longest_pause:
                break
            wait = max(pause, answer.wait)
            if asyncio.get_running_loop().time() + wait >= self._ends:
                break
            self._so_far[question.address.url] = answer
            if answer.wait:
                self._host(question.address).pause(wait)
            await asyncio.sleep(wait)
            pause *= 2
        return answer

    def _host(self, address: Address) -> Host:
        """Give the host of an address, always the same."""
        key = (address.scheme, address.host, address.port)
        if key not in self.hosts:
            self.hosts[key] = Host(self.network, address)
        return self.hosts[key]

    async def _walk(self, question: Question) -> Answer:
        """Follow an address to where it ends."""
        trail = _Trail(question.address)
        while True:
            if trail.turns_back():
                return trail.end(trouble=Trouble.LOOP, detail=f"after {len(trail.hops)} redirects")
            if not self.network.allow_private and trail.address.is_private:
                detail = f"`{trail.address.host}` is in a private network"
                return trail.end(trouble=Trouble.PRIVATE, detail=detail)
            try:
                reply = await self._ask(trail.address, question, trail.crumbs)
            except WireError as error:
                return trail.end(trouble=error.trouble, detail=error.detail)
            answer = await _onward(trail, question, reply)
            if answer is not None:
                return answer

    async def _ask(self, address: Address, question: Question, crumbs: dict[str, str]) -> Reply:
        """Ask with HEAD where the body is of no interest, with GET everywhere else and where HEAD was no use."""
        host = self._host(address)
        if question.picture or address.is_resolver or _FILES.search(address.path):
            with suppress(WireError):
                reply = await host.ask("HEAD", address, crumbs, None)
                told = address.is_resolver or reply.media not in _PAGES
                if reply.status in _REDIRECTS or (reply.status < 400 and told):  # noqa: PLR2004 - no error
                    return reply
        seconds = self.network.patience.body
        wish = Wish(_WHOLE, seconds=seconds) if question.fragments else Wish(_GLANCE, has_head, seconds)
        return await host.ask("GET", address, crumbs, wish)


def _by_turns(questions: Sequence[Question]) -> Iterator[Question]:
    """Put the first question for each host first, then the second for each: none waits until another has had all."""
    before: Counter[str] = Counter()
    turns: dict[int, list[Question]] = {}
    for question in questions:
        host = question.address.authority
        turns.setdefault(before[host], []).append(question)
        before[host] += 1
    return chain.from_iterable(turns.values())


@dataclass(slots=True)
class _Trail:
    """The way from an address to where it ends."""

    address: Address
    """Where it has come to."""
    hops: list[Hop] = field(default_factory=list)
    _cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    @property
    def crumbs(self) -> dict[str, str]:
        """The cookies of the present host."""
        return self._cookies.setdefault(self.address.host, {})

    def turns_back(self) -> bool:
        """Tell whether the way has been here before with the same cookies, or has become too long."""
        state = (self.address.url, repr(sorted(self.crumbs.items())) if self.crumbs else "")
        if state in self._seen or len(self.hops) > _MOST_HOPS:
            return True
        self._seen.add(state)
        return False

    def end(
        self,
        reply: Reply | None = None,
        *,
        trouble: Trouble = Trouble.NONE,
        detail: str = "",
        title: str = "",
        fragments: tuple[Fragment, ...] = (),
    ) -> Answer:
        """Say what the way came to."""
        status, media, wait = (reply.status, reply.media, _wait(reply)) if reply else (0, "", 0.0)
        return Answer(self.address.url, status, trouble, detail, tuple(self.hops), media, title, fragments, wait)


async def _onward(trail: _Trail, question: Question, reply: Reply) -> Answer | None:
    """Go where a reply leads; give the answer when that is nowhere else."""
    if reply.cookies:
        trail.crumbs.update(_crumbs(reply))
    title = ""
    fragments: tuple[Fragment, ...] = ()
    location = reply.headers.get("location", "").encode("latin-1", "replace").decode("utf-8", "replace")
    if reply.status not in _REDIRECTS:
        title, fragments, location = await _read(question, reply)
        if not location:
            return trail.end(reply, title=title, fragments=fragments)
    elif not location:
        return trail.end(reply, trouble=Trouble.NOWHERE)
    onward, fragment = followed(trail.address, location)
    if onward is None:
        return trail.end(reply, title=title, fragments=fragments)
    if not isinstance(onward, Address):
        return trail.end(reply, trouble=Trouble.NOWHERE, detail=f"it redirects to `{location[:80]}`")
    trail.hops.append(Hop(reply.status, f"{onward.url}#{fragment}" if fragment else onward.url))
    if trail.address.is_resolver and not onward.is_resolver:
        return trail.end(reply)  # it has done its work; the publisher may well refuse a checker
    trail.address = onward
    return None


async def _read(question: Question, reply: Reply) -> tuple[str, tuple[Fragment, ...], str]:
    """Take out of a page what was asked, its title, and where it sends its reader on by itself."""
    if reply.media not in _PAGES or reply.status != 200 or b"<" not in reply.body:  # noqa: PLR2004 - OK
        return "", tuple(look_for(fragment, None) for fragment in question.fragments), ""
    body = reply.body if question.fragments else head_of(reply.body)
    html = decoded(body, reply.headers.get("content-type", ""))
    if len(html) > _LARGE:
        page = await asyncio.to_thread(read_page, html, complete=reply.complete)
    else:
        page = read_page(html, complete=reply.complete)
    found = tuple(look_for(fragment, page) for fragment in question.fragments)
    settled = found and not any(one.presence is Presence.MISSING for one in found)
    return page.title[:200], found, "" if settled else page.refresh


def _crumbs(reply: Reply) -> dict[str, str]:
    """Read the cookies that a server sets."""
    parted = (cookie.partition("=") for cookie in reply.cookies)
    return {name.strip(): value.strip() for name, equals, value in parted if equals and name.strip()}


def _wait(reply: Reply) -> float:
    """Read for how many seconds a server wants to be left alone, given as a number or as a date."""
    text = reply.headers.get("retry-after", "")
    if not text:
        return 0.0
    if (seconds := number(text)) is not None:
        return float(seconds)
    from datetime import UTC, datetime  # noqa: PLC0415 -- few runs come here
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 -- likewise

    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
