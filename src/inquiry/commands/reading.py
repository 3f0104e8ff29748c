"""What every command that reads a knowledge base begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inquiry.commands.options import config_option, output_option
from inquiry.config import find_config, load_project
from inquiry.corpus.load import Loading
from inquiry.graph.build import linked

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.graph.build import Reading

__all__ = ["config_option", "hand_over", "output_option", "read_knowledge_base"]


def read_knowledge_base(config: Path | None) -> Reading:
    """Read the knowledge base of this configuration, or of the one that is found from here."""
    project = load_project(find_config(config))
    return linked(project, Loading(project).corpus())


def hand_over(text: str, output: Path | None) -> None:
    """Write a result to a file, or to standard output."""
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")
