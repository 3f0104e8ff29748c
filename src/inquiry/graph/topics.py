"""What documents gather under: topics, works, and names that wait for a note."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from inquiry.corpus.body import LinkKind
from inquiry.graph.names import slugged
from inquiry.graph.resolution import Dangling
from inquiry.graph.uses import Backlink, Occurrence, SourceGroup, Topic, Wanted, by_id, by_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from inquiry.corpus.model import Document, Source
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.uses import Citation, CitedSource, Key

SHARED_BY = 2
"""Notes that must rest on a work without a bibliography key before it is gathered: what one note alone names
is told on that note's page."""

# One ending a line would fill a page.
# fmt: off
MEDIA = frozenset({
    ".avif", ".bmp", ".canvas", ".csv", ".docx", ".excalidraw", ".flac", ".gif", ".html",
    ".ipynb", ".jpeg", ".jpg", ".json", ".m4a", ".mkv", ".mov", ".mp3", ".mp4",
    ".odt", ".ogg", ".ogv", ".pdf", ".png", ".pptx", ".svg", ".tiff", ".tsv",
    ".txt", ".wav", ".webm", ".webp", ".xlsx", ".yaml", ".yml", ".zip",
})
# fmt: on
"""Endings of names that are files and never a note to write; any other dot may be Dendron's hierarchy."""


def topics_of(documents: Sequence[Document]) -> tuple[Topic, ...]:
    """Gather public documents, lines first and by id, under their tags in any case."""
    found: dict[str, tuple[str, dict[Key, Document]]] = {}
    for document in documents:
        for tag in document.head.tags:
            found.setdefault(tag.casefold(), (tag, {}))[1][document.key] = document
    return tuple(
        Topic(
            name,
            tuple(document for document in members.values() if document.is_line),
            tuple(document for document in members.values() if not document.is_line),
        )
        for _, (name, members) in sorted(found.items())
    )


def source_groups_of(
    documents: Sequence[Document],
    citations: Callable[[Document], tuple[Citation, ...]],
    cited_sources: Callable[[Document], tuple[CitedSource, ...]],
) -> dict[str, SourceGroup]:
    """Gather public documents under the works that they rest on or cite."""
    works: dict[str, Source] = {}
    notes: dict[str, dict[Key, Document]] = {}
    lines: dict[str, dict[Key, Document]] = {}
    for document in documents:
        for source in document.sources:
            works.setdefault(source.identity, source)
            if not document.is_line:
                notes.setdefault(source.identity, {})[document.key] = document
        used = [cited.source for cited in cited_sources(document)]
        if document.is_line:
            used += [source for citation in citations(document) for source in citation.note.sources]
        for source in used:
            works.setdefault(source.identity, source)
            if document.is_line:
                lines.setdefault(source.identity, {})[document.key] = document
    return {
        identity: SourceGroup(work, _ordered(notes.get(identity, {})), _ordered(lines.get(identity, {})))
        for identity, work in sorted(works.items(), key=lambda item: item[0])
        if work.key or len(notes.get(identity, {})) >= SHARED_BY
    }


def wanted_of(documents: Sequence[Document], resolutions: Mapping[Key, tuple[Resolution, ...]]) -> tuple[Wanted, ...]:
    """Gather the names that wikilinks of public documents use and nothing has, with who uses them."""
    found: dict[str, tuple[str, dict[Key, tuple[Document, list[Occurrence]]]]] = {}
    for document in documents:
        for place, (link, resolution) in enumerate(zip(document.body.links, resolutions[document.key], strict=True)):
            if not isinstance(resolution, Dangling) or link.kind not in (LinkKind.WIKILINK, LinkKind.EMBED):
                continue
            name = slugged(link.target)
            if name and PurePosixPath(link.target).suffix.lower() not in MEDIA:
                origins = found.setdefault(name, (link.target, {}))[1]
                origins.setdefault(document.key, (document, []))[1].append(Occurrence(place, link))
    wanted = (Wanted(name, _backlinks(origins.values())) for name, origins in found.values())
    return tuple(sorted(wanted, key=lambda entry: (entry.name.casefold(), entry.name)))


def _backlinks(origins: Iterable[tuple[Document, list[Occurrence]]]) -> tuple[Backlink, ...]:
    backlinks = (Backlink(document, tuple(occurrences)) for document, occurrences in origins)
    return tuple(sorted(backlinks, key=lambda backlink: by_title(backlink.origin)))


def _ordered(documents: Mapping[Key, Document]) -> tuple[Document, ...]:
    return tuple(sorted(documents.values(), key=by_id))
