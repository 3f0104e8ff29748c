"""What is read out of pages that strangers wrote."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.check.external.answers import Presence
from inquiry.check.external.hollow import is_parked, says_gone
from inquiry.check.external.pages import Page, decoded, look_for, read_page


def test_a_page_is_read_without_its_comments_scripts_and_templates() -> None:
    page = read_page(
        "<title>A &amp; B</title><!-- <i id=a> --><script>'<i id=b>'</script><template><i id=c></template>"
        "<p id='d' title='<i id=e>'>One<br>two</p><SVG><g ID=\"f\"/></SVG><a name=g>x</a><input name=h>"
    )
    assert page.ids == {"d", "f", "g"}
    assert (page.title, page.text) == ("A & B", "One two x")


def test_a_page_without_title_is_called_by_its_heading() -> None:
    assert read_page("<h1 class=x>Not <b>found</b></h1>").title == "Not found"


def test_only_a_refresh_at_once_is_a_redirect() -> None:
    assert read_page("<meta http-equiv='Refresh' content='0; URL=/new'>").refresh == "/new"
    assert read_page("<meta http-equiv=refresh content=300>").refresh == ""


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("é".encode(), "text/html"),
        ("é".encode(), "text/html; charset=unheard-of"),
        ("é".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<meta charset=latin-1>é".encode("latin-1"), "text/html"),
        ("\ufeffé".encode(), "text/html; charset=latin-1"),
    ],
)
def test_letters_are_read_as_the_page_says(body: bytes, content_type: str) -> None:
    assert decoded(body, content_type).endswith("é")


def test_what_a_page_makes_by_script_is_unknown() -> None:
    shell = read_page("<title>App</title><script src=app.js></script><div id=root></div>")
    assert look_for("part", shell).presence is Presence.UNKNOWN


def test_what_an_unfinished_page_lacks_is_unknown() -> None:
    page = Page(ids=frozenset({"a"}), complete=False)
    assert [look_for(name, page).presence for name in ("a", "b")] == [Presence.THERE, Presence.UNKNOWN]


def test_a_near_id_is_offered() -> None:
    assert look_for("resutls", Page(ids=frozenset({"results", "methods"}))).near == "results"


@given(st.text(alphabet="<>!-/\"'= abtitlescrph1\x00é", max_size=300))
def test_no_page_makes_reading_fail(html: str) -> None:
    read_page(html)


@pytest.mark.parametrize(
    "part", ["<", "<!--", "<a '", '<a "', "<h1>", "<title>", "<script>", "<a b=", "<a\t", "&#", "</"]
)
def test_a_hostile_page_is_read_in_time(part: str) -> None:
    begun = time.perf_counter()
    read_page(part * 50_000)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    "title",
    [
        "404", "404 Not Found", "404 - Page not found", "Page not found · Example", "Example | Not Found", "410 Gone",
        "Oops! That page can’t be found.", "Error 404: Not Found", "This page does not exist",
        "Sorry, this page isn't available.", "Seite nicht gefunden – Beispiel", "Página no encontrada", "页面不存在",
        "ページが見つかりません", "Страница не найдена", "Error 404 (Not Found)!!1",
    ],
)  # fmt: skip
def test_pages_that_say_they_are_gone(title: str) -> None:
    assert says_gone("/report/2020", title)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/report", "Lost and not found: a story"),
        ("/report", "Why was dark matter not found?"),
        ("/report", "404s we have loved"),
        ("/report", ""),
        ("/wiki/HTTP_404", "HTTP 404"),
        ("/docs/status/404", "404 Not Found"),
        ("/errors/not-found", "Not found"),
    ],
)
def test_pages_about_something_else_are_left_alone(path: str, title: str) -> None:
    assert not says_gone(path, title)


@pytest.mark.parametrize("title", ["shade.example is for sale", "Shade - domain for sale", "Buy this domain"])
def test_domains_for_sale(title: str) -> None:
    assert is_parked(title)


@pytest.mark.parametrize("title", ["A house for sale", "Domain parking in large cities", ""])
def test_pages_that_sell_something_else(title: str) -> None:
    assert not is_parked(title)
