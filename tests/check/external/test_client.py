"""The client against a server that misbehaves in every way it can."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from inquiry.check.external.addresses import Address, read_address
from inquiry.check.external.answers import Answer, Presence, Question, Trouble
from inquiry.check.external.errand import ask
from inquiry.check.external.patience import Patience
from inquiry.check.external.verdicts import Outcome, outcome
from loopback import LATE, Loopback, closed_port, loopback

if TYPE_CHECKING:
    from collections.abc import Iterator

HASTE = Patience(connect=0.5, answer=0.5, body=0.3, tries=2, pause=0.01, longest_pause=1.0, run=20.0)


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    with loopback() as story:
        yield story


def address(url: str) -> Address:
    read = read_address(url)
    assert isinstance(read, Address)
    return read


def answer(url: str, *fragments: str, picture: bool = False, allow_private: bool = True) -> Answer:
    question = Question(address(url), fragments, picture)
    return ask([question], allow_private=allow_private, patience=HASTE)[question.address.url]


def came_to(url: str) -> Outcome:
    return outcome(address(url), answer(url))


@pytest.mark.parametrize(
    "path",
    [
        "/page",
        "/status/204",
        "/once/429",
        "/once/500",
        "/once/503",
        "/to/302?/page",
        "/to/307?../page",
        "/crumb",
        "/old",
        "/drip",
        "/flood",
        "/bomb",
        "/chunked",
        "/get-only/x.png",
        "/silent-head/x.pdf",
        "/refresh?/page",
        "/a%20b/ünïcode?q=a b",
    ],
)
def test_what_a_reader_can_open_is_good(server: Loopback, path: str) -> None:
    assert came_to(server.url(path)) is Outcome.GOOD


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/status/404", Outcome.BROKEN),
        ("/status/410", Outcome.BROKEN),
        ("/status/500", Outcome.FAILING),
        ("/status/401", Outcome.UNKNOWN),
        ("/status/403", Outcome.UNKNOWN),
        ("/status/451", Outcome.UNKNOWN),
        ("/status/999", Outcome.UNKNOWN),
        ("/wait", Outcome.UNKNOWN),
        ("/to/301?/page", Outcome.MOVED),
        ("/to/308?/page", Outcome.MOVED),
        ("/to/301?/status/404", Outcome.BROKEN),
        ("/to/301?", Outcome.BROKEN),
        ("/to/302?http://[::bad/", Outcome.BROKEN),
        ("/to/302?/", Outcome.ASTRAY),
        ("/to/302?/login", Outcome.ASTRAY),
        ("/refresh?/status/404", Outcome.BROKEN),
        ("/loop", Outcome.BROKEN),
        ("/chain", Outcome.BROKEN),
        ("/title?404+-+Page+not+found", Outcome.HOLLOW),
        ("/title?shade.example+is+for+sale", Outcome.HOLLOW),
        ("/silent", Outcome.FAILING),
        ("/slam", Outcome.FAILING),
        ("/babble", Outcome.FAILING),
        ("/cut", Outcome.FAILING),
    ],
)
def test_what_a_reader_cannot_open_is_told_apart(server: Loopback, path: str, expected: Outcome) -> None:
    assert came_to(server.url(path)) is expected


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("/silent", Trouble.SILENCE),
        ("/slam", Trouble.BROKEN_OFF),
        ("/cut", Trouble.BROKEN_OFF),
        ("/babble", Trouble.GARBLED),
        ("/loop", Trouble.LOOP),
        ("/to/301?", Trouble.NOWHERE),
    ],
)
def test_troubles_are_told_apart(server: Loopback, path: str, trouble: Trouble) -> None:
    assert answer(server.url(path)).trouble is trouble


def test_a_closed_port_is_refused() -> None:
    found = answer(f"http://127.0.0.1:{closed_port()}/")
    assert (found.trouble, found.detail) == (Trouble.CONNECT, "the connection is refused")


def test_a_server_without_tls_is_not_secure(server: Loopback) -> None:
    assert answer(server.base.replace("http:", "https:") + "/page").trouble in {Trouble.TLS, Trouble.BROKEN_OFF}


@pytest.mark.parametrize(
    ("path", "fragment", "expected"),
    [
        ("/page", "sec", Presence.THERE),
        ("/page", "named", Presence.THERE),
        ("/page", "part", Presence.THERE),
        ("/page", "top", Presence.THERE),
        ("/page", "nothing", Presence.MISSING),
        ("/page", "hidden", Presence.MISSING),
        ("/page", "made", Presence.MISSING),
        ("/page", "/route", Presence.UNKNOWN),
        ("/page", "L10-L20", Presence.UNKNOWN),
        ("/page", ":~:text=caf%C3%A9s%20stay,late", Presence.THERE),
        ("/page", ":~:text=tea", Presence.MISSING),
        ("/page", "sec:~:text=tea", Presence.MISSING),
        ("/packed", "sec", Presence.THERE),
        ("/packed", "nothing", Presence.MISSING),
        ("/latin", "%C3%A9t%C3%A9", Presence.THERE),
        ("/chunked", "late", Presence.THERE),
        ("/paper.pdf", "page=3", Presence.UNKNOWN),
        ("/drip", "sec", Presence.UNKNOWN),
    ],
)
def test_fragments_are_looked_for_in_the_page(server: Loopback, path: str, fragment: str, expected: Presence) -> None:
    (found,) = answer(server.url(path), fragment).fragments
    assert (found.written, found.presence) == (fragment, expected)


def test_all_fragments_of_a_page_cost_one_request(server: Loopback) -> None:
    found = answer(server.url("/many"), "named", "nothing", "sec")
    assert [one.presence for one in found.fragments] == [Presence.THERE, Presence.MISSING, Presence.THERE]
    assert (server.asked["GET /many"], server.asked["HEAD /many"]) == (1, 0)


def test_files_and_pictures_are_asked_for_without_their_body(server: Loopback) -> None:
    assert answer(server.url("/picture.png"), picture=True).status == 200
    assert (server.asked["HEAD /picture.png"], server.asked["GET /picture.png"]) == (1, 0)


def test_a_server_that_wants_to_wait_for_an_hour_is_not_waited_for(server: Loopback) -> None:
    begun = time.monotonic()
    assert answer(server.url("/wait")).wait == 3600
    assert time.monotonic() - begun < 1


def test_connections_are_used_again(server: Loopback) -> None:
    paths = [server.url(f"/again/{number}") for number in range(40)]
    found = ask([Question(address(url)) for url in paths], allow_private=True, patience=HASTE)
    assert [found[url].status for url in paths] == [200] * 40


def test_a_slow_host_holds_up_nobody_else(server: Loopback) -> None:
    done: list[tuple[int, float]] = []
    begun = time.monotonic()
    slow = [Question(address(server.url(f"/silent/{number}"))) for number in range(12)]
    fast = [Question(address(server.url("/page").replace("127.0.0.1", "localhost")))]
    ask(
        [*slow, *fast],
        allow_private=True,
        patience=HASTE,
        progress=lambda number, _total: done.append((number, time.monotonic() - begun)),
    )
    assert done[0][1] < HASTE.answer


def test_private_addresses_are_not_asked_for_behind_a_redirect(server: Loopback) -> None:
    found = answer(server.url("/page"), allow_private=False)
    assert found.trouble is Trouble.PRIVATE
    assert "GET /page?" not in server.asked


def test_names_that_resolve_into_private_networks_are_refused(server: Loopback) -> None:
    url = server.url("/rebound").replace("127.0.0.1", "public.example.edu")
    question = Question(address(url))
    found = ask([question], patience=HASTE, names=lambda _host, _port: ("127.0.0.1",))[url]
    assert found.trouble is Trouble.PRIVATE
    assert server.asked["GET /rebound"] == 0


def test_a_name_that_does_not_exist_is_told_from_a_machine_without_names() -> None:
    def nothing(host: str, _port: int) -> tuple[str, ...]:
        if host == "example.org":
            return ("192.0.2.1",)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    def no_names(_host: str, _port: int) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    question = Question(address("https://gone.example.edu/x"))
    for names, expected in ((nothing, Trouble.NAME), (no_names, Trouble.LOOKUP)):
        assert ask([question], patience=HASTE, names=names)[question.address.url].trouble is expected


def test_what_has_no_turn_before_the_run_is_over_is_reported(server: Loopback) -> None:
    url = server.url("/silent/late")
    patience = Patience(answer=LATE, run=0.2)
    assert ask([Question(address(url))], allow_private=True, patience=patience)[url].trouble is Trouble.UNASKED


def test_ctrl_c_gives_what_is_known_so_far(server: Loopback) -> None:
    quick, slow = server.url("/page/quick"), server.url("/silent/slow")
    timer = threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    found = ask([Question(address(url)) for url in (quick, slow)], allow_private=True, patience=Patience(answer=LATE))
    assert [url in found for url in (quick, slow)] == [True, False]
