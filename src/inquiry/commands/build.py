"""`inquiry build`: make the site, as `mkdocs build` does, and say how it went."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import click

from inquiry.commands.options import config_option
from inquiry.config import ConfigError, find_config, load_project
from inquiry.corpus.load import begin_early, forget_early


@click.command("build")
@config_option
@click.option("-d", "--site-dir", type=click.Path(path_type=Path, file_okay=False), help="Where to put the site.")
@click.option("--strict", is_flag=True, help="Fail when there are errors or warnings.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.pass_context
def command(ctx: click.Context, config: Path | None, site_dir: Path | None, strict: bool, quiet: bool) -> None:
    """Make the site: the same as `mkdocs build`."""
    started = time.monotonic()
    path = find_config(config)
    with suppress(ConfigError):  # MkDocs will say it
        begin_early(load_project(path))
    try:
        from inquiry.commands.building import build_site  # noqa: PLC0415 -- MkDocs takes long; others read meanwhile

        built = build_site(path, site_dir, strict=strict, quiet=quiet)
    finally:
        forget_early()
    if not built.sound:
        ctx.exit(1)
    if not quiet:
        seconds = time.monotonic() - started
        click.echo(f"built {built.pages:,} pages to {_short(built.folder)} in {seconds:.1f} s", err=True)


def _short(folder: Path) -> str:
    """Name a folder as seen from here."""
    here = Path.cwd()
    return f"{folder.relative_to(here) if folder.is_relative_to(here) else folder}/"
