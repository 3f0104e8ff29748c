"""Fixtures that several rooms share: no network, the built site, a server for a folder, Chromium.

Nothing here asks for anything outside this machine, and the knowledge base is built once for all tests.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sysconfig
import threading
from contextlib import closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from playwright.sync_api import sync_playwright

from visits import WIDE, Visit, documents, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ViewportSize

# A shell that starts the tests in the background has interrupts ignored, for us and for whatever a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine slows any example; tests promise results, not times.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
"""The folder of our own knowledge base, and of the project."""
BUILD_SECONDS = 120
"""Longest that a build of our own knowledge base may take; it takes a few seconds."""
SITE_URL = "https://inquiry.example/"
"""Address that the built site believes to have: no test opens it, and a page that asks for it fails."""
CHROMIUM_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and keeps its log to itself."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the method it replaces
        """Say nothing: a test reports what matters."""


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse connections of this process that leave this machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not is_here(str(address[0])):
            raise AssertionError(f"a test connects to {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


def is_here(host: str) -> bool:
    """Tell whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build our own knowledge base as `make site` does, with every finding a failure."""
    target = tmp_path_factory.mktemp("built") / "site"
    inquiry = Path(sysconfig.get_path("scripts")) / "inquiry"
    built = subprocess.run(
        [inquiry, "build", "-f", ROOT / "mkdocs.yml", "-d", target, "--strict", "--quiet"],
        check=False,
        capture_output=True,
        env=os.environ | {"SITE_URL": SITE_URL},
        text=True,
        timeout=BUILD_SECONDS,
    )
    if built.returncode:
        pytest.fail(f"`inquiry build --strict` exits {built.returncode}:\n{built.stderr}", pytrace=False)
    return target


@pytest.fixture(scope="session")
def built_site_files(built_site: Path) -> tuple[str, ...]:
    """List the files of the built site, relative to it, in order."""
    files = (path for path in built_site.rglob("*") if path.is_file())
    return tuple(sorted(path.relative_to(built_site).as_posix() for path in files))


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Give a function that serves a folder on a free port of 127.0.0.1 and returns its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site(built_site: Path, serve: Callable[[Path], str]) -> str:
    """Serve the built site and return its address."""
    return serve(built_site)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Chromium, Debian's or the one that `$CHROMIUM` names.

    Without it a test is skipped, except in CI, where nobody would see that.  It lives as long as one module's
    tests, because Playwright keeps an event loop running in this thread meanwhile.
    """
    program = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    if not os.access(program, os.X_OK):
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"no Chromium at {program}: install Debian's package chromium, or name one with CHROMIUM=/path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_OPTIONS))
        with closing(browser):
            yield browser


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Visit]]:
    """Give a function that begins a visit; whatever it asked elsewhere or complained about fails the test."""
    begun: list[tuple[BrowserContext, Visit]] = []

    def begin(
        *, at: str = site, scripts: bool = True, size: ViewportSize = WIDE, dark: bool = False, touch: bool = False
    ) -> Visit:
        context = chromium.new_context(
            java_script_enabled=scripts,
            viewport=size,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=touch,
            is_mobile=touch,
        )
        visit = Visit(at, context.new_page())
        context.on("request", lambda request: visit.asked.append(request.url))
        context.on("weberror", lambda fault: visit.complaints.append(str(fault.error)))
        context.on(
            "console",
            lambda said: visit.complaints.append(said.text) if said.type in {"error", "warning"} else None,
        )
        begun.append((context, visit))
        return visit

    yield begin
    for context, visit in begun:
        context.close()
        assert {urlsplit(url).netloc for url in visit.asked} <= {urlsplit(visit.site).netloc, ""}
        assert visit.may_complain or visit.complaints == []


@pytest.fixture(scope="session")
def a_line(built_site: Path) -> str:
    """Name the first line that cites a passage and whose sources disagree, as a path."""
    return next(
        path
        for path in documents(built_site, "lines")
        if "<blockquote>" in text(built_site, path) and 'id="disagreement"' in text(built_site, path)
    )


@pytest.fixture(scope="session")
def a_note(built_site: Path) -> str:
    """Name the first note that a line cites and that bears on one it links to, as a path."""
    return next(
        path
        for path in documents(built_site, "notes")
        if 'id="cited-by"' in text(built_site, path) and "peek__relation" in text(built_site, path)
    )
