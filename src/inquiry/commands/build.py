"""`inquiry build`: make the site, as `mkdocs build` does, and say how it went."""

from __future__ import annotations

import logging
import sys
import time
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
from inquiry.commands.reading import config_option
from inquiry.config import ConfigError, find_config

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


class NoSettings(Config):  # type: ignore[no-untyped-call] # MkDocs is half typed
    """The settings of a plugin that has none."""


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


@click.command("build")
@config_option
@click.option("-d", "--site-dir", type=click.Path(path_type=Path, file_okay=False), help="Where to put the site.")
@click.option("--strict", is_flag=True, help="Fail when there are errors or warnings.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.pass_context
def command(ctx: click.Context, config: Path | None, site_dir: Path | None, strict: bool, quiet: bool) -> None:
    """Make the site: the same as `mkdocs build`."""
    started = time.monotonic()
    with hosted(logging.ERROR if quiet else logging.WARNING):
        settings = load_config(
            str(find_config(config)),
            site_dir=str(site_dir.absolute()) if site_dir else None,
            strict=strict or None,
        )
        if "inquiry" not in settings.plugins:
            raise ConfigError(f"{settings.config_file_path}: `plugins` does not list `inquiry`")
        tally = Tally()
        settings.plugins["inquiry/tally"] = tally
        sound = _build(settings, shown=not quiet and sys.stderr.isatty())
    if not sound:
        ctx.exit(1)
    if not quiet:
        seconds = time.monotonic() - started
        click.echo(f"built {tally.pages:,} pages to {_short(Path(settings.site_dir))} in {seconds:.1f} s", err=True)


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


def _short(folder: Path) -> str:
    """Name a folder as seen from here."""
    here = Path.cwd()
    return f"{folder.relative_to(here) if folder.is_relative_to(here) else folder}/"
