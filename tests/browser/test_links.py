"""Every link of the built site, followed from the home page as a crawler does."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from small_sites import place, run_build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from visits import Visit

_ADDRESSES = frozenset({"href", "src"})
_NOT_FETCHED = frozenset({"canonical"})
"""Relations of a `<link>` that name an address without loading it."""


class AddressReader(HTMLParser):
    """Collects what a page links to or loads, and the ids that others can link to."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses and ids of one element."""
        values = {name: value or "" for name, value in attrs}
        self.ids.update({values[name] for name in ("id", "name") if name in values})
        if tag == "link" and values.get("rel") in _NOT_FETCHED:
            return
        self.addresses += [values[name] for name in sorted(_ADDRESSES & values.keys())]


@dataclass
class Crawl:
    """What a walk over all links of a site found."""

    site: str
    status: dict[str, int] = field(default_factory=dict)
    """By address without fragment."""
    ids: dict[str, set[str]] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Page and what it links to within the site, both absolute."""

    def walk(self) -> None:
        """Follow every link from the home page until there is none left."""
        waiting = [self.site]
        while waiting:
            url = waiting.pop()
            if url in self.status:
                continue
            html = self._fetch(url)
            for to in self._addresses(url, html):
                self.links.append((url, to))
                waiting.append(urldefrag(to).url)

    def _fetch(self, url: str) -> str:
        try:
            with urllib.request.urlopen(url) as answer:  # noqa: S310 - an address of our own server
                self.status[url] = answer.status
                is_html = answer.headers.get_content_type() == "text/html"
                return answer.read().decode() if is_html else ""
        except urllib.error.HTTPError as refusal:
            with refusal:
                self.status[url] = refusal.code
            return ""

    def _addresses(self, url: str, html: str) -> list[str]:
        reader = AddressReader()
        reader.feed(html)
        self.ids[url] = reader.ids
        absolute = (urljoin(url, address) for address in reader.addresses)
        return [address for address in absolute if address.startswith(self.site)]


@pytest.fixture(scope="module")
def crawl(site: str) -> Crawl:
    """Walk over the whole site once."""
    crawl = Crawl(site)
    crawl.walk()
    return crawl


def test_every_link_within_the_site_is_answered(crawl: Crawl) -> None:
    broken = {(page, to) for page, to in crawl.links if crawl.status[urldefrag(to).url] != 200}
    assert sorted(broken) == []


def test_every_anchor_that_a_link_names_is_there(crawl: Crawl) -> None:
    named = {(page, *urldefrag(to)) for page, to in crawl.links}
    dead = {(page, url, anchor) for page, url, anchor in named if unquote(anchor) not in {"", *crawl.ids[url]}}
    assert sorted(dead) == []


def test_every_page_can_be_reached_from_the_home_page(
    crawl: Crawl, built_site: Path, built_site_files: tuple[str, ...]
) -> None:
    reached = {unquote(urlsplit(url).path).lstrip("/") for url in crawl.status}
    pages = {
        name.removesuffix("index.html")
        for name in built_site_files
        if name.endswith("/index.html") and "http-equiv=" not in (built_site / name).read_text(encoding="utf-8")
    }
    assert sorted(pages - reached) == []


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_an_old_address_leads_on_with_its_fragment_where_scripts_run(
    visit: Callable[..., Visit], serve: Callable[[Path], str], tmp_path: Path, scripts: bool
) -> None:
    place("full", tmp_path / "kb")
    run_build(tmp_path / "kb")
    reader = visit(at=serve(tmp_path / "kb/site"), scripts=scripts)
    reader.may_complain = True  # a browser that stays for a moment asks for an icon
    reader.open("lines/rising/#sources")
    reader.page.wait_for_url("**/lines/why-rise/#sources" if scripts else "**/lines/why-rise/")
    html = (tmp_path / "kb/site/lines/rising/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://bread.example/kb/lines/why-rise/">' in html
