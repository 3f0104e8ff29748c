"""What a build will not do, said on one line: overwrite its own sources, run a template that cannot run."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from inquiry.cli import main
from small_sites import place

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """Make the smallest knowledge base there is."""
    place("minimal", tmp_path / "kb")
    (tmp_path / "kb/templates").mkdir()
    return tmp_path / "kb"


def refusal(kb: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """Build, be refused, and give the reason."""
    with pytest.raises(SystemExit) as end:
        main(["build", "-q", "-f", str(kb / "mkdocs.yml"), *options])
    assert end.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("inquiry: error: ")
    return last.removeprefix("inquiry: error: ")


@pytest.mark.parametrize("folder", ["notes", "lines", "templates", "notes/site", "."])
def test_a_site_is_never_written_over_what_it_is_made_of(
    kb: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    (kb / "docs").rmdir()
    (kb.parent / "docs").mkdir()
    with (kb / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("docs_dir: ../docs\n")
    before = sorted(kb.rglob("*"))
    assert "that would delete" in refusal(kb, capsys, "-d", str(kb / folder))
    assert sorted(kb.rglob("*")) == before


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        (b"{{ view.nope }}", "no attribute 'nope'"),
        (b"\n{% if %}", "note.html:2: "),
        (b"\n\n{{ 1 / 0 }}", "note.html:3: division by zero"),
        (b"{% include 'note.html' %}", "maximum recursion depth"),
        (b"{{ view.title.nope() }}", "no attribute 'nope'"),
        (b"\xff", "note.html:1: the template is not UTF-8"),
        (b"{% extends 'gone.html' %}", "gone.html"),
    ],
)
def test_a_template_that_cannot_run_says_where(
    kb: Path, capsys: pytest.CaptureFixture[str], template: bytes, reason: str
) -> None:
    (kb / "templates/note.html").write_bytes(template)
    said = refusal(kb, capsys)
    assert reason in said
    assert "note.html" in said


def test_mkdocs_itself_says_where_a_template_fails(kb: Path) -> None:
    (kb / "templates/note.html").write_bytes(b"\n{{ view.nope }}")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"], cwd=kb, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert "templates/note.html:2: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_site_s_address_that_is_none_is_refused(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (kb / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("site_url: 'http://[::bad/'\n")
    assert refusal(kb, capsys).startswith("mkdocs.yml: ")


def test_a_site_without_the_plugin_is_refused(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kb / "mkdocs.yml").write_text("site_name: Minimal\n", encoding="utf-8")
    assert "`plugins` does not list `inquiry`" in refusal(kb, capsys)


def test_a_markdown_extension_that_fails_is_named_on_one_line(kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kb / "docs").mkdir(exist_ok=True)
    (kb / "docs/page.md").write_text('--8<-- "gone.md"\n', encoding="utf-8")
    with (kb / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("markdown_extensions:\n  - pymdownx.snippets: {check_paths: true}\n")
    reason = refusal(kb, capsys)
    assert reason.startswith("a Markdown extension of `mkdocs.yml` fails with SnippetMissingError: ")
    assert "gone.md" in reason
