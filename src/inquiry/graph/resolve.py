"""What a link means: the one resolver that the page, the graph, the checker and the editor ask.

A target is looked up by id, path, file name, alias, then title, shortest unique suffix first.  Ambiguity is
reported with its candidates, never settled silently.  Resolving is pure, never raises, and does not depend on
the order in which the corpus lists its documents.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from inquiry.corpus.body import LinkKind
from inquiry.corpus.model import Document, Kind
from inquiry.graph.anchors import exact_anchor, named_anchor, near_anchors
from inquiry.graph.names import Names, bare, slugged, stem
from inquiry.graph.near import NearNames
from inquiry.graph.paths import Paths
from inquiry.graph.resolution import (
    Ambiguous,
    Dangling,
    External,
    Found,
    FoundFile,
    FoundSource,
    MissingAnchor,
    Outside,
    Reached,
    Resolution,
    Unpublished,
    Unsafe,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inquiry.corpus.body import Link
    from inquiry.corpus.model import Corpus

_BY_NAME = (LinkKind.WIKILINK, LinkKind.EMBED, LinkKind.CITATION)
_WIKI = (LinkKind.WIKILINK, LinkKind.EMBED)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|(?:mailto|tel|doi):", re.IGNORECASE)
_IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]|^[\x00-\x20]+|[\x00-\x20]+$")
_DENDRON_VAULT = re.compile(r"dendron://[^/]*/")
_PAGE_ENDINGS = ("", ".md", ".html")
_BARE_NAME = re.compile(r"[^./\\?#]+")
_CODE_SCHEMES = frozenset({"javascript", "vbscript", "livescript", "data"})
_KEPT_IN_FRAGMENTS = "!$&'()*+,;=:@/?~%-._"


class Resolver:
    """Says what every link of a corpus means; made once, in time linear in the number of documents."""

    def __init__(self, corpus: Corpus, *, docs: str = "docs", notes: str = "notes", lines: str = "lines") -> None:
        documents = corpus.documents
        self._documents = documents
        self._bibliography = corpus.bibliography
        self._roots = (notes, lines)
        self._names = Names(documents, roots=(notes, lines))
        self._paths = Paths(documents, corpus.files, docs=docs, roots=(notes, lines))
        self._by_path = {document.path: document for document in documents}
        self._resting_on: dict[str, list[Document]] = {}
        for note in corpus.notes:
            for key in {source.key for source in note.sources if source.key and note.is_public}:
                self._resting_on.setdefault(key, []).append(note)
        self._near: dict[str, NearNames] = {}
        self._from_anywhere: dict[str, Found] = {}
        """What ids mean, found once for the many links that use them; nothing that depends on the origin."""
        self._from_folder: dict[tuple[str, bool], dict[tuple[LinkKind, str, str], Resolution]] = {}
        """What links mean that hold, likewise, by their origin's folder and whether the origin is published."""

    def resolve_all(self, origin: Document) -> tuple[Resolution, ...]:
        """Say what every link of a note or line means, in order."""
        known = self._from_folder.setdefault((origin.path.rpartition("/")[0], origin.has_page), {})
        found: list[Resolution] = []
        for link in origin.body.links:
            name = (link.kind, link.target, link.fragment)
            meaning = known.get(name)
            if meaning is None:
                meaning = self.resolve_target(*name[1:], link.kind, origin.path, origin)
                shared = link.kind is not LinkKind.CITATION and link.target.strip()
                if shared and isinstance(meaning, Found | FoundFile | External):
                    known[name] = meaning
            found.append(self._turned(link, meaning, origin) if link.kind in _WIKI and link.text else meaning)
        return tuple(found)

    def resolve(self, link: Link, origin: Document) -> Resolution:
        """Say what a link in a note or line means."""
        resolution = self.resolve_target(link.target, link.fragment, link.kind, origin.path, origin)
        return self._turned(link, resolution, origin) if link.kind in _WIKI and link.text else resolution

    def _turned(self, link: Link, resolution: Resolution, origin: Document) -> Resolution:
        """Read a wikilink with words as Dendron writes it, the other way round: `[[text|target.name#part]]`.

        It is read so when `dendron://` stands before the words; or when the target comes to nothing and the words are
        the very id, path or file name of one document, or a part of this page.  Of several documents that a target
        may mean, and of one that is not published, words without a dot can choose only among these.
        """
        marked = link.text.startswith("dendron://")
        if not marked and not isinstance(resolution, Dangling | Ambiguous | Unpublished):
            return resolution
        name, _, part = _DENDRON_VAULT.sub("", link.text, count=1).partition("#")
        if not name.strip():
            here = _land([origin], part, link.kind, origin)
            return here if part and isinstance(resolution, Dangling) and isinstance(here, Found) else resolution
        turned = self._names.exact(name, origin.path) or self._names.by_file_name(name)
        if not marked and "." not in name and not isinstance(resolution, Dangling):
            candidates = resolution.candidates if isinstance(resolution, Ambiguous) else ()
            turned = [document for document in turned if document in candidates]
        return _land(turned, part, link.kind, origin) if len(turned) == 1 else resolution

    def resolve_target(
        self, target: str, fragment: str, kind: LinkKind, origin_path: str, origin: Document | None
    ) -> Resolution:
        """Say what a target means in any file: a page of docs/ has no `origin`.

        Paths are percent-decoded already; a fragment comes without its `#`.
        """
        if kind is LinkKind.CITATION:
            return self._citation(target, fragment, origin)
        if not target.strip() and (fragment or kind not in _BY_NAME):
            if origin is None:
                return FoundFile(origin_path, fragment)
            return _land([origin], fragment, kind, origin)
        if kind in _BY_NAME:
            return self._wikilink(target, fragment, kind, origin_path, origin)
        return self._path(target, fragment, kind, origin_path, origin)

    def resolve_note(self, name: str, origin_path: str) -> Reached:
        """Say which note a relation or a listed source names."""
        return self._reference(name, origin_path, Kind.NOTE)

    def resolve_line(self, name: str, origin_path: str) -> Reached:
        """Say which line a pinned next line names."""
        return self._reference(name, origin_path, Kind.LINE)

    def _reference(self, name: str, origin_path: str, kind: Kind) -> Reached:
        for spelling in (name, name.partition("#")[0]):
            documents = self._names.exact(spelling, origin_path, kind)
            documents = documents or self._names.loose(spelling, origin_path, kind)
            if documents:
                return _single(documents, self._by_path.get(origin_path))
        return Dangling(self._near_names(kind.value).near(name))

    def _wikilink(
        self, target: str, fragment: str, kind: LinkKind, origin_path: str, origin: Document | None
    ) -> Resolution:
        if not fragment and target in self._from_anywhere:
            return self._from_anywhere[target]
        if documents := self._names.exact(target, origin_path):
            landed = _land(documents, fragment, kind, origin)
            if isinstance(landed, Found) and landed.document.has_page and not fragment and "/" not in target:
                self._from_anywhere[target] = landed
            return landed
        if _ADDRESS.match(target):
            name = _DENDRON_VAULT.sub("", target, count=1)
            if documents := self._names.exact(name, origin_path) or self._names.by_file_name(name):
                return _land(documents, fragment, kind, origin)
            return Dangling(self._near_names("name").near(name)) if name != target else _judge_address(target, fragment)
        page = not posixpath.splitext(target)[1] or target.lower().endswith(".md")
        file = self._paths.named_file(target, origin_path)
        if isinstance(file, str) and not page:
            return FoundFile(file, fragment)
        if documents := self._names.loose(target, origin_path):
            return _land(documents, fragment, kind, origin)
        file = self._paths.named_file(f"{bare(target)}.md", origin_path) or file
        if isinstance(file, str):
            return FoundFile(file, fragment)
        if isinstance(_judge_address(target, fragment), Unsafe):
            return Unsafe()
        return Dangling(file or self._near_names("name").near(target))

    def _path(
        self, target: str, fragment: str, kind: LinkKind, origin_path: str, origin: Document | None
    ) -> Resolution:
        target = _IGNORED_BY_BROWSERS.sub("", target)
        if kind is LinkKind.AUTOLINK or target.startswith("//") or _SCHEME.match(target):
            return _judge_address(target, fragment)
        literal = (kind is LinkKind.HTML and target.startswith("/")) or self._is_address_of_ours(target)
        place = self._paths.find(target, origin_path, literal=literal)
        if isinstance(place, Document):
            return _land([place], fragment, kind, origin)
        if isinstance(place, str):
            return FoundFile(place, fragment)
        address = target.startswith("/") and not target.lower().partition("?")[0].endswith(".md")
        if address and not isinstance(place, Outside):
            return _judge_address(target, fragment)
        if place is None and kind is LinkKind.MARKDOWN and _BARE_NAME.fullmatch(target):
            named = self._names.exact(target, origin_path) or self._names.by_file_name(target)
            if len(named) == 1:  # with neither folder nor ending, editors take it for a name
                return _land(named, fragment, kind, origin)
        return place or Dangling(self._near_paths(target, origin_path))

    def _is_address_of_ours(self, target: str) -> bool:
        """Tell an address such as `/notes/tea/`, which counts from the host, from a path to a file."""
        return target.endswith("/") and any(target.startswith(f"/{root}/") for root in self._roots)

    def _citation(self, key: str, fragment: str, origin: Document | None) -> Resolution:
        if source := self._bibliography.get(key):
            notes = self._resting_on.get(key, [])
            if origin is not None and [note.key for note in notes] == [origin.key]:
                return FoundSource(source)  # a note that names its own paper means the paper, not itself
            return _land(notes, fragment, LinkKind.CITATION, origin) if len(notes) == 1 else FoundSource(source)
        if notes := list(self._names.cited(key, Kind.NOTE)):
            return _land(notes, fragment, LinkKind.CITATION, origin)
        return Dangling(self._near_names("citation").near(key))

    def _near_names(self, role: str) -> NearNames:
        """Gather the names that a hint may offer in this role, when the first name of the role is missing."""
        if role not in self._near:
            self._near[role] = NearNames(self._hints(role))
        return self._near[role]

    def _hints(self, role: str) -> Iterator[tuple[str, str]]:
        if role in ("page", "file"):
            pages = role == "page"
            yield from ((stem(p), p) for p in self._paths.published() if p.endswith(".md") is pages)
            return
        if role == "citation":
            yield from ((key, key) for key in self._bibliography)
        kind = {"name": None, "citation": Kind.NOTE}.get(role, Kind(role) if role in set(Kind) else None)
        for document in self._documents:
            if document.has_page and kind in (None, document.kind):
                names = [stem(document.path), *(a.value for a in document.head.aliases), document.title]
                shown = self._shown_name(document)
                yield document.id, document.id
                yield from ((name, shown) for name in names if slugged(name) != slugged(document.id))

    def _shown_name(self, document: Document) -> str:
        """Choose the file name where it is unmistakable, since ids of some vaults are random letters; else the id."""
        name = stem(document.path)
        if slugged(name) == slugged(document.id):
            return document.id
        named = self._names.exact(name, "", document.kind) or self._names.loose(name, "", document.kind)
        return name if list(named) == [document] else document.id

    def _near_paths(self, target: str, origin_path: str) -> tuple[str, ...]:
        folder = origin_path.rpartition("/")[0]
        name = target.partition("?")[0].rstrip("/").rpartition("/")[2]
        page = posixpath.splitext(name)[1].lower() in _PAGE_ENDINGS
        near = self._near_names("page" if page else "file").near(stem(name))
        return tuple(posixpath.relpath(path, folder or ".") for path in near)


def _land(
    documents: Sequence[Document], fragment: str, kind: LinkKind, origin: Document | None
) -> Found | Ambiguous | Unpublished | MissingAnchor:
    """Go to the one document meant, then to its heading or passage."""
    landed = _single(documents, origin)
    if not isinstance(landed, Found) or not fragment:
        return landed
    named = kind in _BY_NAME
    anchor = (named_anchor if named else exact_anchor)(landed.document, fragment)
    if anchor is None:
        return MissingAnchor(landed.document, near_anchors(landed.document, fragment, by_id=not named))
    return Found(landed.document, anchor)


def _single(documents: Sequence[Document], origin: Document | None) -> Found | Ambiguous | Unpublished:
    """Take the one document that is meant; only that all others are drafts may decide between several."""
    if len(documents) > 1:
        published = [document for document in documents if document.has_page]
        if len(published) != 1:
            return Ambiguous(tuple(sorted(published or documents, key=lambda document: document.path)))
        documents = published
    document = documents[0]
    if origin is not None and document.key == origin.key:
        document = origin  # which may be in a newer state
    if document.has_page or (origin is not None and not origin.has_page):
        return Found(document)
    return Unpublished(document)


def _judge_address(target: str, fragment: str) -> External | Unsafe | Outside:
    """Tell an address that may be followed from one that runs code or names a drive of one machine."""
    scheme = match[1].lower() if (match := _SCHEME.match(_IGNORED_BY_BROWSERS.sub("", target))) else ""
    picture = target.strip().lower().startswith("data:image/")
    if scheme in _CODE_SCHEMES and not picture:
        return Unsafe()
    if len(scheme) == 1:
        return Outside()
    tail = "#" + quote(fragment, safe=_KEPT_IN_FRAGMENTS, errors="replace") if fragment else ""
    return External(target + tail)
