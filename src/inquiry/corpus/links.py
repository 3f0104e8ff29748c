"""Links, citations, pictures and embeds inside a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inquiry.corpus.body import LinkKind, SlotKind
from inquiry.corpus.inline import InlineWriter
from inquiry.corpus.output import escape, escape_url
from inquiry.corpus.written import (
    CITATION_MARK,
    OWN_MARK,
    PICTURE,
    citations,
    cited_links,
    is_external,
    link_type,
    markdown_link,
    spoken,
    wikilink,
)

if TYPE_CHECKING:
    from inquiry.corpus.body import Link
    from inquiry.corpus.leaf import Leaf


_PATH_BEHIND = re.compile(rb"\((?P<path>[^\s()<>]+)\)")
"""A path in parentheses, right behind what looks like a wikilink."""


class LinkWriter(InlineWriter):
    """Writes links; what depends on other documents becomes slots."""

    def start_link(self, tag: dict[str, Any], at: int, start: int, end: int) -> int:
        """Open a link and return the index of the last event that has been dealt with."""
        leaf = self.open_leaf(start, end)
        words, inner_end, last = self._inside(at)
        kind = link_type(tag)
        if tag["dest_url"] == CITATION_MARK:
            return self._citation(tag, words, at, last, (start, end))
        if tag["dest_url"] == OWN_MARK:
            return last  # what the author says to the checker is not published
        if kind == "WikiLink" and (path := _PATH_BEHIND.match(self.source, end)):
            return self._bracketed(leaf, start, end, path, last)
        if kind == "WikiLink":
            has_words = tag["link_type"]["WikiLink"]["has_pothole"]
            link = wikilink(LinkKind.WIKILINK, tag["dest_url"], words if has_words else "", self.places, (start, end))
            return self._open(link, leaf, at, last, bare=not has_words)
        destination = f"mailto:{tag['dest_url']}" if kind == "Email" else tag["dest_url"]
        link_kind = LinkKind.AUTOLINK if kind in {"Autolink", "Email"} else LinkKind.MARKDOWN
        link = markdown_link(link_kind, destination, words, self.places, (start, end), inner_end, self.source)
        if is_external(destination) or not destination:
            title = f' title="{escape(tag["title"])}"' if tag["title"] else ""
            safe = "" if _runs_code(destination) else f' href="{escape_url(destination)}"'
            self.open_links.append((self.record(link, leaf, words), False))
            self.out.write(f"<a{safe}{title}>")
            return at
        if tag["title"]:
            link = link._replace(title=tag["title"])
        return self._open(link, leaf, at, last, bare=False)

    def _bracketed(self, leaf: Leaf, start: int, end: int, path: re.Match[bytes], last: int) -> int:
        """Write `[[3]](x.md)`: everywhere else a link whose words are in brackets, as references have them."""
        destination = path["path"].decode()
        words = self.source[start + 1 : end - 1].decode()
        where = (start, path.end())
        link = markdown_link(LinkKind.MARKDOWN, destination, words, self.places, where, end - 1, self.source)
        index = self.record(link, leaf, words)
        leaf.say(words, words)
        self.skip_to = path.end()
        if is_external(destination):
            href = "" if _runs_code(destination) else f' href="{escape_url(destination)}"'
            self.out.write(f"<a{href}>{escape(words)}</a>")
            return last
        self.out.slot(SlotKind.OPEN, index)
        self.out.write(escape(words))
        self.out.slot(SlotKind.CLOSE, index)
        return last

    def _open(self, link: Link, leaf: Leaf, at: int, last: int, *, bare: bool) -> int:
        index = self.record(link, leaf, link.text)
        self.out.slot(SlotKind.OPEN, index)
        if bare:
            self.out.slot(SlotKind.TEXT, index)
            self.out.slot(SlotKind.CLOSE, index)
            start = leaf.length
            if self.cites or link.kind is not LinkKind.WIKILINK:
                leaf.after_citation = True
            else:
                words = spoken(link)
                leaf.say(words, words)
            leaf.bare.append((index, start, leaf.length))
            return last
        self.open_links.append((index, True))
        return at

    def _citation(self, tag: dict[str, Any], words: str, at: int, last: int, where: tuple[int, int]) -> int:
        leaf = self.open_leaf(*where)
        named = bool(words) and link_type(tag) == "ReferenceUnknown"
        made = list(cited_links(tag["id"], words if named else "", self.places, where, self.source))
        if named and len(made) == 1:
            return self._open(made[0], leaf, at, last, bare=False)
        for number, (link, cited) in enumerate(zip(made, citations(tag["id"]), strict=True)):
            if number:
                self.out.write("; ")
            if cited.before:
                self.out.write(f"{escape(cited.before)} ")
            self._open(link, leaf, at, last, bare=True)
        return last

    def end_link(self) -> None:
        """Close the innermost link."""
        if not self.open_links:
            return
        index, slotted = self.open_links.pop()
        if slotted:
            self.out.slot(SlotKind.CLOSE, index)
        else:
            self.out.write("</a>")

    def start_image(self, tag: dict[str, Any], at: int, start: int, end: int) -> int:
        """Write a picture or an embed and return the index of its last event."""
        leaf = self.open_leaf(start, end)
        words, inner_end, last = self._inside(at)
        if tag["dest_url"] in {CITATION_MARK, OWN_MARK}:  # the exclamation mark ends what stands before it
            leaf.say("!", "!")
            self.out.write("!")
            mine = tag["dest_url"] == OWN_MARK
            return last if mine else self._citation(tag, "", at, last, (start + 1, end))
        if link_type(tag) == "WikiLink":
            has_words = tag["link_type"]["WikiLink"]["has_pothole"]
            link = wikilink(LinkKind.EMBED, tag["dest_url"], words if has_words else "", self.places, (start, end))
            self._embed(self.record(link, leaf, ""), picture=bool(PICTURE.search(link.target)))
            return last
        link = markdown_link(LinkKind.IMAGE, tag["dest_url"], words, self.places, (start, end), inner_end, self.source)
        index = self.record(link, leaf, "")
        title = f' title="{escape(tag["title"])}"' if tag["title"] else ""
        self.out.write('<img src="')
        if is_external(tag["dest_url"]):
            self.out.write("" if _runs_code(tag["dest_url"]) else escape_url(tag["dest_url"]))
        else:
            self.out.slot(SlotKind.SOURCE, index)
        self.out.write(f'" alt="{escape(words)}"{title} />')
        return last

    def _embed(self, index: int, *, picture: bool) -> None:
        if picture:
            self.out.slot(SlotKind.EMBED, index)
            return
        if self.out.chunks[-1:] == ["<p>"]:
            self.out.chunks.pop()
        else:
            self.out.write("</p>\n")
        self.out.slot(SlotKind.EMBED, index)
        self.out.write("\n")
        self.out.chunks.append("<p>")

    def _inside(self, at: int) -> tuple[str, int, int]:
        """Read ahead to a link's end: its words, the byte behind its last child, the index of its end event."""
        depth = 1
        words: list[str] = []
        behind = self.events[at][1]["start"] + 1
        for index in range(at + 1, len(self.events)):
            event, where = self.events[index]
            if isinstance(event, dict):
                ((name, value),) = event.items()
                if name == "Start" and isinstance(value, dict) and ("Link" in value or "Image" in value):
                    depth += 1
                elif name == "End" and value in {"Link", "Image"}:
                    depth -= 1
                    if not depth:
                        return "".join(words), behind, index
                elif name in {"Text", "Code"}:
                    words.append(value)
            elif event in {"SoftBreak", "HardBreak"}:
                words.append(" ")
            behind = where["end"]
        return "".join(words), behind, len(self.events) - 1


def _runs_code(url: str) -> bool:
    scheme = url.split(":", 1)[0].strip().lower()
    return scheme in {"javascript", "vbscript"} or (scheme == "data" and not url.lower().startswith("data:image/"))
