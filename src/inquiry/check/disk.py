"""The few files that a rule has to open itself, read so that none can hang, break or flood the checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file that is looked into: a longer one is not worth the wait, and nothing is said of it."""


def read_bytes(root: Path, path: str) -> bytes | None:
    """Read a file of the project; None for one that is missing, too large, or no ordinary file."""
    file = root / path
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            return None
        return file.read_bytes()
    except (OSError, ValueError):
        return None


def read_text(root: Path, path: str) -> str | None:
    """Read a text with LF line ends and without byte order mark; what is not UTF-8 in it is replaced."""
    raw = read_bytes(root, path)
    if raw is None:
        return None
    return raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
