"""Read the ordinary pages: from files of docs/ to what their readers' browsers would follow.

The only reader of docs/ in a check.  Each page is converted once; a project without ordinary pages imports no
Markdown at all.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inquiry.check.pages.configuration import Configuration, read_configuration
from inquiry.check.pages.convert import Converter, snippet_folders
from inquiry.check.pages.finished import FinishedPage, finish
from inquiry.check.pages.marks import mark
from inquiry.check.pages.model import Include, OrdinaryPage
from inquiry.check.pages.source import Source, allowances_of, body_start, read_source
from inquiry.graph.ordinary import OrdinaryFiles, ordinary_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
_WRITTEN_BY_PLUGINS = re.compile(r"\{\{|\{%|\{!|^::: |\[TAGS\]|<!-- material/|^\s*\[?\[TOC", re.MULTILINE)
"""What plugins fill in; its headings and links are not known before a build."""
_SNIPPET = re.compile(
    r"""^(?P<indent>[ \t]*)(?P<escape>;*)-+8<-+[ \t]+(?P<quote>["'])(?P<name>[^"'\n]+)(?P=quote)[ \t]*$""", re.MULTILINE
)
_SNIPPET_BLOCK = re.compile(r"^[ \t]*-+8<-+[ \t]*\n(?P<names>.*?)\n[ \t]*-+8<-+[ \t]*$", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r":(?:[A-Za-z][\w-]*|\d*(?::\d*)?(?:,\d*:\d*)*)$")


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
    converter = Converter(configuration.extensions, project.root, project.docs_dir)
    folders = snippet_folders(configuration.extensions, project.root, project.docs_dir)
    names = {name for name, _ in configuration.extensions}
    resolved_elsewhere = not configuration.plugins.isdisjoint({"autorefs", "mkdocstrings"})
    pages = {}
    for path in files.pages:
        source = read_source(project.root, path)
        finished = _finished(source, converter, references=not resolved_elsewhere, footnotes="footnotes" in names)
        pages[path] = OrdinaryPage(
            path=path,
            anchors=finished.anchors,
            made=finished.made,
            links=finished.links,
            ids=finished.ids,
            elements=finished.elements,
            includes=tuple(_lost_snippets(source, folders)) if folders else (),
            undefined=finished.undefined,
            allowances=allowances_of(source),
            diagnostics=source.diagnostics,
            complete=finished.complete and not _WRITTEN_BY_PLUGINS.search(source.text),
        )
    return Docs(configuration, files, pages)


def _finished(source: Source, converter: Converter, *, references: bool, footnotes: bool) -> FinishedPage:
    """Convert a page and gather what is in it; a page that cannot be converted has nothing to say."""
    start = body_start(source.text)
    marked = mark(source.text[start:])
    html = converter.html(marked.text)
    if html is None:
        return FinishedPage(complete=False)
    return finish(html, marked.proposed, source, start, references=references, footnotes=footnotes)


def _lost_snippets(source: Source, folders: tuple[str, ...]) -> Iterator[Include]:
    """Find the files that snippets name and that are not there."""
    text = source.text
    for match in _SNIPPET.finditer(text):
        if not match["escape"] and not _is_there(match["name"], folders):
            yield Include(match["name"], source.span(match.start("name"), len(match["name"])))
    for match in _SNIPPET_BLOCK.finditer(text):
        at = match.start("names")
        for line in match["names"].split("\n"):
            name = line.strip().strip("\"'")
            if name and not name.startswith(";") and not _is_there(name, folders):
                yield Include(name, source.span(at + line.index(name), len(name)))
            at += len(line) + 1


def _is_there(name: str, folders: tuple[str, ...]) -> bool:
    if re.match(r"https?://", name) or "\0" in name:
        return True
    spellings = {name, _SECTION.sub("", name)}
    return any(os.path.isfile(Path(folder) / one) for folder in folders for one in spellings)  # noqa: PTH113 - never raises
