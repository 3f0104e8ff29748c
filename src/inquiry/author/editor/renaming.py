"""Renaming a document: its id changes, its old id becomes an alias, and whatever names it names it still.

Where the id comes from the file's name, the file moves; where the head gives it, the head changes.  Everything is
tried out in memory first: if any other name would mean something else afterwards, nothing is renamed, and the author
is told why.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from inquiry.author.editor.aliasing import with_alias, with_id
from inquiry.author.editor.fixes import Replacement
from inquiry.author.editor.named import NamedAs, named_in
from inquiry.author.editor.renamable import CannotRenameError, wanted
from inquiry.author.editor.respelling import Renamed
from inquiry.author.editor.spelling import as_yaml
from inquiry.author.editor.text import Change, Encoding, Point, Stretch
from inquiry.corpus.read import markdown_file, parse_markdown
from inquiry.corpus.slugs import old_ids
from inquiry.graph.build import linked
from inquiry.graph.resolution import Ambiguous, Dangling, Found, FoundFile, FoundSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from inquiry.author.editor.named import Named
    from inquiry.author.editor.text import Text
    from inquiry.corpus.gathered import Gathered
    from inquiry.corpus.ids import Parsed
    from inquiry.corpus.model import Document
    from inquiry.graph.build import Reading
    from inquiry.graph.resolution import Resolution

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Archive:
    """A knowledge base in which something is renamed, and its texts."""

    reading: Reading
    gathered: Gathered
    """What the reading was made of."""
    text_of: Callable[[str], Text]


class Renaming(NamedTuple):
    """What an editor has to do."""

    replacements: tuple[Replacement, ...]
    """In files as they are called now, in order; no two of one file overlap."""
    moved: tuple[str, str] | None
    """Old and new path of the file; None when it stays where it is."""
    renamed: Renamed
    after: Reading
    """How everything will be."""


def rename(archive: Archive, document: Document, name: str, *, moves: bool) -> Renaming:
    """Work out how a document gets another name; `moves` says whether files can be moved.

    Raises:
        CannotRenameError: It cannot be done without harm.
    """
    want = wanted(document, name, archive.reading, moves=moves)
    own = tuple(_own_edits(document, want.id, archive.text_of(document.path), moves=want.path != document.path))
    after = _as_it_will_be(archive, {document.path: own}, (document.path, want.path))
    renamed = Renamed(document, _same_document(after, want.path, want.id), archive.reading.resolver, after.resolver)
    _make_sure_of_ids(archive.reading, after, renamed)
    found = set(own)
    for before, now in _pairs(archive.reading, after, renamed):
        found |= set(_follow(before, now, renamed, archive.text_of))
    ordered = tuple(sorted(found, key=lambda one: (one.path, one.span, one.text)))
    by_path = {path: tuple(edits) for path, edits in groupby(ordered, key=lambda one: one.path)}
    final = _as_it_will_be(archive, by_path, (document.path, want.path))
    _make_sure_of_meanings(archive.reading, final, renamed)
    moved = (document.path, want.path) if renamed.has_moved else None
    return Renaming(ordered, moved, renamed, final)


def _own_edits(document: Document, name: str, text: Text, *, moves: bool) -> Iterator[Replacement]:
    """Say what changes in the head of the document itself."""
    if document.id != name and document.id not in _old_ids(document):
        yield with_alias(document.path, text, document.id)
    if document.head.id is not None:
        span = document.head.id.span
        if text.between(span) != document.head.id.value:
            raise CannotRenameError(f"the id of `{document.path}` is written in a way that cannot be edited here")
        start = text.offset(span.start)
        inside = text.source[:start].endswith(("'", '"', "/"))
        yield Replacement(document.path, span, name if inside else as_yaml(name))
    elif not moves:
        yield with_id(document.path, text, name)


def _old_ids(document: Document) -> set[str]:
    """List the ids that a document's aliases keep."""
    return {id_ for alias in document.head.aliases for id_ in old_ids(alias.value)}


def _as_it_will_be(archive: Archive, edits: Mapping[str, Sequence[Replacement]], moved: tuple[str, str]) -> Reading:
    """Read everything as it will be once the edits are made and the file has moved."""
    project, (old, new) = archive.reading.project, moved
    changed: list[Parsed] = []
    for path in {*edits, old}:
        text = replaced(archive.text_of(path), edits.get(path, ()))
        file = markdown_file(new if path == old else path, project.settings)
        if file is not None:
            changed.append(parse_markdown(text.plain, file, trusted=project.settings.html == "trusted"))
    return linked(project, archive.gathered.without(old).with_texts(changed).corpus())


def replaced(text: Text, edits: Iterable[Replacement]) -> Text:
    """Make edits in a text; none of them overlap, and of several at one place the first comes first."""
    changes = [Change(text.stretch(one.span, Encoding.UTF32), one.text) for one in edits]
    changes.sort(key=lambda one: one.stretch or Stretch(Point(0, 0), Point(0, 0)))
    return text.changed(reversed(changes), Encoding.UTF32)


def _same_document(after: Reading, path: str, name: str) -> Document:
    """Find the document under its new name, and make sure that it has it."""
    document = next((one for one in after.corpus.documents if one.path == path), None)
    if document is None or document.id != name:
        got = f"; it would be `{document.id}`" if document else ""
        raise CannotRenameError(f"`{path}` cannot have the id `{name}`{got}")
    if any(fault.rule.name == "invalid-front-matter" for fault in document.head.diagnostics):
        raise CannotRenameError(f"the front matter of `{path}` is written in a way that cannot be edited here")
    return document


def _make_sure_of_ids(before: Reading, after: Reading, renamed: Renamed) -> None:
    """Refuse what would give another document another id, and so another address."""
    if renamed.before.id != renamed.after.id and renamed.before.id not in _old_ids(renamed.after):
        raise CannotRenameError(f"no alias can be put into the front matter of `{renamed.before.path}`")
    ids = {one.path: one.id for one in after.corpus.documents}
    for other in before.corpus.documents:
        if other.path != renamed.before.path and ids.get(other.path) != other.id:
            raise CannotRenameError(f"`{other.path}` would get the id `{ids.get(other.path)}`; give it an `id` first")


def _make_sure_of_meanings(before: Reading, after: Reading, renamed: Renamed) -> None:
    """Refuse what would give any name another meaning, once all are spelled as they will be."""
    for old, new in _twins(before, after, renamed):
        for number, one in enumerate(old):
            in_head = (now for now in new if now.named_as is one.named_as)  # of two names that are one now, one is left
            now = new[number - len(old)] if one.named_as is NamedAs.LINK else None
            if not any(is_same(one.meaning, each.meaning, renamed) for each in ([now] if now else in_head)):
                raise CannotRenameError(f"{_place(one)} would mean something else; choose another name")


def _pairs(before: Reading, after: Reading, renamed: Renamed) -> Iterator[tuple[Named, Named]]:
    """Pair every name with what it will be, while none is spelled anew."""
    for old, new in _twins(before, after, renamed):
        yield from zip(old, new, strict=True)


def _twins(before: Reading, after: Reading, renamed: Renamed) -> Iterator[tuple[list[Named], list[Named]]]:
    """Give the names of every document, now and then; its links come last."""
    by_path = {one.path: one for one in after.corpus.documents}
    for document in before.corpus.documents:
        twin = by_path[renamed.after.path if document.path == renamed.before.path else document.path]
        old = list(named_in(document, before.resolver, before.graph.resolutions[document.key]))
        new = list(named_in(twin, after.resolver, after.graph.resolutions[twin.key]))
        if len(document.body.links) != len(twin.body.links):
            raise CannotRenameError(f"`{document.path}` would be read otherwise; choose another name")
        yield old, new


def _follow(before: Named, now: Named, renamed: Renamed, text_of: Callable[[str], Text]) -> Iterator[Replacement]:
    """Spell a name of the document anew where it has to be."""
    other = before.document
    if other is None or other.key != renamed.before.key:
        if not is_same(before.meaning, now.meaning, renamed) or _names_itself(now):
            raise CannotRenameError(f"{_place(before)} would mean something else; choose another name")
        return
    holds = is_same(before.meaning, now.meaning, renamed)
    if renamed.keeps(before.name, holds=holds):
        return
    made = renamed.respelled(before, text_of(before.origin.path))
    if made is None and not holds:
        raise CannotRenameError(f"{_place(before)} cannot be spelled anew; write it as `[[{other.id}]]` first")
    if made is not None:
        yield made


def _names_itself(now: Named) -> bool:
    """Tell whether a document would stand in a relation to itself."""
    return now.named_as is NamedAs.NOTE and now.document is not None and now.document.key == now.origin.key


def is_same(before: Resolution, after: Resolution, renamed: Renamed) -> bool:
    """Tell whether a name means what it meant; where it was at fault, it may come to mean something."""
    match before:
        case Dangling():
            return isinstance(after, Dangling | Found)
        case Ambiguous():
            return not isinstance(after, Dangling)
        case Found(document, anchor):
            return isinstance(after, Found) and (after.anchor, after.document.key) == (anchor, _key(document, renamed))
        case FoundFile() | FoundSource():
            return before == after
        case _:
            old, new = getattr(before, "document", None), getattr(after, "document", None)
            both = (_key(old, renamed) if old else None, new.key if new else None)
            return type(before) is type(after) and both[0] == both[1]


def _key(document: Document, renamed: Renamed) -> Key:
    return renamed.after.key if document.key == renamed.before.key else document.key


def _place(named: Named) -> str:
    return f"`{named.name}` in `{named.origin.path}`, line {named.span.start.line},"
