"""Other people's words as Markdown that says just these words."""

from __future__ import annotations

import re

_SPECIAL = re.compile(
    r"""[\\`*\[\]<>$|{}]"""  # emphasis, code, links, HTML, formulas, tables, attributes
    r"""|(?<![^\W_])_|_(?![^\W_])"""  # within a word it is a letter
    r"""|==|~~|%%"""
    r"""|(?<!\S)\^(?=[\w-]+$)"""  # the name of a passage, which a backslash does not keep from being one
    r"""|\#(?=[\w/-])"""  # a tag
    r"""|&(?=\#?\w+;)""",
    re.VERBOSE,
)
_CARET = "&#94;"
_AT_START = re.compile(r"(?P<mark>[-+#]|=+$)|(?P<number>\d+)(?P<dot>[.)])")


def literal(text: str) -> str:
    r"""Write a text of one line so that Markdown shows it as it is.

    >>> literal("3. A *new* [1] way to $x_1$ & so")
    '3\\. A \\*new\\* \\[1\\] way to \\$x_1\\$ & so'
    """
    escaped = _SPECIAL.sub(_escaped, " ".join(text.split()))
    start = _AT_START.match(escaped)
    if start is None:
        return escaped
    if start["dot"]:
        return f"{start['number']}\\{escaped[start.start('dot') :]}"
    return f"\\{escaped}"


def _escaped(found: re.Match[str]) -> str:
    return _CARET if found[0] == "^" else "".join(f"\\{letter}" for letter in found[0])


def quotation(text: str) -> str:
    """Write a text as a block quote; nothing for none."""
    return f"> {literal(text)}\n" if text.strip() else ""
