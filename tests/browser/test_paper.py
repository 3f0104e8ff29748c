"""A page on paper: sources with numbers and addresses, and nothing that one can only click."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from small_sites import place, run_build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from visits import Visit

pytestmark = pytest.mark.browser

NOT_ON_PAPER = (".md-header", ".md-footer", "#next-lines", ".menu", "#neighbourhood", ".beside", ".copy", ".export")
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def test_paper_has_the_essay_and_its_sources_and_nothing_to_click(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(a_line)
    page = reader.page
    page.emulate_media(media="print")
    for part in NOT_ON_PAPER:
        for element in page.locator(part).all():
            expect(element).to_be_hidden()
    for part in ("h1", ".deck", ".essay", "#sources"):
        expect(page.locator(part).first).to_be_visible()
    background = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert background == "rgb(255, 255, 255)"


def test_on_paper_a_citation_has_the_number_of_its_source_and_a_source_its_address(
    visit: Callable[..., Visit], a_line: str
) -> None:
    reader = visit()
    reader.open(a_line)
    page = reader.page
    page.emulate_media(media="print")
    citation = page.locator(".essay .citation").first
    number = citation.get_attribute("data-n")
    after = citation.evaluate("link => getComputedStyle(link, '::after').content")
    assert after == f'" [{number}]"'
    expect(page.locator(f"#source-{number}")).to_be_visible()
    link = page.locator("#sources .reference__link").first
    shown = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert (link.get_attribute("href") or "") in shown


def test_a_line_becomes_a_pdf_of_a_few_numbered_pages(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    reader.open(a_line)
    pdf = reader.page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 2 <= len(PAGE.findall(pdf)) <= 8


def test_on_paper_a_heading_stays_with_what_follows_it(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    for path in (a_line, "open-questions/", "about/"):
        reader.open(path)
        reader.page.emulate_media(media="print")
        headings = reader.page.locator(".md-content :is(h1, h2, h3)")
        assert set(headings.evaluate_all("all => all.map(one => getComputedStyle(one).breakAfter)")) == {"avoid"}


def test_on_paper_a_part_without_entries_says_so(
    visit: Callable[..., Visit], serve: Callable[[Path], str], tmp_path: Path
) -> None:
    place("minimal", tmp_path / "kb", {"theme": {"name": "material", "font": False}})
    run_build(tmp_path / "kb")
    reader = visit(at=serve(tmp_path / "kb/site"))
    reader.open("open-questions/")
    reader.page.emulate_media(media="print")
    said = reader.page.locator(".empty")
    assert said.count() > 0
    for words in said.all():
        expect(words).to_be_visible()
