"""Pagefind's index: what it is told, when it is made, where it is kept."""

from __future__ import annotations

import gzip
import json
import os
from typing import TYPE_CHECKING

import pytest

from inquiry.site.search import SearchEntry
from inquiry.site.search_feed import FeedError, feed, telling_words
from inquiry.site.search_index import Indexing, find_program
from inquiry.site.search_records import ordinary_entry, write_records
from small_sites import place, run_build

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SALT = SearchEntry(
    "Salt",
    "It slows yeast. <b>Bold</b> &amp; half: \ud800.",
    ("bread", "salt & co"),
    summary="What salt does.",
    headings=("Evidence",),
    kind="note",
    years=("2019",),
)
WATER = SearchEntry("Water", "It wets flour.", kind="line")
ENTRIES = (("notes/salt/", SALT), ("lines/water/", WATER))


@pytest.fixture
def indexing(tmp_path: Path) -> Indexing:
    return Indexing(find_program(), tmp_path / "cache")


def made(indexing: Indexing, site: Path, entries: tuple[tuple[str, SearchEntry], ...] = ENTRIES) -> frozenset[str]:
    site.mkdir(exist_ok=True)
    indexing.begin(entries, "en")
    return indexing.finish(site, site)


def fragments(site: Path) -> Mapping[str, dict[str, object]]:
    """Read what Pagefind says of each page, by its address."""
    read = [gzip.decompress(path.read_bytes()) for path in (site / "pagefind/fragment").iterdir()]
    pages = [json.loads(text.removeprefix(b"pagefind_dcd")) for text in read]
    return {page["url"]: page for page in pages}


def inodes(site: Path) -> set[int]:
    return {path.stat().st_ino for path in (site / "pagefind").rglob("*") if path.is_file()}


def test_a_record_has_title_summary_text_and_facts(indexing: Indexing, tmp_path: Path) -> None:
    made(indexing, tmp_path / "site")
    pages = fragments(tmp_path / "site")
    assert set(pages) == {"notes/salt/", "lines/water/"}
    salt = pages["notes/salt/"]
    assert "What salt does." in str(salt["content"])
    assert "It slows yeast." in str(salt["content"])
    assert salt["meta"] == {
        "title": "Salt",
        "summary": "What salt does.",
        "kind": "note",
        "topic": "bread, salt & co",
        "year": "2019",
    }
    assert salt["filters"] == {"kind": ["note"], "topic": ["bread", "salt & co"], "year": ["2019"]}


def test_files_for_other_search_boxes_are_left_out(indexing: Indexing, tmp_path: Path) -> None:
    made(indexing, tmp_path / "site")
    names = {path.name.partition(".")[0] for path in (tmp_path / "site/pagefind").iterdir()}
    assert names == {"filter", "fragment", "index", "pagefind", "pagefind-entry", "pagefind-worker", "wasm"}


def test_the_same_records_make_no_second_index(
    indexing: Indexing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made(indexing, tmp_path / "site") == frozenset()
    before = inodes(tmp_path / "site")
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: pytest.fail("Pagefind was started"))
    stays = made(Indexing(find_program(), tmp_path / "cache"), tmp_path / "site")
    assert "pagefind/pagefind-entry.json" in stays
    assert inodes(tmp_path / "site") == before


def test_another_site_gets_the_kept_index(indexing: Indexing, tmp_path: Path) -> None:
    made(indexing, tmp_path / "site")
    made(indexing, tmp_path / "other")
    assert set(fragments(tmp_path / "other")) == {"notes/salt/", "lines/water/"}


def test_an_index_that_somebody_changed_is_put_there_again(indexing: Indexing, tmp_path: Path) -> None:
    made(indexing, tmp_path / "site")
    entry = tmp_path / "site/pagefind/pagefind-entry.json"
    entry.unlink()
    entry.write_text("{}", encoding="utf-8")
    assert made(indexing, tmp_path / "site") == frozenset()
    assert "languages" in json.loads(entry.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "changed",
    [
        SearchEntry("Salt", SALT.text, SALT.tags, summary=SALT.summary, headings=SALT.headings, kind="note"),
        SearchEntry("Salt", f"{SALT.text} More.", SALT.tags, summary=SALT.summary, kind="note", years=SALT.years),
    ],
    ids=["another year", "more text"],
)
def test_changed_records_make_a_new_index_and_the_old_one_goes(
    indexing: Indexing, tmp_path: Path, changed: SearchEntry
) -> None:
    made(indexing, tmp_path / "site")
    first = {path for path in (tmp_path / "cache").iterdir() if path.is_dir()}
    made(indexing, tmp_path / "site", (("notes/salt/", changed),))
    second = {path for path in (tmp_path / "cache").iterdir() if path.is_dir()}
    assert len(second) == 1
    assert not first & second
    assert set(fragments(tmp_path / "site")) == {"notes/salt/"}


def test_the_hash_depends_on_records_language_and_maker_alone(tmp_path: Path) -> None:
    def digest(language: str = "en", maker: str = "1", entries: tuple[tuple[str, SearchEntry], ...] = ENTRIES) -> str:
        return write_records(tmp_path / "records", entries, language=language, maker=maker)

    assert digest() == digest()
    assert len({digest(), digest("de"), digest(maker="2"), digest(entries=ENTRIES[:1])}) == 4


def test_a_preview_shows_the_kept_index_without_waiting(indexing: Indexing, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    indexing.begin(ENTRIES, "en")
    indexing.show(tmp_path / "site")
    assert (tmp_path / "site/pagefind").is_symlink()
    made(indexing, tmp_path / "elsewhere")
    assert set(fragments(tmp_path / "site")) == {"notes/salt/", "lines/water/"}


def test_an_abandoned_index_leaves_nothing_running(indexing: Indexing, tmp_path: Path) -> None:
    indexing.begin(ENTRIES, "en")
    indexing.abandon()
    assert made(indexing, tmp_path / "site") == frozenset()


def test_a_pagefind_that_cannot_be_started_is_said(tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(b"\x7fELF")
    bad.chmod(0o755)
    with pytest.raises(FeedError, match=r"Exec format error|exec format"):
        made(Indexing(str(bad), tmp_path / "cache"), tmp_path / "site")


def test_an_index_that_failed_can_be_given_up(tmp_path: Path) -> None:
    failing = Indexing("/bin/true", tmp_path / "cache")
    with pytest.raises(FeedError):
        made(failing, tmp_path / "site")
    failing.abandon()


def test_nothing_half_made_is_kept(tmp_path: Path) -> None:
    records = tmp_path / "records"
    write_records(records, ENTRIES, language="en", maker="1")
    with pytest.raises(FeedError):
        feed("/bin/true", records, tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_an_empty_site_has_an_index_too(indexing: Indexing, tmp_path: Path) -> None:
    made(indexing, tmp_path / "site", ())
    assert (tmp_path / "site/pagefind/pagefind-entry.json").is_file()


@pytest.mark.parametrize("language", ["zh-TW", "pt-BR", "tlh", ""])
def test_every_language_is_indexed(indexing: Indexing, tmp_path: Path, language: str) -> None:
    (tmp_path / "site").mkdir()
    indexing.begin((("notes/x/", SearchEntry("塩 sel", "塩はパンを" * 9, kind="note")),), language)
    indexing.finish(tmp_path / "site")
    assert set(fragments(tmp_path / "site")) == {"notes/x/"}


def test_the_words_that_the_fewest_pages_have_are_kept_when_all_are_too_many() -> None:
    rows = [
        {"title": f"Page {n}", "summary": "", "headings": [], "text": f"common words everywhere unique{n} page again"}
        for n in range(10)
    ]
    assert telling_words(rows, 1000) is None
    chosen = telling_words(rows, 50)
    assert chosen is not None
    assert [words.split()[0] for words in chosen] == [f"unique{n}" for n in range(10)]
    assert all(len(words.split()) == 2 for words in chosen)
    assert telling_words(rows, 5) == [""] * 10


def test_an_ordinary_page_is_read_without_its_furniture() -> None:
    html = (
        '<h1 id="a">About<a class="headerlink" href="#a">¶</a></h1><style>p {}</style><!-- no -->'
        "<h2>Why</h2><ul><li>one</li><li>t<b>w</b>o</li></ul><script>no()</script>"
    )
    entry = ordinary_entry("About", html, "What this is.")
    assert entry.text == "About Why one two"
    assert (entry.headings, entry.summary, entry.kind) == (("Why",), "What this is.", "page")


def test_pagefind_is_found_by_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "none"))
    assert find_program() == ""
    monkeypatch.delenv("PAGEFIND_BINARY_PATH")
    assert os.access(find_program(), os.X_OK)


def test_a_paper_is_found_by_its_authors_and_its_title(tmp_path: Path) -> None:
    place("full", tmp_path / "kb")
    run_build(tmp_path / "kb")
    (records,) = (tmp_path / "kb/.cache").rglob("records.jsonl")
    rows = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()[1:]]
    (crumb,) = (row for row in rows if row["title"] == "Why is the crumb open?")
    assert "Bo Bran" in crumb["text"]
    assert "Holes and their makers" in crumb["text"]
    assert "zz-draft" not in records.read_text(encoding="utf-8")
