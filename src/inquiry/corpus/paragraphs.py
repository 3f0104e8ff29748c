"""The paragraphs of an essay, one by one: what a parsed body does not keep.

A second, leaner walk over the parser's events, for the few who ask.  Only paragraphs that stand by themselves
count: not those of lists, quotes, callouts, tables and footnotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyromark

from inquiry.corpus.comments import strip_comments
from inquiry.corpus.dialect import OPTIONS
from inquiry.corpus.places import Places
from inquiry.corpus.sentences import sentence_bounds
from inquiry.corpus.written import CITATION_MARK, OWN_MARK, citations, is_own_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.diagnostics import Span

_CONTAINERS = frozenset({"List", "Item", "BlockQuote", "FootnoteDefinition", "Table", "HtmlBlock", "CodeBlock"})
_ADDRESS = re.compile(r"https?://\S")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an essay."""

    text: str
    """Its plain words, white space folded."""
    span: Span
    """From its first character to the end of its first line: what a finding underlines."""
    has_link: bool
    """Whether it links, cites or has a footnote."""
    is_own: bool
    """Whether its author marks it as a thought of their own (`[.own]`)."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, in order."""
        bounds = [0, *sentence_bounds(self.text)]
        parts = (self.text[start:end].strip() for start, end in pairwise(bounds))
        return tuple(part for part in parts if part)


def paragraphs(text: str, *, first_line: int = 1) -> Iterator[Paragraph]:
    r"""List the paragraphs of a body that stand by themselves.

    >>> [(one.text, one.has_link) for one in paragraphs("One.\n\n> Two.\n\nThree, see [[x]].")]
    [('One.', False), ('Three, see x.', True)]
    """
    uncommented = strip_comments(text)
    places = Places(text, uncommented.cuts, first_line)
    source = uncommented.text.encode()
    draft, depth = _Draft(0), 0
    for event, where in pyromark.events_with_range(uncommented.text, options=OPTIONS, broken_link_callback=_unknown):
        kind, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
        name = value if isinstance(value, str) else next(iter(value)) if isinstance(value, dict) else ""
        if kind in {"Start", "End"} and name in _CONTAINERS:
            depth += 1 if kind == "Start" else -1
        elif depth:
            continue
        elif name == "Paragraph" and kind == "Start":
            draft = _Draft(where["start"])
        elif name == "Paragraph" and kind == "End":
            line_end = source.find(b"\n", draft.start, where["end"])
            yield draft.finished(places.span(draft.start, line_end if line_end >= 0 else where["end"]))
        else:
            draft.take(kind, name, value)


@dataclass(slots=True)
class _Draft:
    """A paragraph while it is being read."""

    start: int
    words: list[str] = field(default_factory=list)
    has_link: bool = False
    is_own: bool = False
    in_mark: bool = False

    def take(self, kind: str, name: str, value: Any) -> None:
        """Take in what stands in the paragraph."""
        if name in {"Link", "Image"}:
            mark = kind == "Start" and value[name]["dest_url"] == OWN_MARK
            self.in_mark = mark
            self.is_own = self.is_own or mark
            self.has_link = self.has_link or not (mark or kind == "End" or _is_here(value[name]["dest_url"]))
        elif kind == "FootnoteReference":
            self.has_link = True
        elif kind in {"Text", "Code"} and not self.in_mark:
            self.words.append(name)
        elif kind in {"SoftBreak", "HardBreak"}:
            self.words.append(" ")

    def finished(self, span: Span) -> Paragraph:
        """Hand the paragraph over."""
        text = " ".join("".join(self.words).split())
        return Paragraph(text, span, self.has_link or bool(_ADDRESS.search(text)), self.is_own)


def _unknown(link: pyromark.event.BrokenLink) -> tuple[str, str] | None:
    """Tell the parser what brackets mean that no definition explains."""
    if is_own_mark(link["reference"]):
        return (OWN_MARK, "")
    return (CITATION_MARK, "") if citations(link["reference"]) else None


def _is_here(destination: str) -> bool:
    """Tell whether a link leads to its own page, which rests on nothing else."""
    return destination.startswith("#")
