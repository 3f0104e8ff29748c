"""The shell: the theme's own page, rendered once and cut open where ours differ.

Rendering a theme's `main.html` costs about a millisecond, and thousands of notes would each pay it for the
same header, drawer and footer.  All pages of one depth share them to the letter, so the theme is rendered
once a depth for a page made of marks, and the marks are the places to fill.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.site.views import PageView


class Mark(StrEnum):
    """What stands in the theme's page where ours differ.

    Letters and hyphens alone, so that no filter of a theme (`e`, `url`, `striptags`, `tojson`) changes a
    mark.
    """

    TITLE = "inquiry-mark-title"
    DESCRIPTION = "inquiry-mark-description"
    CANONICAL = "inquiry-mark-canonical"
    HEAD = "inquiry-mark-head"
    CONTENT = "inquiry-mark-content"
    SOURCE = "inquiry-mark-source"


CONTENT_HTML = f"<h1>{Mark.CONTENT}</h1>"
"""The marked page's content: a theme that sees a first heading does not add one of its own."""

TOP_ID = "page-top"
"""Where the theme's "skip to content" link leads."""

_MARKS = re.compile("|".join(Mark))


@dataclass(frozen=True, slots=True)
class Gap:
    """A place in the theme's page that each of our pages fills."""

    mark: Mark
    in_script: bool
    """Whether it lies inside a script's string, where HTML's escapes mean nothing."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The theme's page, open where ours differ."""

    pieces: tuple[str | Gap, ...]
    """Finished HTML and gaps, in order."""
    site_name: str

    @classmethod
    def from_html(cls, html: str, site_name: str) -> Shell:
        """Cut the theme's rendering of a marked page open.

        The theme's own tags for description and canonical address go: a page without a description should
        have no empty one, and themes differ in whether they print it at all.
        """
        html = _without_tag(html, "<meta", Mark.DESCRIPTION)
        html = _without_tag(html, "<link", Mark.CANONICAL)
        html = html.replace("</head>", f"{Mark.HEAD}</head>", 1)
        html = html.replace(CONTENT_HTML, f'<a id="{TOP_ID}"></a>{Mark.CONTENT}', 1)
        return cls(tuple(_cut(html)), site_name)

    def fill(
        self,
        *,
        title: str,
        description: str = "",
        canonical: str = "",
        head: str = "",
        content: str = "",
        source: str = "",
    ) -> str:
        """Make a whole page; `head` and `content` are HTML, everything else is plain text.

        `source` is the path that the theme's edit button opens.
        """
        values = {
            Mark.TITLE: title,
            Mark.DESCRIPTION: description,
            Mark.CANONICAL: canonical,
            Mark.HEAD: head,
            Mark.CONTENT: content,
            Mark.SOURCE: quote(source),
        }
        finished = {Mark.HEAD, Mark.CONTENT}
        return "".join(
            piece
            if isinstance(piece, str)
            else values[piece.mark]
            if piece.mark in finished
            else _in_script(values[piece.mark])
            if piece.in_script
            else escape(values[piece.mark])
            for piece in self.pieces
        )


def head_tags(page: PageView, site_name: str) -> str:
    """Write what search engines and link previews read: description, canonical address, OpenGraph."""
    tags = []
    if page.description:
        tags.append(f'<meta name="description" content="{escape(page.description)}">')
    if page.canonical:
        tags.append(f'<link rel="canonical" href="{escape(page.canonical)}">')
    tags.append(open_graph_tags(page, site_name))
    return "\n".join(tags)


def open_graph_tags(page: PageView, site_name: str) -> str:
    """Write what link previews read."""
    kind = "article" if page.kind in {"line", "note"} else "website"
    properties = (
        ("type", kind),
        ("site_name", site_name),
        ("title", page.title),
        ("description", page.description),
        ("url", page.canonical),
    )
    return "".join(f'<meta property="og:{name}" content="{escape(value)}">\n' for name, value in properties if value)


def _cut(html: str) -> Iterator[str | Gap]:
    at = 0
    for match in _MARKS.finditer(html):
        before = html[: match.start()]
        yield html[at : match.start()]
        yield Gap(Mark(match[0]), before.rfind("<script") > before.rfind("</script"))
        at = match.end()
    yield html[at:]


def _without_tag(html: str, opening: str, mark: Mark) -> str:
    """Take out the first tag that holds the mark, if it is of this kind and in the head."""
    at = html.find(mark, 0, html.find("</head>"))
    start = html.rfind("<", 0, at)
    end = html.find(">", at) + 1
    if at < 0 or not html.startswith(opening, start):
        return html
    return html[:start] + html[end:]


def _in_script(value: str) -> str:
    inside = json.dumps(value)[1:-1]
    return inside.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("'", "\\u0027")
