"""What a body is made of: paragraphs, headings, lists, tables, quotes, callouts, code, footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inquiry.corpus import raw_html, tables
from inquiry.corpus.body import Body
from inquiry.corpus.code import code_html
from inquiry.corpus.containers import ContainerWriter
from inquiry.corpus.output import Output, joined

if TYPE_CHECKING:
    from inquiry.corpus.body import Slot
    from inquiry.corpus.places import Places


class BlockWriter(ContainerWriter):
    """Writes block events, and hands the finished `Body` over."""

    def __init__(self, path: str, source: bytes, places: Places, *, whole: bool = False) -> None:
        """Begin a body; a `whole` text is no page and keeps its headings as they are."""
        super().__init__(path, source, places, whole=whole)
        self._outside_footnote: Output | None = None
        self._pending_rules: tuple[str, ...] = ()
        self._begun = False
        """Whether there has been a block that is no comment."""
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
        if not self._begun:
            self._allow_pending(0, 0)
        self.close_leaf()

    def _bare(self, name: str, start: int, end: int) -> None:
        if name == "Rule":
            self.close_leaf()
            self.out.block("<hr />\n")
        elif self.quotes and self.quotes[-1].in_title:
            self.end_title()
            self.begin_leaf(start, self.ends[-1], self.out.block("<p>"), counts=True)
        elif name == "SoftBreak":
            self.soft_break(start, end)
        else:
            self.hard_break(start, end)

    def _words(self, value: str, start: int, end: int) -> None:
        if self._code:
            self._code[1].append(value)
        elif self._html:
            self._html[1].append(value)
        elif start >= self.skip_to:
            self.text(value, start, end)
        elif end > self.skip_to:
            self.text(value.encode()[self.skip_to - start :].decode(), self.skip_to, end)

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
                self.task(done=value)

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
        return self.start_quote(at, start, end) if name == "BlockQuote" else at

    def _end(self, tag: Any) -> None:
        name = tag if isinstance(tag, str) else next(iter(tag))
        if name == "Link":
            self.end_link()
        elif not self.end_simple(name):
            self._end_block(name, tag)

    def _allow_pending(self, start: int, end: int) -> None:
        """Silence in a block what the comments before it allow; above the first one, in the head as well."""
        if self._pending_rules:
            self.allow(self._pending_rules, start, end, above_all=not self._begun)
            self._pending_rules = ()

    # -- blocks -------------------------------------------------------------------------------------------------------

    def _start_block(self, name: str, value: Any, start: int, end: int) -> None:
        if name == "List" and self.leaf and self.starts:  # an item's own words end where its list begins
            self.passages.mark(self.leaf, self.out, self.starts[-1], item=True)
        self.close_leaf()
        if name != "HtmlBlock":
            self._allow_pending(start, end)
            self._begun = True
        match name:
            case "Paragraph":
                self.begin_leaf(start, end, self.out.block("<p>"), counts=True)
            case "Heading":
                where = (start, max(start, end - 1))
                first = self.headings.begin(self.out, int(value["level"][1]), value["id"] or "", self.places, where)
                self.begin_leaf(start, end, first, counts=False)
            case "List":
                number = "" if value in {None, 1} else f' start="{value}"'
                self.open_container(end, "<ul>\n" if value is None else f"<ol{number}>\n")
            case "Item":
                self.open_container(end, "<li>")
            case "CodeBlock":
                info = value["Fenced"].split(maxsplit=1) if isinstance(value, dict) else []
                self._code = (info[0].strip("{.}") if info else "", [])
            case "HtmlBlock":
                self._html = (start, [])
            case "FootnoteDefinition":
                self._outside_footnote, self.out = self.out, self.footnotes.text(value)
            case _:
                self._start_table_part(name, value, start, end)

    def _start_table_part(self, name: str, value: Any, start: int, end: int) -> None:
        match name:
            case "Table":
                self._table = tables.Table(value)
                self.starts.append(self.out.block(tables.OPENING))
            case "TableHead" | "TableRow":
                self.out.end(self._table.row(name))
            case "TableCell":
                self.begin_leaf(start, end, self.out.block(self._table.cell()), counts=False)

    def _end_block(self, name: str, tag: Any) -> None:
        match name:
            case "Paragraph":
                self.end_paragraph()
            case "Heading":
                self.end_heading()
            case "BlockQuote":
                self.end_quote()
            case "List":
                self.end_list(ordered=tag["List"])
            case "Item":
                self.end_item()
            case "CodeBlock":
                self._end_code()
            case "HtmlBlock":
                self._end_html()
            case "FootnoteDefinition" if self._outside_footnote:
                self.close_leaf()
                self.out, self._outside_footnote = self._outside_footnote, None
            case _:
                self._end_table_part(name)

    def _end_table_part(self, name: str) -> None:
        self.close_leaf()
        if name == "Table":
            self.end_with(self._table.end(name))
        elif name in {"TableCell", "TableHead", "TableRow"}:
            self.out.end(self._table.end(name))

    def _end_code(self) -> None:
        if self._code:
            language, parts = self._code
            self._code = None
            self.previous = (self.out, self.out.block(code_html("".join(parts), language)))

    def _end_html(self) -> None:
        if self._html:
            start, parts = self._html
            self._html = None
            html = "".join(parts)
            self._pending_rules += raw_html.allowed_rules(html)
            if raw_html.without_comments(html).strip():
                self._allow_pending(start, start + len(html.encode()))
                self._begun = True
                self.out.block("")
                self.raw(raw_html.blanked_comments(html), start)

    # -- the body -----------------------------------------------------------------------------------------------------

    def body(self, *, trusted: bool) -> Body:
        """Hand over what was written."""
        self.headings.write_tags()
        self.anchors.extend(self.footnotes.write(self.out))
        openings = self.headings.openings(self.out)
        chunks = self._safe(self.out, trusted=trusted)
        marks = {index: id(chunk) for index, chunk in enumerate(chunks) if id(chunk) in openings}
        pieces, moved = joined(chunks, marks)
        self.anchors.extend(f"^{passage.id}" for passage in self.passages.found)
        takeaway = joined(self._safe(self.takeaway, trusted=trusted))[0]
        text = "\n".join(self.words)
        return Body(
            pieces=pieces,
            takeaway=takeaway,
            takeaway_text=" ".join(self.takeaway_text),
            links=tuple(self.links),
            headings=tuple(self.headings.placed({marks[index]: piece for index, piece in moved.items()})),
            passages=tuple(self.passages.found),
            anchors=frozenset(self.anchors),
            html=tuple(self.raw_html),
            text=text,
            words=len(text.split()),
            title=self.headings.title,
            title_html=self._title_html(trusted=trusted),
            is_blank=not pieces and not takeaway,
            allowances=tuple(self.allowances),
            diagnostics=tuple(self.diagnostics),
        )

    def _title_html(self, *, trusted: bool) -> str:
        """Give the title's own HTML; what needs an address has none there."""
        title = Output()
        title.chunks = [one for one in self.headings.title_chunks if not raw_html.holds_address(one)]
        return "".join(one for one in self._safe(title, trusted=trusted) if isinstance(one, str))

    def _safe(self, out: Output, *, trusted: bool) -> list[str | Slot]:
        return raw_html.cleaned(out.chunks, trusted=trusted) if self.has_raw_html else out.chunks
