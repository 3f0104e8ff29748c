"""What a fetched page says: its title, its anchors, its words, and where it sends its reader.

Reads bytes that strangers wrote: one pass over the tags, linear in their length, that never raises.  It is no
HTML parser; it knows just enough (comments, scripts, quotes) not to be taken in by what is no tag.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from inquiry.check.external.answers import Fragment, Presence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9:-]*+)((?:[^<>"']|"[^"]*+"|'[^']*+')*+)>|<!--""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?""")
_UNREAD = frozenset({"script", "style", "template", "textarea", "iframe"})
"""Elements whose content is not part of the page."""
_NAMING = frozenset({"title", "h1"})
"""Elements that say what a page is called, the first of each."""
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p "
    "pre section table td th tr ul".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3"})
_CHARSET = re.compile(rb"""<meta[^<>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\b|<body\b", re.IGNORECASE)
_TITLE_END = re.compile(rb"</title\s*>", re.IGNORECASE)
_REFRESH = re.compile(r"\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_PATIENT_REFRESH = 10
"""Seconds from which on a page that sends its reader on has something to say by itself."""
_LINES = re.compile(
    r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|(?:issuecomment|discussion|diff|pullrequestreview|commitcomment)[-_].+"
)
"""Anchors that code hosts make by a script."""
_FEW_WORDS = 200
"""Characters of text below which a page with scripts and without a heading is taken to be made by them."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of HTML says."""

    title: str = ""
    """Its title, else its first main heading."""
    ids: frozenset[str] = frozenset()
    text: str = ""
    """Its visible words, blanks folded."""
    refresh: str = ""
    """Where it sends its reader at once; empty for nowhere."""
    scripted: bool = False
    """Whether it has scripts and no heading."""
    complete: bool = True
    """Whether it was read to its end."""

    @property
    def is_shell(self) -> bool:
        """Whether scripts make nearly everything that a reader sees."""
        return self.scripted and len(self.text) < _FEW_WORDS


def decoded(body: bytes, content_type: str) -> str:
    """Decode a page as browsers do: byte order mark, header, `meta`, else UTF-8; what does not fit is replaced."""
    if body.startswith(b"\xef\xbb\xbf"):
        return body[3:].decode("utf-8", errors="replace")
    declared = _HEADER_CHARSET.search(content_type)
    inside = _CHARSET.search(body[:4096])
    name = declared[1] if declared else inside[1].decode("ascii") if inside else "utf-8"
    try:
        return body.decode(name, errors="replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", errors="replace")


def has_head(body: bytes | bytearray) -> bool:
    """Tell whether the beginning of a page says what it is called, and all else that stands in a head."""
    return _head_end(body) > 0


def _head_end(body: bytes | bytearray) -> int:
    end = _HEAD_END.search(body)
    return end.start() if end and _TITLE_END.search(body, 0, end.start()) else 0


def head_of(body: bytes) -> bytes:
    """Cut a page behind its head, so that what is read of it does not depend on how much of the rest has come.

    A page that has no title there may say below what it is called, so it is left as it is.
    """
    return body[: _head_end(body) or None]


def read_page(html: str, *, complete: bool = True) -> Page:
    """Read a page, or the beginning of one."""
    ids: set[str] = set()
    words: list[str] = []
    named: dict[str, str] = {}
    refresh, scripted, headed = "", False, False
    for kind, name, attributes, text in _parts(html):
        if kind == "text":
            words.append(text)
            continue
        for attribute in ("id", "name") if name == "a" else ("id",):
            if value := attributes.get(attribute):
                ids.add(value)
        if name == "script":
            scripted = True
        elif name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            refresh = refresh or _sent_on(attributes.get("content", ""))
        elif text and name in _NAMING:
            named.setdefault(name, " ".join(text.split()))
        elif name in _BLOCKS:
            words.append(" ")
        headed = headed or name in _HEADINGS
    title = named.get("title") or named.get("h1", "")
    return Page(title, frozenset(ids), " ".join("".join(words).split()), refresh, scripted and not headed, complete)


def _parts(html: str) -> Iterator[tuple[str, str, Mapping[str, str], str]]:
    """Walk a page: its texts, and its opening tags with their attributes (and for titles, their words)."""
    at = 0
    nothing: dict[str, str] = {}
    unnamed = set(_NAMING)
    while found := _TAG.search(html, at):
        if found.start() > at:
            yield "text", "", nothing, unescape(html[at : found.start()])
        at = found.end()
        if found[0] == "<!--":
            end = html.find("-->", at)
            at = end + 3 if end >= 0 else len(html)
            continue
        name, words = found[2].lower(), ""
        if not found[1] and name in unnamed:
            unnamed.discard(name)
            end = _behind(html, name, at)
            words = unescape(_TAG.sub(" ", html[at:end]))
            at = end if name == "title" else at
        elif not found[1] and name in _UNREAD:
            at = _behind(html, name, at)
        yield "tag", name, nothing if found[1] else _attributes(found[3]), words
    yield "text", "", nothing, unescape(html[at:])


def _behind(html: str, name: str, at: int) -> int:
    """Find where an element ends that is not looked into; an unclosed one has all the rest."""
    found = re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE).search(html, at)
    return found.end() if found else len(html)


def _attributes(text: str) -> Mapping[str, str]:
    """Read attributes; of two with one name the first counts."""
    read: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(text):
        read.setdefault(name.lower(), unescape(next(filter(None, values), "")))
    return read


def _sent_on(content: str) -> str:
    found = _REFRESH.match(content)
    return found[2].strip() if found and int(found[1]) < _PATIENT_REFRESH else ""


def look_for(fragment: str, page: Page | None) -> Fragment:
    """Say whether what a fragment names is on a page; None is no page of HTML, where fragments mean other things."""
    anchor, mark, directive = fragment.partition(":~:")
    if page is None:
        return Fragment(fragment, Presence.UNKNOWN)
    if mark:
        if directive.startswith("text=") and not _has_text(fragment, page.text):
            return Fragment(fragment, _absence(page), words=True)
        if not anchor:
            return Fragment(fragment, Presence.THERE)
    name = unquote(anchor)
    if _is_there(name, anchor, page):
        return Fragment(fragment, Presence.THERE)
    if "=" in name or name.startswith(("/", "!")) or _LINES.fullmatch(name):
        return Fragment(fragment, Presence.UNKNOWN)
    from difflib import get_close_matches  # noqa: PLC0415 -- few runs come here

    near = get_close_matches(name, sorted(page.ids), n=1, cutoff=0.7)
    return Fragment(fragment, _absence(page), near[0] if near else "")


def _is_there(name: str, written: str, page: Page) -> bool:
    """Look for an anchor as browsers do, and as code hosts write them."""
    return name.lower() in {"", "top"} or not page.ids.isdisjoint({name, written, f"user-content-{name}"})


def _absence(page: Page) -> Presence:
    """Say what not finding something on a page means."""
    return Presence.MISSING if page.complete and not page.is_shell else Presence.UNKNOWN


def _has_text(fragment: str, text: str) -> bool:
    """Tell whether all text directives of a fragment are found on a page, compared as browsers do."""
    from inquiry.check.text_fragments import folded, quotes_in  # noqa: PLC0415 -- few runs come here

    words = folded(text)
    return all(quote.stands_in(words) for quote in quotes_in(unquote(fragment)))
