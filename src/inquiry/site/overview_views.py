"""What a template may see of everything at once: the map, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

    from inquiry.site.view_parts import PageView


@dataclass(frozen=True, slots=True)
class MapPreview:
    """The map, small and without words."""

    picture: Markup
    """Inline SVG without links; empty where there is no map, or nothing on it."""
    areas: int
    """How many areas have a name; 0 where one is all there is."""
    style: str
    """Address of the map's stylesheet."""


@dataclass(frozen=True, slots=True)
class MapEntry:
    """A line, note or work on the map, as its list has it."""

    title: Markup
    plain: str
    """The title as plain text."""
    href: str
    at: str
    """Where its mark lies, in units of the picture: `120 345`."""


@dataclass(frozen=True, slots=True)
class MapArea:
    """A part of the map, named after what holds it together."""

    id: str
    """Id of its part of the list: `area-3`."""
    name: str
    """The topic, or the title of the document that it gathers around; empty for what belongs nowhere."""
    href: str
    """The page of that; empty for what belongs nowhere."""
    is_topic: bool
    """False where documents have few topics, and an area gathers around one of them."""
    colour: int
    """Number of its colour in the palette, 1 to 12; 0 for what belongs to none."""
    size: int
    """How many marks it has."""
    lines: tuple[MapEntry, ...]
    notes: tuple[MapEntry, ...]
    sources: tuple[MapEntry, ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """The map of everything: `map.html`."""

    page: PageView
    picture: Markup
    """Inline SVG with the names of areas and some lines as links; empty when there is nothing to draw."""
    width: int
    """Of the picture, in its own units."""
    height: int
    mark_size: str
    """Radius of a note's mark, in the same units."""
    areas: tuple[MapArea, ...]
    """The list that says the same as the picture."""
    joins: str
    """What is joined to what, for the script: places in the list in base 36, each told from the one before."""
    disputes: str
    """Those of the joins that are contradictions, likewise."""
    drawn: int
    """How many marks there are."""
    left_out: int
    """How many more there would be; those that are joined least are left out."""
    script: str
    """Address of the page's script."""
    style: str
    """Address of its stylesheet."""


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A line or note that was added or revised."""

    kind: str
    """`line` or `note`."""
    title: Markup
    href: str
    summary: str


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """What changed on one day."""

    date: str
    """As printed, `3 Nov 2026`; only month or year where no more is known."""
    date_iso: str
    added: tuple[ChangeEntry, ...]
    """Lines first, then by title."""
    revised: tuple[ChangeEntry, ...]
    more_added: int
    """How many more were added than are listed."""
    more_revised: int


@dataclass(frozen=True, slots=True)
class ChangedMonth:
    """The days of one month, newest first."""

    label: str
    """`November 2026`; the year alone where no more is known."""
    days: tuple[ChangedDay, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What changed, newest first: `changes.html`."""

    page: PageView
    months: tuple[ChangedMonth, ...]
    earlier: int
    """How many changes are older than those that are listed."""
    style: str
    """Address of the page's stylesheet."""
