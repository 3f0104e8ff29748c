"""Bodies of answers: how much of one is wanted, and what becomes of it on the way."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Wish:
    """How much of a body is of interest."""

    limit: int
    """Bytes, decompressed."""
    enough: Callable[[bytearray], bool] | None = None
    """Tells whether what has come makes further reading needless."""
    seconds: float = 5.0
    """How long the body may take; what has come by then is what there is."""


class Unpacker:
    """Takes a body apart as it comes, and keeps no more of it than was wished for."""

    def __init__(self, encoding: str, wish: Wish) -> None:
        self.out = bytearray()
        self.overflown = False
        self.satisfied = not wish.limit
        self._wish = wish
        packed = encoding.strip().lower() in {"gzip", "x-gzip", "deflate"}
        self._zlib = zlib.decompressobj(47) if packed else None
        self._bare = encoding.strip().lower() == "deflate"

    def feed(self, block: bytes) -> None:
        """Take the next bytes."""
        if self.satisfied:
            self.overflown = True
            return
        room = self._wish.limit - len(self.out)
        plain = self._unpacked(block, room) if self._zlib else block
        self.overflown = len(plain) > room
        self.out += plain[:room]
        enough = self._wish.enough is not None and self._wish.enough(self.out)
        self.satisfied = enough or len(self.out) >= self._wish.limit

    def _unpacked(self, block: bytes, room: int) -> bytes:
        """Unpack no more than there is room for, so that a small body cannot become a huge one."""
        if self._zlib is None:
            return block
        try:
            return self._zlib.decompress(block, room + 1)
        except zlib.error:
            if self._bare:  # some servers leave out the wrapper that the standard asks for
                self._bare = False
                self._zlib = zlib.decompressobj(-15)
                return self._unpacked(block, room)
            self.satisfied = self.overflown = True
            return b""
