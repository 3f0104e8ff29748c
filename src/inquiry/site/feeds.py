"""Atom and JSON Feed: what is new or revised, for the site, for a topic, and for a line with what it rests on.

An entry's date is its document's; a document without one is in no feed, since nothing says when it was new, and the
day of the build would be wrong on every other day.  Both formats want absolute addresses, so a site that does not
know its own has no feeds.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NEWEST = 50
"""Entries of a feed: a reader who looks in once a month misses none of a site that grows by ten a week."""
_REMEMBERED = 65_536
"""Entries kept in each format: a document stands in the feeds of all its topics."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANKS = {ord(blank): f"&#{ord(blank)};" for blank in "\t\n\r"}
"""Blanks that an attribute would otherwise lose; `xml.sax.saxutils` knows them too, and imports all of HTTP."""
_SPELLER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a feed."""

    url: str
    """Absolute address, which is its identity too."""
    title: str
    summary: str
    created: str
    """ISO date, whole or not; empty for none."""
    updated: str
    """Likewise; one of the two is there."""
    kind: str
    """`line` or `note`."""
    topics: tuple[str, ...] = ()

    @property
    def date(self) -> str:
        """The day of its last change."""
        return whole_day(self.updated or self.created)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in any format."""

    title: str
    site_name: str
    page: str
    """Absolute address of the page that it is about."""
    atom: str
    """Its own absolute address as Atom."""
    json: str
    """Its own absolute address as JSON."""
    language: str
    entries: tuple[Entry, ...]
    """Newest first; never empty."""


def newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Choose what a feed shows, newest first; of one day, in the order of the addresses."""
    in_order = sorted(entries, key=lambda entry: entry.url)
    return tuple(sorted(in_order, key=lambda entry: entry.date, reverse=True)[:NEWEST])


def whole_day(iso: str) -> str:
    """Take the first day of a month or a year for the whole.

    >>> whole_day("2026"), whole_day("2026-03"), whole_day("2026-03-04")
    ('2026-01-01', '2026-03-01', '2026-03-04')
    """
    return iso + "-01" * (2 - iso.count("-"))


def atom(feed: Feed) -> str:
    """Write a feed as Atom (RFC 4287)."""
    return "".join(
        (
            '<?xml version="1.0" encoding="utf-8"?>\n',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_attribute(feed.language)}>\n',
            f"<id>{_text(feed.atom)}</id>\n<title>{_text(feed.title)}</title>\n",
            f"<updated>{_moment(feed.entries[0].date)}</updated>\n",
            f"<author><name>{_text(feed.site_name)}</name></author>\n",
            f'<link rel="self" type="application/atom+xml" href={_attribute(feed.atom)}/>\n',
            f'<link rel="alternate" type="text/html" href={_attribute(feed.page)}/>\n',
            *map(_atom_entry, feed.entries),
            "</feed>\n",
        )
    )


def json_feed(feed: Feed) -> str:
    """Write a feed as JSON Feed 1.1."""
    head = _SPELLER.encode(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.page,
            "feed_url": feed.json,
            "language": feed.language,
            "authors": [{"name": feed.site_name}],
        }
    )
    items = ",\n".join(map(_json_item, feed.entries))
    return f'{head[:-1]},"items":[\n{items}\n]}}\n'


@lru_cache(maxsize=_REMEMBERED)
def _atom_entry(entry: Entry) -> str:
    first = whole_day(entry.created or entry.updated)
    categories = (f"<category term={_attribute(topic)}/>\n" for topic in entry.topics)
    return "".join(
        (
            f"<entry>\n<id>{_text(entry.url)}</id>\n<title>{_text(entry.title)}</title>\n",
            f'<link rel="alternate" type="text/html" href={_attribute(entry.url)}/>\n',
            f"<published>{_moment(first)}</published>\n<updated>{_moment(entry.date)}</updated>\n",
            *categories,
            f"<summary>{_text(entry.summary or entry.title)}</summary>\n</entry>\n",
        )
    )


@lru_cache(maxsize=_REMEMBERED)
def _json_item(entry: Entry) -> str:
    first = whole_day(entry.created or entry.updated)
    return _SPELLER.encode(
        {
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "content_text": entry.summary or entry.title,
            "date_published": _moment(first),
            "date_modified": _moment(entry.date),
            "tags": list(entry.topics),
        }
    )


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("\ufffd", text), quote=False)


def _attribute(text: str) -> str:
    written = escape(_NOT_IN_XML.sub("\ufffd", text)).translate(_BLANKS)
    return f'"{written}"'
