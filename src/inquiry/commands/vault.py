"""`inquiry import obsidian`: the notes of a vault become those of a knowledge base."""

from __future__ import annotations

import filecmp
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inquiry.check.fix import Mended, diff
from inquiry.check.wording import as_written, counted
from inquiry.commands.bar import progress_bar
from inquiry.commands.destination import destination
from inquiry.commands.haul import haul_of
from inquiry.commands.options import config_option
from inquiry.corpus.body import LinkKind

if TYPE_CHECKING:
    from inquiry.commands.destination import Destination
    from inquiry.commands.haul import Haul

MOST_LOST = 20
"""Links without a target that are listed; `inquiry check` lists them all, with hints."""


@click.command("obsidian", short_help="Make a knowledge base of an Obsidian vault.")
@config_option
@click.option("--to", type=click.Path(path_type=Path), metavar="FOLDER", help="The knowledge base; begun if need be.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.argument("vault", type=click.Path(path_type=Path))
def obsidian(config: Path | None, to: Path | None, vault: Path, *, dry_run: bool) -> None:
    """Copy the notes of an Obsidian vault, and the files that they link to.

    The vault stays as it is.  What Obsidian understands and Inquiry would not, such as a picture named without its
    folder or one of several notes of a name, is spelled so that both do; all else is copied as it stands.
    """
    if not vault.is_dir():
        raise click.ClickException(f"{vault}: {'this is no folder' if vault.exists() else 'there is no such folder'}")
    target = destination(config, to, vault)
    with progress_bar(shown=sys.stderr.isatty()):
        haul = haul_of(vault, target)
    fresh = _fresh(vault, target, haul)
    if dry_run:
        _show(vault, target, haul, fresh)
    else:
        _write(vault, target, haul, fresh)
    _tell(target, haul, fresh, dry=dry_run)


def _fresh(vault: Path, target: Destination, haul: Haul) -> dict[str, str]:
    """List what is not there yet; a file that is there and says something else is refused."""
    fresh = {}
    for path, own in {**haul.notes, **haul.others}.items():
        there = target.root / path
        if not there.exists():
            fresh[path] = own
            continue
        text = haul.rewritten.get(path)
        is_same = there.read_bytes() == text if text is not None else filecmp.cmp(vault / own, there, shallow=False)
        if not is_same:
            raise click.ClickException(f"{there}: the file is there already and says something else than {vault / own}")
    return fresh


def _write(vault: Path, target: Destination, haul: Haul, fresh: dict[str, str]) -> None:
    """Write the files, those of a new knowledge base last: until then it is none."""
    for path, own in fresh.items():
        there = target.root / path
        there.parent.mkdir(parents=True, exist_ok=True)
        if path in haul.rewritten:
            there.write_bytes(haul.rewritten[path])
        else:
            shutil.copyfile(vault / own, there)
    for path, text in target.begun.items():
        there = target.root / path
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text(text, encoding="utf-8", newline="\n")


def _show(vault: Path, target: Destination, haul: Haul, fresh: dict[str, str]) -> None:
    """Print what would be written: paths, and as a unified diff what would change in notes on the way."""
    for path, text in target.begun.items():
        click.echo(diff(Mended(path, "", text, 1)), nl=False)
    for path, own in fresh.items():
        if path in haul.rewritten:
            before, after = (vault / own).read_bytes().decode(), haul.rewritten[path].decode()
            click.echo(diff(Mended(path, before, after, 1)), nl=False)
        else:
            click.echo(path)


def _tell(target: Destination, haul: Haul, fresh: dict[str, str], *, dry: bool) -> None:
    """Say what was copied, what was not and why, and which links lead nowhere."""
    if not fresh:
        click.echo("nothing to import", err=True)
        return
    kinds = Counter("note" if path in haul.notes else "other file" for path in fresh)
    said = " and ".join(counted(count, noun) for noun, count in sorted(kinds.items()))
    click.echo(f"{'would copy' if dry else 'copied'} {said} to {target.notes}", err=True)
    there = len(haul.notes) + len(haul.others) - len(fresh)
    left = {"that are there already": there, "of templates": haul.templates, "that no note links to": haul.unlinked}
    if any(left.values()):
        parts = ", ".join(f"{counted(count, 'file')} {why}" for why, count in left.items() if count)
        click.echo(f"left out {parts}", err=True)
    if haul.respelled:
        where = f"{counted(haul.respelled, 'link')} in {counted(len(haul.rewritten), 'note')}"
        click.echo(f"spelled {where} anew, so that they lead where they did", err=True)
    if haul.lost:
        _tell_lost(haul)


def _tell_lost(haul: Haul) -> None:
    """List links that lead nowhere."""
    verb = "leads" if len(haul.lost) == 1 else "lead"
    click.echo(f"{len(haul.lost):,} of {counted(haul.links, 'link')} {verb} to nothing that was copied:", err=True)
    for path, link in haul.lost[:MOST_LOST]:
        start = (link.span if link.kind in (LinkKind.WIKILINK, LinkKind.EMBED) else link.target_span).start
        click.echo(f"  {path}:{start.line}:{start.column}: {as_written(link)}", err=True)
    if len(haul.lost) > MOST_LOST:
        click.echo(f"  and {len(haul.lost) - MOST_LOST:,} more, which `inquiry check` lists", err=True)
