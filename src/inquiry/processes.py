"""Work that is shared by processes: whoever is free takes the next piece.

The ground floor; it knows nothing of notes.  Where the system cannot fork, where threads run already, or where
there is one processor, this process does everything itself; the results are the same.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Piece = TypeVar("Piece")
Result = TypeVar("Result")

MOST_PROCESSES = 8
"""More than these would wait for the one that gathers their results."""
VARIABLE = "INQUIRY_PROCESSES"
"""Environment variable that says how many processes may work."""
_TOKEN = 2
"""Bytes of a piece's number; a pipe hands so few over in one read."""
_LENGTH = 8
"""Bytes in which the length of a packed result is written."""
MOST_PIECES = 8_000
"""Their numbers must fit into a pipe that nobody reads yet."""


def processes() -> int:
    """Say how many processes may work at once: as many as there are processors, or fewer where a user says so."""
    asked = os.environ.get(VARIABLE, "")
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(int(asked) if asked.isascii() and asked.isdigit() else there, MOST_PROCESSES))


class Crew(Generic[Piece, Result]):
    """Processes at work on a list of pieces, from the moment the crew is made."""

    def __init__(self, work: Callable[[Piece], Result], pieces: Sequence[Piece], *, count: int | None = None) -> None:
        """Begin.

        Args:
            work: What is done to a piece; its result must be picklable, and must not depend on other pieces.
            pieces: All of them, at most `MOST_PIECES`.
            count: Processes, this one included; as many as there may be for None.
        """
        self._work = work
        self._pieces = pieces
        self._others: list[tuple[int, int]] = []
        """Process id, and where its results can be read, for each that works beside this one."""
        count = processes() if count is None else count
        self._tokens = -1
        if count > 1 and 1 < len(pieces) <= MOST_PIECES:
            self._tokens, into = os.pipe()
            os.write(into, b"".join(number.to_bytes(_TOKEN, "big") for number in range(len(pieces))))
            os.close(into)
            for _ in range(min(count, len(pieces)) - 1):
                self._hire()

    def _hire(self) -> None:
        results, into = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # `processes` has looked for threads of ours
            child = os.fork()
        if child:
            os.close(into)
            self._others.append((child, results))
            return
        code = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that gathers decides
            made = b"".join([_packed(number, result) for number, result in self._take()])
            with os.fdopen(into, "wb") as file:
                file.write(made)
            code = 0
        finally:
            os._exit(code)  # nothing of the parent's is flushed or closed here

    def _take(self) -> Iterator[tuple[int, Result]]:
        """Work until no piece is left."""
        while token := os.read(self._tokens, _TOKEN):
            number = int.from_bytes(token, "big")
            yield number, self._work(self._pieces[number])

    def results(self) -> list[Result]:
        """Work along, gather what the others have made, and return all results in the order of the pieces.

        What a process that died has taken with it is made again here, so that its fault shows itself.
        """
        try:
            done = dict(self._take()) if self._tokens >= 0 else {}
            while self._others:
                with os.fdopen(self._others[0][1], "rb", closefd=False) as file:
                    made = file.read()
                if self._leave() == 0:
                    done.update(_unpacked(made))
        finally:
            self.dismiss()
        return [done[n] if n in done else self._work(piece) for n, piece in enumerate(self._pieces)]

    def dismiss(self) -> None:
        """End all others, whatever they are at."""
        while self._others:
            with suppress(ProcessLookupError):
                os.kill(self._others[0][0], signal.SIGKILL)
            self._leave()
        if self._tokens >= 0:
            os.close(self._tokens)
            self._tokens = -1

    def _leave(self) -> int:
        """Wait for the first of the others, and return its exit code."""
        child, results = self._others.pop(0)
        os.close(results)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _packed(number: int, result: object) -> bytes:
    """Pack a result as soon as there is one, so that nobody waits for all of them to be packed."""
    made = pickle.dumps((number, result), pickle.HIGHEST_PROTOCOL)
    return len(made).to_bytes(_LENGTH, "big") + made


def _unpacked(made: bytes) -> Iterator[tuple[int, Any]]:
    view, at = memoryview(made), 0
    while at < len(view):
        start = at + _LENGTH
        at = start + int.from_bytes(view[at:start], "big")
        yield pickle.loads(view[start:at])  # noqa: S301 - made by our own process just now


def cut(items: Sequence[Piece], size: int) -> list[Sequence[Piece]]:
    """Cut a sequence into pieces of at most so many items.

    >>> cut("abcde", 2)
    ['ab', 'cd', 'e']
    """
    size = max(size, -(-len(items) // MOST_PIECES))
    return [items[start : start + size] for start in range(0, len(items), size)]
