"""Words of a text as they are compared: lower case, stemmed, stop words told apart.

Apart from `graph.text`, which weighs them with numpy, so that whoever only wants words does not wait for it.
"""

from __future__ import annotations

import re
from itertools import takewhile

from inquiry.graph.stopwords import STOPWORDS

TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w[\w'\u2019-]*")
"""A word, or one character of a script that writes no blanks."""
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LEANING = frozenset(
    """
    zero three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty hundred thousand
    million billion second third fourth fifth half quarter double twice thrice anyone everyone someone nobody
    everything anything day week month year time today www http com org html pdf arxiv doi
    """.split()
)
"""Stems that count, point or name a place of publication: two texts may be alike by them, and no reader would see
why."""
_TELLING_NOTHING = STOPWORDS | _LEANING

_SHORTEST_ROOT = 4
"""Letters that two forms of a word have in common at least."""
_LONGEST_ENDING = 2
"""Letters of the shorter form that are ending."""


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
    return [stem(word) for token in TOKEN.findall(text) if (word := plain(token))]


def is_telling(word: str) -> bool:
    """Say whether a stemmed word can make documents similar: no stop word, no lone letter."""
    return word not in STOPWORDS and (len(word) > 1 or _WITHOUT_SPACES.match(word) is not None)


def tells_by_itself(word: str) -> bool:
    """Say whether a word tells a reader something without its sentence, so that it can be shown as a reason.

    >>> [word for word in ("naps", "gpt-4", "43", "7b", "x_i", "second", "someone") if tells_by_itself(word)]
    ['naps', 'gpt-4']
    """
    if "_" in word or word in _TELLING_NOTHING or stem(word) in _TELLING_NOTHING:
        return False
    if len(word) > 1 and word.isalpha():
        return True
    return sum(char.isalpha() for char in word) > 1 or _WITHOUT_SPACES.match(word) is not None


def is_kin(one: str, other: str) -> bool:
    """Say whether two words are forms of one, so that a reader is told nothing new by the second.

    >>> is_kin("ml", "ml"), is_kin("truthful", "truthfulness"), is_kin("writing", "write"), is_kin("reward", "rewrite")
    (True, True, True, False)
    """
    pairs = zip(one, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return one == other or shared >= max(_SHORTEST_ROOT, min(len(one), len(other)) - _LONGEST_ENDING)
