"""What holds words: paragraphs, headings, items, quotes and callouts, with the places that they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.corpus.callouts import Callout, read_callout
from inquiry.corpus.headings import Headings
from inquiry.corpus.leaf import Leaf
from inquiry.corpus.links import LinkWriter
from inquiry.corpus.output import Output
from inquiry.corpus.passages import Passages

if TYPE_CHECKING:
    from inquiry.corpus.places import Places


@dataclass(slots=True)
class _Quote:
    callout: Callout | None
    outer: Output
    in_title: bool = False


class ContainerWriter(LinkWriter):
    """Opens and closes what words stand in; `BlockWriter` tells it when."""

    def __init__(self, path: str, source: bytes, places: Places, *, whole: bool) -> None:
        """Begin a body; a `whole` text is no page and keeps its headings as they are."""
        super().__init__(path, source, places)
        self.headings = Headings(whole=whole)
        self.passages = Passages(source, places)
        self.takeaway = Output()
        self.takeaway_text: list[str] = []
        self.words: list[str] = []
        """Text of every block so far."""
        self.ends: list[int] = []
        """Byte offset behind each open container."""
        self.starts: list[int] = []
        """Index of the chunk that opens each open list, item, quote or table."""
        self.previous: tuple[Output, int] | None = None
        """The block that has just ended: where, and the index of its first chunk."""
        self.quotes: list[_Quote] = []
        self.skip_to = -1
        """Byte offset up to which text has been dealt with."""
        self._number = 0

    def open_leaf(self, start: int, end: int) -> Leaf:
        """Give the open leaf, or open one for words that stand in a container directly."""
        if self.leaf is None:
            behind = max(self.ends[-1] if self.ends else end, end)
            return self.begin_leaf(start, behind, len(self.out.chunks), counts=True)
        return self.leaf

    def begin_leaf(self, start: int, end: int, first_chunk: int, *, counts: bool) -> Leaf:
        """Open a block of words; it `counts` when readers would count it as a paragraph."""
        self._number += counts
        self.leaf = Leaf(start, end, max(self._number, 1), first_chunk)
        return self.leaf

    def close_leaf(self) -> Leaf | None:
        """Close the open block of words, if there is one."""
        leaf, self.leaf = self.leaf, None
        self.end_mark()
        if leaf:
            leaf.with_sentences(self.links)
            if text := " ".join(leaf.text.split()):
                self.words.append(text)
                if self.out is self.takeaway:
                    self.takeaway_text.append(text)
        return leaf

    # -- containers ---------------------------------------------------------------------------------------------------

    def open_container(self, end: int, opening: str) -> None:
        """Open a list, an item or a quote that ends at a byte offset."""
        self.ends.append(end)
        self.starts.append(self.out.block(opening))

    def end_with(self, closing: str) -> None:
        """Close the innermost container."""
        self.out.end(closing)
        self.previous = (self.out, self.starts.pop())

    def end_list(self, *, ordered: bool) -> None:
        """Close a list."""
        self.close_leaf()
        self.ends.pop()
        self.end_with("</ol>\n" if ordered else "</ul>\n")

    def end_paragraph(self) -> None:
        """Close a paragraph; one that is only `^id` names the block before it instead."""
        if self.quotes and self.quotes[-1].in_title:
            self.end_title()
            return
        leaf = self.leaf
        if leaf and (name := self.passages.lone_marker(leaf)) and self.previous and self.previous[0] is self.out:
            del self.out.chunks[leaf.first_chunk :]
            self.out.fresh = True
            self.leaf = None
            self.passages.mark_block(name, leaf, self.out, self.previous[1], self.words[-1] if self.words else "")
            return
        if leaf:
            self.passages.mark(leaf, self.out, leaf.first_chunk)
        self.close_leaf()
        if self.out.chunks[-1:] == ["<p>"]:
            self.out.chunks.pop()  # nothing follows an embed that ended the paragraph
            self.out.fresh = True
            return
        self.out.end("</p>\n")
        if leaf:
            self.previous = (self.out, leaf.first_chunk)

    def end_item(self) -> None:
        """Close a list item."""
        if self.leaf:
            self.passages.mark(self.leaf, self.out, self.starts[-1], item=True)
        self.close_leaf()
        self.ends.pop()
        self.end_with("</li>\n")

    def end_heading(self) -> None:
        """Close a heading; the first one may turn out to be the page's title."""
        leaf = self.close_leaf()
        typed = " ".join("".join(leaf.typed if leaf else ()).split())
        had_title = bool(self.headings.title)
        self.anchors.append(self.headings.finish(typed, may_be_title=not self.quotes))
        if self.headings.title and not had_title and self.words:
            self.words.pop()

    def task(self, *, done: bool) -> None:
        """Turn the open item into a task."""
        if self.starts:
            self.out.chunks[self.starts[-1]] = '<li class="task-list-item">'
        state = ' checked aria-label="done"' if done else ' aria-label="to do"'
        self.out.write(f'<input type="checkbox" disabled{state} /> ')

    # -- quotes and callouts ------------------------------------------------------------------------------------------

    def start_quote(self, at: int, start: int, end: int) -> int:
        """Open a quote or a callout and return the index of the last event that has been dealt with."""
        following = self.events[at + 1] if at + 1 < len(self.events) else None
        callout = None
        if following and following[0] == {"Start": "Paragraph"}:
            start = following[1]["start"]
            callout = read_callout(self.source, start)
        quote = _Quote(callout, self.out, in_title=callout is not None)
        self.quotes.append(quote)
        if callout is None:
            self.open_container(end, "<blockquote>\n")
            return at
        self.skip_to = callout.end
        if callout.is_takeaway and len(self.quotes) == 1:
            self.out = self.takeaway
            self.open_container(end, "<p><strong>" if callout.has_title else "")
        else:
            self.open_container(end, callout.opening + ("" if callout.has_title else callout.default_title))
        self.begin_leaf(start, end, len(self.out.chunks), counts=True)
        return at + 1

    def end_title(self) -> None:
        """End a callout's title; what follows on its next lines is its first paragraph."""
        quote = self.quotes[-1]
        quote.in_title = False
        self.close_leaf()
        if quote.callout and self.out is self.takeaway:
            self.out.end("</strong></p>\n" if quote.callout.has_title else "")
        elif quote.callout:
            self.out.end(quote.callout.title_end)

    def end_quote(self) -> None:
        """Close a quote or a callout."""
        self.close_leaf()
        self.ends.pop()
        quote = self.quotes.pop()
        if quote.outer is not self.out:
            self.starts.pop()
            self.out = quote.outer
        else:
            self.end_with(quote.callout.closing if quote.callout else "</blockquote>\n")
