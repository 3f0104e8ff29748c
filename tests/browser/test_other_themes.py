"""Our pages in themes other than Material, and in templates of a site's own that leave parts out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from small_sites import place, run_build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from visits import Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["mkdocs", "readthedocs"])
def themed_site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> str:
    """Build a small site in a theme of MkDocs's own, with nothing to ask of another host."""
    root = tmp_path_factory.mktemp("themed") / "full"
    theme = {"name": request.param, "highlightjs": False, "include_homepage_in_sidebar": False}
    place("full", root, {"theme": theme})
    run_build(root)
    return serve(root / "site")


def test_a_closed_card_is_not_displayed_in_any_theme(visit: Callable[..., Visit], themed_site: str) -> None:
    reader = visit(at=themed_site)
    reader.may_complain = True
    reader.open("lines/why-rise/")
    card = reader.page.locator(".inquiry .card")
    expect(card).to_be_attached()
    expect(card).to_be_hidden()
    reader.page.locator(".essay .citation").first.hover()
    expect(card).to_be_visible()


def test_the_map_fits_the_column_of_any_theme(visit: Callable[..., Visit], themed_site: str) -> None:
    reader = visit(at=themed_site)
    reader.may_complain = True
    reader.open("map/")
    expect(reader.page.locator(".map--live .map__canvas")).to_be_visible()
    assert reader.page.evaluate("document.scrollingElement.scrollWidth") <= 1280


def test_a_template_without_menu_and_margin_keeps_cards_and_trail(
    visit: Callable[..., Visit], serve: Callable[[Path], str], tmp_path: Path
) -> None:
    place("full", tmp_path / "kb")
    templates = tmp_path / "kb/templates/partials"
    templates.mkdir(parents=True)
    (templates / "menu.html").write_text("", encoding="utf-8")
    (templates / "margin.html").write_text(
        '{% if view.peeks %}{% include "partials/beside.html" %}{% endif %}', encoding="utf-8"
    )
    run_build(tmp_path / "kb")
    reader = visit(at=serve(tmp_path / "kb/site"))
    reader.open("lines/why-rise/")
    reader.page.locator(".essay .citation").first.hover()
    expect(reader.page.locator(".card")).to_be_visible()
    reader.page.mouse.move(2, 2)
    expect(reader.page.locator(".card")).to_be_hidden()
    reader.follow(reader.page.locator("#sources .row__title a").first)
    expect(reader.page.locator(".trail")).to_be_visible()
