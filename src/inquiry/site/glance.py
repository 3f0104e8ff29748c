"""A glance: the page of an edited file as it is now, before the site is made again.

A preview shows the author's own words at once, whatever the size of the site.  What an edit changes elsewhere, and
which suggestions it moves, takes everything into account and so a build, which follows and has the last word.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from inquiry.corpus.read import read_again
from inquiry.replacing import replace_file
from inquiry.site.findings import findings_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from inquiry.config import Project
    from inquiry.corpus.model import Corpus, Document
    from inquiry.corpus.read import Revised
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.site.render import OutputPage


@dataclass(frozen=True, slots=True)
class Glance:
    """What the last build knew, by which a page can be shown again."""

    project: Project
    corpus: Corpus
    revise: Callable[[Document], tuple[OutputPage, KnowledgeGraph]]
    """Makes the page of a document in a new state, and the graph as it sees it."""
    check: Callable[[Revised, KnowledgeGraph], Iterable[Diagnostic]]
    """Finds what is wrong with one document."""
    html: Callable[[OutputPage, str], str]
    """Renders a page with something above it."""
    files: Mapping[str, Path]
    """The file that the page of each document is written to, by the document's own."""
    spoil: Callable[[Path], None]
    """Is told of each file that is no longer as a build left it."""
    _shown: dict[str, bytes] = field(default_factory=dict)
    """Hash of the text that each page shows now."""
    _documents: dict[str, Document] = field(default_factory=dict)

    def show(self, path: str) -> bool:
        """Write the page of a file, named from the folder of mkdocs.yml, if its text has changed.

        Returns:
            Whether a page is different now; False as well where it takes a build to tell what the page would be.
        """
        if not self._documents:
            self._documents.update({document.path: document for document in self.corpus.documents})
        before, file = self._documents.get(path), self.files.get(path)
        revised = read_again(self.project, before, self.corpus.bibliography) if before and file else None
        if before is None or file is None or revised is None:
            return False
        document = revised.document
        if self._shown.get(path, before.digest) == document.digest:
            return False
        try:
            page, graph = self.revise(document)
            html = self.html(page, findings_html(self.check(revised, graph)))
            self.spoil(file)
            replace_file(file, html.encode("utf-8", errors="xmlcharrefreplace"))
        except (LookupError, TemplateError, OSError):
            return False  # a work that no page has named yet, a template at fault, a full disk: a build will say so
        self._shown[path] = document.digest
        return True

    def name_of(self, file: str) -> str:
        """Name a file as documents are named."""
        return os.path.relpath(file, self.project.root).replace(os.sep, "/")
