"""What every command that reads a knowledge base begins with."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from inquiry.commands.options import config_option, output_option
from inquiry.config import find_config, load_project
from inquiry.corpus.load import Loading
from inquiry.graph.build import build_graph
from inquiry.graph.resolve import Resolver

if TYPE_CHECKING:
    from inquiry.config import Project
    from inquiry.corpus.model import Corpus
    from inquiry.graph.knowledge import KnowledgeGraph

__all__ = ["Reading", "config_option", "hand_over", "output_option", "read_knowledge_base"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A knowledge base, read and linked."""

    project: Project
    corpus: Corpus
    resolver: Resolver
    graph: KnowledgeGraph


def read_knowledge_base(config: Path | None) -> Reading:
    """Read the knowledge base of this configuration, or of the one that is found from here."""
    project = load_project(find_config(config))
    return linked(project, Loading(project))


def linked(project: Project, loading: Loading) -> Reading:
    """Wait until everything is read, and link it."""
    corpus = loading.corpus()
    settings = project.settings
    docs = Path(os.path.relpath(project.docs_dir, project.root)).as_posix()
    resolver = Resolver(corpus, docs=docs, notes=settings.notes, lines=settings.lines)
    return Reading(project, corpus, resolver, build_graph(corpus, resolver))


def hand_over(text: str, output: Path | None) -> None:
    """Write a result to a file, or to standard output."""
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")
