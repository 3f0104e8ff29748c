"""A vault from Obsidian as part of a knowledge base: which links mean something else here, and how they are spelled.

Obsidian finds a file by the end of its path, whatever kind of link names it, and of several it takes one; the resolver
does less and says so.  Hence the resolver is asked what a link means among the vault's own files, what it means in the
knowledge base that they become part of, and, where the two differ, which spelling means the same.  Whatever works
stays as it is.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.author.vault_spelling import as_address, as_link, as_name, as_property, as_wikilink
from inquiry.corpus.body import Link, LinkKind
from inquiry.corpus.places import Places
from inquiry.graph.names import bare, folded
from inquiry.graph.resolution import (
    Ambiguous,
    Dangling,
    External,
    Found,
    FoundFile,
    MissingAnchor,
    Outside,
    Unsafe,
    WrongCase,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inquiry.author.splicing import Lines, Splice
    from inquiry.corpus.model import Document, Reference
    from inquiry.graph.resolution import Resolution
    from inquiry.graph.resolve import Resolver

_BY_PATH = (LinkKind.MARKDOWN, LinkKind.IMAGE)
_BY_NAME = (LinkKind.WIKILINK, LinkKind.EMBED)
_NOWHERE = (Dangling, MissingAnchor, Outside, Unsafe)
"""What a link comes to that leads nowhere."""
_NO_PLACES = Places("", (), 1)
_SIGNS = re.compile(r"[^\w\s-]+")


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the links of a document."""

    splices: tuple[Splice, ...]
    """New spellings of those that would mean something else."""
    files: frozenset[str]
    """Files that it leads to, other notes among them, relative to the folder of mkdocs.yml."""
    lost: tuple[Link, ...]
    """Those that lead nowhere, in Obsidian neither."""
    count: int
    """How many there are."""


class VaultLinks:
    """Settles the links of documents that come from a vault."""

    def __init__(self, vault: Resolver, whole: Resolver, notes: str, paths: Iterable[str]) -> None:
        """Remember whom to ask.

        Args:
            vault: What links mean among the files of the vault, at the paths that they will have.
            whole: What they mean in the knowledge base with the vault in it.
            notes: The folder of the notes.
            paths: The notes of the vault.
        """
        self._paths = {folded(bare(path)) for path in paths}
        self._vault = vault
        self._whole = whole
        self._root = f"{notes}/"

    def settle(self, inner: Document, outer: Document, lines: Lines) -> Settled:
        """Go through the links of a document, which is given as the vault and as the knowledge base have it."""
        splices: list[Splice] = []
        files: set[str] = set()
        lost: list[Link] = []
        for name in inner.head.links:
            path, splice = self._property(name, inner, outer, lines)
            files |= {path} if path else set()
            splices += [splice] if splice else []
        for link in inner.body.links:
            found = self._in_vault(link, inner)
            path = self._path_meant(found, link, inner)
            if path is None:
                lost += [link] if _leads_nowhere(found, link) else []
                continue
            files.add(path)
            splice, is_lost = self._settled(link, outer, path, lines)
            splices += [splice] if splice else []
            lost += [link] if is_lost else []
        return Settled(tuple(splices), frozenset(files), tuple(lost), len(inner.body.links))

    def _property(
        self, name: Reference, inner: Document, outer: Document, lines: Lines
    ) -> tuple[str | None, Splice | None]:
        """Settle a wikilink of the front matter: the file that it leads to, and its new spelling if it needs one."""
        link = Link(LinkKind.WIKILINK, name.value, "", "", _NO_PLACES, 0, 0, 0, 0)
        path = self._path_meant(self._in_vault(link, inner), link, inner)
        if path is None or _is_at(self._whole.resolve(link, outer), path):
            return path, None
        fresh = self._name(link, outer, path)
        return path, as_property(name, fresh, lines) if fresh else None

    def _settled(self, link: Link, origin: Document, path: str, lines: Lines) -> tuple[Splice | None, bool]:
        """Spell a link anew where it must be, and tell whether it leads nowhere all the same."""
        spelled = bare(path) if link.kind in _BY_NAME else _address(path, origin)
        is_lost = isinstance(self._asked(spelled, link, link.kind, origin), MissingAnchor)
        if is_lost and (by_words := self._by_words(link, origin, path, lines)):
            return by_words, False
        if _is_at(self._whole.resolve(link, origin), path):
            return None, is_lost
        respelled = self._respelled(link, origin, path, lines)
        return respelled, is_lost or respelled is None

    # -- what a link means -------------------------------------------------------------------------------------------

    def _in_vault(self, link: Link, origin: Document) -> Resolution:
        """Ask what a link means in the vault, where a path from its root goes before every other name."""
        path = self._root + bare(link.target.strip("/ "))
        if link.kind in _BY_NAME and folded(path) in self._paths and "://" not in link.text:  # as Dendron turns them
            return self._vault.resolve_target(path, link.fragment, link.kind, origin.path, origin)
        return self._vault.resolve(link, origin)

    def _path_meant(self, found: Resolution, link: Link, origin: Document) -> str | None:
        """Say which file a link leads to in Obsidian; none for what leads nowhere or out of the vault."""
        match found:
            case Found(document) | MissingAnchor(document):
                return document.path
            case FoundFile(path) | WrongCase(path):
                return path
            case Ambiguous(candidates):
                namesakes = [one.path for one in candidates if _has_name(bare(one.path), bare(link.target))]
                return _nearest(namesakes, origin.path) if namesakes else None
            case Dangling() | External() if link.kind in _BY_PATH and not link.target.startswith("."):
                return self._by_name(link, origin)
            case Dangling(near) if link.kind in _BY_NAME:
                namesakes = [path for path in near if "." in link.target and _has_name(path, link.target)]
                return _nearest(namesakes, origin.path) if namesakes else None
        return None

    def _by_name(self, link: Link, origin: Document) -> str | None:
        """Ask for the target of a Markdown link as for that of a wikilink: Obsidian makes no difference."""
        target = link.target.strip("/")
        if not target or "://" in target:
            return None
        as_wiki = link._replace(kind=LinkKind.WIKILINK, target=target, text="")
        found = self._vault.resolve(as_wiki, origin)
        return None if isinstance(found, External) else self._path_meant(found, as_wiki, origin)

    # -- how it is spelled -------------------------------------------------------------------------------------------

    def _respelled(self, link: Link, origin: Document, path: str, lines: Lines) -> Splice | None:
        """Spell a link so that it leads to this file, here as in Obsidian."""
        if link.kind not in _BY_NAME:
            address = _address(path, origin)
            is_there = _is_at(self._asked(address, link, link.kind, origin), path)
            return as_address(link, address, lines) if is_there else None
        name = self._name(link, origin, path)
        if link.kind is LinkKind.WIKILINK and name == bare(path):  # which Obsidian does not know
            address = _address(path, origin)
            if isinstance(self._asked(address, link, LinkKind.MARKDOWN, origin), Found):
                return as_link(link, address, lines)
        return as_name(link, name, lines) if name else None

    def _name(self, link: Link, origin: Document, path: str) -> str | None:
        """Find the shortest name under which a file is found."""
        names = (name for name in self._names(path) if _is_at(self._asked(name, link, link.kind, origin), path))
        return next(names, None)

    def _by_words(self, link: Link, origin: Document, path: str, lines: Lines) -> Splice | None:
        """Make a wikilink of a Markdown link that names a heading by its words, as only Obsidian reads it."""
        for name in self._names(path) if link.target else ("",):
            found = self._asked(name, link, LinkKind.WIKILINK, origin)
            if link.kind is LinkKind.MARKDOWN and isinstance(found, Found) and found.document.path == path:
                return as_wikilink(link, name, lines) if _names_by_words(link.fragment, found) else None
        return None

    def _asked(self, target: str, link: Link, kind: LinkKind, origin: Document) -> Resolution:
        return self._whole.resolve_target(target, link.fragment, kind, origin.path, origin)

    def _names(self, path: str) -> tuple[str, ...]:
        """Name a file as seen from the root of the vault, and where that means another, from that of the project."""
        whole = bare(path)
        return whole.removeprefix(self._root), whole


def _is_at(found: Resolution, path: str) -> bool:
    """Tell whether a link leads to a file, though perhaps to no heading of it."""
    match found:
        case Found(document) | MissingAnchor(document):
            return document.path == path
        case FoundFile(there):
            return there == path
    return False


def _nearest(paths: Sequence[str], origin: str) -> str:
    """Choose among namesakes as Obsidian does: below the folder of the link first, then by the shortest path."""
    folder = posixpath.dirname(origin) + "/"
    return min(paths, key=lambda path: (not path.startswith(folder), len(path), path))


def _has_name(path: str, target: str) -> bool:
    """Tell whether a path ends in what a link names: neither titles nor near names count in Obsidian."""
    return f"/{folded(path)}".endswith(f"/{folded(target.strip('/'))}")


def _names_by_words(fragment: str, found: Found) -> bool:
    """Tell whether a fragment has the words of the heading that it leads to, of which Obsidian leaves out the signs."""
    words = _SIGNS.sub(" ", fragment.rpartition("#")[2]).casefold().split()
    headings = found.document.body.headings
    return any(words == _SIGNS.sub(" ", one.text).casefold().split() for one in headings if one.id == found.anchor)


def _leads_nowhere(found: Resolution, link: Link) -> bool:
    is_of_site = isinstance(found, External) and link.kind in _BY_PATH and link.target.startswith("/")
    return is_of_site or isinstance(found, _NOWHERE)


def _address(path: str, origin: Document) -> str:
    return posixpath.relpath(path, posixpath.dirname(origin.path))
