"""Pieces of text by number: a text is cut at what is in no word, and each piece is found again by its hash.

All of it is arithmetic on bytes, many texts at once and no string per piece, so that reading costs a few nanoseconds
a letter; Python sees each different piece once.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from inquiry.graph.rows import Ints

    Hashes = NDArray[np.uint64]

BYTES_AT_ONCE = 1 << 18
"""Bytes of text that are cut at once, about: what is made on the way should fit into the cache."""
FEWEST_SLOTS = 1 << 12
"""Slots of a new table."""
SLOTS_A_PIECE = 4
"""Slots of the table for each piece in it at least: then most pieces are found at the first look."""

_IN_WORDS = f"{string.ascii_letters}{string.digits}_'-".encode()
"""ASCII that can be in a word; whatever is not ASCII may be, and is looked at more closely once."""
_CUT = bytes(byte if byte in _IN_WORDS or not chr(byte).isascii() else 0 for byte in range(256))
_STEP = 8
"""Bytes that are hashed at once."""
_MASKS = np.array([(1 << 8 * count) - 1 for count in range(_STEP + 1)], np.uint64)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""Odd, so that multiplying by it loses nothing (Fibonacci hashing: Knuth, 1973)."""
_FOLD, _HALF = np.uint64(29), np.uint64(32)


class Pieces:
    """Numbers pieces at first sight."""

    def __init__(self) -> None:
        self._hashes = np.zeros(FEWEST_SLOTS, np.uint64)
        self._numbers = np.full(FEWEST_SLOTS, -1, np.int32)
        self._size = 0

    def number(self, texts: Sequence[bytes]) -> tuple[Ints, Ints, list[bytes]]:
        """Cut texts into pieces.

        Returns:
            The number of every piece, how many pieces each text has, and the pieces that are new, by number.

        """
        raw = b"\0".join(texts) + bytes(_STEP + 1)
        starts, lengths = _cut(raw)
        offsets = np.cumsum([0, *(len(text) + 1 for text in texts)])
        counts = np.diff(np.searchsorted(starts, offsets))
        hashed = _hash(raw, starts, lengths)
        numbers = self._find(hashed)
        unknown = np.flatnonzero(numbers < 0)
        _, first = np.unique(hashed[unknown], return_index=True)
        new = unknown[np.sort(first)]
        self._add(hashed[new])
        numbers[unknown] = self._find(hashed[unknown])
        spans = zip(starts[new].tolist(), lengths[new].tolist(), strict=True)
        return numbers, counts, [raw[start : start + length] for start, length in spans]

    def _find(self, wanted: Hashes) -> Ints:
        """Look hashes up; `-1` for those that are not in the table."""
        slots = self._slots(wanted)
        found = self._numbers[slots]
        wrong = np.flatnonzero((found >= 0) & (self._hashes[slots] != wanted))
        while len(wrong):
            slots[wrong] = (slots[wrong] + 1) % len(self._numbers)
            found[wrong] = self._numbers[slots[wrong]]
            wrong = wrong[(found[wrong] >= 0) & (self._hashes[slots[wrong]] != wanted[wrong])]
        return found

    def _slots(self, hashed: Hashes) -> Ints:
        """Say where the search for each hash begins."""
        bits = len(self._numbers).bit_length() - 1
        return (hashed >> np.uint64(64 - bits)).astype(np.int64)

    def _add(self, new: Hashes) -> None:
        """Put hashes that differ into the table, numbered in their order; it grows before it is crowded."""
        numbers = np.arange(self._size, self._size + len(new), dtype=np.int32)
        self._size += len(new)
        if self._size * SLOTS_A_PIECE > len(self._numbers):
            held = np.flatnonzero(self._numbers >= 0)
            new = np.concatenate([self._hashes[held], new])
            numbers = np.concatenate([self._numbers[held], numbers])
            room = 1 << (self._size * 2 * SLOTS_A_PIECE).bit_length()
            self._hashes, self._numbers = np.zeros(room, np.uint64), np.full(room, -1, np.int32)
        slots = self._slots(new)
        left = np.arange(len(new))
        while len(left):
            free = left[self._numbers[slots[left]] < 0]
            self._numbers[slots[free]] = numbers[free]  # of several in one slot, the last stays
            self._hashes[slots[free]] = new[free]
            left = left[self._numbers[slots[left]] != numbers[left]]
            slots[left] = (slots[left] + 1) % len(self._numbers)


def blocks(texts: Iterable[str]) -> Iterator[list[bytes]]:
    """Encode texts in lower case, so many at once as are cut at once."""
    block, size = [], 0
    for text in texts:
        block.append(text.casefold().encode("utf-8", "surrogatepass"))
        size += len(block[-1])
        if size >= BYTES_AT_ONCE:
            yield block
            block, size = [], 0
    yield block


def _cut(raw: bytes) -> tuple[Ints, Ints]:
    """Find where pieces start and how long they are; the text ends outside a piece."""
    inside = np.frombuffer(b"\0" + raw.translate(_CUT), np.uint8) != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts = edges[::2]
    return starts, edges[1::2] - starts


def _hash(raw: bytes, starts: Ints, lengths: Ints) -> Hashes:
    """Hash pieces, eight bytes at once.

    Pieces of up to eight bytes never fall together, for no step loses anything; longer ones do once in 10^19 pairs.
    """
    eight = np.ndarray(len(raw) - _STEP + 1, "<u8", raw, strides=(1,))
    hashed: Hashes = (eight[starts] & _MASKS[np.minimum(lengths, _STEP)]) * _FACTOR
    longer, done = np.flatnonzero(lengths > _STEP), _STEP
    while len(longer):
        more = eight[starts[longer] + done] & _MASKS[np.minimum(lengths[longer] - done, _STEP)]
        before = hashed[longer]
        hashed[longer] = ((before ^ (before >> _FOLD)) + more) * _FACTOR
        done += _STEP
        longer = longer[lengths[longer] > done]
    hashed ^= hashed >> _HALF
    hashed *= _FACTOR
    return hashed
