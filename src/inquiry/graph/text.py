"""How documents are worded: words and TF-IDF.

Texts become one sparse matrix (documents by terms, rows of length 1) without ever comparing two documents
in Python. Terms are single words and pairs of adjacent words. The order of the documents is the caller's;
with the same order every number repeats, and ties fall to the earlier document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph.rows import keep_heaviest, unit_rows
from inquiry.graph.stopwords import STOPWORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

TITLE_WEIGHT = 3
"""A word of the title counts as three of the body: it says what the document is about."""
ANCHOR_WEIGHT = 2
"""A word by which others link here counts as two: it is how readers name the document."""
ANCHOR_WORDS = 40
"""Words of incoming links that count; without a limit a much linked document drowns in its own name."""
SMALLEST_DOCUMENT_COUNT = 2
"""A term that only one document has can join nothing."""
HEAVIEST_OWN_WORDS = 150
"""Words of its own that characterise a document to a reader."""

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w[\w'\u2019-]*")
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def stem(word: str) -> str:
    """Take off a plural ending, so that "naps" meets "nap" (the S-stemmer; Harman, 1991).

    >>> [stem(word) for word in ("studies", "naps", "focus", "glasses")]
    ['study', 'nap', 'focus', 'glasse']
    """
    if len(word) <= 3:  # noqa: PLR2004 - "gas" and "his" are no plurals
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def plain(token: str) -> str:
    """Give a token as readers would write the word inside a sentence: lower case, no possessive."""
    return token.casefold().replace("\u2019", "'").strip("'-_").removesuffix("'s")


def words(text: str) -> list[str]:
    """Split a text into stemmed words in their order, stop words included."""
    return [stem(word) for token in _TOKEN.findall(text) if (word := plain(token))]


def is_telling(word: str) -> bool:
    """Say whether a stemmed word can make documents similar: no stop word, no lone letter."""
    return word not in STOPWORDS and (len(word) > 1 or _WITHOUT_SPACES.match(word) is not None)


@dataclass(frozen=True, slots=True)
class Field:
    """The words of one field (body, title or incoming links) of all documents, one behind the other."""

    words: Ints
    """Numbers of words, as `Lexicon` gives them."""
    owners: Ints
    """Index of the document that each word belongs to; never falls."""


class Lexicon(dict[str, int]):
    """Tokens as written, numbered at first sight; several tokens may be one word.

    It is a dict so that the one hot loop, looking up every token of a corpus, runs without calling Python.
    """

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[str, int] = {}
        self._word_of_token: list[int] = []

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self)
        word = stem(plain(token))
        self._word_of_token.append(self._words.setdefault(word, len(self._words)) if word else -1)
        return number

    @property
    def words(self) -> list[str]:
        """All stemmed words; the index is the word's number."""
        return list(self._words)

    def number(self, text: str) -> list[int]:
        """Give the words of a text as numbers, `-1` for a word that no document has."""
        return [self._words.get(word, -1) for word in words(text)]

    def tokens(self, texts: Iterable[str], limit: int | None = None) -> Field:
        """Read a field of all documents as tokens; `to_words` makes words of it once all is read."""
        pieces = [np.fromiter(map(self.__getitem__, _TOKEN.findall(text)[:limit]), dtype=np.int64) for text in texts]
        lengths = [len(piece) for piece in pieces]
        joined = np.concatenate(pieces) if pieces else np.zeros(0, np.int64)
        return Field(joined, np.repeat(np.arange(len(pieces)), lengths))

    def to_words(self, tokens: Field) -> Field:
        """Turn tokens into words; a token that holds no word is left out."""
        found = np.array(self._word_of_token, np.int64)[tokens.words] if len(self) else tokens.words
        return Field(found[found >= 0], tokens.owners[found >= 0])

    def surfaces(self, tokens: Field) -> list[str]:
        """Give each word in the form in which the field has it most often; ties fall to the alphabet."""
        counts = np.bincount(tokens.words, minlength=len(self)) if len(self) else np.zeros(0)
        best: dict[int, tuple[int, str]] = {}
        for token, number in self.items():
            word = self._word_of_token[number]
            ranked = (-int(counts[number]), plain(token))
            if word >= 0 and (word not in best or ranked < best[word]):
                best[word] = ranked
        return [best[word][1] for word in range(len(self._words))]


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of all documents."""

    lexicon: Lexicon
    body: Field
    """Every word of the bodies, stop words included: where a mention is looked for."""
    surfaces: tuple[str, ...]
    """Most frequent written form of each word."""
    telling: NDArray[np.bool_]
    """For each word, whether it can make documents similar."""
    matrix: Any
    """TF-IDF, documents by terms, rows of length 1; a term below `len(surfaces)` is that word, others are
    pairs."""
    own: Any
    """Weights of the heaviest single words that stand in the document itself, documents by words."""
    frequency: Ints
    """Documents that have each word, in body, title or the words of incoming links; 0 for a stop word."""
    rarity: Floats
    """Inverse document frequency of each word, at least 1 (Spärck Jones, 1972)."""


def read_wording(titles: Sequence[str], bodies: Sequence[str], anchors: Sequence[str]) -> Wording:
    """Weigh the words of all documents; the three sequences run in parallel."""
    lexicon = Lexicon()
    read = [lexicon.tokens(bodies), lexicon.tokens(titles), lexicon.tokens(anchors, ANCHOR_WORDS)]
    body, title, anchor = (lexicon.to_words(tokens) for tokens in read)
    telling = np.array([is_telling(word) for word in lexicon.words], dtype=np.bool_)
    parts = [_keep(part, telling) for part in (body, title, anchor)]
    shape = (len(bodies), len(telling))
    own = _count(parts[:2], [1, TITLE_WEIGHT], shape)
    single = own + _count(parts[2:], [ANCHOR_WEIGHT], shape)
    pairs = _count_pairs(parts, [1, TITLE_WEIGHT, ANCHOR_WEIGHT], shape)
    counts = sparse.hstack([single, pairs], format="csr")
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + len(bodies)) / (1 + frequency)) + 1
    whole = Field(np.concatenate([tokens.words for tokens in read]), read[0].owners)
    return Wording(
        lexicon=lexicon,
        body=body,
        surfaces=tuple(lexicon.surfaces(whole)),
        telling=telling,
        matrix=unit_rows(_weigh(counts, rarity, frequency)),
        own=keep_heaviest(_weigh(own, rarity, frequency), HEAVIEST_OWN_WORDS),
        frequency=frequency[: len(telling)],
        rarity=rarity[: len(telling)],
    )


def _keep(part: Field, telling: NDArray[np.bool_]) -> Field:
    """Leave out what is not telling."""
    kept = telling[part.words]
    return Field(part.words[kept], part.owners[kept])


def _count(parts: Sequence[Field], weights: Sequence[int], shape: tuple[int, int]) -> Any:
    """Count numbered terms in documents by terms, each field with its weight."""
    values = np.concatenate([np.full(len(p.words), w, np.float64) for p, w in zip(parts, weights, strict=True)])
    rows = np.concatenate([part.owners for part in parts])
    columns = np.concatenate([part.words for part in parts])
    return sparse.csr_matrix((values, (rows, columns)), shape=shape)


def _count_pairs(parts: Sequence[Field], weights: Sequence[int], shape: tuple[int, int]) -> Any:
    """Count the pairs of adjacent words that occur more than once; only these get a number."""
    coded = [_pairs(part, shape[1]) for part in parts]
    joined = np.concatenate([part.words for part in coded])
    _, number, seen = np.unique(joined, return_inverse=True, return_counts=True)
    repeated = seen >= SMALLEST_DOCUMENT_COUNT
    renumbered = np.where(repeated, np.cumsum(repeated) - 1, -1)[number]
    ends = np.cumsum([len(part.words) for part in coded])[:-1]
    numbered = [
        Field(each[each >= 0], part.owners[each >= 0])
        for each, part in zip(np.split(renumbered, ends), coded, strict=True)
    ]
    return _count(numbered, weights, (shape[0], int(repeated.sum())))


def _weigh(counts: Any, rarity: Floats, frequency: Ints) -> Any:
    """Turn counts into TF-IDF and drop the terms that only one document has."""
    weighed = counts.copy()
    weighed.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    weighed.data[frequency[counts.indices] < SMALLEST_DOCUMENT_COUNT] = 0
    weighed.eliminate_zeros()
    return weighed


def _pairs(part: Field, vocabulary: int) -> Field:
    """Number the pairs of adjacent words inside a document."""
    inside = part.owners[:-1] == part.owners[1:]
    return Field((part.words[:-1].astype(np.int64) * vocabulary + part.words[1:])[inside], part.owners[:-1][inside])
