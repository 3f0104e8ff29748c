"""A renaming: the file or the head, every name of the document, and the alias that keeps its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desks import desk_of, made, show

from inquiry.author.editor.renamable import CannotRenameError, renamable
from inquiry.author.editor.renaming import rename
from inquiry.check.review_lock import parse_review_lock, said_by
from inquiry.commands.renamed import follow

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.author.editor.desk import Desk

TITLED = "---\ntitle: Black tea\n---\nIt is black.\n"


def renamed(desk: Desk, path: str, name: str, *, moves: bool = True) -> tuple[dict[str, str], tuple[str, str] | None]:
    """Rename a document; give the texts that change, and the move."""
    archive = desk.archive()
    assert archive is not None
    document = next(one for one in archive.reading.corpus.documents if one.path == path)
    renaming = rename(archive, document, name, moves=moves)
    return made(desk, (*renaming.replacements, *follow(archive, renaming))), renaming.moved


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[tea]]", "[[chai]]"),
        ("[[tea|the leaf]]", "[[chai|the leaf]]"),
        ("[[Tea#Top|x]] ![[tea#^a]]", "[[chai#Top|x]] ![[chai#^a]]"),
        ("[[notes/tea|x]] and [[tea.md]]", "[[notes/chai|x]] and [[chai.md]]"),
        ("| a |\n| - |\n| [[tea\\|x]] |", "| a |\n| - |\n| [[chai\\|x]] |"),
        ("[x](../notes/tea.md#top)", "[x](../notes/chai.md#top)"),
        ("[x](<../notes/tea.md> 'tea')", "[x](<../notes/chai.md> 'tea')"),
        ("[x][1] tea\n\n[1]: ../notes/tea.md#top", "[x][1] tea\n\n[1]: ../notes/chai.md#top"),
        ('<a href="../notes/tea.md">tea</a>', '<a href="../notes/chai.md">tea</a>'),
        ("[@tea, p. 3; @{tea}] tea", "[@chai, p. 3; @{chai}] tea"),
        ("[[the leaf|tea]]", "[[the leaf|chai]]"),
        ("🧂𝔸 [[tea]] [[ tea ]]", "🧂𝔸 [[chai]] [[chai]]"),
        ("[[Black tea]] and [[Assam]] stay", "[[Black tea]] and [[Assam]] stay"),
        ("`[[tea]]` $[[tea]]$ <!-- [[tea]] -->", "`[[tea]]` $[[tea]]$ <!-- [[tea]] -->"),
    ],
)
def test_every_way_to_name_a_file_follows_it(tmp_path: Path, before: str, after: str) -> None:
    tea = "---\ntitle: Black tea\naliases: [Assam]\n---\n## Top\n\nIt is black. ^a\n"
    desk = desk_of(tmp_path, {"notes/tea.md": tea, "lines/why.md": f"---\ntitle: Why\n---\n{before}\n"})
    texts, moved = renamed(desk, "notes/tea.md", "chai")
    assert moved == ("notes/tea.md", "notes/chai.md")
    assert texts.get("lines/why.md", f"---\ntitle: Why\n---\n{before}\n") == f"---\ntitle: Why\n---\n{after}\n"
    assert "aliases: [Assam, tea]\n" in texts["notes/tea.md"]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "notes/b.md",
            "relations: {contradicts: [tea], supports: [mug]}",
            "relations: {contradicts: [chai], supports: [mug]}",
        ),
        ("notes/b.md", "supports:\n- 'tea'\n- mug", "supports:\n- 'chai'\n- mug"),
        ("notes/b.md", 'qualifies: "[[tea|so]]"', 'qualifies: "[[chai|so]]"'),
        ("notes/b.md", 'related: "see [[tea#Top]]"', 'related: "see [[chai#Top]]"'),
        ("lines/b.md", "sources: [mug, tea.md]", "sources: [mug, chai.md]"),
    ],
)
def test_every_value_of_a_head_follows(tmp_path: Path, path: str, before: str, after: str) -> None:
    mug = "---\ntitle: Mug\n---\nIt holds.\n"
    texts = {"notes/tea.md": TITLED, "notes/mug.md": mug, path: f"---\ntitle: B\n{before}\n---\nWords.\n"}
    found, _ = renamed(desk_of(tmp_path, texts), "notes/tea.md", "chai")
    assert found[path] == f"---\ntitle: B\n{after}\n---\nWords.\n"


def test_a_pinned_next_line_follows(tmp_path: Path) -> None:
    texts = {"lines/why.md": "---\ntitle: Why\n---\nx\n", "lines/b.md": "---\ntitle: B\nnext: [mug, why]\n---\nx\n"}
    found, moved = renamed(desk_of(tmp_path, texts), "lines/why.md", "What For")
    assert moved == ("lines/why.md", "lines/What For.md")
    assert found["lines/b.md"] == "---\ntitle: B\nnext: [mug, what-for]\n---\nx\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It is black.\n", "---\naliases: [tea]\n---\nIt is black.\n"),
        ("---\ntitle: T\n---\nx\n", "---\ntitle: T\naliases: [tea]\n---\nx\n"),
        ("---\n# nothing\n---\nx\n", "---\n# nothing\naliases: [tea]\n---\nx\n"),
        ("---\ntitle: T\naliases: []\n---\nx\n", "---\ntitle: T\naliases: [tea]\n---\nx\n"),
        ("---\ntitle: T\naliases: [a, b, ]\n---\nx\n", "---\ntitle: T\naliases: [a, b, tea ]\n---\nx\n"),
        ("---\naliases: [a,\n  b\n  ]\n---\nx\n", "---\naliases: [a,\n  b, tea\n  ]\n---\nx\n"),
        ("---\nalias: a, b\ntitle: T\n---\nx\n", "---\nalias: ['a, b', tea]\ntitle: T\n---\nx\n"),
        ("---\naliases: # none\ntitle: T\n---\nx\n", "---\naliases: [tea]# none\ntitle: T\n---\nx\n"),
        ("---\naliases: ~\ntitle: T\n---\nx\n", "---\naliases: [tea]\ntitle: T\n---\nx\n"),
        (
            "---\naliases:\n  - a\n  - b # so\ntitle: T\n---\nx\n",
            "---\naliases:\n  - a\n  - b # so\n  - tea\ntitle: T\n---\nx\n",
        ),
        ("---\naliases:\n- a\n---\nx\n", "---\naliases:\n- a\n- tea\n---\nx\n"),
        (
            '+++\ntitle = "T"\n[params]\na = 1\n+++\nx\n',
            '+++\naliases = ["tea"]\ntitle = "T"\n[params]\na = 1\n+++\nx\n',
        ),
        ('+++\naliases = ["a"]\n+++\nx\n', '+++\naliases = ["a", "tea"]\n+++\nx\n'),
    ],
)
def test_the_old_id_becomes_an_alias_however_the_head_is_written(tmp_path: Path, before: str, after: str) -> None:
    found, _ = renamed(desk_of(tmp_path, {"notes/tea.md": before}), "notes/tea.md", "chai")
    assert found["notes/tea.md"].replace("]# none", "] # none") == after.replace("]# none", "] # none")


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    texts = {"notes/tea.md": TITLED.replace("\n", "\r\n"), "notes/b.md": "\r\n[[tea]]\r\n"}
    found, _ = renamed(desk_of(tmp_path, texts), "notes/tea.md", "chai")
    assert found["notes/tea.md"] == "---\r\ntitle: Black tea\r\naliases: [tea]\r\n---\r\nIt is black.\r\n"
    assert found["notes/b.md"] == "\r\n[[chai]]\r\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: tea", "id: chai\naliases: [tea]"),
        ("slug: 'tea'", "slug: 'chai'\naliases: [tea]"),
        ("permalink: /notes/tea/", "permalink: /notes/chai/\naliases: [tea]"),
    ],
)
def test_an_id_of_the_head_is_renamed_there(tmp_path: Path, before: str, after: str) -> None:
    texts = {"notes/leaf.md": f"---\n{before}\n---\nx\n", "notes/b.md": "[[tea]], [[leaf]], [x](leaf.md)\n"}
    found, moved = renamed(desk_of(tmp_path, texts), "notes/leaf.md", "chai")
    assert moved is None
    assert found == {
        "notes/leaf.md": f"---\n{after}\n---\nx\n",
        "notes/b.md": "[[chai]], [[leaf]], [x](leaf.md)\n",
    }


def test_an_address_with_capitals_is_kept_as_it_was(tmp_path: Path) -> None:
    texts = {"notes/leaf.md": "---\nid: Tea_1\naliases: [tea-1]\n---\nx\n", "notes/b.md": "[[Tea_1]]\n"}
    found, _ = renamed(desk_of(tmp_path, texts), "notes/leaf.md", "chai")
    assert found["notes/leaf.md"] == "---\nid: chai\naliases: [tea-1, Tea_1]\n---\nx\n"
    assert found["notes/b.md"] == "[[chai]]\n"


def test_where_files_cannot_be_moved_the_head_gives_the_id(tmp_path: Path) -> None:
    texts = {"notes/tea.md": TITLED, "notes/b.md": "[[tea]], [x](tea.md)\n"}
    found, moved = renamed(desk_of(tmp_path, texts), "notes/tea.md", "Chai latte", moves=False)
    assert moved is None
    assert found["notes/tea.md"].startswith("---\ntitle: Black tea\naliases: [tea]\nid: chai-latte\n---\n")
    assert found["notes/b.md"] == "[[chai-latte]], [x](tea.md)\n"


def test_a_file_gets_its_old_name_back(tmp_path: Path) -> None:
    tea = "---\ntitle: T\naliases: [chai, tea]\n---\nx\n"
    found, moved = renamed(desk_of(tmp_path, {"notes/tea.md": tea}), "notes/tea.md", "chai")
    assert moved == ("notes/tea.md", "notes/chai.md")
    assert found == {}


def test_no_document_becomes_a_namesake_of_one_of_the_other_kind(tmp_path: Path) -> None:
    texts = {"notes/tea.md": TITLED, "lines/b.md": "---\ntitle: B\n---\n[[tea]] and [@tea]\n"}
    texts["lines/chai.md"] = "---\ntitle: Chai\n---\nx\n"
    with pytest.raises(CannotRenameError, match=r"`chai` names `lines/chai\.md` already"):
        renamed(desk_of(tmp_path, texts), "notes/tea.md", "chai")


def test_names_with_blanks_and_letters_of_every_script(tmp_path: Path) -> None:
    texts = {"notes/tea.md": TITLED, "notes/b.md": "[[tea]], [x](tea.md), [[notes/tea]], [@tea]\n"}
    found, moved = renamed(desk_of(tmp_path, texts), "notes/tea.md", "Grüner Tee (2)")
    assert moved == ("notes/tea.md", "notes/Grüner Tee (2).md")
    assert found["notes/b.md"] == (
        "[[grüner-tee-2]], [x](Grüner%20Tee%20%282%29.md), [[notes/Grüner Tee (2)]], [@grüner-tee-2]\n"
    )


def test_pages_navigation_and_reviews_follow(tmp_path: Path) -> None:
    texts = {
        "mkdocs.yml": "site_name: G\nnav:\n  - index.md\n  - Tea: notes/tea.md\n",
        "notes/tea.md": TITLED,
        "notes/mug.md": "---\ntitle: Mug\n---\nFor [[tea]].\n",
        "lines/why.md": "---\ntitle: Why\nsummary: S.\n---\nSo. [[mug]] [[tea]]\n",
        "docs/index.md": "# Home\n\n`[[tea]]` [[tea|x]], [@tea] and [y](../notes/tea.md#top), [z](notes/tea.md).\n",
    }
    desk = desk_of(tmp_path, texts)
    reading = desk.current()
    assert reading is not None
    notes = {note.id: said_by(note) for note in reading.corpus.notes}
    lock = f"# rows\nwhy mug {notes['mug']}\nwhy tea {notes['tea']}\nold tea 0123456789abcdef\n"
    (tmp_path / "inquiry.lock").write_text(lock, encoding="utf-8")
    archive = desk.archive()
    assert archive is not None
    renaming = rename(archive, next(one for one in reading.corpus.notes if one.id == "tea"), "chai", moves=True)
    found = made(desk, follow(archive, renaming))
    assert found["mkdocs.yml"].endswith("  - Tea: notes/chai.md\n")
    assert found["docs/index.md"] == (
        "# Home\n\n`[[tea]]` [[chai|x]], [@chai] and [y](../notes/chai.md#top), [z](notes/chai.md).\n"
    )
    rows, _ = parse_review_lock(found["inquiry.lock"])
    after = {note.id: said_by(note) for note in renaming.after.corpus.notes}
    assert after["mug"] != notes["mug"], "what a note says changes with the name in it"
    assert [(row.line, row.note, row.hash) for row in rows] == [
        ("why", "mug", after["mug"]),
        ("why", "chai", after["chai"]),
        ("old", "chai", "0123456789abcdef"),
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("mug", "there is a file `notes/mug.md` already"),
        ("Old mug", "`old-mug` names `notes/mug.md` already"),
        ("…", "`…` has no letters"),
        ("a/b", "no file can be called `a/b`"),
        ("a#b", "no file can be called `a#b`"),
        (".hidden", "no file can be called `.hidden`"),
        ("index", "no file can be called `index`"),
        ("tea", "`notes/tea.md` is called `tea` already"),
        ("leaf", "would mean something else"),
    ],
)
def test_a_name_that_would_do_harm_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    texts = {
        "notes/tea.md": TITLED,
        "notes/mug.md": "---\ntitle: Mug\naliases: [old mug]\n---\n[[Leaf]]\n",
        "notes/x.md": "---\ntitle: Leaf\n---\nx\n",
    }
    with pytest.raises(CannotRenameError, match=reason):
        renamed(desk_of(tmp_path, texts), "notes/tea.md", name)


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("notes/b.md", "[[nothing¦]]", "names nothing"),
        ("notes/b.md", "[[pot¦]]", "could mean 2 documents"),
        ("notes/b.md", "[@brew1¦]", "key of the bibliography"),
        ("notes/b.md", "---\nsource: brew1¦\n---\n", "key of the bibliography"),
        ("notes/b.md", "![x](leaf.png¦)", "neither a note nor a line"),
        ("notes/b.md", "<https://example.org¦>", "leads out"),
        ("notes/b.md", "Words¦.", "no name here"),
        ("notes/b.md", "[[tray¦]]", "called after its folder"),
        ("notes/b.md", "---\nti¦tle: [\n---\n", "cannot be read"),
        ("notes/b.md", "[[notes/pot¦]]", "names `lines/pot.md` too"),
    ],
)
def test_what_cannot_be_renamed_is_refused_at_once(tmp_path: Path, path: str, text: str, reason: str) -> None:
    texts = {
        "notes/pot.md": "x\n",
        "lines/pot.md": "x\n",
        "notes/tray/index.md": "x\n",
        "notes/leaf.png": "",
        "notes/b.md": "x\n",
        "sources.bib": "@book{brew1, title={Brewing}}\n",
    }
    sheet, position = show(desk_of(tmp_path, texts), path, text)
    with pytest.raises(CannotRenameError, match=reason):
        renamable(sheet, position)


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        ("[[te¦a#top|w]]", "tea", "tea"),
        ("[[tea|w¦]]", "tea", "[[tea|w]]"),
        ("---\ntitle: My ti¦tle\n---\n", "b", "My title"),
        ("---\nti¦tle: x\n---\n", "b", ""),
        ("# My ti¦tle\n\nx\n", "b", ""),
        ("---\nsupports: [te¦a]\n---\n", "tea", "tea"),
    ],
)
def test_what_can_be_renamed_is_pointed_at(tmp_path: Path, text: str, name: str, shown: str) -> None:
    sheet, position = show(desk_of(tmp_path, {"notes/tea.md": TITLED, "notes/b.md": "x\n"}), "notes/b.md", text)
    found = renamable(sheet, position)
    assert found.document.id == name
    assert sheet.text.between(found.span) == shown
    assert found.span.start <= position <= found.span.end
