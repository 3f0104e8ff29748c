"""What was read, before anybody knows what each document is called: what a corpus is made of, again and again.

An editor's unsaved text takes the place of a file here, so that ids, collisions of names and faults come out as they
would once everything is saved.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from inquiry.corpus.ids import identified
from inquiry.corpus.model import Bibliography, Corpus, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.corpus.ids import Parsed
    from inquiry.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files of a knowledge base, each read by itself."""

    parsed: tuple[Parsed, ...] = ()
    """Notes and lines, in any order."""
    bibliography: Bibliography = field(default_factory=Bibliography)
    files: frozenset[str] = frozenset()
    """Every other file below notes/, lines/ and docs/, relative to the folder of mkdocs.yml."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was wrong with files of which nothing could be read, and with the bibliography."""

    def with_texts(self, texts: Iterable[Parsed]) -> Gathered:
        """Put other texts in the place of files, or beside them."""
        by_path = {one.path: one for one in self.parsed} | {one.path: one for one in texts}
        return replace(self, parsed=tuple(sorted(by_path.values(), key=lambda one: (one.kind, one.path))))

    def without(self, path: str) -> Gathered:
        """Leave out a note or a line."""
        return replace(self, parsed=tuple(one for one in self.parsed if one.path != path))

    def corpus(self) -> Corpus:
        """Give every document its id."""
        diagnostics = [*self.diagnostics]
        for one in self.parsed:
            diagnostics.extend(one.diagnostics)
        documents = identified(self.parsed, self.bibliography, diagnostics)
        return Corpus(
            notes=tuple(one for one in documents if one.kind is Kind.NOTE),
            lines=tuple(one for one in documents if one.kind is Kind.LINE),
            bibliography=self.bibliography,
            files=self.files,
            diagnostics=tuple(diagnostics),
        )
