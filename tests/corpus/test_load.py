"""Files become a corpus: ids, titles, text encodings, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inquiry.config import load_project
from inquiry.corpus.load import Loading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inquiry.corpus.model import Corpus

    Load = Callable[[dict[str, str | bytes]], Corpus]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def write_and_load(files: dict[str, str | bytes]) -> Corpus:
        for name, content in {"mkdocs.yml": "site_name: t\n", **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Loading(load_project(tmp_path / "mkdocs.yml")).corpus()

    return write_and_load


def ids(corpus: Corpus) -> dict[str, str]:
    return {document.path: document.id for document in corpus.documents}


def test_the_id_is_the_slug_of_the_file_s_stem_unless_id_says_otherwise(load: Load) -> None:
    corpus = load({"notes/Café Terrace.md": "x", "notes/b.md": "---\nid: Own_id.1\n---\n", "lines/c.md": "x"})
    expected = {"notes/Café Terrace.md": "café-terrace", "notes/b.md": "Own_id.1", "lines/c.md": "c"}
    assert ids(corpus) == expected


def test_files_of_one_name_get_their_folders_in_front_and_say_so(load: Load) -> None:
    corpus = load({"notes/a/x.md": "1", "notes/b/x.md": "2", "notes/c/y.md": "3"})
    assert ids(corpus) == {"notes/a/x.md": "a-x", "notes/b/x.md": "b-x", "notes/c/y.md": "y"}
    assert [d.rule.name for d in corpus.diagnostics] == ["colliding-names"] * 2


def test_a_file_whose_name_has_no_letters_is_called_what_its_signs_are_called(load: Load) -> None:
    corpus = load({"notes/🎉.md": "1", "notes/🔥.md": "2", "notes/\x01.md": "3"})
    assert ids(corpus) == {"notes/🎉.md": "party-popper", "notes/🔥.md": "fire", "notes/\x01.md": "untitled"}


def test_an_index_stands_for_its_folder(load: Load) -> None:
    corpus = load({"notes/ci-cd/README.md": "x", "notes/index.md": "y"})
    assert ids(corpus) == {"notes/ci-cd/README.md": "ci-cd", "notes/index.md": "index"}


def test_an_id_that_is_taken_is_an_error_and_the_file_stays(load: Load) -> None:
    corpus = load({"notes/a.md": "---\nid: k\n---\n", "notes/b.md": "---\nid: k\n---\n"})
    assert ids(corpus) == {"notes/a.md": "k", "notes/b.md": "b"}
    (found,) = corpus.diagnostics
    assert (found.rule.name, found.path, found.related[0].path) == ("duplicate-id", "notes/b.md", "notes/a.md")


def test_a_note_and_a_line_may_share_an_id(load: Load) -> None:
    corpus = load({"notes/a.md": "x", "lines/a.md": "y"})
    assert corpus.diagnostics == ()


def test_the_title_comes_from_head_heading_or_file_name(load: Load) -> None:
    corpus = load({
        "notes/a.md": "---\ntitle: Head\n---\n# Heading\n",
        "notes/b.md": "# Heading\n",
        "notes/sleep-debt.md": "text\n",
    })  # fmt: skip
    assert [note.title for note in corpus.notes] == ["Head", "Heading", "Sleep debt"]


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("2024-01-02", "2024-01-02"),
        ("2024-01-02-tea-with-eva", "2024-01-02 tea with eva"),
        ("covid-19_and-tea", "Covid 19 and tea"),
    ],
)
def test_a_date_in_a_file_s_name_stays_one_in_the_title(load: Load, stem: str, title: str) -> None:
    assert load({f"notes/{stem}.md": "x"}).notes[0].title == title


def test_a_file_that_is_not_utf8_is_loaded_and_reported_where_it_breaks(load: Load) -> None:
    corpus = load({"notes/a.md": b"x\r\n\xef\xbb\xbfy caf\xe9.\n"})
    (found,) = corpus.diagnostics
    assert (found.rule.name, found.span.start.line, found.span.start.column) == ("undecodable-file", 2, 7)
    assert len(corpus.notes) == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_marks_change_nothing(load: Load, newline: str) -> None:
    text = "\ufeff---\ntitle: T\n---\n\nsee [[x]]\n".replace("\n", newline)
    (note,) = load({"notes/a.md": text}).notes
    assert note.title == "T"
    assert (note.body.links[0].span.start.line, note.body.links[0].span.start.column) == (5, 5)


def test_keys_are_looked_up_and_hidden_files_are_not_read(load: Load) -> None:
    corpus = load({
        "sources.bib": "@article{k, title={A}, author={B, C}, year={2020}}\n",
        "notes/a.md": "---\nsource: k\n---\n",
        "notes/.b.md": "x",
        "notes/.git/c.md": "x",
        "notes/d.png": b"",
    })  # fmt: skip
    assert corpus.notes[0].sources[0].title == "A"
    assert len(corpus.notes) == 1
    assert "notes/d.png" in corpus.files


def test_an_empty_folder_is_an_empty_corpus(load: Load) -> None:
    corpus = load({})
    assert (corpus.notes, corpus.lines, corpus.diagnostics) == ((), (), ())
