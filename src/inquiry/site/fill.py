"""Fill the slots of a parsed body for one page: addresses, cited titles, embedded notes, pictures.

A body knows nothing of other documents; a page does.  The same body is filled again wherever it is embedded, with
links relative to the page that shows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote

from markupsafe import Markup

from inquiry.corpus.body import Slot, SlotKind
from inquiry.corpus.output import escape, escape_url
from inquiry.corpus.slugs import page_anchor
from inquiry.graph.resolution import External, Found, FoundFile, FoundSource, MissingAnchor, Unsafe, WrongCase
from inquiry.site.punctuation import punctuate
from inquiry.site.scholar import short_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from inquiry.corpus.body import Link
    from inquiry.corpus.model import Document
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.urls import Urls
    from inquiry.settings import CitationStyle

_ID = re.compile(r' id="[^"]*"')
_LOCAL = re.compile(r'href="#')
_EMBED_DEPTH = 4
"""Embeds within embeds that are still shown: deeper ones are links, since no reader follows them."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp")
_VIDEOS = (".mp4", ".webm", ".ogv", ".mov")
_SOUNDS = (".mp3", ".wav", ".ogg", ".m4a", ".flac")


_LEADING = (Found, FoundFile, FoundSource, MissingAnchor, WrongCase, External)
"""What a link can mean that has an address."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a line's text, and which place of the text it belongs to."""

    numbers: Mapping[tuple[str, str], int]
    """Numbers of the source notes, by key."""
    cards: Mapping[int, int]
    """Numbers of the cards, by the index of the link that each stands beside."""


NOTHING = Beside({}, {})


@dataclass(frozen=True, slots=True)
class Filler:
    """What filling needs to know of the site."""

    urls: Urls
    resolutions: Mapping[tuple[str, str], Sequence[Resolution]]
    """By document key, parallel to the body's links."""
    title: Callable[[Document], str]
    """A document's title as HTML."""
    style: CitationStyle
    """What a citation without words of its own shows."""
    docs: str = "docs/"
    """Folder of ordinary pages, with its slash."""

    def fill(self, document: Document, page: str, beside: Beside | None = None) -> Markup:
        """Fill a document's body for the page at a path."""
        return self._markup(document, document.body.pieces, _Place(page, document, beside or NOTHING))

    def fill_takeaway(self, document: Document, page: str, beside: Beside | None = None) -> Markup:
        """Fill a line's takeaway for the page at a path."""
        return self._markup(document, document.body.takeaway, _Place(page, document, beside or NOTHING))

    def passage_href(self, document: Document, anchor: str, page: str) -> str:
        """Give the address of a document's passage on the page at a path."""
        return f"{self.urls.relative(self.urls.document(document), page)}#{_quoted(anchor)}"

    def _markup(self, document: Document, pieces: Sequence[str | Slot], place: _Place) -> Markup:
        parts = [piece if isinstance(piece, str) else self._slot(document, piece, place) for piece in pieces]
        if place.document.is_line and self.style != "author-year":
            punctuate(pieces, parts, blank="" if self.style == "number" else " ")
        return Markup("".join(parts))  # noqa: S704 - every part is escaped or went through the allow-list

    def _slot(self, document: Document, slot: Slot, place: _Place) -> str:
        link = document.body.links[slot.link]
        found = self.resolutions[document.key][slot.link]
        match slot.kind:
            case SlotKind.OPEN:
                return self._open(link, found, slot.link, place)
            case SlotKind.TEXT:
                return self._text(document, link, found, place)
            case SlotKind.CLOSE:
                return "</a>" if isinstance(found, _LEADING) else "</span>"
            case SlotKind.SOURCE:
                written = "" if isinstance(found, Unsafe) else escape_url(link.target)
                return escape(self._href(found, place) or written)
            case SlotKind.EMBED:
                return self._embed(link, found, slot.link, place)
        assert_never(slot.kind)

    def _href(self, found: Resolution, place: _Place) -> str:
        """Give the address that a resolution stands for; empty for none."""
        match found:
            case Found(document, anchor):
                if document.key == place.document.key and anchor and not place.embedded:
                    return f"#{_quoted(anchor)}"
                href = self.urls.relative(self.urls.document(document), place.page)
                return f"{href}#{_quoted(anchor)}" if anchor else href
            case MissingAnchor(document):
                return self.urls.relative(self.urls.document(document), place.page)
            case WrongCase(path, document):
                to = self.urls.document(document) if document else self._file(path)
                return self.urls.relative(to, place.page)
            case FoundFile(path, fragment):
                href = self.urls.relative(self._file(path), place.page)
                return f"{href}#{_quoted(fragment)}" if fragment else href
            case FoundSource(source):
                return self.urls.relative(self.urls.source(source.identity), place.page)
            case External(url):
                return escape_url(url).replace("&amp;", "&")
            case _:
                return ""

    def _file(self, path: str) -> str:
        is_page = path.startswith(self.docs) and path.lower().endswith((".md", ".markdown"))
        return self.urls.doc(path) if is_page else self.urls.asset(path)

    def _open(self, link: Link, found: Resolution, index: int, place: _Place) -> str:
        href = self._href(found, place)
        if not href:
            return f'<span class="dangling" title="{escape(_why(found))}">'
        title = f' title="{escape(link.title)}"' if link.title else ""
        start = f'<a href="{escape(href)}"{title}'
        match found:
            case Found(document) | MissingAnchor(document) | WrongCase(_, document) if document is not None:
                return f"{start}{self._marks(link, document, index, place)}>"
            case FoundSource(source):
                marks = f' class="citation{self._suffix(link)}" data-source="{escape(source.key)}"'
                return f"{start}{marks}{place.marks(index, ('note', source.key))}>"
            case _:
                return f"{start}>"

    def _marks(self, link: Link, document: Document, index: int, place: _Place) -> str:
        if document.key == place.document.key:
            return ""
        if document.is_line:
            return f' class="line-link" data-line="{escape(document.id)}"'
        if not place.document.is_line:
            return f' class="note-link" data-note="{escape(document.id)}"'
        marks = place.marks(index, document.key)
        return f' class="citation{self._suffix(link)}" data-note="{escape(document.id)}"{marks}'

    def _suffix(self, link: Link) -> str:
        if link.text:
            return ""
        return {
            "title": " citation--title",
            "author-year": " citation--author",
            "number": " citation--number",
        }[self.style]

    def _text(self, document: Document, link: Link, found: Resolution, place: _Place) -> str:
        match found:
            case Found(target) | MissingAnchor(target):
                if target.key == document.key and link.fragment and not link.target:
                    words = escape(link.fragment.rpartition("#")[2].lstrip("^"))
                else:
                    words = self._cited(target, place)
            case FoundSource(source):
                words = escape(short_names(source) if self.style != "title" else source.title or source.key)
            case FoundFile(path):
                words = escape(path.rpartition("/")[2].removesuffix(".md"))
            case _:
                words = escape(link.target or link.fragment)
        return f"{words}, {escape(link.locator)}" if link.locator else words

    def _cited(self, target: Document, place: _Place) -> str:
        is_citation = place.document.is_line and not target.is_line
        if is_citation and self.style == "number" and target.key in place.beside.numbers:
            return str(place.beside.numbers[target.key])
        if is_citation and self.style == "author-year" and target.sources:
            return f"({escape(short_names(target.sources[0]))})"
        return self.title(target)

    def _embed(self, link: Link, found: Resolution, index: int, place: _Place) -> str:
        match found:
            case FoundFile(path) if not path.lower().endswith(".md"):
                return _media(path, escape(self._href(found, place)), link.text)
            case Found(document, anchor) if document.key not in place.embedding and place.depth < _EMBED_DEPTH:
                return self._embedded(document, anchor, index, place)
            case _:
                href = self._href(found, place)
                words = self._text(place.document, link, found, place)
                if href:
                    return f'<p><a href="{escape(href)}"{place.id(index)}>{words}</a></p>'
                return f'<p><span class="dangling" title="{escape(_why(found))}">{words}</span></p>'

    def _embedded(self, document: Document, anchor: str, index: int, place: _Place) -> str:
        pieces = _part(document, anchor)
        inner = _Place(place.page, place.document, place.beside, (*place.embedding, document.key))
        href = escape(self._href(Found(document, anchor), inner))
        html = _ID.sub("", self._markup(document, pieces, inner))
        html = _LOCAL.sub(f'href="{escape(self._href(Found(document), inner))}#', html)
        return (
            f'<aside class="embed" data-{document.kind.value}="{escape(document.id)}"{place.id(index)}>'
            f'<p class="embed-title"><a href="{href}">{self.title(document)}</a></p>\n{html}</aside>'
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a body is being filled."""

    page: str
    """Path of the page that shows it."""
    document: Document
    """Document that the page is of."""
    beside: Beside
    embedding: tuple[tuple[str, str], ...] = field(default=())
    """Keys of the documents that are being embedded, outermost first."""

    def __post_init__(self) -> None:
        if not self.embedding:
            object.__setattr__(self, "embedding", (self.document.key,))

    @property
    def embedded(self) -> bool:
        return len(self.embedding) > 1

    @property
    def depth(self) -> int:
        return len(self.embedding) - 1

    def id(self, link: int) -> str:
        """Write the id by which a line's source notes name the place of a citation; embedded ones have none."""
        return f' id="cite-{link + 1}"' if self.document.is_line and not self.embedded else ""

    def marks(self, link: int, key: tuple[str, str]) -> str:
        """Write what a citation carries: its id, its number for paper, and the place of the card beside it."""
        id_ = self.id(link)
        if not id_:
            return ""
        number, card = self.beside.numbers.get(key), self.beside.cards.get(link)
        shown = f' data-n="{number}"' if number else ""
        return f'{id_}{shown} style="anchor-name:--p{card}"' if card else f"{id_}{shown}"


def _part(document: Document, anchor: str) -> Sequence[str | Slot]:
    """Give the pieces of the passage or the section that an anchor names; all of them for none."""
    body = document.body
    if anchor.startswith("^"):
        return next((passage.pieces for passage in body.passages if passage.id == anchor[1:]), body.pieces)
    for index, heading in enumerate(body.headings):
        if heading.id == anchor and heading.piece >= 0:
            later = (h.piece for h in body.headings[index + 1 :] if h.level <= heading.level and h.piece >= 0)
            return body.pieces[heading.piece : next(later, len(body.pieces))]
    return body.pieces


def _media(path: str, href: str, words: str) -> str:
    lower = path.lower()
    size = re.fullmatch(r"(\d+)(?:x(\d+))?", words)
    name = escape(path.rpartition("/")[2])
    if lower.endswith(_PICTURES):
        alt = "" if size else escape(words)
        width = f' width="{size[1]}"' if size else ""
        height = f' height="{size[2]}"' if size and size[2] else ""
        return f'<img src="{href}" alt="{alt}"{width}{height} />'
    if lower.endswith(_VIDEOS):
        return f'<video src="{href}" controls aria-label="{name}"></video>'
    if lower.endswith(_SOUNDS):
        return f'<audio src="{href}" controls aria-label="{name}"></audio>'
    return f'<a href="{href}">{escape(words) if words and not size else name}</a>'


def _quoted(anchor: str) -> str:
    return quote(page_anchor(anchor), safe=":~=,;!$&'()*+@/?-._")


def _why(found: Resolution) -> str:
    """Say in words for readers why a link leads nowhere."""
    return {
        "Dangling": "Not written yet",
        "Ambiguous": "Several pages have this name",
        "Unpublished": "Not published yet",
    }.get(type(found).__name__, "This link leads nowhere")
