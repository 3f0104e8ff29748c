"""The rule about notes that a text names and does not link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.check.disk import read_text
from inquiry.check.wording import quoted
from inquiry.diagnostics import Severity, finding
from inquiry.graph.unlinked import UnlinkedNames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.config import Project
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph


def unlinked_mention(
    project: Project, _corpus: object, graph: KnowledgeGraph, _resolver: object
) -> Iterator[Diagnostic]:
    """Report the first place where a document names a note that it links nowhere.

    Off by default, and then nothing is looked for: to name a thing is no fault, and not every name wants a link.
    """
    if project.settings.levels.get("unlinked-mention", Severity.OFF) is Severity.OFF:
        return
    names = UnlinkedNames(graph)
    for document in graph.documents:
        text = read_text(project.root, document.path)
        for mention in names.in_document(document, text) if text else ():
            message = f"{quoted(mention.text)} names the note {quoted(mention.note.id)} and does not link it"
            hint = f"link it as {quoted(f'[[{mention.note.id}|{mention.text}]]')}"
            yield finding("unlinked-mention", document.path, mention.span, message, hint=hint)
