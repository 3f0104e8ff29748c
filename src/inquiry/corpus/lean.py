"""The lean parse: what a body links to and what can be linked in it, without its HTML and its words.

A checker needs no page, and writing one takes most of a parse.  What is uncommon (raw HTML, comments, footnotes,
callouts, embeds, passages, reference definitions, bare addresses, anything at fault) is left to the full parse:
then the lean one gives None.  Where it gives a body, both agree on all that it holds, and a property test says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyromark

from inquiry.corpus.body import Body, Heading, Link, LinkKind
from inquiry.corpus.dialect import OPTIONS
from inquiry.corpus.places import Places
from inquiry.corpus.slugs import heading_slug, unique_slug
from inquiry.corpus.written import (
    CITATION_MARK,
    TYPOGRAPHIC,
    citations,
    cited_links,
    link_type,
    markdown_link,
    wikilink,
)

_UNCOMMON = ("%%", "==", "[^", "[!", "[.", "![[", "]:", "\0", "\ufdd0")
"""What only the full parse reads: comments, marks, footnotes, callouts, the author's own thoughts, embeds,
definitions, and the characters that it keeps for itself."""
_PASSAGE = re.compile(r"(?<![\w$})])\^\w")
_ENTITY = re.compile(r"&[#\w]+;")
_UNCOMMON_EVENTS = frozenset({"InlineHtml", "Html", "FootnoteReference"})
_UNCOMMON_BLOCKS = frozenset({"HtmlBlock", "FootnoteDefinition", "MetadataBlock"})

Event = tuple[Any, dict[str, int]]


Events = Iterator[tuple[Any, Any]]
"""What the parser yields: an event, and its byte range as `{"start": …, "end": …}`."""


class _UncommonError(Exception):
    """The body holds something that only the full parse reads."""


def parse_lean(text: str, *, first_line: int = 1) -> Body | None:
    """Parse the links, headings and anchors of a note's or a line's Markdown; None where that takes a full parse.

    Args:
        text: The body, LF line ends.
        first_line: Line of the file on which the body begins.
    """
    if _is_uncommon(text):
        return None
    undefined: list[str] = []

    def on_undefined(link: pyromark.event.BrokenLink) -> tuple[str, str] | None:
        reference = link["reference"]
        if citations(reference):
            return (CITATION_MARK, "")
        if link["link_type"] in {"Reference", "Collapsed"}:
            undefined.append(reference)
        return None

    reader = _Reader(text, Places(text, (), first_line))
    try:
        reader.read(pyromark.events_with_range(text, options=OPTIONS, broken_link_callback=on_undefined))
    except _UncommonError:
        return None
    return None if undefined else reader.body()


def _is_uncommon(text: str) -> bool:
    """Tell at a glance what the lean parse would not read rightly; searching for letters costs least."""
    if any(mark in text for mark in _UNCOMMON):
        return True
    return ("^" in text and bool(_PASSAGE.search(text))) or ("&" in text and bool(_ENTITY.search(text)))


class _Reader:
    """Reads events; whatever it does not know makes it give up."""

    __slots__ = ("anchors", "headings", "is_blank", "links", "places", "quotes", "slugs", "source", "title")

    def __init__(self, text: str, places: Places) -> None:
        self.source = text.encode()
        self.places = places
        self.links: list[Link] = []
        self.headings: list[Heading] = []
        self.anchors: list[str] = []
        self.slugs: set[str] = set()
        self.quotes = 0
        self.title = ""
        self.is_blank = True

    def body(self) -> Body:
        """Hand over what was read."""
        return Body(
            links=tuple(self.links),
            headings=tuple(self.headings),
            anchors=frozenset(self.anchors),
            title=self.title,
            is_blank=self.is_blank,
        )

    def read(self, events: Events) -> None:
        """Read all events: one loop without a call for words, of which there are most."""
        for event, where in events:
            if type(event) is str:
                self.is_blank = self.is_blank and event != "Rule"
                continue
            name, value = event.popitem()
            if name == "Text":
                if "[" in value or "http" in value:
                    self._look_at(value, where["start"])
            elif name == "Start":
                self._start(value, where, events)
            elif name == "End":
                if type(value) is not str and "BlockQuote" in value:
                    self.quotes -= 1
            elif name in _UNCOMMON_EVENTS:
                raise _UncommonError

    def _start(self, tag: Any, where: Any, events: Events) -> None:
        name, value = (tag, {}) if type(tag) is str else tag.popitem()
        if name == "Heading":
            self._heading(value, where, events)
            return
        self.is_blank = False
        if name in {"Link", "Image"}:
            self._link(name, value, where["start"], where["end"], events)
        elif name == "CodeBlock":
            for event, _ in events:
                if type(event) is dict and event.get("End") == "CodeBlock":
                    return
        elif name == "BlockQuote":
            self.quotes += 1
        elif name in _UNCOMMON_BLOCKS:
            raise _UncommonError

    def _look_at(self, value: str, start: int) -> None:
        """Give up where words may be a bare address or a link that never closes."""
        if "http" in value or b"[[" in self.source[max(0, start - 1) : start + len(value.encode()) + 1]:
            raise _UncommonError

    def _link(self, name: str, tag: dict[str, Any], start: int, end: int, events: Events) -> None:
        """Read a link or a picture to its end; one inside the other is uncommon."""
        words: list[str] = []
        behind = start + 1
        is_address = tag["link_type"] == "Autolink"
        for event, where in events:
            if type(event) is str:
                words.append(" ")
            else:
                kind, value = event.popitem()
                if kind in {"Text", "Code"}:
                    words.append(value)
                    if kind == "Text" and not is_address and ("[" in value or "http" in value):
                        self._look_at(value, where["start"])
                elif kind == "End":
                    if value == name:
                        break
                elif type(value) is dict or kind in _UNCOMMON_EVENTS:
                    raise _UncommonError
            behind = where["end"]
        self._record(name, tag, "".join(words), (start, end), behind)

    def _record(self, name: str, tag: dict[str, Any], words: str, where: tuple[int, int], behind: int) -> None:
        kind = link_type(tag)
        if tag["dest_url"] == CITATION_MARK:
            if name == "Image":
                raise _UncommonError
            named = words if kind == "ReferenceUnknown" else ""
            self.links.extend(cited_links(tag["id"], named, self.places, where, self.source))
            return
        if kind == "WikiLink":
            if name == "Image" or self.source.startswith(b"(", where[1]):
                raise _UncommonError
            named = words if tag["link_type"]["WikiLink"]["has_pothole"] else ""
            self.links.append(wikilink(LinkKind.WIKILINK, tag["dest_url"], named, self.places, where))
            return
        destination = f"mailto:{tag['dest_url']}" if kind == "Email" else tag["dest_url"]
        written = LinkKind.MARKDOWN
        if name == "Image":
            written = LinkKind.IMAGE
        elif kind in {"Autolink", "Email"}:
            written = LinkKind.AUTOLINK
        self.links.append(markdown_link(written, destination, words, self.places, where, behind, self.source))

    def _heading(self, tag: dict[str, Any], where: Any, events: Events) -> None:
        """Read a heading to its end; a link in it is uncommon."""
        typed: list[str] = []
        for event, at in events:
            if type(event) is str:
                typed.append(" ")
                continue
            kind, value = event.popitem()
            if kind == "Text":
                if "[" in value or "http" in value:
                    self._look_at(value, at["start"])
                is_typographic = value in TYPOGRAPHIC
                typed.append(self.source[at["start"] : at["end"]].decode() if is_typographic else value)
            elif kind in {"Code", "InlineMath"}:
                typed.append(value)
            elif kind == "End" and type(value) is dict:
                break
            elif type(value) is dict or kind in _UNCOMMON_EVENTS:
                raise _UncommonError
        self._keep(tag, " ".join("".join(typed).split()), where)

    def _keep(self, tag: dict[str, Any], typed: str, where: Any) -> None:
        name = tag["id"] or unique_slug(heading_slug(typed), self.slugs)
        self.slugs.add(name)
        self.anchors.append(name)
        level, start = int(tag["level"][1]), where["start"]
        if not self.headings and level == 1 and not self.quotes:
            self.title = typed
        else:
            self.is_blank = False
        self.headings.append(Heading(level, typed, name, self.places, start, max(start, where["end"] - 1)))
