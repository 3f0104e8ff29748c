"""The finished HTML of an ordinary page, read for what matters to a check, and led back to its source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from inquiry.check.markup import Reference, Role, Tag, references, tags
from inquiry.check.pages.convert import CITE_TAG, WIKI_TAG
from inquiry.check.pages.marks import read_mark, without_marks
from inquiry.check.pages.model import NamedId, PageLink
from inquiry.corpus.body import LinkKind
from inquiry.corpus.written import citations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inquiry.check.pages.marks import Proposed
    from inquiry.check.pages.source import Source
    from inquiry.diagnostics import Span

_ASIDE = frozenset({"template", "noscript"})
_CODE = frozenset({"code", "pre", "kbd", "samp", "math", "script", "style", "textarea"})
_UNDEFINED = re.compile(r"(?<![\w\]\\)])\[[^\[\]\n]+\]\[[^\[\]\n]*\](?![\[(])")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\](?!:)")
_EXTERNAL = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]+:)?//")


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """What is in a page."""

    anchors: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()
    links: tuple[PageLink, ...] = ()
    ids: tuple[NamedId, ...] = ()
    elements: tuple[NamedId, ...] = ()
    undefined: tuple[tuple[str, Span], ...] = ()
    base: str = ""
    """`<base href>`, the first that there is."""
    complete: bool = True
    """Whether it could be converted at all."""


@dataclass(slots=True)
class _Reader:
    """Gathers from one page; `inert` and `fallback` count the elements that are open."""

    proposed: Sequence[Proposed]
    source: Source
    offset: int
    anchors: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    """Ids that Markdown has made: of headings, footnotes, tabs."""
    links: list[PageLink] = field(default_factory=list)
    ids: list[NamedId] = field(default_factory=list)
    elements: list[NamedId] = field(default_factory=list)
    open: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_ASIDE, 0))
    base: str = ""
    seen: set[int] = field(default_factory=set)
    """Numbers of the proposals that have become links: a definition that is used twice is one place."""

    def take(self, tag: Tag) -> None:
        """Read one tag."""
        if tag.name in _ASIDE:
            self.open[tag.name] = max(0, self.open[tag.name] + (-1 if tag.closing else 1))
        if self.open["template"] or tag.closing:
            return
        if tag.name == WIKI_TAG:
            self._wikilink(tag)
        elif tag.name == CITE_TAG:
            self._citation(tag)
        elif tag.name == "base":
            self.base = self.base or tag.get("href").strip()
        for one in references(tag):
            self._reference(one, picture=tag.name == "img")

    def _reference(self, one: Reference, *, picture: bool) -> None:
        value, number = read_mark(one.value)
        if one.role is Role.ID:
            self.anchors.add(value)
            if number is None:
                self.made.add(value)
            else:
                self.ids.append(NamedId(value, self._span(number, value)))
        elif one.role is Role.ELEMENT:
            if number is not None:
                self.elements.append(NamedId(value, self._span(number, value)))
        elif number is None:
            self._unmarked(one.role, value)
        elif number not in self.seen:
            self.seen.add(number)
            kind = LinkKind.HTML if self.proposed[number].html else LinkKind.MARKDOWN
            span = self._span(number, value)
            self.links.append(PageLink(kind, one.role, value.strip(), span, bool(self.open["noscript"]), picture))

    def _unmarked(self, role: Role, value: str) -> None:
        """Keep a bare address that an extension has made a link; everything else is the extension's own."""
        at = self.source.text.find(value, self.offset) if _EXTERNAL.match(value) else -1
        if at >= 0:
            span = self.source.span(at, len(value))
            self.links.append(PageLink(LinkKind.AUTOLINK, role, value, span, bool(self.open["noscript"])))

    def _wikilink(self, tag: Tag) -> None:
        target, number = read_mark(tag.get("target"))
        if number is not None:
            proposed = self.proposed[number]
            span = self.source.span(proposed.start + self.offset, len(proposed.raw))
            self.links.append(PageLink(LinkKind(tag.get("kind")), Role.LINK, target, span))

    def _citation(self, tag: Tag) -> None:
        content, number = read_mark(tag.get("target"))
        for cited in citations(content) if number is not None else ():
            start = self.proposed[number or 0].start + self.offset + cited.start
            span = self.source.span(start, cited.end - cited.start)
            self.links.append(PageLink(LinkKind.CITATION, Role.LINK, cited.key, span))

    def _span(self, number: int, value: str) -> Span:
        """Give the place of a value: as wide as it is written, where that is known."""
        one = self.proposed[number]
        start = one.start + self.offset
        as_it_is = self.source.text.startswith(value, start)
        return self.source.span(start, len(value) if as_it_is else len(one.raw))


def finish(
    html: str, proposed: Sequence[Proposed], source: Source, offset: int, *, references: bool, footnotes: bool
) -> FinishedPage:
    """Read finished HTML.

    Args:
        html: What Python-Markdown made of the marked text.
        proposed: What its marks stand for.
        source: The file.
        offset: Where the Markdown begins in the file.
        references: Whether a reference without a definition is a fault; some plugins define them elsewhere.
        footnotes: Whether the project has footnotes.
    """
    reader = _Reader(proposed, source, offset)
    for tag in tags(html):
        reader.take(tag)
    patterns = [pattern for pattern, wanted in ((_UNDEFINED, references), (_FOOTNOTE, footnotes)) if wanted]
    return FinishedPage(
        anchors=frozenset(reader.anchors),
        links=tuple(reader.links),
        made=frozenset(reader.made),
        ids=tuple(reader.ids),
        elements=tuple(reader.elements),
        base=reader.base,
        undefined=tuple(_undefined(html, patterns, source, offset)) if "[" in html else (),
    )


def _undefined(
    html: str, patterns: Sequence[re.Pattern[str]], source: Source, offset: int
) -> Iterator[tuple[str, Span]]:
    """Find references that are still brackets in the finished text, and where they were written."""
    at = dict.fromkeys(patterns, offset)
    for text in _words(html):
        for pattern in patterns:
            for match in pattern.finditer(text):
                place = source.text.find(match[0], at[pattern])
                if place >= 0:
                    at[pattern] = place + 1
                    yield match[0], source.span(place, len(match[0]))


def _words(html: str) -> Iterator[str]:
    """Yield the text of a page between its tags, code and formulas left out."""
    code = 0
    at = 0
    for tag in tags(html):
        if not code and tag.start > at:
            yield unescape(without_marks(html[at : tag.start]))
        if tag.name in _CODE or (tag.name in {"span", "div"} and (code or "arithmatex" in tag.get("class"))):
            code = max(0, code - 1) if tag.closing else code + (tag.name not in {"script", "style", "textarea"})
        at = tag.end
    if not code:
        yield unescape(without_marks(html[at:]))
