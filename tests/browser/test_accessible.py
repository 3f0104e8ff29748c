"""No page kind breaks a rule of axe, by day or by night, with its cards, details and trail open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from small_sites import place, run_build
from visits import LISTS, NARROW, PHONE, Visit, documents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

AXE = Axe()


def findings(page: Page) -> list[str]:
    """Run every rule of axe, those of good practice included."""
    found: dict[str, Any] = AXE.run(page).response
    return [
        f"{violation['id']}: {node['html'][:160]}" for violation in found["violations"] for node in violation["nodes"]
    ]


def kinds(built_site: Path, line: str, note: str) -> dict[str, str]:
    """Name one page of each kind, as a path; the home page, the lists and an ordinary page included."""
    found = {"home": "", "line": line, "note": note, "not-found": "404.html", "ordinary": "about/"}
    found |= {path.strip("/"): path for path in LISTS}
    found |= {kind: documents(built_site, f"{kind}s")[0] for kind in ("topic", "source")}
    found |= {name: f"{name}/" for name in ("map", "changes") if (built_site / name / "index.html").is_file()}
    return found


def test_axe_finds_nothing_on_any_kind_of_page_by_day_and_by_night(
    visit: Callable[..., Visit], built_site: Path, a_line: str, a_note: str
) -> None:
    broken = {}
    for scheme in ("default", "slate"):
        reader = visit(dark=scheme == "slate")
        for kind, path in kinds(built_site, a_line, a_note).items():
            reader.open(path)
            expect(reader.page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
            broken[f"{kind}, {scheme}"] = findings(reader.page)
    assert {kind: found for kind, found in broken.items() if found} == {}


def test_axe_finds_nothing_on_the_page_at_an_old_address(
    visit: Callable[..., Visit], tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    place("full", tmp_path / "full")
    run_build(tmp_path / "full")
    pages = (tmp_path / "full/site").rglob("index.html")
    old = next(page for page in sorted(pages) if 'http-equiv="refresh"' in page.read_text(encoding="utf-8"))
    html = re.sub(r'<meta http-equiv="refresh"[^>]*>|<script.*?</script>', "", old.read_text(encoding="utf-8"))
    reader = visit(at=serve(old.parent))
    reader.page.route("**/*", lambda route: answer(route, html))
    for scheme in ("light", "dark"):
        reader.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        reader.open("")
        assert findings(reader.page) == []


def answer(route: Route, html: str) -> None:
    """Answer with a page, so that a reader stays on it."""
    route.fulfill(body=html, content_type="text/html; charset=utf-8")


def test_axe_finds_nothing_where_everything_is_open(visit: Callable[..., Visit], a_line: str, a_note: str) -> None:
    reader = visit()
    page = reader.page
    reader.open(f"{a_line}?trail={a_note.strip('/')}")
    page.locator("details").evaluate_all("all => all.forEach(details => (details.open = true))")
    page.locator(".essay .citation").first.hover()
    expect(page.locator(".card")).to_be_visible()
    assert findings(page) == []
    reader.open("notes/")
    page.locator(".choice--topics summary").click()
    page.locator(".choice--topics label").nth(1).click()
    assert findings(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
def test_axe_finds_nothing_in_a_sheet_on_a_phone(visit: Callable[..., Visit], a_line: str, dark: bool) -> None:
    reader = visit(size=PHONE, touch=True, dark=dark)
    reader.open(a_line)
    reader.page.locator(".essay .citation").first.tap()
    expect(reader.page.locator(".card")).to_be_visible()
    assert findings(reader.page) == []


def test_the_first_tab_offers_to_skip_to_the_page(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(a_line)
    reader.page.keyboard.press("Tab")
    skip = reader.page.locator(":focus")
    expect(skip).to_have_class(re.compile("md-skip"))
    expect(skip).to_be_in_viewport()
    skip.press("Enter")
    assert reader.page.evaluate("scrollY") >= 0
    assert reader.page.url.endswith("#page-top")


def test_nothing_moves_for_a_reader_who_wants_no_motion(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(a_line)
    reader.page.locator(".essay .citation").first.hover()
    expect(reader.page.locator(".card")).to_have_css("transition-property", "none")


def test_in_the_readers_own_colours_everything_keeps_an_edge(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.page.emulate_media(forced_colors="active")
    reader.open(a_line)
    citation = reader.page.locator(".essay .citation").first
    citation.hover()
    card = reader.page.locator(".card")
    expect(card).to_be_visible()
    expect(card).not_to_have_css("border-top-width", "0px")
    expect(citation).to_have_css("text-decoration-line", "underline")


def test_everything_is_there_at_four_times_the_size(visit: Callable[..., Visit], a_line: str) -> None:
    """A window of 1280 pixels at 400 % is one of 320."""
    reader = visit(size=NARROW)
    reader.open(a_line)
    for part in ("h1", ".deck", ".essay", "#sources", "#next-lines", "#cite-this"):
        element = reader.page.locator(part).first
        element.scroll_into_view_if_needed()
        expect(element).to_be_visible()


def test_a_page_that_runs_from_right_to_left_has_its_card_and_margin_on_the_other_side(
    visit: Callable[..., Visit], a_line: str
) -> None:
    reader = visit()
    reader.open(a_line)
    page = reader.page
    page.evaluate("document.body.dir = 'rtl'")
    essay = page.locator(".essay").bounding_box()
    peek = page.locator(".peek--source").first.bounding_box()
    page.locator(".essay .citation").first.hover()
    expect(page.locator(".card")).to_be_visible()
    card = page.locator(".card").bounding_box()
    assert essay is not None
    assert peek is not None
    assert card is not None
    assert peek["x"] + peek["width"] <= essay["x"]
    assert card["x"] + card["width"] <= essay["x"]
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
