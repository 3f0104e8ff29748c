"""Dates as front matter has them, in one spelling."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:[Tt]|\s+)\d{1,2}[:.h]\S*(?:\s+\S+)*)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAILY_NOTE = re.compile(r"\[\[(?:[^\[\]|]*/)?([^\[\]|/]+)(?:\|[^\[\]]*)?\]\]")
"""A link to the note of a day, as Obsidian has it in dates."""
_MILLISECONDS = re.compile(r"\d{12,13}", re.ASCII)


def iso_date(text: str) -> str:
    """Spell a date as `YYYY-MM-DD`, or as `YYYY-MM` or `YYYY` when no more is given; empty when it is none.

    A time of day is dropped, and with it the time zone: the day is the one that the author wrote.  Whole
    numbers of 12 or 13 digits are milliseconds since 1970, as Dendron writes them; of a link to the note of a day, the
    day counts.

    >>> iso_date("2026-1-5 23:30 +0800"), iso_date("2026-02-31"), iso_date("1608518909864")
    ('2026-01-05', '', '2020-12-21')
    """
    text = text.strip()
    if daily := _DAILY_NOTE.fullmatch(text):
        text = daily[1].strip()
    found = _DAY.fullmatch(text)
    if found:
        return _checked(found[1], found[3], found[4])
    found = _COMPACT.fullmatch(text)
    if found:
        return _checked(found[1], found[2], found[3])
    found = _MONTH.fullmatch(text)
    if found:
        return text if _checked(found[1], found[2], "1") else ""
    if _MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, UTC).date().isoformat()
    return text if _YEAR.fullmatch(text) and int(text) else ""


def _checked(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
