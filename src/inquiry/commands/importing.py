"""`inquiry import`: notes of what was collected elsewhere."""

from __future__ import annotations

import click

from inquiry.commands.naming import Group
from inquiry.commands.references import bibtex, csl
from inquiry.commands.vault import obsidian


@click.group("import", cls=Group, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Make notes of references or of a vault.

    What is there already is never changed, and a second run finds nothing left to do.
    """
    if ctx.invoked_subcommand is None:
        raise click.UsageError("name what to import: `bibtex`, `csl` or `obsidian`")


command.add_command(bibtex)
command.add_command(csl)
command.add_command(obsidian)
