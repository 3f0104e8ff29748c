"""Tags of HTML and what they refer to, each with its place.

One scanner for three kinds of text: raw HTML in notes, the HTML that MkDocs would make of an ordinary page, and
that page's Markdown, in which it only proposes.  Tags are found one by one; no tree is built, because links need
none and broken HTML has none.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from inquiry.check.styles import style_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(
    r"""<(?P<slash>/?)(?P<name>[A-Za-z][^\s/<>]*+)(?P<rest>(?:[^<>"']++|"[^"]{0,9999}+"|'[^']{0,9999}+')*+)>""",
    re.DOTALL,
)
_TAG_OR_COMMENT = re.compile(rf"(?P<comment><!--.*?(?:-->|\Z))|{_TAG.pattern}", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
_QUOTES = re.compile("&(?:quot|apos|#34|#39);")
"""Quotes within an attribute."""
_CANDIDATE = re.compile(r"[^\s,]\S*[^\s,]|[^\s,]")
_WITHOUT_TAGS = frozenset({"script", "style", "textarea", "title", "xmp", "noembed", "noframes", "plaintext"})
"""Elements whose content is text to a browser, whatever it looks like."""


class Attribute(NamedTuple):
    """An attribute with a value."""

    name: str
    """In lower case."""
    value: str
    """Unescaped."""
    raw: str
    """As written."""
    start: int
    """First character of the value in the text."""


class Tag(NamedTuple):
    """An opening or closing tag."""

    name: str
    """In lower case."""
    closing: bool
    attributes: tuple[Attribute, ...]
    start: int
    end: int
    """Behind the tag, or behind the text of an element that holds text only."""
    content: str = ""
    """What stands inside an element that holds text only, as `<style>` does."""
    content_start: int = 0

    def get(self, name: str) -> str:
        """Give the value of an attribute; empty when it is not there."""
        return next((one.value for one in self.attributes if one.name == name), "")


class Role(Enum):
    """What a reference is for."""

    LINK = auto()
    """Leads a reader somewhere."""
    RESOURCE = auto()
    """Is fetched for the page: a picture, a film, a script."""
    ELEMENT = auto()
    """Names an element of the same page by its id."""
    DRAWING = auto()
    """Names a part of a drawing: `<use href="#leaf">`."""
    ID = auto()
    """Gives an element its name."""


class Reference(NamedTuple):
    """An address or an id in a tag."""

    role: Role
    value: str
    raw: str
    """As written, without what follows it in a list."""
    start: int
    """First character in the text."""


_ROLES = {
    ("a", "href"): Role.LINK,
    ("area", "href"): Role.LINK,
    ("a", "xlink:href"): Role.LINK,
    ("link", "href"): Role.RESOURCE,
    ("object", "data"): Role.RESOURCE,
    ("body", "background"): Role.RESOURCE,
    ("use", "href"): Role.DRAWING,
    ("use", "xlink:href"): Role.DRAWING,
    ("image", "href"): Role.RESOURCE,
    ("image", "xlink:href"): Role.RESOURCE,
    ("video", "poster"): Role.RESOURCE,
    ("label", "for"): Role.ELEMENT,
    ("output", "for"): Role.ELEMENT,
    ("input", "list"): Role.ELEMENT,
    ("a", "name"): Role.ID,
} | {(name, "src"): Role.RESOURCE for name in "img script source video audio track iframe embed input".split()}
_ELEMENT_LISTS = frozenset({"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details"})
_HINTS = frozenset({"preconnect", "dns-prefetch", "alternate"})
"""Relations of `<link>` that ask for nothing, or that name an address of another kind of site."""
TELLING = frozenset({name for _, name in _ROLES} | _ELEMENT_LISTS | {"srcset", "imagesrcset", "id", "style"})
"""Attributes that may refer to something."""


def tags(html: str) -> Iterator[Tag]:
    """Find the tags of HTML in order; comments and the content of scripts hold none."""
    at = 0
    while match := _TAG_OR_COMMENT.search(html, at):
        at = match.end()
        if match["comment"]:
            continue
        tag = _tag(match)
        if tag.name in _WITHOUT_TAGS and not tag.closing:
            end = re.compile(rf"</{re.escape(tag.name)}", re.IGNORECASE).search(html, at)
            stop = end.start() if end else len(html)
            tag = tag._replace(end=stop, content=html[at:stop], content_start=at)
            at = stop
        yield tag


def proposed_tags(text: str) -> Iterator[Tag]:
    """Find everything in Markdown that could be a tag, whether it stands in code or in a comment."""
    yield from map(_tag, _TAG.finditer(text))


def references(tag: Tag) -> Iterator[Reference]:
    """List what a tag refers to, and its id."""
    if tag.closing:
        return
    if tag.name == "style":
        for address in style_addresses(tag.content):
            yield Reference(Role.RESOURCE, address.value, address.value, tag.content_start + address.start)
    for one in tag.attributes:
        if one.name in TELLING:
            yield from _attribute_references(tag, one)


def _attribute_references(tag: Tag, one: Attribute) -> Iterator[Reference]:
    if one.name == "style":
        for address in style_addresses(_QUOTES.sub(lambda quote: unescape(quote[0]).rjust(len(quote[0])), one.raw)):
            yield Reference(
                Role.RESOURCE, unescape(address.value.rstrip()), address.value.rstrip(), one.start + address.start
            )
    elif one.name == "id":
        yield Reference(Role.ID, one.value, one.raw, one.start)
    elif one.name in {"srcset", "imagesrcset"}:
        for start, raw in _candidates(one.raw):
            yield Reference(Role.RESOURCE, unescape(raw), raw, one.start + start)
    elif one.name in _ELEMENT_LISTS:
        for match in re.finditer(r"\S+", one.raw):
            yield Reference(Role.ELEMENT, unescape(match[0]), match[0], one.start + match.start())
    elif (role := _ROLES.get((tag.name, one.name))) and not (tag.name == "link" and _is_hint(tag)):
        yield Reference(role, one.value, one.raw, one.start)


def _is_hint(tag: Tag) -> bool:
    return not _HINTS.isdisjoint(tag.get("rel").lower().split())


def _candidates(srcset: str) -> Iterator[tuple[int, str]]:
    """Split a `srcset`: an address, perhaps blanks and a size, a comma; an address may hold commas itself."""
    at = 0
    while match := _CANDIDATE.search(srcset, at):
        yield match.start(), match[0]
        comma = srcset.find(",", match.end())
        if comma < 0:
            return
        at = comma + 1


def _tag(match: re.Match[str]) -> Tag:
    first = match.start("rest")
    attributes = []
    for found in _ATTRIBUTE.finditer(match["rest"]):
        group = found.lastindex or 1
        raw = found[group]
        attributes.append(Attribute(found[1].lower(), unescape(raw), raw, first + found.start(group)))
    return Tag(match["name"].lower(), bool(match["slash"]), tuple(attributes), match.start(), match.end())
