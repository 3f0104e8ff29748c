"""A preview's server while the site is built: browsers neither wait nor load anything twice."""

from __future__ import annotations

import gc
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from inquiry.site.watching import Hurry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Server:
    """What `Hurry` knows of MkDocs's server."""

    def __init__(self, builder: Callable[[], None]) -> None:
        self.builder = builder
        self._wanted_epoch = self._visible_epoch = 1
        self._epoch_cond = threading.Condition()

    def want(self, epoch: int) -> None:
        self._wanted_epoch = epoch

    @property
    def epochs(self) -> tuple[int, int]:
        return self._visible_epoch, self._wanted_epoch


@pytest.fixture(autouse=True)
def interpreter() -> Iterator[None]:
    """Give the interpreter back as it was."""
    turn, collects = sys.getswitchinterval(), gc.isenabled()
    yield
    sys.setswitchinterval(turn)
    if collects:
        gc.enable()


def test_browsers_read_on_while_the_site_is_built_and_load_it_once() -> None:
    seen: list[tuple[int, int]] = []
    server: Any = Server(lambda: seen.append(server.epochs))
    Hurry(server, lambda _: False)
    server.want(7)
    server.builder()
    assert seen == [(1, 1)], "nothing to wait for, and nothing new to load"
    assert server.epochs[1] > 7, "what was built is new"


def test_an_edited_page_is_loaded_at_once() -> None:
    server: Any = Server(lambda: None)
    shown: list[str] = []

    def show(file: str) -> bool:
        shown.append(file)
        return True

    Hurry(server, show).hear("a.md")
    end = time.monotonic() + 10
    while server.epochs == (1, 1) and time.monotonic() < end:
        time.sleep(0.01)
    assert shown == ["a.md"]
    assert server.epochs[0] == server.epochs[1] > 1
