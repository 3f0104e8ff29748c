"""What could stand where an author is typing: documents, headings, passages, keys, and in a head keys and values.

Inserted is a name that the resolver reads as the very thing; what has no such name is not offered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.author.editor.body_typing import KeyTyped, PartTyped, TargetTyped, typed_in_body
from inquiry.author.editor.head_offers import key_offers, value_offers
from inquiry.author.editor.head_typing import HeadKeyTyped, typed_in_head
from inquiry.author.editor.name_offers import citation_offers, link_offers, part_offers
from inquiry.author.editor.offers import Completions, chosen
from inquiry.corpus.head import split_head

if TYPE_CHECKING:
    from inquiry.author.editor.desk import Sheet
    from inquiry.diagnostics import Position


def complete(sheet: Sheet, position: Position) -> Completions:
    """List what could be typed at a place, best first."""
    head = split_head(sheet.text.plain)
    if head is not None and position.line < head.body_line:
        return _in_head(sheet, position)
    match typed_in_body(sheet, position):
        case TargetTyped(typed, span, closing):
            return chosen(link_offers(sheet), typed, span, closing)
        case PartTyped(target, typed, span, closing):
            return chosen(part_offers(sheet, target, typed), typed.lstrip("^"), span, closing, by_label=False)
        case KeyTyped(typed, span, closing):
            return chosen(citation_offers(sheet), typed, span, closing)
        case _:
            return Completions()


def _in_head(sheet: Sheet, position: Position) -> Completions:
    typed = typed_in_head(sheet, position)
    if typed is None:
        return Completions()
    if isinstance(typed, HeadKeyTyped):
        return chosen(key_offers(sheet, typed), typed.typed, typed.span, typed.closing)
    return chosen(value_offers(sheet, typed), typed.typed, typed.span, typed.closing)
