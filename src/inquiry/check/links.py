"""Rules about links in bodies: what `graph.resolve` could not settle becomes a finding.

One function a rule; `link_findings` is the only one that walks.  Drafts are not walked: their links may point
to what is not written yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.check.slips import respelling
from inquiry.check.wording import as_written, did_you_mean, path_from, quoted, shortest_names
from inquiry.corpus.body import LinkKind
from inquiry.diagnostics import Edit, Position, Related, Span, finding
from inquiry.graph.resolution import (
    Ambiguous,
    Dangling,
    External,
    Found,
    FoundFile,
    FoundSource,
    MissingAnchor,
    Outside,
    Unpublished,
    Unsafe,
    WrongCase,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.corpus.body import Link
    from inquiry.corpus.model import Corpus, Document, Reference
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.resolve import Resolver

_PATHS = frozenset({LinkKind.MARKDOWN, LinkKind.IMAGE, LinkKind.AUTOLINK, LinkKind.HTML})
"""Kinds whose author wrote a path, so that the finding points at the path and not at the construct."""
_WIKI = frozenset({LinkKind.WIKILINK, LinkKind.EMBED})
_SETTLED = frozenset({Found, FoundFile, FoundSource, External})
"""Outcomes that nothing is wrong with: nearly all there are."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that names something else: a link of a body, or a value of a head."""

    origin: Document
    """Where it stands."""
    kind: LinkKind
    """How it was written; a head's values count as wikilinks."""
    target: str
    """What is named, without fragment."""
    fragment: str
    """What follows `#`."""
    written: str
    """What the message quotes."""
    span: Span
    """What the finding underlines."""
    words: str = ""
    """What a wikilink shows, in which Dendron names the target."""

    @classmethod
    def of_link(cls, origin: Document, link: Link) -> Mention:
        """Take a link of a body."""
        words = link.text if link.kind in _WIKI else ""
        return cls(origin, link.kind, link.target, link.fragment, as_written(link), pointed_at(link), words)

    @classmethod
    def of_reference(cls, origin: Document, reference: Reference) -> Mention:
        """Take a value of a head."""
        return cls(origin, LinkKind.WIKILINK, reference.value, "", reference.value, reference.span)


def pointed_at(link: Link) -> Span:
    """Choose what to underline: the path or the key alone, else the construct.

    A link that is broken over two lines is reported at its words, where a reader of the file meets it.  A target
    outside the link stands in a reference definition, and there the mistake is.
    """
    if link.kind not in _PATHS and link.kind is not LinkKind.CITATION:
        return link.span
    (start, end), target = link.span, link.target_span
    if target.start.line != start.line and start <= target.start <= end:
        return Span(Position(start.line, start.column + len("[")), end)
    return target


def link_findings(corpus: Corpus, graph: KnowledgeGraph, resolver: Resolver) -> Iterator[Diagnostic]:
    """Report every link of a published document that does not hold."""
    for document in corpus.documents:
        if not document.has_page:
            continue
        for link, resolution in resolved_links(document, graph):
            if type(resolution) not in _SETTLED:
                yield from judge(Mention.of_link(document, link), resolution)
        for reference in document.head.links:
            target, _, fragment = reference.value.partition("#")
            meaning = resolver.resolve_target(target, fragment, LinkKind.WIKILINK, document.path, document)
            yield from judge(Mention.of_reference(document, reference), meaning)


def resolved_links(document: Document, graph: KnowledgeGraph) -> Iterator[tuple[Link, Resolution]]:
    """Pair each link of a document with what the graph says it means."""
    return zip(document.body.links, graph.resolutions[document.key], strict=True)


def judge(mention: Mention, resolution: Resolution) -> Iterator[Diagnostic]:
    """Report what is wrong with one mention, if anything is."""
    match resolution:
        case Dangling() if not (mention.target or mention.fragment):
            return  # brackets around nothing are no link to anybody
        case Dangling():
            yield dangling(mention, resolution)
        case Ambiguous():
            yield ambiguous(mention, resolution)
        case MissingAnchor():
            yield missing_anchor(mention, resolution)
        case Unpublished():
            yield unpublished(mention, resolution)
        case WrongCase():
            yield wrong_case(mention, resolution)
        case Outside():
            yield outside(mention)
        case Unsafe():
            yield unsafe(mention)
        case _:
            return


def dangling(mention: Mention, resolution: Dangling) -> Diagnostic:
    """Report a name that nothing has, a citation by its own rule."""
    hint = did_you_mean(resolution.near)
    name = quoted(mention.written)
    place = (mention.origin.path, mention.span)
    edits = respelling(*place, mention.target, resolution.near)
    match mention.kind:
        case LinkKind.CITATION:
            message = f"{quoted(mention.target)} is neither a key of the bibliography nor the id of a note"
            return finding("unknown-citation", *place, message, hint=hint, edits=edits)
        case LinkKind.EMBED:
            message = f"{name} names nothing that could be embedded"
        case LinkKind.IMAGE:
            message = f"there is no picture {name}"
        case LinkKind.WIKILINK:
            message = f"{name} does not name a note or a line"
        case _:
            message = f"there is no file {name}"
    return finding("dangling-link", *place, message, hint=hint, edits=edits)


def ambiguous(mention: Mention, resolution: Ambiguous) -> Diagnostic:
    """Report a name that several documents have, with a spelling for each."""
    names = shortest_names(resolution.candidates)
    related = tuple(Related(one.path, title_place(one), "could be meant") for one in resolution.candidates)
    message = f"{quoted(mention.written)} could mean {len(names)} documents"
    hint = did_you_mean(names)
    return finding("ambiguous-link", mention.origin.path, mention.span, message, hint=hint, related=related)


def missing_anchor(mention: Mention, resolution: MissingAnchor) -> Diagnostic:
    """Report a heading or a passage that the target does not have."""
    itself = resolution.document.key == mention.origin.key
    page = "this page" if itself else quoted(resolution.document.path)
    sought = mention.fragment or mention.words.partition("#")[2]
    noun = "passage" if sought.startswith("^") else "heading"
    message = f"{page} has no {noun} {quoted(sought)}"
    hint = did_you_mean(resolution.near)
    edits = respelling(mention.origin.path, mention.span, mention.fragment, resolution.near)
    return finding("missing-anchor", mention.origin.path, mention.span, message, hint=hint, edits=edits)


def unpublished(mention: Mention, resolution: Unpublished) -> Diagnostic:
    """Report a link from what readers see to what they never will."""
    target = resolution.document
    message = f"{quoted(mention.written)} names {quoted(target.path)}, which is not published"
    hint = "publish it, or take the link out"
    related = (Related(target.path, title_place(target), "not published"),)
    return finding("unpublished-target", mention.origin.path, mention.span, message, hint=hint, related=related)


def wrong_case(mention: Mention, resolution: WrongCase) -> Diagnostic:
    """Report a path that holds only where file names ignore case."""
    right = path_from(mention.origin, resolution.path)
    message = f"{quoted(mention.written)} differs in case from the file {quoted(resolution.path)}"
    edits = (Edit(mention.origin.path, mention.span, mention.target, right),)
    hint = did_you_mean((right,))
    return finding("wrong-case", mention.origin.path, mention.span, message, hint=hint, edits=edits)


def outside(mention: Mention) -> Diagnostic:
    """Report a path that climbs out of the knowledge base."""
    message = f"{quoted(mention.written)} leaves the folder of `mkdocs.yml`"
    hint = "copy the file into the knowledge base, or link to its public address"
    return finding("outside-link", mention.origin.path, mention.span, message, hint=hint)


def unsafe(mention: Mention) -> Diagnostic:
    """Report an address that would run code in the reader's browser."""
    scheme = mention.target.partition(":")[0].strip().lower()
    message = f"`{scheme}:` runs code, so the link is not published"
    return finding("unsafe-link", mention.origin.path, mention.span, message)


def title_place(document: Document) -> Span:
    """Say where a document says what it is called: its title's place, else its beginning."""
    if document.head.title is not None:
        return document.head.title.span
    if document.body.title and document.body.headings:
        return document.body.headings[0].span
    return Span.at(1)
