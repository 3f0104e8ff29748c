"""Feeds: whatever a title holds, a parser reads it back."""

from __future__ import annotations

import json

import feedparser
from hypothesis import example, given
from hypothesis import strategies as st

from inquiry.site.feeds import NEWEST, Entry, Feed, atom, json_feed, newest

titles = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=40)


def entry(number: int, *, title: str = "T", created: str = "2026", updated: str = "") -> Entry:
    return Entry(f"https://a.example/notes/{number}/", title, "", created, updated, "note", ("a & b",))


def feed(*entries: Entry, title: str = "Site") -> Feed:
    root = "https://a.example/"
    return Feed(title, "Me & you", root, f"{root}feed.xml", f"{root}feed.json", "en", entries)


@given(titles, titles)
@example("Site", "Â¡")
def test_titles_survive_both_formats(site: str, title: str) -> None:
    written = feed(entry(1, title=title), title=site)
    read = feedparser.parse(atom(written).encode(), sanitize_html=False)
    assert not read.bozo
    kept = "".join("\ufffd" if c in "\ufffe\uffff" else c for c in title)
    assert read.entries[0].title == _as_feedparser_takes_it(kept)
    assert json.loads(json_feed(written))["items"][0]["title"] == title


def _as_feedparser_takes_it(title: str) -> str:
    """Read UTF-8 that looks as if it had been taken for Latin-1 ("Ã¤"), as feedparser does with any text."""
    try:
        return title.encode("iso-8859-1").decode()
    except UnicodeError:
        return title


def test_control_characters_do_not_break_xml() -> None:
    read = feedparser.parse(atom(feed(entry(1, title="a\x00b\x1fc\ud800d"))).encode())
    assert not read.bozo
    assert read.entries[0].title == "a\ufffdb\ufffdc\ufffdd"


def test_the_newest_come_first_and_one_day_is_in_the_order_of_addresses() -> None:
    made = [entry(3), entry(1, updated="2026-01-01"), entry(2, created="2025-12", updated="2026-02"), entry(4)]
    assert [one.url[-2] for one in newest(made)] == ["2", "1", "3", "4"]
    assert len(newest(entry(number) for number in range(NEWEST + 5))) == NEWEST
