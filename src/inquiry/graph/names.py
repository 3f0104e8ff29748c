"""Which documents a name stands for: the tables behind wikilinks, citations and front matter.

A name is tried as id, path, file name, alias and title, in this order, each as it is written, then in any
case, then as a slug.  The first step at which anything matches decides; all that match there are returned,
for the resolver never settles an ambiguity in silence.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from inquiry.corpus.model import Document, Kind

_NON_WORD = re.compile(r"[\W_]+")


def composed(name: str) -> str:
    """Compose accents, because some systems store file names with them apart.

    >>> composed("cafe\u0301") == "café"
    True
    """
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def folded(name: str) -> str:
    """Make names that differ in case only the same.

    >>> folded("Night-Cooling")
    'night-cooling'
    """
    return composed(name).casefold()


def slugged(name: str) -> str:
    """Make a title and the file name or id that was made from it the same.

    >>> slugged("Hot pavements?")
    'hot-pavements'
    """
    return _NON_WORD.sub("-", folded(name)).strip("-")


def slugged_path(path: str) -> str:
    """Slug every part of a path, so that its folders still count; a part without letters stays as it is.

    >>> slugged_path("Desk work/Sampling"), slugged_path("notes/???")
    ('desk-work/sampling', 'notes/???')
    """
    return "/".join(slugged(part) or folded(part) for part in path.split("/"))


def bare(path: str) -> str:
    """Leave out the ending of a Markdown file, which nobody has to write in a wikilink.

    >>> bare("notes/sleep/debt.md")
    'notes/sleep/debt'
    """
    return path[:-3] if path.lower().endswith(".md") else path


def stem(path: str) -> str:
    """Name a Markdown file without its folder and ending; `a.b.c.md` keeps its dots.

    >>> stem("notes/sleep/debt.md")
    'debt'
    """
    return bare(path.rpartition("/")[2])


def normalised(folder: str, target: str) -> str | None:
    """Spell a path from the project's root without `.` and `..`; None when it leaves the root.

    >>> normalised("notes/sleep", "../debt.md")
    'notes/debt.md'
    >>> normalised("notes", "../../debt.md") is None
    True
    """
    path = posixpath.normpath(f"{folder}/{target}" if folder else target).lstrip("/")
    return None if path == ".." or path.startswith("../") else path


class NameTable:
    """Documents by one of their names; the tables for looser forms are made when first asked for."""

    def __init__(self, entries: Iterable[tuple[str, Document]]) -> None:
        self._entries = tuple(entries)
        self._by_form: dict[Callable[[str], str], dict[str, list[Document]]] = {}

    def find(self, name: str, form: Callable[[str], str]) -> Sequence[Document]:
        """List every document that has the name in this form, each once; an empty name has none."""
        table = self._by_form.get(form)
        if table is None:
            table = self._by_form[form] = self._gather(form)
        key = form(name)
        return table.get(key, ()) if key else ()

    def _gather(self, form: Callable[[str], str]) -> dict[str, list[Document]]:
        table: dict[str, list[Document]] = {}
        for name, document in self._entries:
            holders = table.setdefault(form(name), [])
            if not holders or holders[-1] is not document:
                holders.append(document)
        return table


class Names:
    """All names of all documents, made once in linear time."""

    def __init__(self, documents: Sequence[Document], roots: Sequence[str]) -> None:
        self._roots = tuple(roots)
        self._ids = NameTable((document.id, document) for document in documents)
        self._paths = NameTable((bare(document.path), document) for document in documents)
        self._stems = NameTable((stem(document.path), document) for document in documents)
        self._aliases = NameTable((a.value, document) for document in documents for a in document.head.aliases)
        self._titles = NameTable((document.title, document) for document in documents)

    def exact(self, name: str, origin_path: str, kind: Kind | None = None) -> Sequence[Document]:
        """Find documents by their very id or path, which beats every other name."""
        if by_id := _of_kind(self._ids.find(name, composed), kind):
            return by_id  # most links end here, so nothing is trimmed before
        name = _trimmed(name)
        by_id = _of_kind(self._ids.find(name, composed), kind)
        return by_id or self._by_path(name, origin_path, kind, composed, composed)

    def by_file_name(self, name: str) -> Sequence[Document]:
        """Find documents by their very file name."""
        return self._stems.find(_trimmed(name), composed)

    def loose(self, name: str, origin_path: str, kind: Kind | None = None) -> Sequence[Document]:
        """Find documents by any other name: the first step that has a match decides."""
        name = _trimmed(name)
        return next(filter(None, self._steps(name, origin_path, kind)), ())

    def cited(self, key: str, kind: Kind) -> Sequence[Document]:
        """Find documents by what a citation may name: id, alias, file name; never a path or a title."""
        tables = (self._ids, self._aliases, self._stems)
        steps = (table.find(key, form) for table in tables for form in (composed, folded, slugged))
        return next(filter(None, (_of_kind(found, kind) for found in steps)), ())

    def _steps(self, name: str, origin_path: str, kind: Kind | None) -> Iterator[Sequence[Document]]:
        yield _of_kind(self._ids.find(name, folded), kind)
        yield _of_kind(self._ids.find(name, slugged), kind)
        yield self._by_path(name, origin_path, kind, folded, folded)
        yield self._by_path(name, origin_path, kind, slugged_path, slugged)
        for table in (self._stems, self._aliases, self._titles):
            for form in (composed, folded, slugged):
                yield _of_kind(table.find(name, form), kind)

    def _by_path(
        self,
        name: str,
        origin_path: str,
        kind: Kind | None,
        form: Callable[[str], str],
        part_form: Callable[[str], str],
    ) -> Sequence[Document]:
        """Find documents by path from a root, from the origin's folder, else by the path's end.

        A bare name is not tried in the origin's folder: a namesake there must not win in silence.
        """
        for tier in self._tiers(name, origin_path):
            there = [document for path in tier for document in self._paths.find(path, form)]
            if found := _of_kind(there, kind):
                return found
        if "/" not in name:
            return ()
        ending = "/" + form(name)
        namesakes = self._stems.find(name.rpartition("/")[2], part_form)
        return _of_kind([d for d in namesakes if form(bare(d.path)).endswith(ending)], kind)

    def _tiers(self, name: str, origin_path: str) -> Iterator[tuple[str, ...]]:
        yield (name,)
        yield tuple(f"{root}/{name}" for root in self._roots)
        if "/" in name and (relative := normalised(origin_path.rpartition("/")[0], name)):
            yield (relative,)


def _trimmed(name: str) -> str:
    return bare(name.strip().strip("/"))


def _of_kind(documents: Sequence[Document], kind: Kind | None) -> Sequence[Document]:
    if kind is None or (len(documents) == 1 and documents[0].kind is kind):
        return documents
    return [document for document in documents if document.kind is kind]
