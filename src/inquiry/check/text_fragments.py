"""The rule about text fragments (`#:~:text=…`): words that a link wants to show and its target does not have.

What a reader sees is made anew from the target's file, with the titles that its links show; that is done for
targets of such links only.  Words are compared as a browser does, in any case and without accents (WICG, "Text
Fragments"), so that nothing is reported that a browser would find.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from inquiry.check.disk import read_text
from inquiry.check.links import Mention, resolved_links
from inquiry.check.wording import quoted
from inquiry.corpus.body import LinkKind, Slot, SlotKind
from inquiry.corpus.frontmatter import parse_head
from inquiry.corpus.head import text_from_line
from inquiry.corpus.titles import plain_text
from inquiry.diagnostics import finding
from inquiry.graph.resolution import Found, FoundFile, FoundSource, MissingAnchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from inquiry.config import Project
    from inquiry.corpus.body import Body, Link
    from inquiry.corpus.model import Corpus, Document
    from inquiry.diagnostics import Diagnostic, Span
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolution import Resolution

DIRECTIVE = ":~:"
"""What separates a fragment from what it asks of the browser."""

_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|h[1-6]|t[dhr]|table|thead|tbody|br|hr|blockquote|pre|section|details|summary)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
_DESTINATION = re.compile(r"\]\([^()\n]*\)")
"""Where a link leads, which no reader sees: a link that asks for words would find them in itself."""
_MADE_BY_OTHERS = re.compile(r"--8<--|\{\{|\{%")
"""What puts words into an ordinary page that its file does not show: snippets, macros."""
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00ad": ""})


@dataclass(frozen=True, slots=True)
class Quote:
    """One `text=` of a fragment: `prefix-,start,end,-suffix`, of which only `start` must be."""

    written: str
    """All of it, percent-decoded."""
    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def stands_in(self, text: str) -> bool:
        """Tell whether a folded text has it, with the commas as separators or as commas."""
        parts = [part for part in (self.prefix, self.start) if part]
        pattern = r"\s*".join(_bounded(part) for part in parts)
        pattern += f".*?{_bounded(self.end)}" if self.end else ""
        pattern += rf"\s*{_bounded(self.suffix)}" if self.suffix else ""
        return any(re.search(one, text, re.DOTALL) for one in (pattern, _bounded(self.written)))


def quotes_in(fragment: str) -> tuple[Quote, ...]:
    """Read the text directives of a fragment that is percent-decoded already.

    >>> [(quote.prefix, quote.start, quote.end) for quote in quotes_in("part:~:text=the-,shade,falls&text=heat")]
    [('the', 'shade', 'falls'), ('', 'heat', '')]
    """
    directives = fragment.partition(DIRECTIVE)[2].split("&")
    return tuple(_quote(one.removeprefix("text=")) for one in directives if one.startswith("text=") and one[5:].strip())


def _quote(written: str) -> Quote:
    parts = written.split(",")
    prefix = parts.pop(0)[:-1] if len(parts) > 1 and parts[0].endswith("-") else ""
    suffix = parts.pop()[1:] if len(parts) > 1 and parts[-1].startswith("-") else ""
    if len(parts) > 2:  # noqa: PLR2004 - commas that were not encoded
        return Quote(written, ",".join(parts), "", prefix, suffix)
    return Quote(written, parts[0], parts[1] if len(parts) > 1 else "", prefix, suffix)


def folded(text: str) -> str:
    """Fold a text as browsers compare it: no case, no accents, plain quotes, single blanks."""
    spread = unicodedata.normalize("NFKD", text.translate(_STRAIGHT).casefold())
    return " ".join("".join(char for char in spread if not unicodedata.combining(char)).split())


def _bounded(words: str) -> str:
    """Make a pattern of words that begins and ends with the text's own words."""
    plain = folded(words)
    before = r"(?<![a-z0-9])" if plain[:1].isascii() and plain[:1].isalnum() else ""
    behind = r"(?![a-z0-9])" if plain[-1:].isascii() and plain[-1:].isalnum() else ""
    return before + re.escape(plain) + behind


def missing_text(project: Project, corpus: Corpus, graph: KnowledgeGraph, _resolver: object) -> Iterator[Diagnostic]:
    """Report each link of a note or a line whose text fragment names words that its target does not have."""
    texts = PageTexts(project.root, graph)
    for document in corpus.documents:
        if not document.has_page:
            continue
        for link, resolution in resolved_links(document, graph):
            if DIRECTIVE not in link.fragment or not isinstance(resolution, Found | FoundFile):
                continue
            target = resolution.document if isinstance(resolution, Found) else resolution.path
            lost = texts.lost(target, link.fragment)
            if lost:
                yield lost_words(document.path, Mention.of_link(document, link).span, target, lost)


def lost_words(origin: str, span: Span, target: Document | str, lost: str) -> Diagnostic:
    """Report words that a target does not have."""
    path = target if isinstance(target, str) else target.path
    page = "this page" if path == origin else quoted(path)
    return finding("missing-text", origin, span, f"{page} does not have the words {quoted(lost)}")


class PageTexts:
    """The words of pages, each made when it is first asked for."""

    def __init__(self, root: Path, graph: KnowledgeGraph) -> None:
        self._root = root
        self._graph = graph
        self._texts: dict[str, str | None] = {}

    def lost(self, target: Document | str, fragment: str) -> str:
        """Give the first words of a decoded fragment that a page does not have; empty when it has all.

        A file that is no page, and a page whose words only a build knows, have whatever one asks for.
        """
        path = target if isinstance(target, str) else target.path
        if path not in self._texts:
            self._texts[path] = self._text(target)
        text = self._texts[path]
        lost = (one.written for one in quotes_in(fragment) if text is not None and not one.stands_in(text))
        return next(lost, "")

    def _text(self, target: Document | str) -> str | None:
        if not isinstance(target, str):
            shown = _document_words(self._root, target, self._graph)
        elif target.endswith(".md"):
            shown = _ordinary_words(self._root, target)
        else:
            return None
        return None if shown is None else folded("\n".join(shown))


def _ordinary_words(root: Path, path: str) -> Iterable[str] | None:
    text = read_text(root, path)
    if text is None or _MADE_BY_OTHERS.search(text):
        return None
    from inquiry.corpus.markdown import parse_body  # noqa: PLC0415 - few links name words

    body = parse_body(text, path)
    return [
        _without_tags(_filled(body.pieces, ())),
        _without_tags(_filled(body.takeaway, ())),
        _DESTINATION.sub("]", text),
    ]


def _document_words(root: Path, document: Document, graph: KnowledgeGraph) -> Iterable[str] | None:
    """Gather what the page of a document shows, its body once with and once without the titles of its links."""
    body = _whole_body(root, document)
    if body is None:
        return None
    labels = tuple(_label(root, link, resolution) for link, resolution in resolved_links(document, graph))
    head = [document.title, plain_text(document.title), plain_text(document.head.summary), *document.head.tags]
    sources = [part for source in document.sources for part in (source.title, *source.authors, source.year)]
    bodies = [_without_tags(_filled(part, labels)) for part in (body.pieces, body.takeaway)]
    return [*head, body.title, *bodies, body.text, *sources]


def _whole_body(root: Path, document: Document) -> Body | None:
    """Parse a body with its words, which a check does without where nobody asks for them."""
    text = read_text(root, document.path)
    if text is None:
        return None
    from inquiry.corpus.markdown import parse_body  # noqa: PLC0415 - few links name words

    line = parse_head(text, document.path, document.kind).body_line
    return parse_body(text_from_line(text, line), document.path)


def _label(root: Path, link: Link, resolution: Resolution) -> str:
    """Say what a link without words of its own shows: a title, or all that is embedded."""
    match resolution:
        case Found(document) | MissingAnchor(document):
            body = _whole_body(root, document) if link.kind is LinkKind.EMBED else None
            return f"{document.title}\n{body.text}" if body else document.title
        case FoundSource(source):
            return source.title
        case _:
            return ""


def _filled(pieces: Iterable[str | Slot], labels: tuple[str, ...]) -> str:
    """Put the words of links into a body's HTML; an embedded section gives the whole of its page."""
    shown = {SlotKind.TEXT, SlotKind.EMBED}
    return "".join(
        piece
        if isinstance(piece, str)
        else labels[piece.link]
        if piece.kind in shown and piece.link < len(labels)
        else ""
        for piece in pieces
    )


def _without_tags(html: str) -> str:
    return unescape(_TAG.sub("", _BLOCK_TAG.sub("\n", html)))
