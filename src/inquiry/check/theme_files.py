"""Files that a theme brings along, looked up on disk when nothing else explains an address."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inquiry.check.pages.configuration import Configuration
    from inquiry.config import Project

_DEFAULT_THEME = "mkdocs"
_OWN_ASSETS = "assets/inquiry"
"""How the names of the files begin that Inquiry itself adds to a site."""


def theme_has(project: Project, configuration: Configuration, path: str) -> bool:
    """Tell whether the theme, its changes in `custom_dir`, or Inquiry publish a file; nothing is imported."""
    if path.startswith(_OWN_ASSETS):
        return True
    if path.endswith((".html", ".md", "/")) or "\0" in path:
        return False
    folders = [project.root / configuration.custom_dir] if configuration.custom_dir else []
    if theme := _theme_folder(configuration.theme or _DEFAULT_THEME):
        folders.append(theme)
    return any(os.path.isfile(folder / path) for folder in folders)  # noqa: PTH113 - never raises


@cache
def _theme_folder(name: str) -> Path | None:
    from importlib.metadata import entry_points  # noqa: PLC0415 - takes long, and few addresses lead here

    for entry in entry_points(group="mkdocs.themes", name=name):
        package, _, inside = entry.value.partition(".")
        spec = find_spec(package)  # of the package alone, for what lies deeper would be imported
        if spec is not None and spec.submodule_search_locations:
            return Path(spec.submodule_search_locations[0], *inside.split("."))
    return None
