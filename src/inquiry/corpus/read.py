"""From one file of notes/ or lines/ to what was read in it."""

from __future__ import annotations

import posixpath
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from inquiry.corpus.files import read_file
from inquiry.corpus.frontmatter import parse_head
from inquiry.corpus.head import text_from_line
from inquiry.corpus.ids import Parsed, as_document
from inquiry.corpus.lean import parse_lean
from inquiry.corpus.model import Kind
from inquiry.diagnostics import Diagnostic, Span, finding

if TYPE_CHECKING:
    from inquiry.config import Project
    from inquiry.corpus.model import Bibliography, Document, FrontMatter
    from inquiry.settings import Settings

DIGEST_BYTES = 16
"""Bytes of a file's hash: enough that no two states of a file ever share one."""


class MarkdownFile(NamedTuple):
    """A file of notes/ or lines/."""

    path: str
    within: str
    """Path below notes/ or lines/."""
    kind: Kind


class Revised(NamedTuple):
    """A document in a new state."""

    document: Document
    faults: tuple[Diagnostic, ...]
    """What is wrong with its file as such."""


def read_markdown(root: str, file: MarkdownFile, *, trusted: bool, lean: bool = False) -> Parsed | Diagnostic | None:
    """Read a note or a line; a file that cannot be read gives a finding instead.

    Args:
        root: Folder of mkdocs.yml.
        file: Which one.
        trusted: Whether HTML in it is published as it stands.
        lean: Leave out HTML, words and sentences.
    """
    text, fault = read_file(root, file.path)
    if text is None:
        return fault
    return parse_markdown(text, file, trusted=trusted, lean=lean, faults=() if fault is None else (fault,))


def parse_markdown(
    text: str, file: MarkdownFile, *, trusted: bool, lean: bool = False, faults: tuple[Diagnostic, ...] = ()
) -> Parsed:
    """Read the text of a note or a line, which has LF line ends; `faults` is what is wrong with its file already."""
    head = parse_head(text, file.path, file.kind)
    body = text_from_line(text, head.body_line)
    parsed = parse_lean(body, first_line=head.body_line) if lean else None
    if parsed is None:
        from inquiry.corpus.markdown import parse_body  # noqa: PLC0415 - a lean parse can mostly do without

        cites = file.kind is Kind.LINE
        parsed = parse_body(body, file.path, first_line=head.body_line, trusted=trusted, cites=cites)
    if not text.strip():
        faults = (*faults, finding("empty-file", file.path, Span.at(1), "the file is empty"))
    if lean:
        return Parsed(*file, head, parsed, faults)
    above = digest_of(text[: len(text) - len(body)])
    return Parsed(*file, head, parsed, faults, digest_of(text), above)


def markdown_file(path: str, settings: Settings) -> MarkdownFile | None:
    """Tell a note or a line by its path; None for any other file."""
    for folder, kind in ((settings.notes, Kind.NOTE), (settings.lines, Kind.LINE)):
        top = posixpath.normpath(folder) + "/"
        within = path.removeprefix(top)
        hidden = any(part.startswith(".") for part in within.split("/"))
        if path.startswith(top) and path.lower().endswith(".md") and not hidden:
            return MarkdownFile(path, within, kind)
    return None


def digest_of(text: str) -> bytes:
    """Hash the text of a file."""
    return blake2b(text.encode(errors="replace"), digest_size=DIGEST_BYTES).digest()


def read_again(project: Project, before: Document, bibliography: Bibliography) -> Revised | None:
    """Read the file of a document that may have changed.

    Returns:
        What the document is now, and what is wrong with the file as such; None where it cannot be read, or where the
        document no longer has the names and sources by which others find it, or is published otherwise.
    """
    file = markdown_file(before.path, project.settings)
    if file is None:
        return None
    parsed = read_markdown(str(project.root), file, trusted=project.settings.html == "trusted")
    if not isinstance(parsed, Parsed) or _standing(parsed.head) != _standing(before.head):
        return None
    return Revised(as_document(parsed, before.id, bibliography), parsed.diagnostics)


def _standing(head: FrontMatter) -> tuple[object, ...]:
    """Take what decides how others find a document, its title aside."""
    names = [one.value for one in (head.id, *head.aliases, *head.source_keys) if one]
    return head.visibility, names, head.sources
