"""What a site's search costs: in the build, and its reader until the first result.

    python benchmarks/search.py [--pages 100 --pages 1000 --pages 10000] [--runs 3] [--folder DIR]

Builds one made-up knowledge base (see corpus.py) without search, with Pagefind's and with Material's, in turns, and
prints what a search adds to a cold build (seconds, processor time, peak memory of all processes together) and to
one in which nothing has changed.  Then a headless Chromium opens a list, presses the key for the search and types a
word of a title; what is printed is the time from that key to the first result, and what was downloaded for the
search until then, compressed as a web server does it.  Needs Debian's package chromium, or $CHROMIUM.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import sync_playwright

from corpus import pages as made_up
from corpus import write

KINDS = ("false", "pagefind", "material")
WORDS = 3
"""Words that are searched for, each by a reader who has been here never before."""
BOX = {"pagefind": ("/", ".search__result"), "material": ("/", ".md-search-result__link")}
"""Key that opens each, and where its results are."""
_OF_SEARCH = re.compile(r"/pagefind/|/search/|/workers/search|assets/search\.(?:js|css)")
_PACKED = (".html", ".js", ".css", ".json", ".svg")
_EVERY = 0.02
"""Seconds between two looks at how much memory is in use."""


@dataclass
class Cost:
    """What builds with one search took."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    unchanged: list[float] = field(default_factory=list)
    bytes: int = 0
    """Of the search's files in the site."""
    files: int = 0


def build(folder: Path) -> tuple[float, float, float]:
    """Build once; give seconds, processor seconds and the most megabytes of all processes together."""
    command = [str(Path(sys.executable).parent / "inquiry"), "build", "-q", "-f", str(folder / "mkdocs.yml")]
    begun = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ | {"NO_MKDOCS_2_WARNING": "1"}, setpgroup=0)
    most, done = 0.0, threading.Event()

    def look() -> None:
        nonlocal most
        while not done.wait(_EVERY):
            most = max(most, sum(_megabytes(child)))

    looker = threading.Thread(target=look)
    looker.start()
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - begun
    done.set()
    looker.join()
    if status:
        raise SystemExit(f"{' '.join(command)}: exits {os.waitstatus_to_exitcode(status)}")
    return seconds, used.ru_utime + used.ru_stime, most


def _megabytes(group: int) -> list[float]:
    """List what the processes of a group hold for themselves, shared pages counted by their share."""
    held = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rpartition(")")[2].split()[2]) == group:
                rollup = (path.parent / "smaps_rollup").read_text()
                held.append(int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) / 1024)  # type: ignore[index]
        except (OSError, ValueError, TypeError):
            continue
    return held


def measure_builds(folder: Path, runs: int) -> dict[str, Cost]:
    """Build in turns, so that a busy machine is busy for all."""
    costs = {kind: Cost() for kind in KINDS}
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    for _ in range(runs):
        for kind, cost in costs.items():
            for made in ("site", ".cache"):
                shutil.rmtree(folder / made, ignore_errors=True)
            (folder / "mkdocs.yml").write_text(re.sub(r"search: \w+", f"search: {kind}", config), encoding="utf-8")
            seconds, processor, megabytes = build(folder)
            cost.seconds.append(seconds)
            cost.processor.append(processor)
            cost.megabytes = max(cost.megabytes, megabytes)
            cost.unchanged.append(build(folder)[0])
            files = [path for name in ("pagefind", "search") for path in (folder / "site" / name).rglob("*.*")]
            cost.bytes, cost.files = sum(path.stat().st_size for path in files), len(files)
            shutil.rmtree(folder / f"site-{kind}", ignore_errors=True)
            (folder / "site").rename(folder / f"site-{kind}")
    return costs


class Packing(SimpleHTTPRequestHandler):
    """Serves files, compressed where a web server would."""

    def do_GET(self) -> None:
        """Answer."""
        path = Path(self.translate_path(self.path.partition("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix not in _PACKED:
            super().do_GET()
            return
        body = _packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the method it replaces
        """Say nothing."""


@lru_cache(maxsize=64)
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


def measure_reader(site: Path, kind: str, words: list[str]) -> tuple[float, float]:
    """Give the median seconds to the first result, and the median kilobytes that were downloaded for it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Packing, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    key, results = BOX[kind]
    waits, sizes = [], []
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox"])
        for word in words:
            context = browser.new_context()
            page, asked = context.new_page(), []
            page.on("requestfinished", lambda request, asked=asked: asked.append(request))
            page.goto(f"{address}notes/")
            page.wait_for_load_state()
            begun = time.perf_counter()
            page.keyboard.press(key)
            page.keyboard.type(word)
            page.locator(results).first.wait_for(timeout=300_000)
            waits.append(time.perf_counter() - begun)
            ours = [request for request in asked if _OF_SEARCH.search(request.url)]
            sizes.append(sum(request.sizes()["responseBodySize"] for request in ours) / 1000)
            context.close()
        browser.close()
    server.shutdown()
    return statistics.median(waits), statistics.median(sizes)


def show(count: int, costs: dict[str, Cost], folder: Path, words: list[str]) -> None:
    """Print what each search adds."""
    bare = costs["false"]
    seconds, processor = statistics.median(bare.seconds), statistics.median(bare.processor)
    print(f"{count:,} pages: without search {seconds:.1f} s, {processor:.1f} s of processors, {bare.megabytes:.0f} MB")
    for kind in KINDS[1:]:
        cost = costs[kind]
        wait, size = measure_reader(folder / f"site-{kind}", kind, words)
        print(
            f"  {kind:9} cold {statistics.median(cost.seconds) - seconds:+6.1f} s"
            f" ({statistics.median(cost.processor) - processor:+.1f} s of processors,"
            f" {cost.megabytes - bare.megabytes:+.0f} MB),"
            f" unchanged {statistics.median(cost.unchanged) - statistics.median(bare.unchanged):+.2f} s;"
            f" {cost.files:,} files, {cost.bytes / 1e6:.1f} MB;"
            f" first result after {wait:.2f} s and {size:.0f} kB"
        )


@click.command()
@click.option("--pages", "counts", multiple=True, type=int, default=(100, 1000, 10000), show_default=True)
@click.option("--runs", default=3, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), help="Where to keep what is made.")
def main(counts: tuple[int, ...], runs: int, folder: Path | None) -> None:
    """Compare searches."""
    with tempfile.TemporaryDirectory() as temporary:
        for count in counts:
            place = (folder or Path(temporary)) / str(count)
            made = made_up(count)
            if not place.exists():
                write(made, place)
            titles = [page.title for page in made if not page.is_line][:: max(1, len(made) // WORDS)][:WORDS]
            words = [max(re.findall(r"\w+", title), key=len).lower() for title in titles]
            show(count, measure_builds(place / "inquiry", runs), place / "inquiry", words)


if __name__ == "__main__":
    main()
