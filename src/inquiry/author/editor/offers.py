"""What could be typed, and the choice among it.

Names are looked through here and not in the editor, so that what is sent stays short however many documents there are:
every word that was typed must stand in one of a thing's names.  Only of the chosen it is worked out how
they are spelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inquiry.graph.names import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from inquiry.diagnostics import Span

MOST = 100
"""Things that are offered at once: more than anybody reads, few enough to be sent at every keystroke."""


class OfferKind(StrEnum):
    """What is offered; editors show a sign for each."""

    NOTE = "note"
    LINE = "line"
    WORK = "work"
    HEADING = "heading"
    PASSAGE = "passage"
    KEY = "key"
    TAG = "tag"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Offer:
    """A thing that could be meant."""

    kind: OfferKind
    label: str
    names: tuple[str, ...]
    """What it is called; the first counts most."""
    spell: Callable[[], str | None]
    """Says what to insert; None where nothing means it alone."""
    detail: str = ""
    describe: Callable[[], str] = str
    """Says more of it, as Markdown."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What an editor shows and inserts."""

    kind: OfferKind
    label: str
    text: str
    """What takes the place of the span."""
    span: Span
    detail: str
    about: str
    match: str
    """What editors compare with what is typed: the name that fits, then the others."""


@dataclass(frozen=True, slots=True)
class Completions:
    """A list of completions."""

    items: tuple[Completion, ...] = ()
    complete: bool = True
    """False where there are more, so that an editor asks again as its author types on."""


def chosen(offers: Iterable[Offer], typed: str, span: Span, closing: str = "", *, by_label: bool = True) -> Completions:
    """Choose the things whose names hold what was typed: those that begin with it first, then by label or as given."""
    wanted = folded(typed.strip())
    words = wanted.split()
    ranked = []
    for number, offer in enumerate(offers):
        names = [folded(name) for name in offer.names]
        together = "\n".join(names)
        if all(word in together for word in words):
            ranked.append((_rank(names, wanted), folded(offer.label) if by_label else "", number, offer))
    ranked.sort(key=lambda entry: entry[:3])
    made = []
    for *_, offer in ranked[:MOST]:
        text = offer.spell()
        if text is not None:
            match = _match(offer.names, wanted)
            about = offer.describe()
            made.append(Completion(offer.kind, offer.label, text + closing, span, offer.detail, about, match))
    return Completions(tuple(made), complete=len(ranked) <= MOST)


def _rank(names: Sequence[str], wanted: str) -> int:
    if names[0].startswith(wanted):
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    return 2 if any(f" {wanted}" in name or f"-{wanted}" in name for name in names) else 3


def _match(names: Sequence[str], wanted: str) -> str:
    fitting = [name for name in names if folded(name).startswith(wanted)]
    fitting = fitting or [name for name in names if wanted in folded(name)]
    return " ".join(dict.fromkeys([*fitting[:1], *names]))
