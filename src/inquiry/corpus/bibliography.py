"""The bibliography: BibTeX, CSL-JSON and CSL-YAML files become sources by key.

Nothing that a file says makes this raise: what cannot be read is a diagnostic, and the rest is
read all the same.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from inquiry.corpus.csl import read_csl_json, read_csl_yaml
from inquiry.corpus.model import Bibliography
from inquiry.diagnostics import Related, Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.corpus.model import Source
    from inquiry.diagnostics import Diagnostic

_TOP = Span.at(1)


def load_bibliography(files: Iterable[tuple[str, str]]) -> tuple[Bibliography, list[Diagnostic]]:
    """Read files, given as path and text; the ending of the path says how.

    Sources come in the order in which they stand.  Of two entries with one key the first counts,
    across files too, and the second is a `duplicate-reference`.
    """
    sources = Bibliography()
    diagnostics: list[Diagnostic] = []
    for path, text in files:
        read, faults = _read(path, text.removeprefix("\ufeff").replace("\r\n", "\n"))
        diagnostics += faults
        for source in read:
            first = sources.setdefault(source.key, source)
            if first is not source:
                diagnostics.append(_duplicate(source, first))
    return sources, sorted(diagnostics, key=lambda fault: fault.sort_key())


def _read(path: str, text: str) -> tuple[list[Source], list[Diagnostic]]:
    ending = PurePosixPath(path).suffix.lower()
    if ending in {".bib", ".bibtex"}:
        from inquiry.corpus.bibtex import read_bibtex  # noqa: PLC0415 - its parser is slow to import

        return read_bibtex(path, text)
    if ending == ".json":
        return read_csl_json(path, text)
    if ending in {".yaml", ".yml"}:
        return read_csl_yaml(path, text)
    message = f"`{path}` is no bibliography that Inquiry reads"
    hint = "use BibTeX (.bib), CSL-JSON (.json) or CSL-YAML (.yaml)"
    return [], [finding("unreadable-bibliography", path, _TOP, message, hint=hint)]


def _duplicate(source: Source, first: Source) -> Diagnostic:
    return finding(
        "duplicate-reference",
        source.path,
        source.span or _TOP,
        f"`{source.key}` is the key of another entry already; this one is not used",
        hint="give it a key of its own, or take one of them out",
        related=(Related(first.path, first.span or _TOP, "first defined here"),),
    )
