"""The Markdown of a page, for whoever would rather read it than HTML: programs, mostly.

The author's own text under a head of the published facts.  Comments are gone, wikilinks are links, and every link
leads to the Markdown of what it names; what the page does not name, its Markdown does not name either.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from inquiry.corpus.body import LinkKind
from inquiry.corpus.comments import strip_comments, strip_html_comments
from inquiry.corpus.files import read_file
from inquiry.corpus.head import text_from_line
from inquiry.corpus.slugs import page_anchor
from inquiry.corpus.titles import plain_text
from inquiry.graph.resolution import External, Found, FoundFile, FoundSource, MissingAnchor, Unsafe, WrongCase
from inquiry.graph.urls import Urls
from inquiry.site.scholar import reference_text, short_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inquiry.corpus.body import Link
    from inquiry.corpus.model import Document, Source
    from inquiry.graph.resolution import Resolution
    from inquiry.site.views import PageView

_LEFT_ALONE = frozenset({LinkKind.AUTOLINK, LinkKind.CITATION, LinkKind.HTML})
"""Links that stay as they are written where they lead nowhere on the site."""
_BARE = frozenset({LinkKind.WIKILINK, LinkKind.CITATION})
"""Links that can do without words."""
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:[ \t]*\S")
_FENCE = re.compile(r"[ >]*(`{3,}|~{3,})")
_SIZE = re.compile(r"\d+(?:x\d+)?")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REMEMBERED = 65_536
"""References that are kept: many documents rest on the same works."""
_SPELLER = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class MarkdownTexts:
    """Makes the Markdown of documents for one site."""

    root: str
    """The folder of mkdocs.yml."""
    urls: Urls
    resolutions: Mapping[tuple[str, str], Sequence[Resolution]]
    """By document key, parallel to the body's links."""
    docs: str
    """Folder of ordinary pages, with its slash."""
    of_notes: bool = True
    """Whether notes have their Markdown beside them, or lines alone."""
    _known: dict[tuple[str, str, int], str] = field(default_factory=dict)
    """Link to each document's Markdown, by its key and the depth of the page that links there."""

    def is_of(self, document: Document) -> bool:
        """Tell whether a document has its Markdown beside it."""
        return self.of_notes or document.is_line

    def path(self, document: Document) -> str:
        """Give the path of a document's Markdown, of its page where it has none."""
        page = self.urls.document(document)
        return self.urls.beside(page, Urls.markdown) if self.is_of(document) else page

    def text(self, document: Document, facts: PageView, works: Iterable[Source]) -> str:
        """Write a document's Markdown; `works` are what it rests on."""
        written, _ = read_file(self.root, document.path)
        body = strip_comments(text_from_line(written or "", document.head.body_line)).text
        return f"---\n{_head(document, facts, works)}---\n\n{self._linked(document, body, facts.url)}\n"

    def _linked(self, document: Document, body: str, page: str) -> str:
        links = document.body.links
        if links:
            source = body.encode(errors="replace")
            parts: list[bytes] = []
            at = 0
            for start, end, words in sorted(self._edits(document, source, page)):
                if start >= at:  # what stands inside of what was rewritten went with it
                    parts += (source[at:start], words.encode(errors="replace"))
                    at = end
            body = b"".join((*parts, source[at:])).decode(errors="replace")
            if any(map(_is_by_reference, links)):
                body = _without_definitions(body)
        return strip_html_comments(body).strip("\n")

    def _edits(self, document: Document, source: bytes, page: str) -> Iterator[tuple[int, int, str]]:
        depth = page.count("/")
        for link, found in zip(document.body.links, self.resolutions[document.key], strict=True):
            if isinstance(found, External) and not _is_by_reference(link):
                continue
            if (
                isinstance(found, Found) and not found.anchor and not link.text and link.kind in _BARE
            ):  # as most links are
                yield link.start, link.end, self._named(found.document, page, depth)
                continue
            own = isinstance(found, Found) and found.document is document
            address = "" if own and not link.target else self._address(found, page)
            anchor = _anchor(found)
            href = f"{address}#{anchor}" if anchor else address
            yield from _edit(link, found, href, source)

    def _named(self, document: Document, page: str, depth: int) -> str:
        """Link to a document's Markdown by its title, from a page at a depth."""
        key = (*document.key, depth)
        known = self._known.get(key)
        if known is None:
            href = self._address(Found(document), page)
            known = self._known[key] = f"[{_label(plain_text(document.title))}]({href})"
        return known

    def _address(self, found: Resolution, page: str) -> str:
        """Give the address of what a link names, that of its Markdown where it has some; empty for nothing."""
        urls = self.urls
        match found:
            case Found(document) | MissingAnchor(document):
                return urls.relative(self.path(document), page)
            case WrongCase(path, document):
                to = self.path(document) if document else self._file(path)
                return urls.relative(to, page)
            case FoundFile(path):
                return urls.relative(self._file(path), page)
            case FoundSource(source):
                return urls.relative(urls.source(source.identity), page)
            case External(url):
                return url
            case _:
                return ""

    def _file(self, path: str) -> str:
        is_page = path.startswith(self.docs) and path.lower().endswith((".md", ".markdown"))
        return self.urls.doc(path) if is_page else self.urls.asset(path)


def _head(document: Document, facts: PageView, works: Iterable[Source]) -> str:
    """Write the published facts as YAML; every string of JSON is one of YAML."""
    head = document.head
    rows = [
        ("title", _spelled(facts.title)),
        ("summary", _spelled(plain_text(head.summary)) if head.summary else ""),
        ("kind", document.kind.value),
        ("url", _spelled(facts.canonical) if facts.canonical else ""),
        ("created", head.created and f'"{head.created}"'),
        ("updated", head.updated and f'"{head.updated}"'),
        ("tags", f"[{', '.join(map(_spelled, head.tags))}]" if head.tags else ""),
    ]
    references = [f"  - {_reference(work)}\n" for work in works]
    text = "".join(f"{name}: {value}\n" for name, value in rows if value)
    return text + ("references:\n" + "".join(references) if references else "")


def _spelled(text: str) -> str:
    return _SPELLER.encode(_UNPRINTABLE.sub(" ", text))


def _edit(link: Link, found: Resolution, href: str, source: bytes) -> Iterator[tuple[int, int, str]]:
    """Give what stands in the place of a link: its range in bytes, and the text."""
    if isinstance(found, Unsafe) and link.kind is LinkKind.HTML:
        yield link.target_start, link.target_end, ""
    elif not href:
        if isinstance(found, Unsafe) or link.kind not in _LEFT_ALONE | {LinkKind.IMAGE}:
            yield link.start, link.end, _words(link, found, source)
        return
    match link.kind:
        case LinkKind.WIKILINK:
            yield link.start, link.end, f"[{_words(link, found, source)}]({href})"
        case LinkKind.EMBED:
            words = "" if _SIZE.fullmatch(link.text) else _words(link, found, source)
            mark = "!" if isinstance(found, FoundFile) and not found.path.lower().endswith(".md") else ""
            yield link.start, link.end, f"{mark}[{words}]({href})"
        case LinkKind.CITATION:
            yield link.start, link.end, f"[{_words(link, found, source)}]({href})"
        case LinkKind.MARKDOWN | LinkKind.IMAGE if _is_by_reference(link):
            mark = "!" if link.kind is LinkKind.IMAGE else ""
            yield link.start, link.end, f"{mark}[{_label(link.text)}](<{href}>)"
        case LinkKind.MARKDOWN | LinkKind.IMAGE | LinkKind.HTML:
            yield link.target_start, link.target_end, href


def _is_by_reference(link: Link) -> bool:
    is_inline = link.kind in {LinkKind.MARKDOWN, LinkKind.IMAGE}
    return is_inline and (link.target_start, link.target_end) == (link.start, link.end)


def _words(link: Link, found: Resolution, source: bytes) -> str:
    """Give the words of a link, as they were written where there are some."""
    if link.text:
        if link.kind is LinkKind.WIKILINK:
            written = source[link.target_end : link.end].decode(errors="replace")
            return written.removesuffix("]]").lstrip("\\").removeprefix("|").strip()
        return _label(link.text)
    match found:
        case Found(document) | MissingAnchor(document):
            if link.fragment and not link.target:
                return _label(link.fragment.rpartition("#")[2].lstrip("^"))
            return _label(plain_text(document.title))
        case FoundSource(work):
            return _label(short_names(work))
        case FoundFile(path):
            return _label(path.rpartition("/")[2].removesuffix(".md"))
        case _:
            return _label(link.target or link.fragment)


@lru_cache(maxsize=_REMEMBERED)
def _reference(work: Source) -> str:
    return _spelled(". ".join(part for part in (work.title or work.key, reference_text(work), work.link) if part))


def _label(text: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]")


def _anchor(found: Resolution) -> str:
    match found:
        case Found(_, anchor) if anchor:
            return quote(page_anchor(anchor), safe=":~=,;!$&'()*+@/?-._")
        case FoundFile(_, fragment) if fragment:
            return quote(fragment, safe=":~=,;!$&'()*+@/?-._")
        case _:
            return ""


def _without_definitions(body: str) -> str:
    """Take out what references were defined by: they are written out, and may name what is not published."""
    kept, fence = [], ""
    for row in body.split("\n"):
        mark = _FENCE.match(row)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence and _DEFINITION.match(row):
            continue
        kept.append(row)
    return "\n".join(kept)
