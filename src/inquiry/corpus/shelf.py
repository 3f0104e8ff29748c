"""The shelf: what was read of each file, kept on disk, so that a build reads only what has changed.

Records stand in blocks of some files each, because a block is read back in a third of the time of its records one by
one.  A block is never changed: what has changed since goes into a new one, and once a quarter of all records is out
of date, all are written anew.  The index is replaced in one step and names only what is complete; whatever does not
fit it is read from the author's file again.

A record is taken for what a file says when the file is as old and as long as it was, or else when it says the same.
Only records of our own kinds of object are ever made of a block, so a spoiled one, or somebody else's, does no harm.
"""

from __future__ import annotations

import json
import os
import pickle
import time
import zlib
from contextlib import suppress
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from inquiry.corpus.files import read_file
from inquiry.corpus.ids import Parsed
from inquiry.corpus.read import digest_of
from inquiry.installed import ignore
from inquiry.processes import cut
from inquiry.replacing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

State = tuple[int, int, int, int]
"""Size, times of change and inode of a file."""

FOLDER = "parsed"
_INDEX = "index.json"
VERSION = 1
"""Version of the shape of index and blocks."""
AT_ONCE = 32
"""Files in a block."""
MOST_FILES = 50_000
"""Files that are kept at most, at some 10 kB each: a larger corpus is read anew in each build."""
STALE_SHARE = 0.25
"""Share of records out of date at which all are written anew."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that changes again surely gets another time."""
_UNKNOWN: State = (-1, -1, -1, -1)
_NOBODY = ("", _UNKNOWN, "")
"""What a block says of a record that is out of date."""
_KINDS = frozenset(
    f"inquiry.{name}"
    for name in (
        *("corpus.ids Parsed", "corpus.places Places", "diagnostics Diagnostic", "diagnostics Rule"),
        *("diagnostics Severity", "diagnostics Span", "diagnostics Position", "diagnostics Related"),
        *("diagnostics Edit", "corpus.model Kind", "corpus.model Visibility", "corpus.body LinkKind"),
        *("corpus.model RelationKind", "corpus.body SlotKind", "corpus.body Slot", "corpus.body Link"),
        *("corpus.body Heading", "corpus.body Passage", "corpus.body Allowance", "corpus.body RawHtml"),
        *("corpus.body Body", "corpus.model Reference", "corpus.model Source", "corpus.model FrontMatter"),
    )
)
"""All that records are made of."""


class _Block(NamedTuple):
    """Some records, and where they stand."""

    file: str
    at: int
    size: int
    checksum: int
    files: list[tuple[str, State, str]]
    """Path, state and hash of the text of each file, in the order of the records."""


class Shelf:
    """Records of one corpus."""

    def __init__(self, folder: Path, key: str) -> None:
        """Look what there is.

        Args:
            folder: The cache.
            key: Names the code and the settings by which files are read.
        """
        self._folder = folder / FOLDER
        self._key = key
        self._blocks: list[_Block] = []
        self._stale = 0
        self._fresh: list[tuple[State, Parsed]] = []
        self._taken: list[tuple[State, Parsed]] = []
        with suppress(OSError, ValueError, LookupError, TypeError):
            held = json.loads((self._folder / _INDEX).read_bytes())
            if (held["version"], held["key"]) == (VERSION, key):
                for file, at, size, checksum, files in held["blocks"]:
                    records = [(path, (*state,), digest) for path, state, digest in files]
                    self._blocks.append(_Block(file, at, size, checksum, records))

    def take(self, root: str, states: Mapping[str, State]) -> list[Parsed]:
        """Take the records of all files that still say what they said.

        Args:
            root: Folder that paths are relative to.
            states: What each file is like now.
        """
        blocks, self._blocks = self._blocks, []
        for block in blocks:
            good = {path for path, state, digest in block.files if _says(root, path, state, digest, states)}
            records = self._read(block) if good else None
            if records is None or len(records) != len(block.files):
                self._stale += len(block.files)
                continue
            now = [
                (path, _settled(states[path]), digest) if path in good else _NOBODY for path, _, digest in block.files
            ]
            self._blocks.append(block._replace(files=now))
            self._stale += len(records) - len(good)
            self._taken += [(states[one.path], one) for one in records if one.path in good]
        return [parsed for _, parsed in self._taken]

    def put(self, read: Iterable[Parsed], states: Mapping[str, State]) -> None:
        """Remember what was read, to be kept later."""
        self._fresh += [(states[one.path], one) for one in read if one.path in states and not one.diagnostics]

    def keep(self) -> None:
        """Write what is new; a folder that cannot be written is none of the user's concern."""
        count = len(self._fresh) + len(self._taken)
        if not self._fresh or count > MOST_FILES:
            return
        anew = self._stale > STALE_SHARE * count
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            ignore(self._folder.parent, [FOLDER])
            made = self._write([*self._taken, *self._fresh] if anew else self._fresh)
            blocks = made if anew else [*self._blocks, *made]
            held = {"version": VERSION, "key": self._key, "blocks": blocks}
            replace_file(self._folder / _INDEX, json.dumps(held, separators=(",", ":")).encode(errors="surrogatepass"))
            named = {_INDEX, *(block.file for block in blocks)}
            for path in self._folder.iterdir():
                if path.name not in named:
                    path.unlink()

    def _write(self, records: Sequence[tuple[State, Parsed]]) -> list[_Block]:
        name = f"{time.time_ns():x}-{os.getpid():x}.bin"
        blocks, at = [], 0
        with (self._folder / name).open("xb") as file:
            for some in cut(records, AT_ONCE):
                made = pickle.dumps([one for _, one in some], pickle.HIGHEST_PROTOCOL)
                files = [(one.path, _settled(state), one.digest.hex()) for state, one in some]
                blocks.append(_Block(name, at, len(made), zlib.crc32(made), files))
                at += file.write(made)
        return blocks

    def _read(self, block: _Block) -> list[Parsed] | None:
        """Read a block; None for one that is not as it was written."""
        with suppress(Exception):  # a spoiled pickle can raise anything
            with (self._folder / os.path.basename(block.file)).open("rb") as file:  # noqa: PTH119 - a name, not a path
                file.seek(block.at)
                made = file.read(block.size)
            if zlib.crc32(made) == block.checksum:
                records = _Unpickler(BytesIO(made)).load()
                if isinstance(records, list) and all(isinstance(one, Parsed) for one in records):
                    return records
        return None


def forget(folder: Path) -> None:
    """Forget all that is kept in a cache."""
    (folder / FOLDER / _INDEX).unlink(missing_ok=True)


class _Unpickler(pickle.Unpickler):
    """Makes our own kinds of object, and no other."""

    def find_class(self, module: str, name: str) -> Any:
        """Find the class of an object."""
        if f"{module} {name}" in _KINDS or (module, name) == ("builtins", "frozenset"):
            return super().find_class(module, name)
        if (module, name) == ("builtins", "getattr"):
            return _member
        raise pickle.UnpicklingError(f"{module}.{name} has no place here")


def _member(kind: object, name: str) -> Enum:
    """Give a member of an enumeration, which Python 3.11.2 packs as an attribute, as it could any of anything."""
    if not (isinstance(kind, type) and issubclass(kind, Enum)):
        raise pickle.UnpicklingError(f"{kind} has no members")
    return kind[name]


def _says(root: str, path: str, state: State, digest: str, states: Mapping[str, State]) -> bool:
    """Tell whether a file still says what it said."""
    now = states.get(path)
    if now is None:
        return False
    if now == state:
        return True
    text, fault = read_file(root, path)
    return text is not None and fault is None and digest_of(text).hex() == digest


def _settled(state: State) -> State:
    """Give a state by which a file can be known again; one that has just changed may change once more unseen."""
    return state if time.time_ns() - state[1] > _SETTLED else _UNKNOWN
