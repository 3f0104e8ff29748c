"""The entries of a head, sorted by the field that they spell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from inquiry.corpus.fields import references_of
from inquiry.corpus.nodes import BOOL_TAG, Entry, Margin, is_null
from inquiry.corpus.spellings import SPELLINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.corpus.model import Reference


class Fields:
    """The entries of a head by the field they spell, and those that spell none."""

    def __init__(self, found: Iterable[Entry], margin: Margin) -> None:
        self.margin = margin
        self.others: list[Entry] = []
        self._known: dict[str, list[tuple[int, Entry]]] = {}
        for entry in found:
            spelling = SPELLINGS.get(entry.key.lower())
            if spelling is None:
                self.others.append(entry)
            elif not is_null(entry.value):
                self._known.setdefault(spelling[0], []).append((spelling[1], entry))
        for spelled in self._known.values():
            spelled.sort(key=lambda ranked: ranked[0])

    def all(self, field: str) -> tuple[Entry, ...]:
        """Give every entry that spells a field and is not null, the preferred spelling first."""
        return tuple(entry for _, entry in self._known.get(field, ()))

    def first(self, field: str) -> Entry | None:
        """Give the entry that counts for a field."""
        known = self._known.get(field)
        return known[0][1] if known else None

    def set_aside(self, *names: str) -> None:
        """Keep the entries of fields that this head does not use as such."""
        for name in names:
            self.others.extend(entry for _, entry in self._known.pop(name, ()))


def references_in(fields: Fields, name: str, expected: str) -> tuple[Reference, ...]:
    """Read the names that all spellings of a field give, each once."""
    found: dict[str, Reference] = {}
    for entry in fields.all(name):
        for reference in listed_references(entry, fields.margin, expected):
            found.setdefault(reference.value, reference)
    return tuple(found.values())


def listed_references(entry: Entry, margin: Margin, expected: str) -> tuple[Reference, ...]:
    """Read names; a yes or no in their place is no name."""
    if isinstance(entry.value, yaml.ScalarNode) and entry.value.tag == BOOL_TAG:
        margin.refuse_kind(entry, expected)
        return ()
    return references_of(entry, margin, expected)
