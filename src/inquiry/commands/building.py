"""A build by MkDocs, as `inquiry build` has it made; whoever only wants help or a refusal never imports MkDocs."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import InclusionLevel

from inquiry.commands.bar import progress_bar
from inquiry.commands.hosting import hosted
from inquiry.commands.standing import KNOWN_PLUGINS
from inquiry.config import ConfigError

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


class NoSettings(Config):  # type: ignore[no-untyped-call] # MkDocs is half typed
    """The settings of a plugin that has none."""


class Heard(logging.Handler):
    """Keeps the warnings and errors of a build, whoever else prints them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.rows: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self.rows.append(f"{record.levelname.lower()}: {record.getMessage()}")


class Tally(BasePlugin[NoSettings]):  # type: ignore[no-untyped-call] # likewise
    """Counts the pages of a build: it is the last to see all files."""

    pages = 0

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Count what becomes a page."""
        del config
        self.pages = sum(
            one.dest_uri.endswith(".html") and one.inclusion.value > InclusionLevel.DRAFT.value for one in files
        )
        return env


@dataclass(frozen=True, slots=True)
class Built:
    """How a build went."""

    sound: bool
    """Whether it was without findings, so far as the build is strict."""
    pages: int
    folder: Path
    said: tuple[str, ...]
    """Warnings and errors, in order."""
    repeatable: bool
    """Whether every plugin is known to read nothing but the project's files."""


def build_site(config: Path, site_dir: Path | None, *, strict: bool, quiet: bool) -> Built:
    """Make the site.

    Raises:
        ConfigError: The configuration does not name our plugin.
        ClickException: MkDocs or a plugin gives up.
    """
    with hosted(logging.ERROR if quiet else logging.WARNING):
        settings = load_config(
            str(config), site_dir=str(site_dir.absolute()) if site_dir else None, strict=strict or None
        )
        if "inquiry" not in settings.plugins:
            raise ConfigError(f"{settings.config_file_path}: `plugins` does not list `inquiry`")
        tally = Tally()
        settings.plugins["inquiry/tally"] = tally
        heard = Heard()
        log = logging.getLogger("mkdocs")
        log.addHandler(heard)
        try:
            sound = _build(settings, shown=not quiet and sys.stderr.isatty())
        finally:
            log.removeHandler(heard)
    repeatable = not settings.hooks and set(settings.plugins) <= KNOWN_PLUGINS
    return Built(sound, tally.pages, Path(settings.site_dir), tuple(heard.rows), repeatable)


def _build(settings: MkDocsConfig, *, shown: bool) -> bool:
    """Build, and tell whether it was without findings, so far as the build is strict."""
    settings.plugins.on_startup(command="build", dirty=False)
    try:
        with progress_bar(shown=shown):
            build(settings)
    except Abort as fault:
        if not settings.strict:
            raise
        click.echo(f"inquiry: {fault.format_message().lower().rstrip('!')}", err=True)
        return False
    finally:
        settings.plugins.on_shutdown()
    return True
