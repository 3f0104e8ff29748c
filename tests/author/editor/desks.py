"""Knowledge bases on a desk, for tests: texts by path, with `¦` where the cursor is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.author.editor.desk import Desk
from inquiry.author.editor.renaming import replaced
from inquiry.author.editor.text import Text
from inquiry.diagnostics import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from inquiry.author.editor.desk import Sheet
    from inquiry.author.editor.fixes import Replacement

CURSOR = "¦"


def write(root: Path, texts: Mapping[str, str]) -> None:
    """Write files, and a mkdocs.yml unless there is one."""
    for path, text in {"mkdocs.yml": "site_name: Garden\n", **texts}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())


def desk_of(root: Path, texts: Mapping[str, str]) -> Desk:
    """Write a knowledge base and read it."""
    write(root, texts)
    desk = Desk(root / "mkdocs.yml")
    desk.reload()
    assert not desk.refusal
    return desk


def show(desk: Desk, path: str, text: str) -> tuple[Sheet, Position]:
    """Open a text at its cursor."""
    before, found, after = text.partition(CURSOR)
    assert found, "a text without a cursor"
    desk.put(path, Text(before + after), 1)
    sheet = desk.sheet(path)
    assert sheet is not None
    lines = before.replace("\r\n", "\n").split("\n")
    return sheet, Position(len(lines), len(lines[-1]) + 1)


def made(desk: Desk, edits: Iterable[Replacement]) -> dict[str, str]:
    """Make edits, and return the texts of the files that they change."""
    by_path: dict[str, list[Replacement]] = {}
    for one in edits:
        by_path.setdefault(one.path, []).append(one)
    return {path: replaced(desk.text_of(path), some).source for path, some in by_path.items()}
