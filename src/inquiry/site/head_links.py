"""Elements of a page's head that lead programs elsewhere: other forms, exports, feeds, the picture."""

from __future__ import annotations

from inquiry.corpus.output import escape
from inquiry.graph.urls import Urls
from inquiry.site.card_image import HEIGHT, WIDTH


def picture_tags(address: str, words: str) -> str:
    """Say what picture link previews show; empty address for none."""
    if not address:
        return '<meta name="twitter:card" content="summary">\n'
    properties = (
        ("", address),
        (":type", "image/png"),
        (":width", str(WIDTH)),
        (":height", str(HEIGHT)),
        (":alt", words),
    )
    tags = [f'<meta property="og:image{name}" content="{escape(value)}">\n' for name, value in properties]
    return "".join((*tags, '<meta name="twitter:card" content="summary_large_image">\n'))


def feed_links(way: str, title: str) -> str:
    """Point to the two feeds that lie at the end of a way."""
    return alternate("application/atom+xml", way + Urls.atom, title) + alternate(
        "application/feed+json", way + Urls.json_feed, title
    )


def alternate(type_name: str, href: str, title: str) -> str:
    """Name another form of a page.

    The space makes no difference to what `rel` says, and all to Material: it takes `[rel=alternate]`, to the letter,
    for a translation of the site, and every page would ask for a sitemap beside it.
    """
    return f'<link rel="alternate " type="{type_name}" title="{escape(title)}" href="{href}">\n'


def described_by(type_name: str, href: str) -> str:
    """Name what says the same of a page in another format."""
    return f'<link rel="describedby" type="{type_name}" href="{href}">\n'
