"""What can be renamed, and to what: refusals in one line that an editor shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from inquiry.author.editor.named import NamedAs, is_in_head, named_at
from inquiry.corpus.body import LinkKind
from inquiry.corpus.slugs import document_slug, is_usable_id
from inquiry.diagnostics import Position, Span
from inquiry.graph.names import folded, stem
from inquiry.graph.resolution import Ambiguous, Dangling, FoundFile, FoundSource

if TYPE_CHECKING:
    from inquiry.author.editor.desk import Sheet
    from inquiry.author.editor.named import Named
    from inquiry.corpus.model import Document
    from inquiry.graph.build import Reading

_NOT_IN_FILE_NAMES = re.compile(r"""[/\\#?%\[\]|<>:"*^\x00-\x1f\x7f]|^[.]|[. ]$""")
"""What some file system, a link or an address cannot hold."""
_FOLDER_PAGES = frozenset({"index", "readme", "_index"})


class CannotRenameError(Exception):
    """A renaming that is refused; its text is one line that says why."""


class Renamable(NamedTuple):
    """A document that can be renamed."""

    document: Document
    span: Span
    """Where its name stands at the cursor."""


class Wanted(NamedTuple):
    """What a document is to be called."""

    id: str
    path: str


def renamable(sheet: Sheet, position: Position) -> Renamable:
    """Find the document at a place that can be renamed.

    Raises:
        CannotRenameError: There is none, or it cannot be.
    """
    named = named_at(sheet, position)
    if named is not None:
        document, span = _meant(named, sheet), _name_span(named, position, sheet)
    elif is_in_head(sheet.document, position):
        document, span = sheet.document, _own_span(sheet.document, position)
    else:
        raise CannotRenameError("there is no name here; put the cursor on a link or in the front matter")
    known = next((one for one in sheet.reading.corpus.documents if one.key == document.key), document)
    if reason := _refusal(known, sheet.reading):
        raise CannotRenameError(reason)
    return Renamable(known, span)


def _meant(named: Named, sheet: Sheet) -> Document:
    is_key = named.named_as is NamedAs.WORK or (named.link is not None and named.link.kind is LinkKind.CITATION)
    if isinstance(named.meaning, FoundSource) or (is_key and named.name in sheet.reading.corpus.bibliography):
        raise CannotRenameError(
            f"`{named.name}` is a key of the bibliography, which is renamed there and in its program"
        )
    if named.document is not None:
        return named.document
    match named.meaning:
        case Dangling():
            raise CannotRenameError(f"`{named.name}` names nothing that could be renamed")
        case Ambiguous(candidates):
            raise CannotRenameError(f"`{named.name}` could mean {len(candidates)} documents; say first which one")
        case FoundFile(path):
            raise CannotRenameError(f"`{path}` is neither a note nor a line")
        case _:
            raise CannotRenameError(f"`{named.name}` leads out of the knowledge base")


def _name_span(named: Named, position: Position, sheet: Sheet) -> Span:
    """Say where the name alone stands; all of the link where the cursor is in its words."""
    if named.link is None:
        return named.span
    start, _ = named.link.target_span
    written = sheet.text.between(named.link.target_span).partition("#")[0]
    name = Span.at(start.line, start.column, len(written))
    return name if name.start <= position <= name.end else named.span


def _own_span(document: Document, position: Position) -> Span:
    for own in (document.head.id, document.head.title):
        if own is not None and own.span.start <= position <= own.span.end:
            return own.span
    return Span(position, position)


def _refusal(document: Document, reading: Reading) -> str:
    """Say why a document cannot be renamed, whatever the new name; empty when it can."""
    head, path = document.head, document.path
    if any(fault.rule.name == "invalid-front-matter" for fault in head.diagnostics):
        return f"the front matter of `{path}` cannot be read; mend it first"
    if head.id is None and stem(path).lower() in _FOLDER_PAGES and path.count("/") > 1:
        return f"`{path}` is called after its folder; rename that, or give the file an `id`"
    asked = head.id.value.strip("/").rpartition("/")[2] if head.id else ""
    if head.id and document.id not in {asked, document_slug(asked)}:
        return f"the id `{asked}` of `{path}` is taken by another file; give it an id of its own first"
    holder = holder_of(document.id, document, reading)
    if holder is not None:
        return f"`{document.id}` names `{holder.path}` too, so no alias could keep the address of `{path}`"
    return ""


def holder_of(name: str, document: Document, reading: Reading) -> Document | None:
    """Find another document that has an id or an alias, compared as addresses spell them."""
    slug = document_slug(name)
    for other in reading.corpus.documents:
        names = (other.id, *(alias.value for alias in other.head.aliases))
        if other.key != document.key and slug in map(document_slug, names):
            return other
    return None


def wanted(document: Document, name: str, reading: Reading, *, moves: bool) -> Wanted:
    """Say what a document is to be called.

    Args:
        document: Which one.
        name: What its author typed.
        reading: All that is called something.
        moves: Whether its file can be given another name.

    Raises:
        CannotRenameError: It cannot be called so.
    """
    name = " ".join(name.split())
    name = name[:-3] if name.lower().endswith(".md") else name
    slug = document_slug(name)
    if not any(letter.isalnum() for letter in slug):
        raise CannotRenameError(f"`{name}` has no letters to make an id of")
    if document.head.id is not None or not moves:
        has_own = document.head.id is not None
        found = Wanted(name if has_own and is_usable_id(name) else slug, document.path)
    else:
        found = Wanted(slug, _path(document, name, reading))
    if found == (document.id, document.path):
        raise CannotRenameError(f"`{document.path}` is called `{name}` already")
    if found.id != document.id and document_slug(found.id) == document_slug(document.id):
        raise CannotRenameError(f"`{found.id}` and `{document.id}` are one name to an alias, which keeps the address")
    holder = holder_of(found.id, document, reading)
    if holder is not None:
        raise CannotRenameError(f"`{found.id}` names `{holder.path}` already")
    return found


def _path(document: Document, name: str, reading: Reading) -> str:
    if _NOT_IN_FILE_NAMES.search(name) or name.lower() in _FOLDER_PAGES:
        raise CannotRenameError(f"no file can be called `{name}`; use letters, digits, blanks and `-`")
    folder, mark, last = document.path.rpartition("/")
    path = f"{folder}{mark}{name}{last[len(stem(last)) :]}"
    there = {folded(one.path) for one in reading.corpus.documents} | {folded(file) for file in reading.corpus.files}
    if folded(path) in there - {folded(document.path)}:
        raise CannotRenameError(f"there is a file `{path}` already")
    return path
