"""The small whole knowledge bases of tests/sites, copied and built."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from inquiry.cli import main

SITES = Path(__file__).parent / "sites"
EPOCH = "1750000000"
"""Date of every build, for the sitemap."""


def place(name: str, root: Path, changes: dict[str, Any] | None = None) -> None:
    """Copy a knowledge base; a version control system keeps neither empty folders nor line ends as they are."""
    shutil.copytree(SITES / name, root)
    (root / "docs").mkdir(exist_ok=True)
    if name == "unicode":
        note = root / "notes/Straße.md"
        note.write_bytes(b"\xef\xbb\xbf" + note.read_bytes().replace(b"\n", b"\r\n"))
    if changes:
        settings = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8")) | changes
        (root / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


def run_build(root: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(["build", "-q", "-f", str(root / "mkdocs.yml")])
    assert end.value.code == 0


def tree(site: Path, *, index: bool = False) -> dict[str, bytes]:
    """Read a whole site.

    Args:
        site: Its folder.
        index: Whether to read Pagefind's index too, which has its filters in another order each time it is made.
    """
    files = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if index or not name.startswith("pagefind/")}
