"""`inquiry suggest`: say what to read or cite next, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from inquiry.author.candidates import citable
from inquiry.author.unwritten import unwritten_lines
from inquiry.check.disk import read_text
from inquiry.check.wording import alternatives, did_you_mean, shortest_names
from inquiry.commands.answers import Answer, answers_json, answers_text, lines_json, lines_text
from inquiry.commands.reading import config_option, read_knowledge_base
from inquiry.corpus.body import LinkKind
from inquiry.graph.inputs import suggest_inputs
from inquiry.graph.resolution import Ambiguous, Dangling, Found
from inquiry.graph.suggest import suggest
from inquiry.graph.unlinked import UnlinkedNames

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.corpus.model import Document
    from inquiry.graph.build import Reading
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.suggestion import Suggested

DEFAULT_COUNT = 20
"""Suggestions of a kind: more than a page shows, so that an author can choose."""
_NAMELESS = ("lines", "all")
"""Aims that ask about the whole knowledge base."""


@click.command("suggest")
@config_option
@click.argument("aim", type=click.Choice(["next", "related", "cite", "lines", "all"]))
@click.argument("name", metavar="[LINE|NOTE|TEXT]", required=False)
@click.option("-n", "--count", type=click.IntRange(min=1), default=DEFAULT_COUNT, show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(config: Path | None, aim: str, name: str | None, count: int, form: str) -> None:
    """Say what to read, cite or ask next, and why.

    \b
    `next LINE`: lines to follow.  `related NOTE`: notes close to it.
    `cite LINE|NOTE|"free text"`: notes that it could cite and does not,
    and where it names a note without linking it.
    `lines`: questions not yet written, from notes that belong together.
    `all`: every document's next, related and cite.
    """  # noqa: D301 - click keeps the lines of a paragraph that begins with this mark
    if (aim in _NAMELESS) != (name is None):
        raise click.UsageError(f"`{aim}` takes no name" if aim in _NAMELESS else f"`{aim}` needs a name")
    reading = read_knowledge_base(config)
    if aim == "lines":
        click.echo((lines_json if form == "json" else lines_text)(unwritten_lines(reading.graph, count)), nl=False)
        return
    answers = _answers(reading, aim, name, count)
    known = {one.key: one for one in reading.graph.documents}
    click.echo((answers_json if form == "json" else answers_text)(answers, known), nl=False)


def _answers(reading: Reading, aim: str, name: str | None, count: int) -> dict[str, Answer]:
    """Find suggestions for a document, for words, or for every document, by its path."""
    graph = reading.graph
    asked = sorted(graph.documents, key=lambda one: one.path)
    if name is not None:
        document = _named(reading, aim, name)
        if document is None:
            mentions = tuple(UnlinkedNames(graph).in_words(name))
            return {name: Answer({"cite": citable(name, graph, count)}, mentions)}
        asked = [document]
    found = suggest(suggest_inputs(graph), limit=count)
    return {one.path: _answer(found.of(one.key), aim, reading, one) for one in asked}


def _answer(suggested: Suggested, aim: str, reading: Reading, document: Document) -> Answer:
    """Take the lists that were asked for."""
    every = {"next": suggested.next, "related": suggested.related, "cite": suggested.cite}
    if aim == "all":
        return Answer(every)
    if aim != "cite":
        return Answer({aim: every[aim]})
    text = read_text(reading.project.root, document.path) or ""
    return Answer({aim: every[aim]}, tuple(UnlinkedNames(reading.graph).in_document(document, text)))


def _named(reading: Reading, aim: str, name: str) -> Document | None:
    """Find the document that was named; none for words that could cite something and name nothing."""
    resolver = reading.resolver
    match aim:
        case "next":
            meaning: Resolution = resolver.resolve_line(name, "")
        case "related":
            meaning = resolver.resolve_note(name, "")
        case _:
            meaning = resolver.resolve_target(name, "", LinkKind.WIKILINK, "", None)
    match meaning:
        case Found(document) if document.is_public:
            return document
        case Ambiguous(candidates):
            raise click.UsageError(f"`{name}` could mean {alternatives(shortest_names(candidates))}")
        case Dangling() if aim == "cite" and len(name.split()) > 1:
            return None
        case Dangling(near):
            noun = {"next": "line", "related": "note"}.get(aim, "note or line")
            hint = f"; {did_you_mean(near)}" if near else ""
            raise click.UsageError(f"there is no {noun} `{name}`{hint}")
        case _:
            raise click.UsageError(f"`{name}` is not public, so nothing is suggested for it")
