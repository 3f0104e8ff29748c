"""What a name means, in brief: shown beside it in an editor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.author.editor.named import named_at
from inquiry.graph.resolution import Ambiguous, Found, FoundSource

if TYPE_CHECKING:
    from inquiry.author.editor.desk import Sheet
    from inquiry.author.editor.named import Named
    from inquiry.corpus.model import Document, Source
    from inquiry.diagnostics import Position, Span

MOST_AUTHORS = 3
"""Authors that are named: of more, the first and "et al."."""
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$])")


@dataclass(frozen=True, slots=True)
class Hover:
    """What is shown, as Markdown, and beside what."""

    span: Span
    text: str


def hover(sheet: Sheet, position: Position) -> Hover | None:
    """Describe what a link, a citation or a value of the head names; None for what says enough by itself."""
    named = named_at(sheet, position)
    text = _described(named) if named else ""
    return Hover(named.span, text) if named and text else None


def _described(named: Named) -> str:
    match named.meaning:
        case Found(document, anchor):
            return about(document, anchor)
        case FoundSource(source):
            return "\n\n".join(filter(None, (f"**{plain(source.title)}**" if source.title else "", reference(source))))
        case Ambiguous(candidates):
            return "could mean\n\n" + "\n".join(f"- {one.title} (`{one.path}`)" for one in candidates)
        case _:
            return about(named.document) if named.document else ""


def about(document: Document, anchor: str = "") -> str:
    """Describe a document or one part of it: title, summary, what it rests on."""
    kind = f"{document.kind}" if document.is_public else f"{document.kind}, {document.head.visibility}"
    parts = [f"**{document.title}** ({kind})", _part(document, anchor) or plain(document.head.summary)]
    parts += [reference(source, with_title=True) for source in document.sources]
    return "\n\n".join(filter(None, parts))


def _part(document: Document, anchor: str) -> str:
    """Give the passage or the heading that an anchor names."""
    for passage in document.body.passages:
        if f"^{passage.id}" == anchor:
            return f"> {plain(' '.join(passage.text.split()))}"
    heading = next((one for one in document.body.headings if one.id == anchor), None)
    return f"§ {plain(heading.text)}" if heading else ""


def reference(source: Source, *, with_title: bool = False) -> str:
    """Name a work: authors, year, venue, and where it can be read."""
    authors = list(source.authors)
    if len(authors) > MOST_AUTHORS:
        authors = [authors[0], "et al."]
    names = (
        ", ".join(authors[:-1]) + (" " if authors[-1:] == ["et al."] else " and ") + authors[-1]
        if authors[1:]
        else "".join(authors)
    )
    year = f"({source.year})" if source.year else ""
    title = source.title if with_title else ""
    said = ", ".join(filter(None, (" ".join(filter(None, (names, year))), title, source.venue)))
    return " ".join(filter(None, (plain(said), f"<{source.link}>" if source.link else "")))


def plain(text: str) -> str:
    """Spell words so that Markdown shows them as they are."""
    return _MARKUP.sub(r"\\\1", text)
