"""An editor for tests: starts the server as a process and speaks the protocol with it, message by message."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 30.0
"""Longest wait for an answer; all come in a fraction of one second."""

CAPABILITIES: dict[str, Any] = {
    "workspace": {
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
    "textDocument": {"rename": {"prepareSupport": True}, "publishDiagnostics": {"relatedInformation": True}},
}


class RefusedError(Exception):
    """A request that the server answered with an error."""


class Client:
    """One editor with its server."""

    def __init__(self, root: Path, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        self.root = root
        self.process = subprocess.Popen(
            [sys.executable, "-m", "inquiry", "lsp", *arguments],
            cwd=root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._errors: list[bytes] = []
        self.news: list[dict[str, Any]] = []
        """Everything that was not an answer, in order."""
        self._number = 0
        self._threads = [threading.Thread(target=one, daemon=True) for one in (self._listen, self._overhear)]
        for thread in self._threads:
            thread.start()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                assert name in {b"Content-Length", b"Content-Type"}, line
                length = int(value) if name == b"Content-Length" else length
            if not line:
                return
            self._messages.put(json.loads(stream.read(length)))

    def _overhear(self) -> None:
        assert self.process.stderr is not None
        self._errors.extend(self.process.stderr)

    @property
    def errors(self) -> str:
        """What the server wrote to standard error."""
        return b"".join(self._errors).decode(errors="replace")

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def notify(self, method: str, params: Any) -> None:
        """Send news."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and wait for its answer."""
        self._number += 1
        mine = self._number
        self._send({"id": mine, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == mine and "method" not in message:
                if "error" in message:
                    raise RefusedError(message["error"]["message"])
                return message["result"]

    def _next(self) -> dict[str, Any]:
        try:
            message = self._messages.get(timeout=SECONDS)
        except queue.Empty:
            raise TimeoutError(self.errors) from None
        if "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        if "method" in message:
            self.news.append(message)
        return message

    def begin(self, encodings: list[str] | None = None, **capabilities: Any) -> dict[str, Any]:
        """Introduce itself, and return what the server can do."""
        general = {"general": {"positionEncodings": encodings}} if encodings else {}
        params = {
            "processId": None,
            "rootUri": self.root.as_uri(),
            "capabilities": {**CAPABILITIES, **capabilities, **general},
        }
        answer = self.ask("initialize", params)
        self.notify("initialized", {})
        found: dict[str, Any] = answer["capabilities"]
        return found

    def end(self) -> int:
        """Say goodbye, and return the exit code."""
        self.ask("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(timeout=SECONDS)

    def kill(self) -> None:
        """End the server, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=SECONDS)
        for thread in self._threads:
            thread.join(SECONDS)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    # -- files ------------------------------------------------------------------------------------------------------

    def uri(self, path: str) -> str:
        """Spell the URI of a file."""
        return (self.root / path).as_uri()

    def open(self, path: str, text: str | None = None) -> None:
        """Open a file, with the text that it has on disk or with another."""
        shown = (self.root / path).read_bytes().decode("utf-8-sig") if text is None else text
        document = {"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": shown}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, path: str, version: int, *changes: dict[str, Any]) -> None:
        """Change an open file."""
        which = {"uri": self.uri(path), "version": version}
        self.notify("textDocument/didChange", {"textDocument": which, "contentChanges": list(changes)})

    def at(self, path: str, line: int, character: int, **more: Any) -> dict[str, Any]:
        """Name a place, lines and columns from 0."""
        place = {"line": line, "character": character}
        return {"textDocument": {"uri": self.uri(path)}, "position": place, **more}

    def diagnostics(self, path: str, version: int | None = None) -> list[dict[str, Any]]:
        """Wait for findings in a file, in this state of it, that have not been waited for yet."""
        uri, until = self.uri(path), time.monotonic() + SECONDS
        while time.monotonic() < until:
            for message in self.news:
                params = message.get("params", {})
                if message["method"] != "textDocument/publishDiagnostics" or params["uri"] != uri:
                    continue
                if version is None or params.get("version") == version:
                    self.news.remove(message)
                    found: list[dict[str, Any]] = params["diagnostics"]
                    return found
            self._next()
        raise TimeoutError(self.errors)
