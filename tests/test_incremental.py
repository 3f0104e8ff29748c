"""Builds after edits: the bytes of a fresh build, whatever was edited; nothing half done, whenever one is killed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from inquiry.cli import main
from inquiry.site.output import Output, exchange
from inquiry.site.turn import Turn
from small_sites import EPOCH, place, run_build, tree

if TYPE_CHECKING:
    from pathlib import Path

EDITS = 7
"""Edits in a row to one knowledge base."""
WORDS = "salt bread flour [[straße]] [[salt-slows-yeast]] **dough** crumb `oven` [[new-1#Part]] ![[new-2]] rye".split()


@pytest.fixture(autouse=True)
def dated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every build one date."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


class Author:
    """Somebody who edits a knowledge base at random."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)  # noqa: S311 - nothing secret about it
        self.made = 0

    def files(self) -> list[Path]:
        return sorted(path for folder in ("notes", "lines") for path in (self.root / folder).rglob("*.md"))

    def some(self) -> Path:
        return self.chance.choice(self.files())

    def words(self, count: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=count))

    def edit(self) -> str:
        """Do one thing, and name it."""
        ways = (
            *(self.write, self.retitle, self.add, self.add, self.delete, self.rename, self.hide, self.name_otherwise),
            *(self.tag, self.relate, self.pin, self.change_a_template, self.change_the_site, self.cite_a_work),
        )
        way = self.chance.choice(ways)
        way()
        return way.__name__

    def write(self) -> None:
        path = self.some()
        path.write_text(f"{path.read_text(encoding='utf-8-sig')}\n\n{self.words(9)}.\n", encoding="utf-8")

    def _head(self, row: str) -> None:
        path = self.some()
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        if text.startswith("---\n"):
            key = row.partition(":")[0]
            rows = text[4:].split("\n---", 1)
            head = [kept for kept in rows[0].split("\n") if not kept.startswith(f"{key}:")]
            if any(kept.startswith((" ", "-")) for kept in head):
                return  # a block of the head must not lose its key
            path.write_text("---\n" + "\n".join([*head, row]) + "\n---" + rows[1], encoding="utf-8")

    def retitle(self) -> None:
        self._head(f"title: {self.chance.choice(['Salt', 'Bread and time', 'Why *rye*?'])} {self.made}")

    def tag(self) -> None:
        self._head(f"tags: [{self.chance.choice(['baking', 'salt', 'new tag'])}]")

    def hide(self) -> None:
        self._head(self.chance.choice(["draft: true", "unlisted: true", "draft: false"]))

    def name_otherwise(self) -> None:
        self._head(f"aliases: [other-{self.chance.randrange(3)}]")

    def relate(self) -> None:
        self._head(f"relations: {{{self.chance.choice(['contradicts', 'supports'])}: [{self.some().stem}]}}")

    def pin(self) -> None:
        self._head(f"next: [{self.some().stem}]")

    def cite_a_work(self) -> None:
        self._head("source: {title: A paper, year: 2001, doi: 10.1000/1}")

    def add(self) -> None:
        self.made += 1
        folder = self.chance.choice(["notes", "notes", "lines"])
        head = f"title: New {self.made}\nsummary: {self.words(4)}"
        text = f"---\n{head}\n---\n{self.words(12)}.\n\n## Part\n\n{self.words(8)}."
        (self.root / folder / f"new-{self.made}.md").write_text(text, encoding="utf-8")

    def delete(self) -> None:
        if len(self.files()) > 2:
            self.some().unlink()

    def rename(self) -> None:
        path = self.some()
        self.made += 1
        path.rename(path.with_name(f"moved-{self.made}.md"))

    def change_a_template(self) -> None:
        folder = self.root / "templates/partials"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "related.html").write_text(f"<p>{self.words(3)}</p>", encoding="utf-8")

    def change_the_site(self) -> None:
        path = self.root / "mkdocs.yml"
        rows = [row for row in path.read_text(encoding="utf-8").splitlines() if not row.startswith("copyright:")]
        path.write_text("\n".join([*rows, f"copyright: Edition {self.made}", ""]), encoding="utf-8")


def fresh(root: Path, folder: Path) -> dict[str, bytes]:
    """Build a copy that has no past."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("site", ".cache"))
    run_build(folder)
    return tree(folder / "site")


@pytest.mark.parametrize(("name", "seed"), [("full", 1), ("full", 2), ("unicode", 3), ("minimal", 4), ("full", 5)])
def test_a_build_after_any_edit_is_a_fresh_build(name: str, seed: int, tmp_path: Path) -> None:
    root = tmp_path / "kb"
    place(name, root)
    author = Author(root, seed)
    run_build(root)
    done = []
    for _ in range(EDITS):
        done.append(author.edit())
        run_build(root)
        expected, found = fresh(root, tmp_path / "fresh/kb"), tree(root / "site")
        assert found.keys() == expected.keys(), done
        assert [page for page in expected if found[page] != expected[page]] == [], done


def test_a_page_that_nothing_touches_is_neither_rendered_nor_written(tmp_path: Path) -> None:
    place("full", tmp_path / "kb")
    run_build(tmp_path / "kb")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "kb/site").rglob("*.html")}
    run_build(tmp_path / "kb")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "kb/site").rglob("*.html")} == before


@pytest.mark.parametrize("harm", ["delete", "change", "truncate"])
def test_a_page_that_somebody_spoiled_is_made_again(harm: str, tmp_path: Path) -> None:
    place("minimal", tmp_path / "kb")
    run_build(tmp_path / "kb")
    good = tree(tmp_path / "kb/site")
    page = next(path for path in sorted((tmp_path / "kb/site/lines").rglob("index.html")))
    if harm == "delete":
        page.unlink()
    else:
        page.write_bytes(b"" if harm == "truncate" else page.read_bytes()[::-1])
    run_build(tmp_path / "kb")
    assert tree(tmp_path / "kb/site") == good


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 1}', b"\xff\xfe"])
def test_a_manifest_that_cannot_be_read_makes_no_wrong_build(content: bytes, tmp_path: Path) -> None:
    place("minimal", tmp_path / "kb")
    run_build(tmp_path / "kb")
    good = tree(tmp_path / "kb/site")
    (tmp_path / "kb/.cache/inquiry/pages.json").write_bytes(content)
    run_build(tmp_path / "kb")
    assert tree(tmp_path / "kb/site") == good


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    root = tmp_path / "kb"
    place("full", root)
    run_build(root)
    states = [tree(root / "site")]
    chance = random.Random(7)  # noqa: S311 - nothing secret about it
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    begun = time.monotonic()
    for number in range(6):
        rows = (root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
        kept = [row for row in rows if not row.startswith("site_name:")]
        (root / "mkdocs.yml").write_text("\n".join([f"site_name: State {number}", *kept, ""]), encoding="utf-8")
        code = "from inquiry.cli import run; run()"
        typed = [sys.executable, "-c", code, "build", "-q", "-f", str(root / "mkdocs.yml")]
        process = subprocess.Popen(typed, env=environment, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 1.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = tree(root / "site")
        states.append(fresh(root, tmp_path / "fresh/kb"))
        assert found in states, f"half a site after {number} kills, {time.monotonic() - begun:.1f} s"
    run_build(root)
    assert tree(root / "site") == states[-1]
    assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there builds do not wait")
def test_a_build_waits_for_another_of_the_same_site(tmp_path: Path) -> None:
    root = tmp_path / "kb"
    place("full", root)
    other = Turn(root / ".cache/inquiry")
    code = "from inquiry.cli import run; run()"
    typed = [sys.executable, "-c", code, "build", "-q", "-f", str(root / "mkdocs.yml")]
    with subprocess.Popen(typed, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, stderr=subprocess.PIPE) as waiting:
        try:
            assert waiting.stderr is not None
            assert b"another build of this site is at work" in waiting.stderr.readline()
            assert not (root / "site").exists()
            other.end()
            assert waiting.wait(timeout=60) == 0
        finally:
            waiting.kill()
    assert (root / "site/index.html").is_file()


def test_a_process_does_not_wait_for_itself(tmp_path: Path) -> None:
    first, second = Turn(tmp_path / "cache"), Turn(tmp_path / "cache")
    second.end()
    first.end()
    blocked = tmp_path / "file"
    blocked.write_text("where the cache should be", encoding="utf-8")
    Turn(blocked).end()


def test_two_folders_change_places(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name, encoding="utf-8")
    exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one/file").read_text(encoding="utf-8") == "other"
    assert (tmp_path / "other/file").read_text(encoding="utf-8") == "one"


def test_what_is_moved_in_takes_the_place_of_files_and_folders_in_its_way(tmp_path: Path) -> None:
    output = Output(tmp_path / "site")
    for path in ("site/kept", "site/gone/deep", "site/a", "site/b/c", ".site.inquiry-new/a/x", ".site.inquiry-new/b"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path, encoding="utf-8")
    output.publish({"kept"})
    assert sorted(tree(tmp_path / "site")) == ["a/x", "b", "kept"]
    assert not (tmp_path / "site/gone").exists()
    assert not output.staged.exists()


@pytest.mark.parametrize("options", [(), ("--no-cache",)])
def test_what_is_hidden_in_the_site_is_not_the_sites_and_stays(
    options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "kb"
    place("minimal", root)
    for name in (".git/HEAD", ".git/refs/tags/v1", ".nojekyll", "stale/.keep"):
        (root / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / name).write_text("mine", encoding="utf-8")
    (root / "site/.git/refs/tags/v1").unlink()
    for number in range(2):
        (root / "notes" / f"new-{number}.md").write_text(f"# New {number}\n", encoding="utf-8")
        assert built(root, capsys, *options)[0] == 0
        assert (root / f"site/notes/new-{number}/index.html").is_file()
        assert (root / "site/.git/HEAD").read_text(encoding="utf-8") == "mine"
        assert (root / "site/.git/refs/tags").is_dir()
        assert (root / "site/.nojekyll").is_file()
        assert not (root / "site/stale").exists()


@pytest.mark.parametrize("why", ["mounted", "link", "parent"])
def test_a_folder_that_cannot_change_places_is_filled(
    why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place("minimal", tmp_path / "kb")
    site = tmp_path / "kb/site"
    folder = tmp_path / "elsewhere" if why == "link" else site
    folder.mkdir()
    (folder / "old.html").write_text("old", encoding="utf-8")
    if why == "link":
        site.symlink_to(folder)
    elif why == "mounted":
        monkeypatch.setattr("os.path.ismount", lambda path: os.fspath(path) == str(site))
    else:
        access = os.access
        monkeypatch.setattr("os.access", lambda path, mode: os.fspath(path) != str(site.parent) and access(path, mode))
    inode = folder.stat().st_ino
    for _ in range(2):
        assert built(tmp_path / "kb", capsys, "--no-cache")[0] == 0
        assert folder.stat().st_ino == inode
        assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []
        assert (folder / "index.html").is_file()
        assert not (folder / "old.html").exists()
    assert site.is_symlink() == (why == "link")


def built(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    """Build, and give the exit code and what was said."""
    with pytest.raises(SystemExit) as end:
        main(["build", "-f", str(root / "mkdocs.yml"), *options])
    return (end.value.code if isinstance(end.value.code, int) else -1), capsys.readouterr().err


@pytest.fixture
def standing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Build a site long enough ago that a change could not be missed by the file system's clock."""
    place("full", tmp_path / "kb")
    time.sleep(0.06)
    assert built(tmp_path / "kb", capsys)[0] == 0
    return tmp_path / "kb"


def test_a_site_that_stands_is_not_built_again(standing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = built(standing, capsys, "--no-cache"), built(standing, capsys)
    assert "nothing has changed: " in second[1]
    assert second[1].splitlines()[:-1] == first[1].splitlines()[:-1], "the same warnings"
    errors = [row for row in first[1].splitlines() if row.startswith("error: ")]
    assert built(standing, capsys, "-q") == (0, "".join(f"{row}\n" for row in errors))


@pytest.mark.parametrize("change", ["note", "page", "asset", "config", "new", "gone", "strict", "no-cache"])
def test_whatever_changes_makes_a_build(change: str, standing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options: list[str] = []
    match change:
        case "note" | "config":
            path = standing / "mkdocs.yml" if change == "config" else next((standing / "notes").glob("*.md"))
            path.write_bytes(path.read_bytes() + b"\n")
        case "page":
            (standing / "site/notes/index.html").write_bytes(b"spoiled")
        case "asset":
            (standing / "site/assets/inquiry.css").unlink()
        case "new":
            (standing / "docs/new.md").write_text("# New\n", encoding="utf-8")
        case "gone":
            shutil.rmtree(standing / "site")
        case _:
            options = [f"--{change}"]
    _, said = built(standing, capsys, *options)
    assert "nothing has changed" not in said
    assert (standing / "site/assets/inquiry.css").is_file()
