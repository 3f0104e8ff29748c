"""Where one goes from a name, what is shown beside it, and what names a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desks import desk_of, show

from inquiry.author.editor.hover import hover
from inquiry.author.editor.places import definition, references
from inquiry.author.editor.symbols import Outline, documents_named, outline

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.author.editor.desk import Desk

GARDEN = {
    "notes/black-tea.md": (
        "---\ntitle: Why is tea *black*?\nsummary: It [oxidises]_.\nsource: okafor2019\n---\n"
        "Words.\n\n## First flush\n\nIt is picked. ^picked\n"
    ),
    "notes/green-tea.md": "---\ntitle: Green tea\nrelations: {contradicts: [black-tea]}\n---\nUnlike [[black-tea]].\n",
    "notes/a/mug.md": "---\ntitle: A mug\nid: cup\n---\nIt holds.\n",
    "lines/why-tea.md": (
        "---\ntitle: Why tea?\nsummary: S.\nsources: [black-tea]\n---\nSo [[black-tea#^picked|they say]].\n"
    ),
    "lines/pot.md": "---\ntitle: A pot\n---\n",
    "notes/pot.md": "---\ntitle: A pot of clay\n---\n",
    "docs/index.md": "# Home\n",
    "notes/leaf.png": "",
    "sources.bib": (
        "@article{okafor2019, title={Shade}, author={Okafor, Ada}, year={2019}, doi={10.1000/x}}\n"
        "@book{brew1,\n title={Brewing}}\n"
    ),
}
LINE = "lines/why-tea.md"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(tmp_path, GARDEN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [[black¦-tea]].", ["notes/black-tea.md:1:1"]),
        ("See [[black-tea|wo¦rds]].", ["notes/black-tea.md:1:1"]),
        ("See ![[black-tea#First flush¦]].", ["notes/black-tea.md:8:1"]),
        ("See [[black-tea#^picked¦]].", ["notes/black-tea.md:10:15"]),
        ("See [[black-tea#nowhere¦]].", ["notes/black-tea.md:1:1"]),
        ("See [x](../notes/black-tea.md#first-flu¦sh).", ["notes/black-tea.md:8:1"]),
        ("## Here\n\nSee [[#He¦re]].", ["lines/why-tea.md:4:1"]),
        ("See [[pot¦]].", ["lines/pot.md:1:1", "notes/pot.md:1:1"]),
        ("See [@okafor2019¦].", ["sources.bib:1:10"]),
        ("See [@green-tea; @bre¦w1].", ["sources.bib:2:7"]),
        ("See [@cu¦p].", ["notes/a/mug.md:1:1"]),
        ("See ![x](../notes/leaf¦.png).", ["notes/leaf.png:1:1"]),
        ("See [[nothing¦]].", []),
        ("See <https://example.org/¦>.", []),
        ("See `[[black-tea¦]]`.", []),
        ("Words¦.", []),
    ],
)
def test_a_link_leads_to_what_it_names(desk: Desk, text: str, expected: list[str]) -> None:
    sheet, position = show(desk, LINE, f"---\ntitle: T\n---\n{text}\n")
    found = definition(sheet, position)
    assert [f"{one.path}:{one.span.start.line}:{one.span.start.column}" for one in found] == expected


@pytest.mark.parametrize(
    ("path", "head", "expected"),
    [
        (LINE, "next: [po¦t]", "lines/pot.md"),
        (LINE, "sources:\n- cu¦p", "notes/a/mug.md"),
        ("notes/green-tea.md", "relations: {supports: [pot¦]}", "notes/pot.md"),
        ("notes/green-tea.md", "source: brew¦1", "sources.bib"),
        ("notes/green-tea.md", 'related: "[[why-te¦a]]"', LINE),
    ],
)
def test_a_value_of_a_head_leads_to_what_it_names(desk: Desk, path: str, head: str, expected: str) -> None:
    sheet, position = show(desk, path, f"---\ntitle: T\n{head}\n---\nWords.\n")
    assert [one.path for one in definition(sheet, position)] == [expected]


def test_a_link_shows_title_summary_and_reference(desk: Desk) -> None:
    sheet, position = show(desk, LINE, "See [[black-tea¦]].\n")
    shown = hover(sheet, position)
    assert shown is not None
    assert sheet.text.between(shown.span) == "[[black-tea]]"
    assert shown.text == (
        "**Why is tea *black*?** (note)\n\nIt \\[oxidises\\]\\_.\n\nAda Okafor (2019), Shade <https://doi.org/10.1000/x>"
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("See [[black-tea#^picked¦]].", "> It is picked."),
        ("See [[black-tea#First flush¦]].", "§ First flush"),
        ("See [@okafor2019¦].", "**Why is tea"),
        ("See [@brew1¦].", "**Brewing**"),
        ("See [[pot¦]].", "- A pot of clay (`notes/pot.md`)"),
    ],
)
def test_a_name_shows_what_it_means(desk: Desk, text: str, part: str) -> None:
    shown = hover(*show(desk, LINE, text))
    assert shown is not None
    assert part in shown.text


@pytest.mark.parametrize("text", ["See [[nothing¦]].", "Words¦.", "See <https://example.org/¦>.", "`[[black-tea¦]]`"])
def test_what_says_enough_shows_nothing(desk: Desk, text: str) -> None:
    assert hover(*show(desk, LINE, text)) is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("notes/black-tea.md", GARDEN["notes/black-tea.md"].replace("title", "ti¦tle", 1)),
        (LINE, GARDEN[LINE].replace("they", "th¦ey")),
    ],
    ids=["in its own head", "on a link"],
)
def test_references_are_all_places_that_name_a_document(desk: Desk, path: str, text: str) -> None:
    sheet, position = show(desk, path, text)
    found = references(sheet, position, declaration=True)
    assert [(one.path, desk.text_of(one.path).between(one.span)) for one in found] == [
        ("notes/black-tea.md", ""),
        (LINE, "black-tea"),
        (LINE, "[[black-tea#^picked|they say]]"),
        ("notes/green-tea.md", "black-tea"),
        ("notes/green-tea.md", "[[black-tea]]"),
    ]
    assert references(sheet, position, declaration=False) == found[1:]


def test_plain_words_refer_to_nothing(desk: Desk) -> None:
    assert references(*show(desk, LINE, "Words¦.\n"), declaration=True) == ()


def test_an_unsaved_text_counts_in_other_files(desk: Desk) -> None:
    show(desk, "notes/green-tea.md", "¦No link any more.\n")
    desk.current()
    sheet, position = show(desk, "notes/black-tea.md", GARDEN["notes/black-tea.md"].replace("title", "ti¦tle", 1))
    assert {one.path for one in references(sheet, position, declaration=False)} == {LINE}


def test_headings_are_arranged_by_their_levels(desk: Desk) -> None:
    sheet, _ = show(desk, LINE, "¦# A\n\n## B\n\nx\n\n### C\n\n## D\n\ny\n")

    def shape(one: Outline) -> object:
        return one.text, one.heading.start.line, one.whole.end.line, [shape(inner) for inner in one.below]

    assert [shape(one) for one in outline(sheet)] == [
        ("A", 1, 12, [("B", 3, 9, [("C", 7, 9, [])]), ("D", 9, 12, [])]),
    ]


def test_documents_are_found_by_words_of_all_their_names(desk: Desk) -> None:
    reading = desk.current()
    assert reading is not None
    assert [one.path for one in documents_named(reading, "TEA black")] == ["notes/black-tea.md"]
    assert len(documents_named(reading, "")) == 6
