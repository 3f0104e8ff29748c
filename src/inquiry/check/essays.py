"""Rules about what an essay says: whether it hears the other side, and whether its claims rest on anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.check.disk import read_text
from inquiry.check.wording import quoted
from inquiry.corpus.frontmatter import parse_head
from inquiry.corpus.head import text_from_line
from inquiry.corpus.model import RelationKind
from inquiry.corpus.paragraphs import paragraphs
from inquiry.diagnostics import Related, Severity, Span, finding
from inquiry.graph.resolution import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.config import Project
    from inquiry.corpus.model import Document
    from inquiry.corpus.paragraphs import Paragraph
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import Citation, KnowledgeGraph
    from inquiry.graph.resolve import Resolver

SHORTEST_CLAIM = 8
"""Words of the shortest sentence that is taken for a claim: shorter ones lead on or sum up ("So much for size.")."""
SHORTEST_PARAGRAPH = 15
"""Words of the shortest paragraph that is looked at: a shorter one is a hinge between two others."""


def one_sided_line(_corpus: object, graph: KnowledgeGraph, resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each note that contradicts what a line cites and that the line passes over.

    The contradicting note is the one that says so: whoever cites it has heard, through it, of the other.
    """
    for line in graph.lines:
        known = {citation.note.key for citation in graph.citations(line)}
        known |= {document.key for document in graph.links(line)}
        for citation in graph.citations(line):
            for relation in graph.relations(citation.note):
                other = relation.note
                if relation.kind is not RelationKind.CONTRADICTS or relation.outgoing or other.key in known:
                    continue
                known.add(other.key)
                names = (quoted(citation.note.id), quoted(other.id))
                message = f"this line cites {names[0]} and passes over {names[1]}, which contradicts it"
                related = (_contradiction(other, citation.note, resolver),)
                place = citation_place(line, citation, resolver)
                hint = f"say what speaks against it with `[[{other.id}]]`, or list it under `sources`"
                yield finding("one-sided-line", line.path, place, message, hint=hint, related=related)


def citation_place(line: Document, citation: Citation, resolver: Resolver) -> Span:
    """Say where a line first cites a note: in its text, or in the list of its front matter."""
    if citation.occurrences:
        return citation.occurrences[0].link.span
    for reference in line.head.source_notes:
        named = resolver.resolve_note(reference.value, line.path)
        if isinstance(named, Found) and named.document is citation.note:
            return reference.span
    return Span.at(1)


def _contradiction(origin: Document, target: Document, resolver: Resolver) -> Related:
    """Say where a note declares that it contradicts another."""
    for kind, reference in origin.head.relations:
        named = resolver.resolve_note(reference.value, origin.path)
        if kind is RelationKind.CONTRADICTS and isinstance(named, Found) and named.document is target:
            return Related(origin.path, reference.span, "the contradiction is declared here")
    return Related(origin.path, Span.at(1), "the contradiction is declared here")


def uncited_claim(project: Project, _corpus: object, graph: KnowledgeGraph, _resolver: object) -> Iterator[Diagnostic]:
    """Report each paragraph of a line that states something and cites nothing.

    Off by default, and then no file is read: a body does not keep its paragraphs.  Passed over are the takeaway,
    quotes, lists, what is short or leads to a list, questions, and paragraphs that the author marks as `[.own]`.
    """
    if project.settings.levels.get("uncited-claim", Severity.OFF) is Severity.OFF:
        return
    for line in graph.lines:
        text = read_text(project.root, line.path)
        if text is None:
            continue
        body_line = parse_head(text, line.path, line.kind).body_line
        body = text_from_line(text, body_line)
        for paragraph in paragraphs(body, first_line=body_line):
            if not paragraph.has_link and not paragraph.is_own and states_something(paragraph):
                hint = "cite what it rests on, or end it with `[.own]` where the thought is yours"
                message = "this paragraph states something and cites nothing"
                yield finding("uncited-claim", line.path, paragraph.span, message, hint=hint)


def states_something(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph claims something, rather than asking, joining or announcing."""
    if len(paragraph.text.split()) < SHORTEST_PARAGRAPH or paragraph.text.endswith(":"):
        return False
    return any(not one.endswith("?") and len(one.split()) >= SHORTEST_CLAIM for one in paragraph.sentences)
