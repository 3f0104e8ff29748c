"""`inquiry stats`: count what there is."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from inquiry.commands.reading import config_option, read_knowledge_base
from inquiry.graph.resolution import Dangling, External, Found, FoundFile, FoundSource

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.graph.build import Reading


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures, in the order in which they are printed."""

    notes: int
    lines: int
    drafts: int
    sources: int
    """Works that some note rests on."""
    topics: int
    words: int
    links: int
    """Links of published notes and lines; the four that follow add up to it."""
    resolved: int
    """Links that name a document, a file or a work."""
    external: int
    dangling: int
    """Links that name nothing."""
    faulty: int
    """Links with another fault: ambiguous, unpublished, wrong case, without their heading."""


@click.command("stats")
@config_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(config: Path | None, form: str) -> None:
    """Count notes, lines, sources, topics, words and links."""
    figures = asdict(count(read_knowledge_base(config)))
    if form == "json":
        click.echo(json.dumps({"version": 1, **figures}, indent=2))
        return
    width = max(len(f"{figure:,}") for figure in figures.values())
    for name, figure in figures.items():
        click.echo(f"{figure:>{width},}  {name}")


def count(reading: Reading) -> Statistics:
    """Count a knowledge base; drafts are counted once, as drafts."""
    corpus, graph = reading.corpus, reading.graph
    published = [one for one in corpus.documents if one.has_page]
    meanings = [meaning for one in published for meaning in graph.resolutions[one.key]]
    resolved = sum(isinstance(one, Found | FoundFile | FoundSource) for one in meanings)
    external = sum(isinstance(one, External) for one in meanings)
    dangling = sum(isinstance(one, Dangling) for one in meanings)
    return Statistics(
        notes=sum(not one.is_line for one in published),
        lines=sum(one.is_line for one in published),
        drafts=len(corpus.documents) - len(published),
        sources=len({source.identity for one in published for source in one.sources}),
        topics=len(graph.topics),
        words=sum(one.body.words for one in published),
        links=len(meanings),
        resolved=resolved,
        external=external,
        dangling=dangling,
        faulty=len(meanings) - resolved - external - dangling,
    )
