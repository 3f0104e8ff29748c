"""What stands where no page is: the ways back in."""

from __future__ import annotations

from urllib.parse import urlsplit

from inquiry.graph.urls import Urls
from inquiry.site.cards import menu_view
from inquiry.site.views import NotFoundView, PageView

TITLE = "Nothing lies at this address"

THEME_TEMPLATE = """{% extends "main.html" %}
{% block htmltitle %}<title>{{ inquiry_title }} - {{ config.site_name }}</title>{% endblock %}
{% block content %}{{ inquiry_content }}{% endblock %}
"""
"""The theme's page around it; both blocks are those of MkDocs's own themes and of Material."""


def not_found_view(urls: Urls, language: str) -> NotFoundView:
    """Make the view of the 404 page.

    A missing page may lie at any depth, so its links begin at the root of the server, as the theme's own do.
    """
    root = urlsplit(urls.site_url).path.rstrip("/") + "/"
    page = PageView(
        kind="not-found",
        title=TITLE,
        description="",
        url="404.html",
        canonical="",
        menu=menu_view(urls, Urls.home, root),
        language=language,
    )
    return NotFoundView(page)
