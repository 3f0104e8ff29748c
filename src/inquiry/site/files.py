"""Put pages into MkDocs: the thin adapter between what we render and the files that it publishes.

A MkDocs `Page` costs a theme rendering, a search parse and a place in the navigation, some milliseconds
each.  Ours are plain files to MkDocs: it resolves links to them and asks them to copy themselves, and by then
they are there.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import yaml
from mkdocs.structure.files import File, InclusionLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from inquiry.config import Project
    from inquiry.graph.urls import Urls
    from inquiry.site.compose import ComposedSite
    from inquiry.site.made_file import MadeFile
    from inquiry.site.render import OutputPage

GENERATED_BY = "inquiry"
"""Name under which MkDocs and other plugins find the maker of a file."""


class PageFile(File):
    """A page that the press writes.

    Its source path is the note's own (`notes/sleep/debt.md`), so that links to that path hold; MkDocs is
    told that it is no documentation page and therefore never makes a `Page` of it.
    """

    def __init__(
        self,
        page: OutputPage,
        src_uri: str,
        destination: str,
        config: MkDocsConfig,
    ) -> None:
        super().__init__(
            src_uri,
            None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=destination,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.generated_by = GENERATED_BY
        self.output = page
        self._content = ""  # MkDocs asks a file without a source for its content before it copies it

    @property
    def src_path(self) -> str:
        """The path as the system writes it; MkDocs would take it apart and put it together again for each page."""
        return self.src_uri.replace("/", os.sep)

    @src_path.setter
    def src_path(self, path: str) -> None:
        self.src_uri = path.replace(os.sep, "/")

    def is_documentation_page(self) -> bool:
        """Tell MkDocs to copy the file rather than to make a page of it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave the page as it is: all have been written together when MkDocs was ready for them."""


class OwnFile(File):
    """A file for programs that the press writes, likewise."""

    def __init__(self, made: MadeFile, config: MkDocsConfig) -> None:
        super().__init__(
            made.name,
            None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=made.name,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.generated_by = GENERATED_BY
        self.made = made
        self._content = ""

    def is_documentation_page(self) -> bool:
        """Tell MkDocs that it is none, whatever it is called."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Leave the file as it is, like a page."""


def page_files(pages: Iterable[OutputPage], urls: Urls, config: MkDocsConfig) -> Iterator[PageFile]:
    """Make a file of each page, under the source path that others link to.

    A list has no source; `lines/index.md` reaches it, in links and in the navigation, unless a document of
    that path takes precedence.
    """
    pages = tuple(pages)
    sources = {page.source for page in pages}
    for page in pages:
        destination = urls.destination(page.path)
        listed = f"{page.path}index.md"
        src_uri = page.source or (destination if listed in sources else listed)
        yield PageFile(page, src_uri, destination, config)


def add_files(files: Files, added: Iterable[File]) -> Iterator[tuple[File, File]]:
    """Add what the author has not put there already; yield each file left out, with the one that is there.

    An author's own `docs/lines/index.md` or `docs/assets/inquiry.css` thus replaces ours.
    """
    there = {file.dest_uri: file for file in files if file.inclusion.value > InclusionLevel.DRAFT.value}
    for file in added:
        other = files.get_file_from_path(file.src_uri) or there.get(file.dest_uri)
        if other is None:
            files.append(file)
        else:
            yield file, other


def added_files(
    site: ComposedSite, project: Project, assets: Iterable[tuple[str, Path]], config: MkDocsConfig
) -> Iterator[File]:
    """Make a file of everything that a site has beside its pages and the ordinary ones.

    Args:
        site: What the site consists of.
        project: Where it lies.
        assets: Stylesheets, scripts and the like, by their path in the site.
        config: MkDocs's own.
    """
    for name, path in assets:
        yield copied_file(config, name, path)
    yield from (OwnFile(made, config) for made in site.files)
    for name in site.assets:
        yield copied_file(config, name, project.root / name)


def copied_file(config: MkDocsConfig, src_uri: str, path: Path) -> File:
    """Publish a file of the disk under a path of its own."""
    file = File.generated(config, src_uri, abs_src_path=str(path), inclusion=InclusionLevel.NOT_IN_NAV)
    file.generated_by = GENERATED_BY
    return file


def home_file(config: MkDocsConfig, title: str) -> File:
    """Make the home page of a site whose author has written none.

    It stands in a navigation that MkDocs makes by itself, and stays out of one that the author has written.
    """
    head = f"---\n{yaml.safe_dump({'title': title})}---\n"
    inclusion = InclusionLevel.INCLUDED if config.nav is None else InclusionLevel.NOT_IN_NAV
    file = File.generated(config, "index.md", content=head, inclusion=inclusion)
    file.generated_by = GENERATED_BY
    return file


def is_home(file: File) -> bool:
    """Tell whether a file becomes the page at the site's root."""
    return file.dest_uri == "index.html"


def name_listed_pages(nav: Navigation) -> None:
    """Give our pages that an author put into the navigation without a title the title that they have."""
    for page in nav.pages:
        if isinstance(page.file, PageFile) and page.title is None:
            page.title = page.file.output.facts.title


def printed_pages(files: Files) -> list[tuple[OutputPage, str]]:
    """List our pages that are published, each with the file that it is written to."""
    ours = (file for file in files if isinstance(file, PageFile) and file.inclusion.value > InclusionLevel.DRAFT.value)
    return [(file.output, file.abs_dest_path) for file in ours]


def printed_files(files: Files) -> list[tuple[MadeFile, str]]:
    """List our files for programs that are published, likewise."""
    ours = (file for file in files if isinstance(file, OwnFile) and file.inclusion.value > InclusionLevel.DRAFT.value)
    return [(file.made, file.abs_dest_path) for file in ours]
