"""Which texts a value may be, as regular expressions of JSON Schema (ECMA-262).

Each is made of what the reader itself matches.  They are written without flags, which JSON Schema does not have, and
for text as it stands in the file, with blanks that the reader folds or strips.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inquiry.corpus.frontmatter import NOT_IN_ID
from inquiry.corpus.identifiers import ARXIV, ARXIV_PREFIX, DOI, DOI_ADDRESS, DOI_LABEL, WEB_ADDRESS
from inquiry.corpus.nodes import FALSE_WORDS, TRUE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTER = re.compile(r"\\.|[A-Za-z]")


def any_case(pattern: str) -> str:
    r"""Let a pattern match in any case; it may have escapes, but no letters within brackets.

    >>> any_case(r"doi:\s*")
    '[Dd][Oo][Ii]:\\s*'
    """
    return _LETTER.sub(lambda found: _both_cases(found.group()), pattern)


def key_pattern(names: Iterable[str]) -> str:
    """Match keys of these names, written in any case."""
    return f"^(?:{'|'.join(map(any_case, names))})$"


def _both_cases(text: str) -> str:
    return f"[{text.upper()}{text.lower()}]" if len(text) == 1 else text


def _alone(pattern: str, *, or_nothing: bool = True) -> str:
    """Match a text of this and blanks."""
    return rf"^\s*(?:{pattern}){'?' if or_nothing else ''}\s*$"


def _date() -> str:
    """Match what `iso_date` reads: days that the calendar has, months, years, milliseconds; and links to such notes."""
    year, leap = "(?!0000)[0-9]{4}", _leap_year()
    day = rf"{year}([-/.])(?:{_days('0?', chr(92) + '1')})|{leap}([-/.])0?2\2(?:29)"
    compact = f"{year}(?:{_days('0', '')})|{leap}0229"
    time = r"(?:(?:[Tt]|\s+)[0-9]{1,2}[:.h]\S*(?:\s+\S+)*)?"
    written = rf"(?:{day}){time}|{compact}|{year}(?:-(?:0[1-9]|1[0-2]))?|[0-9]{{12,13}}"
    folder, words = r"(?:[^\[\]|]*/)?", r"(?:\|[^\[\]]*)?"
    is_link = rf"\s*\[\[{folder}[^\[\]|/]+{words}\]\]\s*$"
    opened, closed = rf"(?:\[\[{folder}(?![^\]|]*/)\s*)?", rf"(?:\s*{words}\]\])?"
    return rf"^(?={is_link}|[^\[\]]*$)\s*(?:{opened}(?:{written}){closed})?\s*$"


def _days(zero: str, sign: str) -> str:
    """Match month, sign and day of a year that has no 29 February."""
    return "|".join(
        (
            f"(?:{zero}[13578]|1[02]){sign}(?:{zero}[1-9]|[12][0-9]|3[01])",
            f"(?:{zero}[469]|11){sign}(?:{zero}[1-9]|[12][0-9]|30)",
            f"{zero}2{sign}(?:{zero}[1-9]|1[0-9]|2[0-8])",
        )
    )


def _leap_year() -> str:
    fours = "0[48]|[2468][048]|[13579][26]"
    return f"(?:[0-9]{{2}}(?:{fours})|(?:{fours})00)"


_LETTER_OF_ID = NOT_IN_ID.pattern.replace("[", "[^", 1)
_LETTER_OF_PART = _LETTER_OF_ID.replace(r"\x00-\x1f", r"\x00-\x08\x0e-\x1b")
"""A letter of a permalink's last part: blanks of all kinds are folded to one that an id may have."""
_DOTS = r"\.+(?:\.[Mm][Dd])?"
_LINK = r"\[\[[^\[\]]+\]\]"
_LINK_END = r"(?:#[^\[\]]*|\\*(?:\|[^\[\]]*)?)\]\]"

DATE = _date()
FLAG = _alone("|".join(map(any_case, sorted(TRUE_WORDS | FALSE_WORDS))), or_nothing=False)
WEB = _alone(any_case(WEB_ADDRESS.pattern), or_nothing=False)
URL = _alone(any_case(WEB_ADDRESS.pattern))
ARXIV_ID = _alone(f"(?:{any_case(ARXIV_PREFIX.pattern)})?{ARXIV.pattern}")
BARE_OR_LINKED_DOI = _alone(
    f"(?:(?:{any_case(DOI_LABEL)})?{DOI.pattern}"
    f"|{any_case(DOI_ADDRESS)}{DOI.pattern.replace('/', '(?:/|%2[Ff])', 1)})" + r"[.,;\s]*"
)
ID = (
    rf"^(?!\s*{_DOTS}\s*$)\s*{_LETTER_OF_ID}*\s*$"
    rf"|^(?:(?!{_LINK})[\s\S])*\[\[\s*(?!{_DOTS}\s*{_LINK_END})(?=\S){_LETTER_OF_ID}+\s*{_LINK_END}"
)
"""A name without blanks around it, or that in the first wikilink of the text."""
PERMALINK = (
    r"^\s*$"
    r"|^(?:[\s\S]*/(?!index\.html/*\s*$))?"
    r"(?!\s*\.*\s*(?:\.html)?(?:/index\.html)?/*\s*$)"
    rf"{_LETTER_OF_PART}+(?:/index\.html)?/*\s*$"
)
"""An address whose last part, without `.html` and slashes, is an id."""
