"""What a body is made of: paragraphs, headings, lists, tables, quotes, callouts, code, footnotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inquiry.corpus import raw_html, tables
from inquiry.corpus.callouts import Callout, read_callout
from inquiry.corpus.code import code_html
from inquiry.corpus.headings import Headings
from inquiry.corpus.leaf import Leaf
from inquiry.corpus.links import LinkWriter
from inquiry.corpus.model import Body
from inquiry.corpus.output import Output, joined
from inquiry.corpus.passages import Passages

if TYPE_CHECKING:
    from inquiry.corpus.model import Slot
    from inquiry.corpus.places import Places


@dataclass(slots=True)
class _Quote:
    callout: Callout | None
    outer: Output
    in_title: bool = False


class BlockWriter(LinkWriter):
    """Writes block events, and hands the finished `Body` over."""

    def __init__(self, path: str, source: bytes, places: Places, *, whole: bool = False) -> None:
        """Begin a body; a `whole` text is no page and keeps its headings as they are."""
        super().__init__(path, source, places)
        self._text: list[str] = []
        self._number = 0
        self._headings = Headings(whole=whole)
        self._passages = Passages(source, places)
        self._quotes: list[_Quote] = []
        self._takeaway = Output()
        self._takeaway_text: list[str] = []
        self._outside_footnote: Output | None = None
        self._ends: list[int] = []
        """Byte offset behind each open container."""
        self._starts: list[int] = []
        """Index of the chunk that opens each open list, item, quote or table."""
        self._previous: tuple[Output, int] | None = None
        """The block that has just ended: where, and the index of its first chunk."""
        self._pending_rules: tuple[str, ...] = ()
        self._skip_to = -1
        self._code: tuple[str, list[str]] | None = None
        self._html: tuple[int, list[str]] | None = None
        self._table = tables.Table(())

    # -- the walk -----------------------------------------------------------------------------------------------------

    def walk(self, events: list[tuple[Any, Any]]) -> None:
        """Write all events in order."""
        self.events = events
        at, count = 0, len(events)
        while at < count:
            event, where = events[at]
            start, end = where["start"], where["end"]
            if isinstance(event, str):
                self._bare(event, start, end)
            else:
                ((name, value),) = event.items()
                if name == "Text":
                    while at + 1 < count and self.continues(value, start, end, events[at + 1]):
                        at += 1
                        value, end = value + events[at][0]["Text"], events[at][1]["end"]
                    self._words(value, start, end)
                elif name == "Start":
                    at = self._start(value, at, start, end)
                elif name == "End":
                    self._end(value)
                else:
                    self._single(name, value, start, end)
            at += 1
        self._close_leaf()

    def _bare(self, name: str, start: int, end: int) -> None:
        if name == "Rule":
            self._close_leaf()
            self.out.block("<hr />\n")
        elif self._quotes and self._quotes[-1].in_title:
            self._end_title()
            self._begin_leaf(start, self._ends[-1], self.out.block("<p>"), counts=True)
        elif name == "SoftBreak":
            self.soft_break(start, end)
        else:
            self.hard_break(start, end)

    def _words(self, value: str, start: int, end: int) -> None:
        if self._code:
            self._code[1].append(value)
        elif self._html:
            self._html[1].append(value)
        elif start >= self._skip_to:
            self.text(value, start, end)
        elif end > self._skip_to:
            self.text(value.encode()[self._skip_to - start :].decode(), self._skip_to, end)

    def _single(self, name: str, value: Any, start: int, end: int) -> None:
        match name:
            case "Code":
                self.code(value, start, end)
            case "InlineMath" | "DisplayMath":
                self.math(value, start, end, display=name == "DisplayMath")
            case "InlineHtml":
                self.inline_html(value, start, end)
            case "Html" if self._html:
                self._html[1].append(value)
            case "FootnoteReference":
                self.footnote_reference(value, start, end)
            case "TaskListMarker":
                self._task(done=value)

    def _start(self, tag: Any, at: int, start: int, end: int) -> int:
        if isinstance(tag, str):
            if not self.start_simple(tag, start, end):
                self._start_block(tag, None, start, end)
            return at
        ((name, value),) = tag.items()
        if name == "Link":
            return self.start_link(value, at, start, end)
        if name == "Image":
            return self.start_image(value, at, start, end)
        self._start_block(name, value, start, end)
        return self._start_quote(at, start, end) if name == "BlockQuote" else at

    def _end(self, tag: Any) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag))
        if name == "Link":
            self.end_link()
        elif not self.end_simple(name):
            self._end_block(name, tag)

    # -- leaves -------------------------------------------------------------------------------------------------------

    def open_leaf(self, start: int, end: int) -> Leaf:
        """Give the open leaf, or open one for words that stand in a container directly."""
        if self.leaf is None:
            behind = max(self._ends[-1] if self._ends else end, end)
            return self._begin_leaf(start, behind, len(self.out.chunks), counts=True)
        return self.leaf

    def _begin_leaf(self, start: int, end: int, first_chunk: int, *, counts: bool) -> Leaf:
        self._number += counts
        self.leaf = Leaf(start, end, max(self._number, 1), first_chunk)
        return self.leaf

    def _close_leaf(self) -> Leaf | None:
        leaf, self.leaf = self.leaf, None
        self.end_mark()
        if leaf:
            leaf.with_sentences(self.links)
            if text := " ".join(leaf.text.split()):
                self._text.append(text)
                if self.out is self._takeaway:
                    self._takeaway_text.append(text)
        return leaf

    # -- blocks -------------------------------------------------------------------------------------------------------

    def _start_block(self, name: str, value: Any, start: int, end: int) -> None:
        self._close_leaf()
        if self._pending_rules and name != "HtmlBlock":
            self.allow(self._pending_rules, start, end)
            self._pending_rules = ()
        match name:
            case "Paragraph":
                self._begin_leaf(start, end, self.out.block("<p>"), counts=True)
            case "Heading":
                span = self.places.span(start, max(start, end - 1))
                first = self._headings.begin(self.out, int(value["level"][1]), value["id"] or "", span)
                self._begin_leaf(start, end, first, counts=False)
            case "List":
                number = "" if value in {None, 1} else f' start="{value}"'
                self._open_container(end, "<ul>\n" if value is None else f"<ol{number}>\n")
            case "Item":
                self._open_container(end, "<li>")
            case "CodeBlock":
                info = value["Fenced"].split(maxsplit=1) if isinstance(value, dict) else []
                self._code = (info[0].strip("{.}") if info else "", [])
            case "HtmlBlock":
                self._html = (start, [])
            case "FootnoteDefinition":
                self._outside_footnote, self.out = self.out, self.footnotes.text(value)
            case "Table":
                self._table = tables.Table(value)
                self._starts.append(self.out.block(tables.OPENING))
            case "TableHead" | "TableRow":
                self.out.end(self._table.row(name))
            case "TableCell":
                self._begin_leaf(start, end, self.out.block(self._table.cell()), counts=False)

    def _open_container(self, end: int, opening: str) -> None:
        self._ends.append(end)
        self._starts.append(self.out.block(opening))

    def _end_block(self, name: str, tag: Any) -> None:
        match name:
            case "Paragraph":
                self._end_paragraph()
            case "Heading":
                self._end_heading()
            case "BlockQuote":
                self._end_quote()
            case "List":
                self._close_leaf()
                self._ends.pop()
                self._end_with("</ol>\n" if tag["List"] else "</ul>\n")
            case "Item":
                self._end_item()
            case "CodeBlock":
                self._end_code()
            case "HtmlBlock":
                self._end_html()
            case "FootnoteDefinition" if self._outside_footnote:
                self._close_leaf()
                self.out, self._outside_footnote = self._outside_footnote, None
            case "Table":
                self._end_with(self._table.end(name))
            case "TableCell" | "TableHead" | "TableRow":
                self._close_leaf()
                self.out.end(self._table.end(name))

    def _end_with(self, closing: str) -> None:
        self.out.end(closing)
        self._previous = (self.out, self._starts.pop())

    def _end_paragraph(self) -> None:
        if self._quotes and self._quotes[-1].in_title:
            self._end_title()
            return
        leaf = self.leaf
        if leaf and (name := self._passages.lone_marker(leaf)) and self._previous and self._previous[0] is self.out:
            del self.out.chunks[leaf.first_chunk :]
            self.out.fresh = True
            self.leaf = None
            self._passages.mark_block(name, leaf, self.out, self._previous[1], self._text[-1] if self._text else "")
            return
        if leaf:
            self._passages.mark(leaf, self.out, leaf.first_chunk)
        self._close_leaf()
        if self.out.chunks[-1:] == ["<p>"]:
            self.out.chunks.pop()  # nothing follows an embed that ended the paragraph
            self.out.fresh = True
            return
        self.out.end("</p>\n")
        if leaf:
            self._previous = (self.out, leaf.first_chunk)

    def _end_item(self) -> None:
        if self.leaf:
            self._passages.mark(self.leaf, self.out, self._starts[-1], item=True)
        self._close_leaf()
        self._ends.pop()
        self._end_with("</li>\n")

    def _end_heading(self) -> None:
        leaf = self._close_leaf()
        typed = " ".join("".join(leaf.typed if leaf else ()).split())
        had_title = bool(self._headings.title)
        self.anchors.append(self._headings.finish(typed, may_be_title=not self._quotes))
        if self._headings.title and not had_title and self._text:
            self._text.pop()

    def _task(self, *, done: bool) -> None:
        if self._starts:
            self.out.chunks[self._starts[-1]] = '<li class="task-list-item">'
        state = ' checked aria-label="done"' if done else ' aria-label="to do"'
        self.out.write(f'<input type="checkbox" disabled{state} /> ')

    def _end_code(self) -> None:
        if self._code:
            language, parts = self._code
            self._code = None
            self._previous = (self.out, self.out.block(code_html("".join(parts), language)))

    def _end_html(self) -> None:
        if self._html:
            start, parts = self._html
            self._html = None
            html = "".join(parts)
            self._pending_rules += raw_html.allowed_rules(html)
            if raw_html.without_comments(html).strip():
                self.out.block("")
                self.raw(raw_html.blanked_comments(html), start)

    # -- quotes and callouts ------------------------------------------------------------------------------------------

    def _start_quote(self, at: int, start: int, end: int) -> int:
        """Open a quote or a callout and return the index of the last event that has been dealt with."""
        following = self.events[at + 1] if at + 1 < len(self.events) else None
        callout = None
        if following and following[0] == {"Start": "Paragraph"}:
            start = following[1]["start"]
            callout = read_callout(self.source, start)
        quote = _Quote(callout, self.out, in_title=callout is not None)
        self._quotes.append(quote)
        if callout is None:
            self._open_container(end, "<blockquote>\n")
            return at
        self._skip_to = callout.end
        if callout.is_takeaway and len(self._quotes) == 1:
            self.out = self._takeaway
            self._open_container(end, "<p><strong>" if callout.has_title else "")
        else:
            self._open_container(end, callout.opening + ("" if callout.has_title else callout.default_title))
        self._begin_leaf(start, end, len(self.out.chunks), counts=True)
        return at + 1

    def _end_title(self) -> None:
        """End a callout's title; what follows on its next lines is its first paragraph."""
        quote = self._quotes[-1]
        quote.in_title = False
        self._close_leaf()
        if quote.callout and self.out is self._takeaway:
            self.out.end("</strong></p>\n" if quote.callout.has_title else "")
        elif quote.callout:
            self.out.end(quote.callout.title_end)

    def _end_quote(self) -> None:
        self._close_leaf()
        self._ends.pop()
        quote = self._quotes.pop()
        if quote.outer is not self.out:
            self._starts.pop()
            self.out = quote.outer
        else:
            self._end_with(quote.callout.closing if quote.callout else "</blockquote>\n")

    # -- the body -----------------------------------------------------------------------------------------------------

    def body(self, *, trusted: bool) -> Body:
        """Hand over what was written."""
        self._headings.write_tags()
        self.anchors.extend(self.footnotes.write(self.out))
        openings = self._headings.openings(self.out)
        chunks = self._safe(self.out, trusted=trusted)
        marks = {index: id(chunk) for index, chunk in enumerate(chunks) if id(chunk) in openings}
        pieces, moved = joined(chunks, marks)
        self.anchors.extend(f"^{passage.id}" for passage in self._passages.found)
        text = "\n".join(self._text)
        return Body(
            pieces=pieces,
            takeaway=joined(self._safe(self._takeaway, trusted=trusted))[0],
            takeaway_text=" ".join(self._takeaway_text),
            links=tuple(self.links),
            headings=tuple(self._headings.placed({marks[index]: piece for index, piece in moved.items()})),
            passages=tuple(self._passages.found),
            anchors=frozenset(self.anchors),
            text=text,
            words=len(text.split()),
            title=self._headings.title,
            title_html=self._headings.title_html,
            allowances=tuple(self.allowances),
            diagnostics=tuple(self.diagnostics),
        )

    def _safe(self, out: Output, *, trusted: bool) -> list[str | Slot]:
        return raw_html.cleaned(out.chunks, trusted=trusted) if self.has_raw_html else out.chunks
