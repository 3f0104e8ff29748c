"""How a document is named in a text: by its id, or by the shortest end of its path where the id is not enough.

Whatever is offered has been put to the resolver first, so a name that an editor inserts means what it says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from inquiry.corpus.body import LinkKind
from inquiry.corpus.model import Kind
from inquiry.corpus.written import citations
from inquiry.graph.anchors import named_anchor
from inquiry.graph.names import bare
from inquiry.graph.resolution import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.corpus.model import Document
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.resolve import Resolver

_NOT_IN_LINKS = re.compile(r"[\[\]|#^\\\n]|%%|^\s|\s$|\s\s")
"""What a wikilink's target cannot hold."""
_NOT_IN_HEADS = re.compile(r"[\[\]|#\n]|^\s|\s$|\s\s")
_PLAIN = re.compile(r"\w[\w ./-]*")


def link_name(document: Document, origin: Document, resolver: Resolver) -> str | None:
    """Spell a document as the target of a wikilink; None where no name means it alone."""
    for name in _names(document):
        if _NOT_IN_LINKS.search(name):
            continue
        meaning = resolver.resolve_target(name, "", LinkKind.WIKILINK, origin.path, origin)
        if _means(meaning, document):
            return name
    return None


def citation_name(note: Document, origin: Document, resolver: Resolver) -> str | None:
    """Spell a note as the key of a citation, likewise."""
    for name in (note.id, *(alias.value for alias in note.head.aliases), bare(note.path.rpartition("/")[2])):
        if [one.key for one in citations(f"@{name}")] != [name]:
            continue
        if _means(resolver.resolve_target(name, "", LinkKind.CITATION, origin.path, origin), note):
            return name
    return None


def head_name(document: Document, origin: Document, resolver: Resolver) -> str | None:
    """Spell a document as a value of a head that names notes, or lines; None where no name means it alone."""
    resolve = resolver.resolve_line if document.kind is Kind.LINE else resolver.resolve_note
    for name in _names(document):
        if not _NOT_IN_HEADS.search(name) and _means(resolve(name, origin.path), document):
            return name
    return None


def part_name(document: Document, words: str, anchor: str) -> str | None:
    """Spell a heading or passage behind `#`: by its words where they lead to it, else by its id."""
    for name in (words, anchor):
        if not _NOT_IN_LINKS.search(name.removeprefix("^")) and named_anchor(document, name) == anchor:
            return name
    return None


def _names(document: Document) -> Iterator[str]:
    """List the id, then the ends of the path, the shortest first."""
    yield document.id
    trail = bare(document.path).split("/")
    for length in range(1, len(trail) + 1):
        yield "/".join(trail[-length:])


def _means(meaning: Resolution, document: Document) -> bool:
    return isinstance(meaning, Found) and meaning.document.key == document.key


def as_yaml(value: str) -> str:
    """Spell a text as a value of YAML, in quotes where it would be read as something else.

    >>> as_yaml("sleep-debt"), as_yaml("null"), as_yaml("a: b"), as_yaml("it's #1")
    ('sleep-debt', "'null'", "'a: b'", "'it''s #1'")
    """
    if _PLAIN.fullmatch(value) and value == value.strip():
        try:
            if yaml.load(value, Loader=yaml.CBaseLoader) == value and yaml.safe_load(value) == value:  # noqa: S506 - texts
                return value
        except (yaml.YAMLError, ValueError):
            pass
    return "'" + value.replace("'", "''") + "'"
