"""A small HTTP server on 127.0.0.1 that behaves as badly as its paths say; it stops with the test."""

from __future__ import annotations

import gzip
import socket
import socketserver
import ssl
import struct
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

PAGE = (
    "<!doctype html><title>{title}</title><h1>A page</h1><!-- id='hidden' --><script>'<i id=made>'</script>"
    "<h2 id=sec>Section</h2><a name=named></a><p>Cafés stay open late.</p><i id=user-content-part></i>"
)
LATE = 2.0
"""Seconds that a silent path takes: longer than any test waits."""


class Loopback:
    """What the server was asked, and where it is."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.asked: Counter[str] = Counter()
        """Number of requests by method and path."""
        self.sent = 0
        """Bytes that went out."""
        self.open = self.most_open = 0
        """Connections now, and most of them at a time."""
        self.lock = threading.Lock()

    def url(self, path: str) -> str:
        return self.base + path


@dataclass(frozen=True)
class Request:
    """What was asked."""

    method: str
    path: str
    rest: str
    """The path behind its first part."""
    query: str
    headers: dict[str, str]


class _Handler(socketserver.StreamRequestHandler):
    story: Loopback
    rfile: BufferedReader

    def handle(self) -> None:
        story = self.story
        with story.lock:
            story.open += 1
            story.most_open = max(story.most_open, story.open)
        self._talk()
        with story.lock:
            story.open -= 1

    def _talk(self) -> None:
        with suppress(OSError):
            if self.rfile.peek(1)[:1] == b"\x16":  # the beginning of TLS, of which this server knows nothing
                self._raw(b"HTTP/1.1 400 Speak up\r\n\r\n")
                return
            while line := self.rfile.readline():
                method, target, _ = line.decode("latin-1").split(" ", 2)
                headers = self._headers()
                path, _, query = target.partition("?")
                self.story.asked[f"{method} {path}"] += 1
                if not self._serve(method, path, query, headers):
                    return

    def _headers(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        while (line := self.rfile.readline().decode("latin-1").strip()) != "":
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return headers

    def _serve(self, method: str, path: str, query: str, headers: dict[str, str]) -> bool:
        """Answer; false when the connection is to be closed."""
        name, _, rest = path.strip("/").partition("/")
        request = Request(method, path, rest, query, headers)
        answer = getattr(self, f"at_{name.replace('-', '_').replace('.', '_')}", None)
        if answer is None:
            self._send(method, 200, PAGE.format(title="A page").encode())
            return True
        return answer(request) is not False

    def at_status(self, request: Request) -> None:
        self._send(request.method, int(request.rest))

    def at_once(self, request: Request) -> None:
        first = sum(self.story.asked[f"{method} {request.path}"] for method in ("GET", "HEAD")) == 1
        self._send(request.method, int(request.rest) if first else 200, headers={"Retry-After": "0"})

    def at_busy(self, request: Request) -> None:
        self._send(request.method, 503, headers={"Retry-After": request.rest})

    def at_wait(self, request: Request) -> None:
        self._send(request.method, 429, headers={"Retry-After": "3600"})

    def at_to(self, request: Request) -> None:
        self._send(request.method, int(request.rest), headers={"Location": request.query})

    def at_loop(self, request: Request) -> None:
        self._send(request.method, 302, headers={"Location": "/loop"})

    def at_chain(self, request: Request) -> None:
        self._send(request.method, 302, headers={"Location": f"/chain/{int(request.rest or 0) + 1}"})

    def at_crumb(self, request: Request) -> None:
        known = "seen=1" in request.headers.get("cookie", "")
        given = {"Location": "/crumb", "Set-Cookie": "seen=1; Path=/"}
        self._send(request.method, 200 if known else 302, headers=given)

    def at_title(self, request: Request) -> None:
        self._send(request.method, 200, PAGE.format(title=request.query.replace("+", " ")).encode())

    def at_refresh(self, request: Request) -> None:
        self._send(request.method, 200, f'<meta http-equiv=refresh content="0; url={request.query}">'.encode())

    def at_packed(self, request: Request) -> None:
        packed = gzip.compress(PAGE.format(title="A").encode())
        self._send(request.method, 200, packed, {"Content-Encoding": "gzip"})

    def at_bomb(self, request: Request) -> None:
        self._send(request.method, 200, gzip.compress(b"<p>" * (1 << 24)), {"Content-Encoding": "gzip"})

    def at_latin(self, request: Request) -> None:
        page = "<title>L</title><p id='été'>".encode("latin-1")
        self._send(request.method, 200, page, {"Content-Type": "text/html; charset=iso-8859-1"})

    def at_picture_png(self, request: Request) -> None:
        self._send(request.method, 200, b"%PDF", {"Content-Type": "application/octet-stream"})

    at_paper_pdf = at_picture_png

    def at_get_only(self, request: Request) -> None:
        self._send(request.method, 405 if request.method == "HEAD" else 200)

    def at_head_says(self, request: Request) -> None:
        self._send(request.method, int(request.rest.partition("/")[0]) if request.method == "HEAD" else 200)

    def at_head_body(self, request: Request) -> None:
        self._send("GET", 200, b"HTTP/1.1 404 Of another answer\r\n\r\n", {"Content-Type": f"x/{request.method}"})

    def at_hints(self, request: Request) -> None:
        self._raw(b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>\r\n\r\n")
        self._send(request.method, 200)

    def at_overlong(self, _request: Request) -> None:
        self._raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n<p>HTTP/1.1 404 Left over\r\n\r\n")

    def at_odd_numbers(self, _request: Request) -> bool:
        self._raw("HTTP/1.1 503 Busy\r\nContent-Length: \u00b2\r\nRetry-After: \u00b2\r\n\r\n<p>".encode("latin-1"))
        return False

    def at_endless_head(self, _request: Request) -> bool:
        self._raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000)
        return True

    def at_trickle(self, request: Request) -> bool:
        """Send headers (or not even these), and then a byte now and again."""
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        self._raw(head if request.rest == "head" else head + b"\r\n")
        begun = time.monotonic()
        while time.monotonic() - begun < LATE:
            self._raw(b"x")
            time.sleep(0.05)
        return False

    def at_chunked(self, _request: Request) -> None:
        self._raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        self._raw(b"5\r\n<b id\r\n6;x=y\r\n=late>\r\n0\r\n\r\n")

    def at_silent(self, _request: Request) -> bool:
        time.sleep(LATE)
        return False

    def at_silent_head(self, request: Request) -> bool:
        if request.method == "HEAD":
            return self.at_silent(request)
        self._send(request.method, 200)
        return True

    def at_slam(self, _request: Request) -> bool:
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    def at_babble(self, _request: Request) -> bool:
        self._raw(b"HELLO, NOTHING HERE IS HTTP\r\n\r\n")
        return False

    def at_cut(self, _request: Request) -> bool:
        self._raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>")
        return False

    def at_old(self, _request: Request) -> bool:
        self._raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.format(title="Old").encode())
        return False

    def at_drip(self, _request: Request) -> bool:
        self._raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
        time.sleep(LATE)
        return False

    def at_flood(self, _request: Request) -> bool:
        self._raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(2000):
            self._raw(b"<p>x</p>" * 8192)
        return False

    def _send(self, method: str, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        given = {"Content-Type": "text/html", "Content-Length": str(len(body)), **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        self._raw(f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + (b"" if method == "HEAD" else body))

    def _raw(self, text: bytes) -> None:
        self.wfile.write(text)
        self.wfile.flush()
        self.story.sent += len(text)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256


@contextmanager
def loopback(certificate: Path | None = None) -> Iterator[Loopback]:
    """Serve until the test is over, securely where there is a certificate."""
    handler = type("Handler", (_Handler,), {})
    with _Server(("127.0.0.1", 0), handler) as server:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        story = Loopback(f"http{'s' if certificate else ''}://127.0.0.1:{server.server_address[1]}")
        handler.story = story  # type: ignore[attr-defined] # made just above
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield story
        server.shutdown()


def closed_port() -> int:
    """Find a port where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
