"""What notes that belong together have in common: their topic, and the words and phrases that most of them use.

For people: it names a proposal, it ranks nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import islice, pairwise
from math import log
from typing import TYPE_CHECKING

from inquiry.graph.rows import DIGITS
from inquiry.graph.words import TOKEN, is_kin, plain, stem, tells_by_itself

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from inquiry.graph.suggestion import SuggestInput
    from inquiry.graph.text import Wording

MOST_WORDS = 5
"""Words and phrases that are named."""
COMMON_SHARE = 0.5
"""Share of the notes that must use a word or phrase, or have a topic, for it to be common ground."""
PHRASE_SHARE = 0.6
"""A phrase is named in the place of its words when this share of the notes that use the rarer one use the phrase."""
TITLE_WORDS = 2
"""Words and phrases in a working title: more is a list and no question."""


@dataclass(frozen=True, slots=True)
class CommonGround:
    """What some notes have in common."""

    topics: tuple[str, ...]
    """Tags that at least half of them have, the most frequent first."""
    words: tuple[str, ...]
    """Words and phrases that at least half of them use, the most telling first."""

    @property
    def title(self) -> str:
        """A working title: it says what the notes are about and claims nothing, for only their author can ask.

        >>> CommonGround(("sleep",), ("naps", "sleep debt", "caffeine")).title
        'What is known about naps and sleep debt?'
        """
        return f"What is known about {' and '.join(self.words[:TITLE_WORDS])}?"


def common_ground(notes: Sequence[SuggestInput], wording: Wording, widespread: Container[str] = ()) -> CommonGround:
    """Find what notes have in common.

    Args:
        notes: The notes.
        wording: The words of these and others, which says how rare each is.
        widespread: Topics in lower case that are not worth naming.

    """
    least = max(2, COMMON_SHARE * len(notes))
    spelled = {tag.casefold(): tag for note in notes for tag in sorted(note.tags, reverse=True)}
    owners = Counter(tag for note in notes for tag in {tag.casefold() for tag in note.tags})
    ranked = sorted(owners.items(), key=lambda one: (-one[1], one[0]))
    topics = [tag for tag, count in ranked if count >= least and tag not in widespread]
    spoken = [list(_spoken(f"{note.title}\n{note.text}")) for note in notes]
    usage = _Usage(spoken)
    words = _named(_by_weight(usage, wording, least), usage, least)
    return CommonGround(tuple(spelled[tag] for tag in topics), tuple(islice(words, MOST_WORDS)))


class _Usage:
    """How some notes use their words and phrases, stemmed."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self.users: Counter[str] = Counter()
        """Notes that use each word."""
        self.emphasis: defaultdict[str, float] = defaultdict(float)
        """How much is made of each word, in all notes together: the logarithm keeps one note from deciding alone."""
        self.phrases: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        """For each word, the notes that use each phrase with it."""
        self._spellings: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for text in texts:
            stems = [stem(plain(word)) for word in text]
            self.users.update(set(stems))
            for word, count in Counter(stems).items():
                self.emphasis[word] += 1 + log(count)
            for pair in {pair for pair in pairwise(stems) if all(pair)}:
                for word in set(pair):
                    self.phrases[word][pair] += 1
            for length in (1, 2):
                for at in range(len(text) - length + 1):
                    self._spellings[tuple(stems[at : at + length])][" ".join(text[at : at + length])] += 1

    def spelled(self, *stems: str) -> str:
        """Give a word or phrase as the notes mostly write it."""
        forms = self._spellings[stems]
        return min(forms, key=lambda form: (-forms[form], form)) if forms else " ".join(stems)


def _by_weight(usage: _Usage, wording: Wording, least: float) -> list[str]:
    """List the words that enough of the notes use: those first of which they make much, and others little."""
    weights: dict[str, float] = {}
    for word, count in usage.users.items():
        number = wording.lexicon.number(word)[:1]
        if word and count >= least and number and number[0] >= 0:
            weights[word] = round(usage.emphasis[word] * float(wording.rarity[number[0]]), DIGITS)
    return sorted(weights, key=lambda word: (-weights[word], word))


def _named(stems: Iterable[str], usage: _Usage, least: float) -> Iterator[str]:
    """Put a phrase in the place of a word that the notes mostly use within it, and say no word twice."""
    said: list[str] = []
    for word in stems:
        if any(is_kin(word, other) for other in said):
            continue
        phrases = usage.phrases[word]
        pair = min(phrases, key=lambda one: (-phrases[one], one), default=(word,))
        rarer = min(usage.users[each] for each in pair)
        if len(pair) == 1 or phrases[pair] < max(least, PHRASE_SHARE * rarer) or any(each in said for each in pair):
            pair = (word,)
        said.extend(pair)
        yield usage.spelled(*pair)


def _spoken(text: str) -> Iterator[str]:
    """Yield the words of a text in order as written, an empty one where a phrase cannot go on."""
    end = 0
    for match in TOKEN.finditer(text):
        if text[end : match.start()] != " ":
            yield ""
        end = match.end()
        word = match[0].strip("'\u2019-_")
        yield word if tells_by_itself(plain(word)) else ""
