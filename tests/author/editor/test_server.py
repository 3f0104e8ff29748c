"""The language server as editors meet it: a process that speaks the protocol over standard input and output."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from client import Client, RefusedError
from desks import write

from inquiry.commands.judging import judge
from inquiry.commands.reading import read_knowledge_base
from small_sites import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GARDEN = {
    "notes/black tea é.md": "---\ntitle: Why is tea black?\nsummary: It oxidises.\n---\nIt is picked. ^picked\n",
    "notes/mug.md": "---\ntitle: A mug\n---\nFor [[black-tea-é]].\n",
    "notes/kettle.md": "---\ntitle: A kettle\n---\nIt boils for [[mug]].\n",
    "lines/why.md": "---\ntitle: Why tea?\nsummary: S.\n---\nSo [[black-tea-é]] and [[mug]] and [[kettle]].\n",
    "docs/index.md": "# Home\n\nSee [[mug]].\n",
}
LINE = "lines/why.md"
TEA = "notes/black tea é.md"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    write(tmp_path, GARDEN)
    one = Client(tmp_path)
    try:
        yield one
    finally:
        one.kill()


def insert(line: int, character: int, text: str) -> dict[str, Any]:
    """Make the change of somebody who types."""
    place = {"line": line, "character": character}
    return {"range": {"start": place, "end": place}, "text": text}


def test_a_whole_conversation(client: Client) -> None:
    able = client.begin()
    assert able["positionEncoding"] == "utf-16"
    assert able["textDocumentSync"]["change"] == 2
    assert able["renameProvider"] == {"prepareProvider": True}
    client.open(LINE)
    assert client.diagnostics(LINE, 1) == []

    client.change(LINE, 2, insert(5, 0, "𝔸 [[kettlee]] and [[bla\n"))
    found = client.diagnostics(LINE, 2)
    assert [(one["code"], one["source"], one["severity"]) for one in found] == [
        ("INQ201", "inquiry dangling-link", 1),
        ("INQ209", "inquiry unclosed-link", 2),
    ]
    assert found[0]["message"] == "`[[kettlee]]` does not name a note or a line; did you mean `kettle`?"
    assert found[0]["range"] == {"start": {"line": 5, "character": 3}, "end": {"line": 5, "character": 14}}

    items = client.ask("textDocument/completion", client.at(LINE, 5, 24))["items"]
    assert [one["textEdit"]["newText"] for one in items] == ["black-tea-é]]"]
    assert items[0]["textEdit"]["range"] == {
        "start": {"line": 5, "character": 21},
        "end": {"line": 5, "character": 24},
    }
    shown = client.ask("textDocument/hover", client.at(LINE, 4, 8))
    assert shown["contents"]["value"] == "**Why is tea black?** (note)\n\nIt oxidises."
    (place,) = client.ask("textDocument/definition", client.at(LINE, 4, 8))
    assert place["uri"] == client.uri(TEA)
    assert "%20" in place["uri"]
    assert "%C3%A9" in place["uri"]

    (fix,) = client.ask(
        "textDocument/codeAction",
        {"textDocument": {"uri": client.uri(LINE)}, "range": found[0]["range"], "context": {"diagnostics": []}},
    )
    assert fix["title"] == "replace `kettlee` with `kettle`"
    assert fix["edit"]["documentChanges"][0]["edits"] == [{"range": found[0]["range"], "newText": "[[kettle]]"}]

    everywhere = client.ask("textDocument/references", client.at(LINE, 4, 8, context={"includeDeclaration": False}))
    assert {one["uri"] for one in everywhere} == {client.uri(LINE), client.uri("notes/mug.md")}
    assert client.ask("textDocument/prepareRename", client.at(LINE, 4, 29))["placeholder"] == "mug"
    edit = client.ask("textDocument/rename", client.at(LINE, 4, 29, newName="cup"))
    steps = edit["documentChanges"]
    assert {"kind": "rename", "oldUri": client.uri("notes/mug.md"), "newUri": client.uri("notes/cup.md")} == steps[-1]
    assert {one["textDocument"]["uri"] for one in steps[:-1]} == {
        client.uri(path) for path in (LINE, "notes/mug.md", "notes/kettle.md", "docs/index.md")
    }
    with pytest.raises(RefusedError, match="names nothing that could be renamed"):
        client.ask("textDocument/prepareRename", client.at(LINE, 5, 6))
    assert client.end() == 0
    assert client.errors == ""


@pytest.mark.parametrize(
    ("offered", "chosen", "column"),
    [
        (["utf-8", "utf-16"], "utf-8", 13),
        (["utf-32"], "utf-32", 6),
        (["utf-16"], "utf-16", 8),
        (["latin"], "utf-16", 8),
    ],
)
def test_columns_are_counted_as_the_editor_counts_them(
    client: Client, offered: list[str], chosen: str, column: int
) -> None:
    assert client.begin(offered)["positionEncoding"] == chosen
    client.open(LINE, "---\r\ntitle: T\r\nsummary: S.\r\n---\r\n🧂é𝔸 x[[mug]][[x]]\r\n")
    found = client.diagnostics(LINE, 1)
    assert [one["range"] for one in found if one["code"] == "INQ201"] == [
        {"start": {"line": 4, "character": column + 6}, "end": {"line": 4, "character": column + 11}}
    ]
    (place,) = client.ask("textDocument/definition", client.at(LINE, 4, column))
    assert place["uri"] == client.uri("notes/mug.md")
    client.change(LINE, 2, insert(4, column + 9, "y"), insert(4, column + 10, "z"))
    assert "`[[xyz]]`" in json.dumps(client.diagnostics(LINE, 2))


@pytest.mark.parametrize("site", ["full", "unicode"])
def test_an_editor_shows_what_a_check_finds(tmp_path: Path, site: str) -> None:
    place(site, tmp_path / "kb")
    verdict = judge(read_knowledge_base(tmp_path / "kb/mkdocs.yml")).diagnostics
    documents = {path.relative_to(tmp_path / "kb").as_posix() for path in (tmp_path / "kb").glob("*/**/*.md")}
    assert site != "full" or {one.path for one in verdict} & documents
    client = Client(tmp_path / "kb")
    try:
        client.begin(["utf-32"])
        for path in sorted(documents):
            client.open(path)
        for path in sorted(documents):
            shown = [(one["code"], one["range"]["start"]) for one in client.diagnostics(path, 1)]
            assert shown == [
                (one.rule.code, {"line": one.span.start.line - 1, "character": one.span.start.column - 1})
                for one in verdict
                if one.path == path
            ]
    finally:
        client.kill()


def test_what_takes_more_than_one_file_to_know_stays_while_one_types(client: Client) -> None:
    client.begin()
    client.open("notes/tub.md", "---\ntitle: A mug\n---\nSo.\n")
    before = [one["source"] for one in client.diagnostics("notes/tub.md", 1)]
    assert "inquiry duplicate-title" in before
    client.change("notes/tub.md", 2, insert(3, 0, "[[nothing]] "))
    found = [one["source"] for one in client.diagnostics("notes/tub.md", 2)]
    assert sorted(found) == sorted([*before, "inquiry dangling-link"])
    client.change("notes/tub.md", 3, insert(1, 7, "Not "))
    changed = client.diagnostics("notes/tub.md", 3)
    while "duplicate-title" in json.dumps(changed):
        changed = client.diagnostics("notes/tub.md", 3)


def test_an_open_file_is_told_what_changes_elsewhere(client: Client, tmp_path: Path) -> None:
    client.begin()
    client.open(LINE)
    assert client.diagnostics(LINE) == []
    (tmp_path / "notes/mug.md").unlink()
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": client.uri("notes/mug.md"), "type": 3}]})
    assert "`[[mug]]`" in json.dumps(client.diagnostics(LINE))
    client.open("notes/mug.md", "---\ntitle: A mug\n---\nFor [[black-tea-é]].\n")
    assert client.diagnostics(LINE) == []
    client.notify("textDocument/didClose", {"textDocument": {"uri": client.uri("notes/mug.md")}})
    assert "`[[mug]]`" in json.dumps(client.diagnostics(LINE))
    (tmp_path / "notes/mug.md").write_text("---\ntitle: A mug\n---\nFor [[black-tea-é]].\n", encoding="utf-8")
    client.notify("textDocument/didSave", {"textDocument": {"uri": client.uri(LINE)}})
    assert client.diagnostics(LINE) == []


def test_a_finding_names_what_else_is_involved(client: Client) -> None:
    client.begin()
    client.open("notes/tub.md", "---\ntitle: A mug\n---\nSo.\n")
    (found,) = (one for one in client.diagnostics("notes/tub.md") if one["source"] == "inquiry duplicate-title")
    (related,) = found["relatedInformation"]
    assert related["location"]["uri"] == client.uri("notes/mug.md")
    assert related["location"]["range"]["start"] == {"line": 1, "character": 7}


def test_a_broken_configuration_is_said_and_mended(client: Client, tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: G\nplugins: [inquiry: {notes: [}]\n", encoding="utf-8")
    client.begin()
    client.open(LINE)
    (found,) = client.diagnostics("mkdocs.yml")
    assert found["range"]["start"]["line"] == 1
    assert client.ask("textDocument/hover", client.at(LINE, 4, 8)) is None
    assert any(one["method"] == "window/showMessage" for one in client.news)
    config.write_text("site_name: G\n", encoding="utf-8")
    client.notify("textDocument/didSave", {"textDocument": {"uri": client.uri(LINE)}})
    assert client.diagnostics("mkdocs.yml") == []
    assert client.ask("textDocument/hover", client.at(LINE, 4, 8)) is not None
    config.write_text("plugins: [inquiry: {levels: {no-rule: off}}]\n", encoding="utf-8")
    client.notify("textDocument/didSave", {"textDocument": {"uri": client.uri(LINE)}})
    assert "no-rule" in client.diagnostics("mkdocs.yml")[0]["message"]
    assert client.ask("textDocument/hover", client.at(LINE, 4, 8)) is not None, "what was read last still answers"
    assert client.end() == 0


def test_files_outside_and_files_at_fault_end_nothing(client: Client, tmp_path: Path) -> None:
    client.begin()
    outside = (tmp_path.parent / "elsewhere.md").as_uri()
    for uri, text in ((outside, "[[x]]"), ("untitled:1", "[[x]]"), (client.uri("docs/index.md"), "# H\n\n[[x¦\n")):
        client.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}},
        )
        place = {"textDocument": {"uri": uri}, "position": {"line": 9, "character": 99}}
        assert client.ask("textDocument/hover", place) is None
        assert client.ask("textDocument/definition", place) == []
        with pytest.raises(RefusedError, match="neither a note nor a line"):
            client.ask("textDocument/rename", {**place, "newName": "x"})
    client.open("notes/bad.md", "---\ntitle: [\n---\n[[" + "\x00" * 9)
    assert client.diagnostics("notes/bad.md")
    (tmp_path / "notes/latin.md").write_bytes(b"caf\xe9 [[mug]]\n")
    client.notify("textDocument/didSave", {"textDocument": {"uri": client.uri("notes/bad.md")}})
    client.change("notes/never-opened.md", 3, insert(0, 0, "x"))
    client.open("notes/latin.md", "x [[bad]]\n")
    assert "dangling-link" not in json.dumps(client.diagnostics("notes/latin.md"))
    assert client.end() == 0
    assert "Traceback" not in client.errors


def test_an_editor_that_knows_little_gets_plain_edits(client: Client) -> None:
    client.begin(workspace={})
    client.open(LINE)
    edit = client.ask("textDocument/rename", client.at(LINE, 4, 29, newName="cup"))
    assert edit.keys() == {"changes"}
    own = edit["changes"][client.uri("notes/mug.md")]
    assert [one["newText"] for one in own] == ["aliases: [mug]\n", "id: cup\n"]


def test_headings_are_listed(client: Client) -> None:
    client.begin()
    client.open("notes/cup.md", "# A\n\n## B\n")
    (top,) = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": client.uri("notes/cup.md")}})
    assert (top["name"], [one["name"] for one in top["children"]]) == ("A", ["B"])


def test_an_end_without_goodbye_is_a_failure(client: Client) -> None:
    client.begin()
    client.notify("exit", None)
    assert client.process.wait(timeout=30) == 1


def test_an_editor_that_is_gone_is_not_waited_for(client: Client) -> None:
    client.begin()
    assert client.process.stdin is not None
    client.process.stdin.close()
    assert client.process.wait(timeout=30) == 1
