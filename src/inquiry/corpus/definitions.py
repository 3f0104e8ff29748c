"""Labels that are defined twice: reference links and footnotes of which only the first definition counts.

The parser takes definitions in silence, so they are looked for in what its events leave uncovered: a line that
looks like a definition inside a paragraph, code or HTML is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inquiry.diagnostics import Related, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inquiry.corpus.places import Places
    from inquiry.diagnostics import Diagnostic

_DEFINITION = re.compile(
    rb"^(?P<margin>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)"
    rb"\[(?P<label>\^?(?:[^\[\]\\]|\\.){1,999})\]:"
    rb"[ \t]*(?:\n[ \t>]*)?(?P<target><[^<>\n]*>|[^\s<]\S*)(?P<rest>[^\n]*)",
    re.MULTILINE,
)
_LEAVES = frozenset({"Paragraph", "Heading", "CodeBlock", "HtmlBlock", "Table"})


@dataclass(frozen=True, slots=True)
class _Definition:
    label: str
    """As compared: case and blanks folded."""
    target: str
    start: int
    end: int


def conflicting_references(
    source: bytes, path: str, places: Places, events: Iterable[tuple[Any, Any]]
) -> Iterator[Diagnostic]:
    """Report each label that an earlier definition sends elsewhere."""
    if source.count(b"]:") < 2:  # noqa: PLR2004 - one label alone cannot be in conflict
        return
    first: dict[str, _Definition] = {}
    for found in _definitions(source, events):
        earlier = first.setdefault(found.label, found)
        if earlier.target == found.target:
            continue
        label = source[found.start : found.end].decode()
        noun = "footnote" if found.label.startswith("^") else "reference"
        message = f"the {noun} `{label}` is defined already, and differently; "
        message += "both texts are shown" if noun == "footnote" else "the first definition counts"
        related = (Related(path, places.span(earlier.start, earlier.end), "first defined here"),)
        span = places.span(found.start, found.end)
        hint = "give one of the two another label"
        yield finding("conflicting-reference", path, span, message, hint=hint, related=related)


def _definitions(source: bytes, events: Iterable[tuple[Any, Any]]) -> Iterator[_Definition]:
    leaves = sorted((where["start"], where["end"]) for event, where in events if _is_leaf(event))
    starts = [start for start, _ in leaves]
    for match in _DEFINITION.finditer(source):
        start, end = match.start("label") - 1, match.end("label") + 1
        before = bisect_right(starts, start) - 1
        if before >= 0 and start < leaves[before][1]:
            continue
        label = " ".join(match["label"].decode().split()).casefold()
        target = match["target"].strip(b"<>") + (match["rest"].strip() if label.startswith("^") else b"")
        yield _Definition(label, target.decode(), start, end)


def _is_leaf(event: Any) -> bool:
    """Tell whether an event opens a block in which no definition can stand."""
    started = event.get("Start") if isinstance(event, dict) else None
    name = next(iter(started)) if isinstance(started, dict) else started
    return name in _LEAVES
