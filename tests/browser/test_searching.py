"""The search on the built site, in real Chromium: by keyboard, with filters, on a phone, without scripts."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from small_sites import SITES, run_build
from visits import NARROW, Visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page, Request

pytestmark = pytest.mark.browser

WORD = "instruction"
"""Many notes and lines of our own knowledge base have it."""
MOST_BYTES = 300_000
"""What a reader may have to download until the first result is there."""


def opened(reader: Visit, key: str = "/", path: str = "about/") -> Page:
    """Open a page and, by a key, the search on it."""
    reader.open(path)
    reader.page.keyboard.press(key)
    expect(reader.page.locator("dialog.search")).to_be_visible()
    return reader.page


def results(page: Page, words: str = WORD) -> Locator:
    """Type words and wait for what is found."""
    page.keyboard.type(words)
    found = page.locator(".search__result")
    found.first.wait_for()
    return found


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_a_key_opens_the_search_and_puts_the_cursor_into_it(visit: Callable[..., Visit], key: str) -> None:
    page = opened(visit(), key)
    expect(page.get_by_role("searchbox", name="Search this site")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).to_be_hidden()


def test_the_link_in_the_header_opens_it_and_gets_the_focus_back(visit: Callable[..., Visit]) -> None:
    reader = visit()
    reader.open("about/")
    link = reader.page.get_by_role("button", name="Search")
    link.focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_role("dialog", name="Search")).to_be_visible()
    reader.page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_a_slash_in_the_search_box_is_a_slash(visit: Callable[..., Visit]) -> None:
    page = opened(visit())
    page.keyboard.type("and/or")
    expect(page.locator(".search__input")).to_have_value("and/or")


def test_arrows_lead_through_the_results_and_enter_opens_one(visit: Callable[..., Visit]) -> None:
    reader = visit()
    page = opened(reader)
    found = results(page)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ results$"))
    page.keyboard.press("ArrowDown")
    expect(found.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".search__input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(found.nth(0)).to_be_focused()
    title = found.nth(0).locator(".search__title").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)


def test_a_result_says_what_it_is_and_where_the_word_stands(visit: Callable[..., Visit]) -> None:
    found = results(opened(visit()))
    expect(found.first.locator("mark").first).to_have_text(re.compile(WORD, re.IGNORECASE))
    expect(found.first.locator(".search__facts")).to_have_text(re.compile(r"^(Note|Line) · .+ · \d{4}$"))


def test_more_results_come_on_demand(visit: Callable[..., Visit]) -> None:
    page = opened(visit())
    found = results(page)
    expect(found).to_have_count(8)
    page.get_by_role("button", name="More results").click()
    expect(found.nth(8)).to_be_focused()


def test_filters_narrow_what_is_found(visit: Callable[..., Visit]) -> None:
    page = opened(visit())
    found = results(page)
    kind = page.get_by_label("Kind")
    lines = kind.locator("option", has_text="Line (")
    expect(lines).to_have_count(1)
    count = re.sub(r"\D", "", lines.inner_text())
    kind.select_option("line")
    expect(page.get_by_role("status")).to_have_text(f"{count} results")
    for facts in found.locator(".search__facts").all_inner_texts():
        assert facts.startswith("Line")
    year = page.get_by_label("Year")
    year.select_option(index=1)
    chosen = year.input_value()
    expect(found.first.locator(".search__facts")).to_contain_text(chosen)


def test_ordinary_pages_are_found_too(visit: Callable[..., Visit]) -> None:
    reader = visit()
    page = opened(reader, path="")
    found = results(page, "citation_style")
    href = found.first.get_attribute("href")
    assert href is not None
    assert "reference/settings/" in href


def test_nothing_found_leads_to_the_lists(visit: Callable[..., Visit]) -> None:
    page = opened(visit())
    page.keyboard.type("zzqxyzzy")
    expect(page.get_by_role("status")).to_have_text("Nothing found.")
    page.get_by_role("link", name="leaf through the lists").click()
    page.wait_for_url(re.compile(r"/lines/$"))


def test_without_scripts_the_link_leads_to_the_lists(visit: Callable[..., Visit]) -> None:
    reader = visit(scripts=False)
    reader.open("about/")
    assert reader.follow(reader.page.get_by_role("link", name="Search")) == "lines/"


def test_the_search_fits_a_small_phone(visit: Callable[..., Visit]) -> None:
    page = opened(visit(size=NARROW, touch=True))
    results(page)
    page.get_by_label("Topic").locator("option").nth(1).wait_for(state="attached")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]
    edges = page.locator(".search :visible").evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
    assert max(edges) <= NARROW["width"] + 1
    heights = page.locator(".search :is(button, select, input):visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(visit: Callable[..., Visit], dark: bool) -> None:
    page = opened(visit(dark=dark))
    found = results(page)
    page.wait_for_load_state("networkidle")  # every letter that was typed has had its answer
    mark = found.first.locator("mark").first
    marked = [luminance(mark.evaluate(f"one => getComputedStyle(one).{part}")) for part in ("color", "backgroundColor")]
    assert (max(marked) + 0.05) / (min(marked) + 0.05) >= 4.5
    ground = luminance(page.locator("dialog.search").evaluate("one => getComputedStyle(one).backgroundColor"))
    for part in (".search__title", ".search__facts", ".search__text"):
        ink = luminance(found.first.locator(part).evaluate("one => getComputedStyle(one).color"))
        assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5, part


def luminance(colour: str) -> float:
    """Give the relative luminance of a CSS colour (WCAG 2)."""
    red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", colour)[:3])
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_little_is_downloaded_until_the_first_result(visit: Callable[..., Visit]) -> None:
    reader = visit()
    asked: list[Request] = []
    reader.open("about/")
    reader.page.wait_for_load_state("networkidle")
    reader.page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 - it marks what it is given
    reader.page.keyboard.press("/")
    results(reader.page)
    sizes = [request.sizes()["responseBodySize"] for request in asked]
    assert len(sizes) > 4
    assert sum(sizes) < MOST_BYTES


def test_it_works_on_after_instant_navigation(
    visit: Callable[..., Visit], serve: Callable[[Path], str], tmp_path: Path
) -> None:
    shutil.copytree(SITES / "full", tmp_path / "full")
    config = tmp_path / "full/mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace(
        "  font: false\n", "  font: false\n  features: [navigation.instant]\n"
    )
    address = serve(tmp_path / "full/site")
    config.write_text(text.replace("https://bread.example/kb/", address), encoding="utf-8")
    run_build(tmp_path / "full")
    reader = visit(at=address)
    page = opened(reader, path="notes/starter/")
    page.evaluate("window.stayed = true")
    left = page.locator("h1").inner_text()
    results(page, "crumb").first.click()
    page.wait_for_url(lambda url: "notes/starter/" not in url)
    expect(page.locator("h1")).not_to_have_text(left)  # the address changes first, and a search opened then would close
    expect(page.locator("dialog.search")).to_be_hidden()
    assert page.evaluate("window.stayed") is True
    page.keyboard.press("/")
    page.locator(".search__input").fill("")
    found = results(page, "rye")
    found.first.click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.stayed") is True
    expect(page.locator("h1")).to_be_visible()


def test_quoted_markup_stays_text(visit: Callable[..., Visit], serve: Callable[[Path], str], tmp_path: Path) -> None:
    shutil.copytree(SITES / "full", tmp_path / "kb")
    (tmp_path / "kb/notes/markup.md").write_text(
        "---\ntitle: A `<img src=x onerror=pwned()>` title\nsummary: A <b>bold</b> one.\n---\n"
        "We write `<script>pwned()</script>` where the telltale stands.\n",
        encoding="utf-8",
    )
    run_build(tmp_path / "kb")
    reader = visit(at=serve(tmp_path / "kb/site"))
    page = opened(reader, path="notes/markup/")
    found = results(page, "telltale")
    expect(found.first.locator(".search__title")).to_contain_text("<img src=x onerror=pwned()>")
    expect(found.first.locator(".search__text")).to_contain_text("<script>pwned()</script> where")
    assert page.locator(".search__result :is(img, script, b)").count() == 0


def test_enter_opens_the_first_result(visit: Callable[..., Visit]) -> None:
    page = opened(visit())
    title = results(page).first.locator(".search__title").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)


def test_enter_before_the_results_have_come_waits_for_them(visit: Callable[..., Visit]) -> None:
    page = opened(visit())
    page.keyboard.type(WORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(lines|notes)/"))


@pytest.mark.parametrize("quoted", ["“%s”", "„%s“", "«%s»", "« %s »"])
def test_curly_quotes_ask_for_a_phrase_as_straight_ones_do(visit: Callable[..., Visit], quoted: str) -> None:
    page = opened(visit())
    results(page, '"chain of thought"')
    status = page.get_by_role("status")
    expect(status).to_have_text(re.compile(r"^\d+ results?$"))
    wanted = status.inner_text()
    page.locator(".search__input").fill("chain of thought")
    expect(status).not_to_have_text(wanted)
    page.locator(".search__input").fill(quoted % "chain of thought")
    expect(status).to_have_text(wanted)
