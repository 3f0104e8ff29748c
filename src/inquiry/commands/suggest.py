"""`inquiry suggest`: say what to read or cite next, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from inquiry.author.candidates import citable
from inquiry.check.wording import alternatives, did_you_mean, shortest_names
from inquiry.commands.reading import config_option, read_knowledge_base
from inquiry.corpus.model import LinkKind
from inquiry.graph.inputs import suggest_inputs
from inquiry.graph.resolution import Ambiguous, Dangling, Found
from inquiry.graph.suggest import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from inquiry.commands.reading import Reading
    from inquiry.corpus.model import Document
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.suggestion import Key, Suggested, Suggestion

    Lists = dict[str, tuple[Suggestion, ...]]
    """Suggestions by what they are for."""

DEFAULT_COUNT = 20
"""Suggestions of a kind: more than a page shows, so that an author can choose."""


@click.command("suggest")
@config_option
@click.argument("aim", type=click.Choice(["next", "related", "cite", "all"]))
@click.argument("name", metavar="[LINE|NOTE|TEXT]", required=False)
@click.option("-n", "--count", type=click.IntRange(min=1), default=DEFAULT_COUNT, show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(config: Path | None, aim: str, name: str | None, count: int, form: str) -> None:
    """Say what to read or cite next, and why.

    \b
    `next LINE`: lines to follow.  `related NOTE`: notes close to it.
    `cite LINE|NOTE|"free text"`: notes that it could cite and does not.
    `all`: every document's.
    """  # noqa: D301 - click keeps the lines of a paragraph that begins with this mark
    if (aim == "all") != (name is None):
        raise click.UsageError("`all` takes no name" if aim == "all" else f"`{aim}` needs a name")
    reading = read_knowledge_base(config)
    answers = _answers(reading, aim, name, count)
    known = {one.key: one for one in reading.graph.documents}
    click.echo((_json if form == "json" else _text)(answers, known), nl=False)


def _answers(reading: Reading, aim: str, name: str | None, count: int) -> dict[str, Lists]:
    """Find suggestions for a document, for words, or for every document, by its path."""
    asked = sorted(reading.graph.documents, key=lambda one: one.path)
    if name is not None:
        document = _named(reading, aim, name)
        if document is None:
            return {name: {"cite": citable(name, reading.graph, count)}}
        asked = [document]
    found = suggest(suggest_inputs(reading.graph), limit=count)
    return {one.path: _lists(found.of(one.key), aim) for one in asked}


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


def _lists(suggested: Suggested, aim: str) -> Lists:
    """Take the lists that were asked for."""
    every: Lists = {"next": suggested.next, "related": suggested.related, "cite": suggested.cite}
    return every if aim == "all" else {aim: every[aim]}


def _json(answers: Mapping[str, Lists], known: Mapping[Key, Document]) -> str:
    """Write the answers as one JSON object, documents by path."""
    documents = {
        label: {aim: [_entry(one, aim, known) for one in suggestions] for aim, suggestions in lists.items()}
        for label, lists in answers.items()
    }
    return json.dumps({"version": 1, "documents": documents}, ensure_ascii=False, indent=2) + "\n"


def _entry(suggestion: Suggestion, aim: str, known: Mapping[Key, Document]) -> dict[str, object]:
    """Make one suggestion's object; only next lines have a role."""
    document = known[suggestion.key]
    entry: dict[str, object] = {"path": document.path, "id": document.id, "score": suggestion.score}
    if aim == "next":
        entry["role"] = suggestion.role
    return {**entry, "reasons": list(suggestion.reasons)}


def _text(answers: Mapping[str, Lists], known: Mapping[Key, Document]) -> str:
    """Write the answers for people: what, and below it why."""
    return "\n".join("".join(_paragraph(label, lists, known)) for label, lists in answers.items())


def _paragraph(label: str, lists: Lists, known: Mapping[Key, Document]) -> Iterator[str]:
    """Write one document's answers."""
    yield f"{label}\n"
    if not any(lists.values()):
        yield "  nothing to suggest\n"
    for aim, suggestions in lists.items():
        for number, one in enumerate(suggestions, 1):
            role = f" ({one.role})" if one.role else ""
            document = known[one.key]
            yield f"  {aim} {number}. {document.title} [{document.id}]{role}\n"
            yield from (f"      {reason}\n" for reason in one.reasons)
