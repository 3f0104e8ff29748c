"""Names of people: from the many ways they are listed to "Given Family".

What a list of names means cannot always be known; where it cannot, the names stay as they were written.
"""

from __future__ import annotations

import re

ET_AL = "et al."
"""Last entry of a list of authors that goes on."""

_OTHERS = re.compile(r"(?:[\s,;]+|^)(?:et\s+al\.?|and\s+others)\s*$", re.IGNORECASE)
_AND = re.compile(r",?\s+(?:and|&)\s+")
_FAMILY_FIRST = re.compile(r"(?P<family>[^\W\d_][^.,]*?)\s+(?P<initials>(?:[^\W\d_]\.[\s-]?)+)")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def given_family(name: str) -> str:
    """Put a name into the order in which it is spoken.

    >>> given_family("Kung, Po-Nien"), given_family("Moreau P."), given_family("King, Jr., Martin")
    ('Po-Nien Kung', 'P. Moreau', 'Martin King, Jr.')
    """
    parts = [" ".join(part.split()) for part in name.split(",")]
    if len(parts) == 1:
        initials_last = _FAMILY_FIRST.fullmatch(parts[0])
        if initials_last:
            return f"{initials_last['initials'].strip()} {initials_last['family']}"
        return parts[0]
    family, *rest = parts
    suffix = next((part for part in rest if part.lower() in _SUFFIXES), "")
    given = " ".join(part for part in rest if part and part != suffix)
    spoken = f"{given} {family}".strip()
    return f"{spoken}, {suffix}" if suffix else spoken


def split_names(text: str) -> tuple[str, ...]:
    """Split a list of names that was written as one text.

    Semicolons separate first, then "and"; commas only when every part is a whole name.

    >>> split_names("Kung, Po-Nien and Peng, Nanyun and others")
    ('Po-Nien Kung', 'Nanyun Peng', 'et al.')
    >>> split_names("Po-Nien Kung, Nanyun Peng")
    ('Po-Nien Kung', 'Nanyun Peng')
    """
    text = " ".join(text.split())
    stripped = _OTHERS.sub("", text)
    if ";" in stripped:
        parts = stripped.split(";")
    else:
        parts = [name for part in _AND.split(stripped) for name in _at_commas(part)]
    names = [given_family(part) for part in parts if part.strip(" ,")]
    if stripped != text:
        names.append(ET_AL)
    return tuple(names)


def _at_commas(text: str) -> list[str]:
    """Split at commas when each part has both of a name's halves; "Family, Given" stays whole."""
    parts = [part.strip() for part in text.split(",")]
    whole = all(" " in part for part in parts if part.lower() not in _SUFFIXES)
    return parts if len(parts) > 1 and whole and not _SUFFIXES.intersection(map(str.lower, parts)) else [text]
