"""Entries put behind those of a bibliography, in its own form; what stands there stays as it is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml

from inquiry.author.conversion import as_bibtex, as_csl, key_in_bibtex
from inquiry.author.entries import Form, described
from inquiry.corpus.bibtex import BibtexEntry
from inquiry.corpus.yaml_text import compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inquiry.author.entries import Described
    from inquiry.corpus.model import Source

_LISTS = ("references", "items")
"""Keys under which a CSL file may have its list."""
_LAST_LINE = re.compile(r"\n(?:---|\.\.\.)[ \t]*\n?\s*\Z")
"""What ends the YAML of a file for pandoc."""


class CannotAppendError(Exception):
    """A bibliography that nothing can be added to; its text says where and why."""


def keys_in(form: Form, entries: Iterable[Described]) -> Mapping[str, str]:
    """Say which keys entries will have in a file of this form: BibTeX cannot have every key of CSL."""
    return {one.source.key: _key(one, form) for one in entries}


def appended(path: str, text: str, form: Form, added: Sequence[Described]) -> str:
    """Write entries behind those of a file, and read the result to see that all are found.

    Raises:
        CannotAppendError: The file is not sound enough for that.
    """
    before, faults = described(path, text, form) if text.strip() else ([], [])
    if form is Form.BIBTEX:
        result = _with_bibtex(text, added, {one.source.key.lower() for one in (*before, *added)})
    else:
        result = (_with_json if form is Form.CSL_JSON else _with_yaml)(text, [as_csl(one) for one in added])
    after = {one.source.key: one.source for one in reversed(described(path, result, form)[0])}
    is_found = all(_is_found(one.source, after.get(_key(one, form))) for one in added)
    if not is_found or any(_placeless(after.get(one.source.key)) != _placeless(one.source) for one in _first(before)):
        raise CannotAppendError(_refusal(path, faults))
    return result


def _key(one: Described, form: Form) -> str:
    is_foreign = form is Form.BIBTEX and not isinstance(one.written, BibtexEntry)
    return key_in_bibtex(one.source.key) if is_foreign else one.source.key


def _is_found(work: Source, read: Source | None) -> bool:
    """Tell whether a work is there with its addresses; a few signs in titles have no spelling in LaTeX."""
    return read is not None and work.names == read.names and bool(read.title)


def _first(entries: Sequence[Described]) -> Iterable[Described]:
    """Give the entries that count: of several with one key, the first."""
    return {one.source.key: one for one in reversed(entries)}.values()


def _placeless(source: Source | None) -> Source | None:
    return source and replace(source, span=None)


def _refusal(path: str, faults: Sequence[Any]) -> str:
    for fault in faults:
        start = fault.span.start
        return f"{path}:{start.line}:{start.column}: {fault.message}; mend this first, for nothing can be added to it"
    return f"{path}: nothing can be added to it so that it is found again"


def _with_bibtex(text: str, added: Sequence[Described], keys: set[str]) -> str:
    parts = [as_bibtex(one, has_parent=_parent(one) in {*keys, ""}) for one in added]
    gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    return text + gap + "\n\n".join(parts) + "\n"


def _parent(one: Described) -> str:
    return one.written.fields.get("crossref", "").lower() if isinstance(one.written, BibtexEntry) else ""


def _with_json(text: str, items: Sequence[dict[str, Any]]) -> str:
    rows = ",\n".join(_indented(json.dumps(item, ensure_ascii=False, indent=2)) for item in items)
    if not text.strip():
        return f"[\n{rows}\n]\n"
    try:
        known = json.loads(text)
    except (ValueError, RecursionError):
        return text  # which is refused for what is missing
    if isinstance(known, list):
        head = text[: text.rindex("]")].rstrip()
        return f"{head}{',' if known else ''}\n{rows}\n]{text[text.rindex(']') + 1 :]}"
    name = next((name for name in _LISTS if isinstance(known, dict) and isinstance(known.get(name), list)), None)
    if name is None:
        return text  # likewise
    known[name] += items
    return json.dumps(known, ensure_ascii=False, indent=2) + "\n"


def _with_yaml(text: str, items: Sequence[dict[str, Any]]) -> str:
    if not text.strip():
        return "references:\n" + _yaml(items)
    node = compose(_LAST_LINE.sub("\n", text))
    listed = node
    if isinstance(node, yaml.MappingNode):
        listed = next((value for key, value in node.value if key.value in _LISTS), node)
    if not isinstance(listed, yaml.SequenceNode) or listed.flow_style or not listed.value:
        return text  # likewise
    end = _line_after(text, listed.value[-1])
    rows = "".join(" " * listed.start_mark.column + row + "\n" for row in _yaml(items).removesuffix("\n").split("\n"))
    head = text[:end]
    return head + ("" if head.endswith("\n") else "\n") + rows + text[end:]


def _line_after(text: str, node: yaml.Node) -> int:
    """Find the line behind an item, whose end mark may lie behind comments and blank lines."""
    end = node.end_mark.index
    return len(text[:end].rstrip()) + 1 if text[:end].rstrip() != text[:end] else end


def _yaml(items: Sequence[dict[str, Any]]) -> str:
    return yaml.safe_dump(list(items), allow_unicode=True, sort_keys=False, width=float("inf"))


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))
