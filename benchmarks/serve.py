"""How long it takes from a saved file to the served page, beside other site generators' servers.

    python benchmarks/serve.py [--pages 1000 --pages 10000] [--edits 5] [--rest 12] [--folder DIR] [--without hugo]

Starts each server on the same made-up knowledge base (see corpus.py), adds a sentence to a page again and again, and
asks for the page until it says so.  Each edit is followed at once by a second one, which meets a server that is still
busy with the first; then the server has `--rest` seconds to itself.  Prints medians and the slowest of both kinds.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import click

from corpus import pages as made_up
from corpus import write

PATIENCE = 300.0
"""Seconds after which a server is given up."""
PAGE = "p000001"

SERVERS = {
    "inquiry": ("inquiry", ["inquiry", "serve", "-a", "127.0.0.1:{port}"], "notes/{page}.md"),
    "hugo": ("hugo", ["hugo", "server", "--bind", "127.0.0.1", "--port", "{port}"], "content/notes/{page}.md"),
    "zensical": ("material", ["zensical", "serve", "-a", "127.0.0.1:{port}"], "docs/notes/{page}.md"),
}
"""For each its form of the corpus, its command, and the file that is edited."""


def served(port: int) -> str:
    """Ask for the page; empty when there is none yet."""
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", f"/notes/{PAGE}/")
        with connection.getresponse() as answer:
            return answer.read().decode(errors="replace") if answer.status == 200 else ""  # noqa: PLR2004 - HTTP's OK
    except (OSError, HTTPException):
        return ""


def wait_for(port: int, words: str, process: subprocess.Popen[bytes]) -> float:
    """Ask until the page says it, and return the seconds that took."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < PATIENCE:
        if words in served(port):
            return time.perf_counter() - begun
        if process.poll() is not None:
            break
        time.sleep(0.005)
    raise SystemExit("the server did not show the page")


def measure(name: str, folder: Path, edits: int, rest: float) -> tuple[list[float], list[float]]:
    """Edit a page and wait for it: rested, and busy."""
    form, command, edited = SERVERS[name]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    typed = [part.format(port=port) for part in command]
    path = folder / form / edited.format(page=PAGE)
    before = path.read_bytes()
    with subprocess.Popen(
        typed,
        cwd=folder / form,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment | {"NO_MKDOCS_2_WARNING": "1"},
    ) as process:
        try:
            print(f"  {name:10} first page after {wait_for(port, '<h1', process):.1f} s", flush=True)
            time.sleep(rest)
            times: tuple[list[float], list[float]] = ([], [])
            for number in range(edits):
                for busy in (0, 1):
                    words = f"Sentence{number}x{busy}x{time.time_ns()}"
                    with path.open("a", encoding="utf-8") as file:
                        file.write(f"\n{words}.\n")
                    times[busy].append(wait_for(port, words, process))
                    time.sleep(0 if busy else 0.5)
                time.sleep(rest)
        finally:
            process.terminate()
            path.write_bytes(before)
    return times


@click.command()
@click.option("--pages", "counts", multiple=True, type=int, default=(1000, 10000), show_default=True)
@click.option("--edits", default=5, show_default=True)
@click.option("--rest", default=12.0, show_default=True, help="Seconds between two pairs of edits.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to keep what is made.")
@click.option("--without", multiple=True, metavar="NAME", help="Leave one out; may be repeated.")
def main(counts: tuple[int, ...], edits: int, rest: float, folder: Path | None, without: tuple[str, ...]) -> None:
    """Compare previews."""
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    with tempfile.TemporaryDirectory() as temporary:
        for count in counts:
            place = (folder or Path(temporary)) / str(count)
            if not place.exists():
                write(made_up(count), place)
            print(f"{count:,} pages")
            for name, (_, command, _) in SERVERS.items():
                if name in without or not shutil.which(command[0]):
                    continue
                for kind, times in zip(("rested", "busy"), measure(name, place, edits, rest), strict=True):
                    print(f"    {kind:8} {statistics.median(times):6.3f} s, slowest {max(times):.3f} s", flush=True)


if __name__ == "__main__":
    main()
