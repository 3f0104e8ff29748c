"""`inquiry serve` as an author has it open all day: edits show, and no slip of the pen ends it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MINIMAL = Path(__file__).parent / "sites/minimal"
PATIENCE = 60.0
"""Seconds until a page must have changed; it takes about two."""


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """Make the smallest knowledge base there is."""
    shutil.copytree(MINIMAL, tmp_path / "garden")
    (tmp_path / "garden/docs").mkdir()
    return tmp_path / "garden"


@pytest.fixture
def server(garden: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Serve it on a free port, and end the server whatever happens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code = "from inquiry.cli import main; main()"
    typed = [sys.executable, "-c", code, "serve", "-f", str(garden / "mkdocs.yml"), "-a", f"127.0.0.1:{port}"]
    with (
        (garden / "log.txt").open("wb") as log,
        subprocess.Popen(typed, stdout=log, stderr=log, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}) as process,
    ):
        try:
            yield process, f"http://127.0.0.1:{port}/"
        finally:
            process.kill()


def wait_for(page: str, wanted: Callable[[str], bool], process: subprocess.Popen[bytes]) -> str:
    """Ask for a page until it says what is wanted."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the server has ended"
        try:
            with urlopen(page, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
                html = answer.read().decode()
        except (URLError, ConnectionError):
            html = ""
        if wanted(html):
            return str(html)
        time.sleep(0.2)
    pytest.fail(f"{page} never changed as it should")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows interrupts otherwise")
def test_an_edit_shows_a_slip_does_no_harm_and_ctrl_c_ends_it(
    garden: Path, server: tuple[subprocess.Popen[bytes], str]
) -> None:
    process, address = server
    page, note = f"{address}notes/salt/", garden / "notes/salt.md"
    wait_for(page, lambda html: "slows the yeast" in html, process)

    note.write_text("---\ntitle: Salt\n---\nSalt hurries nobody.\n", encoding="utf-8")
    wait_for(page, lambda html: "hurries nobody" in html, process)

    note.write_text('---\ntitle: "Salt\ntags: [\n---\nSalt is still here.\n', encoding="utf-8")
    wait_for(page, lambda html: "still here" in html, process)
    wait_for(page, lambda html: 'class="findings"' in html and "cannot be read" in html, process)

    (garden / "notes/pepper.md").write_text("# Pepper\n\nBurns, unlike [[salt]].\n", encoding="utf-8")
    wait_for(f"{address}notes/pepper/", lambda html: "Burns" in html, process)
    wait_for(page, lambda html: "../../notes/pepper/" in html, process)

    note.unlink()
    slip = wait_for(f"{address}notes/pepper/", lambda html: 'class="dangling"' in html, process)
    assert "does not name a note or a line" in slip, "the page says what is wrong with it"

    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) in {0, 130, -signal.SIGINT}
    log = (garden / "log.txt").read_text(encoding="utf-8")
    assert "Traceback" not in log
