"""The head of a file: from YAML (or TOML) to typed fields, each fault with its line and column.

One compose and one walk over the nodes.  A value that cannot be read has its empty value and a diagnostic;
no input makes this raise.  Where doubt is about who may see a page, the page stays unpublished.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml

from inquiry.corpus.fields import date_of, items, tags_of, target_name, text_of
from inquiry.corpus.head import Syntax, split_head
from inquiry.corpus.keys import EXPECTED, UNREAD, Takes
from inquiry.corpus.model import FrontMatter, Kind, Reference
from inquiry.corpus.nodes import (
    MAX_DEPTH,
    Constructor,
    Entry,
    Margin,
    TooLargeError,
    entries,
    kind_name,
    scalars,
)
from inquiry.corpus.relations import relations_in
from inquiry.corpus.salvage import salvage_entries
from inquiry.corpus.spelled import Fields, references_in
from inquiry.corpus.spellings import SPELLINGS, nearest_key
from inquiry.corpus.toml_text import compose_toml
from inquiry.corpus.visibility import is_searchable, visibility_in
from inquiry.corpus.works import works_in
from inquiry.corpus.yaml_text import Fault, compose
from inquiry.diagnostics import Diagnostic, Position, Related, Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIRST_LINE = 2
"""Line of the file on which a head's text begins."""
_LINK_IN_VALUE = re.compile(r"\[\[([^\[\]|#\\]+)[^\[\]]*\]\]")
NOT_IN_ID = re.compile(r"[/\\#?%\[\]|<>\x00-\x1f\x7f]")
"""What no id can have, since addresses and links mean something by it."""


def parse_head(text: str, path: str, kind: Kind = Kind.NOTE) -> FrontMatter:
    """Read the head of a file whose text has LF line ends and no byte order mark.

    The kind decides what `sources` means: works for a note, the ids of notes for a line.  Of a key that
    stands twice, the last counts.  A head that is not YAML still gives title, id, tags, aliases and
    visibility.
    """
    head = split_head(text)
    if head is None:
        return _below_blank_lines(text, path, kind)
    margin = Margin(path, head.text, _FIRST_LINE)
    node = compose(head.text) if head.syntax is Syntax.YAML else compose_toml(head.text)
    if isinstance(node, Fault):
        fault = _unclosed(path) if not head.closed else _misread(node, path)
        found = _typed(salvage_entries(head.text), Margin(path, head.text, _FIRST_LINE), kind)
        return replace(found, body_line=head.body_line, present=True, diagnostics=(fault,))
    if node is not None and not isinstance(node, yaml.MappingNode):
        return FrontMatter(diagnostics=(_no_mapping(node, path),))
    found = _typed(entries(node, margin) if node else (), margin, kind)
    faults = [] if head.closed else [_unclosed(path)]
    return replace(
        found,
        body_line=head.body_line,
        present=True,
        diagnostics=tuple(sorted({*faults, *margin.diagnostics}, key=Diagnostic.sort_key)),
    )


def _below_blank_lines(text: str, path: str, kind: Kind) -> FrontMatter:
    """Read a head that does not begin on the first line: no other program reads it, but a draft must stay one."""
    above = text[: len(text) - len(text.lstrip(" \t\n"))].count("\n")
    head = split_head(text.split("\n", above)[-1]) if above else None
    node = compose(head.text) if head and head.closed and head.syntax is Syntax.YAML else None
    if head is None or not isinstance(node, yaml.MappingNode):
        return FrontMatter()
    margin = Margin(path, head.text, _FIRST_LINE + above)
    found = _typed(entries(node, margin), margin, kind)
    faults = tuple(sorted({_late(path, above + 1), *margin.diagnostics}, key=Diagnostic.sort_key))
    return replace(found, body_line=head.body_line + above, present=True, diagnostics=faults)


def _late(path: str, line: int) -> Diagnostic:
    return finding(
        "invalid-front-matter",
        path,
        Span.at(line, 1, 3),
        "the front matter does not begin on the first line",
        hint="delete the blank lines above it",
    )


def _unclosed(path: str) -> Diagnostic:
    return finding(
        "invalid-front-matter",
        path,
        Span.at(1, 1, 3),
        "the front matter is never closed",
        hint="put a line with `---` below its last key",
    )


def _misread(fault: Fault, path: str) -> Diagnostic:
    related: tuple[Related, ...] = ()
    if fault.opened is not None:
        opened = Span.at(fault.opened.line + _FIRST_LINE - 1, fault.opened.column)
        said = "begins here" if fault.opened < fault.span.start else "noticed here"
        related = (Related(path, opened, said),)
    start, end = (Position(at.line + _FIRST_LINE - 1, at.column) for at in (fault.span.start, fault.span.end))
    message = f"the front matter cannot be read: {fault.message}"
    return finding("invalid-front-matter", path, Span(start, end), message, hint=fault.hint, related=related)


def _no_mapping(node: yaml.Node, path: str) -> Diagnostic:
    what = "text" if isinstance(node, yaml.ScalarNode) else kind_name(node)
    return finding(
        "invalid-front-matter",
        path,
        Span.at(1, 1, 3),
        f"the front matter is {what} and not a mapping, so it is shown as part of the page",
        hint="write `key: value`, or `***` for a thematic break",
    )


def _typed(found: Iterable[Entry], margin: Margin, kind: Kind) -> FrontMatter:
    fields = Fields(found, margin)
    fields.set_aside(*UNREAD[kind])
    title = _title(fields)
    works = works_in(fields, kind, title)
    created, updated = _dates(fields)
    source_notes = references_in(fields, "sources", "a list of note ids") if kind is Kind.LINE else ()
    searchable = is_searchable(fields)  # before `extra`, which keeps the rest of `search`
    summary = fields.first("summary")
    return FrontMatter(
        id=_id(fields),
        title=title,
        summary=text_of(summary, margin) if summary else "",
        source_keys=works.keys,
        sources=works.sources,
        tags=tuple(dict.fromkeys(tag for entry in fields.all("tags") for tag in tags_of(entry, margin))),
        aliases=references_in(fields, "aliases", "a list of names"),
        relations=relations_in(fields),
        next=references_in(fields, "next", "a list of line ids"),
        source_notes=source_notes,
        created=created,
        updated=updated,
        visibility=visibility_in(fields),
        searchable=searchable,
        links=_links(fields.others, margin),
        extra=_extra(fields.others, margin),
    )


def _title(fields: Fields) -> Reference | None:
    entry = fields.first("title")
    text = text_of(entry, fields.margin) if entry else ""
    return Reference(text, fields.margin.span(entry.value)) if entry and text else None


def _id(fields: Fields) -> Reference | None:
    """Read the id; of a permalink, the last part of its path."""
    entry = fields.first("id")
    text = text_of(entry, fields.margin) if entry else ""
    if entry is None or not text:
        return None
    if entry.key.lower() == "permalink":
        text = text.rstrip("/").removesuffix("/index.html").removesuffix(".html").rpartition("/")[2].strip()
    else:
        named = items(entry, fields.margin, "an id")
        text = target_name(named[0]) if named else ""
    if not text or not text.strip(".") or NOT_IN_ID.search(text):
        fields.margin.refuse_kind(entry, EXPECTED[Takes.ID], "use letters, digits and `-`")
        return None
    return Reference(text, fields.margin.span_within(entry.value, text))


def _dates(fields: Fields) -> tuple[str, str]:
    """Read both dates; Material's blog writes them as one mapping under `date`."""
    read: dict[str, str] = {}
    for name in ("created", "updated"):
        entry = fields.first(name)
        if entry is None:
            continue
        if name == "created" and entry.key.lower() == "date" and isinstance(entry.value, yaml.MappingNode):
            both = {inner.key: inner for inner in entries(entry.value, fields.margin)}
            read |= {key: date_of(both[key], fields.margin) for key in ("created", "updated") if key in both}
        else:
            read[name] = date_of(entry, fields.margin)
    return read.get("created", ""), read.get("updated", "")


def _links(others: Iterable[Entry], margin: Margin) -> tuple[Reference, ...]:
    """Find the wikilinks in values that we do not read, as Obsidian counts them: in text only."""
    if "[[" not in margin.text:
        return ()
    found: dict[str, Reference] = {}
    for entry in others:
        for node in scalars(entry.value):
            for link in _LINK_IN_VALUE.finditer(node.value):
                name = " ".join(link[1].split())
                if name:
                    found.setdefault(name, Reference(name, margin.span_within(node, name)))
    return tuple(found.values())


def _extra(others: Iterable[Entry], margin: Margin) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    constructor = Constructor(margin)
    for entry in others:
        meant = "" if entry.key.lower() in SPELLINGS else nearest_key(entry.key)
        if meant:
            margin.question(entry, meant)
        try:
            extra[entry.key] = constructor.value(entry.value)
        except TooLargeError:
            margin.refuse(entry.key_node, f"`{entry.key}` is nested more than {MAX_DEPTH} deep or too large")
    return extra
