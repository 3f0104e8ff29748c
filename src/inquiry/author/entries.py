"""The entries of a file of references, with what only an import asks for: abstract, keywords, the entry itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from inquiry.corpus.bibtex import BibtexEntry, bibtex_entries, source_of_bibtex
from inquiry.corpus.csl import CslItem, csl_json_items, csl_yaml_items, source_of_csl
from inquiry.corpus.latex import plain
from inquiry.corpus.sentences import sentence_bounds

if TYPE_CHECKING:
    from inquiry.corpus.model import Source
    from inquiry.diagnostics import Diagnostic

LONGEST_SUMMARY = 300
"""Characters of a summary of several sentences: two or three short ones say more than the first alone."""
MOST_SENTENCES = 3
"""Sentences of a summary, which stands wherever a note is cited."""
_MARKUP = re.compile(r"<jats:title>\s*Abstract\s*</jats:title>|</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LABEL = re.compile(r"abstract\s*[.:\u2013\u2014-]\s*", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s*[,;\n]\s*")


class Form(StrEnum):
    """How a file of references is written."""

    BIBTEX = "BibTeX"
    CSL_JSON = "CSL-JSON"
    CSL_YAML = "CSL-YAML"


@dataclass(frozen=True, slots=True)
class Described:
    """A work as an entry describes it."""

    source: Source
    written: BibtexEntry | CslItem
    """The entry itself."""

    @property
    def abstract(self) -> str:
        """The abstract on one line, without markup; worked out when asked for, since LaTeX takes its time."""
        if isinstance(self.written, BibtexEntry):
            return _abstract(plain(self.written.fields.get("abstract", "")))
        abstract = self.written.item.get("abstract")
        return _abstract(abstract if isinstance(abstract, str) else "")

    @property
    def keywords(self) -> tuple[str, ...]:
        """The keywords, each once."""
        if isinstance(self.written, BibtexEntry):
            fields = self.written.fields
            return _keywords(plain(fields.get("keywords") or fields.get("keyword") or ""))
        listed = self.written.item.get("keyword") or self.written.item.get("keywords") or ""
        return _keywords("; ".join(map(str, listed)) if isinstance(listed, list) else str(listed))


def described(path: str, text: str, form: Form) -> tuple[list[Described], list[Diagnostic]]:
    """Read every entry that can be read, in the order of the file; what is wrong with the others is said."""
    if form is Form.BIBTEX:
        entries, faults = bibtex_entries(path, text)
        return [_of_bibtex(one, path) for one in entries], faults
    items, faults = (csl_json_items if form is Form.CSL_JSON else csl_yaml_items)(path, text)
    return [_of_csl(one, path) for one in items], faults


def summary_of(abstract: str) -> str:
    """Take the first sentence of an abstract, and up to two more while they are short.

    >>> summary_of("Labels hardly matter. Layout does.")
    'Labels hardly matter. Layout does.'
    """
    bounds = sentence_bounds(abstract)[:MOST_SENTENCES]
    short = [bound for bound in bounds if bound <= LONGEST_SUMMARY]
    return abstract[: short[-1] if short else bounds[0]]


def _of_bibtex(entry: BibtexEntry, path: str) -> Described:
    fields = {**entry.inherited, **entry.fields}
    return Described(source_of_bibtex(entry.key, entry.type, fields, path, entry.span), entry)


def _of_csl(item: CslItem, path: str) -> Described:
    return Described(source_of_csl(item.item, item.key, path, item.span), item)


def _abstract(text: str) -> str:
    """Leave out of an abstract the markup of publishers (`<jats:p>`) and the word "Abstract" before it."""
    folded = " ".join(_MARKUP.sub(" ", text).split())
    label = _LABEL.match(folded)
    return folded[label.end() :] if label else folded


def _keywords(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for part in _SEPARATORS.split(text) if (word := " ".join(part.split()))))
