"""Transcripts of `inquiry import bibtex` and `inquiry import csl`: references become notes."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.commands.reading import read_knowledge_base
from inquiry.corpus.bibtex_text import bibtex_entry
from inquiry.graph.names import slugged
from small_sites import tree
from terminal import Typist, refused, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inquiry.corpus.model import Document

CONFIG = "site_name: Tea notebook\nplugins:\n  - inquiry{}\n"
BIB = """\
@string{tea = "Journal of Tea"}
@proceedings{steam22, title = {Proceedings of Steam}, year = 2022}
@inproceedings{lindh2021,
  title = {Do {Green} leaves stay gr{\\"u}n?},
  author = {Lindh, Eva and {Tea and Sons}},
  crossref = {steam22},
  month = jul,
  abstract = {Abstract: Steam keeps [1] leaves green. It is {\\em quick}. Nobody knows why. More follows.},
  keywords = {green tea, Steam; _read},
  file = {PDF:/home/eva/a.pdf:application/pdf},
}
@article{berg2020, title = {Black tea}, journal = tea # " Letters", doi = {10.1000/182}}
"""
CSL: list[dict[str, Any]] = [
    {
        "id": "http://zotero.org/users/1/items/ABCD2345",
        "type": "article-journal",
        "title": "On <i>white</i> tea & water",
        "container-title": "Journal of Tea",
        "publisher": "Steam & Sons",
        "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}, {"literal": "Tea and Sons"}],
        "issued": {"date-parts": [["2020", 5, 1]]},
        "page": "1-9",
        "URL": "https://example.org/a_b%20c",
        "abstract": "<jats:title>Abstract</jats:title><jats:p>Water matters. Leaves do not.</jats:p>",
    },
    {"id": "lee2019", "type": "webpage", "title": "Oolong", "URL": "https://example.org/o", "keyword": "tea, half way"},
]


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a knowledge base of one note, with files to import beside it, and stand in it."""
    garden = tmp_path / "garden"
    (garden / "notes").mkdir(parents=True)
    (garden / "docs").mkdir()
    (garden / "mkdocs.yml").write_text(CONFIG.format(""), encoding="utf-8")
    (garden / "notes/mate.md").write_text("---\ntitle: Mate\n---\nNo tea.\n", encoding="utf-8")
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    (tmp_path / "refs.json").write_text(json.dumps(CSL), encoding="utf-8")
    (tmp_path / "refs.yaml").write_text(yaml.safe_dump({"references": CSL}), encoding="utf-8")
    monkeypatch.chdir(garden)
    return garden


@pytest.fixture
def run() -> Typist:
    """Type a command."""
    return typed


def head(path: Path) -> dict[str, object]:
    """Read the head of a note."""
    loaded: dict[str, object] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return loaded


def configure(garden: Path, *bibliography: str) -> None:
    """Name the files of the bibliography."""
    block = f":\n      bibliography: [{', '.join(bibliography)}]"
    (garden / "mkdocs.yml").write_text(CONFIG.format(block), encoding="utf-8")


def note_of(garden: Path, title: str) -> Document:
    """Find a note by its title, as the site reads it."""
    (found,) = (one for one in read_knowledge_base(garden / "mkdocs.yml").corpus.notes if one.title == title)
    return found


def test_each_entry_becomes_a_note_that_says_what_the_entry_says(run: Typist, garden: Path) -> None:
    outcome = run("import", "bibtex", "../refs.bib")
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "notes/proceedings-of-steam.md",
        "notes/do-green-leaves-stay-grün.md",
        "notes/black-tea.md",
    ]
    assert outcome.err == "wrote 3 notes, 3 entries to sources.bib\n"
    path = garden / "notes/do-green-leaves-stay-grün.md"
    assert head(path) == {
        "title": "Do Green leaves stay grün?",
        "summary": "Steam keeps [1] leaves green. It is quick. Nobody knows why.",
        "source": "lindh2021",
        "tags": ["green-tea", "steam", "read"],
        "created": datetime.now().astimezone().date(),
    }
    assert path.read_text(encoding="utf-8").endswith(
        "\n\n> Steam keeps \\[1\\] leaves green. It is quick. Nobody knows why. More follows.\n"
    )


def test_a_note_without_abstract_has_an_open_summary_and_no_body(run: Typist, garden: Path) -> None:
    run("import", "bibtex", "../refs.bib", "--key", "berg2020")
    text = (garden / "notes/black-tea.md").read_text(encoding="utf-8")
    assert "\nsummary:\n" in text
    assert text.endswith("---\n\n")


def test_the_site_finds_the_work_with_its_macros_and_its_parent(run: Typist, garden: Path) -> None:
    run("import", "bibtex", "../refs.bib")
    (black,) = note_of(garden, "Black tea").sources
    assert (black.key, black.venue, black.doi) == ("berg2020", "Journal of Tea Letters", "10.1000/182")
    (green,) = note_of(garden, "Do Green leaves stay grün?").sources
    assert (green.venue, green.year) == ("Proceedings of Steam", "2022")
    assert green.authors == ("Eva Lindh", "Tea and Sons")
    assert run("check").code == 0


def test_a_chosen_entry_brings_its_parent_into_the_bibliography_and_no_note_of_it(run: Typist, garden: Path) -> None:
    assert run("import", "bibtex", "../refs.bib", "--key", "lindh2021").out == "notes/do-green-leaves-stay-grün.md\n"
    text = (garden / "sources.bib").read_text(encoding="utf-8")
    assert "@proceedings{steam22" in text
    assert "berg2020" not in text


def test_a_parent_that_stands_in_another_file_is_written_into_its_child(run: Typist, garden: Path) -> None:
    configure(garden, "new.bib", "old.bib")
    (garden / "new.bib").write_text("% mine\n", encoding="utf-8")
    (garden / "old.bib").write_text("@proceedings{steam22, title = {Proceedings of Steam}}\n", encoding="utf-8")
    assert run("import", "bibtex", "../refs.bib", "--key", "lindh2021").code == 0
    assert note_of(garden, "Do Green leaves stay grün?").sources[0].venue == "Proceedings of Steam"


def test_a_second_run_changes_nothing_and_says_why(run: Typist, garden: Path) -> None:
    run("import", "bibtex", "../refs.bib")
    before = tree(garden, index=True)
    outcome = run("import", "bibtex", "../refs.bib")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.endswith("\nnothing to import\n")
    assert "../refs.bib:12:10: skipped `berg2020`: `notes/black-tea.md` rests on it already\n" in outcome.err
    assert tree(garden, index=True) == before


@pytest.mark.parametrize("source", ["berg2020", "https://doi.org/10.1000/182", "{doi: 10.1000/182}"])
def test_a_work_that_a_note_rests_on_is_passed_over_however_it_is_named(run: Typist, garden: Path, source: str) -> None:
    mine = f"---\ntitle: Mine\nsource: {source}\ndraft: true\n---\n"
    (garden / "notes/mine.md").write_text(mine, encoding="utf-8")
    outcome = run("import", "bibtex", "../refs.bib", "--key", "berg2020")
    assert outcome.err.endswith("skipped `berg2020`: `notes/mine.md` rests on it already\nnothing to import\n")
    assert not (garden / "sources.bib").exists()


def test_a_work_that_the_bibliography_has_under_another_key_keeps_that_key(run: Typist, garden: Path) -> None:
    (garden / "sources.bib").write_text("@misc{mine, title = {Tea}, doi = {10.1000/182}}\n", encoding="utf-8")
    assert run("import", "bibtex", "../refs.bib", "--key", "berg2020").err == "wrote 1 note\n"
    assert head(garden / "notes/black-tea.md")["source"] == "mine"


def test_a_key_of_another_work_is_never_taken_for_this_one(run: Typist, garden: Path) -> None:
    (garden / "sources.bib").write_text("@misc{berg2020, title = {Coffee}}\n", encoding="utf-8")
    outcome = run("import", "bibtex", "../refs.bib", "--key", "berg2020")
    assert "skipped `berg2020`: `berg2020` is another work in `sources.bib`, “Coffee”" in outcome.err
    assert not (garden / "notes/black-tea.md").exists()


def test_entries_of_one_title_get_names_that_differ_from_each_other_and_from_what_is_there(
    run: Typist, garden: Path
) -> None:
    bib = "@misc{a, title = {Mate}}\n@misc{b, title = {Mate}}\n@misc{c, title = {Maté!}}\n@misc{d, title = {???}}\n"
    Path("../same.bib").write_text(bib, encoding="utf-8")
    assert run("import", "bibtex", "../same.bib").out.splitlines() == [
        "notes/mate-a.md",
        "notes/mate-b.md",
        "notes/maté.md",
        "notes/d.md",
    ]
    assert (garden / "notes/mate.md").read_text(encoding="utf-8") == "---\ntitle: Mate\n---\nNo tea.\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes/x.md", "---\ntitle: X\naliases: [Black tea]\n---\n"),
        ("notes/x.md", "---\ntitle: X\nid: black-tea\n---\n"),
        ("notes/black-tea.md", "---\ntitle: X\nid: other\n---\n"),
        ("lines/black-tea.md", "---\ntitle: X\n---\n"),
    ],
)
def test_a_new_note_takes_no_name_that_something_else_has(run: Typist, garden: Path, name: str, text: str) -> None:
    (garden / "lines").mkdir()
    (garden / name).write_text(text, encoding="utf-8")
    assert run("import", "bibtex", "../refs.bib", "--key", "berg2020").out == "notes/black-tea-berg2020.md\n"


def test_the_bibliography_keeps_what_it_had_to_the_byte(run: Typist, garden: Path) -> None:
    mine = "\ufeff% mine\r\n@misc{x, title = {X}}\r\n".encode()
    (garden / "sources.bib").write_bytes(mine)
    assert run("import", "bibtex", "../refs.bib").code == 0
    after = (garden / "sources.bib").read_bytes()
    assert after.startswith(mine)
    assert after.count(b"\n") == after.count(b"\r\n")


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("mine.json", '[{"id": "x"},\n', "mine.json:2:1: not valid JSON"),
        ("mine.yaml", "- id: x\n- {", "mine.yaml:2:"),
        ("mine.json", '{"references": {}}', "mine.json:1:1: expected a list of references"),
        ("mine.yaml", "[{id: x}]", "mine.yaml: nothing can be added to it"),
        ("mine.yaml", "Dear diary", "mine.yaml:1:1: expected a list of references"),
        ("sources.bib", b"@misc{x, title = {\xe9}}", "sources.bib:1:19: the file is not UTF-8"),
    ],
)
def test_a_bibliography_that_is_not_sound_is_refused_before_anything_is_written(
    run: Typist, garden: Path, name: str, content: str | bytes, place: str
) -> None:
    configure(garden, name)
    (garden / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    before = tree(garden, index=True)
    assert place in refused(run("import", "bibtex", "../refs.bib"))
    assert tree(garden, index=True) == before


@pytest.mark.parametrize("name", ["refs.json", "refs.yaml"])
@pytest.mark.parametrize("target", ["sources.bib", "mine.json", "mine.yaml"])
def test_items_of_csl_are_found_in_a_bibliography_of_any_form(
    run: Typist, garden: Path, name: str, target: str
) -> None:
    configure(garden, target)
    assert run("import", "csl", f"../{name}").err == f"wrote 2 notes, 2 entries to {target}\n"
    (work,) = note_of(garden, "On white tea & water").sources
    assert (work.title, work.venue, work.year) == ("On white tea & water", "Journal of Tea", "2020")
    assert (work.authors, work.url) == (("Jan van der Berg", "Tea and Sons"), "https://example.org/a_b%20c")
    assert head(garden / "notes/on-white-tea-water.md")["summary"] == "Water matters. Leaves do not."
    assert head(garden / "notes/oolong.md")["tags"] == ["tea", "half-way"]
    assert run("check").code == 0
    before = tree(garden, index=True)
    assert run("import", "csl", f"../{name}").code == 0
    assert tree(garden, index=True) == before


@pytest.mark.parametrize("target", ["mine.json", "mine.yaml"])
def test_bibtex_is_found_in_a_bibliography_of_csl(run: Typist, garden: Path, target: str) -> None:
    configure(garden, target)
    assert run("import", "bibtex", "../refs.bib").code == 0
    (work,) = note_of(garden, "Do Green leaves stay grün?").sources
    assert (work.venue, work.year, work.authors) == ("Proceedings of Steam", "2022", ("Eva Lindh", "Tea and Sons"))
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("mine.json", '[\n {"id": "x",  "title": "X"}\n]\n'),
        ("mine.json", '{"items": [{"id": "x", "title": "X"}]}'),
        ("mine.yaml", "# mine\n- id: x\n  title: X  # the first\n"),
        ("mine.yaml", "---\nreferences:\n  - id: x\n    title: X\n\n# the end\n---\n"),
    ],
)
def test_items_stand_behind_those_of_a_list(run: Typist, garden: Path, name: str, before: str) -> None:
    configure(garden, name)
    (garden / name).write_text(before, encoding="utf-8")
    assert run("import", "csl", "../refs.json").code == 0
    after = (garden / name).read_text(encoding="utf-8")
    assert all(comment in after for comment in re.findall("# .*", before))
    assert list(read_knowledge_base(garden / "mkdocs.yml").corpus.bibliography) == ["x", CSL[0]["id"], "lee2019"]


def test_a_listed_file_of_the_same_form_is_chosen_before_one_of_another(run: Typist, garden: Path) -> None:
    configure(garden, "sources.bib", "zotero.json")
    (garden / "sources.bib").write_text("@misc{x, title = {X}}\n", encoding="utf-8")
    assert run("import", "csl", "../refs.json").err.endswith("2 entries to zotero.json\n")
    assert json.loads((garden / "zotero.json").read_text(encoding="utf-8")) == CSL


def test_a_dry_run_shows_everything_and_writes_nothing(run: Typist, garden: Path) -> None:
    before = tree(garden, index=True)
    outcome = run("import", "bibtex", "../refs.bib", "--dry-run")
    assert tree(garden, index=True) == before
    assert outcome.err == "would write 3 notes, 3 entries to sources.bib\n"
    assert "\n+++ b/notes/black-tea.md\n" in outcome.out
    assert "\n+title: Black tea\n" in outcome.out
    assert "\n+@article{berg2020, title = {Black tea}, journal = {Journal of Tea Letters}" in outcome.out


@pytest.mark.usefixtures("garden")
def test_what_cannot_be_read_is_said_with_its_place_and_the_rest_is_imported(run: Typist) -> None:
    bib = "@misc{a, title = {A\n@misc{b, title = {B}}\n@misc{c, year = 2020}\n"
    Path("../half.bib").write_text(bib, encoding="utf-8")
    outcome = run("import", "bibtex", "../half.bib")
    assert outcome.code == 1
    assert outcome.out == "notes/b.md\n"
    assert "../half.bib:1:1: skipped: this entry cannot be read: " in outcome.err
    assert "../half.bib:3:7: skipped `c`: it has no title\n" in outcome.err


@pytest.mark.parametrize(
    ("kind", "name", "content", "reason"),
    [
        ("bibtex", "nowhere.bib", None, "nowhere.bib: there is no such file"),
        ("bibtex", "notes", None, "notes: this is a folder"),
        ("bibtex", "x.bib", b"", "x.bib: the file is empty"),
        ("bibtex", "x.bib", b"@misc{a,\n title = {T\xe9a}}", "x.bib:2:12: the file is not UTF-8"),
        ("bibtex", "x.bib", b"@misc{a, title = {A", "x.bib:1:1: this entry cannot be read"),
        ("bibtex", "x.bib", b"Dear diary", "x.bib: there is no entry in it"),
        ("bibtex", "x.ris", b"TY  - JOUR\nTI  - Tea\nER  - \n", "x.ris: this is RIS or EndNote"),
        ("csl", "x.ris", b"TY  - JOUR\nTI  - Tea\nER  - \n", "x.ris: this is RIS or EndNote"),
        ("bibtex", "x.json", b'[{"id": "a"}]', "`inquiry import csl` reads CSL-JSON"),
        ("csl", "x.bib", b"@misc{a, title = {A}}", "`inquiry import bibtex` reads BibTeX"),
        ("csl", "x.json", b'[\n{"id": }]', "x.json:2:8: not valid JSON"),
        ("csl", "x.json", b'{"id": "a"}', "x.json:1:1: expected a list of references"),
        ("csl", "x.yaml", b"references:\n - id: [\n", "x.yaml:"),
        ("csl", "x.json", b"[]", "x.json: there is no entry in it"),
    ],
)
def test_a_file_that_gives_nothing_is_refused_with_its_place(
    run: Typist, garden: Path, kind: str, name: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    before = tree(garden, index=True)
    assert reason in refused(run("import", kind, name))
    assert tree(garden, index=True) == before


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ([], "name what to import: `bibtex`, `csl` or `obsidian`"),
        (["bibtx", "x"], "did you mean `bibtex`?"),
        (["bibtex"], "missing argument 'FILE'"),
        (["bibtex", "../refs.bib", "--key", "lindh2012"], "no entry `lindh2012` in ../refs.bib; did you mean"),
        (["bibtex", "../refs.bib", "-f", "nowhere.yml"], "nowhere.yml"),
    ],
)
@pytest.mark.usefixtures("garden")
def test_wrong_arguments_get_one_line(run: Typist, typed: list[str], reason: str) -> None:
    assert reason in refused(run("import", *typed))


def test_a_project_without_any_bibliography_says_where_to_name_one(run: Typist, garden: Path) -> None:
    (garden / "mkdocs.yml").write_text(CONFIG.format(": {bibliography: []}"), encoding="utf-8")
    assert "`bibliography` names no file" in refused(run("import", "bibtex", "../refs.bib"))


def test_a_mark_at_the_head_and_the_line_ends_of_windows_do_not_matter(run: Typist, garden: Path) -> None:
    Path("../dos.bib").write_bytes(("\ufeff" + BIB.replace("\n", "\r\n")).encode())
    assert run("import", "bibtex", "../dos.bib").code == 0
    assert b"\r" not in (garden / "sources.bib").read_bytes()


# -- any bibliography -------------------------------------------------------------------------------------------------

SIGNS_OF_LATEX = "{}\\\\^~"
"""Signs that no LaTeX gives back as they were."""
KEYS = st.text(alphabet="abAB12:/._-", min_size=1, max_size=5)
TITLES = st.one_of(
    st.sampled_from(("Tea", "tea!", "Green tea: why?", "Grüner Tee", "50% & more_less", "10.1000/1", "yes", "[1]")),
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=SIGNS_OF_LATEX),
        max_size=9,
    ),
)
WORKS = st.lists(
    st.fixed_dictionaries(
        {
            "id": KEYS,
            "title": TITLES,
            "DOI": st.sampled_from(("", "", "10.1000/1", "10.1000/2")),
            "abstract": st.sampled_from(("", "One. Two [[x]].", "# 3 $ 4")),
            "keyword": st.sampled_from(("", "tea, 2020; x/y")),
        }
    ),
    max_size=6,
)


def spelled(works: list[Mapping[str, str]], kind: str) -> str:
    """Write works as a file of references."""
    if kind == "csl":
        return json.dumps([{**work, "type": "article"} for work in works])
    names = {"title": "title", "DOI": "doi", "abstract": "abstract", "keyword": "keywords"}
    entries = [bibtex_entry("article", one["id"], {names[k]: v for k, v in one.items() if k != "id"}) for one in works]
    return "% works\n" + "\n".join(entries)


@settings(deadline=None, max_examples=60)
@given(works=WORKS, kind=st.sampled_from(("bibtex", "csl")), target=st.sampled_from(("a.bib", "a.json", "a.yaml")))
def test_every_entry_is_found_by_the_site_and_a_second_import_changes_nothing(
    works: list[Mapping[str, str]], kind: str, target: str
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "docs").mkdir()
        configure(root, target)
        file = root / ("refs.bib" if kind == "bibtex" else "refs.json")
        file.write_text(spelled(works, kind), encoding="utf-8")
        command = ("import", kind, str(file), "-f", str(root / "mkdocs.yml"))
        first = typed(*command)
        if first.code == 2 and "no entry" in first.err:
            assert not works
            return
        assert first.code == 0, first.err
        notes = read_knowledge_base(root / "mkdocs.yml").corpus.notes
        found = {slugged(source.title) for note in notes for source in note.sources}
        passed_over = {line.split("`")[1] for line in first.err.splitlines() if ": skipped `" in line}
        assert all(slugged(one["title"]) in found or one["id"] in passed_over for one in works)
        assert len(notes) == len(first.out.splitlines())
        assert all(note.sources and not note.head.diagnostics for note in notes)
        before = tree(root, index=True)
        second = typed(*command)
        assert (second.code, second.out) == (0, "")
        assert tree(root, index=True) == before
