"""The keys of front matter: how each is spelled, what it takes and what it says.

One table for the reader, the reference and the JSON Schema.  One field has several spellings because notes come from
Obsidian, Quartz, Hugo, MyST, Zotero, Dendron and Material; the earlier spelling wins where a head has two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from inquiry.corpus.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping


class Takes(StrEnum):
    """The kinds of value that a key may take; null is always one."""

    ANYTHING = "anything"
    TEXT = "text"
    """Numbers, dates and flags count as they are written."""
    ID = "id"
    """A text that can stand in an address."""
    PERMALINK = "permalink"
    """An address whose last part is an id."""
    NAMES = "names"
    """Documents: a text, or a list of texts."""
    TAGS = "tags"
    WORKS = "works"
    """A key, DOI, arXiv id or address, a description of the work, or a list of these."""
    RELATIONS = "relations"
    """Names by the kind of relation."""
    DATE = "date"
    DATES = "dates"
    """A date, or two as `{created, updated}`."""
    FLAG = "flag"
    SEARCH = "search"
    """Anything; of a mapping, `exclude` is a flag."""
    DOI = "doi"
    ARXIV = "arxiv"
    URL = "url"
    AUTHORS = "authors"


EXPECTED: Mapping[Takes, str] = {
    Takes.ID: "a name that can stand in an address",
    Takes.DATE: "a date like `2026-01-05`",
    Takes.FLAG: "`true` or `false`",
    Takes.DOI: "a DOI like `10.1000/182`",
    Takes.ARXIV: "an arXiv id like `2305.11383`",
    Takes.URL: "an address that begins with `https://` or `http://`",
}
"""Texts of a certain form in words, for those who wrote another."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a key means, under all its names."""

    spellings: tuple[str, ...]
    """The preferred one first; compared without regard to case."""
    takes: Mapping[Kind, Takes]
    """By kind of document; one that is not there does not read the field."""
    meaning: str
    """For authors, in Markdown on one line."""
    apart: Mapping[str, Takes] = field(default_factory=dict)
    """Spellings that take something else."""

    @property
    def name(self) -> str:
        """The preferred spelling."""
        return self.spellings[0]

    def takes_as(self, spelling: str, kind: Kind) -> Takes | None:
        """Say what a spelling takes in this kind of document; None where it is not read."""
        return self.apart.get(spelling, self.takes[kind]) if kind in self.takes else None


def _note(takes: Takes) -> Mapping[Kind, Takes]:
    return {Kind.NOTE: takes}


def _both(takes: Takes) -> Mapping[Kind, Takes]:
    return dict.fromkeys(Kind, takes)


def _by_name(*listed: Field) -> dict[str, Field]:
    return {one.name: one for one in listed}


FIELDS = _by_name(
    Field(
        ("id", "slug", "permalink"),
        _both(Takes.ID),
        "The name of the page in its address and in links; without it, the file's name makes one. Of a `permalink`, the"
        " last part counts.",
        {"permalink": Takes.PERMALINK},
    ),
    Field(
        ("title",),
        _both(Takes.TEXT),
        "The title as plain text with inline Markdown. Without it, the first heading is the title, and without that the"
        " file's name.",
    ),
    Field(
        ("summary", "description", "abstract", "desc"),
        _both(Takes.TEXT),
        "One to three sentences, shown wherever the page is named; for a line, the framing under its title.",
    ),
    Field(
        ("source",),
        _both(Takes.WORKS),
        "What a note rests on: a key of the bibliography, a DOI, an arXiv id, an address, or a mapping that describes"
        " the work; a list for several.",
    ),
    Field(
        ("sources",),
        {Kind.NOTE: Takes.WORKS, Kind.LINE: Takes.NAMES},
        "For a note, the same as `source`. For a line, ids of notes that it rests on without citing them in the text.",
    ),
    Field(
        ("tags", "tag", "keywords"),
        _both(Takes.TAGS),
        "Topics, as a list or as text with commas; a `#` in front is dropped.",
    ),
    Field(
        ("aliases", "alias"),
        _both(Takes.NAMES),
        "Other names. Each is an old address that leads here, and a name that links may use. One that begins with a"
        " slash, as Hugo has them, is also an address from the root of the site (`/posts/old-name/`).",
    ),
    Field(
        ("relations",),
        _both(Takes.RELATIONS),
        "How a note bears on others: a mapping of `contradicts`, `qualifies`, `supports` and `extends` to ids of"
        " notes.",
    ),
    Field(("contradicts",), _both(Takes.NAMES), "Short for `relations.contradicts`: notes that this one contradicts."),
    Field(("qualifies",), _both(Takes.NAMES), "Short for `relations.qualifies`: notes that this one qualifies."),
    Field(("supports",), _both(Takes.NAMES), "Short for `relations.supports`: notes that this one supports."),
    Field(("extends",), _both(Takes.NAMES), "Short for `relations.extends`: notes that this one extends."),
    Field(
        ("next",),
        {Kind.LINE: Takes.NAMES},
        "Lines to read after this one, before those that are suggested.",
    ),
    Field(
        ("created", "date", "date created"),
        _both(Takes.DATE),
        "The day it was written, `2026-01-05`; `2026-01` and `2026` are enough, a time of day is dropped, a link to the"
        " note of a day is that day.",
        {"date": Takes.DATES},
    ),
    Field(
        ("updated", "modified", "lastmod", "last_modified", "date modified"),
        _both(Takes.DATE),
        "The day of the last change that matters to readers.",
    ),
    Field(("draft",), _both(Takes.FLAG), "`true` keeps the page out of the site."),
    Field(
        ("publish", "published"),
        _both(Takes.FLAG),
        "`false` keeps the page out of the site. As `published`, a date counts as yes.",
        {"published": Takes.ANYTHING},
    ),
    Field(
        ("unlisted",),
        _both(Takes.FLAG),
        "`true` gives the page an address that nothing names: no list, search, graph or suggestion.",
    ),
    Field(("search",), _both(Takes.SEARCH), "`{exclude: true}` or `false` keeps the page out of the search only."),
    Field(("doi",), _note(Takes.DOI), "For a note that describes its source in the head itself, the source's DOI."),
    Field(("arxiv",), _note(Takes.ARXIV), "For such a note, the source's arXiv id."),
    Field(
        ("url",),
        _note(Takes.ANYTHING),
        "For such a note, the source's address on the web; anything else is left to other tools.",
    ),
    Field(
        ("authors", "author"),
        _note(Takes.AUTHORS),
        "For such a note, the source's authors; on their own they may as well be the note's and describe no source.",
    ),
    Field(("year",), _note(Takes.TEXT), "For such a note, the year of its source."),
    Field(("venue",), _note(Takes.TEXT), "For such a note, where its source was published."),
)
"""Every field of a head, by its preferred spelling."""

SOURCE_FIELDS = _by_name(
    Field(
        ("key", "citekey", "citation-key", "id"),
        _both(Takes.TEXT),
        "The key in the bibliography. Alone, it is the same as `source` with that key.",
    ),
    Field(("title",), _both(Takes.TEXT), "The work's title."),
    Field(
        ("authors", "author"),
        _both(Takes.AUTHORS),
        'Names as one text joined by "and", or a list of texts or of `{given, family}` mappings.',
    ),
    Field(("year", "date", "issued"), _both(Takes.TEXT), "The year; of a whole date, its year."),
    Field(
        ("venue", "journal", "container-title", "booktitle", "publisher"),
        _both(Takes.TEXT),
        "Where it was published.",
    ),
    Field(("doi",), _both(Takes.DOI), "The DOI, bare or as an address."),
    Field(("arxiv", "eprint"), _both(Takes.ARXIV), "The arXiv id, bare or as an address."),
    Field(("url", "link"), _both(Takes.URL), "Its address on the web."),
    Field(("type",), _both(Takes.TEXT), "A CSL type such as `book`; `article` unless said."),
)
"""The same for a work that is written out under `source`."""

UNREAD: Mapping[Kind, tuple[str, ...]] = {
    kind: tuple(one.name for one in FIELDS.values() if kind not in one.takes) for kind in Kind
}
"""Fields that a kind of document does not read, and keeps as it finds them."""
