"""One host: where it is, the connections to it, and how hard it is pressed.

Each host has its own line of waiting requests, so that one that is slow, dead or strict never holds up another.
"""

from __future__ import annotations

import asyncio
import functools
import socket
import ssl
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING

from inquiry.check.external.addresses import is_private_ip
from inquiry.check.external.answers import Trouble
from inquiry.check.external.patience import PACE, PACES
from inquiry.check.external.stream import WireError
from inquiry.check.external.wire import StaleError, connect

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from inquiry.check.external.addresses import Address
    from inquiry.check.external.bodies import Wish
    from inquiry.check.external.patience import Pace, Patience
    from inquiry.check.external.wire import Reply, Wire

    LookUp = Callable[[str, int], tuple[str, ...]]
    """Gives the IP addresses of a name; raises `OSError` when there are none."""

_DEAD_AFTER = 10
"""Requests without any answer after which a host is not waited for any more: what it said last is said of all."""
_MOST_SOCKETS = 400
"""Connections that are open at once; systems allow 1,024 open files by default."""
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


@dataclass(slots=True)
class Network:
    """What all hosts of a run share."""

    patience: Patience
    allow_private: bool
    look_up: LookUp
    threads: Executor
    """Names are looked up in threads of their own: a slow name server holds up nobody else."""
    begun: threading.Event = field(default_factory=threading.Event)
    """Set when the first request is sent."""
    sockets: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_MOST_SOCKETS))
    """One for each open connection, for a machine may have so many only."""
    idle: OrderedDict[Wire, Host] = field(default_factory=OrderedDict)
    """Open connections that nobody uses now, the one that has been idle longest first."""

    async def connected(self, host: Host) -> Wire:
        """Open a connection, at the cost of an idle one where there is no room."""
        if self.sockets.locked() and self.idle:
            wire, other = next(iter(self.idle.items()))
            other.idle.remove(wire)
            self.close(wire)
        await self.sockets.acquire()
        try:
            return await host.connected()
        except BaseException:
            self.sockets.release()
            raise

    def close(self, wire: Wire) -> None:
        """Hang up."""
        self.idle.pop(wire, None)
        wire.close()
        self.sockets.release()


@dataclass(slots=True)
class _Request:
    """A request that waits for its turn."""

    method: str
    text: bytes
    wish: Wish | None
    reply: asyncio.Future[Reply]

    def fail(self, error: Exception) -> None:
        """Tell whoever waits that there will be no reply."""
        if not self.reply.done():
            self.reply.set_exception(error)


@dataclass(slots=True)
class Host:
    """A host and port, by one scheme.

    Each open connection has a task that sends the next request as soon as the last one is answered, before anybody
    looks at the answer: servers think, and we read, at the same time.
    """

    network: Network
    address: Address
    """Any of its addresses."""
    pace: Pace = PACE
    idle: list[Wire] = field(default_factory=list)
    _line: deque[_Request] = field(default_factory=deque)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _ips: asyncio.Task[tuple[str, ...]] | None = None
    _next_turn: float = 0.0
    _paused_until: float = 0.0
    _failures: list[WireError] = field(default_factory=list)
    _answered: bool = False

    def __post_init__(self) -> None:
        self.pace = PACES.get(self.address.host, PACE)

    async def ask(self, method: str, address: Address, cookies: dict[str, str], wish: Wish | None) -> Reply:
        """Ask for one address of this host, when it is its turn.

        Raises:
            WireError: There is no usable answer.
        """
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._line.append(_Request(method, _request(method, address, cookies), wish, reply))
        if len(self._tasks) < self.pace.connections:
            task = asyncio.ensure_future(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await reply

    def pause(self, seconds: float) -> None:
        """Leave the host alone for a while, because it asked for that."""
        self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)

    async def close(self) -> None:
        """Ask no further, and hang up on the host."""
        tasks = [*self._tasks, *([self._ips] if self._ips else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        while self.idle:
            self.network.close(self.idle.pop())

    async def _work(self) -> None:
        """Send what waits, one request after the other, over one connection."""
        wire: Wire | None = None
        try:
            while self._line:
                request = self._line.popleft()
                if request.reply.done():  # nobody waits for it any more
                    continue
                if len(self._failures) >= _DEAD_AFTER and not self._answered:
                    request.fail(WireError(self._failures[0].trouble, self._failures[0].detail))
                    continue
                await self._turn()
                wire = await self._serve(request, wire)
        finally:
            if wire is not None:
                self._lay_by(wire)

    async def _serve(self, request: _Request, wire: Wire | None) -> Wire | None:
        """Have a request answered, and give the connection if it can serve another."""
        try:
            wire, reply = await self._sent(request, wire)
        except WireError as error:
            if error.trouble in {Trouble.SILENCE, Trouble.CONNECT}:
                self._failures.append(error)
            request.fail(error)
            return None
        except Exception as error:  # noqa: BLE001 - whoever waits is told, and the next request does not suffer
            request.fail(error)
            return None
        self._answered = True
        if not request.reply.done():
            request.reply.set_result(reply)
        return wire

    async def _sent(self, request: _Request, wire: Wire | None) -> tuple[Wire | None, Reply]:
        """Send a request over this connection, or over another where it has grown old."""
        while True:
            wire = wire or self._spare() or await self.network.connected(self)
            self.network.begun.set()
            try:
                reply = await wire.ask(request.method, request.text, request.wish, self.network.patience.answer)
            except StaleError:
                self.network.close(wire)
                wire = None
            except BaseException:
                self.network.close(wire)
                raise
            else:
                if wire.is_reusable:
                    return wire, reply
                self.network.close(wire)
                return None, reply

    def _spare(self) -> Wire | None:
        """Take an open connection that nobody uses."""
        while self.idle:
            wire = self.idle.pop()
            del self.network.idle[wire]
            if wire.is_reusable:
                return wire
            self.network.close(wire)
        return None

    def _lay_by(self, wire: Wire) -> None:
        """Keep a connection for later, unless somebody waits for its room."""
        if self.network.sockets.locked():
            self.network.close(wire)
        else:
            self.idle.append(wire)
            self.network.idle[wire] = self

    async def _turn(self) -> None:
        """Wait for a turn: a burst goes at once, what is behind it at the host's rate."""
        now = asyncio.get_running_loop().time()
        interval = 1 / self.pace.rate
        self._next_turn = max(self._next_turn, now - self.pace.burst * interval) + interval
        due = max(self._next_turn, self._paused_until)
        if due > now:
            await asyncio.sleep(due - now)

    async def connected(self) -> Wire:
        """Open a connection to the first of the host's IP addresses that takes one."""
        if self._ips is None:
            self._ips = asyncio.ensure_future(self._looked_up())
        context = secure() if self.address.scheme == "https" else None
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
        find = functools.partial(self.network.look_up, self.address.host, self.address.port)
        try:
            known = _is_ip(self.address.host)
            ips = (self.address.host,) if known else await loop.run_in_executor(self.network.threads, find)
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


def _is_ip(host: str) -> bool:
    """Tell whether a host is an IP address in full; `127.1` is one too, but the system has to say so."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@functools.cache
def secure() -> ssl.SSLContext:
    """Load the certificates of this machine, once and only when an address wants them."""
    return ssl.create_default_context()


def _request(method: str, address: Address, cookies: dict[str, str]) -> bytes:
    """Spell a request; every part of it is ASCII without blanks by now, cookies excepted."""
    lines = [f"{method} {address.target} HTTP/1.1", f"Host: {address.authority}", *_HEADERS]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", errors="replace")
