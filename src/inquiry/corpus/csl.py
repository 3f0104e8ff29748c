"""CSL-JSON and CSL-YAML, as Zotero and pandoc write them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from inquiry.corpus.identifiers import arxiv_of_doi, bare_arxiv, bare_doi, is_web_address
from inquiry.corpus.model import Source
from inquiry.corpus.names import split_names
from inquiry.corpus.nodes import Constructor, Margin, TooLargeError, entries, is_null
from inquiry.corpus.yaml_text import Fault, compose
from inquiry.diagnostics import Diagnostic, Position, Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEYS = ("citation-key", "id")
"""What names an entry; Zotero's own ids are addresses, and its citation key stands beside them."""
_LISTS = ("references", "items")
"""Keys under which a file may have its list of entries."""
_JSON_ID = re.compile(r'"(?:citation-key|id)"\s*:\s*("(?:[^"\\\n]|\\.)*"|-?\d+)')
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|span|sc)\b[^>]*>", re.IGNORECASE)
_YEAR = re.compile(r"-?\d{4}")


class CslItem(NamedTuple):
    """An item as its file has it."""

    key: str
    item: dict[str, Any]
    span: Span
    """Where the key stands."""


def read_csl_json(path: str, text: str) -> tuple[list[Source], list[Diagnostic]]:
    """Read a list of CSL items, bare or under `references` or `items`."""
    items, diagnostics = csl_json_items(path, text)
    return [source_of_csl(one.item, one.key, path, one.span) for one in items], diagnostics


def read_csl_yaml(path: str, text: str) -> tuple[list[Source], list[Diagnostic]]:
    """Read the same in YAML, between `---` lines or without."""
    items, diagnostics = csl_yaml_items(path, text)
    return [source_of_csl(one.item, one.key, path, one.span) for one in items], diagnostics


def csl_json_items(path: str, text: str) -> tuple[list[CslItem], list[Diagnostic]]:
    """Read the items of a JSON text themselves."""
    try:
        parsed = json.loads(text)
    except json.JSONDecodeError as error:
        span = Span.at(error.lineno, error.colno)
        return [], [_unreadable(path, span, f"not valid JSON: {error.msg.lower()}")]
    except (RecursionError, ValueError):
        return [], [_unreadable(path, Span.at(1), "not valid JSON: nested too deeply or a number too long")]
    listed = _listed(parsed)
    if listed is None:
        return [], [_unreadable(path, Span.at(1), "expected a list of references")]
    places = _Places(text)
    items: list[CslItem] = []
    diagnostics: list[Diagnostic] = []
    for item in listed:
        key = _key(item) if isinstance(item, dict) else ""
        span = places.next_of(key) if key else places.of_words(item)
        if key:
            items.append(CslItem(key, item, span))
        else:
            diagnostics.append(_unreadable(path, span, _no_key(item)))
    return items, diagnostics


def csl_yaml_items(path: str, text: str) -> tuple[list[CslItem], list[Diagnostic]]:
    """Read those of a YAML text."""
    text = re.sub(r"\n(?:---|\.\.\.)[ \t]*\n?\s*\Z", "\n", text)
    node = compose(text)
    if isinstance(node, Fault):
        return [], [_unreadable(path, node.span, f"not valid YAML: {node.message}", node.hint)]
    margin = Margin(path, text, 1)
    items: list[CslItem] = []
    diagnostics: list[Diagnostic] = []
    if node is None or is_null(node):
        return [], []
    listed = _listed_nodes(node, margin)
    if listed is None:
        return [], [_unreadable(path, Span.at(1), "expected a list of references")]
    for item in listed:
        try:
            value = Constructor(margin).value(item)
        except TooLargeError:
            value = {}
        key = _key(value) if isinstance(value, dict) else ""
        if key:
            items.append(CslItem(key, value, _key_span(item, key, margin)))
        else:
            diagnostics.append(_unreadable(path, margin.span(item), _no_key(value)))
    return items, [*diagnostics, *margin.diagnostics]


def source_of_csl(item: dict[str, Any], key: str, path: str, span: Span) -> Source:
    """Make a source of a CSL item; whatever it lacks or has in another form stays empty."""
    doi = bare_doi(_text(item, "DOI") or _text(item, "doi"))
    url = _text(item, "URL") or _text(item, "url")
    numbered = (_text(item, name) for name in ("arxiv", "number", "URL"))
    arxiv = next(filter(None, map(_marked_arxiv, numbered)), "") or arxiv_of_doi(doi)
    venues = ("container-title", "collection-title", "event-title", "event", "publisher")
    return Source(
        key=key,
        title=_MARKUP.sub("", _text(item, "title")),
        authors=_people(item.get("author") or item.get("editor")),
        year=_year(item.get("issued")),
        venue=next(filter(None, (_text(item, name) for name in venues)), ""),
        doi=doi,
        arxiv=arxiv,
        url=url if is_web_address(url) else "",
        type=_text(item, "type") or "article",
        span=span,
        path=path,
    )


def _unreadable(path: str, span: Span, message: str, hint: str = "") -> Diagnostic:
    return finding("unreadable-bibliography", path, span, message, hint=hint)


def _no_key(item: object) -> str:
    if not isinstance(item, dict):
        return "an entry is not a mapping"
    title = _text(item, "title")
    return f"the entry “{title}” has no `id`" if title else "an entry has no `id`"


def _listed(parsed: object) -> list[Any] | None:
    if isinstance(parsed, dict):
        parsed = next((parsed[name] for name in _LISTS if name in parsed), None)
    return parsed if isinstance(parsed, list) else None


def _listed_nodes(node: yaml.Node, margin: Margin) -> list[yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        known = {entry.key: entry.value for entry in entries(node, margin)}
        node = next((known[name] for name in _LISTS if name in known), node)
    return list(node.value) if isinstance(node, yaml.SequenceNode) else None


def _key(item: dict[str, Any]) -> str:
    return next(filter(None, (_text(item, name) for name in _KEYS)), "")


def _key_span(item: yaml.Node, key: str, margin: Margin) -> Span:
    for key_node, value in item.value:
        if key_node.value in _KEYS and str(value.value).strip() == key:
            return margin.span_within(value, key)
    return margin.span(item)


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""


def _marked_arxiv(text: str) -> str:
    """Read an arXiv id only where the text says that it is one: a report number may look alike."""
    return bare_arxiv(text) if "arxiv" in text.lower() else ""


def _people(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return split_names(value)
    return tuple(name for person in value if (name := _person(person))) if isinstance(value, list) else ()


def _person(person: object) -> str:
    if isinstance(person, str):
        return next(iter(split_names(person)), "")
    if not isinstance(person, dict):
        return ""
    parts = ("given", "dropping-particle", "non-dropping-particle", "family")
    name = " ".join(filter(None, (_text(person, part) for part in parts)))
    suffix = _text(person, "suffix")
    return f"{name}, {suffix}" if name and suffix else name or _text(person, "literal") or _text(person, "name")


def _year(issued: object) -> str:
    """Read the year of CSL's date, in any of its forms: parts, list, text, number."""
    if isinstance(issued, dict):
        for name in ("date-parts", "year", "raw", "literal"):
            if name in issued:
                return _year(issued[name])
        return ""
    if isinstance(issued, list):
        return _year(issued[0]) if issued else ""
    if isinstance(issued, (str, int)) and not isinstance(issued, bool):
        found = _YEAR.search(str(issued))
        return found.group() if found else " ".join(str(issued).split())
    return ""


class _Places:
    """Where the keys of a JSON text stand, for JSON's parser does not say."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, Iterator[tuple[int, int]]] = {}
        spans: dict[str, list[tuple[int, int]]] = {}
        for found in _JSON_ID.finditer(text):
            literal = found[1]
            start, end = found.span(1)
            try:
                key = json.loads(literal)
            except ValueError:
                continue
            if isinstance(key, str):
                start, end = start + 1, end - 1
            spans.setdefault(" ".join(str(key).split()), []).append((start, end))
        self._found = {key: iter(places) for key, places in spans.items()}

    def next_of(self, key: str) -> Span:
        """Say where a key stands that has not been asked for yet, in the order of the text."""
        start, end = next(self._found.get(key, iter(())), (0, 0))
        return Span(self._position(start), self._position(end))

    def of_words(self, item: object) -> Span:
        """Say where an item without a key stands: at the first text in it that stands nowhere else."""
        values = item.values() if isinstance(item, dict) else ()
        words = (value for value in values if isinstance(value, str))
        for literal in (json.dumps(value, ensure_ascii=plain) for value in words for plain in (False, True)):
            if self._text.count(literal) == 1:
                start = self._text.index(literal)
                return Span(self._position(start), self._position(start + len(literal)))
        return Span.at(1)

    def _position(self, index: int) -> Position:
        return Position(self._text.count("\n", 0, index) + 1, index - self._text.rfind("\n", 0, index))
