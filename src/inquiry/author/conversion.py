"""Entries of one form written in another, since a bibliography is a file of one form.

What the site shows of a work (title, authors, year, venue, addresses) reads the same in both.  What the other form has
no name for keeps its own in BibTeX, where readers pass over it, and stands under `custom` in CSL.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inquiry.corpus.bibtex import BibtexEntry
from inquiry.corpus.bibtex_text import bibtex_entry, bibtex_key, bibtex_name
from inquiry.corpus.identifiers import is_web_address
from inquiry.corpus.latex import plain
from inquiry.corpus.names import ET_AL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inquiry.author.entries import Described
    from inquiry.corpus.csl import CslItem
    from inquiry.corpus.model import Source

_BIBTEX_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "paper-conference": "inproceedings",
    "book": "book",
    "chapter": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "pamphlet": "booklet",
    "report": "techreport",
    "thesis": "phdthesis",
    "webpage": "online",
    "post": "online",
    "post-weblog": "online",
    "software": "software",
    "dataset": "dataset",
    "patent": "patent",
    "manuscript": "unpublished",
}
_CONTAINERS = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
"""Where a type names what it appeared in; any other does in `journaltitle`."""
_BIBTEX_NAMES = {
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "publisher": "publisher",
    "publisher-place": "address",
    "edition": "edition",
    "collection-title": "series",
    "genre": "type",
    "ISBN": "isbn",
    "ISSN": "issn",
    "language": "langid",
    "note": "note",
    "keyword": "keywords",
    "abstract": "abstract",
}
"""Names of BibTeX for those of CSL that a `Source` does not hold."""
_CSL_NAMES = {
    **{bibtex: csl for csl, bibtex in _BIBTEX_NAMES.items()},
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "location": "publisher-place",
    "language": "language",
}
_SAID = frozenset({"id", "citation-key", "type", "title", "author", "issued", "container-title", "DOI", "URL", "arxiv"})
"""What a `Source` holds of an item."""
_READ = frozenset("title author year date doi url eprint archiveprefix eprinttype crossref howpublished".split())
"""What it holds of an entry."""
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z-]*")
_MACRO = re.compile(r"[^\W\d][\w:.+/-]*")
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
_YEAR = re.compile(r"\d{1,4}")


def as_bibtex(one: Described, *, has_parent: bool = True) -> str:
    """Write an entry in BibTeX: as it stands in its file where that is BibTeX, but for `@string`s, which stay behind.

    Args:
        one: The entry.
        has_parent: Whether the entry that `crossref` names will stand in the same file; else its fields are put in.
    """
    if isinstance(one.written, BibtexEntry):
        text = _without_macros(one.written)
        return text if has_parent else _with_fields(text, one.written)
    return _bibtex_of(one.source, one.written, one.abstract)


def as_csl(one: Described) -> dict[str, Any]:
    """Write an entry as an item of CSL: the very item where it is one."""
    return _csl_of(one.source, one.written) if isinstance(one.written, BibtexEntry) else one.written.item


def key_in_bibtex(key: str) -> str:
    """Make a key that BibTeX can read: of the address that Zotero gives an item without a key, the last part.

    >>> key_in_bibtex("http://zotero.org/users/1/items/ABCD2345"), key_in_bibtex("Smith, 2020")
    ('ABCD2345', 'Smith-2020')
    """
    return bibtex_key(key.rstrip("/").rpartition("/")[2] if is_web_address(key) else key)


def _without_macros(entry: BibtexEntry) -> str:
    text = entry.block.raw or ""
    for field in entry.block.fields:
        raw = str(field.value)
        parts = [part.strip() for part in raw.split("#")]
        if not any(_MACRO.fullmatch(part) and part.lower() not in _MONTHS for part in parts):
            continue
        place = re.compile(rf"(?<![\w-])({re.escape(field.key)}\s*=\s*){re.escape(raw)}", re.IGNORECASE)
        value = entry.fields[field.key.lower()]
        text = place.sub(lambda found, value=value: f"{found[1]}{{{value}}}", text, count=1)  # type: ignore[misc]
    return text


def _with_fields(text: str, entry: BibtexEntry) -> str:
    missing = {name: value for name, value in entry.inherited.items() if value and name not in entry.fields}
    rows = "".join(f",\n  {name} = {{{value}}}" for name, value in missing.items())
    return f"{text[:-1].rstrip().rstrip(',')}{rows}\n{text[-1]}"


def _bibtex_of(source: Source, written: CslItem, abstract: str) -> str:
    kind = _BIBTEX_TYPES.get(source.type, "misc")
    item = written.item
    fields = {
        "title": f"{{{source.title}}}",
        "year": source.year,
        "date": _full_date(item.get("issued")),
        _venue_field(kind, source, item): source.venue,
        "doi": source.doi,
        "eprint": source.arxiv,
        "archiveprefix": "arXiv" if source.arxiv else "",
        "url": source.url,
        "abstract": abstract,
    }
    others = {
        _BIBTEX_NAMES.get(name, name.lower()): str(value)
        for name, value in item.items()
        if name not in _SAID and isinstance(value, (str, int, float)) and _FIELD_NAME.fullmatch(name)
    }
    names = {role: " and ".join(_names(item.get(role), source, role)) for role in ("author", "editor")}
    told = {name: value for name, value in fields.items() if value}
    return bibtex_entry(
        kind, key_in_bibtex(source.key), told | {k: v for k, v in others.items() if k not in told}, names
    )


def _venue_field(kind: str, source: Source, item: Mapping[str, Any]) -> str:
    published = " ".join(str(item.get("publisher", "")).split())
    return "publisher" if source.venue == published else _CONTAINERS.get(kind, "journaltitle")


def _names(people: object, source: Source, role: str) -> Iterator[str]:
    if not isinstance(people, list):
        yield from (bibtex_name(name) for name in source.authors if role == "author" and people)
        return
    for person in people:
        if not isinstance(person, dict):
            yield bibtex_name(str(person))
            continue
        part = {name: str(value) for name, value in person.items() if isinstance(value, str)}
        particles = (part.get("dropping-particle"), part.get("non-dropping-particle"), part.get("family"))
        family = " ".join(filter(None, particles))
        if family or part.get("given"):
            yield bibtex_name(family or part["given"], part.get("given", "") if family else "", part.get("suffix", ""))
        elif literal := part.get("literal") or part.get("name"):
            yield bibtex_name(literal)


def _full_date(issued: object) -> str:
    """Give month and day of a date in parts, which BibLaTeX writes as `2020-05-01`; empty for a mere year."""
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [str(part).zfill(2) for part in first if _YEAR.fullmatch(str(part))]
    return "-".join(numbers) if len(numbers) == len(first) > 1 else ""


def _csl_of(source: Source, entry: BibtexEntry) -> dict[str, Any]:
    fields = {**entry.inherited, **entry.fields}
    named = {_CSL_NAMES[name]: plain(value) for name, value in fields.items() if name in _CSL_NAMES}
    custom = {
        name: plain(value) for name, value in entry.fields.items() if name not in _CSL_NAMES and name not in _READ
    }
    item = {
        "id": source.key,
        "type": source.type,
        "title": source.title,
        "author": [_csl_name(name, fields.get("author", "")) for name in source.authors],
        "issued": _issued(source.year, fields.get("date", "")),
        "container-title": source.venue if "publisher" not in fields else "",
        **named,
        "DOI": source.doi,
        "URL": source.url,
        "number": f"arXiv:{source.arxiv}" if source.arxiv else "",
        "custom": custom,
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(name: str, written: str) -> dict[str, str]:
    """Part a name as it is spoken at its last word; that of an organisation, in braces of its own, stays whole."""
    given, _, family = name.rpartition(" ")
    if not given or "," in name or name == ET_AL or f"{{{name}}}" in written:
        return {"literal": name}
    return {"family": family, "given": given}


def _issued(year: str, date: str) -> Mapping[str, Any]:
    whole = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", date)
    if whole:
        return {"date-parts": [[int(part) for part in whole.groups() if part]]}
    return {"date-parts": [[int(year)]]} if re.fullmatch(r"\d{4}", year) else {"literal": year} if year else {}
