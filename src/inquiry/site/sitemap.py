"""The sitemap: every page with the date of its last change, where somebody has written one down.

MkDocs gives all ordinary pages the day of the build, which says nothing and differs from day to day.
"""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs.utils import get_build_date

from inquiry.corpus.dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mkdocs.structure.files import File

    from inquiry.site.render import OutputPage

_NAME = "sitemap.xml"
_UPDATED = ("updated", "modified", "lastmod", "date", "created")
"""Keys of a page's head that say when it changed, the best first."""


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A page as MkDocs's `sitemap.xml` reads it."""

    canonical_url: str
    update_date: str
    abs_url: str = ""
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class SitemapFile:
    """What `sitemap.xml` loops over."""

    page: SitemapPage


def sitemap_files(pages: Iterable[OutputPage]) -> list[SitemapFile]:
    """List our pages that search engines should know, in the order given."""
    return [
        SitemapFile(SitemapPage(page.facts.canonical, page.lastmod))
        for page in pages
        if page.in_sitemap and page.facts.canonical
    ]


def own_dates(files: Iterable[File]) -> list[SitemapFile]:
    """Give ordinary pages the dates in their heads, or none; one that another plugin has dated keeps its date."""
    build_date = get_build_date()
    listed = []
    for file in files:
        page = file.page
        if page is None or page.is_link:
            continue
        date = _date(page.meta) if page.update_date == build_date else page.update_date
        listed.append(SitemapFile(SitemapPage(page.canonical_url or "", date, page.abs_url or "")))
    return listed


def pack_sitemap(folder: Path) -> None:
    """Pack the sitemap anew: MkDocs puts the time of the build into the packed one."""
    path = folder / _NAME
    if path.is_file():
        packed = io.BytesIO()
        with gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0) as out:
            out.write(path.read_bytes())
        (folder / f"{_NAME}.gz").write_bytes(packed.getvalue())


def _date(meta: Mapping[str, Any]) -> str:
    for key in _UPDATED:
        value = meta.get(key)
        if isinstance(value, dict):  # as Material's blog has it: `date: {created: …, updated: …}`
            value = value.get("updated") or value.get("created")
        if date := iso_date(str(value)) if value else "":
            return date
    return ""
