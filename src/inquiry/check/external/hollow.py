"""Pages that answer and say that there is nothing: "not found" with status 200, parked domains.

Only a title counts, part by part and each part as a whole: a phrase somewhere in the text of a live page says
nothing.  A part counts when it says that something is gone and all its other words are those of such notices.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GONE = re.compile(
    r"\b(?:404|410|(?:(?:was|is|were|could|can|be)\s+)*(?:not|cannot|cant|couldnt)\s+(?:be\s+)?(?:found|find)|not_found"
    r"|(?:does|do|did)\s+not\s+exist|doesnt\s+exist|no\s+longer\s+(?:exists?|available|here)|(?:is\s+not|isnt)\s+available"
    r"|nicht\s+gefunden|introuvable|non\s+trouvee?|no\s+encontrad[ao]|nao\s+encontrad[ao]|non\s+trovat[ao]"
    r"|niet\s+gevonden|hittades\s+inte|kunde\s+inte\s+hittas|ikke\s+fundet|ikke\s+funnet|nie\s+znaleziono"
    r"|не\s+наидена|页面不存在|页面未找到|找不到页面|ヘーシか見つかりません)(?!\w)"
)
"""What says so, in the languages of the larger sites; marks on letters are taken off before."""
_NOTICE = frozenset(
    """
    1 a an article by code content diese die document erreur error errors fehler file gone http i it item looking
    link la le looks like moved object of on oops or page pagina please product record requested resource server siden
    seite sidan site sorry status strona strony that the this uh url ha been has we were website whoops wurde you
    your страница leider desole have
    """.split()
)
"""Other words of such notices."""
_PARKED = re.compile(
    r"(?:this |premium )?(?:domain|website|site)(?: name)? (?:(?:is|may be|has been) )?"
    r"(?:for sale|parked|expired|suspended)"
    r"|\S+\.[a-z]{2,}(?: domain name)? (?:is |may be )?(?:for sale|parked|expired)"
    r"|buy this domain|parked domain(?: name)?|domain parking|account suspended"
)
_SEPARATORS = re.compile(r"\s[-\u2013\u2014|·•»/\\]+\s|[|·•»:!?…]+(?:\s|$)|\.\s")
_APOSTROPHES = re.compile("['\u2019]")
_MARKS = re.compile(r"[^\w\s.]")
_ABOUT_ERRORS = re.compile(r"(?<![a-z0-9])(?:404|410|errors?|not[-_ ]?found)(?![a-z0-9])", re.IGNORECASE)


def says_gone(path: str, title: str) -> bool:
    """Tell whether a page calls itself not found; not where its path says that errors are its matter.

    >>> says_gone("/report", "Page not found · Example"), says_gone("/report", "Lost and not found: a story")
    (True, False)
    """
    return _is_gone(title) and not _ABOUT_ERRORS.search(path)


@lru_cache(maxsize=4096)
def _is_gone(title: str) -> bool:
    return any(map(_is_notice, _parts(title)))


@lru_cache(maxsize=4096)
def is_parked(title: str) -> bool:
    """Tell whether a page is there to sell its domain only.

    >>> is_parked("example.org is for sale"), is_parked("A house for sale")
    (True, False)
    """
    return any(map(_PARKED.fullmatch, _parts(title)))


def _is_notice(part: str) -> bool:
    rest, said = _GONE.subn(" ", part)
    return bool(said) and all(word in _NOTICE for word in rest.split())


def _parts(title: str) -> tuple[str, ...]:
    """Part a title where sites put their own name, in lower case and without marks; the whole of it comes first."""
    bare = unicodedata.normalize("NFD", _APOSTROPHES.sub("", title).casefold())
    text = "".join(char for char in bare if not unicodedata.combining(char))
    parts = (" ".join(_MARKS.sub(" ", part).split()).strip(" .") for part in (text, *_SEPARATORS.split(text)))
    return tuple(part for part in parts if part)
