"""Rules about raw HTML: ids that stand twice, attributes that name no element, addresses that are not links.

In notes and lines the links of raw HTML are links like any other; what is left for here are lists of pictures
(`srcset`), styles, and what one element says of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from inquiry.check.asides import position_in
from inquiry.check.landings import Spot
from inquiry.check.links import Mention, judge
from inquiry.check.markup import Reference, Role, references, tags
from inquiry.check.wording import quoted
from inquiry.corpus.body import LinkKind
from inquiry.corpus.written import is_external
from inquiry.diagnostics import Related, Span, finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from inquiry.check.pages.model import NamedId, OrdinaryPage
    from inquiry.check.site import Site
    from inquiry.corpus.body import RawHtml
    from inquiry.corpus.model import Document
    from inquiry.diagnostics import Diagnostic

_RECORDED = frozenset({"href", "src", "poster"})
"""Attributes whose addresses the parser of notes takes for links."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A reference of a note's raw HTML, and where it stands."""

    reference: Reference
    span: Span
    recorded: bool
    """Whether the note's own links hold it."""


def page_html_findings(page: OrdinaryPage) -> Iterator[Diagnostic]:
    """Report what is wrong inside an ordinary page."""
    yield from _repeated(page.path, page.ids, page.made)
    if page.complete:
        yield from _missing_elements(page.path, page.elements, page.anchors)


def note_html_findings(site: Site, document: Document) -> Iterator[Diagnostic]:
    """Report what is wrong in the raw HTML of a note or a line."""
    from inquiry.check.pages.model import NamedId  # noqa: PLC0415 - few notes have raw HTML

    placed = [one for chunk in document.body.html for one in _placed(chunk)]
    ids = [NamedId(one.reference.value, one.span) for one in placed if one.reference.role is Role.ID]
    headings = {heading.id for heading in document.body.headings}
    yield from _repeated(document.path, ids, headings)
    named = [NamedId(one.reference.value, one.span) for one in placed if one.reference.role is Role.ELEMENT]
    yield from _missing_elements(document.path, named, document.body.anchors)
    for one in placed:
        if one.reference.role is Role.RESOURCE and not one.recorded:
            yield from _resource(site, document, one)


def _repeated(path: str, ids: Iterable[NamedId], made: Collection[str]) -> Iterator[Diagnostic]:
    """Report each id of raw HTML that an earlier element or a heading has."""
    first: dict[str, Span] = {}
    for one in ids:
        message = f"another element of this page has the id {quoted(one.name)} already"
        if one.name in first:
            related = (Related(path, first[one.name], "first given here"),)
            yield finding("duplicate-anchor", path, one.span, message, related=related)
        elif one.name in made:
            yield finding(
                "duplicate-anchor", path, one.span, f"a heading of this page has the id {quoted(one.name)} too"
            )
        first.setdefault(one.name, one.span)


def _missing_elements(path: str, named: Iterable[NamedId], anchors: Collection[str]) -> Iterator[Diagnostic]:
    """Report each attribute that names an element which is not on the page."""
    for one in named:
        if one.name and one.name not in anchors and not one.name.startswith("__"):
            yield finding("missing-element", path, one.span, f"this page has no element with the id {quoted(one.name)}")


def _resource(site: Site, document: Document, one: _Placed) -> Iterator[Diagnostic]:
    """Judge an address that the parser does not take for a link."""
    value = one.reference.value.strip()
    if not value or value.startswith("#"):
        return
    if is_external(value) or value.startswith("/"):
        yield from site.address_findings(Spot(document.path, one.span, value), value)
        return
    target, _, fragment = value.partition("#")
    target, fragment = unquote(target), unquote(fragment)
    meaning = site.resolver.resolve_target(target, fragment, LinkKind.HTML, document.path, document)
    yield from judge(Mention(document, LinkKind.IMAGE, target, fragment, value, one.span), meaning)


def _placed(chunk: RawHtml) -> Iterator[_Placed]:
    for tag in tags(chunk.text):
        values = {one.start: one.name for one in tag.attributes}
        for one in references(tag):
            span = Span(position_in(chunk, one.start), position_in(chunk, one.start + len(one.raw)))
            yield _Placed(one, span, values.get(one.start) in _RECORDED)
