"""Material's instant navigation, which replaces the page under a script that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from playwright.sync_api import expect

from small_sites import SITES, place, run_build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from visits import Visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def instant_site(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """Build a small site that navigates without loading, for the address that it is served at."""
    root = tmp_path_factory.mktemp("instant") / "full"
    address = serve(root / "site")
    theme = yaml.safe_load((SITES / "full/mkdocs.yml").read_text(encoding="utf-8"))["theme"]
    place("full", root, {"site_url": address, "theme": {**theme, "features": ["navigation.instant"]}})
    run_build(root)
    return address


def test_cards_margin_and_trail_work_on_every_page_that_comes_in(
    visit: Callable[..., Visit], instant_site: str
) -> None:
    reader = visit(at=instant_site)
    reader.may_complain = True  # a sitemap names its host, and Material compares hosts without their ports
    page = reader.page
    reader.open("lines/why-rise/")
    page.evaluate("window.stayed = true")
    reader.follow(page.locator("#sources .row__title a").first)
    expect(page.locator(".inquiry--note")).to_be_visible()
    reader.follow(page.locator('#cited-by a[href*="why-rise"]').first)
    expect(page.locator(".inquiry--line")).to_be_visible()
    page.locator(".essay .citation").first.hover()
    expect(page.locator(".card")).to_be_visible()
    assert page.locator(".card").count() == 1
    expect(page.locator(".trail")).to_be_visible()
    assert page.evaluate("window.stayed") is True


def test_the_map_comes_alive_on_every_visit(visit: Callable[..., Visit], instant_site: str) -> None:
    reader = visit(at=instant_site)
    reader.may_complain = True
    page = reader.page
    reader.open("lines/")
    page.wait_for_load_state("networkidle")  # until then the theme does not know which addresses are the site's
    page.evaluate("window.stayed = true")
    for _ in range(2):
        page.locator(".menu").get_by_role("link", name="Map").click()
        expect(page.locator(".map--live .map__canvas")).to_have_count(1)
        page.locator(".menu").get_by_role("link", name="Notes").click()
        expect(page.locator(".map")).to_have_count(0)
    assert page.evaluate("window.stayed") is True


def test_a_node_of_the_neighbourhood_takes_the_trail_along(visit: Callable[..., Visit], instant_site: str) -> None:
    reader = visit(at=instant_site)
    reader.may_complain = True
    reader.open("lines/why-rise/")
    reader.page.wait_for_load_state("networkidle")
    reader.page.locator("#neighbourhood a").first.click()
    reader.page.wait_for_url("**/*?trail=lines/why-rise")
    expect(reader.page.locator(".trail")).to_be_visible()
