"""Which file a path stands for: Markdown links, pictures, raw HTML, and the files that wikilinks name.

Paths go by source file, as GitHub and editors follow them; vaults that count from their root are understood
too. Nothing is read from disk: a corpus knows every file it may name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.corpus.model import Document
from inquiry.graph.names import composed, folded, normalised
from inquiry.graph.resolution import Outside, WrongCase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Paths:
    """Every document and every other file of the project by its path."""

    def __init__(self, documents: Sequence[Document], files: Iterable[str], *, docs: str, roots: Sequence[str]) -> None:
        self._docs = docs
        self._roots = tuple(roots)
        self._files = sorted(files)
        self._known: dict[str, Document | str] = {composed(path): path for path in self._files}
        self._known.update((composed(document.path), document) for document in documents)
        self._any_case: dict[str, Document | str] | None = None
        self._by_name: dict[str, list[str]] | None = None

    def find(
        self, target: str, origin_path: str, *, literal: bool = False
    ) -> Document | str | WrongCase | Outside | None:
        """Find what a path names: a document, another file's path, or what is wrong; None for nothing.

        A `literal` path gets no ending: `notes/x/` is then an address, not a way to write `notes/x.md`.
        """
        if (relative := self._relative(target, origin_path)) is not None:
            return relative  # most links end here
        spellings = [target, target.partition("?")[0]] if "?" in target else [target]
        bases = [base for spelling in spellings for base in self._bases(spelling, origin_path)]
        if not bases:
            return Outside()
        candidates = bases if literal else [path for base in bases for path in _variants(base)]
        for path in candidates:
            place = self._known.get(composed(path))
            if place is not None:
                return place
        return self._in_other_case(candidates)

    def _relative(self, target: str, origin_path: str) -> Document | str | None:
        """Find what a path names to the letter from the folder that it stands in: what `find` would try first."""
        if target.startswith("/"):
            return None
        path = normalised(origin_path.rpartition("/")[0], target)
        return None if path is None else self._known.get(composed(path))

    def named_file(self, name: str, origin_path: str) -> str | tuple[str, ...] | None:
        """Find the file that a wikilink names by path, path's end or file name, in any case.

        Several files of the name are returned as a tuple, because none may win in silence.
        """
        if (path := normalised(origin_path.rpartition("/")[0], name)) is None:
            return None
        for candidate in (name, *(f"{root}/{name}" for root in (*self._roots, self._docs)), path):
            place = self._known.get(composed(candidate))
            if isinstance(place, str):
                return place
        namesakes = self._namesakes(name)
        return namesakes[0] if len(namesakes) == 1 else namesakes or None

    def published(self) -> Iterator[str]:
        """List every path that a link may lead to, drafts left out."""
        for place in self._known.values():
            if isinstance(place, str):
                yield place
            elif place.has_page:
                yield place.path

    def _namesakes(self, name: str) -> tuple[str, ...]:
        if self._by_name is None:
            self._by_name = {}
            for path in self._files:
                self._by_name.setdefault(folded(path.rpartition("/")[2]), []).append(path)
        ending = "/" + name.lstrip("/")
        same = self._by_name.get(folded(ending.rpartition("/")[2]), [])
        exact = tuple(path for path in same if f"/{composed(path)}".endswith(composed(ending)))
        return exact or tuple(path for path in same if f"/{folded(path)}".endswith(folded(ending)))

    def _bases(self, target: str, origin_path: str) -> Iterator[str]:
        """Spell a path from the project's root in every way it may be meant, likeliest first.

        A path that begins with a dot can only be relative; it is never counted from another root.
        """
        if target.startswith("/"):
            rooted = normalised("", target.lstrip("/"))
            yield from (rooted, *(f"{root}/{rooted}" for root in self._roots)) if rooted else ()
            return
        relative = normalised(origin_path.rpartition("/")[0], target)
        if relative is None:
            return
        yield relative
        if origin_path.startswith(f"{self._docs}/") and relative.startswith(f"{self._docs}/"):
            yield relative[len(self._docs) + 1 :]  # notes/ lies inside docs/ as MkDocs sees it
        if not target.startswith("."):
            yield from (f"{root}/{target.rstrip('/')}" for root in self._roots)
            yield target.rstrip("/")

    def _in_other_case(self, candidates: Sequence[str]) -> WrongCase | None:
        if self._any_case is None:
            self._any_case = {}
            for path in sorted(self._known):
                self._any_case.setdefault(folded(path), self._known[path])
        for path in candidates:
            place = self._any_case.get(folded(path))
            if isinstance(place, str):
                return WrongCase(place)
            if isinstance(place, Document):
                return WrongCase(place.path, place)
        return None


def _variants(base: str) -> Iterator[str]:
    yield base
    yield f"{base}.md"
    yield f"{base}/index.md" if base != "." else "index.md"
    yield f"{base}/README.md" if base != "." else "README.md"
    if base.endswith(".html"):
        yield f"{base.removesuffix('.html')}.md"
