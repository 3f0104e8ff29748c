"""One host: where it is, the connections to it, and how hard it is pressed.

Each host has its own line of waiting requests, so that one that is slow, dead or strict never holds up another.
"""

from __future__ import annotations

import asyncio
import functools
import socket
import ssl
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inquiry.check.external.addresses import is_private_ip
from inquiry.check.external.answers import Trouble
from inquiry.check.external.patience import PACE, PACES
from inquiry.check.external.wire import StaleError, WireError, connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from concurrent.futures import Executor

    from inquiry.check.external.addresses import Address
    from inquiry.check.external.patience import Pace, Patience
    from inquiry.check.external.wire import Reply, Wire, Wish

    LookUp = Callable[[str, int], tuple[str, ...]]
    """Gives the IP addresses of a name; raises `OSError` when there are none."""

_DEAD_AFTER = 10
"""Requests without any answer after which a host is not waited for any more: what it said last is said of all."""
_MOST_SOCKETS = 400
"""Requests under way at once; systems allow 1,024 open files by default."""
_HEADERS = (
    "User-Agent: Mozilla/5.0 (compatible; inquiry-check)",
    "Accept: text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language: en,*;q=0.5",
    "Accept-Encoding: gzip, deflate",
)
"""What every request says; servers that turn unknown programs away know the first word of browsers."""
_MISSING_NAMES = frozenset(
    code for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY") if (code := getattr(socket, name, None)) is not None
)


@dataclass(frozen=True, slots=True)
class Network:
    """What all hosts of a run share."""

    patience: Patience
    allow_private: bool
    look_up: LookUp
    threads: Executor
    """Names are looked up in threads of their own: a slow name server holds up nobody else."""
    sockets: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_MOST_SOCKETS))
    """One for each request under way, for a machine may open so many connections only."""


@dataclass(slots=True)
class Host:
    """A host and port, by one scheme."""

    network: Network
    address: Address
    """Any of its addresses."""
    pace: Pace = PACE
    slots: asyncio.Semaphore = field(init=False)
    idle: list[Wire] = field(default_factory=list)
    _ips: asyncio.Task[tuple[str, ...]] | None = None
    _next_turn: float = 0.0
    _paused_until: float = 0.0
    _failures: list[WireError] = field(default_factory=list)
    _answered: bool = False

    def __post_init__(self) -> None:
        self.pace = PACES.get(self.address.host, PACE)
        self.slots = asyncio.Semaphore(self.pace.connections)

    async def ask(self, method: str, address: Address, cookies: dict[str, str], wish: Wish | None) -> Reply:
        """Ask for one address of this host, when it is its turn.

        Raises:
            WireError: There is no usable answer.
        """
        async with self.slots:
            if len(self._failures) >= _DEAD_AFTER and not self._answered:
                raise WireError(self._failures[0].trouble, self._failures[0].detail)
            await self._turn()
            try:
                reply = await self._ask(method, _request(method, address, cookies), wish)
            except WireError as error:
                if error.trouble in {Trouble.SILENCE, Trouble.CONNECT}:
                    self._failures.append(error)
                raise
            self._answered = True
            return reply

    def pause(self, seconds: float) -> None:
        """Leave the host alone for a while, because it asked for that."""
        self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)

    def close(self) -> None:
        """Hang up on the host."""
        while self.idle:
            self.idle.pop().close()

    async def _turn(self) -> None:
        """Wait for a turn: a burst goes at once, what is behind it at the host's rate."""
        now = asyncio.get_running_loop().time()
        interval = 1 / self.pace.rate
        self._next_turn = max(self._next_turn, now - self.pace.burst * interval) + interval
        due = max(self._next_turn, self._paused_until)
        if due > now:
            await asyncio.sleep(due - now)

    async def _ask(self, method: str, request: bytes, wish: Wish | None) -> Reply:
        while True:
            async with self._wire() as wire:
                try:
                    return await wire.ask(method, request, wish, self.network.patience.answer)
                except StaleError:
                    continue

    @asynccontextmanager
    async def _wire(self) -> AsyncIterator[Wire]:
        """Lend a connection, an open one when there is one."""
        async with self.network.sockets:
            wire = self.idle.pop() if self.idle else await self._connected()
            try:
                yield wire
            except BaseException:
                wire.close()
                raise
            if wire.reusable:
                self.idle.append(wire)
            else:
                wire.close()

    async def _connected(self) -> Wire:
        """Open a connection to the first of the host's IP addresses that takes one."""
        if self._ips is None:
            self._ips = asyncio.ensure_future(self._looked_up())
        context = _secure() if self.address.scheme == "https" else None
        failure = WireError(Trouble.NAME, "its name has no address")
        for ip in await asyncio.shield(self._ips):
            try:
                return await connect(ip, self.address.port, context, self.address.host, self.network.patience.connect)
            except WireError as error:
                failure = error
                if error.trouble is not Trouble.CONNECT:
                    break
        raise failure

    async def _looked_up(self) -> tuple[str, ...]:
        """Find where the host is; a name with any private address is private."""
        loop = asyncio.get_running_loop()
        try:
            find = functools.partial(self.network.look_up, self.address.host, self.address.port)
            ips = await loop.run_in_executor(self.network.threads, find)
        except (OSError, UnicodeError) as error:
            missing = isinstance(error, socket.gaierror) and error.errno in _MISSING_NAMES
            raise WireError(Trouble.NAME if missing else Trouble.LOOKUP) from None
        if not self.network.allow_private and any(map(is_private_ip, ips)):
            raise WireError(Trouble.PRIVATE, f"`{self.address.host}` is an address of a private network")
        return ips


def look_up(host: str, port: int) -> tuple[str, ...]:
    """Ask the system for the IP addresses of a name, each once, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@functools.cache
def _secure() -> ssl.SSLContext:
    """Load the certificates of this machine, once and only when an address wants them."""
    return ssl.create_default_context()


def _request(method: str, address: Address, cookies: dict[str, str]) -> bytes:
    """Spell a request; every part of it is ASCII without blanks by now, cookies excepted."""
    lines = [f"{method} {address.target} HTTP/1.1", f"Host: {address.authority}", *_HEADERS]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", errors="replace")
