"""YAML nodes as Python values, for the options of Markdown extensions.

Options may name functions by tag (`!!python/name:…`).  MkDocs imports whatever stands there; a check imports only
what comes with Markdown's own extensions, and leaves every other option out.
"""

from __future__ import annotations

import importlib
from typing import Any

import yaml

_NAME = "tag:yaml.org,2002:python/name:"
_APPLY = "tag:yaml.org,2002:python/object/apply:"
_TRUSTED = ("markdown.", "pymdownx.")
"""Packages whose functions options may name: those that make headings and fences."""
_DEEPEST = 20
LEFT_OUT = object()
"""What stands for an option that is not read."""


def plain_value(node: yaml.Node, depth: int = _DEEPEST) -> Any:
    """Read a node; `LEFT_OUT` for what nobody can know without running code."""
    if not depth:
        return LEFT_OUT
    if node.tag.startswith((_NAME, _APPLY)):
        return _named_value(node, depth)
    if isinstance(node, yaml.MappingNode):
        pairs = ((plain_value(key, depth - 1), plain_value(value, depth - 1)) for key, value in node.value)
        return {key: value for key, value in pairs if isinstance(key, str) and value is not LEFT_OUT}
    if isinstance(node, yaml.SequenceNode):
        values = (plain_value(one, depth - 1) for one in node.value)
        return [one for one in values if one is not LEFT_OUT]
    if node.tag.startswith("!") and node.tag != "!relative":
        return LEFT_OUT
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    if node.tag == "!relative":
        return f"!relative {node.value}".strip()
    text = str(node.value)
    match node.tag.rpartition(":")[2]:
        case "bool":
            return text.lower() in {"true", "yes", "on"}
        case "null":
            return None
        case "int" if text.lstrip("+-").isdecimal():
            return int(text)
        case _:
            return text


def _named_value(node: yaml.Node, depth: int) -> Any:
    """Import a function of a trusted package, and call it when the tag says so."""
    applied = node.tag.startswith(_APPLY)
    name = node.tag.removeprefix(_APPLY if applied else _NAME)
    if not name.startswith(_TRUSTED) or (applied and not name.startswith("pymdownx.slugs.")):
        return LEFT_OUT
    module, _, attribute = name.rpartition(".")
    try:
        found = getattr(importlib.import_module(module), attribute)
        if not applied:
            return found
        options = next((value for key, value in node.value if key.value == "kwds"), None)
        arguments = plain_value(options, depth - 1) if options is not None else {}
        return found(**arguments)
    except Exception:  # noqa: BLE001 - whatever an extension raises, the option is left out
        return LEFT_OUT
