"""Faults outside the text of notes: names, encodings, folders and settings, each with its one line or its finding."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import yaml

from inquiry.cli import main
from inquiry.commands.memory import memory_of
from inquiry.config import load_project
from small_sites import place, run_build

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """Make the smallest knowledge base there is."""
    place("minimal", tmp_path / "kb")
    return tmp_path / "kb"


def said(kb: Path, capsys: pytest.CaptureFixture[str], command: str, *options: str) -> tuple[int, str]:
    """Run a command; give its exit code and all that it says."""
    with pytest.raises(SystemExit) as end:
        main([command, "-f", str(kb / "mkdocs.yml"), *options])
    heard = capsys.readouterr()
    return (end.value.code if isinstance(end.value.code, int) else 0), heard.out + heard.err


def set_option(kb: Path, **options: object) -> None:
    settings = yaml.safe_load((kb / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["plugins"] = [{"inquiry": options}]
    (kb / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("content", [None, b"site_name: x\n"])
def test_what_is_no_font_is_refused(
    kb: Path, capsys: pytest.CaptureFixture[str], command: str, content: bytes | None
) -> None:
    set_option(kb, card_font="letters.ttf")
    if content is not None:
        (kb / "letters.ttf").write_bytes(content)
    code, heard = said(kb, capsys, command)
    assert code == 2
    assert "`card_font: letters.ttf` is not allowed" in heard
    assert len(heard.splitlines()) == 1


def test_a_folder_that_the_system_refuses_is_not_passed_over(
    kb: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (kb / "notes/private").mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if os.fspath(path).endswith("private"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr("os.scandir", refusing)
    code, heard = said(kb, capsys, "check", "--no-cache")
    assert code == 2
    assert "notes/private: permission denied" in heard


def test_a_bibliography_may_lie_anywhere(kb: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shared.bib").write_text("@article{k1, title={K}}", encoding="utf-8")
    (kb / "notes/n.md").write_text("# N\n\nSo [@k1].\n", encoding="utf-8")
    set_option(kb, bibliography=[str(tmp_path / "shared.bib")])
    assert "unknown-citation" not in said(kb, capsys, "check")[1]
    (tmp_path / "shared.bib").write_text("@article{k2, title={K}}", encoding="utf-8")
    assert "unknown-citation" in said(kb, capsys, "check")[1]


@pytest.mark.parametrize(
    ("row", "known"),
    [
        ("theme: {name: mkdocs, custom_dir: ../theme}", False),
        ("markdown_extensions: [{pymdownx.snippets: {base_path: ['../parts']}}]", False),
        ("extra: {parts: /srv/parts}", False),
        ("repo_url: https://git.example/a/b", True),
        ("site_dir: ../public", True),
    ],
)
def test_a_state_that_lies_outside_is_not_remembered(kb: Path, row: str, *, known: bool) -> None:
    with (kb / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"{row}\n")
    later = time.time_ns() + 10**10
    assert bool(memory_of(load_project(kb / "mkdocs.yml"), now=later).key) == known


def test_a_page_that_is_not_utf8_fails_on_one_line(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kb / "docs/menu.md").write_bytes(b"# caf\xe9\n")
    code, heard = said(kb, capsys, "build")
    assert code == 2
    assert "menu.md" in heard
    assert heard.splitlines()[-1].startswith("inquiry: error: a page is not UTF-8: ")


def test_a_configuration_that_inherits_from_itself_fails_on_one_line(
    kb: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (kb / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("INHERIT: mkdocs.yml\n")
    code, heard = said(kb, capsys, "build")
    assert code == 2
    assert "inherits from itself" in heard
    assert len(heard.splitlines()) == 1


def test_a_file_whose_name_is_not_utf8_is_left_out_and_told(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        (kb / os.fsdecode(b"notes/caf\xe9.md")).write_text("# Café\n", encoding="utf-8")
    except OSError:
        pytest.skip("the file system has no such names")
    code, heard = said(kb, capsys, "check")
    assert code == 1
    assert "notes/caf�.md:1:1: error: the file's name is not UTF-8" in heard
    run_build(kb)


def test_letters_that_the_terminal_lacks_are_written_otherwise(kb: Path) -> None:
    (kb / "notes/n.md").write_text("# N\n\n[[日本]]\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "inquiry", "check", "-f", str(kb / "mkdocs.yml")],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
        timeout=60,
    )
    assert done.returncode == 1
    assert rb"\u65e5\u672c" in done.stdout
    assert b"Traceback" not in done.stderr


def test_any_name_of_a_site_makes_a_home_page(kb: Path) -> None:
    settings = yaml.safe_load((kb / "mkdocs.yml").read_text(encoding="utf-8")) | {"site_name": "Owls 🦉: \x85 “two”"}
    (kb / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    (kb / "docs/index.md").unlink(missing_ok=True)
    run_build(kb)
    home = (kb / "site/index.html").read_text(encoding="utf-8")
    assert "Owls 🦉" in home
    assert "title: " not in home


@pytest.mark.parametrize("config", [None, "site_name: [\n"])
def test_an_earlier_revision_may_have_no_knowledge_base_and_a_broken_one_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], config: str | None
) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.email=a@example.org", "-c", "user.name=A")
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q")
    (tmp_path / "README").write_text("x", encoding="utf-8")
    if config:
        (tmp_path / "kb").mkdir()
        (tmp_path / "kb/mkdocs.yml").write_text(config, encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "One")
    (tmp_path / "kb/mkdocs.yml").unlink(missing_ok=True)
    if config:
        (tmp_path / "kb").rmdir()
    place("minimal", tmp_path / "kb")
    (tmp_path / "kb/notes/n.md").write_text("# N\n\n[[gone]]\n", encoding="utf-8")
    code, heard = said(tmp_path / "kb", capsys, "check", "--changed-since", "HEAD")
    assert code == (2 if config else 1)
    assert ("at `HEAD`: mkdocs.yml:2:1: " if config else "dangling-link") in heard


def test_a_new_line_with_the_name_of_a_note_links_to_the_note(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kb / "notes/green-tea.md").write_text("---\ntitle: Green tea\nsummary: Yes.\n---\nX.\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["new", "line", "Green tea", "--note", "green-tea", "-f", str(kb / "mkdocs.yml")])
    assert not end.value.code
    assert "- [[notes/green-tea]] — Yes." in (kb / "lines/green-tea.md").read_text(encoding="utf-8")
    assert "ambiguous-link" not in said(kb, capsys, "check")[1]
