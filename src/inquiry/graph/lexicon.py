"""Every word of a corpus by number.

Texts are split at blanks first, which is quick; what a piece between two blanks holds is found once for all places
where it stands, so that the cost of reading words falls on the vocabulary and not on the text.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from inquiry.graph.words import TOKEN, plain, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inquiry.graph.rows import Ints


PIECES_AT_ONCE = 1 << 18
"""Pieces that are turned into words at once: what is made on the way should be small."""


@dataclass(frozen=True, slots=True)
class Field:
    """The words of one field (body, title or incoming links) of all documents, one behind the other."""

    words: Ints
    """Numbers of words, as `Lexicon` gives them."""
    owners: Ints
    """Index of the document that each word belongs to; never falls."""


class Lexicon:
    """Numbers words at first sight."""

    def __init__(self) -> None:
        self._pieces: defaultdict[str, int] = defaultdict()
        self._pieces.default_factory = self._pieces.__len__
        self._forms: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._word_of_form: list[int] = []
        self._form_counts = np.zeros(0, np.int64)

    @property
    def words(self) -> list[str]:
        """All stemmed words; the index is the word's number."""
        return list(self._words)

    def number(self, text: str) -> list[int]:
        """Give the words of a text as numbers, `-1` for a word that no document has."""
        return [self._words.get(word, -1) for word in words(text)]

    def read(self, texts: Iterable[str], limit: int | None = None) -> Field:
        """Read a field of all documents as pieces, so many of each; `to_words` makes words of them."""
        number = self._pieces.__getitem__
        pieces, lengths = array("i"), []
        for text in texts:
            before = len(pieces)
            pieces.extend(map(number, text.casefold().split()[:limit]))
            lengths.append(len(pieces) - before)
        found = np.array(pieces, np.int32)
        documents = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        return Field(found, documents)  # type: ignore[arg-type] # 32 bits are enough, and half the memory

    def to_words(self, fields: Sequence[Field]) -> list[Field]:
        """Turn pieces into words, once all is read; a piece may hold none, or several."""
        slots, widths = self._split()
        words = np.array(self._word_of_form, np.int32)
        width = np.array(widths, np.int64)
        offset = np.cumsum(width) - width
        self._form_counts = np.zeros(len(self._forms), np.int64)
        found = []
        for field in fields:
            parts, lengths = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
            for start in range(0, len(field.words), PIECES_AT_ONCE):
                pieces = field.words[start : start + PIECES_AT_ONCE]
                held = width[pieces]
                shift = offset[pieces] - (np.cumsum(held) - held)
                forms = slots[np.repeat(shift, held) + np.arange(held.sum())]
                self._form_counts += np.bincount(forms, minlength=len(self._forms))
                parts.append(words[forms])
                lengths.append(held)
            found.append(Field(np.concatenate(parts), np.repeat(field.owners, np.concatenate(lengths))))
        self._pieces.clear()
        return found

    def _split(self) -> tuple[Ints, list[int]]:
        """Find the written forms of words in every piece: their numbers, piece by piece, and how many each has."""
        slots, widths = array("i"), []
        forms = self._forms
        for piece in self._pieces:
            if piece.isalpha() and piece.isascii():
                slots.append(forms.setdefault(piece, len(forms)))
                widths.append(1)
                continue
            found = [form for token in TOKEN.findall(piece) if (form := plain(token))]
            slots.extend([forms.setdefault(form, len(forms)) for form in found])
            widths.append(len(found))
        numbers = self._words
        self._word_of_form = [numbers.setdefault(stem(form), len(numbers)) for form in forms]
        return np.array(slots, np.int64), widths

    def surfaces(self) -> list[str]:
        """Give each word in the form in which it is written most often; ties fall to the alphabet."""
        best: dict[int, tuple[int, str]] = {}
        for form, word, count in zip(self._forms, self._word_of_form, self._form_counts.tolist(), strict=True):
            ranked = (-count, form)
            if word not in best or ranked < best[word]:
                best[word] = ranked
        return [best[word][1] for word in range(len(self._words))]
