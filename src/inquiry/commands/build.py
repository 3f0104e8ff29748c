"""`inquiry build`: make the site, as `mkdocs build` does, and say how it went."""

from __future__ import annotations

import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inquiry.arrays import import_arrays
from inquiry.commands.naming import seen_from_here
from inquiry.commands.options import config_option
from inquiry.commands.standing import standing
from inquiry.config import ConfigError, find_config, load_project
from inquiry.corpus.load import begin_early, forget_early
from inquiry.corpus.shelf import forget
from inquiry.site.manifest import FILE as PAGES

if TYPE_CHECKING:
    from collections.abc import Iterable


@click.command("build")
@config_option
@click.option("-d", "--site-dir", type=click.Path(path_type=Path, file_okay=False), help="Where to put the site.")
@click.option("--strict", is_flag=True, help="Fail when there are errors or warnings.")
@click.option("--no-cache", is_flag=True, help="Make every page anew.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.pass_context
def command(
    ctx: click.Context, config: Path | None, site_dir: Path | None, strict: bool, no_cache: bool, quiet: bool
) -> None:
    """Make the site: the same as `mkdocs build`."""
    started = time.monotonic()
    path = find_config(config)
    project = stands = None
    with suppress(ConfigError):  # MkDocs will say it
        project = load_project(path)
        stands = standing(project, site_dir.absolute() if site_dir else project.site_dir, strict=strict)
        if no_cache:
            forget(project.cache_dir)
            (project.cache_dir / PAGES).unlink(missing_ok=True)
        elif (before := stands.said()) is not None:
            _say_again(*before, stands.site, quiet=quiet)
            ctx.exit(1 if strict and before[1] else 0)
    try:
        if project is not None:
            begin_early(project)
        import_arrays()
        import_module("inquiry.graph.suggest")  # takes long; others read meanwhile, and those forked later have it
        from inquiry.commands.building import build_site  # noqa: PLC0415 -- likewise

        built = build_site(path, site_dir, strict=strict, quiet=quiet)
    finally:
        forget_early()
    if stands is not None and built.repeatable:
        stands.keep(built.pages, built.said)
    if not built.sound:
        ctx.exit(1)
    if not quiet:
        seconds = time.monotonic() - started
        click.echo(f"built {built.pages:,} pages to {_short(built.folder)} in {seconds:.1f} s", err=True)


def _say_again(pages: int, said: Iterable[str], site: Path, *, quiet: bool) -> None:
    """Say what the last build said, whose site stands."""
    for row in said:
        if not quiet or row.startswith("error: "):
            click.echo(row, err=True)
    if not quiet:
        click.echo(f"nothing has changed: {pages:,} pages are in {_short(site)}", err=True)


def _short(folder: Path) -> str:
    """Name a folder as seen from here."""
    return f"{seen_from_here(folder)}/"
