"""The door that MkDocs comes in by: each event names a step and calls it.

A build goes through `on_config` (settings), `on_files` (everything is read, linked and composed) and `on_env`
(the theme is ready: everything is checked and printed).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.base import Config
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import BasePlugin, event_priority

from inquiry.arrays import import_arrays
from inquiry.check.rules import check, check_one
from inquiry.config import ConfigError, Settings
from inquiry.corpus.load import Memory, loading
from inquiry.garbage import leave_garbage_at_the_end, uncollected
from inquiry.graph.build import linked
from inquiry.site.compose import ComposedSite, compose_site
from inquiry.site.docs_links import DocsLinks
from inquiry.site.docs_resolution import DocsPages
from inquiry.site.edition import Edition
from inquiry.site.files import (
    add_files,
    added_files,
    home_file,
    is_home,
    name_listed_pages,
    page_files,
    printed_files,
    printed_pages,
)
from inquiry.site.glance import Glance
from inquiry.site.home import home_html
from inquiry.site.host import (
    add_assets,
    ask_no_font_host,
    hidden,
    project_of,
    template_folders,
    watched,
)
from inquiry.site.manifest import key_of
from inquiry.site.not_found import PAGE, THEME_TEMPLATE, TITLE, gives_way, not_found_view
from inquiry.site.press import Aside
from inquiry.site.render import Renderer, find_assets, make_environment, packaged_templates
from inquiry.site.search_host import SiteSearch
from inquiry.site.sitemap import own_dates, pack_sitemap, sitemap_files
from inquiry.site.telling import blame_template, report_hidden, tell
from inquiry.site.theme_shell import ThemeShells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import Environment, Template
    from mkdocs.config.base import ConfigErrors, ConfigWarnings
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from inquiry.config import Project
    from inquiry.diagnostics import Diagnostic
    from inquiry.site.shell import Shell

_SITEMAP = "sitemap.xml"


class NoOptions(Config):  # type: ignore[no-untyped-call] # MkDocs is half typed
    """The options that MkDocs checks for us: none, because `Settings` says more about a bad one."""


class InquiryPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call] # likewise
    """Publish a folder of notes and lines."""

    def __init__(self) -> None:
        self._options: dict[str, Any] = {}
        self._project: Project
        self._site: ComposedSite
        self._docs_pages: DocsPages
        self._templates: Environment
        self._theme: Environment
        self._nav: Navigation
        self._renderer: Renderer
        self._check: Callable[[], tuple[Diagnostic, ...]]
        self._keep: Callable[[], None]
        self._edition: Edition
        self._glance: Callable[[], Glance]
        self._shown: Glance | None = None
        """What shows an edited page at once, from the first build of a preview on."""
        self._previews = False
        self._read: tuple[Settings, Memory] | None = None
        """What a preview has read, and with which settings."""
        self._search = SiteSearch()

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Keep the block as written: `Settings` checks it, and says what is allowed."""
        self._options = options
        return super().load_config({}, config_file_path)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Live on between the builds of a preview, which has a folder of its own that nobody else sees."""
        del dirty
        self._previews = command == "serve"
        import_arrays()
        leave_garbage_at_the_end()

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the settings; early, so that a search plugin added here still gets this very event."""
        try:
            self._project = project_of(config, Settings.from_mapping(self._options))
        except ConfigError as error:
            raise ConfigurationError(f"{config.config_file_path}: {error}") from None
        folders = template_folders(self._project)
        self._templates = make_environment(folders)
        ask_no_font_host(config)
        self._search.configure(self._project, config)
        add_assets(config, {name for name, _ in find_assets(folders) if self._search.shows(name)})
        self._edition = Edition(self._project.site_dir, self._project.cache_dir, previews=self._previews)
        config.site_dir = str(self._edition.folder)
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read, link and compose everything; late, to give way to what others put there."""
        project = self._project
        with uncollected():
            read = loading(project, self._memory_of(project))
            known = linked(project, read.corpus())
            corpus, resolver = known.corpus, known.resolver
            self._site = compose_site(project, corpus, known.graph)
        self._keep = read.keep
        self._check = partial(check, project, corpus, known.graph, resolver)
        check_again: Any = partial(check_one, project, corpus.bibliography, resolver)
        self._glance = lambda: Glance(
            project, corpus, self._site.revise, check_again, self._renderer.html, self._edition.files, self._spoil
        )
        pages = tuple(page_files(self._site.pages, self._site.urls, config))
        assets = [(name, path) for name, path in find_assets(template_folders(project)) if self._search.shows(name)]
        home = () if any(map(is_home, files)) else (home_file(config, project.site_name),)
        for ours, other in add_files(files, (*pages, *added_files(self._site, project, assets, config), *home)):
            report_hidden(ours, other, self._project)
        uris = {page.output.path: page.src_uri for page in pages}
        self._docs_pages = DocsPages(
            corpus,
            resolver,
            lambda identity: uris.get(self._site.urls.source(identity), ""),
            project.docs_folder,
        )
        links: Any = DocsLinks(self._docs_pages)  # MkDocs's type says names; Python-Markdown takes both
        config.markdown_extensions.append(links)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation, which the shell shows."""
        del config, files
        name_listed_pages(nav)
        self._nav = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tell the link patterns which page comes next; Python-Markdown does not."""
        del config, files
        self._docs_pages.enter(page.file.src_uri)
        return markdown

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Print all pages and fill the search; last, when every plugin has prepared the theme."""
        self._theme = env
        self._search.begin(self._site.pages, self._site.urls, env, files, config)
        shells = ThemeShells(env, self._nav, files, config)
        self._renderer = Renderer(self._templates, shells.around)
        pages = printed_pages(files)
        self._edition.print(
            pages,
            printed_files(files),
            self._renderer.html,
            key=self._key(shells.every(page for page, _ in pages), config.site_url),
            check=self._check,
            tell=tell,
            asides=(*self._site.asides, Aside(self._keep)),
            suggest=self._site.suggest,
        )
        return env

    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Put the listings on the home page; last, after search plugins have read the author's words."""
        del config, nav
        if is_home(page.file):
            template = self._templates.get_template("home.html")
            page.content = home_html(lambda view: template.render(view=view), self._site.home.view, page.content or "")
            page.meta["hide"] = hidden(page.meta.get("hide"))
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Tell programs that read an ordinary page what else there is."""
        del config
        machine = self._site.machine
        head = (
            machine.home_head(self._site.home.view.page)
            if is_home(page.file)
            else machine.site_feed_links(page.file.dest_uri)
        )
        return output.replace("</head>", f"{head}</head>", 1)

    def on_pre_template(self, template: Template, *, template_name: str, config: MkDocsConfig) -> Template:
        """Replace a known theme's 404 page, unless the author has one."""
        is_ours = template_name == PAGE and gives_way(config.theme.name, config.theme.custom_dir)
        return self._theme.from_string(THEME_TEMPLATE) if is_ours else template

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """List our pages in the sitemap, and fill the 404 page."""
        del config
        extra: dict[str, Any] = {}
        if template_name == _SITEMAP:
            extra["pages"] = [*own_dates(context["pages"]), *sitemap_files(self._site.pages)]
        elif template_name == PAGE:
            view = not_found_view(self._site.urls, self._project.language)
            extra["inquiry_title"] = TITLE
            extra["inquiry_content"] = self._templates.get_template("not-found.html").render(view=view)
        context.update(extra)  # type: ignore[typeddict-item] # themes see more than MkDocs lists
        return context

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Show what was built; last, when every plugin has done its part."""
        pack_sitemap(Path(config.site_dir))
        config.site_dir = str(self._edition.site)
        if self._previews:
            self._search.preview(self._edition.folder)
            self._edition.publish()
            self._shown = self._glance()
        else:
            self._edition.publish(self._search.finish(self._edition.folder, self._edition.old))

    @event_priority(-100)
    def on_build_error(self, *, error: Exception) -> None:
        """Leave the old site as it is, and say which template is at fault, if one is."""
        self._search.abandon()
        if hasattr(self, "_edition"):
            self._edition.abandon()
        blame_template(error)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Show a note that changes at once, and rebuild; MkDocs watches docs/ and mkdocs.yml only."""
        del builder
        from inquiry.site.watching import watch_eagerly  # noqa: PLC0415 - a build watches nothing

        watch_eagerly(server, filter(None, (config.docs_dir, config.config_file_path)), self.show)
        for path in watched(self._project):
            server.watch(str(path))
        return server

    def show(self, file: str) -> bool:
        """Show what a file says now, if that is possible without a build."""
        return self._shown is not None and self._shown.show(self._shown.name_of(file))

    def _spoil(self, file: Path) -> None:
        """Take note that a page is not as a build left it, whichever build is at work now."""
        self._edition.spoil(file)

    def _memory_of(self, project: Project) -> Memory | None:
        """Give what a preview has read with these settings; a build reads everything once and needs none."""
        if not self._previews:
            return None
        if self._read is None or self._read[0] != project.settings:
            self._read = (project.settings, {})
        return self._read[1]

    def _key(self, shells: Iterable[Shell], site_url: str | None) -> str:
        """Name all that every page depends on."""
        folders = (*template_folders(self._project), packaged_templates())
        return key_of(self._project, site_url, self._site.machine.state, shells, folders)
