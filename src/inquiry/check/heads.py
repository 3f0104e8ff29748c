"""Rules about what a document is called: titles, summaries, aliases."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from inquiry.check.links import title_place
from inquiry.check.wording import quoted
from inquiry.corpus.slugs import document_slug
from inquiry.diagnostics import Related, Span, finding
from inquiry.graph.names import slugged, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.corpus.model import Corpus, Document
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolve import Resolver

FOLDER_PAGES = frozenset({"index", "readme", "_index"})
"""Names of files that speak for their folder and take its name."""


def missing_title(corpus: Corpus, _graph: KnowledgeGraph, _resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each document whose title had to be made from its file's name."""
    for document in corpus.documents:
        if document.has_page and _readable(document) and not _has_own_title(document):
            message = f"neither front matter nor heading gives a title; readers see {quoted(document.title)}"
            hint = "add `title:` to the front matter, or begin with a `# heading`"
            yield finding("missing-title", document.path, Span.at(1), message, hint=hint)


def missing_summary(corpus: Corpus, _graph: KnowledgeGraph, _resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each line without a summary: its framing, search result and listings would stay bare."""
    for line in corpus.lines:
        if line.has_page and _readable(line) and not line.head.summary:
            message = "this line has no summary"
            hint = "add `summary:` to the front matter"
            yield finding("missing-summary", line.path, Span.at(1), message, hint=hint)


def duplicate_title(corpus: Corpus, _graph: KnowledgeGraph, _resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each title that an earlier document of the same kind has, whatever its case and blanks.

    Names such as `garden.soil.depth.md` make a tree, and a title that only repeats their last part (`Depth`) is read
    with the parts before it, so many may have it.
    """
    first: dict[tuple[str, str], Document] = {}
    for document in sorted(corpus.documents, key=lambda one: one.path):
        if not document.has_page or not _has_own_title(document) or _is_leaf_of_a_tree(document):
            continue
        name = (document.kind.value, " ".join(document.title.casefold().split()))
        earlier = first.setdefault(name, document)
        if earlier is not document:
            message = f"another {document.kind} has the title {quoted(document.title)} already"
            related = (Related(earlier.path, title_place(earlier), "the first with this title"),)
            yield finding("duplicate-title", document.path, title_place(document), message, related=related)


def clashing_alias(corpus: Corpus, _graph: KnowledgeGraph, _resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each alias that is the id of another document, or an alias of an earlier one.

    Names are compared as addresses spell them: the redirect of `Hot pavements` lies where `hot-pavements` is.
    """
    published = sorted((one for one in corpus.documents if one.has_page), key=lambda one: one.path)
    owners: dict[str, tuple[Document, ...]] = {}
    for document in published:
        owners[document_slug(document.id)] = (*owners.get(document_slug(document.id), ()), document)
    taken: dict[str, tuple[Document, Span]] = {}
    for document in published:
        for alias in document.head.aliases:
            name = document_slug(alias.value)
            others = [one for one in owners.get(name, ()) if one is not document]
            if others:
                message = f"the alias {quoted(alias.value)} is the id of {quoted(others[0].path)}"
                related = (Related(others[0].path, title_place(others[0]), "has this id"),)
            elif (earlier := taken.setdefault(name, (document, alias.span)))[0] is not document:
                message = f"the alias {quoted(alias.value)} is an alias of {quoted(earlier[0].path)} already"
                related = (Related(earlier[0].path, earlier[1], "first used here"),)
            else:
                continue
            yield finding("clashing-alias", document.path, alias.span, message, related=related)


def taken_name(corpus: Corpus, _graph: KnowledgeGraph, _resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each id that another file of the kind would have by its name: that file loses its address to it."""
    named: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in corpus.documents:
        if document.has_page and document.head.id is None and stem(document.path).lower() not in FOLDER_PAGES:
            named[document.kind.value, document_slug(stem(document.path))].append(document)
    for document in corpus.documents:
        own = document.head.id
        others = named.get((document.kind.value, document.id.lower()), ()) if own and document.has_page else ()
        if own is not None and len(others) == 1 and others[0].id.lower() != document.id.lower():
            other = others[0]
            message = (
                f"the id {quoted(own.value)} is the name of {quoted(other.path)}, which becomes {quoted(other.id)}"
            )
            related = (Related(other.path, title_place(other), "has this name"),)
            yield finding("duplicate-id", document.path, own.span, message, hint="choose another id", related=related)


def _is_leaf_of_a_tree(document: Document) -> bool:
    """Tell whether a title is the last part of a name with dots, and says no more."""
    *branch, leaf = stem(document.path).split(".")
    return bool(branch) and slugged(leaf) == slugged(document.title)


def _readable(document: Document) -> bool:
    """Tell whether a document's head is known: where it cannot be read, what it lacks cannot be said."""
    unreadable = any(fault.rule.name == "invalid-front-matter" for fault in document.head.diagnostics)
    return not unreadable and (document.head.present or not document.body.is_blank)


def _has_own_title(document: Document) -> bool:
    """Tell whether somebody wrote the title, rather than the file's name giving it."""
    headings = document.body.headings
    return document.head.title is not None or bool(document.body.title or (headings and headings[0].text))
