"""The source behind findings: lines for excerpts and fingerprints, each file read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from inquiry.check.baseline import ReadLines


def source_lines(root: Path) -> ReadLines:
    """Make the function that gives a file's lines; none for a file that cannot be read."""
    known: dict[str, list[str]] = {}

    def lines_of(path: str) -> Sequence[str]:
        if path not in known:
            file = root / path
            try:
                raw = file.read_bytes() if file.is_file() else b""  # a pipe would never end
            except OSError:
                raw = b""
            text = raw.decode("utf-8-sig", errors="replace")
            known[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return known[path]

    return lines_of


def repository_prefix(root: Path) -> str:
    """Spell the way from the repository's folder to the knowledge base's, with a slash behind it.

    Empty where the two are one, and without a repository.
    """
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    below = root.relative_to(top).as_posix()
    return "" if below == "." else f"{below}/"
