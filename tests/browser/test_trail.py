"""Where a reader has been: kept in the address, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from small_sites import place, run_build
from visits import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from visits import Visit

pytestmark = pytest.mark.browser


def steps(url: str) -> list[str]:
    """Read the trail of an address."""
    trail = parse_qs(urlsplit(url).query).get("trail", [""])[0]
    return [step for step in trail.split(",") if step]


def walk(reader: Visit, a_line: str) -> tuple[str, str]:
    """Go from a line to a note and back to a line; return the places of the first and the second."""
    reader.open(a_line)
    assert steps(reader.page.url) == []
    assert reader.page.locator(".trail").count() == 0
    note = reader.follow(reader.page.locator("#sources .row__title a").first)
    reader.follow(reader.page.locator("#related .row__title a").first)
    return a_line, note


def test_a_trail_grows_in_the_address_and_leads_back(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    line, note = walk(reader, a_line)
    page = reader.page
    assert steps(page.url) == [line.strip("/"), note.strip("/")]
    trail = page.locator(".trail")
    expect(trail.locator("summary")).to_contain_text("2 pages")
    trail.locator("summary").click()
    expect(trail.locator("li").first).to_have_text(re.compile(r"[A-Z].*\?|[A-Z]"))
    assert reader.follow(trail.locator("li a").nth(1)) == note
    assert steps(page.url) == [line.strip("/")]


def test_a_trail_is_saved_as_markdown_and_stored_nowhere(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    line, note = walk(reader, a_line)
    page = reader.page
    page.locator(".trail summary").click()
    page.wait_for_load_state("networkidle")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as Markdown").click()
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert [f"{reader.site}{line}", f"{reader.site}{note}", f"{reader.site}{reader.place}"] == re.findall(
        r"^\d+\. \[.+\]\((.+)\)$", saved, re.MULTILINE
    )
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert note.strip("/") not in stored
    reader.follow(page.get_by_role("link", name="Leave the trail"))
    page.wait_for_url(re.compile(r"/$"))
    assert steps(page.url) == []


def test_links_are_written_as_they_were_once_they_are_followed(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(a_line)
    link = reader.page.locator("#sources .row__title a").first
    written = link.get_attribute("href")
    with reader.page.context.expect_page() as opened:
        link.click(modifiers=["ControlOrMeta"])
    assert steps(opened.value.url) == [a_line.strip("/")]
    expect(link).to_have_attribute("href", written or "")


def test_a_made_up_trail_harms_nobody(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(f"{a_line}?trail=javascript:alert(1),//evil.example/x,%3Cimg%20src=x%20onerror=alert(1)%3E,notes/x")
    links = reader.page.locator(".trail li a").evaluate_all("links => links.map(link => link.href)")
    assert all(link.startswith(reader.site) for link in links)
    assert reader.page.locator(".trail img").count() == 0


def test_a_node_of_the_neighbourhood_takes_the_trail_along(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(a_line)
    link = reader.page.locator("#neighbourhood a").first
    written = link.get_attribute("href")
    reader.page.evaluate("document.addEventListener('click', event => event.preventDefault())")
    link.click()
    expect(link).to_have_attribute("href", written or "")
    reader.open(a_line)
    reader.page.locator("#neighbourhood a").first.click()
    reader.page.wait_for_url(re.compile(r"\?trail="))
    assert steps(reader.page.url) == [a_line.strip("/")]


def test_a_result_of_the_search_takes_the_trail_along(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(a_line)
    reader.page.keyboard.press("/")
    reader.page.keyboard.type("instruction")
    reader.page.locator(".search__result").first.click()
    reader.page.wait_for_url(re.compile(r"\?trail="))
    assert steps(reader.page.url) == [a_line.strip("/")]


def test_the_drawer_of_a_phone_takes_the_trail_along(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit(size=PHONE, touch=True)
    reader.open(a_line)
    reader.page.locator('.md-header label[for="__drawer"]').tap()
    reader.page.locator(".md-nav--primary a:visible", has_text="Topics").first.tap()
    reader.page.wait_for_url(re.compile(r"/topics/\?trail="))
    assert steps(reader.page.url) == [a_line.strip("/")]


@pytest.mark.parametrize("served", [True, False], ids=["served", "from-files"])
def test_a_trail_grows_where_addresses_end_in_html(
    visit: Callable[..., Visit], serve: Callable[[Path], str], tmp_path: Path, served: bool
) -> None:
    place("full", tmp_path / "kb", {"use_directory_urls": False})
    run_build(tmp_path / "kb")
    site = tmp_path / "kb/site"
    reader = visit(at=serve(site) if served else f"{site.as_uri()}/")
    reader.may_complain = True  # Material's own search cannot be loaded from a file
    page = reader.page
    page.goto(f"{reader.site}lines/why-rise/index.html")
    note = reader.follow(page.locator("#sources .row__title a").first)
    assert steps(page.url) == ["lines/why-rise/index.html"]
    back = page.locator(".trail li a")
    page.locator(".trail summary").click()
    if not served:
        expect(back).to_have_text("why rise")  # a page cannot read another file for its title
    assert reader.follow(back) == "lines/why-rise/index.html" != note
