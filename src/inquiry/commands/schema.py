"""`inquiry schema`: print the JSON Schema of front matter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from inquiry.author.schema import head_schema
from inquiry.commands.reading import hand_over, output_option
from inquiry.corpus.model import Kind

if TYPE_CHECKING:
    from pathlib import Path


@click.command("schema")
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@output_option
def command(kind: str, output: Path | None) -> None:
    """Print the JSON Schema of the front matter of a note or a line.

    Programs that know JSON Schema (draft 2020-12) complete keys by it, explain them and find values that Inquiry does
    not take.  No knowledge base is needed.
    """
    hand_over(json.dumps(head_schema(Kind(kind)), ensure_ascii=False, indent=2) + "\n", output)
