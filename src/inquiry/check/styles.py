"""Addresses in style sheets: `url(…)` and `@import`, each with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ADDRESS = re.compile(
    r"""\burl\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'()]+))\s*\)|@import\s+(?:"([^"\n]*)"|'([^'\n]*)')"""
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""",
    re.IGNORECASE | re.DOTALL,
)
"""An address, or a text: whatever looks like an address in a text is none."""
_IN_IMAGE_SET = re.compile(r"\bimage-set\((?:[^()]|\([^()]*\))*\Z", re.IGNORECASE)
_LONGEST_SET = 2_000
"""Characters of an `image-set(…)` that are looked back over."""
OPENING = re.compile(r"\burl\(\s*(?:[\"']|&(?:quot|apos|#34|#39);)?", re.IGNORECASE)
"""What stands before an address."""


class StyleAddress(NamedTuple):
    """An address in a style sheet."""

    value: str
    start: int
    """First character in the text."""
    imported: bool
    """Whether it is another style sheet."""


def style_addresses(text: str) -> Iterator[StyleAddress]:
    """Find the addresses of a style sheet, or of a `style` attribute, in order.

    >>> [one.value for one in style_addresses("a { b: url('x.png') } /* url(y.png) */ @import 'z.css';")]
    ['x.png', 'z.css']
    """
    blanked = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text) if "/*" in text else text
    for match in _ADDRESS.finditer(blanked):
        if text_ := match["text"]:
            if _IN_IMAGE_SET.search(blanked, max(0, match.start() - _LONGEST_SET), match.start()):
                yield StyleAddress(text_[1:-1], match.start() + 1, imported=False)
            continue
        group = match.lastindex or 1
        imported = match[0][0] == "@" or blanked[: match.start()].rstrip().lower().endswith("@import")
        yield StyleAddress(match[group], match.start(group), imported)
