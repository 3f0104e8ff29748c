"""The theme's page, made once for each depth of folders and section, and cut open for all pages there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from inquiry.site.shell import CONTENT_HTML, TOP_ID, Mark, Shell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from inquiry.site.render import OutputPage


class _Place(NamedTuple):
    """What the theme's page depends on."""

    depth: int
    """Folders above it."""
    editable: bool
    """Whether it has a link to its source."""
    section: str
    """The first folder of its address, where the navigation has the page of that; empty otherwise."""


class ThemeShells:
    """The theme's page around pages of every place, rendered when the first is made."""

    def __init__(self, env: Environment, nav: Navigation, files: Files, config: MkDocsConfig) -> None:
        self._env = env
        self._nav = nav
        self._files = files
        self._config = config
        self._sections = {page.file.dest_uri.removesuffix("/index.html"): page for page in nav.pages}
        self._made: dict[_Place, Shell] = {}

    def around(self, page: OutputPage) -> Shell:
        """Give the shell of a page."""
        return self._shell(self._place(page))

    def every(self, pages: Iterable[OutputPage]) -> list[Shell]:
        """List the shells of some pages, each once."""
        return [self._shell(place) for place in sorted({self._place(page) for page in pages})]

    def _place(self, page: OutputPage) -> _Place:
        section = page.path.partition("/")[0]
        return _Place(page.path.count("/"), bool(page.source), section if section in self._sections else "")

    def _shell(self, place: _Place) -> Shell:
        if place not in self._made:
            self._made[place] = self._render(place)
        return self._made[place]

    def _render(self, place: _Place) -> Shell:
        """Render the theme's `main.html` for a page of marks, and cut it open.

        Other plugins' page events do not run for it: they would index, count or date a page that does not exist.
        """
        marked = _marked_page(self._config, place.depth, editable=place.editable)
        context = get_context(self._nav, self._files, self._config, marked)
        current = self._sections.get(place.section)
        if current is not None:
            current.active = True  # for this page, as MkDocs does for its own
        try:
            html = self._env.get_template("main.html").render(context)
        finally:
            if current is not None:
                current.active = False
        return Shell.from_html(html, self._config.site_name)


def _marked_page(config: MkDocsConfig, depth: int, *, editable: bool) -> Page:
    destination = f"{'inquiry/' * depth}index.html" if depth else "inquiry.html"
    file = File("inquiry.md", None, config.site_dir, config.use_directory_urls, dest_uri=destination)
    file.edit_uri = f"{_way_to_root(config)}{Mark.SOURCE}" if editable else None
    page = Page(None, file, config)
    page.markdown = ""
    page.content = CONTENT_HTML
    page.meta = {
        "title": Mark.TITLE.value,
        "description": Mark.DESCRIPTION.value,
        "hide": ["navigation", "toc"],
    }
    # One entry of the first level is what "skip to content" links need; no theme lists it on the page.
    page.toc = TableOfContents([AnchorLink(Mark.TITLE.value, TOP_ID, 1)])
    page.canonical_url = Mark.CANONICAL.value
    return page


def _way_to_root(config: MkDocsConfig) -> str:
    """Return the way from docs/, where MkDocs believes every source to lie, to the folder of mkdocs.yml."""
    root = Path(config.config_file_path).resolve().parent
    docs = Path(config.docs_dir).resolve()
    return "../" * len(docs.relative_to(root).parts) if docs.is_relative_to(root) else ""
