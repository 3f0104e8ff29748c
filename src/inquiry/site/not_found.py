"""What stands where no page is: the ways back in."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from inquiry.graph.urls import Urls
from inquiry.site.cards import menu_view
from inquiry.site.views import NotFoundView, PageView

PAGE = "404.html"
TITLE = "Nothing lies at this address"

THEME_TEMPLATE = """{% extends "main.html" %}
{% block htmltitle %}<title>{{ inquiry_title }} - {{ config.site_name }}</title>{% endblock %}
{% block content %}{{ inquiry_content }}{% endblock %}
"""
"""The theme's page around it; both blocks are those of MkDocs's own themes and of Material."""

_KNOWN_THEMES = frozenset({"material", "mkdocs", "readthedocs"})
"""Themes whose page has these blocks."""


def gives_way(theme: str | None, custom: str | None) -> bool:
    """Tell whether a theme's page gives way to ours: one that is known, where the author has none of their own."""
    return theme in _KNOWN_THEMES and not (custom and Path(custom, PAGE).is_file())


def not_found_view(urls: Urls, language: str) -> NotFoundView:
    """Make the view of the 404 page.

    A missing page may lie at any depth, so its links begin at the root of the server, as the theme's own do.
    """
    root = urlsplit(urls.site_url).path.rstrip("/") + "/"
    page = PageView(
        kind="not-found",
        title=TITLE,
        description="",
        url=PAGE,
        canonical="",
        menu=menu_view(urls, Urls.home, root),
        language=language,
    )
    return NotFoundView(page)
