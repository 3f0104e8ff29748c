"""`inquiry graph`: export what links to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inquiry.commands.reading import config_option, hand_over, output_option, read_knowledge_base
from inquiry.graph.export import export_graph

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("json", "graphml", "gexf", "dot", "csv")
"""What other programs read."""


@click.command("graph")
@config_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True)
@output_option
def command(config: Path | None, form: str, output: Path | None) -> None:
    """Export notes, lines, topics and sources with what links them.

    Drafts and unlisted pages are left out.
    """
    reading = read_knowledge_base(config)
    hand_over(export_graph(reading.graph, form).rstrip("\n") + "\n", output)
