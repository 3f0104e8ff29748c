"""The rule about embeds that come back to where they began.

What is embedded is a *part*: a whole page, a section or a passage.  A ring exists only where each part holds
the embed that leads on, so a page may well embed a passage of itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.check.links import resolved_links
from inquiry.check.wording import quoted
from inquiry.corpus.body import LinkKind, Slot, SlotKind
from inquiry.diagnostics import Related, finding
from inquiry.graph.resolution import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from inquiry.corpus.body import Body, Link
    from inquiry.corpus.model import Corpus, Document
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolve import Resolver

Part = tuple[str, str, str]
"""Kind and id of a document, and an anchor in it; an empty anchor is the whole page."""


@dataclass(frozen=True, slots=True)
class Embed:
    """One step from a part to another."""

    origin: Document
    link: Link
    target: Part


def embed_cycle(corpus: Corpus, graph: KnowledgeGraph, _resolver: Resolver) -> Iterator[Diagnostic]:
    """Report each ring of embeds once, at the embed with which it begins."""
    embeds = _embeds(corpus, graph)
    seen: set[frozenset[tuple[str, str]]] = set()
    for ring in _rings(embeds):
        documents = frozenset(step.origin.key for step in ring)
        if documents not in seen:
            seen.add(documents)
            yield _report(ring)


def _report(ring: Sequence[Embed]) -> Diagnostic:
    """Word a ring, beginning where the smallest path stands."""
    begin = min(range(len(ring)), key=lambda index: ring[index].origin.path)
    first, *others = [*ring[begin:], *ring[:begin]]
    if others:
        way = ", ".join(quoted(step.origin.path) for step in others)
        message = f"this embed comes back to its own page by way of {way}"
    else:
        message = "this page embeds itself"
    related = tuple(Related(step.origin.path, step.link.span, "leads on") for step in others)
    return finding("embed-cycle", first.origin.path, first.link.span, message, related=related)


def _embeds(corpus: Corpus, graph: KnowledgeGraph) -> Mapping[Part, tuple[Embed, ...]]:
    """List the embeds of each published page, and of each part that is embedded somewhere."""
    pages: dict[tuple[str, str], dict[int, Embed]] = {}
    bodies: dict[tuple[str, str], Body] = {}
    for document in corpus.documents:
        if not document.has_page or all(link.kind is not LinkKind.EMBED for link in document.body.links):
            continue
        bodies[document.key] = document.body
        pages[document.key] = {
            index: Embed(document, link, (*meaning.document.key, meaning.anchor))
            for index, (link, meaning) in enumerate(resolved_links(document, graph))
            if link.kind is LinkKind.EMBED and isinstance(meaning, Found)
        }
    parts: dict[Part, tuple[Embed, ...]] = {(*key, ""): tuple(found.values()) for key, found in pages.items()}
    wanted = {step.target for steps in parts.values() for step in steps} - parts.keys()
    for kind, id_, anchor in sorted(wanted):
        if (kind, id_) in pages:
            inside = _links_in(bodies[kind, id_], anchor)
            found = pages[kind, id_]
            parts[kind, id_, anchor] = tuple(found[index] for index in inside if index in found)
    return parts


def _links_in(body: Body, anchor: str) -> tuple[int, ...]:
    """List the links that fill an embed inside a section or a passage."""
    slots = (piece for piece in _extent(body, anchor) if isinstance(piece, Slot))
    return tuple(slot.link for slot in slots if slot.kind is SlotKind.EMBED)


def _extent(body: Body, anchor: str) -> Sequence[str | Slot]:
    """Take a part's pieces: a passage's own, a section's up to the next of its level; else none."""
    for passage in body.passages:
        if anchor == f"^{passage.id}":
            return passage.pieces
    headings = [heading for heading in body.headings if heading.piece >= 0]
    for index, heading in enumerate(headings):
        if heading.id == anchor:
            behind = (one.piece for one in headings[index + 1 :] if one.level <= heading.level)
            return body.pieces[heading.piece : next(behind, len(body.pieces))]
    return ()


def _rings(embeds: Mapping[Part, tuple[Embed, ...]]) -> Iterator[tuple[Embed, ...]]:
    """Walk depth first from each page in order and yield the way from a part back to itself.

    The walk keeps its own stack, for a chain of embeds may be longer than Python's.
    """
    done: set[Part] = set()
    for root in sorted(embeds):
        way: list[Embed] = []
        stack = [(root, iter(embeds[root]))] if root not in done else []
        depth = {root: 0}
        while stack:
            part, steps = stack[-1]
            step = next(steps, None)
            if step is None:
                stack.pop()
                done.add(part)
                del depth[part]
                if way:
                    way.pop()
            elif step.target in depth:
                yield (*way[depth[step.target] :], step)
            elif step.target not in done and step.target in embeds:
                way.append(step)
                depth[step.target] = len(stack)
                stack.append((step.target, iter(embeds[step.target])))
