"""Bytes that come in over a connection, read as they are wanted.

A protocol of its own instead of the streams of asyncio: at thousands of requests, their steps are what takes the
time.  At most one task reads at a time, and the other side is made to wait when it sends more than anybody reads.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import cast

from inquiry.check.external.answers import Trouble

_LINE_LIMIT = 1 << 16
"""Bytes that are read at most until a mark is found: all headers, the size of a chunk."""
_HELD = 1 << 18
"""Bytes that may lie unread before the other side is made to wait; more than `_LINE_LIMIT`."""


class WireError(Exception):
    """A connection that did not do what was asked."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(detail)
        self.trouble = trouble
        self.detail = detail


class Stream(asyncio.Protocol):
    """One connection: what comes in over it, and the ways to send and to hang up."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._unread = bytearray()
        self._ended: BaseException | None = None
        self._waiting: asyncio.Future[None] | None = None
        self._due = 0.0
        self._paused = False

    @property
    def is_clean(self) -> bool:
        """Whether the connection is open, and nothing lies on it that nobody asked for."""
        return self._ended is None and not self._unread

    @property
    def beginning(self) -> bytes:
        """What has come and was not read."""
        return bytes(self._unread[:16])

    def grant(self, seconds: float) -> None:
        """Give the other side so long, from now, for all that is read next."""
        self._due = self._loop.time() + seconds

    def write(self, request: bytes) -> None:
        """Send bytes."""
        self._transport.write(request)

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError, RuntimeError):
            self._transport.abort()

    async def until(self, mark: bytes, complaint: str) -> bytes:
        """Read to a mark, and the mark.

        Raises:
            WireError: There is none; the complaint says of what.
            TimeoutError: It does not come in the time that was granted.
            EOFError: The other side has said all.
            OSError: The connection is gone.
        """
        seen = 0
        while (at := self._unread.find(mark, seen)) < 0:
            seen = max(0, len(self._unread) - len(mark) + 1)
            if seen > _LINE_LIMIT:
                raise WireError(Trouble.GARBLED, complaint)
            await self._more()
        return self._taken(at + len(mark))

    async def block(self, most: int | None = None) -> bytes:
        """Read what there is, at least a byte; what is raised is as for `until`."""
        while not self._unread:
            await self._more()
        return self._taken(len(self._unread) if most is None else most)

    def _taken(self, count: int) -> bytes:
        taken = bytes(self._unread[:count])
        del self._unread[:count]
        if self._paused and not self._unread:
            self._paused = False
            self._transport.resume_reading()
        return taken

    async def _more(self) -> None:
        """Wait until more has come."""
        if self._ended is not None:
            raise self._ended
        self._waiting = self._loop.create_future()
        timer = self._loop.call_at(self._due, self._wake, TimeoutError())
        try:
            await self._waiting
        finally:
            timer.cancel()
            self._waiting = None

    def _wake(self, error: BaseException | None = None) -> None:
        """Let whoever waits go on, or fail."""
        if self._waiting is None or self._waiting.done():
            return
        if error is None:
            self._waiting.set_result(None)
        else:
            self._waiting.set_exception(error)

    def _end(self, error: BaseException) -> None:
        self._ended = self._ended or error
        self._wake(self._ended)

    # -- what asyncio calls -------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        self._unread += data
        if len(self._unread) > _HELD and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Note that the other side has said all."""
        self._end(EOFError())

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the connection is gone."""
        self._end(exc or EOFError())


def told(error: BaseException) -> str:
    """Say what the system says, in its words but short."""
    if isinstance(error, ConnectionRefusedError):
        return "the connection is refused"
    if isinstance(error, ConnectionResetError):
        return "the connection is reset"
    if isinstance(error, EOFError):
        return "the connection is closed"
    text = (getattr(error, "strerror", None) or str(error) or "the connection fails").lower()
    return text.partition(" (")[0] if "connect call failed" not in text else "there is no way to it"
