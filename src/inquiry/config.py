"""The project: where mkdocs.yml is and what it says that concerns us.

Reads the file without MkDocs, whose import alone takes half a second, and without running what its tags name.
Every command starts here; the MkDocs plugin makes its `Project` from the configuration that MkDocs has read.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from inquiry.settings import (
    CitationStyle,
    ConfigError,
    HtmlPolicy,
    Search,
    Settings,
    SuggestionCounts,
    show,
)

__all__ = [
    "CitationStyle",
    "ConfigError",
    "HtmlPolicy",
    "Project",
    "Search",
    "Settings",
    "SuggestionCounts",
    "config_above",
    "find_config",
    "load_project",
]

PLUGIN = "inquiry"
"""Name of our entry under `plugins:`."""
_FONTS = frozenset({b"\0\1\0\0", b"true", b"OTTO", b"ttcf", b"wOFF", b"wOF2"})
"""How files of fonts begin."""
_FILE_NAMES = ("mkdocs.yml", "mkdocs.yaml")


@dataclass(frozen=True, slots=True)
class Project:
    """A knowledge base on disk, and the settings of its site."""

    root: Path
    """The folder of mkdocs.yml, absolute."""
    config_path: Path
    """mkdocs.yml itself, absolute."""
    site_name: str
    site_url: str
    """As configured; empty when it is not set."""
    docs_dir: Path
    """Folder of the ordinary MkDocs pages, absolute."""
    site_dir: Path
    """Folder that a build writes, absolute."""
    use_directory_urls: bool
    language: str
    """BCP 47 tag of the theme, `en` when it names none."""
    settings: Settings
    exclude_docs: str = ""
    """Patterns of docs/ files that are not published, in the manner of .gitignore, one a line."""
    draft_docs: str = ""
    """Patterns of docs/ files that only a preview shows, likewise."""
    site_description: str = ""

    @property
    def docs_folder(self) -> str:
        """The folder of the ordinary pages, relative to the folder of mkdocs.yml, with forward slashes."""
        return os.path.relpath(self.docs_dir, self.root).replace(os.sep, "/")

    @property
    def notes_dir(self) -> Path:
        """The folder of the notes, absolute."""
        return self.root / self.settings.notes

    @property
    def lines_dir(self) -> Path:
        """The folder of the lines, absolute."""
        return self.root / self.settings.lines

    @property
    def templates_dir(self) -> Path:
        """The folder of the site's own templates, absolute; it need not exist."""
        return self.root / self.settings.templates

    @property
    def cache_dir(self) -> Path:
        """The folder of the cache, absolute; it need not exist."""
        return self.root / self.settings.cache

    @property
    def bibliography_files(self) -> tuple[Path, ...]:
        """The files of the bibliography that exist, absolute, in the order of the settings."""
        paths = (self.root / name for name in self.settings.bibliography)
        return tuple(path for path in paths if path.is_file())


def find_config(explicit: Path | None) -> Path:
    """Find the mkdocs.yml to use: the given one, else that of this folder or the nearest one above.

    Raises:
        ConfigError: There is none.
    """
    if explicit is not None:
        found = _config_in(explicit) if explicit.is_dir() else explicit
        if found is None or not found.is_file():
            raise ConfigError(f"{explicit}: no such configuration file")
        return found.absolute()
    here = Path.cwd()
    above = config_above(here)
    if above is None:
        raise ConfigError(f"no mkdocs.yml in {here} or any folder above; `-f` names one")
    return above


def config_above(folder: Path) -> Path | None:
    """Find the mkdocs.yml of a folder, or the nearest one above; None where there is none."""
    return next((found for here in (folder, *folder.parents) if (found := _config_in(here)) is not None), None)


def _config_in(folder: Path) -> Path | None:
    paths = (folder / name for name in _FILE_NAMES)
    return next((path for path in paths if path.is_file()), None)


def load_project(path: Path) -> Project:
    """Read a mkdocs.yml; without a block of ours, the defaults hold.

    Raises:
        ConfigError: The file is missing or unreadable, is not YAML, or has a setting that is not allowed.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links, absolute() keeps ".."
    config = _read_with_parents(path, ())
    try:
        return _project(path, config)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None


def _project(path: Path, config: dict[str, Any]) -> Project:
    project = Project(
        root=path.parent,
        config_path=path,
        site_name=_text(config, "site_name", path.parent.name),
        site_url=_text(config, "site_url", ""),
        docs_dir=Path(os.path.normpath(path.parent / _text(config, "docs_dir", "docs"))),
        site_dir=Path(os.path.normpath(path.parent / _text(config, "site_dir", "site"))),
        use_directory_urls=config.get("use_directory_urls") is not False,
        language=_language(config.get("theme")),
        settings=Settings.from_mapping(_plugin_block(config.get("plugins"))),
        exclude_docs=_text(config, "exclude_docs", ""),
        draft_docs=_text(config, "draft_docs", ""),
        site_description=_text(config, "site_description", ""),
    )
    refuse_what_is_no_font(project)
    return project


def refuse_what_is_no_font(project: Project) -> None:
    """Look whether the font that is asked for is one.

    Raises:
        ConfigError: It is not; pictures would be missing, or their drawing fail.
    """
    name = project.settings.card_font
    if not name:
        return
    try:
        with (project.root / name).open("rb") as file:
            sound = file.read(4) in _FONTS
    except OSError:
        sound = False
    if not sound:
        allowed = "the path of a font (TrueType, OpenType, WOFF)"
        raise ConfigError(f"`card_font: {name}` is not allowed: `card_font` takes {allowed}")


def _text(config: dict[str, Any], key: str, default: str) -> str:
    value = config.get(key)
    if value is None:
        return default
    if isinstance(value, (dict, list)):
        raise ConfigError(f"`{key}: {show(value)}` is not allowed: `{key}` takes text")
    return str(value)


def _language(theme: object) -> str:
    """Read the theme's language: Material says `language`, MkDocs's own themes say `locale`."""
    if not isinstance(theme, dict):
        return "en"
    return str(theme.get("language") or theme.get("locale") or "en").replace("_", "-")


def _plugin_block(plugins: object) -> dict[str, Any]:
    """Find our block whether `plugins` is a list or a mapping; without one it is empty."""
    if isinstance(plugins, dict):
        return _checked_block(plugins.get(PLUGIN))
    for entry in plugins if isinstance(plugins, list) else ():
        if isinstance(entry, dict) and PLUGIN in entry:
            return _checked_block(entry[PLUGIN])
    return {}


def _checked_block(block: object) -> dict[str, Any]:
    if block is None:
        return {}
    if not isinstance(block, dict):
        raise ConfigError(f"`{PLUGIN}: {show(block)}` is not allowed: `{PLUGIN}` takes a mapping of settings")
    return {key: value for key, value in block.items() if key != "enabled"}  # `enabled` is MkDocs's own


def _read_with_parents(path: Path, children: tuple[Path, ...]) -> dict[str, Any]:
    """Read a file and those that it inherits from; mappings are merged, anything else replaces."""
    if path in children:
        raise ConfigError(f"{path}: inherits from itself")
    config = _read(path)
    parent = config.pop("INHERIT", None)
    if parent is None:
        return config
    if not isinstance(parent, str):
        raise ConfigError(f"{path}: `INHERIT: {show(parent)}` is not allowed: `INHERIT` takes a path")
    above = _read_with_parents(Path(os.path.normpath(path.parent / parent)), (*children, path))
    return _merged(above, config)


def _merged(below: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in over.items():
        known = merged.get(key)
        merged[key] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged


class _TolerantLoader(yaml.CSafeLoader):
    """YAML with MkDocs's `!ENV`; every other tag is read past, so that nothing is ever imported or run."""


def _environment_value(loader: _TolerantLoader, node: yaml.Node) -> Any:
    """Read `!ENV NAME` or `!ENV [NAME, OTHER, default]` as MkDocs does."""
    if isinstance(node, yaml.SequenceNode):
        names, default = node.value[:-1] or node.value, node.value[-1] if len(node.value) > 1 else None
    else:
        names, default = [node], None
    for name in names:
        value = os.environ.get(str(name.value))
        if value is not None:
            tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call] # no stub
            return loader.construct_object(yaml.ScalarNode(tag, value), deep=True)
    return None if default is None else loader.construct_object(default, deep=True)


def _untagged_value(loader: _TolerantLoader, _suffix: str, node: yaml.Node) -> Any:
    """Read a value of an unknown tag as if it had none."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return str(node.value)


_TolerantLoader.add_constructor("!ENV", _environment_value)
_TolerantLoader.add_multi_constructor("", _untagged_value)


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such configuration file") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or 'cannot be read'}") from None
    try:
        config = yaml.load(text, Loader=_TolerantLoader)  # noqa: S506 - derives from the safe loader
    except yaml.MarkedYAMLError as error:
        raise ConfigError(f"{path}{_place(error)}: {error.problem or 'not valid YAML'}") from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid YAML: {show(error)}") from None
    if config is None:
        return {}
    if not isinstance(config, dict):
        raise ConfigError(f"{path}: not a mapping of settings")
    return config


def _place(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    return f":{mark.line + 1}:{mark.column + 1}" if mark else ""
