"""What a renaming does beside notes and lines: to ordinary pages, the navigation, the record of reviews, the findings.

A renaming that would bring a new fault is refused: the checker is asked before and after, in memory.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from inquiry.author.editor.fixes import Replacement
from inquiry.author.editor.renamable import CannotRenameError
from inquiry.author.editor.renaming import is_same
from inquiry.author.editor.spelling import citation_name
from inquiry.check.depth import REVIEW_LOCK
from inquiry.check.fix import replaced
from inquiry.check.pages.read import read_docs
from inquiry.check.review_lock import parse_review_lock, said_by
from inquiry.commands.judging import judge
from inquiry.corpus.body import LinkKind
from inquiry.diagnostics import Span
from inquiry.graph.resolution import Found, MissingAnchor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inquiry.author.editor.renaming import Archive, Renaming
    from inquiry.check.pages.model import PageLink
    from inquiry.check.pages.read import Docs
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.build import Reading
    from inquiry.graph.resolution import Resolution

_BY_NAME = frozenset({LinkKind.WIKILINK, LinkKind.EMBED, LinkKind.CITATION})
_BY_FILE = frozenset({"stale-essay", "uncited-claim", "unlinked-mention"})
"""Rules that read files as they are on disk, where nothing has been renamed yet."""


def follow(archive: Archive, made: Renaming) -> tuple[Replacement, ...]:
    """Spell the document anew wherever the rest of the project names it.

    Raises:
        CannotRenameError: Something would be wrong afterwards that is not wrong now.
    """
    docs = read_docs(archive.reading.project, archive.reading.corpus)
    _make_sure(archive, made, docs)
    found = {*_in_pages(archive, made, docs), *_in_navigation(archive, made, docs), *_in_lock(archive, made)}
    return tuple(sorted(found, key=lambda one: (one.path, one.span)))


def _make_sure(archive: Archive, made: Renaming, docs: Docs) -> None:
    """Refuse a renaming that brings a new fault; those of ordinary pages are seen to link by link."""
    passed_over = {*docs.pages, archive.reading.project.config_path.name, REVIEW_LOCK}
    before = _faults(archive.reading, docs, passed_over)
    moved = {made.moved[0]: made.moved[1]} if made.moved else {}
    known = Counter((one.rule.name, moved.get(one.path, one.path)) for one in before)
    for one in _faults(made.after, docs, passed_over):
        known[one.rule.name, one.path] -= 1
        if known[one.rule.name, one.path] < 0:
            raise CannotRenameError(f"`{one.path}` would have a new fault: {one.message}")


def _faults(reading: Reading, docs: Docs, passed_over: set[str]) -> list[Diagnostic]:
    found = judge(reading, docs).diagnostics
    return [one for one in found if one.path not in passed_over and one.rule.name not in _BY_FILE]


def _in_pages(archive: Archive, made: Renaming, docs: Docs) -> Iterator[Replacement]:
    for path, page in docs.pages.items():
        for link in page.links:
            spelled = _named(archive, made, path, link) if link.kind in _BY_NAME else _linked(archive, made, path, link)
            if spelled is not None:
                yield Replacement(path, *spelled)


def _named(archive: Archive, made: Renaming, path: str, link: PageLink) -> tuple[Span, str] | None:
    """Spell a wikilink or a citation of an ordinary page."""
    renamed = made.renamed
    written = link.target.partition("#")[0]
    name, fragment = " ".join(written.split()), link.target[len(written) + 1 :].strip()
    before, after = (
        reading.resolver.resolve_target(name, fragment, link.kind, path, None)
        for reading in (archive.reading, made.after)
    )
    holds = is_same(before, after, renamed)
    is_key = link.kind is LinkKind.CITATION and name in archive.reading.corpus.bibliography
    if is_key or not _means(before, renamed.before.key) or renamed.keeps(name, holds=holds):
        if not holds:
            raise CannotRenameError(f"`{name}` in `{path}`, line {link.span.start.line}, would mean something else")
        return None
    stand_in = replace(renamed.after, path=path)
    if link.kind is LinkKind.CITATION:
        fresh = citation_name(renamed.after, stand_in, made.after.resolver)
    else:
        fresh = renamed.link_name(written, stand_in)
    at = archive.text_of(path).between(link.span).find(written)
    if fresh is None or at < 0:
        raise CannotRenameError(f"`{name}` in `{path}`, line {link.span.start.line}, cannot be spelled anew")
    return Span.at(link.span.start.line, link.span.start.column + at, len(written)), fresh


def _linked(archive: Archive, made: Renaming, path: str, link: PageLink) -> tuple[Span, str] | None:
    """Spell a path to the file in an ordinary page."""
    target, _, _ = unquote(link.target).partition("#")
    if not made.renamed.has_moved or not target:
        return None
    before, after = (
        reading.resolver.resolve_target(target, "", LinkKind.MARKDOWN, path, None)
        for reading in (archive.reading, made.after)
    )
    if not _means(before, made.renamed.before.key):
        if not is_same(before, after, made.renamed):
            raise CannotRenameError(f"`{target}` in `{path}`, line {link.span.start.line}, would mean something else")
        return None
    return made.renamed.path(target, link.span, archive.text_of(path))


def _means(meaning: Resolution, key: tuple[str, str]) -> bool:
    return isinstance(meaning, Found | MissingAnchor) and meaning.document.key == key


def _in_navigation(archive: Archive, made: Renaming, docs: Docs) -> Iterator[Replacement]:
    """Name the file anew in the navigation of mkdocs.yml."""
    before, after = made.renamed.before.path, made.renamed.after.path
    for entry in docs.configuration.nav if made.renamed.has_moved else ():
        if posixpath.normpath(entry.value.partition("#")[0]) == before:
            text = archive.text_of(entry.path)
            fresh = replaced(text.between(entry.span), before, after)
            if fresh is not None:
                yield Replacement(entry.path, entry.span, fresh)


def _in_lock(archive: Archive, made: Renaming) -> Iterator[Replacement]:
    """Carry reviews over: under the new id, and with what notes say now that a name in them is spelled anew."""
    before, after = made.renamed.before, made.renamed.after
    old = {note.id: note for note in archive.reading.corpus.notes}
    new = {note.id: note for note in made.after.corpus.notes}
    for number, line in enumerate(archive.text_of(REVIEW_LOCK).plain.split("\n"), start=1):
        for row in parse_review_lock(line)[0]:
            name = after.id if not before.is_line and row.note == before.id else row.note
            origin = after.id if before.is_line and row.line == before.id else row.line
            said = row.hash
            if row.note in old and name in new and said_by(old[row.note]).startswith(said):
                said = said_by(new[name])[: len(said)]
            if (origin, name, said) != (row.line, row.note, row.hash):
                yield Replacement(REVIEW_LOCK, Span.at(number, 1, len(line)), f"{origin} {name} {said}")
