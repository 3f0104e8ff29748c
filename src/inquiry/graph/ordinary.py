"""The ordinary pages of a project: which files of docs/ MkDocs publishes, and where it keeps them.

Pure: what lies in docs/ is known by name from the corpus.  MkDocs itself is not asked, for its import alone takes
longer than a check.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.config import Project

_PAGE_ENDINGS = frozenset({".markdown", ".mdown", ".mkdn", ".mkd", ".md"})
"""What MkDocs takes for a page."""
_NEVER_PUBLISHED = (".*", "/templates/")
"""What MkDocs leaves out of docs/ unless `exclude_docs` takes it in again."""


@dataclass(frozen=True, slots=True)
class OrdinaryFiles:
    """Everything below docs/, relative to the folder of mkdocs.yml."""

    folder: str
    """The folder itself."""
    pages: tuple[str, ...]
    """Markdown files that become pages, in order."""
    files: tuple[str, ...]
    """Files that are published as they are, in order."""
    hidden: frozenset[str]
    """Files that `exclude_docs` or `draft_docs` keeps out of the site."""


def is_page(path: str) -> bool:
    """Tell whether MkDocs makes a page of a file of docs/."""
    return posixpath.splitext(path)[1].lower() in _PAGE_ENDINGS


def ordinary_files(project: Project, files: Iterable[str]) -> OrdinaryFiles:
    """Sort out what MkDocs publishes of docs/.

    Args:
        project: Its `exclude_docs` and `draft_docs` are patterns in the manner of .gitignore.
        files: Files of the corpus; those outside docs/ are passed over.
    """
    folder = project.docs_folder
    names = {path for path in files if path.startswith(f"{folder}/")}
    if not names:
        return OrdinaryFiles(folder, (), (), frozenset())
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only a knowledge base with ordinary pages pays for it

    patterns = (*_NEVER_PUBLISHED, *project.exclude_docs.splitlines(), *project.draft_docs.splitlines())
    spec = GitIgnoreSpec.from_lines(patterns)
    hidden = {path for path in names if spec.match_file(path.removeprefix(f"{folder}/"))}
    shown = sorted(path for path in names - hidden if not _gives_way(path, names))
    pages = tuple(path for path in shown if is_page(path))
    return OrdinaryFiles(folder, pages, tuple(path for path in shown if not is_page(path)), frozenset(hidden))


def _gives_way(path: str, names: set[str]) -> bool:
    """Tell whether a README.md gives way to the index.md beside it."""
    folder, name = posixpath.split(path)
    return name == "README.md" and posixpath.join(folder, "index.md") in names
