"""References in prose, and pages and works ready to cite: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from inquiry.corpus.bibtex_text import bibtex_entry, bibtex_key
from inquiry.corpus.model import Source  # noqa: TC001 - the examples in docstrings make some
from inquiry.site.dates import printed_date
from inquiry.site.views import ExportsView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ET_AL = "et al."
_REMEMBERED = 65_536
"""Works whose forms are kept."""
_NAMED_AUTHORS = 3
"""Authors that a reference names before "et al."; more do not help to recognise a work."""
_BIBTEX_TYPES = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "book": "book",
    "chapter": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
}
_RIS_TYPES = {
    "article-journal": "JOUR",
    "paper-conference": "CPAPER",
    "book": "BOOK",
    "chapter": "CHAP",
    "thesis": "THES",
    "report": "RPRT",
    "webpage": "ELEC",
}


@dataclass(frozen=True, slots=True)
class Published:
    """A page of the site as a work of its own."""

    key: str
    title: str
    site: str
    """Name of the site, which stands for its author."""
    url: str
    """Absolute address; empty when the site's own is not known."""
    date: str
    """ISO date of its last change; empty for none."""


def family_name(name: str) -> str:
    """Give the name that a work is cited by.

    >>> family_name("Po-Nien Kung"), family_name("Moreau P.")
    ('Kung', 'Moreau')
    """
    words = name.split()
    if len(words) > 1 and re.fullmatch(r"(?:[^\W\d_]\.-?)+", words[-1]):
        return words[0]
    return words[-1] if words else name


def short_names(source: Source) -> str:
    """Cite a work by author and year.

    >>> short_names(Source(authors=("Po-Nien Kung", "Nanyun Peng"), year="2023"))
    'Kung and Peng 2023'
    """
    names = [family_name(name) for name in source.authors if name != _ET_AL]
    if not names:
        who = source.title or source.key
    elif len(names) == 1:
        who = f"{names[0]} {_ET_AL}" if _ET_AL in source.authors else names[0]
    elif len(names) == 2 and _ET_AL not in source.authors:  # noqa: PLR2004 - a pair
        who = f"{names[0]} and {names[1]}"
    else:
        who = f"{names[0]} {_ET_AL}"
    return f"{who} {source.year}".strip()


def reference_text(source: Source) -> str:
    """Name authors, year and venue in one line; the title is shown beside it.

    >>> reference_text(Source(authors=("Po-Nien Kung", "Nanyun Peng"), year="2023", venue="ACL 2023"))
    'Po-Nien Kung and Nanyun Peng, 2023. ACL 2023'
    """
    return ". ".join(part for part in (_who_and_when(source), source.venue) if part)


def _who_and_when(source: Source) -> str:
    names = [name for name in source.authors if name != _ET_AL]
    shown = names[:_NAMED_AUTHORS]
    if len(names) > _NAMED_AUTHORS or _ET_AL in source.authors:
        who = f"{', '.join(shown)} {_ET_AL}" if len(shown) < 2 else f"{', '.join(shown)}, {_ET_AL}"  # noqa: PLR2004
    else:
        who = " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else ""
    return ", ".join(part for part in (who, source.year) if part)


def link_label(source: Source) -> str:
    """Name where a work's address leads: `doi:…`, `arXiv:…` or the host."""
    if source.doi:
        return f"doi:{source.doi}"
    if source.arxiv:
        return f"arXiv:{source.arxiv}"
    return (urlsplit(source.url).hostname or "").removeprefix("www.") if source.url else ""


def page_exports(page: Published, sources: Sequence[Source]) -> ExportsView:
    """Make the page, and behind it its sources, ready to cite."""
    year = page.date[:4]
    date = printed_date(page.date)
    quoted = f"“{page.title}”" if page.title.endswith(("?", "!", ".")) else f"“{page.title}.”"
    text = f"{quoted} " + ". ".join(part for part in (page.site, date, page.url) if part)
    fields = {"title": f"{{{page.title}}}", "author": f"{{{page.site}}}", "year": year, "url": page.url}
    ris = [("TY", "ELEC"), ("TI", page.title), ("AU", page.site), ("PY", year), ("UR", page.url)]
    csl: dict[str, Any] = {
        "id": page.key,
        "type": "webpage",
        "title": page.title,
        "container-title": page.site,
        **({"issued": _date_parts(page.date)} if page.date else {}),
        **({"URL": page.url} if page.url else {}),
    }
    works = _works(sources)
    keys = {work.key.casefold() for work in works}
    key = csl["id"] = _free(bibtex_key(page.key), keys)
    return ExportsView(
        text=text,
        bibtex="\n\n".join([bibtex_entry("misc", key, fields), *(work.bibtex for work in works)]),
        ris="\n".join([_ris(ris), *(work.ris for work in works)]),
        csl_json=_json([_row(csl), *(work.csl for work in works)]),
    )


def work_exports(source: Source) -> ExportsView:
    """Make a work ready to cite."""
    text = ". ".join(
        part for part in (_who_and_when(source), source.title.rstrip("."), source.venue, source.link) if part
    )
    work = _exported(source, citation_key(source))
    return ExportsView(text, work.bibtex, work.ris, _json([work.csl]))


def reading_list(sources: Sequence[Source]) -> str:
    """Write works as a BibTeX file, under the keys that they have behind a page that cites them."""
    return "".join(f"{work.bibtex}\n\n" for work in _works(sources)).removesuffix("\n")


class _Exported(NamedTuple):
    """A work in each form."""

    key: str
    bibtex: str
    ris: str
    csl: str


def _works(sources: Sequence[Source]) -> list[_Exported]:
    """Spell works in each form, no two under one key; BibTeX takes keys that differ in case for the same."""
    taken: set[str] = set()
    works = []
    for source in sources:
        key = _free(citation_key(source), taken)
        taken.add(key.casefold())
        works.append(_exported(source, key))
    return works


def _free(key: str, taken: set[str]) -> str:
    """Give a key that is not taken: it, or it with a letter or a number behind.

    >>> _free("Kung2023", {"kung2023", "kung2023b"})
    'Kung2023c'
    """
    if key.casefold() not in taken:
        return key
    endings = chain("bcdefghijklmnopqrstuvwxyz", (f"-{number}" for number in count(27)))
    return next(free for ending in endings if (free := f"{key}{ending}").casefold() not in taken)


@lru_cache(maxsize=_REMEMBERED)
def _exported(source: Source, key: str) -> _Exported:
    """Spell a work in each form, once for all pages that cite it."""
    return _Exported(key, _bibtex_of(source, key), _ris_of(source), _row(_csl_of(source, key)))


def citation_key(source: Source) -> str:
    """Give the key that a work is exported under, when no other has it."""
    if source.key:
        return bibtex_key(source.key)
    name = family_name(source.authors[0]) if source.authors else source.title.partition(" ")[0]
    return re.sub(r"[^\w-]+", "", f"{name}{source.year}".lower()) or "source"


def _bibtex_of(source: Source, key: str) -> str:
    kind = _BIBTEX_TYPES.get(source.type, "misc")
    place = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle", "book": "publisher"}
    authors = " and ".join("others" if name == _ET_AL else name for name in source.authors)
    fields = {
        "title": f"{{{source.title}}}",
        "author": authors,
        "year": source.year,
        place.get(kind, "howpublished"): source.venue,
        "doi": source.doi,
        "eprint": source.arxiv,
        "archiveprefix": "arXiv" if source.arxiv else "",
        "url": source.link,
    }
    return bibtex_entry(kind, key, fields)


def _ris_of(source: Source) -> str:
    authors = [("AU", name) for name in source.authors if name != _ET_AL]
    return _ris(
        [
            ("TY", _RIS_TYPES.get(source.type, "GEN")),
            ("TI", source.title),
            *authors,
            ("PY", source.year),
            ("PB" if source.type == "book" else "T2", source.venue),
            ("DO", source.doi),
            ("UR", source.link),
        ]
    )


def _ris(fields: Iterable[tuple[str, str]]) -> str:
    rows = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\n".join([*rows, "ER  - "])


def _csl_of(source: Source, key: str) -> dict[str, Any]:
    return {
        "id": key,
        "type": source.type if source.type in {*_BIBTEX_TYPES, *_RIS_TYPES} else "article",
        "title": source.title,
        **({"author": [_csl_name(name) for name in source.authors if name != _ET_AL]} if source.authors else {}),
        **({"issued": _date_parts(source.year)} if source.year[:4].isdecimal() else {}),
        **({"publisher" if source.type == "book" else "container-title": source.venue} if source.venue else {}),
        **({"DOI": source.doi} if source.doi else {}),
        **({"URL": source.link} if source.link else {}),
    }


def _csl_name(name: str) -> dict[str, str]:
    family = family_name(name)
    given = " ".join(word for word in name.split() if word != family)
    return {"family": family, "given": given} if given else {"literal": name}


def _date_parts(iso: str) -> dict[str, list[list[int]]]:
    parts = [int(part) for part in iso.split("-") if part.isdecimal() and len(part) <= len("2026")]
    return {"date-parts": [parts or [int(iso[:4])]]}


def _row(item: dict[str, Any]) -> str:
    """Write one item on a line: short enough to read, and `json` is slow at laying out more."""
    return "  " + json.dumps(item, ensure_ascii=False)


def _json(rows: Iterable[str]) -> str:
    return "[\n{}\n]".format(",\n".join(rows))
