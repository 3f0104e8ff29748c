"""What a broken head still tells: enough that links find the file and a draft stays unpublished."""

from __future__ import annotations

import re

import yaml

from inquiry.corpus.nodes import STR_TAG, Entry, mark_at
from inquiry.corpus.spellings import SPELLINGS
from inquiry.corpus.yaml_text import Fault, compose

_BLOCK = re.compile(
    r"""^[ \t]*["']?(?P<key>\w[\w -]*?)["']?[ \t]*[:=](?:[ \t]+(?P<value>.*))?$"""
    r"""(?:\n(?:[ \t]+|- ).*)*""",
    re.MULTILINE,
)
_FLAG = re.compile(r"^[ \t]*(?P<key>draft|publish|published|unlisted)[ \t]*[:=][ \t]*(?P<value>.+)$", re.MULTILINE)
_INK = re.compile(r"[^\n]")
_SALVAGED = frozenset({"title", "id", "tags", "aliases", "draft", "publish", "unlisted"})
_SIMPLE = frozenset({"title", "id", "draft", "publish", "unlisted"})
"""Fields that one line of text can give."""


def salvage_entries(text: str) -> tuple[Entry, ...]:
    """Read the few fields that matter most from a head that is not YAML, each for itself.

    A value that is not YAML either counts as the text that stands there, as in `title: Roots: a count`.
    """
    found: dict[str, Entry] = {}
    for block in _BLOCK.finditer(text):
        field, _ = SPELLINGS.get(block["key"].lower(), ("", 0))
        if field in _SALVAGED:
            value = _composed(block, text) or (_as_written(block, text) if field in _SIMPLE else None)
            if value is not None:
                found[block["key"]] = Entry(block["key"], _node(block, "key", text), value)
    for line in _FLAG.finditer(text):  # a flag may stand where no block begins, and must not be missed
        found.setdefault(line["key"], Entry(line["key"], _node(line, "key", text), _node(line, "value", text)))
    return tuple(found.values())


def _composed(block: re.Match[str], text: str) -> yaml.Node | None:
    """Parse one entry alone, with blanks in place of what precedes it, so that its marks hold."""
    node = compose(_INK.sub(" ", text[: block.start()]) + block.group())
    if isinstance(node, Fault) or not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        return None
    value: yaml.Node = node.value[0][1]
    return value


def _as_written(block: re.Match[str], text: str) -> yaml.Node | None:
    return _node(block, "value", text) if block["value"] else None


def _node(block: re.Match[str], group: str, text: str) -> yaml.ScalarNode:
    start, end = block.span(group)
    text_there = block[group].strip().strip("\"'")
    return yaml.ScalarNode(STR_TAG, text_there, mark_at(text, start), mark_at(text, end))
