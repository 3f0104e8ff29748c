"""Markdown of ordinary pages, converted as MkDocs would with the project's own extensions.

Made once a run and only for a project that has ordinary pages.  Extensions that are not installed, or that break, are
left out one by one: a check must not die of what a build would complain about.
"""

from __future__ import annotations

import contextlib
import io
import logging
from typing import TYPE_CHECKING, Any

from inquiry.corpus.body import LinkKind
from inquiry.corpus.written import CITATION, WIKILINK, citations

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from markdown import Markdown

_BUILT_IN = ("toc", "tables", "fenced_code")
"""What MkDocs loads before anything else."""
_BEHIND_CODE = 185
"""Priority of our patterns, as in a build: behind code, before escapes."""
WIKI_TAG, CITE_TAG = "inquiry-wiki", "inquiry-cite"
"""Elements that stand for wikilinks and citations in the finished HTML."""
_QUIET: Mapping[str, Mapping[str, Any]] = {
    "pymdownx.snippets": {"check_paths": False, "url_download": False},
    "pymdownx.highlight": {"use_pygments": False},
    "codehilite": {"use_pygments": False},
}
"""Options that keep a check from stopping, from asking the network, and from colouring code."""


class Converter:
    """Turns Markdown into HTML, page by page."""

    def __init__(self, extensions: Iterable[tuple[str, Mapping[str, Any]]], root: Path, docs: Path) -> None:
        options: dict[str, Mapping[str, Any]] = {name: {} for name in _BUILT_IN}
        self._markdown = _markdown(options | _rooted(extensions, root, docs))

    def html(self, text: str) -> str | None:
        """Convert a page; None when an extension breaks on it."""
        with _silence():
            try:
                return str(self._markdown.reset().convert(text))
            except Exception:  # noqa: BLE001 - extensions raise what they like
                return None


def snippet_folders(extensions: Iterable[tuple[str, Mapping[str, Any]]], root: Path, docs: Path) -> tuple[str, ...]:
    """List the folders that snippets are looked for in; empty when there are no snippets."""
    rooted = _rooted(extensions, root, docs).get("pymdownx.snippets")
    return () if rooted is None else tuple(map(str, rooted["base_path"]))


def _rooted(extensions: Iterable[tuple[str, Mapping[str, Any]]], root: Path, docs: Path) -> dict[str, dict[str, Any]]:
    """Give the options that a check uses; paths count from the folder of mkdocs.yml, where people run MkDocs."""
    found = {name: dict(options) | dict(_QUIET.get(name, {})) for name, options in extensions}
    snippets = found.get("pymdownx.snippets")
    if snippets is not None:
        given = snippets.get("base_path") or ["."]
        folders = given if isinstance(given, list) else [given]
        snippets["base_path"] = [_folder(str(one), root, docs) for one in folders]
    return found


def _folder(name: str, root: Path, docs: Path) -> str:
    if name.startswith("!relative"):
        below = name.removeprefix("!relative").strip()
        below = below.replace("$docs_dir", str(docs)).replace("$config_dir", str(root))
        return str(docs / below)
    return str(root / name)


def _markdown(extensions: Mapping[str, Mapping[str, Any]]) -> Markdown:
    from markdown import Markdown  # noqa: PLC0415 - only a project with ordinary pages pays for it

    markdown = Markdown()
    with _silence():
        for name, options in extensions.items():
            try:
                markdown.registerExtensions([name], {name: dict(options)})
            except Exception:  # noqa: BLE001, S112 - likewise; a build says what is wrong with it
                continue
        _register_patterns(markdown)
    return markdown


@contextlib.contextmanager
def _silence() -> Any:
    """Keep what extensions print and log to themselves."""
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        logging.disable(disabled)


def _register_patterns(markdown: Markdown) -> None:
    """Read wikilinks and citations where a build reads them; what they mean is not asked here."""
    import xml.etree.ElementTree as ET  # noqa: PLC0415 - elements are made, never parsed

    from markdown.inlinepatterns import InlineProcessor  # noqa: PLC0415 - likewise

    class Wikilinks(InlineProcessor):
        def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name and odd type
            self, m: re.Match[str], data: str
        ) -> tuple[ET.Element, int, int]:
            del data
            kind = LinkKind.EMBED if m[1] else LinkKind.WIKILINK
            return ET.Element(WIKI_TAG, {"kind": kind.value, "target": m[2].rstrip("\\")}), m.start(0), m.end(0)

    class Citations(InlineProcessor):
        def handleMatch(  # type: ignore[override]  # noqa: N802 - likewise
            self, m: re.Match[str], data: str
        ) -> tuple[ET.Element | None, int | None, int | None]:
            del data
            from inquiry.check.pages.marks import without_marks  # noqa: PLC0415 - beside its only use

            if not citations(without_marks(m[1])):
                return None, None, None
            return ET.Element(CITE_TAG, {"target": m[1]}), m.start(0), m.end(0)

    markdown.inlinePatterns.register(Wikilinks(WIKILINK, markdown), "inquiry_wikilink", _BEHIND_CODE)
    markdown.inlinePatterns.register(Citations(CITATION, markdown), "inquiry_citation", _BEHIND_CODE - 1)
