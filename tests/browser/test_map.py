"""The map of everything in real Chromium: moved, searched, walked by keyboard, and read without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from visits import NARROW, PHONE, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page, ViewportSize

    from visits import Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(visit: Callable[..., Visit]) -> Visit:
    """Open the map, with scripts, on a wide screen."""
    return opened(visit())


def opened(reader: Visit) -> Visit:
    reader.open("map/")
    reader.page.wait_for_selector(".map--live [data-drawn], .map--live[data-drawn]", state="attached")
    return reader


def view_of(page: Page) -> tuple[float, float, float]:
    """Read where the map is on the screen, and how many times its whole size."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    x, y, closeness = (float(part) for part in (frame(page).get_attribute("data-view") or "").split())
    return x, y, closeness


def frame(page: Page) -> Locator:
    return page.locator("[data-map]")


def middle(page: Page) -> tuple[float, float]:
    box = page.locator(".map__canvas").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def place_of_mark(page: Page, href: str) -> tuple[float, float]:
    """Tell where a mark is on the screen."""
    box = page.locator(".map__canvas").bounding_box()
    width = float(frame(page).get_attribute("data-width") or 0)
    height = float(frame(page).get_attribute("data-height") or 0)
    at = page.locator(f'[data-at][href="{href}"]').get_attribute("data-at") or ""
    assert box is not None
    x, y, closeness = view_of(page)
    scale = closeness * min(box["width"] / width, box["height"] / height)
    at_x, at_y = map(float, at.split())
    return box["x"] + x + at_x * scale, box["y"] + y + at_y * scale


def a_href(page: Page, kind: str = "line") -> str:
    return page.locator(f'[data-kind="{kind}"] [data-at]').first.get_attribute("href") or ""


def test_the_map_is_painted_and_every_mark_is_in_the_list(reader: Visit) -> None:
    page = reader.page
    painted = page.locator(".map__canvas").evaluate(
        "canvas => new Set(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).size"
    )
    assert painted > 50, "the canvas is empty"
    places = page.locator("[data-at]").evaluate_all("links => links.map(link => link.dataset.at)")
    assert len(places) == len(set(places)) > 100


def test_a_mouse_drags_the_map(reader: Visit) -> None:
    page = reader.page
    before = view_of(page)
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=4)
    page.mouse.up()
    after = view_of(page)
    assert after[0] - before[0] == pytest.approx(60, abs=6)
    assert after[1] - before[1] == pytest.approx(30, abs=6)
    assert reader.place == "map/", "dragging is not clicking"


def test_a_wheel_scrolls_the_page_until_the_map_was_clicked(reader: Visit) -> None:
    page = reader.page
    page.mouse.move(*middle(page))
    page.mouse.wheel(0, 120)
    page.wait_for_function("scrollY > 0")
    assert view_of(page)[2] == 1

    page.evaluate("scrollTo(0, 0)")
    page.locator(".map__frame").focus()
    page.mouse.move(*middle(page))
    page.mouse.wheel(0, -240)
    page.wait_for_function("Number(document.querySelector('[data-map]').dataset.view.split(' ')[2]) > 1.2")


def test_the_buttons_and_keys_zoom_and_show_all_again(reader: Visit) -> None:
    page = reader.page
    page.get_by_role("button", name="Closer").click()
    assert view_of(page)[2] == pytest.approx(1.4)
    page.get_by_role("button", name="Farther").click()
    assert view_of(page)[2] == pytest.approx(1)
    page.locator(".map__frame").focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert view_of(page)[2] == pytest.approx(1.96)
    before = view_of(page)
    page.keyboard.press("ArrowRight")
    assert view_of(page)[0] < before[0]
    page.keyboard.press("0")
    assert view_of(page)[2] == 1


def test_the_keyboard_goes_from_mark_to_mark_and_opens_one(reader: Visit) -> None:
    page = reader.page
    told = page.locator(".map__told")
    page.locator(".map__frame").focus()
    page.keyboard.press("Enter")
    first = told.inner_text()
    assert first
    page.keyboard.press("ArrowLeft")
    assert told.inner_text() != first
    page.keyboard.press("ArrowRight")
    href = told.locator("a").evaluate("link => link.href")
    page.keyboard.press("Escape")
    expect(told).to_be_empty()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.partition("#")[0] == href)


def test_a_click_on_a_mark_opens_its_page(reader: Visit) -> None:
    page = reader.page
    href = a_href(page)
    page.mouse.click(*place_of_mark(page, href))
    page.wait_for_url(lambda url: url.startswith(reader.site + href.removeprefix("../")))


def test_pointing_at_a_mark_changes_the_cursor(reader: Visit) -> None:
    page = reader.page
    page.mouse.move(*place_of_mark(page, a_href(page, "note")))
    expect(page.locator(".map__canvas")).to_have_css("cursor", "pointer")


def test_search_shows_what_it_finds_and_goes_there(reader: Visit) -> None:
    page = reader.page
    title = page.locator('[data-kind="note"] [data-at]').first.text_content() or ""
    word = max(re.findall(r"[A-Za-z]+", title), key=len)
    field = page.get_by_label("Find on the map")
    field.fill(word.upper())
    found = page.locator("#map-found button")
    assert title in found.all_text_contents()
    expect(page.locator(".map__told")).to_contain_text("found")
    found.get_by_text(title, exact=True).click()
    expect(page.locator(".map__told a")).to_have_text(title)
    assert view_of(page)[2] > 2

    field.fill("zzqqxx")
    expect(found).to_have_count(0)
    expect(page.locator(".map__told")).to_contain_text("Nothing")
    field.press("Escape")
    expect(page.locator(".map__told")).to_be_empty()


def test_a_kind_can_be_left_out(reader: Visit) -> None:
    page = reader.page
    spot = place_of_mark(page, a_href(page, "source"))
    page.mouse.move(*spot)
    expect(page.locator(".map__canvas")).to_have_css("cursor", "pointer")
    page.mouse.move(2, 2)
    for kind in ("lines", "notes", "sources"):
        page.get_by_label(kind, exact=True).uncheck()
    page.mouse.move(*spot)
    expect(page.locator(".map__canvas")).to_have_css("cursor", "grab")


def test_the_night_has_colours_of_its_own(visit: Callable[..., Visit]) -> None:
    day, night = opened(visit()), opened(visit(dark=True))
    pictures = [each.page.locator(".map__frame").screenshot() for each in (day, night)]
    assert pictures[0] != pictures[1]
    day.page.locator('[data-md-component="palette"] label:visible').click()
    day.page.mouse.move(2, 2)
    day.page.wait_for_timeout(200)
    assert day.page.locator(".map__frame").screenshot() == pictures[1], "the switch of the theme repaints the map"


def test_a_finger_scrolls_past_the_whole_map_and_chooses_before_it_opens(visit: Callable[..., Visit]) -> None:
    reader = opened(visit(size=PHONE, touch=True))
    page = reader.page
    canvas = page.locator(".map__canvas")
    expect(canvas).to_have_css("touch-action", "pan-y")
    page.get_by_role("button", name="Closer").tap()
    expect(canvas).to_have_css("touch-action", "none")
    href = a_href(page)
    page.get_by_label("Find on the map").fill(page.locator(f'[data-at][href="{href}"]').text_content() or "")
    page.locator("#map-found button").first.tap()
    page.get_by_label("Find on the map").fill("")
    expect(page.locator(".map__told")).to_be_empty()
    canvas.scroll_into_view_if_needed()
    page.touchscreen.tap(*middle(page))
    title = page.locator(".map__told a").inner_text()
    page.touchscreen.tap(*middle(page))
    expect(page.locator("h1")).to_have_text(title)


def test_areas_are_named_apart_and_marks_are_not_covered_at_rest(visit: Callable[..., Visit]) -> None:
    """Of the drawing: what the canvas paints over it is placed by the same rules."""
    reader = visit(scripts=False)
    reader.open("map/")
    boxes = reader.page.locator(".map-names--wide text, .map-labels text").evaluate_all(
        "texts => texts.map(text => { const box = text.getBoundingClientRect();"
        " return [box.left + 1, box.top + 2, box.right - 1, box.bottom - 2]; })"
    )
    assert len(boxes) > 8
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, f"{one} meets {other}"


def test_without_scripts_there_are_a_drawing_and_a_list(visit: Callable[..., Visit]) -> None:
    reader = visit(scripts=False)
    reader.open("map/")
    page = reader.page
    expect(page.locator(".map__drawing")).to_be_visible()
    expect(page.locator(".map__search")).to_be_hidden()
    page.locator(".map-names--wide a").first.click()
    entry = page.locator("[data-at]:visible").first
    href = entry.get_attribute("href") or ""
    entry.click()
    assert reader.place == href.removeprefix("../")


def test_the_map_fits_a_small_phone(visit: Callable[..., Visit]) -> None:
    for scripts in (True, False):
        reader = visit(size=NARROW, scripts=scripts)
        for path in ("map/", "changes/"):
            reader.open(path)
            assert reader.page.evaluate("document.scrollingElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_jumps_when_the_map_comes_alive(visit: Callable[..., Visit], size: ViewportSize) -> None:
    reader = opened(visit(size=size))
    shift = reader.page.evaluate(
        "() => new Promise(done => { let sum = 0; new PerformanceObserver(list => {"
        " for (const shift of list.getEntries()) sum += shift.value; })"
        ".observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 500); })"
    )
    assert shift <= 0.02


def test_the_home_page_shows_the_map_in_small_and_leads_to_it(visit: Callable[..., Visit]) -> None:
    reader = visit(scripts=False)
    reader.open("")
    assert reader.follow(reader.page.locator(".map-preview")) == "map/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_line_at_random_is_a_line_and_without_scripts_the_list(visit: Callable[..., Visit], scripts: bool) -> None:
    reader = visit(scripts=scripts)
    reader.open("map/")
    reader.page.get_by_role("link", name="Random line").click()
    if scripts:
        reader.page.wait_for_url(re.compile(r"/lines/[^/#]+/"))
        expect(reader.page.locator(".inquiry--line h1")).to_be_visible()
    else:
        reader.page.wait_for_url(re.compile("/lines/#random"))
        expect(reader.page.locator("#random .row").first).to_be_visible()


def test_what_changed_leads_to_what_changed(visit: Callable[..., Visit]) -> None:
    reader = visit(scripts=False)
    reader.open("changes/")
    entry = reader.page.locator(".changed__list a").first
    title = entry.inner_text()
    reader.follow(entry)
    expect(reader.page.locator("h1")).to_have_text(title)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_what_was_found_makes_room_for_the_map(visit: Callable[..., Visit], size: ViewportSize) -> None:
    page = opened(visit(size=size)).page
    found = page.locator("#map-found")
    field = page.get_by_label("Find on the map")
    title = page.locator('[data-kind="note"] [data-at]').first.text_content() or ""
    field.fill(title)
    found.get_by_text(title, exact=True).click()
    expect(found).to_be_hidden()
    expect(page.locator(".map__told a")).to_have_text(title)
    field.focus()
    expect(found).to_be_visible()
    page.locator(".gazetteer summary").first.click()
    expect(found).to_be_hidden()
    field.focus()
    page.keyboard.press("Tab")
    expect(found).to_be_visible()
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()
    expect(field).to_be_focused()
    field.fill(title)
    page.get_by_label("sources", exact=True).focus()
    expect(found).to_be_hidden()


def test_what_is_not_found_is_said_where_the_list_would_be(visit: Callable[..., Visit]) -> None:
    page = opened(visit(size=PHONE)).page
    page.get_by_label("Find on the map").fill("zzqqxx")
    said = page.locator("#map-found").get_by_text("Nothing on the map has these words in its title.")
    expect(said).to_be_in_viewport()
    page.get_by_label("Find on the map").press("Escape")
    expect(said).to_be_hidden()


def test_a_kind_that_is_left_out_is_not_found(reader: Visit) -> None:
    page = reader.page
    title = page.locator('[data-kind="note"] [data-at]').first.text_content() or ""
    page.get_by_label("notes", exact=True).uncheck()
    page.get_by_label("Find on the map").fill(title)
    expect(page.locator("#map-found button", has_text=title)).to_have_count(0)
    page.get_by_label("notes", exact=True).check()
    page.get_by_label("Find on the map").fill(title)
    expect(page.locator("#map-found button").get_by_text(title, exact=True)).to_have_count(1)


def test_on_a_phone_the_areas_of_the_list_are_as_high_as_a_finger(visit: Callable[..., Visit]) -> None:
    page = opened(visit(size=PHONE)).page
    heights = page.locator(".gazetteer__area > summary").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(heights) >= 44


def test_on_a_phone_the_heading_keeps_its_distance_from_what_stands_below_it(visit: Callable[..., Visit]) -> None:
    page = opened(visit(size=PHONE)).page
    heading, deck = (page.locator(part).bounding_box() for part in (".question", ".page-head .deck"))
    assert heading is not None
    assert deck is not None
    assert deck["y"] - heading["y"] - heading["height"] >= 8
