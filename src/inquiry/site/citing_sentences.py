"""The sentence that cites or links, as another page quotes it.

A link without words is a title on its own page.  In a quotation it is the title in quotes where the sentence cannot do
without ("as “Sleep debt” and “Naps” show, ..."), and left out where it only says what a claim rests on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.corpus.sentences import split_at_links
from inquiry.corpus.titles import plain_text
from inquiry.corpus.written import spoken
from inquiry.graph.backlinks import meant
from inquiry.graph.resolution import FoundSource
from inquiry.site.punctuation import ends_clause

if TYPE_CHECKING:
    from collections.abc import Callable

    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import Backlink, KnowledgeGraph

_CLOSING = (".", ",", ";", ":", "!", "?", ")", "]", "”", "’")
_FINISHED = (".", "!", "?", "…", "”", "»")
_PUNCTUATION = frozenset({"", ",", ";", "·"})
"""What may stand between citations that are left out together."""
_JOINING = frozenset({"and", ", and", "or", ", or", "&"})
"""Likewise, where nothing but the end of a clause follows."""


def quoted_sentences(backlink: Backlink, graph: KnowledgeGraph) -> tuple[str, ...]:
    """Quote the sentences of a backlink, each once; one that is nothing but a link says nothing."""
    origin = backlink.origin
    split = map(split_at_links, backlink.sentences)
    return tuple(dict.fromkeys(_quote(pieces, origin, graph) for pieces in split if _has_words(pieces)))


def _has_words(pieces: list[str]) -> bool:
    return any(letter.isalnum() for words in pieces[::2] for letter in words)


def _quote(pieces: list[str], origin: Document, graph: KnowledgeGraph) -> str:
    """Join words and links, which come in turn."""
    told, at = pieces[0], 1
    while at < len(pieces):
        end = _behind_group(pieces, at, lambda index: _only_cites(origin, graph, int(index)))
        if end > at and not _needs(told):
            behind = pieces[end - 1]
            told = _without(told, behind)
        else:
            end = max(end, at + 2)
            for number in range(at, end, 2):
                space = "" if not told or told.endswith((" ", "(", "[", "“", "‘", "-", "–", "—", "/")) else " "
                told += f"{space}{_words(origin, graph, int(pieces[number]))}{pieces[number + 1]}"
        at = end
    return " ".join(told.split())


def _behind_group(pieces: list[str], at: int, only_cites: Callable[[str], bool]) -> int:
    """Give the index behind the citations that begin at one and are listed together; the same index for none."""
    if not only_cites(pieces[at]):
        return at
    end = at + 2
    while end < len(pieces) and only_cites(pieces[end]):
        between, behind = pieces[end - 1].strip(), pieces[end + 1].strip()
        if between not in _PUNCTUATION and not (between in _JOINING and (not behind or behind.startswith(_CLOSING))):
            break
        end += 2
    return end


def _needs(told: str) -> bool:
    """Tell whether the words before a citation need it: whatever opens a sentence, or stands behind "according to"."""
    words = told.rstrip()
    return not words or not (words.endswith(_FINISHED) or ends_clause(words, is_first=True))


def _without(told: str, behind: str) -> str:
    """Go on behind a citation that is left out."""
    before, after = told.rstrip(), behind.lstrip()
    if before.endswith(("(", "[")) and after.startswith((")", "]")):
        before, after = before[:-1].rstrip(), after[1:]
        return f"{before}{'' if after.lstrip().startswith(_CLOSING) else ' '}{after.lstrip()}"
    return f"{before}{after}" if after.startswith(_CLOSING) else f"{told}{behind}"


def _only_cites(origin: Document, graph: KnowledgeGraph, index: int) -> bool:
    """Tell whether a link without words is a line's citation, which stands behind a claim."""
    meaning = graph.resolutions[origin.key][index]
    document = meant(meaning)
    return isinstance(meaning, FoundSource) or (origin.is_line and (document is None or not document.is_line))


def _words(origin: Document, graph: KnowledgeGraph, index: int) -> str:
    """Say what a link without words names."""
    meaning = graph.resolutions[origin.key][index]
    if isinstance(meaning, FoundSource):
        return _in_quotes(meaning.source.title or meaning.source.key)
    document, link = meant(meaning), origin.body.links[index]
    if document is None or not document.is_public or (document.key == origin.key and not link.target):
        return spoken(link)
    return _in_quotes(document.title)


def _in_quotes(title: str) -> str:
    return f"“{plain_text(title).replace('“', '‘').replace('”', '’')}”"
