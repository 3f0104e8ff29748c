"""When documents were added and revised, as git tells it.

Git is asked once, for a bounded number of commits and seconds.  Where it is missing, where the folder is no
repository, or where the repository is only the top of one (a shallow clone, as CI makes them, in which everything
seems to have been added at once), nothing is known, and the dates in the heads have to do.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_COMMITS = 1_000
"""Commits that are read, newest first: far more than the page of changes lists."""
SECONDS = 10.0
"""Longest that git may take: it reads a thousand commits in a fraction of one."""
_COMMIT = "\x01"
"""Begins the line of a commit; no file name of ours begins with it."""
_QUIET = ("-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false")
"""Nothing that a repository's own configuration names is run."""
_LOG = ("log", "-z", "--name-status", "-M", "--relative", "--no-ext-diff", "--no-textconv", f"--format={_COMMIT}%as")
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
"""Variables by which a hook tells git of another folder than this one."""


@dataclass(frozen=True, slots=True)
class Change:
    """A document's file, added or revised."""

    path: str
    """As it is now, relative to the folder of mkdocs.yml."""
    date: str
    """ISO date, that of the author's clock."""
    added: bool
    """False when it was there before."""


def read_history(root: Path, folders: Sequence[str]) -> tuple[Change, ...] | None:
    """Read what happened to the files of these folders, newest first; None where that is not known."""
    if _git(root, "rev-parse", "--is-shallow-repository") != "false\n":
        return None
    told = _git(root, *_LOG, f"-n{MOST_COMMITS}", "--", *folders)
    return None if told is None else tuple(changes_in(told))


def changes_in(log: str) -> Iterator[Change]:
    r"""Read git's list of commits and files, newest first, each part ended by a null character.

    A file that was moved is followed back to its old names; one that was deleted and written anew begins anew.

    >>> list(changes_in("\x012026-02-01\0\nR100\0a.md\0b.md\0\x012026-01-01\0\nA\0a.md\0"))
    [Change(path='b.md', date='2026-01-01', added=True)]
    """
    parts = iter(log.split("\0"))
    date = ""
    now: dict[str, str] = {}
    begun: set[str] = set()
    for part in parts:
        status = part.lstrip("\n")
        if status.startswith(_COMMIT):
            date = status[1:]
            continue
        if not status:
            continue
        old = next(parts, "")
        new = next(parts, "") if status[0] in "RC" else old
        path = now.get(new, new)
        if status[0] == "R":
            now[old] = path
        if path in begun or status in {"D", "R100"}:
            continue
        if status[0] in "AC":
            begun.add(path)
        yield Change(path, date, status[0] in "AC")


def _git(root: Path, *arguments: str) -> str | None:
    """Run git in a folder; None when it fails in any way."""
    environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    try:
        done = subprocess.run(  # noqa: S603 - no shell reads it
            ["git", *_QUIET, *arguments],  # noqa: S607 - whichever git the user has
            cwd=root,
            env=environment | {"GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", errors="replace")
