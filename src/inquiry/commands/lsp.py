"""`inquiry lsp`: a language server for notes and lines, over standard input and output."""

from __future__ import annotations

import gc
import importlib.util
import logging
import os
import sys
from typing import TYPE_CHECKING

import click

from inquiry.commands.options import config_option
from inquiry.config import find_config

if TYPE_CHECKING:
    from pathlib import Path


@click.command("lsp")
@config_option
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it does in any case.")
@click.pass_context
def command(ctx: click.Context, config: Path | None, stdio: bool) -> None:  # noqa: ARG001 - many editors pass --stdio
    """Help an editor: findings while you type, completion, hover, go to, references, renaming.

    An editor starts it and speaks the Language Server Protocol.  Without -f, each file belongs to the nearest
    mkdocs.yml above it.
    """
    if importlib.util.find_spec("pygls") is None:
        raise click.ClickException("the language server needs pygls; pip install 'inquiry[lsp]'")
    chosen = find_config(config) if config is not None else None
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="inquiry: %(levelname)s: %(message)s")
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed must not reach the editor
        from inquiry.author.editor.server import serve  # noqa: PLC0415 - needs pygls
        from inquiry.commands.editing import checks  # noqa: PLC0415 - no other command needs it

        gc.enable()  # it lives on
        ctx.exit(serve(chosen, checks(), sys.stdin.buffer, answers))
