"""One HTTP/1.1 connection: a request goes out, an answer comes in, and the connection may serve again.

Written for a checker's needs, which a general client does not meet: the caller has chosen the IP address, a body is
read no further than it is of interest, and what goes wrong is told apart by where it went wrong.  Nothing that a
server sends makes it raise anything but a `WireError`.
"""

from __future__ import annotations

import asyncio
import errno
import re
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.check.external.answers import Trouble
from inquiry.check.external.bodies import Unpacker, Wish
from inquiry.check.external.stream import Stream, WireError, told

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATUS = re.compile(rb"HTTP/1\.([01]) (\d{3})(?: |\r|\n|$)")
_NUMBER = re.compile(r"[0-9]{1,18}")
_SPARED = 1 << 16
"""Bytes of a body that are read on, though of no interest, because a new connection would cost more."""
_BODILESS = frozenset({204, 304})
_INTERIM = 200
"""Statuses below it announce another answer."""
_OUR_OWN = frozenset(
    {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.EADDRNOTAVAIL, errno.ENETUNREACH, errno.ENETDOWN}
)
"""Errors that say something about this machine and its network, and nothing about the other side."""
_UNTOLD_ISSUER = frozenset({2, 20, 21})
"""OpenSSL's codes for a chain whose issuer is not known; many servers leave out a part that browsers fetch."""


class StaleError(WireError):
    """A connection that has served was closed, or had something left over on it; a fresh one may well do."""


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


class Wire(Stream):
    """An open connection."""

    def __init__(self) -> None:
        super().__init__()
        self._used = False
        self._kept = True

    @property
    def is_reusable(self) -> bool:
        """Whether it can serve another request."""
        return self._kept and self.is_clean

    async def ask(self, method: str, request: bytes, wish: Wish | None, seconds: float) -> Reply:
        """Send a request and read its answer, the body as far as it is wished for.

        Raises:
            WireError: No answer, or not one of HTTP.
        """
        self._kept = False
        self.grant(seconds)
        try:
            self.write(request)
            reply, version = await self._head()
        except TimeoutError:
            raise WireError(Trouble.SILENCE, f"no answer within {seconds:g} seconds") from None
        except (OSError, EOFError) as error:  # EOFError: nothing, or half a head, and then the end
            begun = self.beginning
            if len(begun) > len(b"HTTP/1.1 200") and not _STATUS.match(begun):
                raise self._fault(Trouble.GARBLED, "what came is not HTTP") from None
            raise self._fault(Trouble.BROKEN_OFF, told(error)) from None
        kept = reply.headers.get("connection", "" if version else "close").lower() != "close"
        if method == "HEAD" or reply.status in _BODILESS:
            self._kept = kept
        else:
            await self._body(reply, wish or Wish(0), kept=kept)
        self._used = True
        return reply

    async def _head(self) -> tuple[Reply, bool]:
        """Read status and headers, those of interim answers passed over; also whether it is HTTP/1.1."""
        while True:
            head = await self.until(b"\r\n\r\n", "its headers do not end")
            found = _STATUS.match(head)
            if found is None:
                raise self._fault(Trouble.GARBLED, "what came is not HTTP")
            if int(found[2]) >= _INTERIM:
                headers, cookies = _headers(head)
                return Reply(int(found[2]), headers, cookies), found[1] == b"1"

    def _fault(self, trouble: Trouble, detail: str) -> WireError:
        """Say what went wrong before an answer began; a connection that has served may only have grown old."""
        return (StaleError if self._used else WireError)(trouble, detail)

    async def _body(self, reply: Reply, wish: Wish, *, kept: bool) -> None:
        """Read the body as far as it is wished for, or spared a connection by it."""
        unpack = Unpacker(reply.headers.get("content-encoding", ""), wish)
        self.grant(wish.seconds)
        try:
            if "chunked" in reply.headers.get("transfer-encoding", "").lower():
                ended = await self._chunks(unpack)
            else:
                length = number(reply.headers.get("content-length", ""))
                ended = await self._plain(length, unpack)
                kept = kept and length is not None
        except TimeoutError:
            ended = False
        except (OSError, EOFError) as error:
            raise WireError(Trouble.BROKEN_OFF, f"the answer breaks off: {told(error)}") from None
        reply.body = bytes(unpack.out)
        reply.complete = ended and not unpack.overflown
        self._kept = kept and ended

    async def _plain(self, length: int | None, unpack: Unpacker) -> bool:
        """Read a body of a given length, or one that ends with the connection; tell whether all was read."""
        left = length
        while left is None or left > 0:
            if unpack.satisfied and (left is None or left > _SPARED):
                return False
            try:
                block = await self.block(left)
            except EOFError:
                if left is None:
                    return True
                raise
            unpack.feed(block)
            left = None if left is None else left - len(block)
        return True

    async def _chunks(self, unpack: Unpacker) -> bool:
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
                block = await self.block(size)
                unpack.feed(block)
                size -= len(block)
                if unpack.satisfied and size > spared:
                    return False
            await self._line()

    async def _line(self) -> bytes:
        return (await self.until(b"\n", "its chunks do not end")).strip()


async def connect(ip: str, port: int, context: ssl.SSLContext | None, host: str, seconds: float) -> Wire:
    """Open a connection to an IP address in the name of a host.

    Raises:
        WireError: Nobody answers there, or not securely.
    """
    try:
        async with asyncio.timeout(seconds):
            _, wire = await asyncio.get_running_loop().create_connection(
                Wire, ip, port, ssl=context, server_hostname=host.rstrip(".") if context else None
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
        here = isinstance(error, OSError) and error.errno in _OUR_OWN
        raise WireError(Trouble.HERE if here else Trouble.CONNECT, told(error)) from None
    return wire


def number(text: str) -> int | None:
    """Read a number as headers have it; None for anything else, however much it looks like one.

    >>> number("120"), number("-1"), number("\u00b2"), number("9" * 5000)
    (120, None, None, None)
    """
    return int(text) if _NUMBER.fullmatch(text) else None


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
