"""Asks for addresses, all at once and each host in its own time.

Whatever servers do, every question gets an answer.  An answer does not depend on what was asked beside it: cookies
live for one chain of redirects, and what is kept between questions is open connections.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from inquiry.check.external.addresses import Address, followed
from inquiry.check.external.answers import Answer, Hop, Presence, Trouble
from inquiry.check.external.hosts import Host
from inquiry.check.external.pages import decoded, look_for, read_page
from inquiry.check.external.wire import Reply, WireError, Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from inquiry.check.external.answers import Question
    from inquiry.check.external.hosts import Network

    Progress = Callable[[int, int], None]
    """Told how many of how many addresses are done."""

_MOST_HOPS = 20
"""Redirects that a browser follows before it gives up."""
_WELL_KNOWN = "example.org"
"""A name that exists for certain: where it is not found, none is, and nothing follows from that."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_FICKLE = frozenset({Trouble.LOOKUP, Trouble.SILENCE, Trouble.BROKEN_OFF, Trouble.GARBLED})
_HEAD_END = re.compile(rb"</head|<body|</title\s*>", re.IGNORECASE)
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

    async def all(self, questions: Sequence[Question], progress: Progress | None) -> Mapping[str, Answer]:
        """Ask everything."""
        answers: dict[str, Answer] = {}

        async def one(question: Question) -> None:
            answers[question.address.url] = await self._answer(question)
            if progress is not None:
                progress(len(answers), len(questions))

        tasks = [asyncio.ensure_future(one(question)) for question in questions]
        try:
            if tasks:
                await asyncio.wait(tasks, timeout=self.network.patience.run)
            for question in questions:
                answers.setdefault(question.address.url, Answer(question.address.url, trouble=Trouble.UNASKED))
            answers = await self._doubted(answers)
        except asyncio.CancelledError:
            pass  # called back: report what there is
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for host in self.hosts.values():
                host.close()
        return answers

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
        address, answer = question.address, Answer(question.address.url)
        cookies: dict[str, dict[str, str]] = {}
        seen: set[tuple[str, str]] = set()
        while True:
            crumbs = cookies.setdefault(address.host, {})
            state = (address.url, repr(sorted(crumbs.items())) if crumbs else "")
            if state in seen or len(answer.hops) > _MOST_HOPS:
                return replace(answer, status=0, trouble=Trouble.LOOP, detail=f"after {len(answer.hops)} redirects")
            seen.add(state)
            if answer.hops:
                answer = replace(answer, url=address.url)
            if address.is_private and not self.network.allow_private:
                detail = f"`{address.host}` is in a private network"
                return replace(answer, status=0, trouble=Trouble.PRIVATE, detail=detail)
            try:
                reply = await self._ask(address, question, crumbs)
            except WireError as error:
                return replace(answer, status=0, trouble=error.trouble, detail=error.detail)
            crumbs.update(_crumbs(reply))
            answer = replace(answer, status=reply.status, media=reply.media, wait=_wait(reply))
            onward, answer = await self._onward(address, question, reply, answer)
            if onward is None:
                return answer
            address = onward

    async def _onward(
        self, address: Address, question: Question, reply: Reply, answer: Answer
    ) -> tuple[Address | None, Answer]:
        """Say where a reply leads; None when it is the end, with what is to be said of it."""
        location = reply.headers.get("location", "")
        if reply.status in _REDIRECTS:
            if not location:
                return None, replace(answer, trouble=Trouble.NOWHERE)
        else:
            answer, location = await _read(question, reply, answer)
            if not location:
                return None, answer
        onward, fragment = followed(address, location.encode("latin-1", "replace").decode("utf-8", "replace"))
        if not isinstance(onward, Address):
            detail = f"it redirects to `{location[:80]}`"
            return None, answer if onward is None else replace(answer, trouble=Trouble.NOWHERE, detail=detail)
        target = f"{onward.url}#{fragment}" if fragment else onward.url
        answer = replace(answer, hops=(*answer.hops, Hop(reply.status, target)))
        if address.is_resolver and not onward.is_resolver:
            return None, answer  # it has done its work; the publisher may well refuse a checker
        return onward, answer

    async def _ask(self, address: Address, question: Question, crumbs: dict[str, str]) -> Reply:
        """Ask with HEAD where the body is of no interest, with GET everywhere else and where HEAD was no use."""
        host = self._host(address)
        if question.picture or address.is_resolver or _FILES.search(address.path):
            with suppress(WireError):
                reply = await host.ask("HEAD", address, crumbs, None)
                told = address.is_resolver or reply.media not in _PAGES
                if reply.status in _REDIRECTS or (reply.status < 400 and told):  # noqa: PLR2004 - no error
                    return reply
        wish = Wish(_WHOLE if question.fragments else _GLANCE, None if question.fragments else _HEAD_END)
        return await host.ask("GET", address, crumbs, replace(wish, seconds=self.network.patience.body))


async def _read(question: Question, reply: Reply, answer: Answer) -> tuple[Answer, str]:
    """Take out of a page what was asked, and where it sends its reader on by itself."""
    is_page = reply.media in _PAGES and b"<" in reply.body
    if not is_page or reply.status != 200:  # noqa: PLR2004 - OK
        unknown = tuple(look_for(fragment, None) for fragment in question.fragments)
        return replace(answer, fragments=unknown), ""
    html = decoded(reply.body, reply.headers.get("content-type", ""))
    complete = reply.complete
    if len(html) > _LARGE:
        page = await asyncio.to_thread(read_page, html, complete=complete)
    else:
        page = read_page(html, complete=complete)
    found = tuple(look_for(fragment, page) for fragment in question.fragments)
    gone = any(one.presence is Presence.MISSING for one in found)
    return replace(answer, title=page.title[:200], fragments=found), "" if found and not gone else page.refresh


def _crumbs(reply: Reply) -> dict[str, str]:
    """Read the cookies that a server sets."""
    parted = (cookie.partition("=") for cookie in reply.cookies)
    return {name.strip(): value.strip() for name, equals, value in parted if equals and name.strip()}


def _wait(reply: Reply) -> float:
    """Read for how many seconds a server wants to be left alone, given as a number or as a date."""
    text = reply.headers.get("retry-after", "")
    if text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
