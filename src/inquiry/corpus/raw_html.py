"""Raw HTML in notes: its addresses become links, its ids anchors, and the rest goes through an allow-list."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from inquiry.corpus.body import Slot, SlotKind
from inquiry.corpus.output import Raw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OPEN, _SHUT = "\ufdd0", "\ufdd1"
"""Noncharacters: they stand for what is ours while the author's HTML is cleaned; no text may hold them."""
_TOKEN = re.compile(f"{_OPEN}([CL])(\\d+){_SHUT}")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<[A-Za-z][^<>]*(?:\"[^\"]*\"[^<>]*|'[^']*'[^<>]*)*>")
_ADDRESS = re.compile(r"""\s(?:href|src|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""", re.IGNORECASE)
_ID = re.compile(r"""\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""", re.IGNORECASE)
_ALLOW = re.compile(r"<!--\s*inquiry:\s*allow\s+([^<>]*?)\s*-->")

_SWALLOWING = re.compile(
    r"</?(?:iframe|math|noembed|noframes|noscript|plaintext|script|select|style|svg|template|textarea|title|xmp)\b[^>]*>",
    re.IGNORECASE,
)
"""Tags that would make a parser read the text behind them as something else than HTML."""

_TAGS = frozenset(
    """
    a abbr article aside audio b bdi bdo blockquote br caption center cite code col colgroup dd del details dfn div dl
    dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p picture pre q rp rt ruby s
    samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video
    wbr
    """.split()
)
_EVERYWHERE = frozenset({"align", "aria-hidden", "aria-label", "class", "dir", "id", "lang", "role", "title"})
_ATTRIBUTES = {
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height", "loading"},
    "source": {"src", "srcset", "type", "media"},
    "video": {"src", "poster", "controls", "width", "height", "loop", "muted"},
    "audio": {"src", "controls"},
    "track": {"src", "kind", "srclang", "label"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
    "details": {"open"},
    "time": {"datetime"},
    "col": {"span"},
    "blockquote": {"cite"},
}


class Address(NamedTuple):
    """An address in raw HTML."""

    value: str
    """Unescaped."""
    start: int
    """First character within the chunk."""
    end: int


def without_comments(html: str) -> str:
    """Drop comments; they are the author's, never the reader's."""
    return _COMMENT.sub("", html) if "<!--" in html else html


def allowed_rules(html: str) -> tuple[str, ...]:
    """Give the rules that `<!-- inquiry: allow … -->` comments name.

    >>> allowed_rules("<!-- inquiry: allow dangling-link, wrong-case -->")
    ('dangling-link', 'wrong-case')
    """
    return tuple(
        rule for match in _ALLOW.finditer(html) for rule in match[1].replace(",", " ").split(" -- ")[0].split()
    )


def addresses(html: str) -> Iterator[Address]:
    """Find the addresses of tags, in order."""
    for tag in _TAG.finditer(html):
        for match in _ADDRESS.finditer(tag[0]):
            group = match.lastindex or 1
            start, end = match.span(group)
            yield Address(unescape(match[group]), tag.start() + start, tag.start() + end)


def ids(html: str) -> Iterator[str]:
    """Find what fragments can name."""
    for tag in _TAG.finditer(html):
        for match in _ID.finditer(tag[0]):
            yield unescape(match[match.lastindex or 1])


def address_token(link: int) -> str:
    """Stand for the address of a link until the page is made."""
    return f"{_OPEN}L{link}{_SHUT}"


def holds_address(chunk: str | Slot) -> bool:
    """Tell whether a chunk is the author's HTML with an address in it."""
    return isinstance(chunk, Raw) and _TOKEN.search(chunk) is not None


def without_marks(html: str) -> str:
    """Replace the characters that stand for what is ours by one of the same length."""
    return html.replace(_OPEN, "\ufffd").replace(_SHUT, "\ufffd")


def cleaned(chunks: Sequence[str | Slot], *, trusted: bool) -> list[str | Slot]:
    """Put the author's HTML through the allow-list, leaving ours untouched.

    The whole body is cleaned at once, so that tags which open in one place and close in another stay in balance.
    Should the author's HTML swallow any of the text around it, all of the author's HTML goes instead.
    """
    if trusted:
        return [part for chunk in chunks for part in (_split(chunk, []) if isinstance(chunk, Raw) else (chunk,))]
    import nh3  # noqa: PLC0415 - only bodies with raw HTML pay for it

    ours: list[str | Slot] = []
    text: list[str] = []
    for chunk in chunks:
        if isinstance(chunk, Raw):
            text.append("" if _SWALLOWING.fullmatch(chunk) else chunk)
        else:
            text.append(f"{_OPEN}C{len(ours)}{_SHUT}")
            ours.append(chunk)
    safe = nh3.clean(
        "".join(text),
        tags=set(_TAGS),
        attributes={"*": set(_EVERYWHERE), **{tag: set(names) for tag, names in _ATTRIBUTES.items()}},
        link_rel=None,
    )
    kept = [int(number) for mark, number in _TOKEN.findall(safe) if mark == "C"]
    if kept != list(range(len(ours))):
        return ours
    return _split(safe, ours)


def _split(html: str, ours: Sequence[str | Slot]) -> list[str | Slot]:
    parts: list[str | Slot] = []
    at = 0
    for match in _TOKEN.finditer(html):
        if match.start() > at:
            parts.append(html[at : match.start()])
        number = int(match[2])
        parts.append(ours[number] if match[1] == "C" else Slot(SlotKind.SOURCE, number))
        at = match.end()
    if at < len(html):
        parts.append(html[at:])
    return parts


def blanked_comments(html: str) -> str:
    """Blank comments out, so that everything behind them keeps its place."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), html) if "<!--" in html else html
