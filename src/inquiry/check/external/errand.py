"""Asking under way: begun as soon as the addresses are known, so that the rest of a check runs while servers think.

The asking has a thread of its own.  Waiting for its answers is what Ctrl-C ends; an errand that nobody waits for any
more is called back.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from inquiry.check.external.client import Client
from inquiry.check.external.hosts import Network, look_up
from inquiry.check.external.patience import Patience

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inquiry.check.external.answers import Answer, Question
    from inquiry.check.external.client import Progress
    from inquiry.check.external.hosts import LookUp

_MOST_LOOK_UPS = 32
"""Names that are looked up at once."""
_MOMENT = 0.1
"""Seconds that the rest of the program waits at most for the first request."""
_GLANCE = 0.2
"""Seconds between two looks at whether Ctrl-C was pressed, where waiting for a thread does not hear it (Windows)."""


class Errand:
    """Questions that are being asked; as a context, asking ends with it."""

    def __init__(
        self,
        questions: Sequence[Question],
        *,
        allow_private: bool = False,
        patience: Patience | None = None,
        progress: Progress | None = None,
        names: LookUp = look_up,
    ) -> None:
        self._questions = questions
        self._settings = (patience or Patience(), allow_private, names)
        self._progress = progress
        self._answers: Mapping[str, Answer] = {}
        self._failure: BaseException | None = None
        self._begun = threading.Event()
        self._called_back = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._over = threading.Event()  # `join` forgets a thread that is still running when Ctrl-C interrupts it
        if questions:
            threading.Thread(target=self._run, name="asking", daemon=True).start()
        else:
            self._begun.set()
            self._over.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.call_back()

    def get_going(self) -> None:
        """Wait a moment, until the first request is sent: work that begins earlier would only hold it up."""
        self._begun.wait(_MOMENT)

    def answers(self) -> Mapping[str, Answer]:
        """Wait for the answers and give them by the URL of their address.

        Ctrl-C ends the asking, not the program: what has not been answered by then is missing from the result.
        """
        try:
            self._wait()
        except KeyboardInterrupt:
            self.call_back()
        if self._failure is not None:
            raise self._failure
        return self._answers

    def call_back(self) -> None:
        """Ask no further; what has been answered is kept."""
        self._called_back.set()
        if self._loop is not None and self._task is not None:
            with suppress(RuntimeError):  # it is over by itself
                self._loop.call_soon_threadsafe(self._task.cancel)
        self._wait()

    def _wait(self) -> None:
        while not self._over.wait(_GLANCE):
            pass

    def _run(self) -> None:
        """Ask; in the errand's own thread."""
        threads = ThreadPoolExecutor(_MOST_LOOK_UPS, thread_name_prefix="names")
        try:
            asyncio.run(self._ask(threads))
        except BaseException as error:  # noqa: BLE001 - it is raised again by whoever wants the answers
            self._failure = error
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            self._begun.set()
            self._over.set()

    async def _ask(self, threads: ThreadPoolExecutor) -> None:
        patience, allow_private, names = self._settings
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        if not self._called_back.is_set():
            client = Client(Network(patience, allow_private, names, threads, self._begun))
            self._answers = await client.all(self._questions, self._progress)


def ask(
    questions: Sequence[Question],
    *,
    allow_private: bool = False,
    patience: Patience | None = None,
    progress: Progress | None = None,
    names: LookUp = look_up,
) -> Mapping[str, Answer]:
    """Ask all questions and wait for the answers."""
    with Errand(questions, allow_private=allow_private, patience=patience, progress=progress, names=names) as errand:
        return errand.answers()
