"""The site that stands: what the last build left, for a build before which nothing has changed.

Everything counts that a build reads: the files of the project, the configuration, the code, git's own record of where
it stands, and the site itself, file by file.  Only builds of plugins count of which it is known that they read nothing
else.  Whatever does not fit makes a build, never a wrong answer.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from inquiry.commands.memory import memory_of
from inquiry.installed import files_within, ignore
from inquiry.replacing import replace_file

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from inquiry.config import Project

FILE = "build.json"
VERSION = 1
"""Version of the file's shape."""
KNOWN_PLUGINS = frozenset({"inquiry", "inquiry/tally", "search", "material/search", "autorefs", "redirects", "tags"})
"""Plugins that read nothing but the project's files."""
_GIT = ("HEAD", "logs/HEAD", "packed-refs")
"""Files that change with each commit and each checkout."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The place where the state of the last build is kept."""

    path: Path
    key: str
    """What everything that a build reads is like now; empty when that cannot be told."""
    site: Path

    def said(self) -> tuple[int, tuple[str, ...]] | None:
        """Give the pages of the site and what its build said, when a build would make the very same."""
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
            held: dict[str, Any] = json.loads(self.path.read_bytes()) if self.key else {}
            if held["key"] == self.key and held["site"] == _listing(self.site):
                return held["pages"], tuple(held["said"])
        return None

    def keep(self, pages: int, said: Collection[str]) -> None:
        """Remember a build; a folder that cannot be written is none of the user's concern."""
        if not self.key:
            return
        held = {"key": self.key, "site": _listing(self.site), "pages": pages, "said": list(said)}
        with suppress(OSError, UnicodeError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self.path, json.dumps(held).encode())
            ignore(self.path.parent, [self.path.name])


def standing(project: Project, site: Path, *, strict: bool) -> Standing:
    """Look at everything as it is now, before a build."""
    key = memory_of(project).key
    if key:
        state = f"{VERSION} {key} {site} {strict} {os.environ.get('SOURCE_DATE_EPOCH')} {_git_state(project.root)}"
        key = blake2b(state.encode(errors="surrogatepass"), digest_size=16).hexdigest()
    return Standing(project.cache_dir / FILE, key, site)


def _git_state(root: Path) -> list[tuple[str, int, int]]:
    """Tell where git stands, without asking it."""
    found = []
    for folder in (root, *root.parents):
        for name in _GIT:
            with suppress(OSError):
                state = (folder / ".git" / name).stat()
                found.append((name, state.st_size, state.st_mtime_ns))
        if found:
            break
    return found


def _listing(site: Path) -> str:
    digest = blake2b(digest_size=16)
    for name, found in files_within(str(site), set()):
        digest.update(repr((name, found.st_size, found.st_mtime_ns)).encode(errors="surrogatepass"))
    return digest.hexdigest()
