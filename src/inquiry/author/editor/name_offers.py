"""Documents, their parts and works as an author may name them in a text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from inquiry.author.editor.hover import about, plain, reference
from inquiry.author.editor.offers import Offer, OfferKind
from inquiry.author.editor.spelling import citation_name, link_name, part_name
from inquiry.corpus.body import LinkKind
from inquiry.graph.resolution import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from inquiry.author.editor.desk import Sheet
    from inquiry.corpus.model import Document, Source


def link_offers(sheet: Sheet) -> Iterator[Offer]:
    """Offer every other document that a wikilink may name."""
    origin, resolver = sheet.document, sheet.reading.resolver
    others = (one for one in sheet.reading.corpus.documents if one.key != origin.key)
    yield from document_offers(sheet, others, lambda one: link_name(one, origin, resolver))


def document_offers(
    sheet: Sheet, documents: Iterable[Document], spell: Callable[[Document], str | None]
) -> Iterator[Offer]:
    """Offer documents; a page that readers see may not name a draft."""
    for one in documents:
        if not one.has_page and sheet.document.has_page:
            continue
        kind = OfferKind.LINE if one.is_line else OfferKind.NOTE
        names = (one.id, one.title, *(alias.value for alias in one.head.aliases))
        yield Offer(kind, one.title, names, partial(spell, one), f"{one.kind} {one.id}", partial(about, one))


def part_offers(sheet: Sheet, target: str, typed: str) -> Iterator[Offer]:
    """Offer the headings and passages of the document that is named before `#`."""
    origin = sheet.document
    meaning = sheet.reading.resolver.resolve_target(target, "", LinkKind.WIKILINK, origin.path, origin)
    document = meaning.document if isinstance(meaning, Found) else None
    if not target:
        document = origin
    if document is None:
        return
    for heading in document.body.headings if not typed.startswith("^") else ():
        spell = partial(part_name, document, heading.text, heading.id)
        yield Offer(OfferKind.HEADING, heading.text, (heading.text, heading.id), spell, f"#{heading.id}")
    for passage in document.body.passages:
        said = f"> {plain(' '.join(passage.text.split()))}"
        spell = partial(part_name, document, f"^{passage.id}", f"^{passage.id}")
        yield Offer(
            OfferKind.PASSAGE, f"^{passage.id}", (passage.id, passage.text), spell, "passage", partial(str, said)
        )


def citation_offers(sheet: Sheet) -> Iterator[Offer]:
    """Offer the keys of the bibliography, then the notes."""
    yield from work_offers(sheet)
    origin, resolver = sheet.document, sheet.reading.resolver
    others = (one for one in sheet.reading.corpus.notes if one.key != origin.key)
    yield from document_offers(sheet, others, lambda one: citation_name(one, origin, resolver))


def work_offers(sheet: Sheet) -> Iterator[Offer]:
    """Offer the keys of the bibliography."""
    for key, work in sheet.reading.corpus.bibliography.items():
        names = (key, work.title, *work.authors)
        yield Offer(OfferKind.WORK, key, names, partial(str, key), _short(work), partial(_about_work, work))


def _short(work: Source) -> str:
    return " ".join(filter(None, (work.authors[0] if work.authors else "", work.year, work.title)))


def _about_work(work: Source) -> str:
    return reference(work, with_title=True)
