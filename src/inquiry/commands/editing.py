"""What the checker lends to an editor: all of `inquiry check`, again and again, and its way to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.author.editor.lookout import Checks
from inquiry.check.fix import replaced
from inquiry.check.pages.read import read_docs
from inquiry.check.rules import check_one
from inquiry.commands.judging import judge
from inquiry.commands.renamed import follow
from inquiry.corpus.read import Revised

if TYPE_CHECKING:
    from inquiry.author.editor.desk import Sheet
    from inquiry.check.pages.read import Docs
    from inquiry.config import Project
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.build import Reading

_FROM_DISK = frozenset({"uncited-claim", "unlinked-mention"})
"""Rules that read a text from disk: of one that is not saved they would name the wrong places."""


def checks() -> Checks:
    """Make what an editor is lent."""
    return Checks(_Findings(), glance, replaced, follow)


def glance(sheet: Sheet) -> tuple[Diagnostic, ...]:
    """Find what is wrong with one text, given what was read of all others."""
    reading = sheet.reading
    revised, graph = Revised(sheet.document, sheet.faults), reading.graph.revised(sheet.document)
    return check_one(reading.project, reading.corpus.bibliography, reading.resolver, revised, graph)


class _Findings:
    """Checks everything; ordinary pages are read again only when one of their files has changed."""

    def __init__(self) -> None:
        self._docs: tuple[object, Docs] | None = None

    def __call__(self, reading: Reading, unsaved: frozenset[str]) -> tuple[Diagnostic, ...]:
        """Find what is wrong."""
        found = judge(reading, self._docs_of(reading)).diagnostics
        return tuple(one for one in found if one.path not in unsaved or one.rule.name not in _FROM_DISK)

    def _docs_of(self, reading: Reading) -> Docs:
        state = _state(reading.project, reading.corpus.files)
        if self._docs is None or self._docs[0] != state:
            self._docs = state, read_docs(reading.project, reading.corpus)
        return self._docs[1]


def _state(project: Project, files: frozenset[str]) -> object:
    """Look at the files of ordinary pages and at mkdocs.yml, without reading them."""
    looked = []
    for path in (project.config_path, *(project.root / name for name in sorted(files) if name.endswith(".md"))):
        try:
            found = path.stat()
        except OSError:
            continue
        looked.append((str(path), found.st_size, found.st_mtime_ns, found.st_ino))
    return project, files, tuple(looked)
