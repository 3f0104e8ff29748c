"""Every word of a corpus by number.

Texts are cut into pieces first, which is quick; the words that a piece holds are found once for all places where it
stands, so that most of the cost of reading words falls on the vocabulary and not on the text.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from inquiry.graph.pieces import Pieces, blocks
from inquiry.graph.words import TOKEN, plain, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.graph.rows import Ints


@dataclass(frozen=True, slots=True)
class Field:
    """The words of one field (body, title or incoming links) of all documents, one behind the other."""

    words: Ints
    """Numbers of words, as `Lexicon` gives them."""
    ends: Ints
    """Where the words of each document begin, and behind them where those of the last end."""


class Lexicon:
    """Numbers words at first sight."""

    def __init__(self) -> None:
        self._pieces = Pieces()
        self._first = array("q")
        """Where the words of each piece begin among those of all pieces."""
        self._width = array("q")
        """How many words each piece holds."""
        self._seen = array("q")
        """How often each piece was read."""
        self._held = array("q")
        """The written forms in all pieces, piece by piece."""
        self._forms: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._word_of_form = array("i")

    @property
    def words(self) -> list[str]:
        """All stemmed words; the index is the word's number."""
        return list(self._words)

    def number(self, text: str) -> list[int]:
        """Give the words of a text as numbers, `-1` for a word that no document has."""
        return [self._words.get(word, -1) for word in words(text)]

    def read(self, texts: Iterable[str]) -> Field:
        """Read a field of all documents."""
        found, lengths = [np.zeros(0, np.int32)], [np.zeros(1, np.int64)]
        for block in blocks(texts):
            pieces, counts, new = self._pieces.number(block)
            for piece in new:
                self._learn(piece.decode("utf-8", "surrogatepass"))
            read, width = self._expand(pieces)
            ends = np.concatenate([[0], np.cumsum(width)])[np.cumsum(counts)]
            found.append(read)
            lengths.append(np.diff(ends, prepend=0))
        return Field(np.concatenate(found), np.cumsum(np.concatenate(lengths)))  # 32 bits a word are enough

    def _learn(self, piece: str) -> None:
        """Find the written forms of words in a new piece."""
        self._first.append(len(self._held))
        self._seen.append(0)
        if piece.isalpha() and piece.isascii():
            self._held.append(self._form(piece))
            self._width.append(1)
            return
        found = [form for token in TOKEN.findall(piece) if (form := plain(token))]
        self._held.extend(map(self._form, found))
        self._width.append(len(found))

    def _form(self, form: str) -> int:
        """Number a written form, and the word that it is a form of."""
        number = self._forms.setdefault(form, len(self._forms))
        if number == len(self._word_of_form):
            self._word_of_form.append(self._words.setdefault(stem(form), len(self._words)))
        return number

    def _expand(self, pieces: Ints) -> tuple[Ints, Ints]:
        """Turn pieces into the words that they hold: none, one or several; say how many."""
        np.add.at(np.frombuffer(self._seen, np.int64), pieces, 1)
        width, first = np.frombuffer(self._width, np.int64)[pieces], np.frombuffer(self._first, np.int64)[pieces]
        held = np.frombuffer(self._held, np.int64)
        if (width != 1).any():
            first = np.repeat(first - (np.cumsum(width) - width), width) + np.arange(width.sum())
        return np.frombuffer(self._word_of_form, np.int32)[held[first]], width

    def surfaces(self) -> list[str]:
        """Give each word in the form in which it is written most often; ties fall to the alphabet."""
        seen = np.repeat(np.frombuffer(self._seen, np.int64), np.frombuffer(self._width, np.int64))
        counts = np.zeros(len(self._forms), np.int64)
        np.add.at(counts, np.frombuffer(self._held, np.int64), seen)
        best: dict[int, tuple[int, str]] = {}
        for form, word, count in zip(self._forms, self._word_of_form, counts.tolist(), strict=True):
            ranked = (-count, form)
            if word not in best or ranked < best[word]:
                best[word] = ranked
        return [best[word][1] for word in range(len(self._words))]
