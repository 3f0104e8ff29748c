"""Begin a note or a line: a file with its head filled in, ready to be written on.

Makes text from values; only `write_new` touches the disk, and it never overwrites.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import yaml

from inquiry.corpus.identifiers import source_at
from inquiry.corpus.slugs import document_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from inquiry.author.beside import Beside
    from inquiry.corpus.model import Document, Source

LONGEST_NAME = 80
"""Characters of a title that a file's name keeps: some file systems stop at 143 bytes."""
NEAR_KEYS = 3
"""Keys that are offered for one that is not there."""


class CannotBeginError(Exception):
    """A file that cannot be begun; its text is one line that says why."""


def file_name(title: str) -> str:
    """Make a file's stem from a title, cut between words where it is long.

    Raises:
        CannotBeginError: The title has no letter or digit.
    """
    slug = document_slug(title)
    if not any(char.isalnum() for char in slug):
        raise CannotBeginError(f"the title `{title}` has no letters to make a file's name from")
    if len(slug) > LONGEST_NAME:
        slug = slug[: LONGEST_NAME + 1].rpartition("-")[0] or slug[:LONGEST_NAME]
    return slug.strip("-.")


def note_text(
    title: str,
    created: date,
    source: str | Mapping[str, str] | None = None,
    *,
    summary: str = "",
    tags: Sequence[str] = (),
    body: str = "",
) -> str:
    """Write a note: its head, and below it the body, or room for one."""
    return _head(title, created, {"source": source} if source else {}, summary, tags) + "\n" + body


def line_text(title: str, created: date, notes: Iterable[Beside] = ()) -> str:
    """Write a line that begins with the notes it could cite, to be worked into its essay or struck out."""
    own = file_name(title)
    return _head(title, created, {}) + "\n" + "".join(_entry(each, own) for each in notes)


def _entry(beside: Beside, own: str) -> str:
    """Write a note with its summary, and what it says against others of the list; `own` is the name of the line."""
    note = beside.note
    against = "; ".join(f"{kind.value} {_link(other, own)}" for kind, other in beside.disagreements)
    return f"- {_link(note, own)} — {note.head.summary or note.title}{f' ({against})' if against else ''}\n"


def _link(note: Document, own: str) -> str:
    """Link to a note by its id, or by its path where the line will have that very id."""
    return f"[[{note.path.removesuffix('.md') if note.id == own else note.id}]]"


def _head(title: str, created: date, more: Mapping[str, object], summary: str = "", tags: Sequence[str] = ()) -> str:
    """Write a YAML head; a summary that is not given stays open, for only the author knows it."""
    fields = {"title": " ".join(title.split()), "summary": summary or None, **more, "tags": [*tags], "created": created}
    text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=float("inf"))
    return "---\n" + text.replace("\nsummary: null\n", "\nsummary:\n", 1) + "---\n"


def source_value(text: str, bibliography: Mapping[str, Source]) -> str | Mapping[str, str]:
    """Find what `source:` should say for a key, a DOI, an arXiv id or an address.

    A work that the bibliography has is named by its key, however it was asked for.

    Raises:
        CannotBeginError: It is none of these; near keys are named.
    """
    key = text.strip().removeprefix("@")
    if key in bibliography:
        return key
    work = source_at(text)
    if work is None:
        near = get_close_matches(key, sorted(bibliography), n=NEAR_KEYS)
        hint = f"; did you mean {' or '.join(f'`{one}`' for one in near)}?" if near else ""
        raise CannotBeginError(
            f"`{text}` is neither a key of the bibliography nor a DOI, an arXiv id or an address{hint}"
        )
    for known, entry in sorted(bibliography.items()):
        if entry.link and entry.link.lower() == work.link.lower():
            return known
    fields = {"doi": work.doi, "arxiv": "" if work.doi else work.arxiv, "url": work.url}
    return {name: value for name, value in fields.items() if value}


def write_new(folder: Path, title: str, text: str, known: Sequence[Document] = ()) -> Path:
    """Write the file of a new document and return its path.

    Raises:
        CannotBeginError: A document of that name is there already.
    """
    stem = file_name(title)
    path = folder / f"{stem}.md"
    for document in known:
        if document.id == stem:
            raise CannotBeginError(f"`{document.path}` has the id `{stem}` already")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise CannotBeginError(f"`{path}` exists already") from None
    return path
