"""What a suggestion is, and which of them a page shows.

Light on purpose: a page that only prints suggestions imports neither numpy nor scipy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inquiry.corpus.model import RelationKind

Key = tuple[str, str]
"""Kind and id of a document."""

EXPLAINED_AT_ONCE = 64
"""Documents whose suggestions are explained together: enough that arrays pay."""
NEXT_FLOOR = 0.2
"""A next line below this share of the best score is left out: measured, such lines are hardly better than
chance."""
RELATED_FLOOR = 0.5
"""The same for related notes; there are more notes than lines, so a weak one is more often wrong."""
THIN_FLOOR = 0.5
"""The same for a next line that only one shared note speaks for.  In the lists of five of
the first knowledge base, eleven of the fourteen below it were not worth following."""
NEXT_COUNT = 5
"""Next lines on a page."""
RELATED_COUNT = 3
"""Related notes on a page."""


class Role(StrEnum):
    """Why a line is worth following, beside being near; the order is the order of preference."""

    PINNED = "pinned"
    """The author put it there."""
    CLOSEST = "closest"
    """It asks about nearly the same: the first that does not disagree."""
    BRIDGE = "bridge"
    """It leads into another part of the knowledge base, and to another topic."""
    DISAGREES = "disagrees"
    """It rests on a note that contradicts one of this line's, and each cites its own side only."""
    UNEXPLORED = "unexplored"
    """It is worded alike and hardly linked yet."""
    NEAR = "near"
    """It belongs to the same part of the knowledge base, and is not the closest."""


@dataclass(frozen=True, slots=True)
class SuggestInput:
    """All that suggestions need to know of a public document."""

    key: Key
    title: str
    aliases: tuple[str, ...] = ()
    text: str = ""
    """Plain words of the body."""
    anchors: tuple[str, ...] = ()
    """Words of the links that point here."""
    links: tuple[Key, ...] = ()
    """Documents that it cites, links or embeds; whatever is not among the inputs is ignored."""
    relations: tuple[tuple[RelationKind, Key], ...] = ()
    tags: tuple[str, ...] = ()
    next: tuple[Key, ...] = ()
    """A line's pinned next lines."""

    @property
    def is_line(self) -> bool:
        """Whether it is a line rather than a note."""
        return self.key[0] == "line"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One document that another could lead to."""

    key: Key
    score: float
    """Only comparable among the suggestions of one document."""
    role: str
    """A `Role` for next lines, empty otherwise."""
    reasons: Sequence[str]
    """What a reader can check, most telling first.  The page is "this" or "here", the suggestion "it" or "there".
    Maybe put into words only when they are read, for most suggestions are not shown."""
    is_thin: bool = False
    """Whether no more than one shared note speaks for a next line."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """The suggestions of one document, each list best first."""

    next: tuple[Suggestion, ...] = ()
    """Lines to follow; empty for a note."""
    related: tuple[Suggestion, ...] = ()
    """Notes close to it; empty for a line."""
    cite: tuple[Suggestion, ...] = ()
    """Notes that it could cite and does not."""
    pinned: tuple[Suggestion, ...] = ()
    """What the author chose as next lines, in the author's order."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The suggestions of every public document."""

    by_key: Mapping[Key, Suggested]

    def of(self, key: Key) -> Suggested:
        """Give a document's suggestions; those of an unknown document are empty."""
        return self.by_key[key] if key in self.by_key else Suggested()


def shown_next(suggested: Suggested, *, count: int = NEXT_COUNT) -> tuple[Suggestion, ...]:
    """Choose the next lines that a page shows: pinned ones, the closest, then one of each other role, then the rest.

    Pinned lines are never cut, even beyond `count`.
    """
    chosen = {each.key for each in suggested.pinned}
    firm = {each.key for each in above(suggested.next, THIN_FLOOR)}
    good = [
        each
        for each in above(suggested.next, NEXT_FLOOR)
        if each.key not in chosen and (not each.is_thin or each.key in firm)
    ]
    head = [next((each for each in good if each.role == role), None) for role in Role]
    varied = [each for each in head if each is not None]
    rest = [each for each in good if each not in varied]
    return (*suggested.pinned, *(varied + rest)[: max(0, count - len(suggested.pinned))])


def shown_related(suggested: Suggested, *, count: int = RELATED_COUNT) -> tuple[Suggestion, ...]:
    """Choose the related notes that a page shows."""
    return above(suggested.related, RELATED_FLOOR)[:count]


def above(ranked: Sequence[Suggestion], floor: float) -> tuple[Suggestion, ...]:
    """Leave out what scores under this share of the best."""
    least = floor * ranked[0].score if ranked else 0.0
    return tuple(each for each in ranked if each.score >= least)


def pin(key: Key, ranked: Sequence[Suggestion], unranked: Sequence[str] = ()) -> Suggestion:
    """Make a pinned suggestion of the ranked one or, where the author sees further than the ranking, of its reasons."""
    found = next((each for each in ranked if each.key == key), None)
    return replace(found, role=Role.PINNED.value) if found else Suggestion(key, 0.0, Role.PINNED.value, unranked)
