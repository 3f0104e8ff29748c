"""Transcripts of `inquiry import obsidian`: a vault becomes a knowledge base in which every link still leads there."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.commands.reading import read_knowledge_base
from inquiry.corpus.body import LinkKind
from inquiry.graph.resolution import Dangling, External, Found, FoundFile, MissingAnchor
from small_sites import tree
from terminal import Outcome, refused, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Write = Callable[[str], str]

PICTURE = b"\x89PNG\r\n"
NOTE = """\
---
tags: [project/alpha, 2024]
cssclasses: wide
aliases: [Nickname]
---
# Heading: with, signs?

A paragraph. ^block
"""
FILES: dict[str, str | bytes] = {
    ".obsidian/app.json": "{}",
    ".obsidian/templates.json": '{"folder": "Templates"}',
    ".trash/Gone.md": "gone",
    "Templates/Daily.md": "<% tp.file.title %> [[nothing]]",
    "Daily/2024-01-02.md": "Tea with [[Note]]. %%[[secret]]%%\n",
    "Folder A/Note.md": NOTE,
    "Folder A/sub/Twin.md": "Below. [[Twin]] [[Note]]\n",
    "Folder A/same.png": PICTURE,
    "other/Twin.md": "Above. [[Twin]]\n",
    "other/same.png": PICTURE,
    "assets/pic.png": PICTURE,
    "assets/my pic (1).png": PICTURE,
    "assets/doc.pdf": b"%PDF",
    "assets/unused.bin": b"\0",
    "Board.canvas": "{}",
}


def fill(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault and stand beside it."""
    fill(tmp_path / "My vault", FILES)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "My vault"


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """Make a knowledge base beside it."""
    fill(
        tmp_path / "garden",
        {
            "mkdocs.yml": "site_name: X\nplugins: [inquiry]\n",
            "docs/index.md": "# X\n",
            "notes/tea.md": "# Tea\n",
            "lines/why.md": "---\ntitle: Why?\nsummary: So.\n---\n[[tea]]\n",
        },
    )
    return tmp_path / "garden"


@pytest.fixture
def written(vault: Path) -> Write:
    """Import the vault with a note `Other` of this text, and say what became of the text."""

    def imported(text: str) -> str:
        (vault / "Other.md").write_text(text, encoding="utf-8")
        assert typed("import", "obsidian", str(vault), "--to", "site").code == 0
        return Path("site/notes/Other.md").read_text(encoding="utf-8")

    return imported


@pytest.mark.parametrize(
    "link",
    [
        "[[Note]]",
        "[[note]]",
        "[[Nickname]]",
        "[[Folder A/Note]]",
        "[[/Folder A/Note]]",
        "[[sub/Twin]]",
        "[[Note#Heading with signs]]",
        "[[Note#^block|words]]",
        "![[Note#^block]]",
        "![[pic.png|100]]",
        "![[my pic (1).png]]",
        "![](assets/pic.png)",
        "[x](Folder%20A/Note.md)",
        "[x](<Folder A/Note.md>)",
        "[x](Folder%20A/Note.md#heading-with-signs)",
        "[x](Note)",
        "[[doc.pdf#page=2]]",
        "[[Board.canvas]]",
        "[[2024-01-02]]",
        "[x](https://example.org/Note.md)",
        "[x](mailto:note@example.org)",
        "[[other|dendron://vault/Note]]",
        "`[[Twin]]`",
        "%%[[Twin]]%%",
        "```dataview\nLIST FROM [[Twin]]\n```",
    ],
)
def test_what_works_stays_as_it_is(written: Write, link: str) -> None:
    assert written(f"See {link}\n" if "\n" not in link else link) == (f"See {link}\n" if "\n" not in link else link)
    assert typed("check", "-f", "site/mkdocs.yml", "site/notes/Other.md").code == 0


@pytest.mark.parametrize(
    ("link", "spelled"),
    [
        ("[[Twin]]", "[[other/Twin|Twin]]"),
        ("[[Twin|both]]", "[[other/Twin|both]]"),
        ("| [[Twin]] |\n|---|", "| [[other/Twin\\|Twin]] |\n|---|"),
        ("a | b\n--|:-:\n[[Twin]] | c", "a | b\n--|:-:\n[[other/Twin\\|Twin]] | c"),
        ("> | a |\n> |---|\n> | [[Twin]] |", "> | a |\n> |---|\n> | [[other/Twin\\|Twin]] |"),
        ("a | b [[Twin]]\n\n---", "a | b [[other/Twin|Twin]]\n\n---"),
        ("[[Twin|]]", "[[other/Twin|]]"),
        ("> [!note] [[Twin]]\n> | a |\n> |---|", "> [!note] [[other/Twin|Twin]]\n> | a |\n> |---|"),
        ('---\nup: "[[Twin]]"\n---\n', '---\nup: "[[other/Twin|Twin]]"\n---\n'),
        ('---\nup: ["[[Twin|x]]"]\n---\n', '---\nup: ["[[other/Twin|x]]"]\n---\n'),
        ("![[Twin]]", "![[other/Twin]]"),
        ("![[same.png]]", "![[other/same.png]]"),
        ("![](pic.png)", "![](assets/pic.png)"),
        ("![a picture](pic.png)", "![a picture](assets/pic.png)"),
        ("![](my%20pic%20%281%29.png)", "![](assets/my%20pic%20%281%29.png)"),
        ("![x](<my pic (1).png>)", "![x](<assets/my%20pic%20%281%29.png>)"),
        ("![](<my pic (1).png>)", "![](<assets/my%20pic%20%281%29.png>)"),
        ("[x](Note.md)", "[x](Folder%20A/Note.md)"),
        ('[x](Note.md "a title")', '[x](Folder%20A/Note.md "a title")'),
        ("[x](Note.md#heading-with-signs)", "[x](Folder%20A/Note.md#heading-with-signs)"),
        ("[x](sub/Twin.md)", "[x](Folder%20A/sub/Twin.md)"),
        ("[x](folder%20a/note.md)", "[x](Folder%20A/Note.md)"),
        ("[x](Twin)", "[x](other/Twin.md)"),
        ("[x](Note.md#Heading:%20with,%20signs?)", "[[Folder A/Note#Heading: with, signs?|x]]"),
        ("# Own words\n\n[x](#Own%20words)", "# Own words\n\n[[#Own words|x]]"),
        ("[x][1] and [[Twin]]\n\n[1]: Note.md", "[x](Folder%20A/Note.md) and [[other/Twin|Twin]]\n\n[1]: Note.md"),
    ],
)
def test_what_only_obsidian_reads_is_spelled_so_that_both_do(written: Write, link: str, spelled: str) -> None:
    assert written(f"{link}\n") == f"{spelled}\n"
    assert typed("check", "-f", "site/mkdocs.yml", "site/notes/Other.md").code == 0


@pytest.mark.parametrize(
    "link",
    [
        "[[Gone]]",
        "[[Note#Nowhere]]",
        "[[Note#^nowhere]]",
        "[x](Gone.md)",
        "[x](Folder%20A/Note.md#heading--with--signs)",
        "![](gone.png)",
        "[x](/gone.png)",
        "[a [b] c][1]\n\n[1]: Note.md",
    ],
)
def test_what_leads_nowhere_in_obsidian_stays_and_is_listed_with_its_place(vault: Path, link: str) -> None:
    (vault / "Other.md").write_text(f"One\n{link}\n", encoding="utf-8")
    outcome = typed("import", "obsidian", str(vault), "--to", "site")
    assert "\n1 of 5 links leads to nothing that was copied:\n  Other.md:2:" in outcome.err
    assert Path("site/notes/Other.md").read_text(encoding="utf-8") == f"One\n{link}\n"
    found = json.loads(typed("check", "-f", "site/mkdocs.yml", "--format", "json").out)["diagnostics"]
    assert [(one["path"], one["line"]) for one in found if one["severity"] == "error"] in ([("notes/Other.md", 2)], [])


def test_a_namesake_below_the_folder_of_the_link_is_the_one_that_is_meant(vault: Path) -> None:
    typed("import", "obsidian", str(vault), "--to", "site")
    assert (
        Path("site/notes/Folder A/sub/Twin.md")
        .read_text(encoding="utf-8")
        .startswith("Below. [[Folder A/sub/Twin|Twin]] [[Note]]")
    )
    assert Path("site/notes/other/Twin.md").read_text(encoding="utf-8") == "Above. [[other/Twin|Twin]]\n"


def test_notes_of_one_title_are_no_namesakes(vault: Path) -> None:
    fill(vault, {"p.md": "# Shared\n", "q.md": "# Shared\n", "Other.md": "[[Shared]]\n"})
    typed("import", "obsidian", str(vault), "--to", "site")
    assert Path("site/notes/Other.md").read_text(encoding="utf-8") == "[[Shared]]\n"


def test_a_vault_becomes_a_knowledge_base_that_builds_and_checks(vault: Path) -> None:
    fill(vault, {"Other.md": "![[pic.png]] [[doc.pdf]] [[Twin]] [[Board.canvas]] [[Folder A/Note]]\n"})
    before = tree(vault, index=True)
    outcome = typed("import", "obsidian", str(vault), "--to", "site")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == (
        "copied 5 notes and 3 other files to site/notes\n"
        "left out 1 file of templates, 4 files that no note links to\n"
        "spelled 3 links in 3 notes anew, so that they lead where they did\n"
    )
    assert tree(vault, index=True) == before
    assert set(tree(Path("site"), index=True)) == {
        ".gitignore",
        "mkdocs.yml",
        "docs/index.md",
        "notes/Board.canvas",
        "notes/Daily/2024-01-02.md",
        "notes/Folder A/Note.md",
        "notes/Folder A/sub/Twin.md",
        "notes/Other.md",
        "notes/assets/doc.pdf",
        "notes/assets/pic.png",
        "notes/other/Twin.md",
    }
    reading = read_knowledge_base(Path("site/mkdocs.yml"))
    assert reading.project.site_name == "My vault"
    assert {note.title for note in reading.corpus.notes} >= {"2024-01-02", "Twin", "Heading: with, signs?"}
    assert typed("check", "-f", "site/mkdocs.yml").code == 0
    assert typed("build", "-q", "-f", "site/mkdocs.yml").code == 0
    page = Path("site/site/notes/other/index.html").read_text(encoding="utf-8")
    assert 'src="../../notes/assets/pic.png"' in page
    assert Path("site/site/notes/assets/pic.png").read_bytes() == PICTURE


def test_a_picture_that_only_the_front_matter_names_is_copied(vault: Path) -> None:
    fill(vault, {"Other.md": '---\nbanner: "[[pic.png]]"\n---\nText.\n'})
    typed("import", "obsidian", str(vault), "--to", "site")
    assert Path("site/notes/assets/pic.png").is_file()


def test_a_folder_is_left_out_only_where_the_vault_says_that_it_holds_templates(vault: Path) -> None:
    (vault / ".obsidian/templates.json").write_text("not JSON", encoding="utf-8")
    typed("import", "obsidian", str(vault), "--to", "site")
    assert Path("site/notes/Templates/Daily.md").is_file()


def test_templater_says_so_too(vault: Path) -> None:
    fill(vault, {".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder": "Daily/"}'})
    assert "left out 2 files of templates" in typed("import", "obsidian", str(vault), "--to", "site").err


def test_a_second_run_adds_what_is_new_and_changes_nothing(vault: Path) -> None:
    typed("import", "obsidian", str(vault), "--to", "site")
    before = tree(Path("site"), index=True)
    assert typed("import", "obsidian", str(vault), "--to", "site") == Outcome(0, "", "nothing to import\n")
    assert tree(Path("site"), index=True) == before
    fill(vault, {"New.md": "[[Note]] ![[pic.png]]\n"})
    outcome = typed("import", "obsidian", str(vault), "--to", "site")
    assert outcome.err.startswith("copied 1 note and 1 other file to ")
    assert before.items() <= tree(Path("site"), index=True).items()


def test_a_file_that_says_something_else_is_refused_before_anything_is_written(vault: Path) -> None:
    fill(Path("site"), {"notes/Folder A/Note.md": "mine\n"})
    before = tree(Path("site"), index=True)
    reason = refused(typed("import", "obsidian", str(vault), "--to", "site"))
    assert reason.startswith("site/notes/Folder A/Note.md: the file is there already and says something else")
    assert tree(Path("site"), index=True) == before


def test_a_vault_can_join_a_knowledge_base_from_any_folder_below_it(
    vault: Path, garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(garden, index=True)
    monkeypatch.chdir(garden / "lines")
    assert typed("import", "obsidian", str(vault)).code == 0
    after = tree(garden, index=True)
    assert before.items() <= after.items()
    assert "notes/Folder A/Note.md" in after


def test_a_link_does_not_come_to_mean_a_note_of_the_knowledge_base(vault: Path, garden: Path) -> None:
    fill(vault, {"Drinks/tea.md": "# My tea\n", "Other.md": "[[tea]] [t](tea.md)\n"})
    assert typed("import", "obsidian", str(vault), "-f", str(garden / "mkdocs.yml")).code == 0
    assert (garden / "notes/Other.md").read_text(encoding="utf-8") == "[[Drinks/tea|tea]] [t](Drinks/tea.md)\n"


def test_a_path_from_the_root_of_the_vault_goes_before_an_id(vault: Path) -> None:
    fill(
        vault, {"intro.md": "# Mine\n", "p.md": "---\nid: intro\n---\n# Other\n", "Other.md": "[[intro]] [[intro|x]]\n"}
    )
    assert typed("import", "obsidian", str(vault), "--to", "site").code == 0
    assert Path("site/notes/Other.md").read_text(encoding="utf-8") == "[intro](intro.md) [x](intro.md)\n"


def test_a_folder_of_the_vault_may_be_called_notes(vault: Path) -> None:
    fill(vault, {"q.md": "# Above\n", "notes/q.md": "# Below\n", "Other.md": "[[notes/q]] [q](notes/q.md) [[q]]\n"})
    assert typed("import", "obsidian", str(vault), "--to", "site").code == 0
    text = Path("site/notes/Other.md").read_text(encoding="utf-8")
    assert text == "[notes/q](notes/q.md) [q](notes/q.md) [[q]]\n"
    reading = read_knowledge_base(Path("site/mkdocs.yml"))
    (note,) = (one for one in reading.corpus.notes if one.path == "notes/Other.md")
    found = [reading.resolver.resolve(link, note) for link in note.body.links]
    titles = [one.document.title for one in found if isinstance(one, Found)]
    assert titles == ["Below", "Below", "Above"]


def test_line_ends_marks_and_letters_of_other_encodings_stay(vault: Path) -> None:
    fill(vault, {"Dos.md": "\ufeffOne\r\n[[Twin]] é\r\nthree\r\n", "Latin.md": "caf\xe9 [[Twin]]\n".encode("latin-1")})
    assert typed("import", "obsidian", str(vault), "--to", "site").code == 0
    assert Path("site/notes/Dos.md").read_bytes() == "\ufeffOne\r\n[[other/Twin|Twin]] é\r\nthree\r\n".encode()
    assert Path("site/notes/Latin.md").read_bytes() == (vault / "Latin.md").read_bytes()


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(vault: Path) -> None:
    outcome = typed("import", "obsidian", str(vault), "--to", "site", "--dry-run")
    assert not Path("site").exists()
    assert outcome.err.startswith("would copy 4 notes to site/notes\n")
    assert "\n+site_name: My vault\n" in outcome.out
    assert "\n-Above. [[Twin]]\n+Above. [[other/Twin|Twin]]\n" in outcome.out
    assert "\nnotes/Folder A/Note.md\n" in outcome.out


def test_what_a_new_knowledge_base_has_is_kept(vault: Path) -> None:
    fill(Path("site"), {"docs/index.md": "# Mine\n"})
    assert typed("import", "obsidian", str(vault), "--to", "site").code == 0
    assert Path("site/docs/index.md").read_text(encoding="utf-8") == "# Mine\n"


@pytest.mark.parametrize(
    ("typed_args", "reason"),
    [
        ([], "missing argument 'VAULT'"),
        (["nowhere"], "nowhere: there is no such folder"),
        (["My vault/Board.canvas"], "My vault/Board.canvas: this is no folder"),
        (["My vault"], "`--to FOLDER` begins a knowledge base"),
        (["My vault", "--to", "My vault/site"], "My vault/site: the knowledge base would lie in the vault My vault"),
        (["My vault", "--to", "My vault"], "would lie in the vault"),
        (["My vault", "--to", "My vault/Board.canvas"], "My vault/Board.canvas: this is no folder"),
        (["My vault", "--to", "site", "-f", "garden/mkdocs.yml"], "give one of them"),
        (["garden/notes", "--to", "garden"], "garden/notes: this is part of the knowledge base already"),
        (["My vault/assets", "--to", "site"], "My vault/assets: there are no notes in it"),
        (["My vault", "-f", "nowhere.yml"], "nowhere.yml: no such configuration file"),
    ],
)
@pytest.mark.usefixtures("vault", "garden")
def test_wrong_arguments_get_one_line(typed_args: list[str], reason: str) -> None:
    assert reason in refused(typed("import", "obsidian", *typed_args))
    assert not Path("site").exists()


# -- any vault --------------------------------------------------------------------------------------------------------

PATHS = [f"{folder}{name}" for folder in ("", "a/", "B b/", "a/c/") for name in ("x.md", "Y y.md", "z.png")]
ENDS = ("x", "Y y", "z.png", "a/x", "c/x", "c/Y y", "a/c/x", "B b/z.png", "c/z.png", "X", "w")
LINKS = st.builds(
    "{}".format,
    st.one_of(
        st.sampled_from([f"[[{end}]]" for end in ENDS]),
        st.sampled_from([f"[[{end}|words]]" for end in ENDS]),
        st.sampled_from([f"![[{end}]]" for end in ENDS]),
        st.sampled_from([f"[t](<{end}{'' if end.endswith('.png') else '.md'}>)" for end in ENDS]),
        st.sampled_from([f"![]({end.replace(' ', '%20')})" for end in ENDS if end.endswith(".png")]),
    ),
)
VAULTS = st.dictionaries(st.sampled_from(PATHS), st.lists(LINKS, max_size=4), min_size=1, max_size=8)


@settings(deadline=None, max_examples=80)
@given(files=VAULTS)
def test_every_link_with_a_target_in_the_vault_leads_to_a_file_of_that_name(files: dict[str, list[str]]) -> None:
    with TemporaryDirectory() as folder:
        vault, site = Path(folder, "vault"), Path(folder, "site")
        texts = {path: "\n\n".join(["# Title", *links]) for path, links in files.items()}
        fill(vault, {path: PICTURE if path.endswith("png") else text for path, text in texts.items()})
        outcome = typed("import", "obsidian", str(vault), "--to", str(site))
        if not any(path.endswith(".md") for path in files):
            assert "no notes in it" in refused(outcome)
            return
        assert outcome.code == 0
        reading = read_knowledge_base(site / "mkdocs.yml")
        assert len(reading.corpus.notes) == sum(path.endswith(".md") for path in files)
        for note in reading.corpus.notes:
            for link in note.body.links:
                found = reading.resolver.resolve(link, note)
                place = {Found: "document", FoundFile: "path"}.get(type(found))
                name = link.target.rpartition("/")[2].removesuffix(".md").lower()
                there = getattr(found, place) if place else None
                path = getattr(there, "path", there)
                wanted = f"/{link.target.lower().removesuffix('.md')}"
                has = any(f"/{one.lower().removesuffix('.md')}".endswith(wanted) for one in files)
                if link.kind in (LinkKind.WIKILINK, LinkKind.EMBED) and has:
                    assert path is not None, link
                if path is not None:
                    assert path.lower().rpartition("/")[2].removesuffix(".md") == name
                else:
                    assert isinstance(found, Dangling | MissingAnchor | External), (link, found)
                    assert not has, link
        before = tree(site, index=True)
        assert typed("import", "obsidian", str(vault), "--to", str(site)).err == "nothing to import\n"
        assert tree(site, index=True) == before
