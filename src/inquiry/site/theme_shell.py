"""The theme's page, made once for each depth of folders and cut open for all pages at that depth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from inquiry.site.shell import CONTENT_HTML, TOP_ID, Mark, Shell

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation


def theme_shell(
    env: Environment, nav: Navigation, files: Files, config: MkDocsConfig, *, depth: int, editable: bool
) -> Shell:
    """Render the theme's `main.html` for a page of marks, `depth` folders down, and cut it open.

    Other plugins' page events do not run for it: they would index, count or date a page that does not exist.
    """
    context = get_context(nav, files, config, _marked_page(config, depth, editable=editable))
    html = env.get_template("main.html").render(context)
    return Shell.from_html(html, config.site_name)


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
