"""`inquiry check --external` as it is typed."""

from __future__ import annotations

import json
import os
import signal
import threading
from typing import TYPE_CHECKING, Any

import pytest

from inquiry.check.external.memory import FILE, read_records
from inquiry.check.external.patience import Patience
from inquiry.cli import main
from loopback import Loopback, loopback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OFF = "{orphan-note: off, missing-summary: off}"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as story:
        yield story


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a knowledge base of one note, which the test writes."""
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Tea\nplugins:\n  - inquiry:\n      levels: {OFF}\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "notes/a.md"


def run(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[dict[str, Any]]]:
    with pytest.raises(SystemExit) as ended:
        main(["check", "--format", "json", *options])
    assert isinstance(ended.value.code, int)
    return ended.value.code, json.loads(capsys.readouterr().out)["diagnostics"]


def test_nobody_is_asked_unless_it_is_asked_for(
    note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    note.write_text(f"# A\n\n<{server.url('/status/404')}>\n")
    assert run(capsys) == (0, [])
    assert run(capsys, "--external", "--offline") == (0, [])
    assert not server.asked


def test_dead_addresses_are_found_with_their_place(
    note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    url = server.url("/status/404")
    note.write_text(f"# A\n\nSee [this]({url}) and [that]({server.url('/page#sec')}).\n")
    code, (found,) = run(capsys, "--external", "--allow-private")
    assert (code, found["name"], found["path"], found["line"]) == (1, "broken-address", "notes/a.md", 3)
    assert (found["column"], found["end_column"]) == (12, 12 + len(url))


def test_private_networks_are_not_reached_without_leave(
    note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    note.write_text(f"# A\n\n<{server.url('/page')}>\n")
    code, (found,) = run(capsys, "--external")
    assert (code, found["name"]) == (1, "private-address")
    assert not server.asked


def test_a_second_run_asks_only_what_was_not_well(
    note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    note.write_text(f"# A\n\n<{server.url('/page')}> <{server.url('/status/404')}>\n")
    first = run(capsys, "--external", "--allow-private")
    assert run(capsys, "--external", "--allow-private") == first
    assert (server.asked["GET /page"], server.asked["GET /status/404"]) == (1, 2)


def test_a_comment_and_a_level_silence_findings(
    note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    url = server.url("/status/404")
    note.write_text(f"# A\n\n<!-- inquiry: allow broken-address -->\n<{url}>\n")
    assert run(capsys, "--external", "--allow-private") == (0, [])


def test_an_unknown_answer_is_shown_and_fails_nothing(
    note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    note.write_text(f"# A\n\n<{server.url('/status/403')}>\n")
    code, (found,) = run(capsys, "--external", "--allow-private")
    assert (code, found["name"], found["severity"]) == (0, "unknown-answer", "warning")


def test_permanent_redirects_can_be_mended(note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    note.write_bytes(f"# A\r\n\r\nSee [this]({server.url('/to/301?/page')}).\r\n".encode())
    assert run(capsys, "--external", "--allow-private", "--fix") == (0, [])
    assert note.read_bytes() == f"# A\r\n\r\nSee [this]({server.url('/page')}).\r\n".encode()


def test_all_rounds_of_mending_ask_once_and_are_one_run(
    note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    note.write_text(f"# A\n\n<{server.url('/to/301?/page')}> <{server.url('/status/404')}> <{server.url('/page')}>\n")
    code, (found,) = run(capsys, "--external", "--allow-private", "--fix")
    assert (code, found["name"]) == (1, "broken-address")
    assert (server.asked["GET /status/404"], server.asked["GET /to/301"]) == (1, 1)
    records = read_records((note.parent.parent / ".cache/inquiry" / FILE).read_bytes())
    assert records[server.url("/status/404")].history.runs == 1


def test_the_navigation_is_asked_for_as_well(note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    note.write_text("# A\n\nText.\n")
    config = note.parent.parent / "mkdocs.yml"
    config.write_text(config.read_text() + f"nav:\n  - Press: {server.url('/status/410')}\n")
    code, found = run(capsys, "--external", "--allow-private")
    assert (code, [(one["name"], one["line"]) for one in found]) == (1, [("broken-address", 6)])


def test_ordinary_pages_are_asked_for_and_may_allow_what_is_found(
    note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    note.write_text("# A\n\nText.\n")
    gone = server.url("/status/404")
    page = f"# Home\n\n[a]({gone})\n\n<!-- inquiry: allow broken-address -->\n[b]({gone})\n"
    (note.parent.parent / "docs/index.md").write_text(page)
    code, found = run(capsys, "--external", "--allow-private")
    assert (code, [(one["name"], one["path"], one["line"]) for one in found]) == (
        1,
        [("broken-address", "docs/index.md", 3)],
    )


def test_a_run_that_had_no_time_for_all_addresses_fails(
    note: Path, server: Loopback, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inquiry.check.external.errand.Patience", lambda: Patience(run=0.3))
    note.write_text(f"# A\n\n<{server.url('/page')}> <{server.url('/silent')}>\n")
    with pytest.raises(SystemExit) as ended:
        main(["check", "--external", "--allow-private"])
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert "out of time: 1 of 2 addresses were not asked" in said.err
    assert "the time of the run was over" in said.out


def test_ctrl_c_still_reports(note: Path, server: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    note.write_text(f"# A\n\n[[nothing]] <{server.url('/status/404')}> <{server.url('/silent')}>\n")
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(SystemExit) as ended:
        main(["check", "--external", "--allow-private"])
    said = capsys.readouterr()
    assert ended.value.code == 130
    assert "interrupted: 1 of 2 addresses were not asked" in said.err
    assert "dangling-link" in said.out
    assert "broken-address" in said.out
