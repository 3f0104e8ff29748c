"""Who gets to see a document, and whether search finds it.

In doubt a page stays hidden: a flag that cannot be read counts as set, for it was written to hide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from inquiry.corpus.fields import flag_of
from inquiry.corpus.model import Visibility
from inquiry.corpus.nodes import FALSE_WORDS, Entry, Margin, entries, is_null

if TYPE_CHECKING:
    from inquiry.corpus.spelled import Fields


def visibility_in(fields: Fields) -> Visibility:
    """Read who may see the page; a flag that cannot be read hides it, as one that was meant would."""
    drafts = [flag_of(entry, fields.margin) for entry in fields.all("draft")]
    published = [_published(entry, fields.margin) for entry in fields.all("publish")]
    unlisted = [flag_of(entry, fields.margin) for entry in fields.all("unlisted")]
    if any(flag is not False for flag in drafts) or not all(published):
        return Visibility.DRAFT
    return Visibility.UNLISTED if any(flag is not False for flag in unlisted) else Visibility.PUBLIC


def _published(entry: Entry, margin: Margin) -> bool:
    """Read `publish`; `published` is a flag to Jekyll and a date to others, and a date publishes."""
    if entry.key.lower() == "published":
        word = entry.value.value.strip().lower() if isinstance(entry.value, yaml.ScalarNode) else ""
        return word not in FALSE_WORDS
    return flag_of(entry, margin) is True


def is_searchable(fields: Fields) -> bool:
    """Read Material's `search: {exclude: true}`, or a flag; the rest of a mapping (`boost`) is kept."""
    entry = fields.first("search")
    fields.set_aside("search")
    if entry is None:
        return True
    if not isinstance(entry.value, yaml.MappingNode):
        return is_null(entry.value) or flag_of(entry, fields.margin) is True
    inner = entries(entry.value, fields.margin)
    flags = [flag_of(each, fields.margin) for each in inner if each.key == "exclude"]
    return not any(flags)
