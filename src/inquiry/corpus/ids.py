"""What a file becomes: a document with an id of its own and a title."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.corpus.model import Bibliography, Document, FrontMatter, Kind, Source
from inquiry.corpus.slugs import document_slug, is_usable_id
from inquiry.diagnostics import Diagnostic, Related, Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inquiry.corpus.body import Body

_FOLDER_NOTES = frozenset({"index", "readme", "_index"})
"""Stems of files that stand for their folder."""
_TOP = Span.at(1)
_BETWEEN_WORDS = re.compile(r"_|(?<!\d)-|-(?!\d)")
"""What stands for a blank in a file's name; a hyphen between digits belongs to a date."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that was read, before anybody knows what it is called among the others."""

    path: str
    within: str
    """Path below notes/ or lines/."""
    kind: Kind
    head: FrontMatter
    body: Body
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was wrong with the file as such."""
    digest: bytes = b""
    """Hash of its text."""
    head_digest: bytes = b""
    """Hash of its front matter."""


def identified(parsed: Iterable[Parsed], bibliography: Bibliography, diagnostics: list[Diagnostic]) -> list[Document]:
    """Give every file an id of its own and make documents, in the order of their ids; faults are added to the list."""
    documents: list[Document] = []
    by_kind: dict[Kind, list[Parsed]] = defaultdict(list)
    for file in parsed:
        by_kind[file.kind].append(file)
    for files in by_kind.values():
        ids = _ids(files, diagnostics)
        documents += [as_document(file, ids[file.path], bibliography) for file in files]
    return sorted(documents, key=lambda document: (document.kind, document.id))


def _ids(files: list[Parsed], diagnostics: list[Diagnostic]) -> dict[str, str]:
    """Choose ids: those that were asked for first, then the slugs of file names, longer where names collide."""
    ids: dict[str, str] = {}
    taken: dict[str, Parsed] = {}
    for file in files:
        if file.head.id and (wanted := _asked_id(file.head.id.value)):
            first = taken.setdefault(wanted.casefold(), file)
            if first is file:
                ids[file.path] = wanted
            else:
                diagnostics.append(_duplicate_id(file, first, wanted))
    rest = [file for file in files if file.path not in ids]
    names: dict[str, list[Parsed]] = defaultdict(list)
    slugs = {file.path: _own_slug(file.within) for file in rest}
    for file in rest:
        names[slugs[file.path].casefold()].append(file)
    for name, same in sorted(names.items()):
        if len(same) == 1 and name not in taken:
            ids[same[0].path] = slugs[same[0].path]
            taken[name] = same[0]
        else:
            diagnostics.extend(_lengthened(same, taken, ids))
    return ids


def _lengthened(same: list[Parsed], taken: dict[str, Parsed], ids: dict[str, str]) -> Iterator[Diagnostic]:
    """Put folder names in front of colliding slugs until they differ."""
    others = {file.path for file in same}
    for file in same:
        slug = _own_slug(file.within)
        for folder in reversed(_folders(file.within)):
            slug = document_slug(f"{folder}-{slug}")
            if slug.casefold() not in taken and not _shared(slug, file, same):
                break
        number, base = 2, slug
        while slug.casefold() in taken:
            slug, number = f"{base}-{number}", number + 1
        ids[file.path] = slug
        taken[slug.casefold()] = file
        if file.head.id is None and slug != _own_slug(file.within):
            span = file.head.title.span if file.head.title else _TOP
            twins = tuple(Related(path, _TOP, "has the same name") for path in sorted(others - {file.path}))
            message = f"another file is called `{_own_slug(file.within)}` too, so the id of this one is `{slug}`"
            hint = "give it an `id` of its own"
            yield finding("colliding-names", file.path, span, message, hint=hint, related=twins[:3])


def _shared(slug: str, file: Parsed, same: list[Parsed]) -> bool:
    tail = slug.casefold()
    return any(
        other is not file and document_slug("-".join(_all_parts(other.within))).casefold().endswith(tail)
        for other in same
    )


def _duplicate_id(file: Parsed, first: Parsed, wanted: str) -> Diagnostic:
    span = file.head.id.span if file.head.id else _TOP
    there = Related(first.path, first.head.id.span if first.head.id else _TOP, "first used here")
    message = f"the id `{wanted}` is already taken by `{first.path}`"
    return finding("duplicate-id", file.path, span, message, related=(there,))


def _asked_id(value: str) -> str:
    """Make an id of what was asked for: a permalink's last part, spelled as given when a URL can hold it."""
    last = value.strip().strip("/").rpartition("/")[2]
    return last if is_usable_id(last) else document_slug(last)


def _all_parts(within: str) -> list[str]:
    parts = within.rpartition(".")[0].split("/")
    if len(parts) > 1 and parts[-1].lower() in _FOLDER_NOTES:
        parts.pop()
    return parts


def _folders(within: str) -> list[str]:
    return _all_parts(within)[:-1]


def _own_slug(within: str) -> str:
    """Make an id of a file's name; one without letters is called what its signs are called ("party-popper")."""
    name = _all_parts(within)[-1]
    return document_slug(name) or document_slug(" ".join(unicodedata.name(sign, "") for sign in name)) or "untitled"


def as_document(file: Parsed, name: str, bibliography: Bibliography) -> Document:
    """Make the document of a file that has an id."""
    sources: Iterable[Source] = ()
    if file.head.source_keys or file.head.sources:
        known = (bibliography.get(reference.value) for reference in file.head.source_keys)
        named = (*(source for source in known if source), *map(bibliography.known, file.head.sources))
        sources = {source.identity: source for source in named}.values()
    return Document(
        id=name,
        kind=file.kind,
        path=file.path,
        head=file.head,
        body=file.body,
        title=_title(file),
        sources=tuple(sources),
        digest=file.digest,
        head_digest=file.head_digest,
    )


def _title(file: Parsed) -> str:
    if file.head.title and file.head.title.value:
        return file.head.title.value
    if file.body.title:
        return file.body.title
    if file.body.headings and file.body.headings[0].text:
        return file.body.headings[0].text
    words = _BETWEEN_WORDS.sub(" ", _all_parts(file.within)[-1]).strip()
    return words[:1].upper() + words[1:] or file.path
