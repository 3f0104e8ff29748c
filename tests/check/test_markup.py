"""Tags and what they refer to."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from inquiry.check.markup import Role, references, tags
from inquiry.check.styles import style_addresses


def found(html: str) -> list[tuple[Role, str]]:
    return [(one.role, one.value) for tag in tags(html) for one in references(tag)]


def test_every_address_of_a_picture_list_is_found() -> None:
    html = '<img src=a.png srcset="b.png 1x, c,d.png 2x,e.png">'
    assert [value for _, value in found(html)] == ["a.png", "b.png", "c,d.png", "e.png"]


def test_places_count_from_the_text() -> None:
    html = "<!-- <a href=x> --><p style=\"a: url('b.png')\"><a title='>' href='c'>"
    assert [html[one.start :][: len(one.raw)] for tag in tags(html) for one in references(tag)] == ["b.png", "c"]


def test_what_a_browser_takes_for_text_has_no_tags() -> None:
    html = "<script>'<a href=x>'</script><textarea><a href=y></textarea><style>a{b:url(z)}</style>"
    assert found(html) == [(Role.RESOURCE, "z")]


def test_hints_to_browsers_are_no_links() -> None:
    assert found('<link rel="preconnect" href="//x"><link rel=stylesheet href=y>') == [(Role.RESOURCE, "y")]


def test_a_drawing_is_told_from_a_link() -> None:
    assert found('<use xlink:href="#leaf"/><a href="#top">') == [(Role.DRAWING, "#leaf"), (Role.LINK, "#top")]


def test_a_list_of_ids_is_several() -> None:
    assert found('<p aria-labelledby="a  b">') == [(Role.ELEMENT, "a"), (Role.ELEMENT, "b")]


def test_imports_of_style_sheets_are_known() -> None:
    styles = "@import 'a.css'; @import url(b.css); c { d: url( \"e f.png\" ) }"
    assert [(one.value, one.imported) for one in style_addresses(styles)] == [
        ("a.css", True),
        ("b.css", True),
        ("e f.png", False),
    ]


@given(st.text(alphabet="<>\"'=/! -aheyrfscl\n", max_size=80))
def test_broken_html_is_read_too(html: str) -> None:
    for tag in tags(html):
        assert 0 <= tag.start < tag.end <= len(html)
        assert all(html[one.start : one.start + len(one.raw)] == one.raw for one in references(tag))


def test_unclosed_quotes_take_no_time() -> None:
    begin = time.perf_counter()
    assert not list(tags('<a "' * 5_000))
    assert time.perf_counter() - begin < 5
