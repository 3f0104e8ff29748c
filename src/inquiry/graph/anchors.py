"""Where on a page a fragment leads.

Wikilinks name a heading by its words (`#Known limits`, `#Method#Limits`) or a passage (`#^evidence`); every
other link must give an id exactly, as a browser takes it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inquiry.corpus.slugs import heading_slug
from inquiry.graph.names import slugged
from inquiry.graph.near import NearNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inquiry.corpus.body import Heading
    from inquiry.corpus.model import Document

SECTION_IDS = frozenset(
    {"sources", "next-lines", "disagreement", "cite-this", "cited-by", "linked-from", "related", "relations"}
)
"""Ids of the parts that the page of a note or a line gets below its text."""
_TEXT_DIRECTIVE = ":~:"
_DENDRON_RANGE = re.compile(r"(?:,\d+)?(?::(?:#.*)?)?$", re.DOTALL)
_DENDRON_BEGIN = "^begin"
"""What Dendron calls the top of a note, where a range begins."""
_REPEAT = re.compile(r"(.+)-([1-9]\d{0,3})")
"""How GitHub and Dendron spell the id of a heading whose words stood above already."""


def exact_anchor(document: Document, fragment: str) -> str | None:
    """Judge a fragment as a browser does: ids count exactly, `#top` and text fragments always hold."""
    return fragment if fragment.partition(_TEXT_DIRECTIVE)[0] in SECTION_IDS else _written_anchor(document, fragment)


def _written_anchor(document: Document, fragment: str) -> str | None:
    """Judge a fragment by what the author wrote, without the parts that every page gets."""
    name = fragment.partition(_TEXT_DIRECTIVE)[0]
    holds = not name or name.lower() == "top" or name in document.body.anchors
    return fragment if holds else None


def named_anchor(document: Document, fragment: str) -> str | None:
    """Find what a wikilink's fragment names: a passage, an id, or a heading by its words.

    A path of headings (`A#B`) names the B below A, and any B when none stands there.  Of Dendron's ranges
    (`A,1:#B`) the first heading counts.
    """
    anchor = _named(document, fragment)
    start = _DENDRON_RANGE.sub("", fragment, count=1)
    return _named(document, start) if anchor is None and start not in ("", fragment) else anchor


def _named(document: Document, fragment: str) -> str | None:
    if fragment.startswith("^"):
        return _passage(document, fragment)
    *parents, name = [part.strip() for part in fragment.split("#") if part.strip()] or [""]
    if not parents and (anchor := _written_anchor(document, name)) is not None:
        return anchor
    headings: Sequence[Heading] = document.body.headings
    for parent in parents:
        headings = _below(headings, parent) or headings
    heading = _heading(headings, name) or _heading(document.body.headings, name)
    if heading is not None:
        return heading.id
    if name in document.body.anchors:
        return name
    title = _title_anchor(document, name)
    return _repeated(document.body.headings, name) if title is None else title


def near_anchors(document: Document, fragment: str, *, by_id: bool) -> tuple[str, ...]:
    """Offer headings and passages that were perhaps meant, as one writes them in this kind of link."""
    passages = [(passage.id, f"^{passage.id}") for passage in document.body.passages]
    headings = [(h.text, h.id if by_id else h.text) for h in document.body.headings]
    ids = [(h.id, h.id if by_id else h.text) for h in document.body.headings]
    if fragment.startswith("^"):
        return NearNames(passages).near(fragment)
    return NearNames(headings + ids).near(fragment.rpartition("#")[2])


def _passage(document: Document, fragment: str) -> str | None:
    if fragment in document.body.anchors:
        return fragment
    wanted = fragment.casefold()
    found = next((f"^{p.id}" for p in document.body.passages if f"^{p.id}".casefold() == wanted), None)
    return "" if found is None and fragment == _DENDRON_BEGIN else found


def _heading(headings: Sequence[Heading], name: str) -> Heading | None:
    """Find a heading by id, words, words in any case, slug: the first that fits the strictest of these."""
    for heading in headings:
        if heading.id == name:
            return heading
    for form in (str, _folded_words, heading_slug, slugged):
        wanted = form(name)
        found = next((heading for heading in headings if wanted and form(heading.text) == wanted), None)
        if found is not None:
            return found
    return None


def _repeated(headings: Sequence[Heading], name: str) -> str | None:
    """Find the heading that elsewhere would be called `name-1`: the second of these words; only where there are two."""
    match = _REPEAT.fullmatch(name)
    same = [heading for heading in headings if heading_slug(heading.text) == match[1]] if match else []
    return same[int(match[2])].id if match and int(match[2]) < len(same) else None


def _folded_words(text: str) -> str:
    return " ".join(text.casefold().split())


def _below(headings: Sequence[Heading], parent: str) -> Sequence[Heading]:
    top = _heading(headings, parent)
    if top is None:
        return ()
    rest = headings[headings.index(top) + 1 :]
    end = next((index for index, heading in enumerate(rest) if heading.level <= top.level), len(rest))
    return rest[:end]


def _title_anchor(document: Document, name: str) -> str | None:
    """Take the page's own title for its top, where it has no heading of its own among the body's."""
    wanted = heading_slug(name) or name.casefold()
    for title in (document.body.title, document.title):
        if title and (heading_slug(title) or title.casefold()) == wanted:
            return heading_slug(title) if heading_slug(title) in document.body.anchors else ""
    return None
