"""Options that several commands have; importing them imports nothing of the knowledge base."""

from __future__ import annotations

from pathlib import Path

import click

config_option = click.option(
    "-f",
    "--config-file",
    "config",
    type=click.Path(path_type=Path),
    help="mkdocs.yml; without it, the nearest one in this folder or above.",
)
"""`-f mkdocs.yml`, as MkDocs has it."""

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."
)
"""`-o FILE`."""
