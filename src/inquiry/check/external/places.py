"""Where addresses of other sites stand: in bodies, heads and the bibliography, in ordinary pages and `mkdocs.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from inquiry.check.links import pointed_at, resolved_links
from inquiry.corpus.body import LinkKind
from inquiry.corpus.identifiers import arxiv_of_doi, is_web_address
from inquiry.diagnostics import Span
from inquiry.graph.resolution import External

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from inquiry.check.pages.read import Docs
    from inquiry.corpus.model import Corpus, Document, Source
    from inquiry.graph.knowledge import KnowledgeGraph

    ReadLines = Callable[[str], Sequence[str]]
    """Gives a file's lines by its path; none when it cannot be read."""

_BY_NAME = frozenset({LinkKind.WIKILINK, LinkKind.EMBED, LinkKind.CITATION})
"""Kinds of links that name no address, whatever they look like."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address where somebody wrote it."""

    url: str
    """As written, with its fragment."""
    path: str
    """File, relative to the folder of mkdocs.yml."""
    span: Span
    """What a finding underlines."""
    picture: bool = False
    """Whether it is shown as a picture."""
    identifier: bool = False
    """Whether only a DOI or an arXiv id is written, of which the address was made."""
    literal: bool = True
    """Whether the address stands in the file letter by letter, so that another can be put in its place."""


def docs_places(docs: Docs) -> Iterator[Place]:
    """Find the addresses in ordinary pages and in mkdocs.yml."""
    for page in docs.pages.values():
        for link in page.links:
            if link.kind not in _BY_NAME and _is_elsewhere(link.target):
                yield Place(link.target, page.path, link.span, link.picture)
    configuration = docs.configuration
    for entry in (*configuration.nav, *configuration.styles, *configuration.scripts):
        if _is_elsewhere(entry.value):
            yield Place(entry.value, entry.path, entry.span)


def corpus_places(corpus: Corpus, graph: KnowledgeGraph, lines_of: ReadLines) -> Iterator[Place]:
    """Find the addresses in notes, lines and the bibliography; drafts are left in peace."""
    for document in corpus.documents:
        if document.has_page:
            yield from _in_body(document, graph, lines_of)
            yield from _in_head(document, lines_of)
    entries = sorted(corpus.bibliography.values(), key=lambda one: (one.path, one.span or Span.at(1), one.key))
    for entry, after in zip_longest(entries, entries[1:]):
        here = entry.span or Span.at(1)
        next_one = after.span if after is not None and after.path == entry.path else None
        last = max(next_one.start.line - 1, here.start.line) if next_one else None
        yield from _of_source(entry, lines_of(entry.path), here.start.line, last)


def _is_elsewhere(target: str) -> bool:
    """Tell whether a target of an ordinary page is the address of some host."""
    return target.lower().startswith(("http://", "https://", "//"))


def _in_body(document: Document, graph: KnowledgeGraph, lines_of: ReadLines) -> Iterator[Place]:
    for link, meaning in resolved_links(document, graph):
        if not isinstance(meaning, External):
            continue
        span = pointed_at(link)
        url = meaning.url
        literal = url in _stretch(lines_of(document.path), span)
        yield Place(url, document.path, span, link.kind is LinkKind.IMAGE, literal=literal)


def _in_head(document: Document, lines_of: ReadLines) -> Iterator[Place]:
    lines, last = lines_of(document.path), document.head.body_line - 1
    taken: set[Span] = set()
    for source in document.head.sources:
        for place in _of_source(source, lines, 1, last):
            taken.add(place.span)
            yield place
    for value in _texts(list(document.head.extra.values())):
        if is_web_address(value):
            span = _located(lines, value, 1, last, frozenset(taken))
            if span is not None:
                taken.add(span)
            yield Place(value, document.path, span or Span.at(1), literal=span is not None)


def _texts(values: Sequence[object]) -> Iterator[str]:
    """Walk the texts of other keys' values, however nested."""
    stack = list(reversed(values))
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield value.strip()
        elif isinstance(value, dict):
            stack.extend(reversed(list(value.values())))
        elif isinstance(value, (list, tuple)):
            stack.extend(reversed(value))


def _of_source(source: Source, lines: Sequence[str], first: int, last: int | None) -> Iterator[Place]:
    """Find the addresses of a work between two lines of its file, by which readers can follow it."""
    fallback = source.span or Span.at(1)
    arxiv = source.arxiv if source.arxiv != arxiv_of_doi(source.doi) else ""
    named = ((source.doi, f"https://doi.org/{source.doi}"), (arxiv, f"https://arxiv.org/abs/{arxiv}"))
    if source.url:
        span = _located(lines, source.url, first, last)
        yield Place(source.url, source.path, span or fallback, literal=span is not None)
    for written, url in named:
        if written and url != source.url:
            span = _located(lines, written, first, last)
            yield Place(url, source.path, span or fallback, identifier=True, literal=False)


def _located(
    lines: Sequence[str], text: str, first: int, last: int | None, taken: frozenset[Span] = frozenset()
) -> Span | None:
    """Find a text between two lines, counted from 1, where it is not taken for another's already."""
    for number in range(first, min(last or len(lines), len(lines)) + 1):
        column = lines[number - 1].find(text)
        if column >= 0 and (span := Span.at(number, column + 1, len(text))) not in taken:
            return span
    return None


def _stretch(lines: Sequence[str], span: Span) -> str:
    """Cut a span of one line out of its file."""
    start, end = span.start, span.end
    if start.line != end.line or start.line > len(lines):
        return ""
    return lines[start.line - 1][start.column - 1 : end.column - 1]
