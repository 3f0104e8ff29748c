"""What is kept on disk of files that were read: taken where it still holds, and harmless where it does not."""

from __future__ import annotations

import json
import os
import pickle
import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from inquiry.config import load_project
from inquiry.corpus import shelf
from inquiry.corpus.body import Body
from inquiry.corpus.load import Loading, Memory, loading
from inquiry.corpus.model import Kind
from inquiry.corpus.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.config import Project
    from inquiry.corpus.model import Corpus

OLD = 1_600_000_000
"""A time long past, in seconds."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [inquiry]\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "notes").mkdir()
    for number in range(40):
        head = f"tags: [a]\nsource: {{title: A paper, doi: 10.1/{number}}}"
        text = f"---\n{head}\n---\n# Note {number}\n\nSee [[n{number + 1}#^x]]. ^x\n"
        write(tmp_path / f"notes/n{number}.md", text)
    return load_project(tmp_path / "mkdocs.yml")


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (OLD, OLD))


class Reading:
    """One build's reading."""

    def __init__(self, project: Project, key: str = "k") -> None:
        self.read: list[str] = []
        self.loading = Loading(project, shelf=Shelf(project.cache_dir, key))
        self.corpus: Corpus = self.loading.corpus()
        self.taken = {one.path for one in self.loading._known}  # noqa: SLF001 - what it took is what this is about
        self.loading.keep()


def blocks(project: Project) -> list[Path]:
    return sorted((project.cache_dir / "parsed").glob("*.bin"))


def test_what_has_not_changed_is_not_read_again_and_is_the_same(project: Project) -> None:
    first, second = Reading(project), Reading(project)
    assert first.taken == set()
    assert len(second.taken) == 40
    assert second.corpus == first.corpus == Loading(project).corpus()


def test_a_preview_begins_with_what_builds_have_read_and_goes_on_with_what_it_remembers(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = loading(project)
    corpus = built.corpus()
    built.keep()
    monkeypatch.setattr("inquiry.corpus.load.read_markdown", lambda *_, **__: pytest.fail("read again"))
    memory: Memory = {}
    assert loading(project, memory).corpus() == corpus
    assert len(memory) == 40
    monkeypatch.setattr("inquiry.corpus.load.Shelf", lambda *_: pytest.fail("looked up again"))
    assert loading(project, memory).corpus() == corpus


def test_an_edit_a_new_file_and_a_deleted_one_are_seen(project: Project) -> None:
    Reading(project)
    write(project.root / "notes/n3.md", "# Another\n\nText.\n")
    write(project.root / "notes/new.md", "# New\n")
    (project.root / "notes/n4.md").unlink()
    after = Reading(project)
    assert len(after.taken) == 38
    assert after.corpus == Loading(project).corpus()
    assert len(Reading(project).taken) == 40
    assert len(blocks(project)) == 2, "only what is new was written"


def test_a_file_that_is_only_touched_is_known_by_what_it_says(project: Project) -> None:
    Reading(project)
    for path in (project.root / "notes").iterdir():
        os.utime(path, (OLD + 5, OLD + 5))
    assert len(Reading(project).taken) == 40


def test_a_change_in_the_same_moment_is_seen(project: Project) -> None:
    path = project.root / "notes/n0.md"
    path.write_text("# One\n", encoding="utf-8")
    Reading(project)
    before = path.stat()
    path.write_text("# Two\n", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Reading(project).corpus.notes[0].title == "Two"


def test_a_file_that_cannot_be_read_as_it_should_be_says_so_each_time(project: Project) -> None:
    (project.root / "notes/n0.md").write_bytes(b"# Caf\xe9\n")
    first, second = Reading(project), Reading(project)
    assert [one.rule.name for one in first.corpus.diagnostics] == ["undecodable-file"]
    assert second.corpus.diagnostics == first.corpus.diagnostics


def test_other_code_or_other_settings_take_nothing(project: Project) -> None:
    Reading(project)
    assert Reading(project, "another key").taken == set()


def test_all_is_written_anew_once_much_is_out_of_date(project: Project) -> None:
    Reading(project)
    for number in range(15):
        write(project.root / f"notes/n{number}.md", f"# Again {number}\n")
    Reading(project)
    assert len(blocks(project)) == 1
    assert len(Reading(project).taken) == 40


@pytest.mark.parametrize("harm", ["cut", "flip", "gone", "index", "empty index"])
def test_a_spoiled_shelf_makes_a_build_slow_and_never_wrong(project: Project, harm: str) -> None:
    Reading(project)
    block, index = blocks(project)[0], project.cache_dir / "parsed/index.json"
    if harm == "cut":
        block.write_bytes(block.read_bytes()[:-100])
    elif harm == "flip":
        content = bytearray(block.read_bytes())
        content[len(content) // 3] ^= 0xFF
        block.write_bytes(bytes(content))
    elif harm == "gone":
        block.unlink()
    else:
        index.write_text("[1, 2" if harm == "index" else "", encoding="utf-8")
    assert Reading(project).corpus == Loading(project).corpus()
    assert len(Reading(project).taken) == 40


class Harm:
    """Does something when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch harmed",)


class Reach:
    """Takes hold of an attribute of what may be unpickled when it is unpickled itself."""

    def __reduce__(self) -> tuple[object, tuple[object, str]]:
        return getattr, (Body, "__init__")


class Member:
    """A member of an enumeration, as early releases of Python 3.11 pack one."""

    def __reduce__(self) -> tuple[object, tuple[object, str]]:
        return getattr, (Kind, "NOTE")


def test_an_enumeration_is_read_as_any_python_packs_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    kind: Any = Member()
    dumps = pickle.dumps
    monkeypatch.setattr("pickle.dumps", lambda some, how: dumps([replace(one, kind=kind) for one in some], how))
    first, second = Reading(project), Reading(project)
    assert len(second.taken) == 40
    assert second.corpus == first.corpus


@pytest.mark.parametrize("harm", [Harm(), Reach()])
def test_nothing_but_records_is_made_of_a_block(harm: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        shelf._Unpickler(BytesIO(pickle.dumps([harm]))).load()  # noqa: SLF001 - what is refused cannot be told from outside


def test_a_block_from_somebody_else_runs_no_code(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    Reading(project)
    monkeypatch.chdir(project.root)
    path = project.cache_dir / "parsed/index.json"
    index = json.loads(path.read_bytes())
    made = pickle.dumps([Harm()] * 32)
    for block in index["blocks"]:
        (project.cache_dir / "parsed" / block[0]).write_bytes(made)
        block[1:4] = [0, len(made), zlib.crc32(made)]
    path.write_text(json.dumps(index), encoding="utf-8")
    assert Reading(project).taken == set()
    assert not (project.root / "harmed").exists()


def test_a_name_in_the_index_leads_out_of_no_folder(project: Project) -> None:
    Reading(project)
    path = project.cache_dir / "parsed/index.json"
    path.write_text(path.read_text(encoding="utf-8").replace(blocks(project)[0].name, "../../notes/n0.md"))
    assert Reading(project).taken == set()


def test_a_cache_that_cannot_be_written_stops_nothing(project: Project) -> None:
    project.cache_dir.parent.mkdir(exist_ok=True)
    project.cache_dir.write_text("a file where the folder should be", encoding="utf-8")
    assert len(Reading(project).corpus.notes) == 40


def test_a_corpus_that_is_too_large_is_not_kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_FILES", 30)
    Reading(project)
    assert not (project.cache_dir / "parsed").exists()
