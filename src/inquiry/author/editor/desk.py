"""The desk: a knowledge base as it is on disk, with what lies open in an editor in place of its files.

Other threads may read what the desk hands out, for none of it ever changes; `reload` may run in one of them.  A
configuration that cannot be used leaves everything as it was read last.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from inquiry.author.editor.renaming import Archive
from inquiry.author.editor.text import Text
from inquiry.config import ConfigError, load_project
from inquiry.corpus.ids import as_document
from inquiry.corpus.load import loading
from inquiry.corpus.read import markdown_file, parse_markdown
from inquiry.graph.build import linked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inquiry.config import Project
    from inquiry.corpus.gathered import Gathered
    from inquiry.corpus.ids import Parsed
    from inquiry.corpus.load import Memory
    from inquiry.corpus.model import Document
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.build import Reading
    from inquiry.settings import Settings


@dataclass(frozen=True, slots=True)
class Buffer:
    """A file as its editor has it."""

    path: str
    """Relative to the folder of mkdocs.yml."""
    text: Text
    version: int
    """Number that the editor gave to this state."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open note or line as it is now, and what was read of everything else."""

    text: Text
    document: Document
    reading: Reading
    faults: tuple[Diagnostic, ...] = ()
    """What is wrong with the text as such."""


@dataclass(slots=True)
class Desk:
    """A knowledge base in use by an editor."""

    config_path: Path
    buffers: dict[str, Buffer] = field(default_factory=dict)
    """Open files of the knowledge base by their path."""
    refusal: str = ""
    """Why mkdocs.yml cannot be used; empty when it can."""
    _project: Project | None = None
    _gathered: Gathered | None = None
    _memory: Memory = field(default_factory=dict)
    _parsed: dict[str, tuple[Buffer, Settings, Parsed]] = field(default_factory=dict)
    _changes: int = 0
    _linked: tuple[int, Reading] | None = None
    """The last reading, and the number of changes that it has seen."""

    def reload(self) -> None:
        """Read the configuration and whatever has changed on disk."""
        try:
            project = load_project(self.config_path)
            settings = self._project.settings if self._project else project.settings
            if project.settings != settings or (self._project and project.root != self._project.root):
                self._memory = {}
            gathered = loading(project, self._memory).gathered()
        except (ConfigError, OSError) as refusal:
            self.refusal = str(refusal)
            return
        self._project, self._gathered, self.refusal = project, gathered, ""
        self._changes += 1

    def put(self, path: str, text: Text, version: int) -> None:
        """Lay a text on the desk, or a new state of one."""
        self.buffers[path] = Buffer(path, text, version)
        self._changes += 1

    def take(self, path: str) -> None:
        """Take a text off the desk; the file on disk counts again."""
        if self.buffers.pop(path, None) is not None:
            self._parsed.pop(path, None)
            self._changes += 1

    def path_of(self, file: str) -> str | None:
        """Name a file as documents are named; None for one outside the folder of mkdocs.yml."""
        root = str(self.config_path.parent)
        for top, path in ((root, file), (os.path.realpath(root), os.path.realpath(file))):
            if Path(path).is_relative_to(top):
                return Path(path).relative_to(top).as_posix()
        return None

    def text_of(self, path: str) -> Text:
        """Give the text of a file, as its editor has it or as it is on disk; empty for one that cannot be read."""
        return self.buffers[path].text if path in self.buffers else self._on_disk(path)

    def _on_disk(self, path: str) -> Text:
        try:
            raw = (self.config_path.parent / path).read_bytes()
        except (OSError, ValueError):
            return Text("")
        return Text(raw.decode("utf-8-sig", errors="replace"))

    def current(self) -> Reading | None:
        """Link everything as it is now; None while there is no usable configuration."""
        project, gathered, changes = self._project, self._gathered, self._changes
        if project is None or gathered is None:
            return None
        if self._linked is None or self._linked[0] != changes:
            self._linked = changes, linked(project, self._with_buffers(project, gathered).corpus())
        return self._linked[1]

    def _with_buffers(self, project: Project, gathered: Gathered) -> Gathered:
        texts = [one for buffer in tuple(self.buffers.values()) if (one := self._parse(buffer, project))]
        return gathered.with_texts(texts)

    def archive(self) -> Archive | None:
        """Give everything as it is now, texts and all, for a renaming; None while there is no usable configuration."""
        reading = self.current()
        if reading is None or self._gathered is None:
            return None
        return Archive(reading, self._with_buffers(reading.project, self._gathered), self.text_of)

    def unsaved(self) -> frozenset[str]:
        """Name the open files that are not as they were on disk when that was read last."""
        saved = {one.path: one.digest for one in self._gathered.parsed} if self._gathered else {}
        return frozenset(one.path for one in tuple(self.buffers.values()) if not self._is_saved(one, saved))

    def _is_saved(self, buffer: Buffer, saved: Mapping[str, bytes]) -> bool:
        parsed = self._parse(buffer, self._project) if self._project else None
        if parsed is None:
            return buffer.text.plain == self._on_disk(buffer.path).plain
        return parsed.digest == saved.get(buffer.path)

    def sheet(self, path: str) -> Sheet | None:
        """Give an open note or line; what others say may be some keystrokes old."""
        buffer, project = self.buffers.get(path), self._project
        if buffer is None or project is None:
            return None
        parsed = self._parse(buffer, project)
        reading = self._linked[1] if self._linked else self.current()
        known = _document(reading, path)
        if known is None:
            reading = self.current()
            known = _document(reading, path)
        if parsed is None or reading is None or known is None:
            return None
        document = as_document(parsed, known.id, reading.corpus.bibliography)
        return Sheet(buffer.text, document, reading, parsed.diagnostics)

    def _parse(self, buffer: Buffer, project: Project) -> Parsed | None:
        """Read an open file, once for each of its states; None for one that is neither note nor line."""
        known = self._parsed.get(buffer.path)
        if known is not None and known[0] is buffer and known[1] is project.settings:
            return known[2]
        file = markdown_file(buffer.path, project.settings)
        if file is None:
            return None
        parsed = parse_markdown(buffer.text.plain, file, trusted=project.settings.html == "trusted")
        self._parsed[buffer.path] = buffer, project.settings, parsed
        return parsed


def _document(reading: Reading | None, path: str) -> Document | None:
    return next((one for one in reading.corpus.documents if one.path == path), None) if reading else None
