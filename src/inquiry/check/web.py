"""Rules about a document's place among the others: who cites it, and on what it rests.

They ask the graph, which holds public documents only, so drafts and unlisted pages are never reported.  Only for
orphans is the rest of the site asked too, for its ordinary pages and its navigation may lead to a note.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from inquiry.check.links import resolved_links
from inquiry.corpus.body import LinkKind
from inquiry.diagnostics import Severity, Span, finding
from inquiry.graph.resolution import Ambiguous, Dangling, MissingAnchor, Unpublished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.check.site import Site
    from inquiry.corpus.model import Corpus, Document
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolve import Resolver

_CITING = frozenset({LinkKind.WIKILINK, LinkKind.CITATION, LinkKind.EMBED})
"""Kinds of link by which an author means a note, even where it cannot be found."""


def orphan_note(site: Site) -> Iterator[Diagnostic]:
    """Report each note that nothing leads to: no line, no note, no ordinary page, not the navigation.

    Where there is no line yet, a note cannot be cited and may stand alone for good reasons, as in a collection that
    was taken over from elsewhere: then it is said for information, unless `levels` says otherwise.
    """
    orphans = site.graph.orphans
    linked = _named_beside_notes(site) if orphans else frozenset()
    for note in orphans:
        if note.path in linked:
            continue
        message = "no line cites this note and nothing links to it"
        found = finding("orphan-note", note.path, Span.at(1), message)
        yield found if site.graph.lines else replace(found, rule=replace(found.rule, severity=Severity.INFO))


def _named_beside_notes(site: Site) -> frozenset[str]:
    """Gather the files of the documents that ordinary pages and the navigation lead to."""
    from inquiry.check.pages.links import named_files  # noqa: PLC0415 - it needs what this module does not

    nav = {posixpath.normpath(entry.value.partition("#")[0]) for entry in site.docs.configuration.nav}
    return frozenset(nav).union(*(named_files(site, page) for page in site.docs.pages.values()))


def uncited_line(corpus: Corpus, graph: KnowledgeGraph, _resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each line that rests on nothing at all."""
    for line in corpus.lines:
        if line.is_public and _rests_on(line, graph) == 0:
            hint = "cite the notes that it rests on"
            yield finding("uncited-line", line.path, Span.at(1), "this line cites nothing", hint=hint)


def single_source_line(corpus: Corpus, graph: KnowledgeGraph, _resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each line that rests on one note or one work only."""
    for line in corpus.lines:
        if line.is_public and _rests_on(line, graph) == 1:
            yield finding("single-source-line", line.path, Span.at(1), "this line rests on a single source")


def _rests_on(line: Document, graph: KnowledgeGraph) -> int:
    """Count what a line cites, each target once.

    A citation that fails counts as well: it is a finding of its own, and when it is mended, so is this.
    """
    cited = len(graph.citations(line)) + len(graph.cited_sources(line))
    failed = {
        link.target
        for link, meaning in resolved_links(line, graph)
        if link.kind in _CITING and isinstance(meaning, Dangling | Ambiguous | Unpublished | MissingAnchor)
    }
    return cited + len(failed)
