"""What a reader does on the built site, in real Chromium: read, follow, search, turn the lights off."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from visits import LISTS, NARROW, Visit, documents, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

SCHEME = "data-md-color-scheme"
TITLE = re.compile(r"<title>(.*?)</title>")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_reader_goes_from_a_line_to_its_note_and_back_and_on(
    visit: Callable[..., Visit], a_line: str, scripts: bool
) -> None:
    reader = visit(scripts=scripts)
    page = reader.page
    reader.open(a_line)
    question = page.locator("h1").inner_text()
    citation = page.locator("a.citation[data-note]").first
    note = citation.get_attribute("data-note")

    assert reader.follow(citation) == f"notes/{note}/"
    assert page.locator("h1").inner_text() != question

    back = page.locator(f'#cited-by a[href*="{a_line}"]').first
    assert reader.follow(back) == a_line
    expect(page.locator("h1")).to_have_text(question)

    onward = reader.follow(page.locator("#next-lines h3 a").first)
    assert onward.startswith("lines/")
    assert onward != a_line


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_source_leads_back_to_the_place_that_cites_it(
    visit: Callable[..., Visit], a_line: str, scripts: bool
) -> None:
    reader = visit(scripts=scripts)
    reader.open(a_line)
    place = reader.page.locator("#sources .places a").first
    reader.follow(place)
    target = unquote(reader.page.url.partition("#")[2])
    expect(reader.page.locator(f'[id="{target}"]')).to_be_in_viewport()


@pytest.mark.parametrize("dark", [False, True], ids=["light-system", "dark-system"])
def test_the_colours_follow_the_system_then_the_reader(visit: Callable[..., Visit], a_line: str, dark: bool) -> None:
    system, chosen = ("slate", "default") if dark else ("default", "slate")
    reader = visit(dark=dark)
    body = reader.page.locator("body")
    reader.open(a_line)
    expect(body).to_have_attribute(SCHEME, system)
    paper = colour(body)
    reader.page.locator('[data-md-component="palette"] label:visible').click()
    expect(body).to_have_attribute(SCHEME, chosen)
    expect(body).not_to_have_css("background-color", paper)

    reader.follow(reader.page.locator("a.citation[data-note]").first)
    expect(body).to_have_attribute(SCHEME, chosen)
    reader.page.reload()
    expect(body).to_have_attribute(SCHEME, chosen)


def colour(element: Locator) -> str:
    """Read the colour behind an element."""
    return str(element.evaluate("element => getComputedStyle(element).backgroundColor"))


def test_search_finds_a_note_by_a_word_of_its_title(visit: Callable[..., Visit], built_site: Path) -> None:
    word, place = a_telling_word(built_site)
    reader = visit()
    reader.open("")
    page = reader.page
    page.locator(".search-link").click()
    page.keyboard.type(word)
    result = page.locator(f'#search-results a[href*="{place}"]').first
    result.wait_for()
    result.click()
    page.wait_for_url(lambda url: unquote(urlsplit(url).path) == f"/{place}")
    expect(page.locator("h1")).to_contain_text(re.compile(re.escape(word), re.IGNORECASE))


def a_telling_word(built_site: Path) -> tuple[str, str]:
    """Find a word that the title of one note alone has, and that note's path."""
    titles = {path: TITLE.findall(text(built_site, path))[0].lower() for path in documents(built_site, "notes")}
    words = {place: re.findall(r"[a-z]{8,}", title) for place, title in titles.items()}
    often = Counter(word for found in words.values() for word in set(found))
    return next((word, place) for place in sorted(words) for word in words[place] if often[word] == 1)


def test_no_page_asks_another_host_or_complains(
    visit: Callable[..., Visit], a_line: str, a_note: str, built_site: Path
) -> None:
    """The checks themselves stand at the end of every visit."""
    reader = visit()
    paths = ["", *LISTS, a_line, a_note, "about/"]
    paths += documents(built_site, "topics")[:1] + documents(built_site, "sources")[:1]
    for path in paths:
        reader.open(path)
        reader.page.wait_for_load_state("networkidle")
    assert len(reader.asked) > len(paths)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_nothing_is_wider_than_a_small_phone(
    visit: Callable[..., Visit], a_line: str, a_note: str, scripts: bool
) -> None:
    reader = visit(size=NARROW, scripts=scripts)
    for path in ("", *LISTS, a_line, a_note):
        reader.open(path)
        width = reader.page.evaluate("document.scrollingElement.scrollWidth")
        assert width <= NARROW["width"], f"{path or 'home'} is {width} px wide"


def test_a_missing_page_is_an_error_that_the_visit_would_report(visit: Callable[..., Visit], site: str) -> None:
    """Without this, the silence of the other tests would prove nothing."""
    reader = visit()
    reader.may_complain = True
    reader.page.goto(f"{site}no-such-page/")
    reader.page.wait_for_load_state("networkidle")
    assert reader.complaints


def test_the_button_that_copies_does_not_touch_the_rule_below_it(visit: Callable[..., Visit], a_note: str) -> None:
    reader = visit()
    reader.open(a_note)
    button = reader.page.locator("#cite-this .copy").first.bounding_box()
    below = reader.page.locator("#cite-this .export").first.bounding_box()
    assert button is not None
    assert below is not None
    assert below["y"] - button["y"] - button["height"] >= 8
