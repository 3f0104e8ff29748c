"""The sentence around a place in a paragraph."""

from __future__ import annotations

import re

_END = re.compile(r"""[.!?…]["”’»)\]]*(?=\s+["“‘«(\[]?[^\sa-z])""")
_ABBREVIATIONS = frozenset(
    """
    al approx cf ch dr e.g ed eds eq eqs etc fig figs i.e mr mrs ms no nos p pp prof resp sec st vol vs
    """.split()
)


def sentence_bounds(text: str) -> list[int]:
    """Find where the sentences of a paragraph end.

    Returns:
        Ascending offsets into `text`, the last being its length.

    >>> sentence_bounds("Kung et al. found it. So did we.")
    [21, 32]
    """
    bounds = [match.end() for match in _END.finditer(text) if not _abbreviates(text, match.start())]
    return [*bounds, len(text)]


def sentence_at(text: str, bounds: list[int], start: int, end: int) -> str:
    """Give the sentence, or the sentences, that hold the characters from `start` to `end`.

    White space is folded, and a blank that a left-out citation leaves before a punctuation mark is dropped.
    """
    first = 0
    for bound in bounds:
        if bound >= end:
            return " ".join(text[first:bound].split())
        if bound <= start:
            first = bound
    return " ".join(text[first:].split())


def _abbreviates(text: str, dot: int) -> bool:
    if text[dot] != ".":
        return False
    word = text[text.rfind(" ", 0, dot) + 1 : dot].lstrip('(“"[').lower()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())
