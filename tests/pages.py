"""Pages as a browser would take them apart: what tests ask of published HTML."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements that have no end tag."""
ADDRESSES = frozenset({"href", "src", "action", "formaction", "poster", "data", "xlink:href", "srcset", "background"})


@dataclass
class Page(HTMLParser):
    """One page, read as a stream of tags."""

    html: str
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.html)
        self.close()
        self.unbalanced += [f"<{tag}> is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag without content."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Note whether the end tag is that of the innermost element."""
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.unbalanced.append(f"</{tag}> closes <{self._open[-1] if self._open else ''}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        """Keep what scripts say."""
        if self._open and self._open[-1] == "script":
            self.scripts.append(data)

    def count(self, name: str) -> int:
        """Count the elements of a name."""
        return sum(tag == name for tag, _ in self.tags)

    @property
    def ids(self) -> list[str]:
        """List every id, and the names of old anchors."""
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

    @property
    def addresses(self) -> Iterator[str]:
        """List every address that a browser may follow or load."""
        for _, attributes in self.tags:
            yield from (value for name, value in attributes.items() if name in ADDRESSES)

    @property
    def handlers(self) -> list[str]:
        """List the attributes that run code."""
        return [name for _, attributes in self.tags for name in attributes if name.startswith("on")]


def read_pages(site: Path) -> dict[str, Page]:
    """Read every page below a folder, by its path from there."""
    paths = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8")) for path in paths}


def dead_addresses(site: Path, pages: dict[str, Page], *, base: str = "/", from_disk: bool = False) -> list[str]:
    """List the internal addresses that lead to no file, or to no id of theirs.

    Args:
        site: Folder of the published site.
        pages: Its pages.
        base: Path at which the site is served.
        from_disk: Whether a folder's address opens nothing, as for a browser that reads a disk.
    """
    dead = []
    for path, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = _file_of(parts.path, path, base)
            if not from_disk and (site / target).is_dir():
                target = posixpath.join(target, "index.html")
            if target.startswith("..") or not (site / target).is_file():
                dead.append(f"{path}: {address}")
            elif parts.fragment and target in pages and not _has(pages[target], unquote(parts.fragment)):
                dead.append(f"{path}: {address} (no such id)")
    return dead


def _file_of(path: str, page: str, base: str) -> str:
    if not path:
        return page
    if path.startswith("/"):
        return posixpath.normpath(unquote(path).removeprefix(base)) if path.startswith(base) else f"..{path}"
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))


def _has(page: Page, fragment: str) -> bool:
    return fragment.startswith(("__", ":~:")) or fragment in page.ids
