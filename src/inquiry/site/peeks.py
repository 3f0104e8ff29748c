"""What a page says in brief of each note, line or work that its text links to: the cards of its citations.

A card is made once for each document or passage that a page links to, however often.  It stands in the page's HTML,
beside the place that links to it first, and is readable without scripts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inquiry.corpus.body import LinkKind
from inquiry.graph.backlinks import meant
from inquiry.graph.resolution import Found, FoundSource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inquiry.corpus.body import Body
    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolution import Resolution
    from inquiry.site.cards import Cards
    from inquiry.site.fill import Filler
    from inquiry.site.views import PeekView

PASSAGE = 480
"""Characters of a quoted passage: a paragraph of eighty words is read in a glance, more is read on its own page."""


@dataclass(frozen=True, slots=True)
class Peeks:
    """Makes the cards of one site's pages."""

    graph: KnowledgeGraph
    cards: Cards
    filler: Filler

    def of(
        self, document: Document, page: str, numbers: Mapping[tuple[str, str], int], relations: Mapping[str, str]
    ) -> dict[int, PeekView]:
        """Make the cards of a document's links.

        Args:
            document: The document that links.
            page: Path of its page.
            numbers: Its sources, by key, with their numbers; none for a note.
            relations: What to say of a note's relations, by the note's id.

        Returns:
            Each card, by the index of the first link that it explains.
        """
        found: set[tuple[str, str, str]] = set()
        made: dict[int, PeekView] = {}
        above = 0
        meanings = self.graph.resolutions[document.key]
        for index in _reading_order(document.body):
            meaning = meanings[index]
            key = _key(meaning) if document.body.links[index].kind is not LinkKind.EMBED else None
            if key is None or key in found or key[:2] == document.key:
                continue
            found.add(key)
            peek = self._peek(meaning, key[2], page)
            is_source = key[0] != "line" and ("note", key[1]) in numbers
            relation = relations.get(key[1], "") if key[0] == "note" else ""
            if is_source:
                number = above + 1
                peek = replace(peek, relation=relation, number=number, above=above)
                above = number
            elif relation:
                peek = replace(peek, relation=relation)
            made[index] = peek
        return made

    def _peek(self, meaning: Resolution, anchor: str, page: str) -> PeekView:
        if isinstance(meaning, FoundSource):
            return self.cards.peek_at_work(meaning.source, page)
        other = meant(meaning)
        assert other is not None  # noqa: S101 - a link without a document has no key
        peek = self.cards.peek(other, page)
        passage = _passage(other, anchor)
        if not passage:
            return peek
        return replace(peek, href=self.filler.passage_href(other, anchor, page), summary="", passage=passage)


def _reading_order(body: Body) -> Sequence[int]:
    """Order the links of a body as a page shows them: those of the takeaway last, wherever it was written."""
    late = {piece.link for piece in body.takeaway if not isinstance(piece, str)}
    return sorted(range(len(body.links)), key=lambda link: (link in late, link)) if late else range(len(body.links))


def _key(meaning: Resolution) -> tuple[str, str, str] | None:
    """Name what a link is explained by; None for what needs no card or must have none."""
    if isinstance(meaning, FoundSource):
        return ("source", meaning.source.key, "")
    other = meant(meaning)
    if other is None or not other.is_public:
        return None
    anchor = meaning.anchor if isinstance(meaning, Found) else ""
    return (*other.key, anchor if anchor.startswith("^") else "")


def _passage(document: Document, anchor: str) -> str:
    words = next((one.text for one in document.body.passages if f"^{one.id}" == anchor), "") if anchor else ""
    return words if len(words) <= PASSAGE else words[:PASSAGE].rsplit(" ", 1)[0] + "…"
