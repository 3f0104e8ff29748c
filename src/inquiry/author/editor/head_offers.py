"""Keys of a head, and the values that a key takes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from inquiry.author.editor.head_typing import field_of
from inquiry.author.editor.name_offers import document_offers, link_offers, work_offers
from inquiry.author.editor.offers import Offer, OfferKind
from inquiry.author.editor.spelling import as_yaml, head_name
from inquiry.corpus.head import split_head
from inquiry.corpus.keys import FIELDS, SOURCE_FIELDS
from inquiry.corpus.model import RelationKind
from inquiry.corpus.spellings import SPELLINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inquiry.author.editor.desk import Sheet
    from inquiry.author.editor.head_typing import HeadKeyTyped, HeadValueTyped
    from inquiry.corpus.model import Document

_FLAGS = frozenset({"draft", "publish", "unlisted"})
_OF_LINES = frozenset({"next", "sources"})
_OF_NOTES = frozenset({"source", "relations", *RelationKind, *SOURCE_FIELDS} - {"title"})
"""Keys that only one of the two kinds has a use for."""


def key_offers(sheet: Sheet, typed: HeadKeyTyped) -> Iterator[Offer]:
    """Offer the keys that may stand here and do not yet."""
    if not typed.above:
        left_out = _fields_there(sheet) | (_OF_NOTES if sheet.document.is_line else _OF_LINES)
        fields = [field for field in FIELDS.values() if field.name not in left_out]
    elif typed.above == ("relations",):
        fields = [FIELDS[kind] for kind in RelationKind]
    elif field_of(typed.above) == "source":
        fields = list(SOURCE_FIELDS.values())
    else:
        fields = []
    for field in fields:
        yield Offer(OfferKind.KEY, field.name, (field.name,), partial(str, field.name), "", partial(str, field.meaning))


def _fields_there(sheet: Sheet) -> set[str]:
    """Name the fields that the head has already, whatever their spelling, the line of the cursor aside."""
    head = split_head(sheet.text.plain)
    lines = head.text.split("\n") if head else []
    keys = (line.partition(":")[0].strip().lower() for line in lines if ":" in line and not line.startswith((" ", "-")))
    return {SPELLINGS[key][0] for key in keys if key in SPELLINGS}


def value_offers(sheet: Sheet, typed: HeadValueTyped) -> Iterator[Offer]:
    """Offer what a key takes, as YAML spells it."""
    for offer in _values(sheet, field_of(typed.keys), is_link=typed.closing == "]]" or not typed.bare):
        yield Offer(offer.kind, offer.label, offer.names, partial(_spelled, offer, typed), offer.detail, offer.describe)


def _spelled(offer: Offer, typed: HeadValueTyped) -> str | None:
    value = offer.spell()
    is_text = offer.kind is not OfferKind.WORD
    return as_yaml(value) if value is not None and typed.bare and is_text else value


def _values(sheet: Sheet, field: str, *, is_link: bool) -> Iterator[Offer]:
    corpus, is_line = sheet.reading.corpus, sheet.document.is_line
    if field == "tags":
        yield from _tags(sheet)
    elif field == "next" and is_line:
        yield from _documents(sheet, corpus.lines)
    elif field in set(RelationKind) or (field == "sources" and is_line):
        yield from _documents(sheet, corpus.notes)
    elif field in {"source", "sources"}:
        yield from work_offers(sheet)
    elif field in _FLAGS:
        yield from (Offer(OfferKind.WORD, word, (word,), partial(str, word)) for word in ("true", "false"))
    elif is_link and not field:
        yield from link_offers(sheet)


def _documents(sheet: Sheet, documents: Iterable[Document]) -> Iterator[Offer]:
    origin, resolver = sheet.document, sheet.reading.resolver
    others = (one for one in documents if one.key != origin.key)
    return document_offers(sheet, others, lambda one: head_name(one, origin, resolver))


def _tags(sheet: Sheet) -> Iterator[Offer]:
    """Offer the tags of other documents: what only this one has may be half typed."""
    for topic in sheet.reading.graph.topics:
        if {document.key for document in topic.documents} == {sheet.document.key}:
            continue
        detail = f"{topic.size} {'document' if topic.size == 1 else 'documents'}"
        yield Offer(OfferKind.TAG, topic.name, (topic.name,), partial(str, topic.name), detail)
