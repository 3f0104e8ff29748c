"""The way to the search in every page's header, put into the theme's own templates.

Without scripts it is a link to the lists; `assets/search.js` makes a dialog of it.  It goes into the template rather
than into finished pages, so that ordinary pages, ours and the 404 page get it with addresses that hold where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2

if TYPE_CHECKING:
    from jinja2 import Environment

_GLASS = (
    "M9.5 3A6.5 6.5 0 0 1 16 9.5c0 1.61-.59 3.09-1.56 4.23l.27.27h.79l5 5-1.5 1.5-5-5v-.79l-.27-.27A6.516 6.516 0 0 1 "
    "9.5 16 6.5 6.5 0 0 1 3 9.5 6.5 6.5 0 0 1 9.5 3m0 2C7 5 5 7 5 9.5S7 14 9.5 14 14 12 14 9.5 12 5 9.5 5Z"
)
"""Material's own magnifying glass."""
_LINK = f"""<a class="md-header__button search-link" href="{{{{ 'LISTS' | url }}}}" title="Search"
      data-search="{{{{ 'pagefind/' | url }}}}" data-root="{{{{ '.' | url }}}}">
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true"><path d="{_GLASS}"/></svg>
      <span class="search-link__name">Search</span></a>
    """
_PLACES = (
    ("partials/header.html", '<div class="md-header__source">', "{% if config.repo_url %}"),
    ("partials/header.html", "", "</nav>"),
    ("base.html", "", "</body>"),
)
"""Template, what it must hold, and what the link stands before: Material's header, then any theme's page."""


def add_search_link(env: Environment, lists: str) -> None:
    """Put the link into the theme's pages.

    Args:
        env: The theme's.
        lists: Where the link leads without scripts, from the site's root.
    """
    loader = env.loader
    if loader is None:
        return
    for name, needed, mark in _PLACES:
        try:
            source, _, _ = loader.get_source(env, name)
        except jinja2.TemplateNotFound:
            continue
        before, found, after = source.rpartition(mark)
        if found and needed in source:
            changed = f"{before}{_LINK.replace('LISTS', lists)}{mark}{after}"
            env.loader = jinja2.ChoiceLoader([jinja2.DictLoader({name: changed}), loader])
            return
