"""The only reader of notes/, lines/ and the bibliography: files become a `Corpus`.

A file that cannot be read as it should be is still loaded as far as possible, and says so; nothing is dropped
silently.  The order of everything is the order of ids, so a corpus does not depend on how a disk lists its files.
"""

from __future__ import annotations

import errno
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING

from inquiry.corpus.bibliography import load_bibliography
from inquiry.corpus.frontmatter import parse_head
from inquiry.corpus.markdown import parse_body
from inquiry.corpus.model import Body, Corpus, Document, FrontMatter, Kind, Source
from inquiry.corpus.slugs import document_slug, is_usable_id
from inquiry.diagnostics import Diagnostic, Related, Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from inquiry.config import Project

_FOLDER_NOTES = frozenset({"index", "readme", "_index"})
"""Stems of files that stand for their folder."""
_TOP = Span.at(1)


@dataclass(frozen=True, slots=True)
class _Parsed:
    path: str
    within: PurePosixPath
    """Path below notes/ or lines/."""
    kind: Kind
    head: FrontMatter
    body: Body


def load_corpus(project: Project) -> Corpus:
    """Read everything below notes/ and lines/, the bibliography, and the names of all other files."""
    settings = project.settings
    diagnostics: list[Diagnostic] = []
    bibliography = _read_bibliography(project.root, settings.bibliography, diagnostics)
    files: set[str] = set()
    parsed: list[_Parsed] = []
    for folder, kind in ((settings.notes, Kind.NOTE), (settings.lines, Kind.LINE)):
        for path in _below(project.root, folder):
            if not path.lower().endswith(".md"):
                files.add(path)
                continue
            text = _read(project.root, path, diagnostics)
            if text is None:
                continue
            parsed.append(_parse(text, path, folder, kind, trusted=settings.html == "trusted"))
            if not text.strip():
                diagnostics.append(finding("empty-file", path, _TOP, "the file is empty"))
    docs = os.path.relpath(project.docs_dir, project.root).replace(os.sep, "/")
    files.update(_below(project.root, docs))
    documents = _identified(parsed, bibliography, diagnostics)
    return Corpus(
        notes=tuple(d for d in documents if d.kind is Kind.NOTE),
        lines=tuple(d for d in documents if d.kind is Kind.LINE),
        bibliography=bibliography,
        files=frozenset(files),
        diagnostics=tuple(diagnostics),
    )


def _below(root: Path, folder: str) -> Iterator[str]:
    """List files below a folder, relative to the root, hidden ones left out, in order.

    Links to folders are followed, but never back to a folder that they stand in.
    """
    top = root / folder
    for where, folders, names in os.walk(top, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _leads_back(where, name))
        below = os.path.relpath(where, root).replace(os.sep, "/")
        for name in sorted(names):
            if not name.startswith("."):
                yield f"{below}/{name}"


def _leads_back(where: str, name: str) -> bool:
    """Tell whether a folder is a link to one that it stands in, which would never end."""
    link = os.path.join(where, name)  # noqa: PTH118 - os.walk speaks in texts, and this runs for every folder
    if not os.path.islink(link):  # noqa: PTH114 - likewise
        return False
    return PurePath(os.path.realpath(where)).is_relative_to(os.path.realpath(link))


def _read(root: Path, path: str, diagnostics: list[Diagnostic]) -> str | None:
    """Read a file as UTF-8, without byte order mark, with LF line ends; None, and a finding, if that is impossible."""
    try:
        raw = _bytes_of(root / path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        diagnostics.append(finding("undecodable-file", path, _TOP, f"the file cannot be read: {reason}"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"the file is not UTF-8: byte 0x{raw[error.start]:02x} cannot be read here"
        hint = "save the file as UTF-8"
        diagnostics.append(finding("undecodable-file", path, Span.at(line, column, 1), message, hint=hint))
        text = raw.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _bytes_of(file: Path) -> bytes:
    """Read a file, but nothing that may never end, such as a pipe."""
    if file.exists() and not file.is_file():
        raise OSError(errno.EINVAL, "it is no ordinary file")
    return file.read_bytes()


def _parse(text: str, path: str, folder: str, kind: Kind, *, trusted: bool) -> _Parsed:
    head = parse_head(text, path, kind)
    body_text = text.split("\n", head.body_line - 1)[-1] if text.count("\n") >= head.body_line - 1 else ""
    cites = kind is Kind.LINE
    body = parse_body(body_text, path, first_line=head.body_line, trusted=trusted, cites=cites)
    return _Parsed(path, PurePosixPath(path).relative_to(PurePosixPath(folder)), kind, head, body)


def _read_bibliography(root: Path, names: Sequence[str], diagnostics: list[Diagnostic]) -> Mapping[str, Source]:
    texts = [(name, _read(root, name, diagnostics)) for name in names if (root / name).is_file()]
    bibliography, faults = load_bibliography([(name, text) for name, text in texts if text is not None])
    diagnostics.extend(faults)
    return bibliography


# -- ids and titles ---------------------------------------------------------------------------------------------------


def _identified(
    parsed: Iterable[_Parsed], bibliography: Mapping[str, Source], diagnostics: list[Diagnostic]
) -> list[Document]:
    """Give every file an id of its own and make documents, in the order of their ids."""
    documents: list[Document] = []
    by_kind: dict[Kind, list[_Parsed]] = defaultdict(list)
    for file in parsed:
        by_kind[file.kind].append(file)
    for files in by_kind.values():
        ids = _ids(files, diagnostics)
        documents += [_document(file, ids[file.path], bibliography) for file in files]
    return sorted(documents, key=lambda document: (document.kind, document.id))


def _ids(files: list[_Parsed], diagnostics: list[Diagnostic]) -> dict[str, str]:
    """Choose ids: those that were asked for first, then the slugs of file names, longer where names collide."""
    ids: dict[str, str] = {}
    taken: dict[str, _Parsed] = {}
    for file in files:
        if file.head.id and (wanted := _asked_id(file.head.id.value)):
            first = taken.setdefault(wanted.casefold(), file)
            if first is file:
                ids[file.path] = wanted
            else:
                diagnostics.append(_duplicate_id(file, first, wanted))
    rest = [file for file in files if file.path not in ids]
    names: dict[str, list[_Parsed]] = defaultdict(list)
    for file in rest:
        names[_own_slug(file.within).casefold()].append(file)
    for name, same in sorted(names.items()):
        if len(same) == 1 and name not in taken:
            ids[same[0].path] = _own_slug(same[0].within)
            taken[name] = same[0]
        else:
            diagnostics.extend(_lengthened(same, taken, ids))
    return ids


def _lengthened(same: list[_Parsed], taken: dict[str, _Parsed], ids: dict[str, str]) -> Iterator[Diagnostic]:
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
        if file.head.id is None:
            span = file.head.title.span if file.head.title else _TOP
            twins = tuple(Related(path, _TOP, "has the same name") for path in sorted(others - {file.path}))
            message = f"another file is called `{_own_slug(file.within)}` too, so the id of this one is `{slug}`"
            hint = "give it an `id` of its own"
            yield finding("colliding-names", file.path, span, message, hint=hint, related=twins[:3])


def _shared(slug: str, file: _Parsed, same: list[_Parsed]) -> bool:
    tail = slug.casefold()
    return any(
        other is not file and document_slug("-".join(_all_parts(other.within))).casefold().endswith(tail)
        for other in same
    )


def _duplicate_id(file: _Parsed, first: _Parsed, wanted: str) -> Diagnostic:
    span = file.head.id.span if file.head.id else _TOP
    there = Related(first.path, first.head.id.span if first.head.id else _TOP, "first used here")
    message = f"the id `{wanted}` is already taken by `{first.path}`"
    return finding("duplicate-id", file.path, span, message, related=(there,))


def _asked_id(value: str) -> str:
    """Make an id of what was asked for: a permalink's last part, spelled as given when a URL can hold it."""
    last = value.strip().strip("/").rpartition("/")[2]
    return last if is_usable_id(last) else document_slug(last)


def _all_parts(within: PurePosixPath) -> list[str]:
    parts = [*within.parts[:-1], within.stem]
    if len(parts) > 1 and parts[-1].lower() in _FOLDER_NOTES:
        parts.pop()
    return parts


def _folders(within: PurePosixPath) -> list[str]:
    return _all_parts(within)[:-1]


def _own_slug(within: PurePosixPath) -> str:
    return document_slug(_all_parts(within)[-1]) or "untitled"


def _document(file: _Parsed, name: str, bibliography: Mapping[str, Source]) -> Document:
    known = (bibliography.get(reference.value) for reference in file.head.source_keys)
    sources = (*(source for source in known if source), *file.head.sources)
    return Document(
        id=name,
        kind=file.kind,
        path=file.path,
        head=file.head,
        body=file.body,
        title=_title(file),
        sources=tuple({source.identity: source for source in sources}.values()),
    )


def _title(file: _Parsed) -> str:
    if file.head.title and file.head.title.value:
        return file.head.title.value
    if file.body.title:
        return file.body.title
    if file.body.headings and file.body.headings[0].text:
        return file.body.headings[0].text
    words = _all_parts(file.within)[-1].replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or file.path
