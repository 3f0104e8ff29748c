"""Whatever is typed, and wherever the cursor is: an answer, never a fault."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from desks import desk_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquiry.author.editor.completion import complete
from inquiry.author.editor.fixes import fixes
from inquiry.author.editor.hover import hover
from inquiry.author.editor.places import definition, references
from inquiry.author.editor.renamable import CannotRenameError, renamable
from inquiry.author.editor.renaming import rename
from inquiry.author.editor.symbols import outline
from inquiry.author.editor.text import Encoding, Point, Text
from inquiry.commands.editing import checks
from inquiry.diagnostics import Span

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PIECES = (
    *(
        "---\n",
        "+++\n",
        "title: ",
        "tags: [",
        "relations: {supports: ",
        "next:\n- ",
        "source: ",
        "aliases: ",
        "id: ",
        "'",
    ),
    *(
        "[[",
        "]]",
        "![[",
        "#",
        "#^",
        "|",
        "[@",
        "]",
        "](",
        ")",
        "`",
        "```\n",
        "$",
        "$$",
        "%%",
        "<!--",
        "-->",
        '<a href="',
    ),
    *(
        "tea",
        "why",
        "kung2023",
        "notes/tea.md",
        "Top",
        " ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "- ",
        "## ",
        "🧂",
        "é",
        "\x00",
        "\ud800",
    ),
    *("{", "}", ", ", ": ", "&a", "*a", "\u2028", "\ufeff", "^a", "\\", "<", ">"),
)
TEXTS = {
    "notes/tea.md": "---\ntitle: Tea\naliases: [Chai]\n---\n## Top\n\nIt is. ^a\n",
    "lines/why.md": "---\ntitle: Why\nsummary: S.\n---\n[[tea]]\n",
    "sources.bib": "@article{kung2023, title={T}}\n",
}


def test_no_text_and_no_place_is_too_much(tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = desk_of(tmp_path_factory.mktemp("kb"), TEXTS)
    lent = checks()

    @given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(sorted(TEXTS)[:2]), st.data())
    @settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
    def ask(typed: str, path: str, data: st.DataObject) -> None:
        text = Text(typed)
        desk.put(path, text, 1)
        sheet = desk.sheet(path)
        assert sheet is not None
        row = data.draw(st.integers(0, typed.count("\n") + typed.count("\r") + 1))
        position = text.position(Point(row, data.draw(st.integers(0, 40))), data.draw(st.sampled_from(Encoding)))
        for one in complete(sheet, position).items:
            assert one.span.start <= position <= one.span.end
            assert one.span.start.line == one.span.end.line
        hover(sheet, position)
        definition(sheet, position)
        references(sheet, position, declaration=True)
        outline(sheet)
        found = (*lent.glance(sheet), *lent.find(sheet.reading, frozenset({path})))
        list(fixes(found, Span(position, position), desk.text_of, lent.mend))
        archive = desk.archive()
        assert archive is not None
        with suppress(CannotRenameError):
            rename(archive, renamable(sheet, position).document, "fresh name", moves=True)

    ask()


def test_files_that_cannot_be_read_are_empty_texts(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, TEXTS)
    (tmp_path / "notes/bad.md").write_bytes(b"caf\xe9")
    assert desk.text_of("notes/bad.md").source == "caf\ufffd"
    assert desk.text_of("notes/missing.md").source == ""
    assert desk.text_of("notes").source == ""
