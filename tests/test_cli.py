"""Transcripts of the command line: what is typed, what is printed where, and how it ends."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
import yaml

from inquiry import __version__
from inquiry.cli import COMMANDS
from terminal import Outcome, Typist, refused, typed

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "mkdocs.yml": "site_name: Tea notebook\nplugins:\n  - inquiry\n",
    "sources.bib": "@article{lindh2021, title = {Leaves}, doi = {10.1000/182}}\n",
    "docs/index.md": "# Tea notebook\n",
    "notes/green-tea.md": (
        "---\ntitle: Green tea\nsource: lindh2021\ntags: [tea]\n---\nGreen leaves stay green when steamed.\n"
    ),
    "notes/black-tea.md": ("---\ntitle: Black tea\ntags: [tea]\n---\nBlack leaves turn black. See [[green-tea]].\n"),
    "lines/why-tea.md": (
        "---\ntitle: Why tea?\nsummary: This explores tea.\n---\nLeaves: [[green-tea]], [[black-tea]].\n"
    ),
}


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small knowledge base without faults and stand in it."""
    for path, text in FILES.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run() -> Typist:
    """Type a command."""
    return typed


def imported_by(*args: str, cwd: Path) -> set[str]:
    """Run a command in a fresh Python and name the modules it loads."""
    code = (
        "import sys\n"
        "from inquiry.cli import main\n"
        f"try: main({list(args)!r})\n"
        "except SystemExit: print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True, env=environment
    )
    return set(done.stderr.split("\n"))


def test_the_version_is_one_line(run: Typist) -> None:
    assert run("--version") == Outcome(0, f"inquiry {__version__}\n", "")


def test_the_package_itself_is_the_program() -> None:
    done = subprocess.run([sys.executable, "-m", "inquiry", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"inquiry {__version__}\n"


def test_help_lists_every_command(run: Typist) -> None:
    listed = run("--help").out
    assert all(f"\n  {name} " in listed for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run: Typist, name: str) -> None:
    outcome = run(name, "--help")
    assert outcome.code == 0
    assert outcome.out.startswith(f"Usage: inquiry {name} ")


def test_no_command_at_all_shows_the_help_and_fails(run: Typist) -> None:
    outcome = run()
    assert (outcome.code, outcome.out) == (2, "")
    assert "Usage: inquiry" in outcome.err


def test_a_misspelt_command_names_the_near_one(run: Typist) -> None:
    assert refused(run("chekc")) == "no such command: `chekc`; did you mean `check`?"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (["--bogus"], "--bogus"),
        (["check", "--formt", "json"], "--formt"),
        (["check", "--format", "xml"], "'xml'"),
        (["check", "no/such/file.md"], "no/such/file.md"),
        (["check", ".."], "outside the knowledge base"),
        (["check", "-f", "nowhere/mkdocs.yml"], "nowhere/mkdocs.yml"),
        (["check", "-o", "no/such/folder/report.json"], "no/such/folder/report.json"),
        (["serve", "-a", "8000"], "`8000` is not HOST:PORT"),
        (["serve", "-a", "localhost:99999"], "HOST:PORT"),
        (["serve", "-a", "no such host:8000"], "cannot listen"),
        (["new", "page", "Title"], "'page'"),
        (["new", "note"], "missing argument"),
        (["new", "note", "???"], "no letters"),
        (["new", "line", "Why?", "--source", "lindh2021"], "a line rests on notes"),
        (["new", "note", "Mate", "--source", "lindh2012"], "did you mean `lindh2021`?"),
        (["graph", "--format", "png"], "'png'"),
        (["suggest", "next"], "`next` needs a name"),
        (["suggest", "all", "why-tea"], "`all` takes no name"),
        (["suggest", "next", "why-tae"], "there is no line `why-tae`; did you mean `why-tea`?"),
        (["suggest", "related", "why-tea"], "there is no note `why-tea`"),
        (["suggest", "all", "-n", "0"], "'-n'"),
        (["stats", "extra"], "extra"),
        (["schema"], "missing argument"),
        (["schema", "page"], "'page' is not one of 'note', 'line'"),
        (["schema", "note", "-o", "no/such/folder/note.json"], "no/such/folder/note.json"),
    ],
)
@pytest.mark.usefixtures("garden")
def test_wrong_arguments_get_one_line_and_exit_code_2(run: Typist, typed: list[str], reason: str) -> None:
    assert reason in refused(run(*typed))


def test_a_bad_setting_names_the_key_and_what_is_allowed(run: Typist, garden: Path) -> None:
    text = "site_name: X\nplugins:\n  - inquiry: {html: raw}\n"
    (garden / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert "`html: raw` is not allowed" in refused(run("check"))
    assert "`html: raw` is not allowed" in refused(run("build"))


@pytest.mark.usefixtures("garden")
def test_a_refusal_names_a_file_as_it_is_spelled(run: Typist) -> None:
    assert refused(run("check", "-o", "No/such.json")).startswith("No/such.json: ")


def test_a_folder_without_a_site_is_refused(run: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "mkdocs.yml" in refused(run("check"))


@pytest.mark.usefixtures("garden")
def test_a_sound_knowledge_base_passes(run: Typist) -> None:
    assert run("check") == Outcome(0, "4 files, 3 links: nothing wrong\n", "")


def test_a_broken_link_fails_the_check_with_its_place(run: Typist, garden: Path) -> None:
    (garden / "notes/green-tea.md").write_text("---\ntitle: Green tea\n---\n[[blck-tea]]\n", encoding="utf-8")
    outcome = run("check")
    assert outcome.code == 1
    assert outcome.out.startswith("notes/green-tea.md:4:1: error: `[[blck-tea]]` does not name a note or a line")
    assert "did you mean `black-tea`?" in outcome.out
    assert "\x1b" not in outcome.out


def test_a_level_can_silence_a_rule(run: Typist, garden: Path) -> None:
    (garden / "notes/mate.md").write_text("---\ntitle: Mate\n---\nText.\n", encoding="utf-8")
    assert run("check").code == 1
    text = "site_name: X\nplugins:\n  - inquiry: {levels: {orphan-note: info}}\n"
    (garden / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert run("check").code == 0


def test_a_path_restricts_what_is_reported_and_not_what_is_known(run: Typist, garden: Path) -> None:
    (garden / "notes/mate.md").write_text("---\ntitle: Mate\n---\n[[nothing]] [[green-tea]]\n", encoding="utf-8")
    assert run("check", "lines", "notes/green-tea.md") == Outcome(0, "2 files, 2 links: nothing wrong\n", "")
    found = json.loads(run("check", "notes/mate.md", "--format", "json").out)["diagnostics"]
    assert [one["name"] for one in found] == ["orphan-note", "dangling-link"]


@pytest.mark.usefixtures("garden")
def test_a_check_of_no_file_says_so(run: Typist) -> None:
    assert run("check", "mkdocs.yml") == Outcome(0, "0 files, 0 links: nothing to check\n", "")
    assert run("check", "--include", "no*where") == Outcome(0, "0 files, 0 links: nothing to check\n", "")


def test_check_works_from_a_folder_below(run: Typist, garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(garden / "notes")
    assert run("check", "green-tea.md").out == "1 file, 0 links: nothing wrong\n"


def test_a_report_in_a_file_leaves_the_text_on_the_terminal(run: Typist, garden: Path) -> None:
    outcome = run("check", "--format", "json", "-o", "report.json")
    assert outcome == Outcome(0, "4 files, 3 links: nothing wrong\n", "")
    report = json.loads((garden / "report.json").read_text(encoding="utf-8"))
    assert report["summary"] == {"files": 4, "links": 3, "errors": 0, "warnings": 0}


def test_a_new_note_has_its_head_filled_in(run: Typist, garden: Path) -> None:
    assert run("new", "note", "Oolong: half way", "--source", "10.1000/182").out == "notes/oolong-half-way.md\n"
    text = (garden / "notes/oolong-half-way.md").read_text(encoding="utf-8")
    head = yaml.safe_load(text.split("---\n")[1])
    today = datetime.now().astimezone().date()
    assert list(head) == ["title", "summary", "source", "tags", "created"]
    assert list(head.values()) == ["Oolong: half way", None, "lindh2021", [], today]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("@lindh2021", "lindh2021"),
        ("https://doi.org/10.1000/999", {"doi": "10.1000/999"}),
        ("arXiv:2305.11383v2", {"arxiv": "2305.11383"}),
        ("https://example.org/tea", {"url": "https://example.org/tea"}),
    ],
)
def test_a_source_is_written_as_a_key_where_there_is_one(
    run: Typist, garden: Path, source: str, written: object
) -> None:
    assert run("new", "note", "Oolong", "--source", source).code == 0
    text = (garden / "notes/oolong.md").read_text(encoding="utf-8")
    assert yaml.safe_load(text.split("---\n")[1])["source"] == written


def test_a_new_line_begins_with_the_notes_it_could_cite(run: Typist, garden: Path) -> None:
    assert run("new", "line", "What makes green leaves stay green?").code == 0
    text = (garden / "lines/what-makes-green-leaves-stay-green.md").read_text(encoding="utf-8")
    assert "\n- [[green-tea]] — Green tea\n" in text


def test_nothing_is_ever_overwritten(run: Typist, garden: Path) -> None:
    before = (garden / "notes/green-tea.md").read_bytes()
    assert "green-tea" in refused(run("new", "note", "Green tea"))
    assert (garden / "notes/green-tea.md").read_bytes() == before


@pytest.mark.usefixtures("garden")
def test_a_new_note_and_line_check_clean_but_for_what_only_their_author_knows(run: Typist) -> None:
    run("new", "note", "Oolong")
    run("new", "line", "What do green leaves and black leaves share?")
    found = json.loads(run("check", "--format", "json").out)["diagnostics"]
    assert {one["name"] for one in found} <= {"orphan-note", "missing-summary", "single-source-line"}


@pytest.mark.usefixtures("garden")
def test_the_graph_is_exported_in_every_format(run: Typist) -> None:
    exported = json.loads(run("graph").out)
    assert {"nodes", "edges"} <= exported.keys()
    for form, mark in (("graphml", "<graphml"), ("gexf", "<gexf"), ("dot", "digraph"), ("csv", ",")):
        outcome = run("graph", "--format", form)
        assert outcome.code == 0
        assert mark in outcome.out


def test_the_graph_can_go_to_a_file(run: Typist, garden: Path) -> None:
    assert run("graph", "-o", "graph.json") == Outcome(0, "", "")
    assert json.loads((garden / "graph.json").read_text(encoding="utf-8"))["nodes"]


@pytest.mark.usefixtures("garden")
def test_the_figures_of_the_links_add_up(run: Typist) -> None:
    figures = json.loads(run("stats", "--format", "json").out)
    assert (figures["notes"], figures["lines"], figures["sources"], figures["topics"]) == (2, 1, 1, 1)
    parts = ("resolved", "external", "dangling", "faulty")
    assert figures["links"] == sum(figures[part] for part in parts) == 3
    assert "2  notes\n" in run("stats").out


@pytest.mark.usefixtures("garden")
def test_all_suggestions_have_exactly_the_promised_shape(run: Typist) -> None:
    answer = json.loads(run("suggest", "all", "--format", "json").out)
    assert answer["version"] == 1
    assert list(answer["documents"]) == ["lines/why-tea.md", "notes/black-tea.md", "notes/green-tea.md"]
    for lists in answer["documents"].values():
        assert list(lists) == ["next", "related", "cite"]
        for aim, suggestions in lists.items():
            role = ["role"] if aim == "next" else []
            for one in suggestions:
                assert list(one) == ["path", "id", "score", *role, "reasons"]
                assert one["reasons"]


@pytest.mark.usefixtures("garden")
def test_related_notes_come_with_their_reasons(run: Typist) -> None:
    outcome = run("suggest", "related", "green-tea", "-n", "1")
    assert outcome.code == 0
    assert outcome.out.startswith("notes/green-tea.md\n  related 1. Black tea [black-tea]\n      ")


@pytest.mark.usefixtures("garden")
def test_free_text_finds_notes_to_cite(run: Typist) -> None:
    outcome = run("suggest", "cite", "why do black leaves turn black")
    assert outcome.out.startswith("why do black leaves turn black\n  cite 1. Black tea [black-tea]\n")


@pytest.mark.parametrize("kind", ["note", "line"])
def test_a_schema_needs_no_knowledge_base(
    run: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = run("schema", kind)
    assert json.loads(printed.out)["title"] == f"Front matter of a {kind}"
    assert (printed.code, printed.err) == (0, "")
    assert run("schema", kind, "-o", "schema.json") == Outcome(0, "", "")
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == printed.out


def test_a_build_says_what_it_made(run: Typist, garden: Path) -> None:
    outcome = run("build", "-d", "out")
    assert outcome.code == 0, outcome.err
    assert outcome.out == ""
    assert outcome.err.splitlines()[-1].startswith("built ")
    assert (garden / "out/lines/why-tea/index.html").is_file()


@pytest.mark.usefixtures("garden")
def test_a_quiet_build_says_nothing(run: Typist) -> None:
    assert run("build", "-q") == Outcome(0, "", "")


def test_only_a_strict_build_fails_on_findings(run: Typist, garden: Path) -> None:
    (garden / "notes/mate.md").write_text("---\ntitle: Mate\n---\n[[nothing]]\n", encoding="utf-8")
    lenient = run("build")
    assert lenient.code == 0
    assert "error: notes/mate.md:4:1: " in lenient.err
    assert run("build", "-q").err == run("build", "-q", "--no-cache").err
    assert "error: notes/mate.md:4:1: " in run("build", "-q").err
    assert "warning" not in run("build", "-q").err
    assert run("build", "--strict").code == 1


def test_a_taken_port_is_refused_before_the_site_is_built(run: Typist, garden: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"cannot listen at `127.0.0.1:{port}`" in refused(run("serve", "-a", f"127.0.0.1:{port}"))
    assert not (garden / "site").exists()


@pytest.mark.parametrize(
    "typed", [["--version"], ["init", "mate"], ["schema", "note"], ["check"], ["stats"], ["new", "note", "Mate"]]
)
def test_light_commands_import_nothing_heavy(garden: Path, typed: list[str]) -> None:
    heavy = {"mkdocs", "material", "networkx", "scipy", "numpy", "rich", "rapidfuzz"}
    assert not imported_by(*typed, cwd=garden) & heavy


def test_ctrl_c_ends_with_130(run: Typist, monkeypatch: pytest.MonkeyPatch, garden: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("inquiry.graph.build.linked", interrupt)
    assert garden.is_dir()
    assert run("check").code == 130


def test_a_reader_that_stops_listening_is_no_fault(garden: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    code = "from inquiry.cli import main; main(['graph'])"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=garden,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.usefixtures("garden")
def test_a_language_server_without_its_package_says_what_to_install(
    run: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert "pip install 'inquiry[lsp]'" in refused(run("lsp"))
