"""BibTeX as it is written: entries and keys that every reader of the format takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESSES = frozenset({"doi", "eprint", "url"})
"""Fields whose text is taken as it stands."""
_NOT_IN_KEY = re.compile(r"[\s{}()\[\],%#~\"'=\\&$^@]+")
_SPECIAL = re.compile(r"[&%$#_{}~^\\]")
_ESCAPES = {
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, whether a backslash is before them or not
    "}": r"\textbraceright{}",
}


def bibtex_entry(kind: str, key: str, fields: Mapping[str, str], written: Mapping[str, str] | None = None) -> str:
    r"""Write an entry; a value in braces keeps its capitals, and one without text is left out.

    Args:
        kind: Its type, as in `article`.
        key: Its key, as `bibtex_key` makes it.
        fields: Plain text by name.
        written: Values that are BibTeX already, put behind the others as they are.

    >>> print(bibtex_entry("misc", "a", {"title": "{Salt & pH}", "year": ""}))
    @misc{a,
      title = {{Salt \& pH}}
    }
    """
    rows = [
        f"  {name} = {{{_address(value) if name in _ADDRESSES else _text(value)}}}"
        for name, value in fields.items()
        if value.strip("{} \n")
    ]
    rows += [f"  {name} = {{{value}}}" for name, value in (written or {}).items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(rows) + "\n}"


def bibtex_key(text: str) -> str:
    """Leave out of a key what BibTeX takes for the end of one.

    >>> bibtex_key("Smith, 2020 {draft}")
    'Smith-2020-draft'
    """
    return _NOT_IN_KEY.sub("-", text).strip("-") or "source"


def bibtex_name(family: str, given: str = "", suffix: str = "") -> str:
    r"""Write the name of a person, or of an organisation, whose words braces keep together.

    >>> bibtex_name("Kung", "Po-Nien"), bibtex_name("Salt & Sons")
    ('Kung, Po-Nien', '{Salt \\& Sons}')
    """
    if not given:
        return f"{{{_text(family)}}}"
    return ", ".join(_text(part) for part in (family, suffix, given) if part)


def _address(value: str) -> str:
    return "".join(value.split()).replace("{", "%7B").replace("}", "%7D")


def _text(value: str) -> str:
    is_braced = value.startswith("{") and value.endswith("}")
    folded = " ".join((value[1:-1] if is_braced else value).split())
    escaped = _SPECIAL.sub(lambda match: _ESCAPES.get(match[0]) or f"\\{match[0]}", folded)
    return f"{{{escaped}}}" if is_braced else escaped
