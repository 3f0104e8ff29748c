#!/usr/bin/env python3
"""How fast external addresses are asked: 2,000 URLs on 20 loopback hosts that answer after 50 ms.

The floor is what no client can beat: 100 requests a host, 10 at a time, 50 ms each, is half a second.  Printed are
the time of asking alone, that of the whole command on a knowledge base with these links, and their ratios to the
floor measured in the same run by bare sockets.  The command is run as users have it, its compiled modules on disk,
whatever `PYTHONDONTWRITEBYTECODE` says here.  Linux as it stands: it listens on 127.0.1.1 to 127.0.1.20.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from inquiry.check.external.addresses import Address, read_address
from inquiry.check.external.answers import Question
from inquiry.check.external.errand import ask
from inquiry.garbage import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.synchronize import Event

HOSTS, EACH, CONNECTIONS, DELAY = 20, 100, 10, 0.05
PORT = 18300
_BODY = b"<!doctype html><title>Fine</title><p>Text</p>"
_HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(_BODY)}\r\n\r\n".encode()


class _Answering(asyncio.Protocol):
    """Answers each request after the delay."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.unread = b""

    def data_received(self, data: bytes) -> None:
        self.unread += data
        while b"\r\n\r\n" in self.unread:
            head, _, self.unread = self.unread.partition(b"\r\n\r\n")
            answer = _HEAD if head.startswith(b"HEAD") else _HEAD + _BODY
            asyncio.get_running_loop().call_later(DELAY, self.transport.write, answer)  # type: ignore[attr-defined]


def serve(ready: Event, seconds: float) -> None:
    """Serve on all hosts, for so long at most."""

    async def main() -> None:
        loop = asyncio.get_running_loop()
        for number in range(HOSTS):
            await loop.create_server(_Answering, f"127.0.1.{number + 1}", PORT, backlog=512)
        ready.set()
        await asyncio.sleep(seconds)

    asyncio.run(main())


def urls() -> list[str]:
    """List the addresses."""
    return [f"http://127.0.1.{host + 1}:{PORT}/page/{number}" for host in range(HOSTS) for number in range(EACH)]


async def bare() -> None:
    """Ask over bare sockets, as few words as HTTP takes: the floor of this machine."""

    async def connection(host: str) -> None:
        reader, writer = await asyncio.open_connection(host, PORT)
        for _ in range(EACH // CONNECTIONS):
            writer.write(f"GET /page HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            await reader.readexactly(len(_HEAD) + len(_BODY))
        writer.close()

    hosts = [f"127.0.1.{number + 1}" for number in range(HOSTS)]
    await asyncio.gather(*(connection(host) for host in hosts for _ in range(CONNECTIONS)))


def asked() -> None:
    """Ask as `--external` does."""
    addresses = [address for url in urls() if isinstance(address := read_address(url), Address)]
    with uncollected():  # as the command does
        answers = ask([Question(address) for address in addresses], allow_private=True)
    if any(answer.status != 200 for answer in answers.values()):  # noqa: PLR2004 - OK
        raise SystemExit("not every address answered")


def knowledge_base(folder: Path) -> None:
    """Write notes with all the addresses, 20 each."""
    (folder / "notes").mkdir()
    (folder / "mkdocs.yml").write_text("site_name: Bench\nplugins:\n  - inquiry:\n      levels: {orphan-note: off}\n")
    listed = urls()
    for start in range(0, len(listed), 20):
        links = "\n\n".join(f"See [this]({url})." for url in listed[start : start + 20])
        (folder / f"notes/note-{start}.md").write_text(f"# Note {start}\n\n{links}\n")


def command(folder: Path) -> None:
    """Run the whole command, nothing remembered."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    program = Path(sys.executable).with_name("inquiry")
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        [program, "check", "--external", "--allow-private"], cwd=folder, env=kept, check=True, stdout=subprocess.DEVNULL
    )


def timed(work: Callable[[], object], runs: int) -> list[float]:
    """Time a piece of work, the fastest run first."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return sorted(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    server = context.Process(target=serve, args=(ready, 300), daemon=True)
    server.start()
    try:
        ready.wait(30)
        floor = timed(lambda: asyncio.run(bare()), runs)
        with tempfile.TemporaryDirectory() as name:
            knowledge_base(Path(name))
            command(Path(name))  # compiles what has changed
            rows = {
                "bare sockets": floor,
                "asking alone": timed(asked, runs),
                "the whole command": timed(lambda: command(Path(name)), runs),
            }
    finally:
        server.terminate()
    print(
        f"{HOSTS * EACH:,} addresses, {HOSTS} hosts, {CONNECTIONS} connections each, {DELAY * 1000:.0f} ms, "
        f"{os.cpu_count()} processors, median of {runs}"
    )
    for what, times in rows.items():
        usual = statistics.median(times)
        ratio = usual / statistics.median(floor)
        print(f"{what:20} {usual:6.2f} s  {ratio:5.2f} of bare sockets  (best {times[0]:.2f} s)")


if __name__ == "__main__":
    main()
