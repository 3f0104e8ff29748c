"""Link ordinary pages to notes and lines: `[[wikilinks]]`, `[@citations]` and source paths in docs/.

A Python-Markdown extension.  Its patterns are inline patterns, which never see code, and what it writes are
source paths as MkDocs knows them (`../notes/x.md`): MkDocs turns those into addresses, and no address is
spelled here.
"""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, unquote, urlsplit

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from inquiry.corpus.body import LinkKind
from inquiry.corpus.written import CITATION, PICTURE, WIKILINK, citations, is_external

if TYPE_CHECKING:
    import re

    from markdown import Markdown

_BEHIND_CODE = 185
"""Priority behind code (190), before escapes (180), which would take the bar out of a table's `\\|`."""

_BEFORE_MKDOCS = 5
"""Priority among tree processors: inline patterns (20) have run, MkDocs's reading of paths (0) has not."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A link of an ordinary page, as written."""

    kind: LinkKind
    target: str
    fragment: str
    text: str
    """The words that the author gave; empty for none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a link leads to."""

    src_uri: str
    """Source path as MkDocs knows it, from docs/; empty for a URL of another site or for this very page."""
    anchor: str = ""
    text: str = ""
    """Words for a link that was written without any."""
    note: str = ""
    """Id of the note, when it is one."""
    url: str = ""
    """Address on another site."""


class Answers(Protocol):
    """Whoever knows what links mean."""

    def answer(self, asked: Asked) -> Answer | None:
        """Say where a link of the current page leads; `None` for nowhere, which the checker reports."""

    def source_of(self, path: str) -> str | None:
        """Return the document that a path of the current page names, from the folder of mkdocs.yml.

        `None` for every path that MkDocs itself should judge.
        """

    @property
    def src_uri(self) -> str:
        """The current page's source path, from docs/."""


class DocsLinks(Extension):
    """Make links of ordinary pages mean what they mean in notes."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self._answers = answers

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the patterns."""
        wikilinks = WikilinkPattern(WIKILINK, md, self._answers)
        citation_pattern = CitationPattern(CITATION, md, self._answers)
        md.inlinePatterns.register(wikilinks, "inquiry_wikilink", _BEHIND_CODE)
        md.inlinePatterns.register(citation_pattern, "inquiry_citation", _BEHIND_CODE - 1)
        md.treeprocessors.register(SourcePaths(md, self._answers), "inquiry_paths", _BEFORE_MKDOCS)


class WikilinkPattern(InlineProcessor):
    """`[[target#fragment|text]]` and `![[target]]`."""

    def __init__(self, pattern: str, md: Markdown, answers: Answers) -> None:
        super().__init__(pattern, md)
        self._answers = answers

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name and odd type
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        """Make a link or a picture."""
        del data
        written = m[2].rstrip("\\")  # `\|` is how a table's cell spells the bar
        target, _, fragment = written.partition("#")
        kind = LinkKind.EMBED if m[1] else LinkKind.WIKILINK
        asked = Asked(kind, " ".join(target.split()), fragment.strip(), (m[3] or "").strip())
        found = self._answers.answer(asked)
        return _element(asked, found, self._answers.src_uri, "note-link"), m.start(0), m.end(0)


class CitationPattern(InlineProcessor):
    """`[@key]`, `[@key, p. 3]` and `[@one; @two]`."""

    def __init__(self, pattern: str, md: Markdown, answers: Answers) -> None:
        super().__init__(pattern, md)
        self._answers = answers

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name and odd type
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """Make a link of each key, or leave brackets alone that are no citation."""
        del data
        cited = citations(m[1])
        if not cited:
            return None, None, None
        group = ET.Element("span", {"class": "citations"})
        for number, one in enumerate(cited):
            asked = Asked(LinkKind.CITATION, one.key, "", "")
            element = _element(asked, self._answers.answer(asked), self._answers.src_uri, "citation")
            last = number == len(cited) - 1
            element.tail = (f", {one.locator}" if one.locator else "") + ("" if last else "; ")
            group.append(element)
        return group, m.start(0), m.end(0)


class SourcePaths(Treeprocessor):
    """`[text](../notes/x.md)`: paths as they hold in the repository and in an editor."""

    def __init__(self, md: Markdown, answers: Answers) -> None:
        super().__init__(md)
        self._answers = answers

    def run(self, root: ET.Element) -> None:
        """Rewrite links to documents into paths that MkDocs knows; mark those that lead nowhere."""
        for element in root.iter("a"):
            href = element.get("href", "")
            if not element.get("data-note") and not is_external(href):
                self._rewrite(element, href)

    def _rewrite(self, element: ET.Element, href: str) -> None:
        parts = urlsplit(href)
        source = self._answers.source_of(unquote(parts.path)) if parts.path else None
        if source is None:
            return
        fragment = unquote(parts.fragment)
        asked = Asked(LinkKind.MARKDOWN, f"/{source}", fragment, "".join(element.itertext()))
        found = self._answers.answer(asked)
        if found is None:
            _break(element)
        else:
            element.set("href", _href(found, self._answers.src_uri))


def _element(asked: Asked, found: Answer | None, page: str, style: str) -> ET.Element:
    if found is None:
        broken = ET.Element("span", {"class": "dangling"})
        broken.text = asked.text or AtomicString(asked.target or asked.fragment)
        return broken
    if asked.kind is LinkKind.EMBED and PICTURE.search(found.src_uri):
        return ET.Element("img", {"src": _href(found, page), "alt": asked.text})
    link = ET.Element("a", {"href": _href(found, page)})
    if found.note:
        link.attrib |= {"class": style, "data-note": found.note}
    elif asked.kind is LinkKind.CITATION:
        link.set("class", style)
    link.text = asked.text or AtomicString(found.text or asked.target)  # a title is no Markdown
    return link


def _href(found: Answer, page: str) -> str:
    if found.url:
        return found.url
    path = posixpath.relpath(found.src_uri, posixpath.dirname(page) or ".") if found.src_uri else ""
    return quote(path) + (f"#{quote(found.anchor, safe='^:')}" if found.anchor else "")


def _break(element: ET.Element) -> None:
    element.tag = "span"
    element.attrib.clear()
    element.set("class", "dangling")
