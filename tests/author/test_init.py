"""A knowledge base is begun whole or not at all, and never over what is there."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml

from inquiry.author.init import STARTER, begin, name_of_folder
from inquiry.author.new import CannotBeginError
from inquiry.settings import Settings

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 4)
FILES = {
    "mkdocs.yml",
    ".gitignore",
    "docs/index.md",
    "lines/how-notes-answer-a-question.md",
    "notes/how-to-cite.md",
    "notes/memex-trails.md",
    "notes/what-a-note-holds.md",
    "sources.bib",
}
EXAMPLES = {path for path in FILES if path.startswith(("notes/", "lines/", "sources"))}


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def place(folder: Path, *paths: str) -> dict[str, str]:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"Mine: {path}\n", encoding="utf-8")
    return contents(folder)


def entries(folder: Path) -> set[Path]:
    """List everything, empty folders too."""
    return set(folder.rglob("*"))


def test_a_new_folder_gets_every_file_of_the_starter(tmp_path: Path) -> None:
    begun = begin(tmp_path / "deep/tea", "Tea", TODAY)
    assert begun.config == tmp_path / "deep/tea/mkdocs.yml"
    assert set(begun.written) == set(contents(tmp_path / "deep/tea")) == FILES
    assert begun.unignored == ()


def test_a_folder_keeps_what_it_has(tmp_path: Path) -> None:
    mine = place(tmp_path, ".git/HEAD", "README.md", "LICENSE", "docs/about.md", "notes/list.csv", "templates/x.html")
    begin(tmp_path, "Tea", TODAY)
    assert set(contents(tmp_path)) == set(mine) | FILES
    assert contents(tmp_path).items() >= mine.items()


@pytest.mark.parametrize(
    ("taken", "named"),
    [
        *((path, path) for path in sorted(FILES - {".gitignore", "sources.bib"})),
        ("mkdocs.yaml", "mkdocs.yaml"),
        ("docs/README.md", "docs/README.md"),
        ("docs/index.html", "docs/index.html"),
        ("docs", "docs"),
        ("notes", "notes"),
    ],
)
def test_what_is_in_the_way_is_named_and_nothing_is_written(tmp_path: Path, taken: str, named: str) -> None:
    place(tmp_path, taken)
    before = entries(tmp_path)
    with pytest.raises(
        CannotBeginError, match=rf"^`{re.escape(str(tmp_path / named))}` (exists already|is not a folder)"
    ):
        begin(tmp_path, "Tea", TODAY)
    assert entries(tmp_path) == before
    assert contents(tmp_path) == {taken: f"Mine: {taken}\n"}


def test_a_link_that_leads_nowhere_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").symlink_to(tmp_path / "gone.yml")
    with pytest.raises(CannotBeginError, match="exists already"):
        begin(tmp_path, "Tea", TODAY)
    assert not (tmp_path / "gone.yml").exists()


def test_a_file_that_comes_up_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inquiry.author.init._refuse_what_is_in_the_way", lambda *_: None)
    mine = place(tmp_path, "notes/how-to-cite.txt", "docs/index.md")
    with pytest.raises(FileExistsError):
        begin(tmp_path, "Tea", TODAY)
    assert contents(tmp_path) == mine


@pytest.mark.parametrize("below", ["", "deep/er"])
def test_a_file_is_no_folder(tmp_path: Path, below: str) -> None:
    place(tmp_path, "tea")
    with pytest.raises(CannotBeginError, match=rf"^`{re.escape(str(tmp_path / 'tea'))}` is not a folder$"):
        begin(tmp_path / "tea" / below, "Tea", TODAY)


def test_a_path_that_is_not_utf8_is_refused_since_no_site_can_be_built_there(tmp_path: Path) -> None:
    with pytest.raises(CannotBeginError, match="is not UTF-8"):
        begin(tmp_path / os.fsdecode(b"caf\xe9"), "Tea", TODAY)
    assert entries(tmp_path) == set()


@pytest.mark.parametrize("path", ["notes/deep/mine.md", "lines/mine.md", "sources.bib"])
def test_a_folder_with_notes_lines_or_references_gets_no_example(tmp_path: Path, path: str) -> None:
    mine = place(tmp_path, path)
    assert set(begin(tmp_path, "Tea", TODAY).written) == FILES - EXAMPLES
    assert set(contents(tmp_path)) == FILES - EXAMPLES | set(mine)
    assert contents(tmp_path).items() >= mine.items()


@pytest.mark.parametrize(
    ("rows", "lacking"),
    [
        ("/site/\n.cache\n", ()),
        ("site\n", ("/.cache/",)),
        ("", ("/site/", "/.cache/")),
        ("# site\n", ("/site/", "/.cache/")),
    ],
)
def test_what_a_gitignore_lacks_is_said_and_not_added(tmp_path: Path, rows: str, lacking: tuple[str, ...]) -> None:
    (tmp_path / ".gitignore").write_text(rows, encoding="utf-8")
    assert begin(tmp_path, "Tea", TODAY).unignored == lacking
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == rows


@pytest.mark.parametrize("there", [False, True])
def test_a_disk_that_is_full_half_way_leaves_nothing_behind(tmp_path: Path, *, there: bool) -> None:
    folder = tmp_path / "tea/deep"
    if there:
        place(folder, "docs/about.md")
    before = entries(tmp_path)
    sizes = sorted(path.stat().st_size for path in STARTER.rglob("*") if path.is_file())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (sizes[-2], hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            begin(folder, "Tea", TODAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert entries(tmp_path) == before


@pytest.mark.parametrize(
    "name", ["Tea", "2026", "yes", "Tea: a 'history' # 1", "Überblick 読書", "☕", "- x", "&a *b", "x" * 300]
)
def test_any_name_is_the_name_of_the_site(tmp_path: Path, name: str) -> None:
    begin(tmp_path, name, TODAY)
    assert yaml.safe_load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8"))["site_name"] == name


def test_the_examples_are_dated_today(tmp_path: Path) -> None:
    begin(tmp_path, "Tea", TODAY)
    for path in EXAMPLES - {"sources.bib"}:
        head = (tmp_path / path).read_text(encoding="utf-8").split("---\n")[1]
        assert yaml.safe_load(head)["created"] == TODAY


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("tea-notebook/", "Tea notebook"),
        ("tea_notebook", "Tea notebook"),
        ("Jean-Paul's notes", "Jean-Paul's notes"),
        ("überblick", "Überblick"),
        ("eBay", "eBay"),
        ("a\nb\x07c", "A b c"),
        ("---", "Knowledge base"),
        ("/", "Knowledge base"),
    ],
)
def test_a_folder_name_becomes_readable(folder: str, name: str) -> None:
    assert name_of_folder(Path(folder)) == name


def test_this_folder_has_a_name_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tea-notebook/deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "tea-notebook/deep")
    assert [name_of_folder(Path(folder)) for folder in (".", "..")] == ["Deep", "Tea notebook"]


def test_every_setting_that_is_commented_out_can_be_used() -> None:
    text = (STARTER / "mkdocs.yml").read_text(encoding="utf-8")
    commented = re.findall(r"^ *# (\w+): ", text, re.MULTILINE)
    settings = yaml.safe_load(re.sub(r"^( *)# (\w+: )", r"\1\2", text, flags=re.MULTILINE))
    (block,) = (plugin["inquiry"] for plugin in settings["plugins"] if isinstance(plugin, dict))
    Settings.from_mapping(block)
    assert set(commented) == {"site_url", "site_description", "language", *block}
    assert block


def test_a_wheel_carries_the_starter(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as carried:
        for path in STARTER.rglob("*"):
            if path.is_file():
                name = f"inquiry/author/starter/{path.relative_to(STARTER).as_posix()}"
                assert carried.read(name) == path.read_bytes()
