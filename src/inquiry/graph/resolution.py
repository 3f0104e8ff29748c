"""What a link can turn out to mean, as values.

One small type for each outcome, so that whoever shows, counts or checks a link matches them to the end
instead of asking for `None`.  Made by `graph.resolve`, read by everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inquiry.corpus.model import Document, Source


@dataclass(frozen=True, slots=True)
class Found:
    """The link names one published document."""

    document: Document
    anchor: str = ""
    """Id on its page; empty for the top.  A text fragment (`:~:text=…`) is kept as it was written."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """The link names another file of the project: a picture, a download, a page of docs/."""

    path: str
    """Relative to the folder of mkdocs.yml."""
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A citation names a work of the bibliography that no single note stands for."""

    source: Source


@dataclass(frozen=True, slots=True)
class External:
    """The link leaves the site by a URL (or is an address of the site itself that only a build can judge)."""

    url: str


@dataclass(frozen=True, slots=True)
class Dangling:
    """The link names nothing."""

    near: tuple[str, ...] = ()
    """Names that were perhaps meant, best first."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The link names several documents."""

    candidates: tuple[Document, ...]
    """In the order of their paths."""


@dataclass(frozen=True, slots=True)
class Unpublished:
    """The link names a document that has no page."""

    document: Document


@dataclass(frozen=True, slots=True)
class MissingAnchor:
    """The document is there; the heading or passage is not."""

    document: Document
    near: tuple[str, ...] = ()
    """Headings or passages that were perhaps meant, as one would write them after `#`."""


@dataclass(frozen=True, slots=True)
class WrongCase:
    """The path differs from a file's name in case only; it works on some systems and fails on others."""

    path: str
    """The file, relative to the folder of mkdocs.yml."""
    document: Document | None = None
    """The document in it, when it is one."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The path leaves the folder of mkdocs.yml."""


@dataclass(frozen=True, slots=True)
class Unsafe:
    """The link's scheme runs code (`javascript:`, `vbscript:`, `data:` other than pictures)."""


Resolution = (
    Found
    | FoundFile
    | FoundSource
    | External
    | Dangling
    | Ambiguous
    | Unpublished
    | MissingAnchor
    | WrongCase
    | Outside
    | Unsafe
)

Reached = Found | Dangling | Ambiguous | Unpublished
"""What a reference of the front matter, which names a document and nothing else, can mean."""
