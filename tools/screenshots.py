"""Take the screenshots of docs/images/ from the site as it is built now."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture."""

    name: str
    page: str
    width: int = 1280
    height: int = 800
    scheme: str = "light"


SHOTS = (
    Shot("line-desktop", "lines/task-or-answer-shape/"),
    Shot("line-phone", "lines/task-or-answer-shape/", width=390, height=844),
    Shot("note-desktop", "notes/right-space-random-guess/"),
    Shot("home-dark", "", scheme="dark"),
)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve without a word."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Say nothing."""


def main() -> None:
    """Build the site, serve it on this machine and photograph it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([Path(sys.executable).with_name("inquiry"), "build", "-q", "-d", folder], cwd=ROOT, check=True)  # noqa: S603
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for shot in SHOTS:
                take(browser, f"http://127.0.0.1:{server.server_port}/", shot)
            browser.close()
        server.shutdown()


def take(browser: Browser, address: str, shot: Shot) -> None:
    """Photograph one page."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(address + shot.page)
    page.wait_for_load_state("networkidle")
    target = ROOT / "docs" / "images" / f"{shot.name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    context.close()


if __name__ == "__main__":
    main()
