"""How a note bears on others: `relations: {contradicts: [...]}`, or the kinds as keys of the head itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from inquiry.corpus.model import Reference, RelationKind
from inquiry.corpus.nodes import Entry, Margin, entries, is_null, kind_name
from inquiry.corpus.spelled import listed_references
from inquiry.corpus.spellings import slips

if TYPE_CHECKING:
    from inquiry.corpus.spelled import Fields

_RELATION_KINDS = {str(kind): kind for kind in RelationKind}
_RELATION_HINT = "write `relations: {supports: [note-id]}`"


def relations_in(fields: Fields) -> tuple[tuple[RelationKind, Reference], ...]:
    """Read `relations`, or its kinds as keys of the head itself; each pair of kind and note once."""
    listed: list[Entry] = []
    for entry in fields.all("relations"):
        listed.extend(_related_lists(entry.value, entry, fields.margin))
    for name in _RELATION_KINDS:
        listed.extend(fields.all(name))
    found: dict[tuple[RelationKind, str], Reference] = {}
    for entry in listed:
        kind = _RELATION_KINDS[entry.key.lower()]
        for reference in listed_references(entry, fields.margin, "a list of note ids"):
            found.setdefault((kind, reference.value), reference)
    order = list(RelationKind)
    pairs = [(kind, reference) for (kind, _), reference in found.items()]
    return tuple(sorted(pairs, key=lambda pair: order.index(pair[0])))


def _related_lists(node: yaml.Node, parent: Entry, margin: Margin) -> list[Entry]:
    if isinstance(node, yaml.SequenceNode) and node.value:
        if all(isinstance(item, yaml.MappingNode) for item in node.value):
            return [entry for item in node.value for entry in _related_lists(item, parent, margin)]
    elif isinstance(node, yaml.MappingNode):
        return [entry for entry in entries(node, margin) if _is_relation(entry, margin)]
    elif isinstance(node, yaml.SequenceNode):
        return []
    margin.refuse(node, f"`{parent.key}` takes a mapping, not {kind_name(node)}", _RELATION_HINT)
    return []


def _is_relation(entry: Entry, margin: Margin) -> bool:
    name = entry.key.lower()
    if name in _RELATION_KINDS:
        return not is_null(entry.value)
    distance, near = min((slips(name, kind), kind) for kind in _RELATION_KINDS)
    if distance <= 2:  # noqa: PLR2004 - two slips, as for every long key
        margin.question(entry, near)
    else:
        margin.refuse(entry.key_node, f"`{entry.key}` is not a relation; they are {', '.join(_RELATION_KINDS)}")
    return False
