"""Read ordinary pages: each is converted once, as MkDocs would convert it, and what matters to a check is kept."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from inquiry.check.pages.convert import Converter, snippet_folders
from inquiry.check.pages.finished import FinishedPage, finish
from inquiry.check.pages.marks import mark
from inquiry.check.pages.model import Include, OrdinaryPage
from inquiry.check.pages.source import Source, allowances_of, body_start, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inquiry.check.pages.configuration import Configuration
    from inquiry.config import Project

_WRITTEN_BY_PLUGINS = re.compile(r"\{\{|\{%|\{!|^::: |\[TAGS\]|<!-- material/|^\s*\[?\[TOC", re.MULTILINE)
"""What plugins fill in; its headings and links are not known before a build."""
_SNIPPET = re.compile(
    r"""^(?P<indent>[ \t]*)(?P<escape>;*)-+8<-+[ \t]+(?P<quote>["'])(?P<name>[^"'\n]+)(?P=quote)[ \t]*$""", re.MULTILINE
)
_SNIPPET_BLOCK = re.compile(r"^[ \t]*-+8<-+[ \t]*\n(?P<names>.*?)\n[ \t]*-+8<-+[ \t]*$", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r":(?:[A-Za-z][\w-]*|\d*(?::\d*)?(?:,\d*:\d*)*)$")


def read_pages(project: Project, configuration: Configuration, paths: Iterable[str]) -> dict[str, OrdinaryPage]:
    """Read the pages of these files, relative to the folder of mkdocs.yml."""
    converter = Converter(configuration.extensions, project.root, project.docs_dir)
    folders = snippet_folders(configuration.extensions, project.root, project.docs_dir)
    names = {name for name, _ in configuration.extensions}
    resolved_elsewhere = not configuration.plugins.isdisjoint({"autorefs", "mkdocstrings"})
    pages = {}
    for path in paths:
        source = read_source(project.root, path)
        finished = _finished(source, converter, references=not resolved_elsewhere, footnotes="footnotes" in names)
        pages[path] = OrdinaryPage(
            path=path,
            anchors=finished.anchors,
            made=finished.made,
            links=finished.links,
            ids=finished.ids,
            elements=finished.elements,
            base=finished.base,
            includes=tuple(_lost_snippets(source, folders)) if folders else (),
            undefined=finished.undefined,
            allowances=allowances_of(source),
            diagnostics=source.diagnostics,
            complete=finished.complete and not _WRITTEN_BY_PLUGINS.search(source.text),
        )
    return pages


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
