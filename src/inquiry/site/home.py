"""Join the author's words on the home page with the listings that the site adds."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

    from inquiry.site.views import HomeView

_PLACE = re.compile(r"<!--\s*inquiry:\s*home\s*-->")
"""Where the author wants the listings; below everything else when it is missing."""
_FIRST_HEADING = re.compile(r"\s*<h1\b(?P<attributes>[^>]*)>(?P<words>.*?)</h1>", re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r"""\bid=["']([^"'<>]+)["']""")


def home_html(listings: Callable[[HomeView], str], home: HomeView, written: str) -> str:
    """Make the home page's content of what docs/index.md says.

    The author's first heading becomes the page's, so that there is one and only one; without it the site's
    name is.  `written` is HTML.
    """
    heading = _FIRST_HEADING.match(written)
    anchor = ""
    if heading:
        written = written[heading.end() :]
        words = unescape(_TAG.sub("", _PERMALINK.sub("", heading["words"]))).strip()
        home = replace(home, title=words or home.title)
        found = _ID.search(heading["attributes"])
        anchor = f'<a id="{found[1]}"></a>' if found else ""  # links to the heading hold, "skip to content" too
    parts = _PLACE.split(written, maxsplit=1)
    above, below = parts[0], "".join(parts[1:])
    return anchor + listings(replace(home, intro=Markup(above.strip()))) + below  # noqa: S704 - MkDocs rendered it
