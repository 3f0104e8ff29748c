"""What is offered where: names that mean what they say, and nothing in code, formulas and comments."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from desks import desk_of, show
from hypothesis import HealthCheck, given, settings

from inquiry.author.editor.completion import complete
from inquiry.author.editor.name_offers import citation_offers, link_offers
from inquiry.author.editor.offers import MOST
from inquiry.author.editor.spelling import head_name
from inquiry.corpus.body import LinkKind
from inquiry.graph.resolution import Found
from strategies import corpora, written

if TYPE_CHECKING:
    from inquiry.author.editor.desk import Desk
    from inquiry.corpus.model import Corpus

GARDEN = {
    "notes/black-tea.md": (
        "---\ntitle: Why is tea black?\nsummary: It oxidises.\naliases: [Assam]\ntags: [tea, colour]\n"
        "source: okafor2019\n---\n## First [flush]\n\nIt is picked. ^picked\n\n## Leaves\n\n### Leaves\n"
    ),
    "notes/green-tea.md": "---\ntitle: Green tea\ntags: [tea]\n---\nUnlike [[black-tea]].\n",
    "notes/desk/mug.md": "---\ntitle: A mug\n---\nIt holds.\n",
    "notes/field/mug.md": "---\ntitle: Another mug\n---\nIt leaks.\n",
    "notes/secret.md": "---\ntitle: Secret tea\ndraft: true\n---\nPst.\n",
    "lines/why-tea.md": "---\ntitle: Why tea?\nsummary: S.\n---\nSo.\n",
    "lines/mug.md": "---\ntitle: Which mug?\nsummary: S.\n---\nSo.\n",
    "sources.bib": (
        "@article{okafor2019, title={Shade}, author={Okafor, Ada}, year={2019}}\n@book{brew1, title={Brewing}}\n"
    ),
}
LINE = "lines/why-tea.md"
NOTE = "notes/green-tea.md"
HEAD = "---\ntitle: Why tea?\nsummary: S.\n---\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(tmp_path, GARDEN)


def offered(desk: Desk, path: str, text: str) -> list[str]:
    """Say what would stand there, the stretch that is replaced in brackets."""
    sheet, position = show(desk, path, text)
    found = complete(sheet, position)
    return [f"{sheet.text.between(one.span)}→{one.text}" for one in found.items]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It is [[bl¦", ["bl→black-tea]]"]),
        ("It is [[bl¦]] so.", ["bl→black-tea"]),
        ("It is [[black¦-tae|words]] so.", ["black-tae→black-tea"]),
        ("It is [[¦#Leaves]].", ["→black-tea", "→green-tea", "→desk-mug", "→field-mug", "→mug"]),
        ("It is ![[assam¦]]", ["assam→black-tea"]),
        ("A is [[x]], B is [[tea black¦", ["tea black→black-tea]]"]),
        ("It is [[another m¦", ["another m→field-mug]]"]),
        ("- [[which mug¦", ["which mug→mug]]"]),
        ("It is [[secret¦", []),
        ("It is [[bl|wor¦", []),
        ("It is [bl¦", []),
        ("It is `[[bl¦`", []),
        ("It is $[[bl¦$", []),
        ("```\n[[bl¦\n```", []),
        ("    [[bl¦", []),
        ("<!-- [[bl¦ -->", []),
        ("%% [[bl¦ %%", []),
        ("So \\[[bl¦", []),
        ("See [[black-tea#¦", ["→first-flush]]", "→Leaves]]", "→leaves_1]]", "→^picked]]"]),
        ("See [[black-tea#lea¦]]", ["lea→Leaves", "lea→leaves_1"]),
        ("See [[black-tea#^¦|w]]", ["^→^picked"]),
        ("See [[nothing#¦", []),
        ("## Here\n\n[[#¦", ["→Here]]"]),
        ("See [@oka¦", ["oka→okafor2019]"]),
        ("See [@oka¦, p. 3].", ["oka→okafor2019"]),
        ("See [@brew1; @green¦]", ["green→green-tea"]),
        ("See [see @shade¦]", ["shade→okafor2019"]),
        ("Write to me@oka¦", []),
        ("See `[@oka¦]`", []),
    ],
)
def test_a_body_is_offered_what_may_stand_there(desk: Desk, body: str, expected: list[str]) -> None:
    found = offered(desk, LINE, f"{HEAD}{body}\n")
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("path", "head", "expected"),
    [
        (LINE, "title: T\nsum¦", ["sum→summary: "]),
        (LINE, "title: T\nsum¦: x", ["sum→summary"]),
        (LINE, "title: T\nti¦", []),
        (LINE, "ne¦", ["ne→next: "]),
        (NOTE, "ne¦", []),
        (NOTE, "source¦", ["source→source: "]),
        (LINE, "tags: [te¦", ["te→tea"]),
        (LINE, "tags: [tea, co¦, x]", ["co→colour"]),
        (LINE, "tags:\n  - tea\n  - c¦", ["c→colour"]),
        (LINE, 'tags: ["c¦', ['c→colour"']),
        (LINE, "next: [m¦]", ["m→mug"]),
        (LINE, "next:\n- mu¦", ["mu→mug"]),
        (NOTE, "next: [m¦]", []),
        (LINE, "sources: [green¦]", ["green→green-tea"]),
        (NOTE, "source: oka¦", ["oka→okafor2019"]),
        (NOTE, "source: [brew1, oka¦", ["oka→okafor2019"]),
        (NOTE, "relations: {contra¦", ["contra→contradicts: "]),
        (NOTE, "relations: {contradicts: [bl¦", ["bl→black-tea"]),
        (NOTE, "relations: {contradicts: [black-tea], supports: [another m¦]}", ["another m→field-mug"]),
        (NOTE, "relations:\n  su¦", ["su→supports: "]),
        (NOTE, "relations:\n  supports:\n    - bl¦", ["bl→black-tea"]),
        (NOTE, "relations:\n  supports:\n    - black-tea\n  contradicts:\n  - bl¦", ["bl→black-tea"]),
        (NOTE, "qualifies: bl¦", ["bl→black-tea"]),
        (NOTE, "supports: '[[bl¦'", ["bl→black-tea]]"]),
        (NOTE, "related: '[[which¦]]'", ["which→mug"]),
        (NOTE, "title: bl¦", []),
        (NOTE, "draft: t¦", ["t→true"]),
        (NOTE, "# tags: [c¦", []),
        (NOTE, "supports:bl¦", []),
    ],
)
def test_a_head_is_offered_keys_and_what_they_take(desk: Desk, path: str, head: str, expected: list[str]) -> None:
    assert offered(desk, path, f"---\n{head}\n---\nWords.\n") == expected


def test_a_key_comes_with_what_it_means(desk: Desk) -> None:
    (found,) = complete(*show(desk, LINE, "---\ntitle: T\nsum¦\n---\n")).items
    assert found.about.startswith("One to three sentences")


def test_an_unfinished_head_is_a_head_already(desk: Desk) -> None:
    assert offered(desk, LINE, "---\ntitle: T\nsum¦") == ["sum→summary: "]


def test_a_head_in_toml_is_left_alone(desk: Desk) -> None:
    assert offered(desk, LINE, '+++\ntitle = "T"\nta¦\n+++\n') == []


def test_a_value_that_yaml_would_misread_is_quoted(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, {"notes/2024.md": "Year.\n", "notes/null.md": "Nought.\n", "notes/a.md": ""})
    assert offered(desk, "notes/a.md", "---\nsupports: [20¦]\n---\n") == ["20→'2024'"]
    assert offered(desk, "notes/a.md", "---\nsupports: [nul¦]\n---\n") == ["nul→'null'"]
    assert offered(desk, "notes/a.md", "---\nsupports: ['nul¦']\n---\n") == ["nul→null"]


def test_a_draft_may_name_drafts(desk: Desk) -> None:
    assert offered(desk, NOTE, "---\ndraft: true\n---\n[[secret¦") == ["secret→secret]]"]


def test_an_item_shows_summary_and_reference(desk: Desk) -> None:
    sheet, position = show(desk, LINE, f"{HEAD}[[black¦\n")
    (found,) = complete(sheet, position).items
    assert found.label == "Why is tea black?"
    assert "It oxidises." in found.about
    assert "Ada Okafor (2019), Shade" in found.about
    assert found.match.startswith("black-tea ")


def test_a_long_list_is_cut_and_says_so(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, {f"notes/note-{number}.md": "x\n" for number in range(MOST + 50)})
    sheet, position = show(desk, "notes/note-0.md", "[[note¦")
    found = complete(sheet, position)
    assert len(found.items) == MOST
    assert not found.complete
    sheet, position = show(desk, "notes/note-0.md", "[[note-149¦")
    found = complete(sheet, position)
    assert [one.text for one in found.items] == ["note-149]]"]
    assert found.complete


def test_columns_count_letters_of_every_width(desk: Desk) -> None:
    assert offered(desk, LINE, f"{HEAD}🧂𝔸é [[bl¦]] 🧂\n") == ["bl→black-tea"]


def test_windows_line_ends_change_nothing(desk: Desk) -> None:
    text = f"{HEAD}🧂\n\nSee [[black-tea#lea¦]] so.\n".replace("\n", "\r\n")
    assert offered(desk, LINE, text) == ["lea→Leaves", "lea→leaves_1"]


@given(corpora())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_a_name_that_is_offered_means_what_it_says(corpus: Corpus) -> None:
    with TemporaryDirectory() as folder:
        desk = desk_of(Path(folder), written(corpus))
        reading = desk.current()
        assert reading is not None
        for origin in reading.corpus.documents:
            desk.put(origin.path, desk.text_of(origin.path), 1)
            sheet = desk.sheet(origin.path)
            assert sheet is not None
            for kind, offers in ((LinkKind.WIKILINK, link_offers(sheet)), (LinkKind.CITATION, citation_offers(sheet))):
                for offer in offers:
                    if (name := offer.spell()) is None:
                        continue
                    meaning = reading.resolver.resolve_target(name, "", kind, origin.path, origin)
                    if isinstance(meaning, Found):
                        assert meaning.document.title == offer.label or name in reading.corpus.bibliography
                    else:
                        assert kind is LinkKind.CITATION
                        assert name in reading.corpus.bibliography
            for other in reading.corpus.documents:
                if (name := head_name(other, origin, reading.resolver)) is not None:
                    resolve = reading.resolver.resolve_line if other.is_line else reading.resolver.resolve_note
                    found = resolve(name, origin.path)
                    assert isinstance(found, Found)
                    assert found.document.key == other.key


def test_namesakes_are_told_apart_by_the_shortest_path_that_does(tmp_path: Path) -> None:
    texts = {"notes/pot.md": "Clay.\n", "lines/pot.md": "Why?\n", "notes/a.md": ""}
    desk = desk_of(tmp_path, texts)
    assert sorted(offered(desk, "notes/a.md", "[[pot¦]]")) == ["pot→lines/pot", "pot→notes/pot"]
    assert offered(desk, "notes/a.md", "---\nsupports: [po¦]\n---\n") == ["po→pot"]
