"""BibTeX and BibLaTeX files.

The parser splits a file into blocks with their lines; macros, concatenation, names and LaTeX are read here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
    String,
)

from inquiry.corpus.identifiers import arxiv_of_doi, bare_arxiv, bare_doi, is_web_address
from inquiry.corpus.latex import address, plain, silenced
from inquiry.corpus.model import Source
from inquiry.corpus.names import ET_AL, given_family
from inquiry.diagnostics import Diagnostic, Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bibtexparser.model import Block

_CSL_TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "proceedings": "book",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "booklet": "pamphlet",
    "manual": "report",
    "incollection": "chapter",
    "inbook": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "software": "software",
    "dataset": "dataset",
    "patent": "patent",
    "unpublished": "manuscript",
}
_VENUES = (
    "journal",
    "journaltitle",
    "booktitle",
    "eventtitle",
    "publisher",
    "school",
    "institution",
    "organization",
    "howpublished",
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ARXIV_IN_TEXT = re.compile(r"arxiv:\s*(\S+)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


class BibtexEntry(NamedTuple):
    """An entry as its file has it."""

    key: str
    type: str
    """As written, without `@`."""
    fields: Mapping[str, str]
    """Its own values by names in lower case: macros resolved, LaTeX kept."""
    inherited: Mapping[str, str]
    """Those of the entry that `crossref` names; its own go before them."""
    block: Entry
    macros: Mapping[str, str]
    """What the `@string`s of its file stand for."""
    span: Span
    """Where the key stands."""


def read_bibtex(path: str, text: str) -> tuple[list[Source], list[Diagnostic]]:
    """Read every entry that can be read; the others are diagnostics."""
    entries, diagnostics = bibtex_entries(path, text)
    sources = [source_of_bibtex(one.key, one.type, {**one.inherited, **one.fields}, path, one.span) for one in entries]
    return sources, diagnostics


def bibtex_entries(path: str, text: str) -> tuple[list[BibtexEntry], list[Diagnostic]]:
    """Read the entries themselves, as `read_bibtex` reads what they describe."""
    blocks = _blocks(text)
    places = _Places(path, text)
    macros = _macros(blocks)
    read: list[tuple[Entry, Span]] = []
    diagnostics: list[Diagnostic] = []
    for block in blocks:
        entry = _entry(block)
        if entry is not None and entry.key:
            read.append((entry, places.key_of(entry)))
            diagnostics += places.doubled_fields(block, entry)
        elif entry is not None or _has_failed(block):
            diagnostics.append(places.failure_of(block))
    fields = {entry.key.lower(): _values(entry, macros) for entry, _ in reversed(read)}
    entries: list[BibtexEntry] = []
    for entry, span in read:
        own = _values(entry, macros)
        parent = fields.get(own.get("crossref", "").lower(), {})
        inherited = {"booktitle": parent.get("title", "")} | dict(parent) if parent else {}
        entries.append(BibtexEntry(entry.key, entry.entry_type, own, inherited, entry, macros, span))
        diagnostics += places.bad_doi(entry, own)
    return entries, diagnostics


def source_of_bibtex(key: str, entry_type: str, fields: Mapping[str, str], path: str, span: Span) -> Source:
    """Make a source of the fields of an entry, whose values still have their LaTeX."""
    doi = bare_doi(address(fields.get("doi", "")))
    url = address(fields.get("url", "") or fields.get("howpublished", ""))
    arxiv = _arxiv(fields, url) or arxiv_of_doi(doi)
    venues = (fields.get(name, "") for name in _VENUES)
    return Source(
        key=key,
        title=plain(fields.get("title", "")),
        authors=_people(fields.get("author") or fields.get("editor") or ""),
        year=_year(fields.get("year") or fields.get("date") or ""),
        venue=next((plain(venue) for venue in venues if venue and not is_web_address(address(venue))), ""),
        doi=doi,
        arxiv=arxiv,
        url=url if is_web_address(url) else "",
        type=_CSL_TYPES.get(entry_type.lower()) or ("article" if arxiv else "webpage" if url else "document"),
        span=span,
        path=path,
    )


def _blocks(text: str) -> list[Block]:
    """Split a file into blocks; what the parser would log is said by the blocks that failed."""
    with silenced("bibtexparser"):
        return list(parse_string(text, parse_stack=[]).blocks)


def _entry(block: Block) -> Entry | None:
    """Give the entry of a block, those that the parser sets aside as duplicates included."""
    found: Block | None = block
    if isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)):
        found = block.ignore_error_block
    return found if isinstance(found, Entry) else None


def _has_failed(block: Block) -> bool:
    """Tell whether a block is lost; of an `@string` that stands twice the first one counts."""
    return isinstance(block, ParsingFailedBlock) and not isinstance(block, DuplicateBlockKeyBlock)


def _macros(blocks: list[Block]) -> dict[str, str]:
    macros = {month: month for month in _MONTHS}
    for block in blocks:
        if isinstance(block, String):
            macros[block.key.lower()] = _value(str(block.value), macros)
    return macros


def _values(entry: Entry, macros: Mapping[str, str]) -> dict[str, str]:
    """Read the fields of an entry by their names in lower case; of a doubled field, the first."""
    values: dict[str, str] = {}
    for field in entry.fields:
        values.setdefault(field.key.lower(), _value(str(field.value), macros))
    return values


def _value(raw: str, macros: Mapping[str, str]) -> str:
    """Resolve macros and `#` in a value and take its delimiters off."""
    return "".join(_part(part.strip(), macros) for part in _split(raw, "#"))


def _part(part: str, macros: Mapping[str, str]) -> str:
    if len(part) > 1 and (part[0], part[-1]) in {("{", "}"), ('"', '"')}:
        return part[1:-1]
    return macros.get(part.lower(), part)


def _split(text: str, separator: str) -> Iterator[str]:
    """Split at a separator that stands outside braces and quotes, as in `acl # " 2023"`."""
    if separator not in text:
        yield text
        return
    depth, quoted, start = 0, False, 0
    for index, letter in enumerate(text):
        if letter in "{}" and text[index - 1 : index] != "\\":
            depth += 1 if letter == "{" else -1
        elif letter == '"' and depth == 0 and separator == "#":
            quoted = not quoted
        elif depth == 0 and not quoted and text.startswith(separator, index):
            yield text[start:index]
            start = index + len(separator)
    yield text[start:]


def _people(raw: str) -> tuple[str, ...]:
    names = (name.strip() for name in _split(" ".join(raw.split()), " and "))
    return tuple(_person(name) for name in names if name)


def _person(name: str) -> str:
    if name.lower() in {"others", "et al.", "et al"}:
        return ET_AL
    if name.startswith("{") and name.endswith("}") and "}" not in name[1:-1]:
        return plain(name)  # an organisation: braces keep its commas and its "and"
    parts = [plain(part) for part in _split(name, ",")]
    match parts:
        case [family, suffix, given]:
            return given_family(f"{family}, {suffix}, {given}")
        case [family, given]:
            return f"{given} {family}".strip()
    return given_family(" ".join(parts))


def _year(raw: str) -> str:
    text = plain(raw)
    found = _YEAR.search(text)
    return found.group() if found and "-" in text else text


def _arxiv(fields: Mapping[str, str], url: str) -> str:
    prefix = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").strip("{} ").lower()
    if prefix == "arxiv":
        found = bare_arxiv(address(fields.get("eprint", "")))
        if found:
            return found
    named = _ARXIV_IN_TEXT.search(fields.get("journal", "") + " " + fields.get("note", ""))
    return (bare_arxiv(named[1].strip("{}.,;")) if named else "") or (bare_arxiv(url) if "arxiv" in url.lower() else "")


class _Places:
    """Finds blocks again in the text of their file; the parser knows their first lines only."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        self._text = text
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._after = 0

    def key_of(self, entry: Entry) -> Span:
        """Say where the key of an entry stands."""
        start = max(self._lines[entry.start_line or 0], self._after)
        found = re.compile(r"@[^\s{(]*\s*[{(]\s*(" + re.escape(entry.key) + r")\s*[,})]").search(self._text, start)
        if found is None:
            return Span.at((entry.start_line or 0) + 1)
        self._after = found.end()
        return self._span(*found.span(1))

    def failure_of(self, block: Block) -> Diagnostic:
        """Say what is wrong with a block that could not be read."""
        error = getattr(block, "error", None)
        reason = " ".join(str(getattr(error, "abort_reason", "") or "").split())
        if isinstance(block, Entry):
            reason = "it has no key"
        message = f"this entry cannot be read: {reason[:1].lower()}{reason[1:]}" if reason else "not an entry"
        hint = "check its braces and commas"
        return finding("unreadable-bibliography", self._path, self._opening(block), message.rstrip("."), hint=hint)

    def doubled_fields(self, block: Block, entry: Entry) -> Iterator[Diagnostic]:
        """Report fields that an entry has twice."""
        if isinstance(block, DuplicateFieldKeyBlock):
            for name in sorted(block.duplicate_keys):
                message = f"`{entry.key}` has the field `{name}` twice; the first one counts"
                span = self.field_of(entry, name)
                yield finding("duplicate-key", self._path, span, message)

    def bad_doi(self, entry: Entry, fields: Mapping[str, str]) -> Iterator[Diagnostic]:
        """Report a DOI that is none."""
        written = address(fields.get("doi", ""))
        if written and not bare_doi(written):
            message = f"`doi` takes a DOI like `10.1000/182`, not `{plain(written)}`"
            yield finding("invalid-value", self._path, self.field_of(entry, "doi"), message)

    def field_of(self, entry: Entry, name: str) -> Span:
        """Say where the last field of this name stands in an entry."""
        lines = [field.start_line for field in entry.fields if field.key.lower() == name.lower()]
        start = self._lines[min(lines[-1] if lines else 0, len(self._lines) - 1)]
        found = re.compile(rf"\b{re.escape(name)}(?=\s*=)", re.IGNORECASE).search(self._text, start)
        return self._span(*found.span()) if found else Span.at((entry.start_line or 0) + 1)

    def _opening(self, block: Block) -> Span:
        start = self._text.find("@", self._lines[block.start_line or 0])
        return self._span(max(start, 0), max(start, 0) + 1)

    def _span(self, start: int, end: int) -> Span:
        line = self._text.count("\n", 0, start)
        stop = self._text.find("\n", start)
        end = end if stop < 0 else min(end, stop)
        return Span.at(line + 1, start - self._lines[line] + 1, end - start)
