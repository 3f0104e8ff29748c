"""What stands inside a paragraph: words, marks, code, formulas, bare addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inquiry.corpus import raw_html
from inquiry.corpus.body import Allowance, LinkKind, RawHtml
from inquiry.corpus.code import math_html
from inquiry.corpus.footnotes import Footnotes
from inquiry.corpus.output import Output, Raw, escape, escape_url
from inquiry.corpus.written import TYPOGRAPHIC, is_external, markdown_link
from inquiry.diagnostics import finding

if TYPE_CHECKING:
    from inquiry.corpus.body import Link
    from inquiry.corpus.leaf import Leaf
    from inquiry.corpus.places import Places
    from inquiry.diagnostics import Diagnostic

_SPECIAL = re.compile(r"==|https?://|\[\[|\[\^")
_UNCLOSED = re.compile(r"\[\[(?![\[\]{(,'\"\-\d])")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_ASIDE = re.compile(r"</?(?:template|noscript)\b", re.IGNORECASE)
"""Tags that matter without attributes: most readers never see what stands between them."""
_BARE_URL = re.compile(r"https?://(?=[\w\[%])[^\s<>]+")
_TRAILING = re.compile(r"[?!.,:;*_~'\"”’]+$|&[a-z]+;$")
_SIMPLE_TAGS = {
    "Emphasis": "em",
    "Strong": "strong",
    "Strikethrough": "del",
    "Superscript": "sup",
    "Subscript": "sub",
}


class InlineWriter:
    """Writes words and marks; links are `LinkWriter`'s, blocks `BlockWriter`'s."""

    def __init__(self, path: str, source: bytes, places: Places) -> None:
        self.path = path
        self.source = source
        self.places = places
        self.out = Output()
        self.links: list[Link] = []
        self.anchors: list[str] = []
        self.diagnostics: list[Diagnostic] = []
        self.allowances: list[Allowance] = []
        self.raw_html: list[RawHtml] = []
        self.has_raw_html = False
        self.cites = False
        """Whether a link without words is a citation behind a claim, which sentences leave out."""
        self.events: list[tuple[Any, Any]] = []
        self.leaf: Leaf | None = None
        self.open_links: list[tuple[int, bool]] = []
        """Index of each open link, and whether its tags are slots."""
        self._mark: tuple[int, int] | None = None
        self._depth = 0
        self.footnotes = Footnotes()

    def open_leaf(self, start: int, end: int) -> Leaf:
        """Give the block that words go into, making one where the parser names none (tight list items)."""
        raise NotImplementedError

    def text(self, value: str, start: int, end: int) -> None:
        """Write a run of text."""
        leaf = self.open_leaf(start, end)
        if value in TYPOGRAPHIC:
            leaf.say(value, self.source[start:end].decode())
            self.out.write(value)
        elif not _SPECIAL.search(value):
            leaf.say(value, value)
            self.out.write(escape(value))
        else:
            self._special_text(leaf, value, start, end)

    def continues(self, value: str, start: int, end: int, following: tuple[Any, Any]) -> bool:
        """Tell whether the next event is text that goes on where this text ends, all of it as typed.

        The parser cuts text wherever a mark could begin; an address such as `http://a.b/c_d` must not be.
        """
        event, where = following
        if where["start"] != end or not isinstance(event, dict) or "Text" not in event:
            return False
        return self._is_as_typed(value, start, end) and self._is_as_typed(event["Text"], end, where["end"])

    def _is_as_typed(self, value: str, start: int, end: int) -> bool:
        if value.isascii():
            return len(value) == end - start and value != "&"
        return value not in TYPOGRAPHIC and len(value.encode()) == end - start

    def _special_text(self, leaf: Leaf, value: str, start: int, end: int) -> None:
        escaped = self.source[start - 1 : start] == b"\\" if start else False
        for match in _UNCLOSED.finditer(value, escaped):
            self._note_unclosed(leaf, start + len(value[: match.start()].encode()))
        for match in _FOOTNOTE.finditer(value, escaped):
            self._note_footnote(match[1], start + len(value[: match.start()].encode()))
        at = 0
        for match in _BARE_URL.finditer(value) if not self.open_links else ():
            self._marked_text(leaf, value[at : match.start()], start, -1)
            at = match.start() + self._bare_url(leaf, match[0], start + len(value[: match.start()].encode()))
        self._marked_text(leaf, value[at:], start if at == 0 else -1, end)

    def _marked_text(self, leaf: Leaf, value: str, start: int, end: int) -> None:
        """Write text in which `==` may open or close a mark.

        Args:
            leaf: Where the words go.
            value: The text.
            start: Its first byte, below zero when nothing can be escaped.
            end: The byte behind it, below zero when a link follows.
        """
        parts = value.split("==")
        escaped = start > 0 and self.source[start - 1 : start] == b"\\"
        for index, part in enumerate(parts):
            if index:
                before = parts[index - 1][-1:]
                after = part[:1] or (self.source[end : end + 1].decode(errors="ignore") if end > 0 else "")
                if escaped and index == 1 and not parts[0]:
                    self._plain(leaf, "==")
                elif self._mark and self._mark[1] == self._depth and not before.isspace():
                    self.out.chunks[self._mark[0]] = "<mark>"
                    self.out.write("</mark>")
                    self._mark = None
                elif not self._mark and after.strip("= \n"):
                    self._mark = (len(self.out.chunks), self._depth)
                    self.out.write("==")
                else:
                    self._plain(leaf, "==")
            if part:
                self._plain(leaf, part)

    def _plain(self, leaf: Leaf, value: str) -> None:
        leaf.say(value, value)
        self.out.write(escape(value))

    def _bare_url(self, leaf: Leaf, url: str, start: int) -> int:
        url = _TRAILING.sub("", url)
        while url.endswith((")", "]")) and url.count(url[-1]) > url.count("(" if url[-1] == ")" else "["):
            url = _TRAILING.sub("", url[:-1])
        where = (start, start + len(url.encode()))
        self.record(markdown_link(LinkKind.AUTOLINK, url, url, self.places, where, where[0], self.source), leaf, url)
        self.out.write(f'<a href="{escape_url(url)}">')
        self._plain(leaf, url)
        self.out.write("</a>")
        return len(url)

    def _note_unclosed(self, leaf: Leaf, start: int) -> None:
        rest = self.source[start + 2 : leaf.end]
        if rest.strip() and b"]]" not in rest:
            first = rest.split(b"\n")[0].rstrip()
            span = self.places.span(start + 2, start + 2 + len(first))
            name = first.decode()[:40].strip()
            message = f"`[[{name}` opens a link that never closes"
            self.diagnostics.append(finding("unclosed-link", self.path, span, message, hint="close it with `]]`"))

    def _note_footnote(self, label: str, start: int) -> None:
        span = self.places.span(start, start + len(f"[^{label}]".encode()))
        message = f"the footnote `[^{label}]` has no text"
        hint = f"write it in a line that begins with `[^{label}]:`"
        self.diagnostics.append(finding("undefined-reference", self.path, span, message, hint=hint))

    def code(self, value: str, start: int, end: int) -> None:
        """Write a code span."""
        leaf = self.open_leaf(start, end)
        leaf.say(value, value)
        self.out.write(f"<code>{escape(value)}</code>")

    def math(self, tex: str, start: int, end: int, *, display: bool) -> None:
        """Write a formula."""
        leaf = self.open_leaf(start, end)
        if not display:
            leaf.say(tex, tex)
        self.out.write(math_html(tex, display=display))

    def soft_break(self, start: int, end: int) -> None:
        """Write a line end that is a blank to the reader."""
        self.open_leaf(start, end).say(" ", " ")
        self.out.chunks.append("\n")

    def hard_break(self, start: int, end: int) -> None:
        """Write a line break."""
        self.open_leaf(start, end).say(" ", " ")
        self.out.write("<br />\n")

    def inline_html(self, html: str, start: int, end: int) -> None:
        """Write a tag; a comment goes, but may allow something."""
        leaf = self.open_leaf(start, end)
        if html.startswith("<!--"):
            if rules := raw_html.allowed_rules(html):
                self.allow(rules, leaf.start, leaf.end)
            return
        self.raw(html, start)

    def raw(self, html: str, start: int) -> None:
        """Write the author's HTML, its addresses taken out as links and its ids as anchors."""
        self.has_raw_html = True
        html = raw_html.without_marks(html)
        self.anchors.extend(raw_html.ids(html))
        if "=" in html or _ASIDE.search(html):
            self.raw_html.append(RawHtml(html, self.places.position(start)))
        parts, at = [], 0
        for address in raw_html.addresses(html):
            if not address.value:
                continue
            where = (start + len(html[: address.start].encode()), start + len(html[: address.end].encode()))
            link = markdown_link(LinkKind.HTML, address.value, "", self.places, where, where[0], self.source)
            index = self.record(link, self.leaf, "")
            if not is_external(address.value):
                parts += [html[at : address.start], raw_html.address_token(index)]
                at = address.end
        self.out.chunks.append(Raw("".join([*parts, html[at:]])))
        self.out.fresh = html.endswith("\n")

    def allow(self, rules: tuple[str, ...], start: int, end: int, *, above_all: bool = False) -> None:
        """Silence rules in a range, and `above_all` in the head and of the whole file too."""
        first = 1 if above_all else self.places.position(start).line
        last = self.places.position(max(start, end - 1)).line
        self.allowances.append(Allowance(rules, first, last))

    def footnote_reference(self, label: str, start: int, end: int) -> None:
        """Write the raised number of a footnote."""
        self.open_leaf(start, end)
        self.out.write(self.footnotes.reference(label))

    def start_simple(self, name: str, start: int, end: int) -> bool:
        """Open emphasis and the like; say whether it was one."""
        if tag := _SIMPLE_TAGS.get(name):
            self.open_leaf(start, end)
            self.out.write(f"<{tag}>")
            self._depth += 1
            return True
        return False

    def end_simple(self, name: str) -> bool:
        """Close emphasis and the like; say whether it was one."""
        if tag := _SIMPLE_TAGS.get(name):
            self._depth -= 1
            self.out.write(f"</{tag}>")
            return True
        return False

    def record(self, link: Link, leaf: Leaf | None, words: str) -> int:
        """Keep a link and return its index; `words` are those it shows."""
        index = len(self.links)
        self.links.append(link)
        if leaf:
            leaf.links.append((index, leaf.length, leaf.length + len(words)))
        return index

    def end_mark(self) -> None:
        """Leave a `==` that never closes as it is."""
        self._mark = None
