"""The client against a server that misbehaves in every way it can."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inquiry.check.external import hosts
from inquiry.check.external.addresses import Address, read_address
from inquiry.check.external.answers import Answer, Presence, Question, Trouble
from inquiry.check.external.client import _wait
from inquiry.check.external.errand import Errand, ask
from inquiry.check.external.pages import Page, read_page
from inquiry.check.external.patience import PACE, Patience
from inquiry.check.external.verdicts import Outcome, outcome
from inquiry.check.external.wire import Reply
from loopback import LATE, Loopback, closed_port, loopback

if TYPE_CHECKING:
    from collections.abc import Iterator

CERTIFICATES = Path(__file__).parents[2] / "data/tls"
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
        "/to/303?/page",
        "/to/307?../page",
        "/crumb",
        "/old",
        "/drip",
        "/flood",
        "/bomb",
        "/chunked",
        "/hints",
        "/overlong",
        "/trickle/body",
        "/get-only/x.png",
        "/head-says/403/x.pdf",
        "/head-says/404/x.pdf",
        "/head-says/500/x.pdf",
        "/head-says/501/x.pdf",
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
        ("/status/429", Outcome.UNKNOWN),
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
        ("/odd-numbers", Outcome.FAILING),
        ("/endless-head", Outcome.FAILING),
        ("/trickle/head", Outcome.FAILING),
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
        ("/endless-head", Trouble.GARBLED),
        ("/trickle/head", Trouble.SILENCE),
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


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 0),
        ("120", 120),
        ("-5", 0),
        ("\u00b2", 0),
        ("9" * 5000, 0),
        ("soon", 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Fri, 31 Dec 2100 23:59:59", pytest.approx(2.4e9, rel=0.2)),
    ],
)
def test_how_long_to_wait_is_read_as_a_number_or_a_date(text: str, seconds: float) -> None:
    assert _wait(Reply(503, {"retry-after": text})) == seconds


def test_no_wait_outlasts_the_run(server: Loopback) -> None:
    url = server.url("/busy/5")
    patience = replace(HASTE, longest_pause=30.0, run=1.0)
    begun = time.monotonic()
    assert ask([Question(address(url))], allow_private=True, patience=patience)[url].status == 503
    assert time.monotonic() - begun < 0.8


def test_what_waits_for_another_try_when_the_run_is_over_is_what_it_was(server: Loopback) -> None:
    url, first = server.url("/busy/1"), server.url("/once/503")
    patience = replace(HASTE, tries=50, run=1.5)
    found = ask([Question(address(one)) for one in (url, first)], allow_private=True, patience=patience)
    assert (found[url].status, found[first].status) == (503, 200)


def test_connections_are_used_again() -> None:
    with loopback() as server:
        paths = [server.url(f"/again/{number}") for number in range(40)]
        found = ask([Question(address(url)) for url in paths], allow_private=True, patience=HASTE)
        assert [found[url].status for url in paths] == [200] * 40
        assert server.most_open == PACE.connections


def test_no_more_connections_are_open_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many hosts with a page each must not use up the files that a program may open."""
    monkeypatch.setattr(hosts, "_MOST_SOCKETS", 5)
    with loopback() as server:
        port = server.base.rpartition(":")[2]
        urls = [f"http://host{number % 20}.example.edu:{port}/page/{number}" for number in range(60)]
        questions = [Question(address(url)) for url in urls]
        found = ask(questions, allow_private=True, patience=HASTE, names=lambda _host, _port: ("127.0.0.1",))
        assert [found[url].status for url in urls] == [200] * 60
        assert server.most_open <= 5 + 1  # the server may hear late of one that was closed


@pytest.mark.parametrize("path", ["/head-body/x.png", "/overlong"])
def test_what_a_server_says_too_much_is_not_the_answer_to_the_next_question(server: Loopback, path: str) -> None:
    questions = [Question(address(server.url(f"{path}?{number}")), picture=True) for number in range(30)]
    found = ask(questions, allow_private=True, patience=HASTE)
    assert {answer.status for answer in found.values()} == {200}


def test_no_more_of_a_body_is_fetched_than_is_of_interest() -> None:
    with loopback() as server:
        assert answer(server.url("/flood")).status == 200
        assert server.sent < 16 << 20  # of 125 MiB; most of it lies in the buffers of the system


def test_a_fault_of_ours_is_an_answer_and_nothing_else_suffers(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(html: str, *, complete: bool) -> Page:
        if "A fault" in html:
            raise RecursionError
        return read_page(html, complete=complete)

    monkeypatch.setattr("inquiry.check.external.client.read_page", fail)
    urls = [server.url("/title?A+fault"), server.url("/page")]
    found = ask([Question(address(url)) for url in urls], allow_private=True, patience=HASTE)
    assert [found[url].trouble for url in urls] == [Trouble.GARBLED, Trouble.NONE]


def test_a_resolver_is_not_followed_to_the_publisher(server: Loopback) -> None:
    port = int(server.base.rpartition(":")[2])
    names = dict.fromkeys(("doi.org", "hdl.handle.net"), ("127.0.0.1",))
    for host in names:
        question = Question(Address("http", host, port, "/to/302?http://publisher.example.edu/paywall"))
        found = ask([question], allow_private=True, patience=HASTE, names=lambda name, _port: names[name])
        assert outcome(question.address, found[question.address.url]) is Outcome.GOOD
    assert server.asked["GET /paywall"] == server.asked["HEAD /paywall"] == 0


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


@pytest.mark.parametrize("onward", ["http://127.0.0.1:{port}/secret", "http://inner.example.edu/secret"])
def test_a_redirect_into_a_private_network_is_not_followed(
    server: Loopback, monkeypatch: pytest.MonkeyPatch, onward: str
) -> None:
    """The first host, on loopback too, is taken for a public one; all others are what they are."""
    monkeypatch.setattr(hosts, "is_private_ip", lambda ip: ip.startswith("10."))
    names = {"public.example.edu": ("127.0.0.1",), "inner.example.edu": ("192.0.2.1", "10.0.0.1")}
    port = server.base.rpartition(":")[2]
    url = f"http://public.example.edu:{port}/to/302?{onward.format(port=port)}"
    found = ask([Question(address(url))], patience=HASTE, names=lambda name, _port: names[name])[url]
    assert (found.trouble, len(found.hops)) == (Trouble.PRIVATE, 1)
    assert server.asked["GET /secret"] == 0


@pytest.mark.parametrize("host", ["127.1", "0177.0.0.1", "0x7f.0.0.1", "127.0.0.1.", "localhost.", "[::ffff:7f00:1]"])
def test_odd_spellings_of_this_machine_are_refused(server: Loopback, host: str) -> None:
    url = server.url("/hidden").replace("127.0.0.1", host)
    assert answer(url, allow_private=False).trouble in {Trouble.PRIVATE, Trouble.NAME, Trouble.LOOKUP}
    assert server.asked["GET /hidden"] == 0


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


def test_a_name_that_cannot_be_looked_up_is_unknown() -> None:
    def tired(_host: str, _port: int) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_AGAIN, "temporary failure in name resolution")

    question = Question(address("https://press.example.edu/x"))
    found = ask([question], patience=HASTE, names=tired)[question.address.url]
    assert (found.trouble, outcome(question.address, found)) == (Trouble.LOOKUP, Outcome.UNKNOWN)


@pytest.mark.parametrize("code", [errno.EMFILE, errno.ENETUNREACH])
def test_what_this_machine_cannot_do_is_no_fault_of_an_address(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.create_connection", fail)
    question = Question(address("http://127.0.0.1:1/"))
    found = ask([question], allow_private=True, patience=HASTE)[question.address.url]
    assert (found.trouble, outcome(question.address, found)) == (Trouble.HERE, Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("certificate", "host", "trusted", "trouble"),
    [
        ("localhost.pem", "localhost", True, Trouble.NONE),
        ("localhost.pem", "127.0.0.1", True, Trouble.CERTIFICATE),
        ("localhost.pem", "localhost", False, Trouble.ISSUER),
        ("alone.pem", "localhost", True, Trouble.CERTIFICATE),
    ],
)
def test_certificates_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, certificate: str, host: str, *, trusted: bool, trouble: Trouble
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / ("authority.pem" if trusted else "none.pem")))
    hosts.secure.cache_clear()
    with loopback(CERTIFICATES / certificate) as server:
        found = answer(server.url("/page").replace("127.0.0.1", host))
    hosts.secure.cache_clear()
    assert found.trouble is trouble


def test_an_ipv6_address_is_asked_for() -> None:
    assert answer(f"http://[::1]:{closed_port()}/").trouble in {Trouble.CONNECT, Trouble.HERE}


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


def test_an_errand_that_is_left_is_called_back(server: Loopback) -> None:
    url = server.url("/silent/left")
    begun = time.monotonic()
    with Errand([Question(address(url))], allow_private=True, patience=Patience(answer=LATE)) as errand:
        errand.get_going()
        assert server.asked["GET /silent/left"] <= 1
    assert time.monotonic() - begun < LATE / 2
    assert errand.answers() == {}


def test_an_errand_without_questions_is_over_at_once() -> None:
    with Errand([]) as errand:
        errand.get_going()
        assert errand.answers() == {}
