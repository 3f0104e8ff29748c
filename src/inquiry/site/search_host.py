"""Whose search a site has, as MkDocs meets it: what the plugin's events ask for, one method each."""

from __future__ import annotations

import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from inquiry.site.host import add_search, drop_search, search_indexes
from inquiry.site.search import add_entries
from inquiry.site.search_box import add_search_link
from inquiry.site.search_feed import FeedError
from inquiry.site.search_index import Indexing, find_program
from inquiry.site.search_records import ordinary_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from inquiry.config import Project
    from inquiry.graph.urls import Urls
    from inquiry.site.render import OutputPage
    from inquiry.site.search import SearchEntry

log = logging.getLogger("mkdocs.plugins.inquiry")

ASSETS = frozenset({"assets/search.css", "assets/search.js"})
"""Files that only a site with Pagefind's search has."""
_FOLDER = "search"
"""Where the index is kept in the cache."""


class SiteSearch:
    """The search of one site; in a preview it outlives the single build."""

    def __init__(self) -> None:
        self._project: Project | None = None
        self._indexing: Indexing | None = None
        self._begun = False
        self._borrowed: TemporaryDirectory[str] | None = None
        """A folder in place of the cache's, where that cannot be written."""

    def configure(self, project: Project, config: MkDocsConfig) -> None:
        """Find what the settings ask for; add the theme's own search, or take it out where another takes its place."""
        kind = project.settings.search
        if self._project is None or self._project.settings != project.settings:
            self._begun = False
            self._indexing = _indexing(project) if kind == "pagefind" else None
        self._project = project
        if kind == "material":
            add_search(config)
        elif self._indexing is not None:
            drop_search(config)

    def shows(self, asset: str) -> bool:
        """Tell whether a file of assets/ belongs to the site."""
        return self._indexing is not None or asset not in ASSETS

    def begin(
        self, pages: Iterable[OutputPage], urls: Urls, env: Environment, files: Files, config: MkDocsConfig
    ) -> None:
        """Show the way to the search in the theme, and start on the index; a preview does so once."""
        if self._indexing is None:
            for index in search_indexes(config):
                add_entries(index, _our_entries(pages, urls))
            return
        add_search_link(env, urls.relative(urls.lines, urls.home))
        if self._begun or self._project is None:
            return
        self._begun = True
        entries = (*_our_entries(pages, urls), *_ordinary_entries(files))
        try:
            self._indexing.begin(entries, self._project.language)
        except OSError:  # nothing can be kept there
            self._borrowed = TemporaryDirectory(prefix="inquiry-search-")
            self._indexing = Indexing(self._indexing.program, Path(self._borrowed.name))
            self._indexing.begin(entries, self._project.language)

    def finish(self, site: Path, old: Path | None) -> frozenset[str]:
        """Put the index into the site.

        Args:
            site: Its folder.
            old: The site of the last build when its files may stay.

        Returns:
            Those that do, relative to it.
        """
        if self._indexing is None:
            return frozenset()
        self._begun = False
        try:
            return self._indexing.finish(site, old)
        except (FeedError, OSError) as fault:
            _give_up(fault)
            return frozenset()
        finally:
            self._give_back()

    def preview(self, site: Path) -> None:
        """Show a preview the index of its beginning, as soon as there is one."""
        if self._indexing is not None:
            try:
                self._indexing.show(site)
            except (FeedError, OSError) as fault:
                _give_up(fault)

    def abandon(self) -> None:
        """Stop what is being made."""
        if self._indexing is not None:
            self._indexing.abandon()
        self._give_back()

    def _give_back(self) -> None:
        if self._borrowed is not None:
            self._borrowed.cleanup()
            self._borrowed = None


def _indexing(project: Project) -> Indexing | None:
    if program := find_program():
        return Indexing(program, project.cache_dir / _FOLDER)
    log.warning("there is no Pagefind for this system, so the site has no search; try `search: material`")
    return None


def _give_up(fault: Exception) -> None:
    log.warning("Pagefind makes no index, so the search finds nothing: %s", fault)


def _our_entries(pages: Iterable[OutputPage], urls: Urls) -> Iterator[tuple[str, SearchEntry]]:
    for page in pages:
        if page.make_search is not None:
            yield urls.relative(page.path, urls.home), page.make_search()


def _ordinary_entries(files: Files) -> Iterator[tuple[str, SearchEntry]]:
    """Read the pages of docs/, which MkDocs has converted by now and not yet put into the theme."""
    for file in files.documentation_pages():
        page = file.page
        if page is None or page.content is None:
            continue
        searched = page.meta.get("search")
        if searched is False or (isinstance(searched, dict) and searched.get("exclude")):
            continue
        yield file.url, ordinary_entry(str(page.title), page.content, str(page.meta.get("description") or ""))
