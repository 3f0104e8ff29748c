"""The words of one paragraph, heading, cell or item, and the links that stand in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inquiry.corpus.sentences import link_mark, sentence_bounds, stretch_at

if TYPE_CHECKING:
    from inquiry.corpus.body import Link

_CLOSING = (".", ",", ";", ":", "!", "?", ")", "”", "’")


@dataclass(slots=True)
class Leaf:
    """A block that holds words, while it is being read."""

    start: int
    """Byte offset of the block in the parsed text."""
    end: int
    """Byte offset just behind it."""
    number: int
    """Number of the paragraph it counts as."""
    first_chunk: int
    """Index of the output chunk that opens it."""
    words: list[str] = field(default_factory=list)
    """Plain text as printed, with typographic quotes."""
    typed: list[str] = field(default_factory=list)
    """Plain text as typed."""
    length: int = 0
    """Characters in `words`."""
    links: list[tuple[int, int, int]] = field(default_factory=list)
    """Index of each link with its first and last character in the words."""
    bare: list[tuple[int, int, int]] = field(default_factory=list)
    """The same of links without words of their own; what stands there is their target, or nothing for a citation."""
    after_citation: bool = False
    """Whether a citation without words of its own has just been left out."""

    def say(self, printed: str, typed: str) -> None:
        """Add words."""
        if self.after_citation:
            self.after_citation = False
            if printed.startswith(_CLOSING) and self.words:
                shorter = self.words[-1].rstrip(" ")
                self.length -= len(self.words[-1]) - len(shorter)
                self.words[-1] = shorter
                self.bare = [(index, min(at, self.length), min(end, self.length)) for index, at, end in self.bare]
        self.words.append(printed)
        self.typed.append(typed)
        self.length += len(printed)

    @property
    def text(self) -> str:
        """The words as printed."""
        return "".join(self.words)

    def with_sentences(self, links: list[Link]) -> None:
        """Give each of the leaf's links the sentence that it stands in."""
        if not self.links:
            return
        text = self.text.replace("\0", "\ufffd")  # which marks of links are made of
        bounds = sentence_bounds(text)
        for index, start, end in self.links:
            first, last = stretch_at(bounds, min(start, len(text) - 1), end)
            links[index] = links[index]._replace(sentence=self._marked(text, first, last), block=self.number)

    def _marked(self, text: str, first: int, last: int) -> str:
        """Cut out a stretch, with marks for the links without words that stand in it; white space is folded."""
        parts, at = [], first
        for index, start, end in self.bare:
            if (first < start or not first) and end <= last:
                parts += [text[at:start], link_mark(index)]
                at = end
        return " ".join("".join([*parts, text[at:last]]).split())
