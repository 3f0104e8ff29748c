"""`urls.lock` and `inquiry.lock`: what is written is what is judged, and only a change of words makes a note new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.check.review_lock import Reviewed, parse_review_lock, render_review_lock, said_by
from inquiry.check.rules import check
from inquiry.check.url_lock import locked_paths, published_now, render_urls_lock
from inquiry.cli import main
from inquiry.commands.reading import read_knowledge_base
from inquiry.site.compose import compose_site

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.graph.build import Reading

NOTE = "---\ntitle: Tea\nsummary: From one plant.\ntags: [hot, Té & more]\naliases: [chai]\n---\n{body}\n"
FILES = {
    "mkdocs.yml": "site_name: Tea\n",
    "notes/tea.md": NOTE.format(body='It is "green", or black.\n\n- Steamed.\n- Withered.'),
    "notes/milk.md": "---\ntitle: Milk\nsource: {title: On milk, url: 'https://example.org/'}\n---\nText.\n",
    "lines/why.md": "---\ntitle: Why?\nsummary: S.\n---\nSee [[tea]] and [[milk]].\n",
    "lines/how.md": "---\ntitle: How?\nsummary: S.\n---\nSee [[tea]] and [[milk]].\n",
    "docs/about us.md": "# About\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return tmp_path


def read(root: Path) -> Reading:
    return read_knowledge_base(root / "mkdocs.yml")


def rules_found(root: Path) -> list[tuple[str, str]]:
    reading = read(root)
    found = check(reading.project, reading.corpus, reading.graph, reading.resolver)
    return [(one.rule.name, one.path) for one in found]


def run(root: Path, *arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["check", "-f", str(root / "mkdocs.yml"), *arguments])
    return int(ended.value.code or 0)


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_every_page_that_the_site_writes_is_known_to_be_published(root: Path) -> None:
    reading = read(root)
    site = compose_site(reading.project, reading.corpus, reading.graph)
    here = published_now(reading.project, reading.corpus, reading.graph)
    written = {site.urls.destination(page.path) for page in site.pages}
    assert set(here.pages) | set(here.redirects) == written | {"index.html", "about us/index.html"}
    assert here.files == {site.urls.destination(site.urls.asset(path)) for path in site.assets}


def test_a_lock_of_what_is_published_now_has_nothing_lost(root: Path) -> None:
    assert run(root, "--accept-urls") == 0
    paths = [row.path for row in locked_paths((root / "urls.lock").read_text(encoding="utf-8"))]
    assert paths == sorted(set(paths))
    assert {"/", "/about%20us/", "/notes/tea/", "/notes/chai/", "/topics/t%C3%A9-more/"} <= set(paths)
    assert rules_found(root) == []
    (root / "notes/tea.md").rename(root / "notes/cha.md")
    rewrite(root / "notes/cha.md", "aliases: [chai]", "aliases: [chai, tea]")
    assert rules_found(root) == []
    rewrite(root / "notes/cha.md", "aliases: [chai, tea]", "aliases: [tea]")
    assert rules_found(root) == [("lost-url", "urls.lock")]


@pytest.mark.parametrize("directories", [True, False])
def test_the_lock_holds_addresses_as_the_site_has_them(root: Path, *, directories: bool) -> None:
    (root / "mkdocs.yml").write_text(f"site_name: Tea\nuse_directory_urls: {directories}\n", encoding="utf-8")
    reading = read(root)
    here = published_now(reading.project, reading.corpus, reading.graph)
    lock = render_urls_lock(here, use_directory_urls=directories)
    assert ("/notes/tea/\n" in lock) is directories
    assert ("/notes/tea/index.html\n" in lock) is not directories
    (root / "urls.lock").write_text(lock, encoding="utf-8")
    assert rules_found(root) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It is", "*It* __is__"),
        ("It is", "It\nis"),
        ('"green"', "“green”"),
        ("- Steamed.\n- Withered.", "1. Steamed.\n\n2. Withered."),
        ("title: Tea", 'title: "**Tea**"'),
        ("From one plant.", "From  *one* plant."),
        ("hot", "warm"),
        ("It is", "<!-- a remark -->\n\nIt is"),
    ],
)
def test_reformatting_a_note_is_no_change(root: Path, old: str, new: str) -> None:
    run(root, "--accept", "all")
    rewrite(root / "notes/tea.md", old, new)
    assert rules_found(root) == []


@pytest.mark.parametrize(
    ("old", "new"), [("It is", "It was"), ("title: Tea", "title: Chai"), ("one plant", "two plants"), ("black", "red")]
)
def test_a_change_of_words_makes_every_accepted_line_stale(root: Path, old: str, new: str) -> None:
    run(root, "--accept", "why", "--accept", "lines/how.md")
    rewrite(root / "notes/tea.md", old, new)
    assert rules_found(root) == [("stale-essay", "lines/how.md"), ("stale-essay", "lines/why.md")]
    run(root, "--accept", "why")
    assert rules_found(root) == [("stale-essay", "lines/how.md")]


def test_accepting_says_what_it_wrote_and_drops_lines_that_are_no_more(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "inquiry.lock").write_text("gone tea 0123456789abcdef\nnonsense\n", encoding="utf-8")
    assert run(root, "--accept", "all", "--accept-urls") == 0
    said = capsys.readouterr().err
    assert "inquiry.lock: 2 lines reviewed, 2 notes cited\n" in said
    assert "urls.lock: 16 added, 0 forgotten\n" in said
    rows, unreadable = parse_review_lock((root / "inquiry.lock").read_text(encoding="utf-8"))
    assert [(row.line, row.note) for row in rows] == [
        ("how", "milk"),
        ("how", "tea"),
        ("why", "milk"),
        ("why", "tea"),
    ]
    assert unreadable == ()


def test_a_line_that_is_not_there_cannot_be_accepted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "--accept", "whyy") == 2
    assert "there is no public line `whyy`; did you mean `why`?" in capsys.readouterr().err
    assert not (root / "inquiry.lock").exists()


def test_locks_of_any_bytes_are_read(root: Path) -> None:
    (root / "urls.lock").write_bytes(b"\xff\xfe/notes/\x00\r\n/notes/tea/\r")
    (root / "inquiry.lock").write_bytes(b"\xef\xbb\xbfwhy tea \xff\r\n")
    assert {name for name, _ in rules_found(root)} <= {"unreadable-lock", "lost-url"}
    (root / "urls.lock").unlink()
    (root / "urls.lock").mkdir()
    assert rules_found(root) == [("unreadable-lock", "inquiry.lock")]


NAMES = st.text("abcdefghij-.é", min_size=1).filter(lambda name: not name.startswith("#"))
HASHES = st.text("0123456789abcdef", min_size=8, max_size=16)


@given(st.lists(st.builds(Reviewed, NAMES, NAMES, HASHES), unique=True))
def test_a_written_review_lock_reads_as_it_was(rows: list[Reviewed]) -> None:
    assert parse_review_lock(render_review_lock(rows)) == (tuple(sorted(rows)), ())


@given(st.text())
def test_no_text_breaks_a_lock(text: str) -> None:
    parse_review_lock(text)
    assert all(row.path for row in locked_paths(text))


def test_what_a_note_says_has_one_hash_on_every_machine(root: Path) -> None:
    assert said_by(next(note for note in read(root).corpus.notes if note.id == "milk")) == "20301a446ebd25e7"
