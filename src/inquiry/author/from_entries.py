"""One note for each entry of a file of references: what to write, and what is there already.

Pure: it says which notes and which entries are missing; whoever calls writes them.  What is planned is a function of
the entries and the knowledge base, so a plan made after it was carried out is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.author.entries import summary_of
from inquiry.author.literal import quotation
from inquiry.author.new import CannotBeginError, file_name, note_text
from inquiry.corpus.bibtex import BibtexEntry
from inquiry.corpus.frontmatter import parse_head
from inquiry.corpus.slugs import document_slug
from inquiry.graph.names import slugged, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from inquiry.author.entries import Described
    from inquiry.corpus.model import Bibliography, Corpus, Document, Source

_WORK_NAMES = ("doi:", "arxiv:")
"""Names that tell works apart; one address may well serve several chapters."""


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """A note that is not there yet."""

    stem: str
    """Its file's name without the ending."""
    text: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An entry that gets no note."""

    entry: Described
    reason: str
    """Why: lower case, no full stop."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import is going to write."""

    notes: tuple[PlannedNote, ...]
    added: tuple[Described, ...]
    """Entries that the bibliography lacks."""
    skipped: tuple[Skipped, ...]


def plan_notes(
    entries: Sequence[Described],
    wanted: Sequence[str],
    corpus: Corpus,
    created: date,
    keys: Mapping[str, str],
    hear: Callable[[str, int, int], None],
) -> Plan:
    """Say which notes and entries are missing.

    Args:
        entries: All entries of the file.
        wanted: Keys of those that get notes; all, when there are none.
        corpus: What is there.
        created: The day that new notes say.
        keys: What a key of the file will be in the bibliography, where that is something else.
        hear: Whom to tell how many of the entries are done.
    """
    shelf = _Shelf(corpus)
    notes: list[PlannedNote] = []
    added: list[Described] = []
    skipped: list[Skipped] = []
    for number, entry in enumerate(entries, start=1):
        hear("entries", number, len(entries))
        if wanted and entry.source.key not in wanted:
            continue
        key = shelf.key_of(entry.source, keys.get(entry.source.key, entry.source.key))
        reason = shelf.objection(entry.source, key)
        name = "" if reason else shelf.free_name(entry.source.title, key)
        if reason or not name:
            skipped.append(Skipped(entry, reason or "neither title nor key has letters to make a file's name from"))
            continue
        notes.append(PlannedNote(name, _text(entry, key, created)))
        if key not in corpus.bibliography:
            added.append(entry)
        shelf.put(entry.source, key, f"{name}.md")
    behind = [
        one for one in _parents(entries, added) if keys.get(one.source.key, one.source.key) not in corpus.bibliography
    ]
    return Plan(tuple(notes), (*added, *behind), tuple(skipped))


def _parents(entries: Sequence[Described], added: Sequence[Described]) -> Iterator[Described]:
    """Find the entries that added ones inherit from and that are not among them."""
    here = {one.source.key for one in added}
    wanted = {one.written.fields.get("crossref", "").lower() for one in added if isinstance(one.written, BibtexEntry)}
    return (one for one in entries if one.source.key.lower() in wanted and one.source.key not in here)


def is_same_work(one: Source, other: Source) -> bool:
    """Tell whether two entries describe one work: by DOI or arXiv id, or by title."""
    return bool(_names(one) & _names(other)) or slugged(one.title) == slugged(other.title)


def _names(source: Source) -> set[str]:
    return {name for name in source.names if name.startswith(_WORK_NAMES)}


def _text(entry: Described, key: str, created: date) -> str:
    abstract = entry.abstract
    tags = dict.fromkeys(filter(None, map(document_slug, entry.keywords)))
    return note_text(
        entry.source.title,
        created,
        source_by_key(key),
        summary=summary_of(abstract),
        tags=tuple(tags),
        body=quotation(abstract),
    )


def source_by_key(key: str) -> str | dict[str, str]:
    """Write `source` so that it is read as this key: a key that looks like an address or a title needs a mapping.

    >>> source_by_key("kung2023"), source_by_key("10.1000/182")
    ('kung2023', {'key': '10.1000/182'})
    """
    quoted = key.replace("'", "''")
    head = parse_head(f"---\nsource: '{quoted}'\n---\n", "")
    return key if [one.value for one in head.source_keys] == [key] and not head.sources else {"key": key}


class _Shelf:
    """What is there already, and what the plan has put beside it."""

    def __init__(self, corpus: Corpus) -> None:
        self._bibliography: Bibliography = corpus.bibliography
        self._works: dict[str, Source] = {name: w for w in corpus.bibliography.values() for name in _names(w)}
        self._resting: dict[str, str] = {}
        self._planned: dict[str, Source] = {}
        self._taken = {name.casefold() for document in corpus.documents for name in _all_names(document)}
        for note in corpus.notes:
            keys = (f"key:{reference.value}" for reference in note.head.source_keys)
            for name in (*keys, *(n for source in note.sources for n in _identities(source))):
                self._resting.setdefault(name, note.path)

    def key_of(self, source: Source, key: str) -> str:
        """Give the key that the bibliography has for this very work, or else its own."""
        known = self._bibliography.get(key)
        if known is not None and is_same_work(known, source):
            return key
        return next((self._works[name].key for name in source.names if name in self._works), key)

    def objection(self, source: Source, key: str) -> str:
        """Say why an entry gets no note; nothing when it gets one."""
        if not source.title.strip():
            return "it has no title"
        if key in self._planned:
            return "another entry above has the same key"
        known = self._bibliography.get(key)
        if known is not None and not is_same_work(known, source) and not _names(known) & _names(source):
            return f"`{key}` is another work in `{known.path}`, “{known.title}”"
        there = next((self._resting[name] for name in (f"key:{key}", *_names(source)) if name in self._resting), "")
        return f"`{there}` rests on it already" if there else ""

    def put(self, source: Source, key: str, path: str) -> None:
        """Count an entry as there."""
        self._planned[key] = source
        for name in (f"key:{key}", *_names(source)):
            self._resting.setdefault(name, path)

    def free_name(self, title: str, key: str) -> str:
        """Make a file's name of a title; of one that is taken, with the key behind it, and else with a number."""
        try:
            name = file_name(title)
        except CannotBeginError:
            name = document_slug(key)
        for candidate in _candidates(name, document_slug(key)):
            if candidate.casefold() not in self._taken:
                self._taken.add(candidate.casefold())
                return candidate
        return ""


def _candidates(name: str, key: str) -> Iterator[str]:
    if not name:
        return
    yield name
    base = f"{name}-{key}" if key and key != name else name
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _all_names(document: Document) -> Iterator[str]:
    """List what a new file may not be called: another would have the same id, file or old address."""
    yield document.id
    yield stem(document.path)
    for alias in document.head.aliases:
        yield document_slug(alias.value)


def _identities(source: Source) -> Iterator[str]:
    if source.key:
        yield f"key:{source.key}"
    yield from _names(source)
