"""Parts of a note's raw HTML that most readers never see: `<template>`, which is inert, and `<noscript>`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inquiry.check.markup import tags
from inquiry.diagnostics import RULES, Position, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inquiry.corpus.body import RawHtml
    from inquiry.corpus.model import Corpus, Document
    from inquiry.diagnostics import Diagnostic

_OF_PLACES = frozenset({"dangling-link", "missing-anchor", "wrong-case", "unpublished-target", "redirected-link"})
"""Rules about what readers would meet when they follow a link or see a picture."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A part between two tags."""

    name: str
    span: Span


def as_readers_meet(findings: Iterable[Diagnostic], corpus: Corpus) -> Iterator[Diagnostic]:
    """Leave out faults that no browser ever shows, and weigh those less that only some do."""
    asides = {one.path: found for one in corpus.documents if one.body.html and (found := asides_of(one))}
    for diagnostic in findings:
        about = [one for one in asides.get(diagnostic.path, ()) if _holds(one, diagnostic)]
        if not about:
            yield diagnostic
        elif all(one.name == "noscript" for one in about):
            yield replace(diagnostic, rule=RULES["missing-fallback"])


def asides_of(document: Document) -> tuple[Aside, ...]:
    """List the parts of a document that most readers never see; one that is never closed is none."""
    found: list[Aside] = []
    open_at: dict[str, list[Position]] = {"template": [], "noscript": []}
    for chunk in document.body.html:
        for tag in tags(chunk.text):
            if tag.name not in open_at:
                continue
            if not tag.closing:
                open_at[tag.name].append(position_in(chunk, tag.start))
            elif open_at[tag.name]:
                found.append(Aside(tag.name, Span(open_at[tag.name].pop(), position_in(chunk, tag.start))))
    return tuple(found)


def position_in(chunk: RawHtml, at: int) -> Position:
    """Say where a character of raw HTML stands in the file."""
    row = chunk.text.count("\n", 0, at)
    if not row:
        return Position(chunk.start.line, chunk.start.column + at)
    return Position(chunk.start.line + row, at - chunk.text.rfind("\n", 0, at))


def _holds(aside: Aside, diagnostic: Diagnostic) -> bool:
    inside = aside.span.start <= diagnostic.span.start <= aside.span.end
    return inside and diagnostic.rule.name in _OF_PLACES
