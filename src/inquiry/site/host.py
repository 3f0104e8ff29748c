"""What MkDocs's configuration says, and what a site of notes adds to it.

The other half of the adapter to MkDocs, beside `files`: whoever moves to another host replaces these two.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.plugins import get_plugins

from inquiry.config import ConfigError, Project, refuse_what_is_no_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig

    from inquiry.config import Settings
    from inquiry.site.search import SearchIndex


def project_of(config: MkDocsConfig, settings: Settings) -> Project:
    """Make the project of the configuration that MkDocs has read, so that nobody reads the file again.

    Raises:
        ConfigError: The site would be written over what it is made of.
    """
    path = Path(config.config_file_path or "mkdocs.yml").absolute()
    language = config.theme.get("language") or config.theme.locale
    project = Project(
        root=path.parent,
        config_path=path,
        site_name=config.site_name,
        site_url=config.site_url or "",
        docs_dir=Path(config.docs_dir),
        site_dir=Path(config.site_dir),
        use_directory_urls=config.use_directory_urls,
        language=str(language).replace("_", "-"),
        settings=settings,
        exclude_docs=_patterns(config.exclude_docs),
        draft_docs=_patterns(config.draft_docs),
        site_description=config.site_description or "",
    )
    refuse_what_is_no_font(project)
    _refuse_overwriting(project)
    return project


def _refuse_overwriting(project: Project) -> None:
    """Refuse to publish over what the site is made of: MkDocs empties the folder, and knows docs/ only.

    Raises:
        ConfigError: The site's folder is one of the author's, holds one or lies in one.
    """
    site = project.site_dir.resolve()
    files = (project.config_path, *project.bibliography_files)
    for theirs in (project.notes_dir, project.lines_dir, project.templates_dir, *files):
        path = theirs.resolve()
        if path.is_relative_to(site) or site.is_relative_to(path):
            raise ConfigError(f"the site cannot be written to `{project.site_dir}`: that would delete `{theirs}`")


def template_folders(project: Project) -> tuple[Path, ...]:
    """List the folders of the site's own templates."""
    return (project.templates_dir,) if project.templates_dir.is_dir() else ()


def watched(project: Project) -> Iterator[Path]:
    """List what a preview should watch beside docs/, so far as it exists."""
    folders = (project.notes_dir, project.lines_dir, project.templates_dir)
    yield from (folder for folder in folders if folder.is_dir())
    yield from project.bibliography_files


def add_assets(config: MkDocsConfig, names: Iterable[str]) -> None:
    """Load our stylesheets and scripts on every page, before the author's, which may overrule them.

    Those in a folder of their own below `assets/` belong to the pages whose templates name them.
    """
    names = sorted(name for name in names if name.count("/") == 1)
    sheets = [name for name in names if name.endswith(".css") and name not in config.extra_css]
    config.extra_css[:0] = sheets
    known = {str(script) for script in config.extra_javascript}
    for name in names:
        if name.endswith(".js") and name not in known:
            script = ExtraScriptValue(name)
            script.defer = True
            config.extra_javascript.append(script)
    if "navigation.instant" in (config.theme.get("features") or ()):
        config.extra.setdefault("polyfills", []).append(ExtraScriptValue(_SVG_LINKS))


_SVG_LINKS = "assets/instant/svg-links.js"
"""Goes into the page's head, in front of Material's own script, which stumbles over links in pictures."""

_MATERIAL_FONTS = {"text": "Roboto", "code": "Roboto Mono"}
"""What Material asks another host for when an author says nothing of fonts."""


def ask_no_font_host(config: MkDocsConfig) -> None:
    """Use the system's fonts unless the author chose some: no page of ours asks another host for anything."""
    if "font" in config.theme and config.theme["font"] == _MATERIAL_FONTS:
        config.theme["font"] = False


def add_search(config: MkDocsConfig) -> None:
    """Add the theme's search plugin when the author has listed none.

    An author who lists any plugin loses the search that MkDocs gives to those who list none, and few know it.
    """
    if any(name.split("/")[-1].split(" ")[0] == "search" for name in config.plugins):
        return
    available = get_plugins()
    own = f"{config.theme.name}/search"
    name = own if own in available else "search"
    plugin = available[name].load()()
    plugin.load_config({}, config.config_file_path)
    config.plugins[name] = plugin


def drop_search(config: MkDocsConfig) -> None:
    """Take the theme's search plugin out: it makes no index, and the theme shows no box for it.

    It must not have had this very event yet, so whoever calls this has one of the first turns.
    """
    for name in [name for name in config.plugins if name.split("/")[-1].split(" ")[0] == "search"]:
        plugin = config.plugins.pop(name)
        for methods in config.plugins.events.values():
            methods[:] = [method for method in methods if getattr(method, "__self__", None) is not plugin]


def search_indexes(config: MkDocsConfig) -> Iterator[SearchIndex]:
    """Find the indexes that search plugins are filling."""
    for plugin in config.plugins.values():
        index = getattr(plugin, "search_index", None)
        if index is not None and hasattr(index, "add_entry_from_context"):
            yield index


def hidden(hide: Any) -> list[str]:
    """Add to a page's `hide:` what would stand beside the listings."""
    already = [hide] if isinstance(hide, str) else list(hide or ())
    return [*already, *(part for part in ("navigation", "toc") if part not in already)]


def _patterns(spec: Any) -> str:
    """Write MkDocs's parsed patterns as text again."""
    return "\n".join(str(pattern.pattern) for pattern in spec.patterns) if spec else ""
