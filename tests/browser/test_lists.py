"""Lists of lines and notes: other orders and single topics, with and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from visits import Visit

pytestmark = pytest.mark.browser
both = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])

AS_SEEN = """rows => rows.filter(row => row.checkVisibility())
  .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
  .map(row => row.querySelector('.row__title').textContent)"""


def titles(page: Page) -> list[str]:
    """Read the titles from top to bottom."""
    found: list[str] = page.locator(".sorted > .row").evaluate_all(AS_SEEN)
    return found


@both
def test_lines_can_be_ordered_by_title_and_by_sources(visit: Callable[..., Visit], scripts: bool) -> None:
    reader = visit(scripts=scripts)
    reader.open("lines/")
    page = reader.page
    newest = titles(page)
    page.get_by_label("By title").check()
    by_title = titles(page)
    assert by_title == sorted(newest, key=str.casefold)
    page.get_by_label("Most sources").check()
    counts = page.locator(".sorted > .row").evaluate_all(
        AS_SEEN.replace("querySelector('.row__title').textContent", "querySelector('.row__meta').textContent")
    )
    numbers = [int(re.findall(r"\d+", count)[0]) for count in counts]
    assert numbers == sorted(numbers, reverse=True)
    page.get_by_label("Newest").check()
    assert titles(page) == newest


@both
def test_notes_can_be_narrowed_to_a_topic(visit: Callable[..., Visit], scripts: bool) -> None:
    reader = visit(scripts=scripts)
    reader.open("notes/")
    page = reader.page
    page.locator(".choice--topics summary").click()
    choice = page.locator(".choice--topics label").nth(1)
    topic, count = choice.locator("span").all_inner_texts()
    everything = len(titles(page))
    choice.click()
    shown = page.locator(".sorted > .row:visible")
    assert len(titles(page)) == int(count) < everything
    assert all(topic in (row.text_content() or "") for row in shown.all())
    page.get_by_label("All", exact=True).check()
    assert len(titles(page)) == everything


def test_with_scripts_the_rows_move_and_words_filter(visit: Callable[..., Visit]) -> None:
    reader = visit()
    reader.open("notes/")
    page = reader.page
    page.get_by_label("Most cited").check()
    in_document = page.locator(".sorted > .row .row__title").all_text_contents()
    assert in_document == titles(page)
    word = re.findall(r"[A-Za-z]{7,}", in_document[0])[0]
    page.get_by_label("Words").fill(word)
    assert 0 < len(titles(page)) < len(in_document)
    assert all(
        word.lower() in (row.text_content() or "").lower() for row in page.locator(".sorted > .row:visible").all()
    )
    expect(page.locator(".controls output")).to_have_text(f"{len(titles(page))} of {len(in_document)}")


def test_without_scripts_no_field_is_shown_that_would_do_nothing(visit: Callable[..., Visit]) -> None:
    reader = visit(scripts=False)
    reader.open("notes/")
    expect(reader.page.get_by_label("Words")).to_be_hidden()
