"""Callouts (`> [!note] Title`), in Obsidian's and GitHub's spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = re.compile(rb"\[!([^\]\n|]+)(?:\|[^\]\n]*)?\]([+-]?)[ \t]*")
_SHOWN_AS = {
    "attention": "warning", "caution": "danger", "check": "success", "cite": "quote", "done": "success",
    "error": "danger", "fail": "failure", "faq": "question", "help": "question", "hint": "tip",
    "important": "info", "missing": "failure", "summary": "abstract", "tldr": "abstract", "todo": "info",
}  # fmt: skip
"""Which of Material's admonition styles shows a type that has none of its own."""


@dataclass(frozen=True, slots=True)
class Callout:
    """The head of a callout."""

    type: str
    """Lower case, as in `note`."""
    fold: str
    """`+` open, `-` closed, empty when it does not fold."""
    has_title: bool
    """Whether words follow on the same line."""
    end: int
    """Byte offset just behind the head."""

    @property
    def is_takeaway(self) -> bool:
        """Whether it is the conclusion of a line."""
        return self.type == "takeaway"

    @property
    def opening(self) -> str:
        """Tags up to the title."""
        names = " ".join(dict.fromkeys([self._name, _SHOWN_AS.get(self.type, self._name)]))
        if self.fold:
            return f'<details class="{names}"{" open" if self.fold == "+" else ""}>\n<summary>'
        return f'<div class="admonition {names}">\n<p class="admonition-title">'

    @property
    def title_end(self) -> str:
        """Tag behind the title."""
        return "</summary>\n" if self.fold else "</p>\n"

    @property
    def closing(self) -> str:
        """Tag behind the body."""
        return "</details>\n" if self.fold else "</div>\n"

    @property
    def default_title(self) -> str:
        """What stands where no title was written."""
        return self._name.replace("-", " ").capitalize()

    @property
    def _name(self) -> str:
        return re.sub(r"[^\w-]+", "-", self.type).strip("-") or "note"


def read_callout(source: bytes, start: int) -> Callout | None:
    """Read the head of a callout at a byte offset, where the words of a quote begin."""
    match = _HEAD.match(source, start)
    if not match:
        return None
    line_end = source.find(b"\n", match.end())
    rest = source[match.end() : line_end if line_end >= 0 else len(source)]
    return Callout(match[1].decode().strip().lower(), match[2].decode(), bool(rest.strip()), match.end())
