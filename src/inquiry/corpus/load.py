"""The only reader of notes/, lines/ and the bibliography: files become a `Corpus`.

A file that cannot be read as it should be is still loaded as far as possible, and says so; nothing is dropped
silently.  The order of everything is the order of ids, so a corpus does not depend on how a disk lists its files,
nor on how many processes read them.
"""

from __future__ import annotations

import os
import posixpath
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

from inquiry.corpus.bibliography import load_bibliography
from inquiry.corpus.files import files_below, read_file
from inquiry.corpus.gathered import Gathered
from inquiry.corpus.ids import Parsed
from inquiry.corpus.model import Kind
from inquiry.corpus.read import MarkdownFile, read_markdown
from inquiry.corpus.shelf import Shelf, State
from inquiry.diagnostics import Diagnostic, Span, finding
from inquiry.installed import code_state
from inquiry.processes import Crew, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inquiry.config import Project
    from inquiry.corpus.model import Bibliography, Corpus

AT_ONCE = 32
"""Files that a process takes at a time: enough not to be asked for all the time, few enough to end together."""
FEWEST = 128
"""Files for which a second process pays: it takes some hundredths of a second to come and go."""


Memory = dict[str, tuple[State, Parsed]]
"""What was read of each file, and what the file was like then."""


class Loading:
    """A corpus while its files are read: other processes are at it from the moment it is made."""

    def __init__(
        self, project: Project, *, lean: bool = False, memory: Memory | None = None, shelf: Shelf | None = None
    ) -> None:
        """Begin.

        Args:
            project: Where the files are.
            lean: Leave out HTML, words and sentences, for whoever only asks what links to what.
            memory: What was read before; files that have not changed since are not read again, and what is read is
                added.
            shelf: The same on disk; what is read is put there.
        """
        self._memory = memory
        self._known: list[Parsed] = []
        self._states: dict[str, State] = {}
        self._project = project
        settings = project.settings
        self._root = str(project.root)
        self._read_one = partial(read_markdown, self._root, trusted=settings.html == "trusted", lean=lean)
        self._others: set[str] = set()
        self._misnamed: list[Diagnostic] = []
        self._shelf = shelf
        files: list[MarkdownFile] = []
        for folder, kind in ((settings.notes, Kind.NOTE), (settings.lines, Kind.LINE)):
            top = len(posixpath.normpath(folder)) + 1
            for path in files_below(project.root, folder):
                if not path.isprintable() and _is_misnamed(path):
                    self._misnamed.append(_misnamed(path))
                elif path.lower().endswith(".md"):
                    files.append(MarkdownFile(path, path[top:], kind))
                else:
                    self._others.add(path)
        if memory is not None or shelf is not None:
            files = self._unknown(files)
        self._crew = Crew(self._read, cut(files, AT_ONCE), count=None if len(files) >= FEWEST else 1)

    def _unknown(self, files: Iterable[MarkdownFile]) -> list[MarkdownFile]:
        """List the files that must be read; what is known of the others is taken."""
        for file in files:
            with suppress(OSError):
                found = os.stat(f"{self._root}/{file.path}")  # noqa: PTH116 - one of thousands
                self._states[file.path] = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        if self._shelf is not None:
            self._known = self._shelf.take(self._root, self._states)
        for path, (state, parsed) in (self._memory or {}).items():
            if self._states.get(path) == state:
                self._known.append(parsed)
        known = {one.path for one in self._known}
        return [file for file in files if file.path not in known]

    def is_of(self, project: Project) -> bool:
        """Tell whether the same files would be read in the same way for a project."""
        mine = self._project
        return (mine.root, mine.docs_dir, mine.settings) == (project.root, project.docs_dir, project.settings)

    def dismiss(self) -> None:
        """Give it up."""
        self._crew.dismiss()

    def _read(self, files: Sequence[MarkdownFile]) -> list[Parsed | Diagnostic]:
        """Read some files; one that cannot be read gives a finding instead."""
        return [read for file in files if (read := self._read_one(file)) is not None]

    def corpus(self) -> Corpus:
        """Wait for the last file, and give every document its id."""
        return self.gathered().corpus()

    def gathered(self) -> Gathered:
        """Wait for the last file, and hand over all that was read."""
        project = self._project
        diagnostics = [*self._misnamed]
        bibliography = _read_bibliography(self._root, project.settings.bibliography, diagnostics)
        self._others.update(files_below(project.root, project.docs_folder))
        parsed = list(self._known)
        for result in self._crew.results():
            for read in result:
                if isinstance(read, Parsed):
                    parsed.append(read)
                else:
                    diagnostics.append(read)
        states = self._states
        if self._shelf is not None:
            self._shelf.put(parsed[len(self._known) :], states)
        if self._memory is not None:
            self._memory.clear()
            self._memory.update({one.path: (states[one.path], one) for one in parsed if one.path in states})
        if states:
            parsed.sort(key=lambda one: (one.kind, one.path))
        return Gathered(tuple(parsed), bibliography, frozenset(self._others), tuple(diagnostics))

    def keep(self) -> None:
        """Keep on the shelf what was read."""
        if self._shelf is not None:
            self._shelf.keep()


def _is_misnamed(path: str) -> bool:
    """Tell whether a file's name is no UTF-8: no page and no address could have it."""
    return any("\ud800" <= letter <= "\udfff" for letter in path)


def _misnamed(path: str) -> Diagnostic:
    shown = path.encode(errors="surrogateescape").decode(errors="replace")
    return finding("undecodable-file", shown, Span.at(1), "the file's name is not UTF-8, so the file is left out")


_begun: list[Loading] = []


def begin_early(project: Project) -> None:
    """Have other processes read while this one has something else to do; `loading` takes what they made."""
    _begun.append(_with_shelf(project))


def forget_early() -> None:
    """Give up what was begun and not taken."""
    while _begun:
        _begun.pop().dismiss()


def loading(project: Project, memory: Memory | None = None) -> Loading:
    """Begin to read everything below notes/ and lines/, the bibliography, and the names of all other files.

    A `memory` spares a preview what it has read before; it must be of the same settings.  A build, and the first one
    of a preview, has a shelf for that.
    """
    begun = _begun.pop() if _begun else None
    if begun is not None and begun.is_of(project):
        return begun
    if begun is not None:
        begun.dismiss()
    return Loading(project, memory=memory) if memory else _with_shelf(project, memory)


def _with_shelf(project: Project, memory: Memory | None = None) -> Loading:
    key = blake2b(f"{code_state()} {project.settings.html}".encode(errors="surrogatepass"), digest_size=16)
    return Loading(project, memory=memory, shelf=Shelf(project.cache_dir, key.hexdigest()))


def _read_bibliography(root: str, names: Sequence[str], diagnostics: list[Diagnostic]) -> Bibliography:
    texts: list[tuple[str, str]] = []
    for name in names:
        if not os.path.isfile(os.path.join(root, name)):  # noqa: PTH113, PTH118 - a bibliography need not be there
            continue
        text, fault = read_file(root, name)
        diagnostics.extend([fault] if fault else [])
        texts.extend([(name, text)] if text is not None else [])
    bibliography, faults = load_bibliography(texts)
    diagnostics.extend(faults)
    return bibliography
