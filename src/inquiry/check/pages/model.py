"""Nouns of an ordinary page: what MkDocs would publish, and where its author wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inquiry.check.markup import Role
    from inquiry.corpus.body import Allowance, LinkKind
    from inquiry.diagnostics import Diagnostic, Span


@dataclass(frozen=True, slots=True)
class PageLink:
    """A reference of an ordinary page that its readers' browsers would follow."""

    kind: LinkKind
    """How it was written; pictures and files of raw HTML count as HTML."""
    role: Role
    target: str
    """As written, without entities, with its fragment: `walks.md#noon`, `https://…`, a wikilink's name."""
    span: Span
    """The target in the Markdown."""
    fallback: bool = False
    """Whether only readers without scripts get it (`<noscript>`)."""
    picture: bool = False
    """Whether it is shown as a picture."""


@dataclass(frozen=True, slots=True)
class NamedId:
    """An id as it stands in raw HTML."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Include:
    """A file that a snippet takes in."""

    name: str
    """As written."""
    span: Span


@dataclass(frozen=True, slots=True)
class OrdinaryPage:
    """A page of docs/."""

    path: str
    """File, relative to the folder of mkdocs.yml."""
    anchors: frozenset[str] = frozenset()
    """Every id that a fragment can name."""
    made: frozenset[str] = frozenset()
    """Those that Markdown has made: of headings, footnotes, tabs."""
    links: tuple[PageLink, ...] = ()
    ids: tuple[NamedId, ...] = ()
    """Ids of raw HTML, in order."""
    elements: tuple[NamedId, ...] = ()
    """Ids that attributes such as `for` name."""
    includes: tuple[Include, ...] = ()
    """Snippets whose file is not there."""
    undefined: tuple[tuple[str, Span], ...] = ()
    """Reference links and footnotes without a definition, as written."""
    allowances: tuple[Allowance, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    """Faults of the file as such."""
    base: str = ""
    """What relative addresses of its raw HTML count from, by `<base href>`; empty for the page itself."""
    complete: bool = True
    """Whether all of its anchors are known: no plugin adds to its text."""
