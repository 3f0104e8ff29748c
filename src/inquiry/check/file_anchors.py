"""The rule about places in other files: ids in local SVG pictures, pages of local PDFs.

The files are opened only for links that name such a place, each once.  What cannot be read, or not for certain, is
never reported.
"""

from __future__ import annotations

import re
import zlib
from html import unescape
from typing import TYPE_CHECKING

from inquiry.check.disk import read_bytes, read_text
from inquiry.check.links import Mention, resolved_links
from inquiry.check.wording import did_you_mean, quoted
from inquiry.diagnostics import finding
from inquiry.graph.near import NearNames
from inquiry.graph.resolution import FoundFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inquiry.config import Project
    from inquiry.corpus.model import Corpus
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph

LARGEST_STREAM = 16 * 1024 * 1024
"""Bytes to which one compressed part of a PDF may grow: its page tree is small, and a bomb is not."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ID = re.compile(r"""\s(?:xml:)?id\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SVG_VIEW = re.compile(r"svgView\(|(?:xywh|t|track)=")
"""Fragments of a picture that name no id: a view, a part by its measures, a time."""
_PAGE = re.compile(r"(?:^|&)page=(\d{1,9})(?=&|$)")
_STREAM = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
_PAGES = re.compile(rb"/Type\s*/Pages\b")
_COUNT = re.compile(rb"/Count\s+(\d{1,9})\b")
_PAGE_OBJECT = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_DICTIONARY = 65536
"""Bytes around `/Type /Pages` in which its `/Count` is looked for, as the list of its pages may come between."""


def missing_place(project: Project, corpus: Corpus, graph: KnowledgeGraph, _resolver: object) -> Iterator[Diagnostic]:
    """Report each link to an id that a local SVG does not have, or to a page behind the last of a local PDF."""
    places = FilePlaces(project.root)
    for document in corpus.documents:
        if not document.has_page:
            continue
        for link, resolution in resolved_links(document, graph):
            if isinstance(resolution, FoundFile) and resolution.fragment:
                fault = places.fault(resolution.path, resolution.fragment)
                if fault is not None:
                    span = Mention.of_link(document, link).span
                    yield finding("missing-anchor", document.path, span, fault[0], hint=fault[1])


class FilePlaces:
    """What fragments can name in the files of a project."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._ids: dict[str, frozenset[str] | None] = {}
        self._pages: dict[str, int | None] = {}

    def fault(self, path: str, fragment: str) -> tuple[str, str] | None:
        """Say what is wrong with a fragment, and a hint; None for what holds and for files of other kinds."""
        ending = path.lower().rpartition(".")[2]
        if ending == "svg":
            return self._svg_fault(path, fragment)
        return self._pdf_fault(path, fragment) if ending == "pdf" else None

    def _svg_fault(self, path: str, fragment: str) -> tuple[str, str] | None:
        if path not in self._ids:
            text = read_text(self._root, path)
            self._ids[path] = None if text is None else svg_ids(text)
        ids = self._ids[path]
        if ids is None or fragment in ids or _SVG_VIEW.match(fragment):
            return None
        near = NearNames((name, name) for name in sorted(ids)).near(fragment)
        return f"{quoted(path)} has no element with the id {quoted(fragment)}", did_you_mean(near)

    def _pdf_fault(self, path: str, fragment: str) -> tuple[str, str] | None:
        match = _PAGE.search(fragment)
        if match is None:
            return None
        if path not in self._pages:
            raw = read_bytes(self._root, path)
            self._pages[path] = None if raw is None else pdf_pages(raw)
        pages = self._pages[path]
        if pages is None or 1 <= int(match[1]) <= pages:
            return None
        some = "1 page" if pages == 1 else f"{pages:,} pages"
        return f"{quoted(path)} has {some}, and no page {int(match[1])}", ""


def svg_ids(text: str) -> frozenset[str]:
    """List the ids of a picture.

    >>> sorted(svg_ids("<svg><g id='a'/><!-- <g id='b'/> --><path xml:id='c'/></svg>"))
    ['a', 'c']
    """
    return frozenset(unescape(one[one.lastindex or 1]) for one in _ID.finditer(_COMMENT.sub("", text)))


def pdf_pages(raw: bytes) -> int | None:
    """Count the pages of a PDF; None where its page tree cannot be found, as in one that is encrypted.

    The root of the tree says how many there are, and no branch says more; so the largest count is taken, from
    plain objects and from compressed ones (PDF 32000-1:2008, 7.7.3 and 7.5.7).  In doubt the answer is too large,
    never too small.
    """
    if not raw.startswith(b"%PDF-") or b"/Encrypt" in raw:
        return None
    parts = [raw, *(_inflated(match[1]) for match in _STREAM.finditer(raw) if len(match[1]) < LARGEST_STREAM)]
    counts = [count for part in parts for count in _page_counts(part)]
    pages = sum(len(_PAGE_OBJECT.findall(part)) for part in parts)
    return max(*counts, pages) if counts else None


def _inflated(compressed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(compressed, LARGEST_STREAM)
    except zlib.error:
        return b""


def _page_counts(raw: bytes) -> Iterator[int]:
    """Read the `/Count` beside each `/Type /Pages`, before or behind it."""
    for match in _PAGES.finditer(raw):
        window = raw[max(0, match.start() - _DICTIONARY) : match.end() + _DICTIONARY]
        yield from (int(count[1]) for count in _COUNT.finditer(window))
