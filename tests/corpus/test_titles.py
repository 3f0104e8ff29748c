"""Titles as a reader sees them."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from inquiry.corpus.titles import plain_text, title_html


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "math" or not attrs or tag.startswith("m"), (tag, attrs)
        self.seen.add(tag)


@given(st.text(max_size=40) | st.text(alphabet="<>ab\"'&`*[]()#1. -=$\\", max_size=30))
def test_no_title_brings_a_tag_of_its_own(title: str) -> None:
    parser = _Tags()
    parser.feed(title_html(title))
    assert {tag for tag in parser.seen if not tag.startswith("m")} <= {
        "em",
        "strong",
        "code",
        "span",
        "br",
        "semantics",
    }


def test_a_title_keeps_its_words_when_they_look_like_markdown_blocks() -> None:
    assert title_html("1. First") == "1. First"
    assert title_html("- what?") == "- what?"


def test_of_a_link_in_a_title_or_summary_the_words_are_shown() -> None:
    written = "See [the *paper*](https://x.example), [[sleep-debt]] and [[naps|short sleep]] [@kung2023]."
    assert plain_text(written) == "See the paper, sleep debt and short sleep."
    assert title_html(written) == "See the paper, sleep debt and short sleep."
    assert plain_text("[@kung2023]") == "[@kung2023]"
