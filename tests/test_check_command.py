"""What `inquiry check` does besides finding: formats, baselines, mending, remembering."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.cli import main
from inquiry.commands import memory, since
from inquiry.commands.reading import read_knowledge_base
from inquiry.config import load_project
from inquiry.graph import build
from terminal import Outcome, Typist, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from inquiry.config import Project
    from inquiry.corpus.model import Corpus

FILES = {
    "mkdocs.yml": "site_name: Tea\nplugins:\n  - inquiry: {levels: {orphan-note: off, missing-summary: off}}\n",
    "docs/index.md": "# Tea notebook\n",
    "notes/green-tea.md": "---\ntitle: Green tea\n---\nGreen leaves stay green when steamed.\n",
    "notes/black-tea.md": "---\ntitle: Black tea\n---\nBlack leaves turn black. See [[green-tae]].\n",
    "notes/mate.md": "---\ntitle: Mate\n---\nNot tea, and no [[nothing-like-it]].\n",
}


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small knowledge base with one slip and one link to nothing, and stand in it."""
    write(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run() -> Typist:
    """Type `inquiry check` with arguments."""
    return partial(typed, "check")


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


def names(outcome: Outcome) -> list[str]:
    return [one["path"] for one in json.loads(outcome.out)["diagnostics"]]


# -- formats ----------------------------------------------------------------------------------------------------------


def test_a_report_for_programs_goes_to_the_file_and_the_text_to_the_terminal(run: Typist, garden: Path) -> None:
    for form in ("sarif", "junit", "github"):
        outcome = run("--format", form, "-o", "report")
        assert outcome.out.startswith("notes/black-tea.md:4:30: error: ")
        assert "notes/black-tea.md" in (garden / "report").read_text(encoding="utf-8")
    assert run("--format", "github").out.startswith("::error file=notes/black-tea.md,line=4,")
    assert ET.fromstring(run("--format", "junit").out).get("failures") == "2"  # noqa: S314 - we wrote it


def test_programs_get_paths_from_the_folder_of_the_repository(run: Typist, garden: Path) -> None:
    (garden.parent / ".git").mkdir()
    assert f"file={garden.name}/notes/black-tea.md" in run("--format", "github").out


# -- what is reported -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("garden")
def test_patterns_choose_what_is_reported(run: Typist) -> None:
    assert names(run("--format", "json", "--exclude", "notes/m*")) == ["notes/black-tea.md"]
    assert names(run("--format", "json", "--include", "*/mate.md")) == ["notes/mate.md"]
    assert run("--exclude", "notes").code == 0
    assert names(run("--format", "json", "notes", "--include", "notes", "--exclude", "*tea.md")) == ["notes/mate.md"]


def test_a_file_of_a_linked_folder_is_named_as_findings_name_it(
    run: Typist, garden: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "notes"
    (garden / "notes").rename(elsewhere)
    (garden / "notes").symlink_to(elsewhere)
    assert names(run("--format", "json", "notes/mate.md")) == ["notes/mate.md"]
    monkeypatch.chdir(garden / "notes")
    assert run("--format", "json", str(elsewhere / "mate.md")).code == 2


# -- baselines --------------------------------------------------------------------------------------------------------


def test_only_what_a_baseline_does_not_know_fails(run: Typist, garden: Path) -> None:
    written = run("--baseline", "known.json", "--write-baseline")
    assert written.code == 0
    assert "(2 known from the baseline): nothing wrong" in written.out
    note = garden / "notes/black-tea.md"
    note.write_text(note.read_text(encoding="utf-8").replace("---\nBlack", "---\nA line above.\n\nBlack"), "utf-8")
    assert run("--baseline", "known.json").code == 0
    (garden / "notes/new.md").write_text("---\ntitle: New\n---\n[[gone-away]]\n", "utf-8")
    outcome = run("--baseline", "known.json", "--format", "json")
    assert (outcome.code, names(outcome)) == (1, ["notes/new.md"])


def test_a_baseline_says_what_is_gone(run: Typist, garden: Path) -> None:
    run("--baseline", "known.json", "--write-baseline")
    (garden / "notes/mate.md").write_text("---\ntitle: Mate\n---\nNot tea.\n", "utf-8")
    assert "known.json: 1 of its findings are gone" in run("--baseline", "known.json").err


def test_a_baseline_of_some_files_leaves_what_it_knows_of_others_alone(run: Typist, garden: Path) -> None:
    run("--baseline", "known.json", "--write-baseline")
    before = (garden / "known.json").read_bytes()
    assert "gone" not in run("--baseline", "known.json", "notes/mate.md").err
    run("--baseline", "known.json", "--write-baseline", "--include", "notes/mate.md")
    assert (garden / "known.json").read_bytes() == before


def test_no_other_file_is_written_over_by_a_baseline(run: Typist, garden: Path) -> None:
    before = (garden / "mkdocs.yml").read_bytes()
    assert run("--baseline", "mkdocs.yml", "--write-baseline").code == 2
    assert (garden / "mkdocs.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (["--baseline", "nowhere.json"], "there is no such baseline"),
        (["--baseline", "mkdocs.yml"], "not JSON"),
        (["--write-baseline"], "needs `--baseline FILE`"),
        (["--changed-since", "HEAD"], "git cannot read `HEAD`"),
        (["--changed-since=--output=x"], "is not a revision"),
    ],
)
@pytest.mark.usefixtures("garden")
def test_what_cannot_be_compared_with_is_refused_on_one_line(run: Typist, typed: list[str], reason: str) -> None:
    outcome = run(*typed)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert reason in outcome.err


def commit(folder: Path) -> None:
    """Make a repository of a folder, with everything in it."""
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=b", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=folder, check=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull})


def test_an_earlier_revision_is_read_with_the_links_in_it_and_none_that_lead_out_of_it(
    run: Typist, garden: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    elsewhere.write_text("See [[nothing-there]].\n", encoding="utf-8")
    (garden / "notes/out.md").symlink_to(elsewhere)
    (garden / "notes/again.md").symlink_to("mate.md")
    commit(garden)
    seen: list[list[str]] = []

    def reading(config: Path) -> build.Reading:
        notes = sorted((config.parent / "notes").iterdir())
        seen.append([f"{one.name} -> {one.readlink()}" if one.is_symlink() else one.name for one in notes])
        return read_knowledge_base(config)

    monkeypatch.setattr(since, "read_knowledge_base", reading)
    run("--changed-since", "HEAD")
    assert seen == [["again.md -> mate.md", "black-tea.md", "green-tea.md", "mate.md"]]


def test_only_what_a_change_broke_fails_even_in_files_that_it_left_alone(run: Typist, garden: Path) -> None:
    (garden / "notes/white-tea.md").write_text("---\ntitle: White tea\n---\nSee [[mate]].\n", "utf-8")
    commit(garden)
    assert run("--changed-since", "HEAD").code == 0
    (garden / "notes/mate.md").unlink()
    outcome = run("--changed-since", "HEAD", "--format", "json")
    assert (outcome.code, names(outcome)) == (1, ["notes/white-tea.md"])


# -- mending ----------------------------------------------------------------------------------------------------------


def test_a_diff_shows_what_would_be_mended_and_changes_nothing(run: Typist, garden: Path) -> None:
    outcome = run("--diff")
    assert outcome.code == 1
    assert "-Black leaves turn black. See [[green-tae]].\n+Black leaves turn black. See [[green-tea]].\n" in outcome.out
    assert (garden / "notes/black-tea.md").read_bytes() == FILES["notes/black-tea.md"].encode()
    assert run("notes/mate.md", "--diff") == Outcome(0, "", "")


def test_what_is_certain_is_mended_and_the_rest_is_reported(run: Typist, garden: Path) -> None:
    outcome = run("--fix", "--format", "json")
    assert (outcome.code, names(outcome), outcome.err) == (1, ["notes/mate.md"], "notes/black-tea.md: 1 mended\n")
    assert "[[green-tea]]" in (garden / "notes/black-tea.md").read_text(encoding="utf-8")


def test_a_mended_file_keeps_its_mode_its_line_ends_and_its_mark(run: Typist, garden: Path) -> None:
    note = garden / "notes/black-tea.md"
    text = "\ufeff---\r\ntitle: Black tea\r\n---\r\n𝔸\t[[green-tae]] [x](../Notes/Green-Tea.md)\r\n\r\nEnd"
    note.write_bytes(text.encode())
    note.chmod(0o640)
    run("--fix")
    mended = text.replace("green-tae", "green-tea").replace("../Notes/Green-Tea.md", "green-tea.md")
    assert note.read_bytes() == mended.encode()
    assert stat.S_IMODE(note.stat().st_mode) == 0o640
    assert [path.name for path in (garden / "notes").iterdir() if path.name.startswith(".")] == []


def test_a_link_to_a_file_stays_a_link(run: Typist, garden: Path) -> None:
    (garden / "real.md").write_text(FILES["notes/black-tea.md"], "utf-8")
    (garden / "notes/black-tea.md").unlink()
    (garden / "notes/black-tea.md").symlink_to("../real.md")
    run("--fix")
    assert (garden / "notes/black-tea.md").is_symlink()
    assert "[[green-tea]]" in (garden / "real.md").read_text(encoding="utf-8")


NAMES = ("sleep-debt", "naps-at-noon", "light-at-night", "sleep-deft")
PIECES = st.sampled_from(
    [form.format(name) for name in ("slep-debt", "nasp-at-noon", "Light-at-night", "light-at-night", "sleep-dept")
     for form in ("[[{0}]]", "[[{0}|so]]", "[a]({0}.md)", "![[{0}#x]]", "`[[{0}]]`", "[@{0}]", "\n\n# {0}\n\n", "é𝔸\t")]
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.lists(PIECES, max_size=4).map(" ".join), min_size=4, max_size=4), end=st.sampled_from("\n\r"))
def test_mending_twice_is_mending_once(texts: list[str], end: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        notes = {f"notes/{name}.md": text.replace("\n", end) for name, text in zip(NAMES, texts, strict=True)}
        write(root, {"mkdocs.yml": FILES["mkdocs.yml"], **notes})
        once = mended(root)
        assert mended(root) == once


def mended(root: Path) -> dict[str, bytes]:
    with pytest.raises(SystemExit):
        main(["check", "-f", str(root / "mkdocs.yml"), "--fix", "--format", "json", "-o", os.devnull])
    return {path.name: path.read_bytes() for path in sorted((root / "notes").iterdir())}


# -- remembering ------------------------------------------------------------------------------------------------------


@pytest.fixture
def settled(garden: Path) -> Path:
    """Wait until a change could not be missed by the file system's clock any more."""
    time.sleep(0.06)
    return garden


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Count how often everything is read."""
    counted: list[object] = []
    link = build.linked

    def counting(project: Project, corpus: Corpus) -> build.Reading:
        counted.append(project)
        return link(project, corpus)

    monkeypatch.setattr(build, "linked", counting)
    return lambda: len(counted)


@pytest.mark.usefixtures("settled")
def test_a_run_after_which_nothing_changed_is_remembered(run: Typist, readings: Callable[[], int]) -> None:
    first = run("--format", "json")
    assert run("--format", "json") == first
    assert readings() == 1
    assert run("--no-cache", "--format", "json") == first
    assert readings() == 2


def test_any_change_is_seen(run: Typist, settled: Path, readings: Callable[[], int]) -> None:
    run()
    note = settled / "notes/green-tea.md"
    before = note.stat()
    note.write_text(note.read_text(encoding="utf-8").replace("Green leaves", "[[nowhere]] "), "utf-8")
    os.utime(note, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert note.stat().st_size == before.st_size
    assert "notes/green-tea.md" in run().out
    (settled / "notes/nothing-like-it.md").write_text("# Nothing like it\n", "utf-8")
    assert "notes/mate.md" not in run().out
    (settled / "mkdocs.yml").write_text("site_name: Tea\n", "utf-8")
    assert "orphan-note" in run().out
    assert readings() == 4


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"key": 3}', "\x00", '{"key": "KEY", "findings": [[1]]}'])
def test_a_broken_memory_makes_a_run_slow_and_never_wrong(run: Typist, settled: Path, text: str) -> None:
    first = run("--format", "json")
    file = settled / ".cache/inquiry" / memory.FILE
    key = json.loads(file.read_text(encoding="utf-8"))["key"]
    file.write_text(text.replace("KEY", key), encoding="utf-8")
    assert run("--format", "json") == first


@pytest.mark.parametrize("line", ["INHERIT: ../base.yml", "copyright: !ENV [INQUIRY_TEST, none]"])
def test_what_stands_outside_the_folder_counts(garden: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    (garden.parent / "base.yml").write_text("nav: [index.md]\n", "utf-8")
    config = garden / "mkdocs.yml"
    config.write_text(f"{line}\n{FILES['mkdocs.yml']}", "utf-8")
    later = time.time_ns() + 3_000_000_000
    first = memory.memory_of(load_project(config), now=later).key
    monkeypatch.setenv("INQUIRY_TEST", "set")
    second = memory.memory_of(load_project(config), now=later).key
    assert first != second or first == ""


def test_a_change_within_a_tick_of_the_clock_is_not_remembered(garden: Path) -> None:
    project = load_project(garden / "mkdocs.yml")
    newest = max(path.stat().st_ctime_ns for path in garden.rglob("*"))
    assert memory.memory_of(project, now=newest + 1).key == ""
    assert memory.memory_of(project, now=newest + 3_000_000_000).key
