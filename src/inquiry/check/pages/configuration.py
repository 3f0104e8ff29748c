"""mkdocs.yml with its places: navigation, extra files, plugins, Markdown extensions.

`inquiry.config` reads settings; a finding needs to know where a value stands, so this reads YAML nodes.  A value
that a child file does not have comes from the file that it inherits from, with its place there.  The whole has been
read once without fault before anything is checked; what cannot be read here is left out.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from inquiry.check.pages.tagged import plain_value
from inquiry.diagnostics import Position, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inquiry.config import Project

_DEEPEST = 20
"""Levels of the navigation that are read; nobody has more, and YAML can be made to loop."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the configuration."""

    value: str
    path: str
    """File that it stands in, relative to the folder of mkdocs.yml."""
    span: Span


@dataclass(frozen=True, slots=True)
class Configuration:
    """What mkdocs.yml says about pages and files."""

    nav: tuple[Entry, ...] = ()
    """Pages and addresses of the navigation, in order."""
    styles: tuple[Entry, ...] = ()
    """`extra_css`."""
    scripts: tuple[Entry, ...] = ()
    """`extra_javascript`."""
    pictures: tuple[Entry, ...] = ()
    """`theme.logo` and `theme.favicon`."""
    bibliography: tuple[Entry, ...] = ()
    """Files of references that the project's own plugin is given."""
    theme: str = ""
    custom_dir: str = ""
    """Folder of the theme's changes, from the folder of mkdocs.yml; empty for none."""
    plugins: frozenset[str] = frozenset()
    hooks: bool = False
    """Whether code of the site's own takes part in the build."""
    absolute_links: str = ""
    """`validation.links.absolute_links`."""
    extensions: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """Markdown extensions and their options, in order."""
    redirected: frozenset[str] = frozenset()
    """Sources that the `redirects` plugin sends on."""


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    root: yaml.MappingNode

    def entry(self, node: yaml.Node) -> Entry:
        """Take a scalar with the place of its text, quotes left out."""
        start, end = node.start_mark, node.end_mark
        quotes = 1 if isinstance(node, yaml.ScalarNode) and node.style in {"'", '"'} else 0
        span = Span(
            Position(start.line + 1, start.column + 1 + quotes), Position(end.line + 1, end.column + 1 - quotes)
        )
        return Entry(str(node.value), self.path, span)


def read_configuration(project: Project) -> Configuration:
    """Read mkdocs.yml and those that it inherits from."""
    files = tuple(_files(project.config_path, project.root, ()))
    theme = _values(files, "theme")
    name = next((str(node.value) for _, node in theme if isinstance(node, yaml.ScalarNode)), "")
    plugins = dict(_named(files, "plugins"))
    redirects = plugins.get("redirects", {}).get("redirect_maps") or {}
    return Configuration(
        nav=tuple(_nav(*value, _DEEPEST)) if (value := _first(files, "nav")) else (),
        styles=tuple(_list(files, "extra_css")),
        scripts=tuple(_list(files, "extra_javascript")),
        pictures=tuple(_scalars(files, "theme", ("logo", "favicon"))),
        bibliography=tuple(_bibliography(files)),
        theme=name or next((one.value for one in _scalars(files, "theme", ("name",))), ""),
        custom_dir=next((one.value for one in _scalars(files, "theme", ("custom_dir",))), ""),
        plugins=frozenset(plugins),
        hooks=_first(files, "hooks") is not None,
        absolute_links=_absolute_links(files),
        extensions=tuple(_named(files, "markdown_extensions")),
        redirected=frozenset(map(str, redirects)) if isinstance(redirects, dict) else frozenset(),
    )


def _files(path: Path, root: Path, children: tuple[Path, ...]) -> Iterator[_File]:
    """Read a file, then the one that it inherits from."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return
    if not isinstance(node, yaml.MappingNode):
        return
    file = _File(os.path.relpath(path, root).replace(os.sep, "/"), node)
    yield file
    parent = _child(node, "INHERIT")
    if isinstance(parent, yaml.ScalarNode):
        above = Path(os.path.normpath(path.parent / parent.value))
        if above not in children and above != path:
            yield from _files(above, root, (*children, path))


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    found = [value for name, value in node.value if isinstance(name, yaml.ScalarNode) and name.value == key]
    return found[-1] if found else None


def _values(files: tuple[_File, ...], key: str) -> list[tuple[_File, yaml.Node]]:
    return [(file, node) for file in files if (node := _child(file.root, key)) is not None]


def _first(files: tuple[_File, ...], key: str) -> tuple[_File, yaml.Node] | None:
    return next(iter(_values(files, key)), None)


def _nav(file: _File, node: yaml.Node, depth: int) -> Iterator[Entry]:
    if isinstance(node, yaml.ScalarNode):
        if node.value and node.tag == "tag:yaml.org,2002:str":
            yield file.entry(node)
    elif depth and isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _nav(file, one, depth - 1)
    elif depth and isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _nav(file, value, depth - 1)


def _bibliography(files: tuple[_File, ...]) -> Iterator[Entry]:
    """Read the option `bibliography` of the plugin `inquiry`, wherever plugins are listed."""
    file, plugins = _first(files, "plugins") or (None, None)
    listed = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for one in listed if file else ():
        given = _child(_child(one, "inquiry"), "bibliography") if one else None
        for value in given.value if isinstance(given, yaml.SequenceNode) else [given]:
            if file and isinstance(value, yaml.ScalarNode) and value.value and not value.tag.startswith("!"):
                yield file.entry(value)


def _list(files: tuple[_File, ...], key: str) -> Iterator[Entry]:
    """Read a list of paths, whose entries may be mappings with a `path`."""
    file, node = _first(files, key) or (None, None)
    if file is None or not isinstance(node, yaml.SequenceNode):
        return
    for one in node.value:
        value = _child(one, "path") if isinstance(one, yaml.MappingNode) else one
        if isinstance(value, yaml.ScalarNode) and value.value and not value.tag.startswith("!"):
            yield file.entry(value)


def _scalars(files: tuple[_File, ...], key: str, names: tuple[str, ...]) -> Iterator[Entry]:
    """Read values below a mapping that files share: the child's count."""
    for name in names:
        for file, node in _values(files, key):
            value = _child(node, name)
            if isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:str" and value.value:
                yield file.entry(value)
                break


def _absolute_links(files: tuple[_File, ...]) -> str:
    for _, node in _values(files, "validation"):
        value = _child(_child(node, "links") or node, "absolute_links")
        if isinstance(value, yaml.ScalarNode):
            return str(value.value)
    return ""


def _named(files: tuple[_File, ...], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read plugins or extensions with their options: a list of names and mappings, or one mapping."""
    merged: dict[str, dict[str, Any]] = {}
    for _, node in _values(files, key):
        value = plain_value(node)
        entries = value if isinstance(value, list) else [value]
        for entry in entries:
            for name, options in entry.items() if isinstance(entry, dict) else [(entry, {})]:
                merged.setdefault(str(name), options if isinstance(options, dict) else {})
        if isinstance(value, list):
            break  # a list replaces what is inherited; mappings are merged
    yield from merged.items()
