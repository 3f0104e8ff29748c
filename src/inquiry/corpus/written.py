"""Links as written: from a parser event to a `Link` with exact places."""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from inquiry.corpus.body import Link, LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.corpus.places import Places

CITATION_MARK = "inquiry-citation:"
"""Destination that stands for a citation while the parser runs."""
OWN_MARK = "inquiry-own:"
"""Destination that stands for the mark of an author's own thought while the parser runs."""
TYPOGRAPHIC = frozenset("“”‘’–—…")
"""What the parser prints for quotes, dashes and dots as they are typed."""

_CITED = re.compile(
    r"(?:^|;)\s*(?P<before>(?:see|cf\.?|e\.g\.,?)\s+|-)?@\{?(?P<key>[^\s;,{}\[\]]+?)\}?(?P<rest>[,\s][^;]*)?(?=;|$)"
)
_SCHEME = re.compile(r"^(?:[A-Za-z][A-Za-z0-9+.-]+:|//)")
_INLINE_TARGET = re.compile(rb"\]\(\s*<?")
WIKILINK = r"(?<!\\)(!?)\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\](?![(\[])"
"""`[[target|words]]` in an ordinary page, which has no parser of its own for it: bang, target, words."""
CITATION = r"(?<!\\)\[([^\[\]\n]*@[^\[\]\n]+)\](?![(\[:])"
"""`[@key]` likewise."""
PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|mp4|webm|ogv|mov|mp3|wav|ogg|m4a|flac|pdf)$", re.IGNORECASE)
"""File names that an embed shows as what they are rather than as a note."""


class Cited(NamedTuple):
    """One key of a `[@…]` group."""

    key: str
    locator: str
    start: int
    """First character of `@key` within the brackets' content."""
    end: int
    before: str = ""
    """What stands in front of it, as in `see`."""


def citations(reference: str) -> tuple[Cited, ...]:
    """Read the content of `[…]` as citations; empty when it is none.

    >>> [(c.key, c.locator) for c in citations("@okafor2019, p. 3; @lindh2021")]
    [('okafor2019', 'p. 3'), ('lindh2021', '')]
    >>> citations("mail @me")
    ()
    """
    if "@" not in reference:
        return ()
    found: list[Cited] = []
    at = 0
    for match in _CITED.finditer(reference):
        if match.start() != at:
            return ()
        at = match.end()
        start = reference.rindex("@", match.start(), match.start("key"))
        locator = (match["rest"] or "").lstrip(",").strip()
        before = (match["before"] or "").strip(" -")
        found.append(Cited(match["key"], locator, start, match.end("key"), before))
    return tuple(found) if at == len(reference) else ()


def is_own_mark(reference: str) -> bool:
    """Tell whether `[…]` is the mark by which an author answers for a paragraph that cites nothing."""
    return reference == ".own"


def is_external(target: str) -> bool:
    """Whether a target is a URL rather than a path; a Windows drive (`C:`) is a path."""
    return (":" in target or target.startswith("//")) and bool(_SCHEME.match(target))


def markdown_link(
    kind: LinkKind,
    destination: str,
    text: str,
    places: Places,
    where: tuple[int, int],
    inner_end: int,
    source: bytes,
) -> Link:
    """Make a link of `[text](destination)`, `![alt](destination)`, a reference or an autolink."""
    start, end = where
    target, _, fragment = destination.partition("#")
    if is_external(destination):
        target, fragment = destination, ""
    elif "%" in destination:
        target, fragment = unquote(target), unquote(fragment)
    target, fragment = intern(target), intern(fragment)  # many links name one thing
    target_start, target_end = start, end
    if source.startswith(b"](", inner_end) and source[inner_end + 2 : end - 1] == destination.encode():
        target_start, target_end = inner_end + 2, end - 1  # as most are: bare and without a title
    elif opening := _INLINE_TARGET.match(source, inner_end, end):
        target_start, target_end = opening.end(), end - 1
        written = source[target_start:target_end].decode()
        bare = written.split(">")[0] if opening[0].endswith(b"<") else (written.split(maxsplit=1) or [""])[0]
        target_end = target_start + len(bare.encode())
    return Link(kind, target, fragment, text, places, start, end, target_start, target_end)


def wikilink(kind: LinkKind, destination: str, text: str, places: Places, where: tuple[int, int]) -> Link:
    """Make a link of `[[target#fragment|text]]`."""
    start, end = where
    opening = 3 if kind is LinkKind.EMBED else 2
    written = destination.rstrip("\\")
    target, _, fragment = written.partition("#")
    target_start = start + opening
    target_end = target_start + len(written.encode())
    name = " ".join(target.split())
    return Link(kind, name, fragment.strip(), text, places, start, end, target_start, target_end)


def cited_links(reference: str, text: str, places: Places, where: tuple[int, int], source: bytes) -> Iterator[Link]:
    """Make a link of each key in `[@key; @other, p. 3]`; the span of each is its own `@key`."""
    start, end = where
    content = source.rindex(reference.encode(), start, end) if reference.encode() in source[start:end] else start + 1
    for cited in citations(reference):
        first = content + len(reference[: cited.start].encode())
        last = content + len(reference[: cited.end].encode())
        yield Link(LinkKind.CITATION, cited.key, "", text, places, first, last, first, last, locator=cited.locator)


def link_type(tag: dict[str, Any]) -> str:
    """Name how a parser's link was written: `WikiLink`, `Inline`, `Shortcut`, …."""
    kind = tag["link_type"]
    return kind if isinstance(kind, str) else next(iter(kind))


def spoken(link: Link) -> str:
    """Give the words that a wikilink without words of its own stands for in a plain sentence.

    A note's sentence runs through its links ("see the starter and [[its-feeding]]"), where the title that is shown
    is not known yet; the target's own words keep the sentence whole.
    """
    name = link.target.rpartition("/")[2].removesuffix(".md") or link.fragment.rpartition("#")[2].lstrip("^")
    return name if " " in name else name.replace("-", " ").replace("_", " ")
