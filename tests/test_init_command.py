"""`inquiry init`: what it prints, and that what it makes builds and checks clean."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from terminal import Outcome, refused, typed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOBODY = 65534
"""A user who owns nothing."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Make a folder one that nobody can write to, the superuser included."""
    folder.chmod(0o500)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o700)


@pytest.mark.parametrize(
    ("folder", "name"),
    [("tea-notebook", "Tea notebook"), ("Überblick: l'été 読書/", "Überblick: l'été 読書"), (".", "Deep")],
)
def test_what_it_makes_builds_and_checks_clean(
    home: Path, monkeypatch: pytest.MonkeyPatch, folder: str, name: str
) -> None:
    (home / "deep").mkdir()
    monkeypatch.chdir(home / "deep")
    config = typed("init", folder).out.rstrip("\n")
    assert typed("check", "-f", config) == Outcome(0, "5 files, 6 links: nothing wrong\n", "")
    code, out, err = typed("build", "--strict", "-f", config)
    assert (code, out) == (0, "")
    assert err.startswith("built ")
    assert err.count("\n") == 1
    page = home / "deep" / folder / "site/index.html"
    assert "1 source<" in page.read_text(encoding="utf-8")
    assert name.replace("'", "&#39;") in page.read_text(encoding="utf-8").partition("</h1>")[0].rpartition("<h1")[2]


def test_mkdocs_finds_nothing_wrong_either() -> None:
    typed("init", "tea")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "tea/mkdocs.yml"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert {row.split()[0] for row in done.stderr.splitlines()} == {"INFO"}


def test_the_site_does_without_the_examples(home: Path) -> None:
    typed("init", "tea")
    for path in home.glob("tea/*/*.md"):
        if path.parent.name != "docs":
            path.unlink()
    assert typed("check", "-f", "tea").code == 0
    assert typed("build", "--strict", "-f", "tea").code == 0


def test_a_script_gets_the_path_and_a_person_the_next_steps() -> None:
    outcome = typed("init", "tea house/", "--name", "What I know of tea")
    assert (outcome.code, outcome.out) == (0, "tea house/mkdocs.yml\n")
    rows = outcome.err.splitlines()
    assert rows[0].startswith("began “What I know of tea” with mkdocs.yml, ")
    assert rows[1:] == ["next:", "  cd 'tea house'", "  inquiry serve", '  inquiry new note "What I have found"']


def test_the_next_steps_can_be_typed() -> None:
    steps = [shlex.split(row) for row in typed("init", "--", "-tea $HOME").err.splitlines() if row.startswith("  ")]
    assert steps[0] == ["cd", "./-tea $HOME"]
    assert typed(*steps[-1][1:], "-f", "./-tea $HOME") == Outcome(0, "-tea $HOME/notes/what-i-have-found.md\n", "")


def test_nobody_is_sent_into_the_folder_where_they_are(home: Path) -> None:
    (home / "notes").mkdir()
    (home / "notes/mine.md").write_text("# Mine\n", encoding="utf-8")
    (home / ".gitignore").write_text("/site/\n", encoding="utf-8")
    assert typed("init", ".", "--name", "Tea").err.splitlines() == [
        "began “Tea” with mkdocs.yml, docs/index.md",
        ".gitignore was there already: /.cache/ should be in it",
        "there are notes, lines or references already, so no example was written",
        "next:",
        "  inquiry serve",
        "  inquiry check",
    ]
    assert typed("check").code == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "missing argument 'DIR'"),
        (["a", "b"], "got unexpected extra argument (b)"),
        ([""], "invalid value for DIR: it is empty; `.` is this folder"),
        (["tea", "--name", " \t"], "invalid value for --name: it is empty"),
        (["file"], "`file` is not a folder"),
        (["file/tea"], "`file` is not a folder"),
        (["taken"], "`taken/docs/index.md` exists already"),
        (["x" * 300], f"{'x' * 300}/notes: file name too long"),
    ],
)
def test_wrong_arguments_get_one_line_and_nothing_is_written(home: Path, words: list[str], reason: str) -> None:
    (home / "file").touch()
    (home / "taken/docs").mkdir(parents=True)
    (home / "taken/docs/index.md").touch()
    before = set(home.rglob("*"))
    assert refused(typed("init", *words)) == reason
    assert set(home.rglob("*")) == before


def test_a_second_time_says_how_mkdocs_sites_become_one() -> None:
    typed("init", "tea")
    assert refused(typed("init", "tea")) == (
        "`tea/mkdocs.yml` exists already; `plugins: [search, inquiry]` in it makes it a knowledge base"
    )


def test_a_folder_that_cannot_be_written_to_is_named(home: Path) -> None:
    (home / "locked").mkdir()
    with without_rights(home / "locked"):
        reason = refused(typed("init", str(home / "locked/tea")))
    assert reason.endswith(": permission denied")
    assert str(home / "locked") in reason
    assert list((home / "locked").iterdir()) == []
