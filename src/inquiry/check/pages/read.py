"""Read the ordinary pages: from files of docs/ to what their readers' browsers would follow.

The only reader of docs/ in a check.  Each page is converted once; a project without ordinary pages imports no
Markdown at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.check.pages.configuration import Configuration, read_configuration
from inquiry.graph.ordinary import OrdinaryFiles, ordinary_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inquiry.check.pages.model import OrdinaryPage
    from inquiry.config import Project
    from inquiry.corpus.model import Corpus

_HARMLESS = frozenset(
    """
    inquiry search autorefs awesome-pages charts git-authors git-committers git-committers-2 git-revision-date
    git-revision-date-localized glightbox group info meta minify mermaid2 offline open-in-new-tab optimize panzoom
    privacy projects redirects rss section-index social swagger-ui-tag tags typeset video with-pdf
    """.split()
)
"""Plugins that neither make pages nor write words."""


@dataclass(frozen=True, slots=True)
class Docs:
    """The ordinary side of a project."""

    configuration: Configuration
    files: OrdinaryFiles
    pages: Mapping[str, OrdinaryPage]
    """Published pages by their file, relative to the folder of mkdocs.yml."""

    @property
    def all_known(self) -> bool:
        """Whether no plugin and no hook can make pages that nobody sees here."""
        names = {name.rpartition("/")[2].partition(" ")[0] for name in self.configuration.plugins}
        return not self.configuration.hooks and names <= _HARMLESS


def read_docs(project: Project, corpus: Corpus) -> Docs:
    """Read mkdocs.yml and every page that MkDocs would publish."""
    configuration = read_configuration(project)
    files = ordinary_files(project, corpus.files)
    if not files.pages:
        return Docs(configuration, files, {})
    from inquiry.check.pages.ordinary import read_pages  # noqa: PLC0415 -- see above

    return Docs(configuration, files, read_pages(project, configuration, files.pages))
