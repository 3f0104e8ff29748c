"""The card of a citation: by mouse, keyboard and touch, in the margin, and with scripts off."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from visits import MIDDLE, NARROW, PHONE, WIDE, Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page, ViewportSize

pytestmark = pytest.mark.browser

COARSE = 44
"""Pixels that a finger needs."""
APART = 4
"""Pixels by which a card may miss the line of its claim: a hairline and its space."""


def rects(link: Locator) -> list[dict[str, float]]:
    """Read the boxes of a link, one a line."""
    found: list[dict[str, float]] = link.evaluate("link => [...link.getClientRects()].map(rect => rect.toJSON())")
    return found


def box(element: Locator) -> dict[str, float]:
    """Read the box of an element in the window."""
    found: dict[str, float] = element.evaluate("element => element.getBoundingClientRect().toJSON()")
    return found


def covers(card: Locator, link: Locator) -> bool:
    """Tell whether a card lies over a link."""
    over = box(card)
    return any(
        over["left"] < line["right"]
        and line["left"] < over["right"]
        and over["top"] < line["bottom"]
        and line["top"] < over["bottom"]
        for line in rects(link)
    )


def passage_citation(page: Page) -> Locator:
    """Find a citation that names a passage."""
    return page.locator('.essay .citation[href*="#%5E"]').first


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW], ids=["wide", "middle", "narrow"])
def test_pointing_at_a_citation_opens_its_card_beside_the_words_and_never_over_them(
    visit: Callable[..., Visit], a_line: str, size: ViewportSize
) -> None:
    reader = visit(size=size)
    reader.open(a_line)
    card = reader.page.locator(".card")
    for citation in reader.page.locator(".essay .citation").all()[:4]:
        citation.hover()
        expect(card).to_be_visible()
        expect(card.locator(".peek__title")).to_have_text(re.compile(r"\S"))
        assert not covers(card, citation)
        assert box(card)["left"] >= 0
        assert box(card)["right"] <= size["width"]
        assert box(card)["bottom"] <= size["height"]
        reader.page.keyboard.press("Escape")
        expect(card).to_be_hidden()


def test_the_card_stays_while_the_pointer_is_in_it_and_closes_when_it_leaves(
    visit: Callable[..., Visit], a_line: str
) -> None:
    reader = visit(size=MIDDLE)
    reader.open(a_line)
    page, card = reader.page, reader.page.locator(".card")
    page.locator(".essay .citation").first.hover()
    card.hover()
    page.wait_for_timeout(300)
    expect(card).to_be_visible()
    page.mouse.move(2, 2)
    expect(card).to_be_hidden()


def test_a_pointer_that_only_passes_opens_nothing(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(a_line)
    page = reader.page
    citation = page.locator(".essay .citation").first
    citation.scroll_into_view_if_needed()
    page.evaluate("window.opened = 0; document.querySelector('.card').addEventListener('toggle', () => opened++)")
    line = rects(citation)[0]
    page.mouse.move(line["left"] + 5, line["top"] + 5)
    page.mouse.move(2, 2)
    page.wait_for_timeout(300)
    assert page.evaluate("opened") == 0


def test_a_card_quotes_the_passage_that_its_citation_names(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(a_line)
    citation = passage_citation(reader.page)
    citation.hover()
    quoted = reader.page.locator(".card blockquote").inner_text()
    reader.follow(citation)
    anchor = unquote(reader.page.url.partition("#")[2])
    passage = " ".join(reader.page.locator(f'[id="{anchor}"]').inner_text().split())
    assert " ".join(quoted.split()).rstrip("…")[:200] in passage


def test_the_keyboard_opens_and_closes_a_card_and_still_follows_the_link(
    visit: Callable[..., Visit], a_line: str
) -> None:
    reader = visit(size=MIDDLE)
    reader.open(a_line)
    page, card = reader.page, reader.page.locator(".card")
    page.locator(".essay").evaluate("essay => { essay.tabIndex = -1; essay.focus(); }")
    page.keyboard.press("Tab")
    citation = page.locator(":focus")
    expect(citation).to_have_class(re.compile("citation"))
    expect(card).to_be_visible()
    assert not covers(card, citation)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(citation).to_be_focused()
    page.wait_for_timeout(300)
    expect(card).to_be_hidden()
    page.keyboard.press("Tab")
    expect(card).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/notes/"))


def test_a_finger_opens_a_sheet_with_a_handle_and_a_button_that_closes_it(
    visit: Callable[..., Visit], a_line: str
) -> None:
    reader = visit(size=PHONE, touch=True)
    reader.open(a_line)
    page, card = reader.page, reader.page.locator(".card")
    citation = page.locator(".essay .citation").first
    citation.tap()
    expect(card).to_be_visible()
    assert reader.place == a_line
    assert box(card)["bottom"] == PHONE["height"]
    assert box(card)["width"] == PHONE["width"]
    assert not covers(card, citation)
    expect(card.locator(".card__handle")).to_be_visible()
    expect(card).to_be_focused()
    button = box(card.get_by_role("button", name="Close"))
    assert min(button["width"], button["height"]) >= COARSE
    assert box(card.locator(".peek__title a"))["height"] >= COARSE

    card.get_by_role("button", name="Close").tap()
    expect(card).to_be_hidden()
    expect(citation).to_be_focused()

    citation.tap()
    title = card.locator(".peek__title a")
    title.tap()
    page.wait_for_url(re.compile("/notes/"))


def test_a_sheet_closes_when_it_is_pulled_down(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit(size=PHONE, touch=True)
    reader.open(a_line)
    page, card = reader.page, reader.page.locator(".card")
    page.locator(".essay .citation").first.tap()
    handle = box(card.locator(".card__handle"))
    at = handle["left"] + handle["width"] / 2, handle["top"] + handle["height"] / 2
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0], at[1] + 90, steps=4)
    page.mouse.up()
    expect(card).to_be_hidden()


def test_on_a_note_a_card_says_how_it_bears_on_what_it_links_to(visit: Callable[..., Visit], a_note: str) -> None:
    reader = visit()
    reader.open(a_note)
    peek = reader.page.locator(".peek:has(.peek__relation)").first
    href = peek.locator("a").get_attribute("href")
    reader.page.locator(f'.essay .note-link[href="{href}"]').first.hover()
    card = reader.page.locator(".card")
    expect(card).to_be_visible()
    expect(card.locator(".peek__relation")).to_have_text(peek.locator(".peek__relation").text_content() or "")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_on_a_wide_page_the_sources_stand_beside_their_claims_in_order(
    visit: Callable[..., Visit], a_line: str, scripts: bool
) -> None:
    reader = visit(scripts=scripts)
    reader.open(a_line)
    peeks = reader.page.locator(".peek--source").all()
    boxes = [box(peek) for peek in peeks]
    assert all(above["bottom"] <= below["top"] for above, below in pairwise(boxes))
    text = box(reader.page.locator(".essay"))
    assert all(each["left"] >= text["right"] for each in boxes)
    first = box(reader.page.locator('.citation[style$="--p1"]'))
    assert abs(boxes[0]["top"] - first["top"]) <= APART
    about = box(reader.page.locator(".about"))
    assert about["top"] >= max(boxes[-1]["bottom"], text["bottom"])


def test_every_cited_note_and_passage_has_one_card(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit(scripts=False)
    reader.open(a_line)
    page = reader.page
    cited = page.locator(".essay .citation, .takeaway .citation").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    cards = page.locator(".peek__title a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(cards) == len(set(cards))
    assert set(cited) <= set(cards)


def test_the_source_of_what_is_being_read_is_marked(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(a_line)
    active = reader.page.locator(".peek.is-active a")
    seen = []
    for citation in reader.page.locator('.citation[style*="anchor-name"]').all()[:3]:
        citation.evaluate("link => scrollTo(0, link.getBoundingClientRect().top + scrollY - innerHeight * 0.4)")
        expect(active).to_have_attribute("href", citation.get_attribute("href") or "")
        seen.append(active.get_attribute("href"))
    assert len(set(seen)) == len(seen)


def test_what_a_note_links_to_is_said_in_brief_without_scripts(visit: Callable[..., Visit], a_note: str) -> None:
    reader = visit(scripts=False, size=NARROW)
    reader.open(a_note)
    expect(reader.page.locator(".peek").first).to_be_visible()
