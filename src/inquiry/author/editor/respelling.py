"""New spellings for names of a document that is called otherwise now.

Only the name is replaced, never the words that a link shows nor the part behind `#`.  A name by title or alias still
holds and stays; one by id, file name or path is respelled as it was written: an id by the new id, a path by a path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from inquiry.author.editor.fixes import Replacement
from inquiry.author.editor.named import NamedAs
from inquiry.author.editor.spelling import as_yaml, citation_name, head_name, link_name
from inquiry.corpus.body import LinkKind
from inquiry.diagnostics import Span
from inquiry.graph.names import bare, folded, slugged, stem
from inquiry.graph.resolution import Found

if TYPE_CHECKING:
    from inquiry.author.editor.named import Named
    from inquiry.author.editor.text import Text
    from inquiry.corpus.body import Link
    from inquiry.corpus.model import Document
    from inquiry.graph.resolve import Resolver

_WIKI = frozenset({LinkKind.WIKILINK, LinkKind.EMBED})
_NAME_IN_WORDS = re.compile(r"\|\s*(?:dendron://[^/]*/)?(?P<name>[^\[\]|#]*)")
"""Where Dendron writes the target: behind the bar."""
_DEFINITION = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\[[^\[\]\n]+\]:[ \t]*<?(?P<path>[^\s<>#?]+)", re.MULTILINE
)
_CITED = re.compile(r"@\{?(?P<key>[^\s;,{}\[\]]+?)\}?$")
_QUERY = re.compile(r"[#?]")
_NOT_IN_PATHS = re.compile(r"""[\s()<>%#?"'\\]""")


@dataclass(frozen=True, slots=True)
class Renamed:
    """A document before and after, among documents that are as they will be."""

    before: Document
    after: Document
    resolver_before: Resolver
    """Knows the names as they are."""
    resolver: Resolver
    """Knows the names as they will be."""

    @property
    def has_moved(self) -> bool:
        """Whether its file is called otherwise, too."""
        return self.before.path != self.after.path

    def keeps(self, name: str, *, holds: bool) -> bool:
        """Tell whether a name stays as it is; `holds` says that it still means the document."""
        if not name.strip() or not holds:
            return holds
        name = bare(name.strip().strip("/"))
        if "/" in name:
            return not self.has_moved
        others = (self.before.title, *(alias.value for alias in self.before.head.aliases))
        if folded(name) != folded(self.before.id) and folded(name) in map(folded, others):
            return True
        old = {slugged(self.before.id), *([slugged(stem(self.before.path))] if self.has_moved else [])}
        return slugged(name) not in old

    def respelled(self, named: Named, text: Text) -> Replacement | None:
        """Spell a name anew; None where there is no way to, or it stands in a way that nobody foresaw."""
        origin = self.after if named.origin.key == self.before.key else named.origin
        if named.link is None:
            made = self._in_head(named, text, origin)
        elif named.link.kind is LinkKind.CITATION:
            made = self._citation(named.link, text, origin)
        elif named.link.kind in _WIKI:
            made = self._wikilink(named.link, text, origin)
        else:
            made = self.path(named.link.target, named.link.target_span, text)
        return Replacement(named.origin.path, *made) if made else None

    def _wikilink(self, link: Link, text: Text, origin: Document) -> tuple[Span, str] | None:
        start, written = text.offset(link.target_span.start), text.between(link.target_span).partition("#")[0]
        if " ".join(written.split()) != link.target:
            return None
        meant = self.resolver_before.resolve_target(link.target, "", link.kind, origin.path, self.before)
        if not (isinstance(meant, Found) and meant.document.key == self.before.key):
            words = _NAME_IN_WORDS.search(text.between(link.span))
            if words is None:
                return None
            start, written = text.offset(link.span.start) + words.start("name"), words["name"]
        fresh = self.link_name(written, origin)
        return (_span_at(text, start, len(written)), fresh) if fresh else None

    def link_name(self, written: str, origin: Document) -> str | None:
        """Spell the target of a wikilink anew, a path as a path; None where no name means the document alone."""
        fresh = self._same_way(written)
        if fresh is not None:
            meaning = self.resolver.resolve_target(fresh, "", LinkKind.WIKILINK, origin.path, origin)
            if isinstance(meaning, Found) and meaning.document.key == self.after.key:
                return fresh
        return link_name(self.after, origin, self.resolver)

    def _same_way(self, written: str) -> str | None:
        """Spell a path that ended in the old file name with the new one; None for what is no path."""
        folder, mark, last = written.strip().rpartition("/")
        ends = last.lower().endswith(".md")
        if not self.has_moved or not (mark or ends):
            return None
        fresh = f"{folder}{mark}{stem(self.after.path)}{last[-3:] if ends else ''}"
        return None if re.search(r"[\[\]|#]", fresh) else fresh

    def _citation(self, link: Link, text: Text, origin: Document) -> tuple[Span, str] | None:
        found = _CITED.match(text.between(link.target_span))
        fresh = citation_name(self.after, origin, self.resolver)
        if found is None or fresh is None or found["key"] != link.target:
            return None
        start = link.target_span.start
        return Span.at(start.line, start.column + found.start("key"), len(found["key"])), fresh

    def _in_head(self, named: Named, text: Text, origin: Document) -> tuple[Span, str] | None:
        written = text.between(named.span).partition("#")[0].rstrip()
        if written != named.name.partition("#")[0].rstrip():
            return None
        if named.named_as is NamedAs.WIKILINK:
            fresh = self.link_name(written, origin)
        else:
            fresh = head_name(self.after, origin, self.resolver)
        if fresh is None:
            return None
        start = text.offset(named.span.start)
        before = text.source[max(0, start - 2) : start]
        span = _span_at(text, start, len(written))
        return span, fresh if before.endswith(("'", '"', "[[")) else as_yaml(fresh)

    def path(self, target: str, place: Span, text: Text) -> tuple[Span, str] | None:
        """Spell a path to the file: where a link stands, or in the definition that it names."""
        offset, written = text.offset(place.start), _QUERY.split(text.between(place))[0]
        wanted = _QUERY.split(target)[0]
        if unquote(written) != wanted:
            defined = (one for one in _DEFINITION.finditer(text.source) if unquote(one["path"]) == wanted)
            if (found := next(defined, None)) is None:
                return None
            offset, written = found.start("path"), found["path"]
        folder, mark, last = written.rpartition("/")
        old = stem(self.before.path)
        if not folded(unquote(last)).startswith(folded(old)):
            return None
        fresh = _encoded(stem(self.after.path) + unquote(last)[len(old) :])
        return _span_at(text, offset, len(written)), f"{folder}{mark}{fresh}"


def _span_at(text: Text, offset: int, width: int) -> Span:
    """Give the span of some characters on one line."""
    before = text.source[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return Span.at(before.count("\n") + 1, len(before) - before.rfind("\n"), width)


def _encoded(name: str) -> str:
    """Spell a file's name in a Markdown link."""
    return _NOT_IN_PATHS.sub(lambda found: quote(found[0]), name)
