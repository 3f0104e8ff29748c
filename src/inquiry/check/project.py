"""Rules about mkdocs.yml: pages of the navigation, style sheets, scripts and pictures that it names."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from inquiry.check.landings import Spot
from inquiry.check.wording import did_you_mean, quoted
from inquiry.corpus.written import is_external
from inquiry.diagnostics import finding
from inquiry.graph.near import NearNames
from inquiry.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inquiry.check.pages.configuration import Entry
    from inquiry.check.site import Site
    from inquiry.diagnostics import Diagnostic

OPTIONAL = Settings().bibliography
"""Files that are read where they exist; every other was asked for by name."""


def project_findings(site: Site, root: Path) -> Iterator[Diagnostic]:
    """Report everything that mkdocs.yml names and that is not there."""
    configuration = site.docs.configuration
    for entry in configuration.nav:
        yield from _nav_findings(site, entry)
    for entry in (*configuration.styles, *configuration.scripts, *configuration.pictures):
        if is_external(entry.value) or entry.value.startswith("/"):
            yield from site.address_findings(_spot(entry), entry.value)
        elif not site.publishes(entry.value.partition("?")[0]):
            yield _missing(site, entry, "file")
    for entry in configuration.bibliography:
        if entry.value not in OPTIONAL and not (root / entry.value).is_file():
            message = f"there is no bibliography {quoted(entry.value)}"
            yield finding("missing-file", entry.path, entry.span, message)


def _nav_findings(site: Site, entry: Entry) -> Iterator[Diagnostic]:
    """Judge an entry of the navigation: a page by its source from docs/, or an address."""
    value = entry.value
    if is_external(value) or value.startswith("/"):
        yield from site.address_findings(_spot(entry), value)
        return
    path = posixpath.normpath(value.partition("#")[0])
    source = posixpath.normpath(posixpath.join(site.docs.files.folder, path))
    document = site.documents.get(path)
    hidden = source in site.docs.files.hidden or (document is not None and not document.has_page)
    if hidden:
        message = f"the navigation names {quoted(value)}, which is not published"
        yield finding("unpublished-target", entry.path, entry.span, message, hint="publish it, or take the entry out")
    elif document is None and not site.publishes(path) and site.docs.all_known:
        yield _missing(site, entry, "page")


def _missing(site: Site, entry: Entry, noun: str) -> Diagnostic:
    folder = f"{site.docs.files.folder}/"
    names = [path.removeprefix(folder) for path in (site.docs.files.pages if noun == "page" else site.docs.files.files)]
    near = NearNames((posixpath.basename(path), path) for path in names).near(posixpath.basename(entry.value))
    message = f"there is no {noun} {quoted(entry.value)} in {quoted(folder)}"
    return finding("missing-file", entry.path, entry.span, message, hint=did_you_mean(near))


def _spot(entry: Entry) -> Spot:
    return Spot(entry.path, entry.span, entry.value)
