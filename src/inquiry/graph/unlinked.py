"""Where a text names a note that it does not link: word for word, by title or alias, with the place.

Unlike `graph.mentions`, which weighs names for a ranking, this is exact, since an author is to act on it: the
very words in any case, whole words only, the longest name where several fit, never within what `Prose` leaves out.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from inquiry.corpus.frontmatter import parse_head
from inquiry.corpus.head import text_from_line
from inquiry.corpus.prose import prose
from inquiry.corpus.titles import plain_text
from inquiry.graph.words import TOKEN, is_telling, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inquiry.corpus.model import Document
    from inquiry.corpus.prose import Prose
    from inquiry.diagnostics import Span
    from inquiry.graph.knowledge import Key, KnowledgeGraph

COMMON_SHARE = 0.05
"""A one-word name that more than this share of the notes and lines has is a word of the field, not a name.  Twelve
notes about a word are a topic already; a name of several words needs no such limit."""
SMALLEST_CROWD = 12
"""Documents that may have a one-word name in any case: below this, a share says nothing."""
LONGEST_NAME = 12
"""Words; nobody spells out a longer title in running text."""
SHORTEST_NAME = 3
"""Characters of the shortest name: of shorter ones, most are units and initials."""


class UnlinkedMention(NamedTuple):
    """A phrase that names a note."""

    note: Document
    text: str
    """The phrase as written, white space folded."""
    span: Span


class _Name(NamedTuple):
    """A title or alias, ready to be compared."""

    words: tuple[str, ...]
    """Its words, folded; what stands around the first and the last does not count."""
    core: str
    """From its first word to its last, folded."""
    capitals: str
    """The name as written where capitals make it one (`RAG`, `FollowBench`), and then they must agree; else empty."""


class UnlinkedNames:
    """The names of all public notes, looked for in any text."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._owners: defaultdict[_Name, list[Document]] = defaultdict(list)
        for note in graph.notes:
            for name in _names(note):
                self._owners[name].append(note)
        common = self._common()
        self._by_core: defaultdict[str, list[_Name]] = defaultdict(list)
        self._lengths: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        """Numbers of words of the names that begin with these one or two words, largest first."""
        for name in sorted(self._owners, key=lambda name: (-len(name.words), name)):
            if name.core not in common:
                self._by_core[name.core].append(name)
                lengths = self._lengths[name.words[:2]]
                if lengths[-1:] != [len(name.words)]:
                    lengths.append(len(name.words))

    def _common(self) -> set[str]:
        """List the one-word names that are nothing but words."""
        counts = {name.core: 0 for name in self._owners if len(name.words) == 1 and not name.capitals}
        if counts:
            for document in self._graph.documents:
                for word in counts.keys() & {_folded(token) for token in set(TOKEN.findall(document.body.text))}:
                    counts[word] += 1
        limit = max(SMALLEST_CROWD, COMMON_SHARE * len(self._graph.documents))
        return {word for word, count in counts.items() if count > limit or not is_telling(stem(word))}

    def in_document(self, document: Document, text: str) -> Iterator[UnlinkedMention]:
        """List the notes that a document names and links nowhere, each at its first mention.

        Args:
            document: A note or line; it never names itself.
            text: All of its file, with LF line ends.

        Yields:
            Mentions in the order of the text; a name that several notes have names none of them.

        """
        if self._unlinked(document):
            first_line = parse_head(text, document.path, document.kind).body_line
            body = text_from_line(text, first_line)
            yield from self._first(prose(body, first_line=first_line), self._linked(document))

    def in_words(self, text: str) -> Iterator[UnlinkedMention]:
        """List the notes that words name which are no document yet, each at its first mention."""
        yield from self._first(prose(text), frozenset())

    def _linked(self, document: Document) -> frozenset[Key]:
        """List what needs no link: the document itself and what it links already."""
        return frozenset({document.key, *(other.key for other in self._graph.links(document))})

    def _unlinked(self, document: Document) -> bool:
        """Tell whether the plain text names anything, so that few files are parsed again for the places."""
        linked = self._linked(document)
        return any(len(owners) == 1 and owners[0].key not in linked for owners, _, _ in self._met(document.body.text))

    def _first(self, stretches: Iterable[Prose], linked: frozenset[Key]) -> Iterator[UnlinkedMention]:
        """Yield the first mention of each note that is not linked."""
        seen = set(linked)
        for stretch in stretches:
            for owners, start, end in self._met(stretch.text):
                if len(owners) == 1 and owners[0].key not in seen:
                    seen.add(owners[0].key)
                    written = " ".join(stretch.text[start:end].split())
                    yield UnlinkedMention(owners[0], written, stretch.span(start, end))

    def _met(self, text: str) -> Iterator[tuple[Sequence[Document], int, int]]:
        """Yield the names in a text with their offsets, the longest at each place; none overlaps another."""
        places = [match.span() for match in TOKEN.finditer(text)]
        words = [_folded(text[start:end]) for start, end in places]
        at = 0
        while at < len(places):
            step, name = self._longest(text, places[at : at + LONGEST_NAME], words[at : at + 2])
            if name:
                yield self._owners[name], places[at][0], places[at + step - 1][1]
            at += step

    def _longest(self, text: str, places: Sequence[tuple[int, int]], words: Sequence[str]) -> tuple[int, _Name | None]:
        """Find the longest name that begins here, and the number of words to go on by."""
        for key in (tuple(words), tuple(words[:1])):
            for length in self._lengths.get(key, ()):
                if length <= len(places):
                    written = text[places[0][0] : places[length - 1][1]]
                    for name in self._by_core.get(_folded(written), ()):
                        if name.capitals in {"", written}:
                            return length, name
        return 1, None


def _names(note: Document) -> Iterator[_Name]:
    """Give a note's title and aliases, each once, as far as running text could spell them out."""
    written = (plain_text(note.title), *(alias.value for alias in note.head.aliases))
    seen = set()
    for text in written:
        places = [match.span() for match in TOKEN.finditer(text)]
        if not 0 < len(places) <= LONGEST_NAME:
            continue
        core = text[places[0][0] : places[-1][1]]
        capitals = core if len(places) == 1 and core[1:] != core[1:].lower() else ""
        name = _Name(tuple(_folded(text[start:end]) for start, end in places), _folded(core), capitals)
        if len(core) >= SHORTEST_NAME and name not in seen:
            seen.add(name)
            yield name


def _folded(text: str) -> str:
    """Make a phrase comparable: no case, straight apostrophes, single blanks."""
    return " ".join(text.casefold().replace("\u2019", "'").split())
