"""The terminal's door: which commands there are, and how they end.

Exit codes: 0 fine, 1 findings, 2 cannot run, 130 interrupted.  Whoever is refused reads one line that says
what and where; a traceback is a fault of ours.  A command's module is imported when it is called, so that
`--version` and `check` never wait for what only a build or the suggestions need.
"""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

import click

from inquiry import __version__
from inquiry.commands.naming import Group
from inquiry.config import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

REFUSED = 2
"""Exit code of a command that cannot run."""
INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the signal's number, as shells have it."""

COMMANDS = {
    "init": "Begin a knowledge base.",
    "build": "Make the site.",
    "serve": "Show the site while it is written.",
    "check": "Find what is broken.",
    "new": "Begin a note or a line.",
    "import": "Make notes of references or of a vault.",
    "suggest": "Say what to read or cite next, and why.",
    "graph": "Export what links to what.",
    "schema": "Describe front matter to editors.",
    "lsp": "Help an editor, as a language server.",
    "stats": "Count what there is.",
}
"""Every command with what it is for, in the order in which people come to need them."""

_MODULES = {"import": "importing"}
"""Modules that are not called as their command is, which is a word of Python's own."""


class Program(Group):
    """The group of commands, each imported when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Import a command; nothing for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"inquiry.commands.{_MODULES.get(cmd_name, cmd_name)}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Program, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="inquiry", message="%(prog)s %(version)s")
@click.pass_context
def program(ctx: click.Context) -> None:
    """Turn a folder of research notes into a site of inquiring lines."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(REFUSED)


def run() -> NoReturn:
    """Be the program: do as `main`, then end at once, for taking all objects apart takes longer than some checks.

    Nor is garbage looked for meanwhile: almost all that a command makes stays until its end, and looking takes up to a
    fifth of its time.  A preview, which lives on, looks now and then.
    """
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # None where it is closed
            stream.reconfigure(errors="backslashreplace")  # of a letter that a pipe or terminal cannot have
    code: object = 1
    try:
        main()
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody may be listening any more
            stream.flush()
    os._exit(code if isinstance(code, int) else 0)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit, with one line for whatever stands in the way."""
    try:
        code = program.main(None if args is None else list(args), prog_name="inquiry", standalone_mode=False)
    except click.Abort:
        sys.exit(INTERRUPTED)
    except (click.UsageError, click.FileError) as refusal:
        said = refusal.format_message()
        _refuse(said[:1].lower() + said[1:])  # click begins with a capital, we begin with a name or a small letter
    except click.ClickException as refusal:
        _refuse(refusal.format_message())
    except ConfigError as refusal:
        _refuse(str(refusal))
    except OSError as refusal:
        _refuse(_told(refusal))
    sys.exit(code if isinstance(code, int) else 0)


def _refuse(reason: str) -> NoReturn:
    """Say on one line why the command cannot run."""
    line = " ".join(reason.split())
    click.echo(f"inquiry: error: {line.rstrip('.')}", err=True)
    sys.exit(REFUSED)


def _told(fault: OSError) -> str:
    """Say what the system refused, the file's name first."""
    reason = (fault.strerror or str(fault)).lower()
    return f"{fault.filename}: {reason}" if fault.filename else reason
