"""What authors are told: unlinked mentions, unwritten lines, and how a new line begins."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest

from inquiry.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str]]

FILES = {
    "mkdocs.yml": "site_name: Sleep\nplugins: [inquiry]\n",
    "notes/debt.md": "---\ntitle: Sleep debt\n---\nA sleep debt grows night by night, and short naps repay little.\n",
    "notes/naps.md": (
        "---\ntitle: Short naps\nrelations: {contradicts: [debt]}\n---\nShort naps repay a sleep debt in a night.\n"
    ),
    "notes/coffee.md": (
        "---\ntitle: Coffee\nsummary: Coffee hides it.\nrelations: {qualifies: naps}\n---\n"
        "Coffee hides a sleep debt for a night, as short naps do.\n"
    ),
    "notes/secret.md": "---\ntitle: Night shifts\ndraft: true\n---\nA sleep debt of night shifts, and short naps.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def typed(*args: str) -> tuple[int, str]:
        assert folder.is_dir()
        with pytest.raises(SystemExit) as end:
            main(args)
        printed = capsys.readouterr()
        return int(str(end.value.code)), printed.out + printed.err

    return typed


def test_mentions_stand_beside_the_notes_to_cite_with_their_places(run: Run) -> None:
    found = json.loads(run("suggest", "cite", "debt", "--format", "json")[1])["documents"]["notes/debt.md"]
    assert list(found) == ["cite", "mentions"]
    place = {"line": 4, "column": 40, "end_line": 4, "end_column": 50}
    assert found["mentions"] == [{"path": "notes/naps.md", "id": "naps", "text": "short naps", **place}]


def test_mentions_are_said_in_words(run: Run) -> None:
    assert "  named at 4:40, not linked: “short naps” [naps]\n" in run("suggest", "cite", "debt")[1]


def test_free_text_has_mentions_too(run: Run) -> None:
    _, out = run("suggest", "cite", "Who pays a sleep debt back?")
    assert "  named at 1:12, not linked: “sleep debt” [debt]\n" in out


def test_no_other_list_has_mentions(run: Run) -> None:
    found = json.loads(run("suggest", "related", "debt", "--format", "json")[1])
    assert list(found["documents"]["notes/debt.md"]) == ["related"]


def test_an_unwritten_line_says_which_notes_why_and_how_to_begin(run: Run) -> None:
    (found,) = json.loads(run("suggest", "lines", "--format", "json")[1])["lines"]
    assert list(found) == ["title", "score", "notes", "words", "reasons", "command"]
    assert {one["id"] for one in found["notes"]} == {"debt", "naps", "coffee"}
    assert found["reasons"][:2] == [
        "3 notes that belong together, and no line yet",
        "“Short naps” contradicts “Sleep debt”",
    ]
    assert "sleep debt" in [word.casefold() for word in found["words"]]


def test_the_command_of_an_unwritten_line_begins_it_and_then_it_is_written(run: Run, folder: Path) -> None:
    (found,) = json.loads(run("suggest", "lines", "--format", "json")[1])["lines"]
    code, out = run(*shlex.split(found["command"])[1:])
    assert code == 0, out
    (line,) = (folder / "lines").iterdir()
    assert all(f"- [[{one['id']}]] — " in line.read_text(encoding="utf-8") for one in found["notes"])
    assert run("suggest", "lines")[1].startswith("nothing to suggest: ")


def test_a_new_line_puts_what_disagrees_side_by_side(run: Run, folder: Path) -> None:
    assert run("new", "line", "Why?", "--note", "coffee", "--note", "debt", "--note", "naps") == (0, "lines/why.md\n")
    body = (folder / "lines/why.md").read_text(encoding="utf-8").split("---\n")[2]
    assert body == (
        "\n- [[coffee]] — Coffee hides it. (qualifies [[naps]])\n"
        "- [[naps]] — Short naps (contradicts [[debt]])\n"
        "- [[debt]] — Sleep debt\n"
    )


def test_a_new_line_brings_in_what_contradicts_its_notes(run: Run, folder: Path) -> None:
    (folder / "notes/naps.md").write_text(
        "---\ntitle: Siesta\nrelations: {contradicts: [debt]}\n---\nQuite other words.\n", encoding="utf-8"
    )
    assert run("new", "line", "How does a sleep debt grow?")[0] == 0
    text = (folder / "lines/how-does-a-sleep-debt-grow.md").read_text(encoding="utf-8")
    assert "- [[debt]] — Sleep debt\n- [[naps]] — Siesta (contradicts [[debt]])\n" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("new", "line", "Why?", "--note", "nasp"), "there is no note `nasp`; did you mean `naps`?"),
        (("new", "line", "Why?", "--note", "secret"), "`secret` is not public"),
        (("new", "note", "Why?", "--note", "naps"), "`--note` is for a line"),
        (("suggest", "lines", "naps"), "`lines` takes no name"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(run: Run, typed: tuple[str, ...], said: str) -> None:
    code, out = run(*typed)
    assert code == 2
    assert said in out
    assert out.count("\n") == 1
