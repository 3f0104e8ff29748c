"""The works that a head names: `source`, and the flat `doi`, `authors`, `year` of a note.

A source is a bibliography key, a DOI, an arXiv id, an address, or a mapping that describes the work; a list
has several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import yaml

from inquiry.corpus.fields import Item, authors_of, items, target_name, text_of
from inquiry.corpus.identifiers import arxiv_of_doi, bare_arxiv, bare_doi, is_web_address, source_at
from inquiry.corpus.keys import EXPECTED, Takes
from inquiry.corpus.model import Kind, Reference, Source
from inquiry.corpus.nodes import Entry, Margin, entries, is_null
from inquiry.corpus.spellings import SOURCE_SPELLINGS, nearest_source_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inquiry.corpus.spelled import Fields
    from inquiry.diagnostics import Span

_EXPECTED = "a key of the bibliography, a DOI, an address or a mapping"
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]+)\]\((\S+)\)")
_CITED_KEYS = re.compile(r"\[?@[^\s,;\[\]]+(?:\s*[;,]\s*@[^\s,;\[\]]+)*\]?")
_KEY = re.compile(r"@([^\s,;\[\]]+)")
_FLAT = ("doi", "arxiv", "url", "authors", "year", "venue")
TELLING = ("doi", "arxiv", "url", "year", "venue")
"""Flat fields that make a note rest on a work; authors alone may as well be those of the note."""
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Works:
    """What a head says it rests on."""

    keys: tuple[Reference, ...] = ()
    """Keys of the bibliography."""
    sources: tuple[Source, ...] = ()
    """Works written out, or named by their address."""


def works_of(entry: Entry, margin: Margin) -> Works:
    """Read `source` in any of its forms; a key or a work that is named twice counts once."""
    keys: dict[str, Reference] = {}
    sources: dict[str, Source] = {}
    mappings, listed = _apart(entry)
    for item in items(listed, margin, _EXPECTED):
        work = None if item.linked else _named_work(item)
        if work is None:
            for key in _keys(item):
                keys.setdefault(key, Reference(key, margin.span_within(item.node, key)))
        else:
            placed = replace(work, span=margin.span(item.node), path=margin.path)
            sources.setdefault(placed.identity, placed)
    for node in mappings:
        work = _described_work(node, entry, margin)
        if work.key and work == Source(key=work.key, span=work.span, path=work.path):
            keys.setdefault(work.key, Reference(work.key, margin.span_within(node, work.key)))
        elif work != Source(span=work.span, path=work.path):
            sources.setdefault(work.identity, work)
    return Works(tuple(keys.values()), tuple(sources.values()))


def _apart(entry: Entry) -> tuple[list[yaml.MappingNode], Entry]:
    """Part the mappings of a value from the texts."""
    node = entry.value
    if isinstance(node, yaml.MappingNode):
        empty = yaml.SequenceNode(node.tag, [], node.start_mark, node.end_mark)
        return [node], entry._replace(value=empty)
    if not isinstance(node, yaml.SequenceNode):
        return [], entry
    mappings = [item for item in node.value if isinstance(item, yaml.MappingNode)]
    if not mappings:
        return [], entry
    others = [item for item in node.value if not isinstance(item, yaml.MappingNode)]
    rest = yaml.SequenceNode(node.tag, others, node.start_mark, node.end_mark)
    return mappings, entry._replace(value=rest)


def _named_work(item: Item) -> Source | None:
    """Recognise a work in a text; None when the text is a key or a list of `@keys`."""
    text = " ".join(item.text.split())
    link = _MARKDOWN_LINK.fullmatch(text)
    if link:
        work = source_at(link[2])
        return replace(work, title=link[1]) if work else Source(title=link[1])
    if _CITED_KEYS.fullmatch(text):
        return None
    return source_at(text) or (Source(title=text) if " " in text else None)


def _keys(item: Item) -> tuple[str, ...]:
    name = target_name(item)
    return tuple(_KEY.findall(name)) if _CITED_KEYS.fullmatch(name) else (name,) if name else ()


def _described_work(node: yaml.MappingNode, parent: Entry, margin: Margin) -> Source:
    fields: dict[str, tuple[int, Entry]] = {}
    for entry in entries(node, margin):
        spelling = SOURCE_SPELLINGS.get(entry.key.lower())
        if spelling is None:
            meant = nearest_source_key(entry.key)
            if meant:
                margin.question(entry, meant)
            continue
        field, rank = spelling
        if not is_null(entry.value) and (field not in fields or rank < fields[field][0]):
            fields[field] = (rank, entry)
    span = margin.span(node) if node.value else margin.span(parent.key_node)
    return work_of({field: entry for field, (_, entry) in fields.items()}, margin, span)


def work_of(fields: Mapping[str, Entry], margin: Margin, span: Span) -> Source:
    """Make a source of its fields; what is missing or wrong has its empty value."""
    doi = _identifier(fields.get("doi"), margin, bare_doi, EXPECTED[Takes.DOI])
    arxiv = _identifier(fields.get("arxiv"), margin, bare_arxiv, EXPECTED[Takes.ARXIV])
    authors = fields.get("authors")
    return Source(
        key=_text(fields, "key", margin).lstrip("@"),
        title=_text(fields, "title", margin),
        authors=authors_of(authors, margin) if authors else (),
        year=_year(_text(fields, "year", margin)),
        venue=_text(fields, "venue", margin),
        doi=doi,
        arxiv=arxiv or arxiv_of_doi(doi),
        url=_address(fields.get("url"), margin),
        type=_text(fields, "type", margin) or "article",
        span=span,
        path=margin.path,
    )


def _text(fields: Mapping[str, Entry], name: str, margin: Margin) -> str:
    entry = fields.get(name)
    return text_of(entry, margin) if entry else ""


def _year(text: str) -> str:
    """Take the year out of a date; any other text is the year as printed."""
    found = _YEAR.search(text)
    return found.group() if found and len(text) > len("2026a") and text[0].isdigit() else text


def _identifier(entry: Entry | None, margin: Margin, bare: Callable[[str], str], expected: str) -> str:
    text = text_of(entry, margin) if entry else ""
    found = bare(text)
    if entry and text and not found:
        margin.refuse_kind(entry, expected)
    return found


def _address(entry: Entry | None, margin: Margin) -> str:
    text = text_of(entry, margin) if entry else ""
    if entry and text and not is_web_address(text):
        margin.refuse_kind(entry, EXPECTED[Takes.URL])
        return ""
    return text


def works_in(fields: Fields, kind: Kind, title: Reference | None) -> Works:
    """Read everything that a head says it rests on; `sources` of a line names notes and is left alone."""
    named = [*fields.all("source"), *(fields.all("sources") if kind is Kind.NOTE else ())]
    read = [works_of(entry, fields.margin) for entry in named]
    keys = {key.value: key for works in read for key in works.keys}
    sources = {source.identity: source for works in read for source in works.sources}
    flat = _flat_work(fields)
    if flat:
        first = min(flat.values(), key=lambda entry: entry.key_node.start_mark.index)
        work = work_of(flat, fields.margin, fields.margin.span(first.key_node))
        if title and not work.link:  # a note that says year and venue but no address bears the work's title
            work = replace(work, title=title.value)
        if work.link or work.year or work.venue:
            sources.setdefault(work.identity, work)
    return Works(tuple(keys.values()), tuple(sources.values()))


def _flat_work(fields: Fields) -> Mapping[str, Entry]:
    """Gather `doi`, `authors`, `year` of a note; where they describe no work they are kept as they are."""
    flat = {name: entry for name in _FLAT if (entry := fields.first(name)) is not None}
    url = flat.get("url")
    if url and not (isinstance(url.value, yaml.ScalarNode) and is_web_address(url.value.value.strip())):
        del flat["url"]  # Hugo's `url: /path/` is the page's own
        fields.set_aside("url")
    if not any(name in flat for name in TELLING):
        fields.set_aside(*_FLAT)
        return {}
    return flat
