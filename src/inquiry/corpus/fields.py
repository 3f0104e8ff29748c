"""The values of single fields: text, flags, dates, tags, references.

Each reader takes an entry and the margin, gives the typed value, and notes in the margin what it could not
take.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from inquiry.corpus.dates import iso_date
from inquiry.corpus.keys import EXPECTED, Takes
from inquiry.corpus.model import Reference
from inquiry.corpus.names import given_family, split_names
from inquiry.corpus.nodes import FALSE_WORDS, TRUE_WORDS, Entry, Margin, entries, is_null, kind_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIKILINK = re.compile(r"\[\[([^\[\]]+)\]\]")
_TAG_SEPARATORS = re.compile(r"\s*,\s*|\s+")
_LIST_DEPTH = 4
"""Lists within lists that are followed: a list item `- [[x]]` is a list in a list in a list."""


class Item(NamedTuple):
    """One thing that a value lists."""

    node: yaml.Node
    text: str
    linked: bool
    """Whether it was written as a wikilink, in which case `text` is what stands between the brackets."""


def text_of(entry: Entry, margin: Margin) -> str:
    """Read plain text, line breaks folded to blanks; numbers, dates and booleans are text as written."""
    if is_null(entry.value):
        return ""
    if isinstance(entry.value, yaml.ScalarNode):
        return " ".join(entry.value.value.split())
    margin.refuse_kind(entry, "text", "put it in quotes")
    return ""


def flag_of(entry: Entry, margin: Margin) -> bool | None:
    """Read yes or no; None when the value is absent or cannot be read."""
    if is_null(entry.value):
        return None
    word = entry.value.value.strip().lower() if isinstance(entry.value, yaml.ScalarNode) else ""
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    margin.refuse_kind(entry, EXPECTED[Takes.FLAG])
    return None


def date_of(entry: Entry, margin: Margin) -> str:
    """Read a date as `YYYY-MM-DD` (or `YYYY-MM`, `YYYY`); empty when it is absent or no date."""
    if is_null(entry.value):
        return ""
    if not isinstance(entry.value, yaml.ScalarNode):
        margin.refuse_kind(entry, EXPECTED[Takes.DATE])
        return ""
    written = entry.value.value
    date = iso_date(written)
    if not date and written.strip():
        hint = "no calendar has this day" if re.match(r"\d{4}-\d{1,2}-\d{1,2}", written) else ""
        margin.refuse_kind(entry, EXPECTED[Takes.DATE], hint)
    return date


def items(entry: Entry, margin: Margin, expected: str) -> tuple[Item, ...]:
    """List what a value names: one text or a list of them, each perhaps a wikilink.

    An unquoted `[[x]]` is to YAML a list in a list; it is understood all the same.
    """
    return tuple(_items(entry.value, entry, margin, expected, 0))


def _items(node: yaml.Node, entry: Entry, margin: Margin, expected: str, depth: int) -> Iterator[Item]:
    if isinstance(node, yaml.MappingNode) or depth > _LIST_DEPTH:
        margin.refuse(node, f"`{entry.key}` takes {expected}, not {kind_name(node)}")
    elif isinstance(node, yaml.SequenceNode):
        written = _unquoted_wikilink(node, margin)
        if written is not None:
            yield Item(written, margin.raw(node)[2:-2].strip(), linked=True)
            return
        for item in node.value:
            yield from _items(item, entry, margin, expected, depth + 1)
    elif not is_null(node):
        text = str(node.value).strip()
        links = _WIKILINK.findall(text)
        for link in links:
            yield Item(node, link.strip(), linked=True)
        if text and not links:
            yield Item(node, text, linked=False)


def _unquoted_wikilink(node: yaml.SequenceNode, margin: Margin) -> yaml.Node | None:
    """Recognise `[[x]]` or `[[x, y]]` written without quotes; gives the inner node."""
    inner = node.value[0] if len(node.value) == 1 else None
    if not isinstance(inner, yaml.SequenceNode) or not inner.value:
        return None
    raw = margin.raw(node)
    is_link = raw.startswith("[[") and raw.endswith("]]") and _WIKILINK.fullmatch(raw) is not None
    return inner if is_link else None


def target_name(item: Item) -> str:
    """Strip a reference to the bare target: without brackets, display text, fragment or `.md`."""
    text = item.text
    if item.linked:
        text = text.split("|")[0].rstrip("\\").split("#")[0].strip()
    return text[:-3] if text.lower().endswith(".md") and len(text) > len(".md") else text


def references_of(entry: Entry, margin: Margin, expected: str) -> tuple[Reference, ...]:
    """Read the names of documents, each once, in the order written."""
    found: dict[str, Reference] = {}
    for item in items(entry, margin, expected):
        name = " ".join(target_name(item).split())
        if name and name not in found:
            found[name] = Reference(name, margin.span_within(item.node, name))
    return tuple(found.values())


def tags_of(entry: Entry, margin: Margin) -> tuple[str, ...]:
    """Read tags from a list, or from text that commas (or else blanks) separate; `#` is stripped."""
    if isinstance(entry.value, yaml.ScalarNode) and not is_null(entry.value):
        text = entry.value.value
        words = text.split(",") if "," in text else _TAG_SEPARATORS.split(text)
    else:
        words = [item.text for item in items(entry, margin, "a list of tags")]
    tags = (" ".join(word.split()).lstrip("#").strip("/ ") for word in words)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def authors_of(entry: Entry, margin: Margin) -> tuple[str, ...]:
    """Read names from one text or a list of texts or of `{given, family}` or `{name}` mappings."""
    node = entry.value
    if is_null(node):
        return ()
    if isinstance(node, yaml.ScalarNode):
        return split_names(node.value)
    if isinstance(node, yaml.MappingNode):
        return tuple(filter(None, (_mapped_name(node, margin),)))
    names: list[str] = []
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            names.append(_mapped_name(item, margin))
        elif isinstance(item, yaml.ScalarNode) and not is_null(item):
            names.extend(_listed_name(item.value))
        elif not isinstance(item, yaml.ScalarNode):
            margin.refuse(item, f"`{entry.key}` takes a list of names, not {kind_name(item)} within it")
    return tuple(name for name in names if name)


def _listed_name(text: str) -> tuple[str, ...]:
    """Read one entry of a list of names: one name, unless it says "and" or ends in "et al."; firms have an "&"."""
    if "&" in text:
        return (" ".join(text.split()),)
    names = split_names(text)
    return names if len(names) != 1 else (given_family(text),)


def _mapped_name(node: yaml.MappingNode, margin: Margin) -> str:
    parts = {
        entry.key.lower(): " ".join(entry.value.value.split())
        for entry in entries(node, margin)
        if isinstance(entry.value, yaml.ScalarNode) and not is_null(entry.value)
    }
    whole = parts.get("name") or parts.get("literal")
    return whole or f"{parts.get('given', '')} {parts.get('family', '')}".strip()
