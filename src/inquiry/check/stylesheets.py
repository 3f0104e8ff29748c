"""The rule about style sheets of the site's own: what they fetch has to be there."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from inquiry.check.landings import Spot
from inquiry.check.pages.source import read_source
from inquiry.check.styles import style_addresses
from inquiry.check.wording import did_you_mean, quoted
from inquiry.corpus.written import is_external
from inquiry.diagnostics import finding
from inquiry.graph.near import NearNames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inquiry.check.pages.source import Source
    from inquiry.check.site import Site
    from inquiry.diagnostics import Diagnostic


def stylesheet_findings(site: Site, root: Path) -> Iterator[Diagnostic]:
    """Report what the style sheets of `extra_css`, and those that they import, fetch in vain."""
    folder = site.docs.files.folder
    there = frozenset(site.docs.files.files)
    waiting = [posixpath.normpath(posixpath.join(folder, one.value)) for one in site.docs.configuration.styles]
    read: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        if path in read or path not in there:
            continue
        read.add(path)
        source = read_source(root, path)
        yield from source.diagnostics
        for value, start, imported in style_addresses(source.text):
            yield from _address(site, source, value, start)
            if imported and not is_external(value):
                waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(value))))


def _address(site: Site, source: Source, value: str, start: int) -> Iterator[Diagnostic]:
    """Judge an address: relative ones count from the style sheet."""
    spot = Spot(source.path, source.span(start, len(value)), value)
    if is_external(value) or value.startswith("/"):
        yield from site.address_findings(spot, value)
        return
    path = unquote(value.partition("#")[0].partition("?")[0])
    if not path or value.lower().startswith(("data:", "var(")):
        return
    folder = site.docs.files.folder
    named = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), path))
    if not site.publishes(posixpath.relpath(named, folder)):
        names = ((posixpath.basename(one), one) for one in site.docs.files.files)
        near = NearNames(names).near(posixpath.basename(path))
        hint = did_you_mean([posixpath.relpath(one, posixpath.dirname(source.path)) for one in near])
        yield finding("missing-file", source.path, spot.span, f"there is no file {quoted(value)}", hint=hint)
