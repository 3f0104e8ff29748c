"""Dates as printed."""

from __future__ import annotations

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def printed_date(iso: str) -> str:
    """Print an ISO date, whole or not, as readers write it.

    >>> printed_date("2026-11-03"), printed_date("2026-01"), printed_date("2026")
    ('3 Nov 2026', 'Jan 2026', '2026')
    """
    parts = iso.split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts):
        return iso
    month = _MONTHS[int(parts[1]) - 1] if 1 <= int(parts[1]) <= len(_MONTHS) else parts[1]
    day = f"{int(parts[2])} " if len(parts) > 2 else ""  # noqa: PLR2004 - year, month, day
    return f"{day}{month} {parts[0]}"


def printed_month(iso: str) -> str:
    """Print the month of an ISO date in full; a year stays a year.

    >>> printed_month("2026-11-03"), printed_month("2026-01"), printed_month("2026")
    ('November 2026', 'January 2026', '2026')
    """
    year, _, month = iso[:7].partition("-")
    number = int(month) if month.isdigit() else 0
    return f"{_LONG_MONTHS[number - 1]} {year}" if 1 <= number <= len(_LONG_MONTHS) else year
