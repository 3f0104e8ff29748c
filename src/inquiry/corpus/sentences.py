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


def stretch_at(bounds: list[int], start: int, end: int) -> tuple[int, int]:
    """Give the ends of the sentence, or the sentences, that hold the characters from `start` to `end`.

    >>> stretch_at([21, 32], 23, 25)
    (21, 32)
    """
    first = 0
    for bound in bounds:
        if bound >= end:
            return first, bound
        if bound <= start:
            first = bound
    return first, bounds[-1]


def link_mark(index: int) -> str:
    """Write what stands in a sentence for a link without words of its own; texts have no NUL there."""
    return f"\0{index}\0"


def split_at_links(sentence: str) -> list[str]:
    """Split a sentence at the marks of its links: words and indices of links in turn, words first and last.

    >>> split_at_links(f"As {link_mark(7)} shows.")
    ['As ', '7', ' shows.']
    """
    return sentence.split("\0")


def _abbreviates(text: str, dot: int) -> bool:
    if text[dot] != ".":
        return False
    word = text[text.rfind(" ", 0, dot) + 1 : dot].lstrip('(“"[').lower()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())
