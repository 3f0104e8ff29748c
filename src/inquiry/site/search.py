"""What a page is found by, and handing it to the search plugin that the site has, Material's or MkDocs's own.

Both plugins read a MkDocs `Page`.  Ours are not such pages, so each is shown to the index as the little
that it reads: an address, a title, some text and tags.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What a reader can find a page by."""

    title: str
    """Plain text."""
    text: str
    """Plain text of the body."""
    tags: tuple[str, ...] = ()
    """Topics, as written."""
    summary: str = ""
    """Plain text, shown with the result."""
    headings: tuple[str, ...] = ()
    """Plain text of each, the title left out."""
    kind: str = "page"
    """`note`, `line`, or `page` for an ordinary one."""
    years: tuple[str, ...] = ()
    """When what a note rests on was published, or when a page without sources was written."""


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page in the shape that a search index reads."""

    url: str
    """Path from the site's root."""
    title: str
    content: str
    """HTML: the title as first heading, then the text."""
    meta: dict[str, Any]
    toc: tuple[()] = field(default=())


class SearchIndex(Protocol):
    """The part of a search plugin's index that is asked."""

    def add_entry_from_context(self, page: Any) -> None:
        """Add a page's entries."""


def add_entries(index: SearchIndex, entries: Iterable[tuple[str, SearchEntry]]) -> None:
    """Add each page, given by its published address, to an index."""
    for url, entry in entries:
        index.add_entry_from_context(indexed_page(url, entry))


def indexed_page(url: str, entry: SearchEntry) -> IndexedPage:
    """Show one entry as a page.

    The heading has an id because Material takes only such headings for titles; it escapes what it finds in
    the content and nothing else, so title and text both stand there.
    """
    text = f"{entry.summary} {entry.text}".strip()
    title, text = escape(entry.title, quote=False), escape(text, quote=False)
    content = f'<h1 id="_">{title}</h1><p>{text}</p>'
    tags = [escape(tag, quote=False) for tag in entry.tags]  # Material writes them into the page as HTML
    return IndexedPage(url, entry.title, content, {"tags": tags} if tags else {})
