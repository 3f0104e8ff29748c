"""Records: what Pagefind is told of each page, in a file whose hash says whether anything has changed."""

from __future__ import annotations

import hashlib
import json
import re
from html import unescape
from typing import TYPE_CHECKING

from inquiry.site.search import SearchEntry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_UNREAD = re.compile(r'<(script|style|svg)\b.*?</\1>|<a class="headerlink".*?</a>|<!--.*?-->', re.DOTALL)
"""What stands in a page's HTML and is no text of it."""
_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr)\b[^>]*>")
"""Tags that part no words; all others do."""
_TAG = re.compile(r"<[^>]*>")
_DIGEST = 16
"""Bytes of a hash: enough that two collections never meet."""


def write_records(path: Path, entries: Iterable[tuple[str, SearchEntry]], *, language: str, maker: str) -> str:
    """Write a line for each page, given by its published address, below one that says what holds for all.

    Args:
        path: Where to.
        entries: In the order in which they are to be indexed.
        language: Of the site, as in `en` or `pt-BR`: it decides how words are stemmed.
        maker: What makes the index of them, with its version; another one makes another index.

    Returns:
        A hash of all of it.
    """
    spoken = language.partition("-")[0].lower()
    digest = hashlib.blake2b(maker.encode(), digest_size=_DIGEST)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        for row in ({"language": spoken}, *(_row(url, entry) for url, entry in entries)):
            line = json.dumps(row, ensure_ascii=True).encode("ascii") + b"\n"
            digest.update(line)
            file.write(line)
    return digest.hexdigest()


def _row(url: str, entry: SearchEntry) -> dict[str, object]:
    return {
        "url": url,
        "title": entry.title,
        "summary": entry.summary,
        "headings": entry.headings,
        "text": entry.text,
        "kind": (entry.kind,),
        "topic": entry.tags,
        "year": entry.years,
    }


def ordinary_entry(title: str, html: str, summary: str = "") -> SearchEntry:
    r"""Read what an ordinary page is found by out of its HTML.

    >>> entry = ordinary_entry("About", '<h1 id="a">About</h1><h2>Salt &amp; soda</h2>\n<p>A <b>bold</b> claim.</p>')
    >>> entry.headings, entry.text
    (('Salt & soda',), 'About Salt & soda A bold claim.')
    """
    html = _UNREAD.sub(" ", html)
    headings = tuple(_words(words) for level, words in _HEADING.findall(html) if level != "1")
    return SearchEntry(title, _words(html), summary=summary, headings=headings)


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _INLINE.sub("", html))).split())
