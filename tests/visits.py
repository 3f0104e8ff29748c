"""A reader's visits to the built site, and what such a visit must never do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page, ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 900}
MIDDLE: ViewportSize = {"width": 900, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 640}
LISTS = ("lines/", "notes/", "topics/", "sources/", "open-questions/")


@dataclass
class Visit:
    """A reader's page, and what it did that nobody should see."""

    site: str
    page: Page
    asked: list[str] = field(default_factory=list)
    """Addresses of all requests."""
    complaints: list[str] = field(default_factory=list)
    """Errors and warnings of the console, and uncaught exceptions."""
    may_complain: bool = False
    """Whether complaints are what the test is about."""

    @property
    def place(self) -> str:
        """The path of the page from the root of the site, whatever trail the address holds."""
        return place_of(self.page.url, self.site)

    def open(self, path: str) -> None:
        """Open a page of the site."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.ok, path

    def follow(self, link: Locator) -> str:
        """Click a link, wait for its page, and return that page's place."""
        place = place_of(link.evaluate("link => link.href"), self.site)
        link.click()
        self.page.wait_for_url(lambda url: place_of(url, self.site) == place)
        return place


def place_of(url: str, site: str) -> str:
    """Give the path of an address from the root of the site."""
    return unquote(url.removeprefix(site).partition("#")[0].partition("?")[0])


def documents(built_site: Path, kind: str) -> list[str]:
    """List the paths of all pages of a kind that are no redirects."""
    pages = sorted(built_site.glob(f"{kind}/*/index.html"))
    paths = [f"{kind}/{page.parent.name}/" for page in pages]
    return [path for path in paths if 'class="inquiry ' in text(built_site, path)]


def text(built_site: Path, path: str) -> str:
    """Read a page of the built site."""
    return (built_site / path / "index.html").read_text(encoding="utf-8")
