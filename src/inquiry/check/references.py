"""Rules about the values of a head that name something: sources, relations, next lines, source notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.check.links import Mention, judge
from inquiry.check.slips import respelling
from inquiry.check.wording import did_you_mean, quoted
from inquiry.corpus.body import LinkKind
from inquiry.diagnostics import finding
from inquiry.graph.resolution import Dangling, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.corpus.model import Corpus, Document, Reference
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.resolve import Resolver


def unknown_source(corpus: Corpus, _graph: KnowledgeGraph, resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each `source` key that the bibliography does not have."""
    for document in corpus.documents:
        for reference in document.head.source_keys:
            if not document.has_page or reference.value in corpus.bibliography:
                continue
            key = quoted(reference.value)
            message = f"the bibliography has no key {key}"
            meaning = resolver.resolve_target(reference.value, "", LinkKind.CITATION, document.path, document)
            near = meaning.near if isinstance(meaning, Dangling) else ()
            keys = [name for name in near if name in corpus.bibliography]
            edits = respelling(document.path, reference.span, reference.value, keys)
            yield finding(
                "unknown-source", document.path, reference.span, message, hint=did_you_mean(keys), edits=edits
            )


def relation_findings(corpus: Corpus, _graph: KnowledgeGraph, resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each relation to a note that is not there, or to the note itself."""
    for document in corpus.documents:
        if not document.has_page:
            continue
        for kind, reference in document.head.relations:
            meaning = resolver.resolve_note(reference.value, document.path)
            if isinstance(meaning, Found) and meaning.document.key == document.key:
                message = f"this note stands in the relation `{kind}` to itself"
                yield finding("self-relation", document.path, reference.span, message)
                continue
            yield from _judge_named(document, reference, meaning, "unknown-relation", "note")


def unknown_next(corpus: Corpus, _graph: KnowledgeGraph, resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each pinned next line that is not there."""
    for line in corpus.lines:
        if not line.has_page:
            continue
        for reference in line.head.next:
            meaning = resolver.resolve_line(reference.value, line.path)
            yield from _judge_named(line, reference, meaning, "unknown-next", "line")


def unknown_source_note(corpus: Corpus, _graph: KnowledgeGraph, resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each note that a line lists under `sources` and that is not there."""
    for line in corpus.lines:
        if not line.has_page:
            continue
        for reference in line.head.source_notes:
            meaning = resolver.resolve_note(reference.value, line.path)
            yield from _judge_named(line, reference, meaning, "unknown-source-note", "note")


def _judge_named(
    document: Document, reference: Reference, meaning: Resolution, rule: str, noun: str
) -> Iterator[Diagnostic]:
    """Report a missing document under its own rule, anything else as a link would be."""
    if isinstance(meaning, Dangling):
        message = f"there is no {noun} {quoted(reference.value)}"
        edits = respelling(document.path, reference.span, reference.value, meaning.near)
        yield finding(rule, document.path, reference.span, message, hint=did_you_mean(meaning.near), edits=edits)
        return
    yield from judge(Mention.of_reference(document, reference), meaning)
