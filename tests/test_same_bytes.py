"""A build depends on nothing but its files: not on the command, the folder, the disk's order or the last build."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from small_sites import EPOCH, place, run_build, tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUILD_SECONDS = 120


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bytes]]:
    """Build the site that has everything."""
    root = tmp_path_factory.mktemp("full") / "full"
    place("full", root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        run_build(root)
        yield tree(root / "site")


def in_a_process_of_its_own(root: Path, *command: str) -> dict[str, bytes]:
    """Build in a fresh Python, whose hashes have another seed."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH, "PYTHONHASHSEED": "7", "NO_MKDOCS_2_WARNING": "1"}
    typed = [sys.executable, "-m", *command, "-q", "-f", str(root / "mkdocs.yml")]
    done = subprocess.run(typed, check=False, capture_output=True, text=True, env=environment, timeout=BUILD_SECONDS)
    assert done.returncode == 0, done.stderr
    return tree(root / "site")


def test_mkdocs_build_writes_the_same_bytes(full: dict[str, bytes], tmp_path: Path) -> None:
    """And so does another process with other hashes in another folder."""
    place("full", tmp_path / "elsewhere")
    assert in_a_process_of_its_own(tmp_path / "elsewhere", "mkdocs", "build") == full


def test_building_again_over_a_site_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    place("unicode", tmp_path / "unicode")
    run_build(tmp_path / "unicode")
    first = tree(tmp_path / "unicode/site")
    run_build(tmp_path / "unicode")
    assert tree(tmp_path / "unicode/site") == first


class Backwards:
    """A folder that lists its files the other way round."""

    def __init__(self, entries: Any) -> None:
        with entries:
            self._entries = sorted(entries, key=lambda entry: str(entry.name), reverse=True)

    def __enter__(self) -> Iterator[Any]:
        return iter(self._entries)

    def __exit__(self, *fault: object) -> None:
        return

    def __iter__(self) -> Iterator[Any]:
        return iter(self._entries)

    def __next__(self) -> Any:
        if not self._entries:
            raise StopIteration
        return self._entries.pop(0)

    def close(self) -> None:
        """Do nothing: everything has been read."""


def test_the_order_in_which_a_disk_lists_its_files_does_not_matter(
    full: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place("full", tmp_path / "full")
    scandir, listdir = os.scandir, os.listdir
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", lambda path=".": Backwards(scandir(path)))
        patch.setattr(os, "listdir", lambda path=".": sorted(listdir(path), reverse=True))
        run_build(tmp_path / "full")
    assert tree(tmp_path / "full/site") == full
