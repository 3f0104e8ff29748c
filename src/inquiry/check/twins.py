"""The rule about questions that are asked twice: titles of one kind that say the same in other words or order.

Titles are compared by their telling words, stemmed.  Two titles are near duplicates when every telling word of one
has its like in the other, as the same stem or as a slip of the pen, in about the same order; numbers, negations and
whatever else changes the question must agree.  Only titles that share a rare word are compared at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from inquiry.check.links import title_place
from inquiry.check.wording import quoted
from inquiry.corpus.titles import plain_text
from inquiry.diagnostics import Related, finding
from inquiry.graph.stopwords import STOPWORDS
from inquiry.graph.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inquiry.corpus.model import Document
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph

FEWEST_WORDS = 3
"""Telling words that a title must have: with fewer, `Sleep debt` and `Debt and sleep` would be one question."""
SAME_ORDER = 60
"""Least likeness of the telling words in their order, of 100, each word counting as one letter."""
SLIP = 82
"""Least likeness of two words that are one, of 100: `behavior` and `behaviour` (94), but not `small` and `large`."""
SHORTEST_SLIP = 6
"""Letters of the shortest word in which a slip is taken for one: `brain` and `train` are two."""
RAREST = 3
"""Rarest words of a title by which it is looked up: two titles that say the same share one of them."""
LARGEST_BLOCK = 60
"""Titles that may share a word before it tells nothing: below this, comparing each with each stays cheap."""

_TELLING_STOPWORDS = frozenset(
    """
    no not nor never none without within against before after above below over under more less most least few many
    only when where why how who which what all both each other than until while because if too very
    """.split()
)
"""Stop words of other purposes that turn a question into another one."""
_UNSAID = STOPWORDS | {"doe", "thi"}
"""Words that tell nothing, and what stemming makes of `does` and `this`."""
_NEGATED = ("n't", "n\u2019t", "cannot")
"""Endings of words that hold a "not"."""
_TURNS = tuple("un in im ir il non dis de anti under over pre post sub super re".split())
"""Beginnings that turn a word into another, though only a few letters are added."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title by its words."""

    document: Document
    telling: tuple[str, ...]
    """Stems that tell what it asks, in order."""
    turning: frozenset[str]
    """Numbers, and stop words that turn it into another question."""


def near_duplicate_question(_corpus: object, graph: KnowledgeGraph, _resolver: object) -> Iterator[Diagnostic]:
    """Report each title that asks what an earlier one of the same kind asks already."""
    for documents in (graph.lines, graph.notes):
        titles = [_title(document) for document in sorted(documents, key=lambda one: one.path)]
        earlier: dict[int, int] = {}
        for first, second in _candidates(titles):
            if second not in earlier and same_question(titles[first], titles[second]):
                earlier[second] = first
        for second, first in sorted(earlier.items()):
            yield _report(titles[second].document, titles[first].document)


def _report(document: Document, earlier: Document) -> Diagnostic:
    message = f"{quoted(document.title)} asks nearly what {quoted(earlier.title)} asks"
    hint = f"merge it with {quoted(earlier.path)}, or say in the title what sets it apart"
    related = (Related(earlier.path, title_place(earlier), "nearly the same title"),)
    return finding("near-duplicate-question", document.path, title_place(document), message, hint=hint, related=related)


def _title(document: Document) -> Title:
    every = ["not" if word.endswith(_NEGATED) else word for word in words(plain_text(document.title))]
    telling = tuple(word for word in every if word not in _UNSAID and not _turns(word))
    return Title(document, telling, frozenset(word for word in every if _turns(word)))


def _turns(word: str) -> bool:
    return word in _TELLING_STOPWORDS or any(char.isdigit() for char in word)


def _candidates(titles: Sequence[Title]) -> Iterator[tuple[int, int]]:
    """Pair titles that share one of their rarest words and have about as many of them, in order."""
    frequency = Counter(word for title in titles for word in set(title.telling))
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, title in enumerate(titles):
        if len(title.telling) >= FEWEST_WORDS:
            for word in sorted(set(title.telling), key=lambda one: (frequency[one], one))[:RAREST]:
                blocks[word].append(number)
    pairs = {pair for block in blocks.values() if len(block) <= LARGEST_BLOCK for pair in combinations(block, 2)}
    for first, second in sorted(pairs):
        one, other = titles[first], titles[second]
        apart = set(one.telling) ^ set(other.telling)
        if len(one.telling) == len(other.telling) and len(apart) <= 2 and one.turning == other.turning:  # noqa: PLR2004
            yield first, second


def same_question(one: Title, other: Title) -> bool:
    """Tell whether two titles with as many telling words ask the same; equal titles are another rule's."""
    if one.document.title.casefold().split() == other.document.title.casefold().split():
        return False
    from rapidfuzz import fuzz  # noqa: PLC0415 - only titles that look alike need it

    only_one, only_other = set(one.telling) - set(other.telling), set(other.telling) - set(one.telling)
    spelled = other.telling
    if len(only_one) != len(only_other):
        return False
    if only_one:
        right, wrong = min(only_one), min(only_other)
        if not _is_slip(right, wrong):
            return False
        spelled = tuple(right if word == wrong else word for word in spelled)
    return fuzz.ratio(one.telling, spelled) >= SAME_ORDER


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two words are one, spelled twice; a beginning such as `un-` makes another word."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - likewise

    shorter, longer = sorted((one, other), key=lambda word: (len(word), word))
    if len(shorter) < SHORTEST_SLIP or not (shorter + longer).isalpha() or _is_turned(shorter, longer):
        return False
    return shorter[:2] == longer[:2] and fuzz.ratio(shorter, longer) >= SLIP


def _is_turned(word: str, longer: str) -> bool:
    return any(longer == f"{turn}{word}" for turn in _TURNS)
