"""One HTTP/1.1 connection: a request goes out, an answer comes in, and the connection may serve again.

Written for a checker's needs, which a general client does not meet: the caller has chosen the IP address, a body is
read no further than it is of interest, and what goes wrong is told apart by where it went wrong.  Nothing that a
server sends makes it raise anything but a `WireError`.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inquiry.check.external.answers import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATUS = re.compile(rb"HTTP/1\.([01]) (\d{3})(?: |\r|\n|$)")
_HEADER_LIMIT = 1 << 16
"""Bytes of headers that are read at most."""
_CHUNK = 1 << 16
_SPARED = 1 << 16
"""Bytes of a body that are read on, though of no interest, because a new connection would cost more."""
_BODILESS = frozenset({204, 304})
_INTERIM = 200
"""Statuses below it announce another answer."""
_UNTOLD_ISSUER = frozenset({2, 20, 21})
"""OpenSSL's codes for a chain whose issuer is not known; many servers leave out a part that browsers fetch."""


class WireError(Exception):
    """A connection that did not do what was asked."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(detail)
        self.trouble = trouble
        self.detail = detail


class StaleError(WireError):
    """A connection that had served before was closed by the other side; a fresh one may well do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How much of a body is of interest."""

    limit: int
    """Bytes, decompressed."""
    enough: re.Pattern[bytes] | None = None
    """What makes further reading needless."""
    seconds: float = 5.0
    """How long the body may take; what has come by then is what there is."""


@dataclass(slots=True)
class Reply:
    """What came back for one request."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name; of several with one name the last."""
    cookies: tuple[str, ...] = ()
    """The `name=value` of each cookie that the server sets."""
    body: bytes = b""
    complete: bool = True
    """Whether the body was read to its end."""

    @property
    def media(self) -> str:
        """Content type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(slots=True)
class Wire:
    """An open connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used: bool = False
    """Whether it has served a request before."""
    reusable: bool = field(default=True)
    """Whether it can serve another."""

    async def ask(self, method: str, request: bytes, wish: Wish | None, seconds: float) -> Reply:
        """Send a request and read its answer, the body as far as it is wished for.

        Raises:
            WireError: No answer, or not one of HTTP.
        """
        self.reusable = False
        try:
            async with asyncio.timeout(seconds):
                self.writer.write(request)
                reply, version = await self._head()
        except TimeoutError:
            raise WireError(Trouble.SILENCE, f"no answer within {seconds:g} seconds") from None
        except (OSError, EOFError) as error:  # EOFError: nothing, or half a head, and then the end
            kind = StaleError if self.used else WireError
            raise kind(Trouble.BROKEN_OFF, _told(error)) from None
        kept = reply.headers.get("connection", "" if version else "close").lower() != "close"
        if method == "HEAD" or reply.status in _BODILESS:
            self.reusable = kept
        else:
            await self._body(reply, wish, kept=kept)
        self.used = True
        return reply

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError, RuntimeError):
            self.writer.transport.abort()

    async def _head(self) -> tuple[Reply, bool]:
        """Read status and headers, those of interim answers passed over; also whether it is HTTP/1.1."""
        while True:
            try:
                head = await self.reader.readuntil(b"\r\n\r\n")
            except asyncio.LimitOverrunError:
                raise WireError(Trouble.GARBLED, "its headers do not end") from None
            except asyncio.IncompleteReadError as error:
                if error.partial and not _STATUS.match(error.partial) and len(error.partial) > len(b"HTTP/1.1 200"):
                    raise WireError(Trouble.GARBLED, "what came is not HTTP") from None
                raise
            found = _STATUS.match(head)
            if found is None:
                raise WireError(Trouble.GARBLED, "what came is not HTTP")
            if int(found[2]) >= _INTERIM:
                headers, cookies = _headers(head)
                return Reply(int(found[2]), headers, cookies), found[1] == b"1"

    async def _body(self, reply: Reply, wish: Wish | None, *, kept: bool) -> None:
        """Read the body as far as it is wished for, or spared a connection by it."""
        wish = wish or Wish(0)
        unpack = _Unpacker(reply.headers.get("content-encoding", ""), wish)
        try:
            async with asyncio.timeout(wish.seconds):
                if "chunked" in reply.headers.get("transfer-encoding", "").lower():
                    ended = await self._chunks(unpack)
                else:
                    ended = await self._plain(reply.headers.get("content-length", ""), unpack)
                    kept = kept and reply.headers.get("content-length", "").isdigit()
        except TimeoutError:
            ended = False
        except (OSError, EOFError) as error:
            raise WireError(Trouble.BROKEN_OFF, f"the answer breaks off: {_told(error)}") from None
        reply.body = bytes(unpack.out)
        reply.complete = ended and not unpack.overflown
        self.reusable = kept and ended

    async def _plain(self, length: str, unpack: _Unpacker) -> bool:
        """Read a body of a given length, or one that ends with the connection; tell whether all was read."""
        left = int(length) if length.isdigit() else None
        while left is None or left > 0:
            if unpack.satisfied and (left is None or left > _SPARED):
                return False
            block = await self.reader.read(_CHUNK if left is None else min(_CHUNK, left))
            if not block:
                if left is None:
                    return True
                raise EOFError
            unpack.feed(block)
            left = None if left is None else left - len(block)
        return True

    async def _chunks(self, unpack: _Unpacker) -> bool:
        """Read a body in chunks; tell whether all was read."""
        spared = _SPARED
        while True:
            size = _size(await self._line())
            if unpack.satisfied and size > spared:
                return False
            if size == 0:
                while await self._line():
                    pass
                return True
            spared -= size if unpack.satisfied else 0
            while size:
                block = await self.reader.read(min(_CHUNK, size))
                if not block:
                    raise EOFError
                unpack.feed(block)
                size -= len(block)
                if unpack.satisfied and size > spared:
                    return False
            await self._line()

    async def _line(self) -> bytes:
        try:
            return (await self.reader.readuntil(b"\n")).strip()
        except asyncio.LimitOverrunError:
            raise WireError(Trouble.GARBLED, "its chunks do not end") from None


class _Unpacker:
    """Takes a body apart as it comes, and keeps no more of it than was wished for."""

    def __init__(self, encoding: str, wish: Wish) -> None:
        self.out = bytearray()
        self.overflown = False
        self.satisfied = not wish.limit
        self._wish = wish
        packed = encoding.strip().lower() in {"gzip", "x-gzip", "deflate"}
        self._zlib = zlib.decompressobj(47) if packed else None
        self._bare = encoding.strip().lower() == "deflate"

    def feed(self, block: bytes) -> None:
        """Take the next bytes."""
        if self.satisfied:
            self.overflown = True
            return
        room = self._wish.limit - len(self.out)
        plain = self._unpacked(block, room) if self._zlib else block
        self.overflown = len(plain) > room
        seen = max(0, len(self.out) - 16)  # what ends a reading may lie across two blocks
        self.out += plain[:room]
        enough = self._wish.enough is not None and self._wish.enough.search(self.out, seen) is not None
        self.satisfied = enough or len(self.out) >= self._wish.limit

    def _unpacked(self, block: bytes, room: int) -> bytes:
        """Unpack no more than there is room for, so that a small body cannot become a huge one."""
        if self._zlib is None:
            return block
        try:
            return self._zlib.decompress(block, room + 1)
        except zlib.error:
            if self._bare:  # some servers leave out the wrapper that the standard asks for
                self._bare = False
                self._zlib = zlib.decompressobj(-15)
                return self._unpacked(block, room)
            self.satisfied = self.overflown = True
            return b""


async def connect(ip: str, port: int, context: ssl.SSLContext | None, host: str, seconds: float) -> Wire:
    """Open a connection to an IP address in the name of a host.

    Raises:
        WireError: Nobody answers there, or not securely.
    """
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection(
                ip, port, ssl=context, server_hostname=host.rstrip(".") if context else None, limit=_HEADER_LIMIT
            )
    except TimeoutError:
        raise WireError(Trouble.SILENCE, f"no connection within {seconds:g} seconds") from None
    except ssl.SSLCertVerificationError as error:
        unknown = error.verify_code in _UNTOLD_ISSUER
        trouble = Trouble.ISSUER if unknown else Trouble.CERTIFICATE
        raise WireError(trouble, error.verify_message.lower().rstrip(".")) from None
    except ssl.SSLError as error:
        reason = (error.reason or "the handshake fails").lower().replace("_", " ")
        raise WireError(Trouble.TLS, reason) from None
    except ConnectionResetError:
        raise WireError(Trouble.BROKEN_OFF, "the connection is reset") from None
    except (OSError, ValueError) as error:
        raise WireError(Trouble.CONNECT, _told(error)) from None
    return Wire(reader, writer)


def _size(line: bytes) -> int:
    """Read how long a chunk is."""
    try:
        return int(line.partition(b";")[0].strip(b" \t+-_"), 16)
    except ValueError:
        raise WireError(Trouble.GARBLED, "its chunks have no size") from None


def _headers(head: bytes) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Read headers, and cookies apart, for there may be several."""
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        name = name.strip().lower()
        if name == "set-cookie":
            cookies.append(value.partition(";")[0].strip())
        else:
            headers[name] = value.strip()
    return headers, tuple(cookies)


def _told(error: BaseException) -> str:
    """Say what the system says, in its words but short."""
    if isinstance(error, ConnectionRefusedError):
        return "the connection is refused"
    if isinstance(error, ConnectionResetError):
        return "the connection is reset"
    if isinstance(error, EOFError):
        return "the connection is closed"
    text = (getattr(error, "strerror", None) or str(error) or "the connection fails").lower()
    return text.partition(" (")[0] if "connect call failed" not in text else "there is no way to it"
