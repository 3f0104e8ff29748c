"""How long an editor waits for `inquiry lsp`, beside the time that it takes to read one file.

    python benchmarks/lsp.py [--pages 1000 --pages 10000] [--edits 20] [--folder DIR]

Starts the server on a made-up knowledge base (see corpus.py), opens a line, types into it again and again, and asks
after each letter.  The reference is one full parse of that line in this very process, in the same run; figures are
medians in milliseconds, and how many such parses they are.  Findings count from the edit, the pause that the server
waits for included, which is named beside it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import Any

import click

from corpus import pages as made_up
from corpus import write
from inquiry.author.editor.lookout import PAUSE
from inquiry.corpus.model import Kind
from inquiry.corpus.read import MarkdownFile, parse_markdown

LINE = "lines/p000000.md"
BARS = {"completion": 50.0, "hover": 50.0, "definition": 50.0, "references": 50.0}
"""Milliseconds that an answer may take at 1,000 documents, as an author feels no delay below."""


class Conversation:
    """A server, and what has been said."""

    def __init__(self, root: Path) -> None:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        command = [sys.executable, "-m", "inquiry", "lsp"]
        self.process = subprocess.Popen(
            command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        self.root = root
        self.number = 0
        self.news: deque[dict[str, Any]] = deque()

    def send(self, method: str, params: Any, *, answered: bool = False) -> None:
        """Send a request or a piece of news."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if answered:
            self.number += 1
            message["id"] = self.number
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """Wait for the next message."""
        stream, length = self.process.stdout, 0
        while (line := stream.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            length = int(value) if name == b"Content-Length" else length
        if not line:
            raise SystemExit("the server has ended")
        received: dict[str, Any] = json.loads(stream.read(length))
        return received

    def ask(self, method: str, params: Any) -> Any:
        """Ask and wait for the answer."""
        self.send(method, params, answered=True)
        while True:
            message = self.receive()
            if message.get("id") == self.number:
                return message["result"]
            self.news.append(message)

    def findings(self, version: int) -> None:
        """Wait until a state of the line has been checked."""
        while True:
            message = self.news.popleft() if self.news else self.receive()
            params = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and params.get("version") == version:
                return


def at(uri: str, line: int, character: int, **more: Any) -> dict[str, Any]:
    """Name a place."""
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}, **more}


def typed(talk: Conversation, uri: str, version: int, line: int, text: str) -> None:
    """Put text at the end of the line's last line."""
    place = {"line": line, "character": 0}
    change = {"range": {"start": place, "end": {"line": line, "character": 999}}, "text": text}
    which = {"uri": uri, "version": version}
    talk.send("textDocument/didChange", {"textDocument": which, "contentChanges": [change]})


def measure(root: Path, edits: int) -> dict[str, list[float]]:
    """Type and ask, and give milliseconds by what was asked."""
    text = (root / LINE).read_text(encoding="utf-8")
    uri, last = (root / LINE).as_uri(), text.count("\n") + 1
    lines = text.split("\n")
    row = next(number for number, line in enumerate(lines) if "[[" in line)
    link = lines[row].index("[[") + 3
    times: dict[str, list[float]] = {}
    talk = Conversation(root)

    def timed(name: str, method: str, params: Any) -> None:
        begun = time.perf_counter()
        talk.ask(method, params)
        times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)

    try:
        begun = time.perf_counter()
        talk.ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}})
        talk.send("initialized", {})
        document = {"uri": uri, "languageId": "markdown", "version": 0, "text": text + "\n"}
        talk.send("textDocument/didOpen", {"textDocument": document})
        talk.findings(0)
        times["start"] = [(time.perf_counter() - begun) * 1000]
        for number in range(1, edits + 1):
            name = f"See [[p0{number:03}"
            typed(talk, uri, 2 * number - 1, last, name)
            timed("completion", "textDocument/completion", at(uri, last, len(name)))
            timed("hover", "textDocument/hover", at(uri, row, link))
            timed("definition", "textDocument/definition", at(uri, row, link))
            typed(talk, uri, 2 * number, last, f"{name}]] so.")
            context = {"includeDeclaration": True}
            timed("references", "textDocument/references", at(uri, row, link, context=context))
            begun = time.perf_counter()
            typed(talk, uri, 10_000 + number, last, f"{name}]] so {number}.")
            talk.findings(10_000 + number)
            times.setdefault("findings", []).append((time.perf_counter() - begun) * 1000)
        for number in range(3):
            timed("renaming", "textDocument/rename", at(uri, row, link, newName=f"fresh-name-{number}"))
    finally:
        talk.process.kill()
        talk.process.wait()
    return times


def parse_time(root: Path) -> float:
    """Give the milliseconds of one full parse of the line."""
    text = (root / LINE).read_text(encoding="utf-8")
    file = MarkdownFile(LINE, LINE.partition("/")[2], Kind.LINE)
    taken = []
    for _ in range(50):
        begun = time.perf_counter()
        parse_markdown(text, file, trusted=False)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


@click.command()
@click.option("--pages", "counts", multiple=True, type=int, default=(1000, 10000), show_default=True)
@click.option("--edits", default=20, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), help="Where to keep what is made.")
def main(counts: tuple[int, ...], edits: int, folder: Path | None) -> None:
    """Measure the language server."""
    with tempfile.TemporaryDirectory() as temporary:
        for count in counts:
            place = (folder or Path(temporary)) / str(count)
            if not place.exists():
                write(made_up(count), place)
            root = (place / "inquiry").absolute()
            times, parse = measure(root, edits), parse_time(root)
            print(f"{count:,} documents; one parse of a line takes {parse:.2f} ms")
            for name, taken in times.items():
                median = statistics.median(taken)
                beside = f"; {PAUSE * 1000:.0f} of them are the pause" if name == "findings" else ""
                beside += f"; bar {BARS[name]:.0f} ms at 1,000" if name in BARS else ""
                print(f"  {name:10} {median:8.1f} ms (slowest {max(taken):.1f}) {median / parse:8.1f} parses{beside}")


if __name__ == "__main__":
    main()
