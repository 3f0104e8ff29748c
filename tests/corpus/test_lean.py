"""The lean parse: it holds what the full one holds of links, headings and anchors, or leaves the body to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inquiry.corpus.lean import parse_lean
from inquiry.corpus.markdown import parse_body

if TYPE_CHECKING:
    from inquiry.corpus.body import Body

# fmt: off
PARTS = (
    "a", "é", "𝔸", " ", " ", "\n", "\n\n", "\n", "\\", "*", "_", "~~", "`", "$", "$$", "'", '"', "--", "...", "~",
    "^", "# ", "## ", "\n# ", "\n## A {#own}\n", "\n---\n", "\n===\n", "\n> ", "\n- ", "\n- [ ] ", "\n1. ", "    ",
    "\t", "|", "\n| a | b |\n|---|---|\n| ", "\n```md\n", "\n```\n", "\n~~~\n", "[", "]", "](", ")", "](b.md)",
    "[a](b.md#c)", "!", "[[", "]]", "[[x]]", "[[x|y]]", "[[x#y|z]]", "![a](b.png 'T')", "![[x]]", "[@k]",
    "[@k, p. 3; @l]", "[see][@k]", "[r]", "[r][]", "[a][r]", "\n[r]: c.md\n", "[^1]", "\n[^1]: Note\n", "<", ">",
    "<b>", "</b>", "<!-- c -->", "&amp;", "<https://e.org/>", "<a@b.c>", "https://e.org/a_b", "http", "%%", "==",
    " ^id", "\n^id\n", "[.own]", "[!note]", "[x](<y z.md>)", "[x](y\\).md)", "[x](%20a.md)", "[*x* `y`](z)",
    "[x\ny](z\n'T')", "[![a](b)](c)", "&#91;", "\x00",
)
# fmt: on
"""Pieces of Markdown whose mixtures are most of what a parser can trip over."""


def held(body: Body) -> tuple[object, ...]:
    """Take what both parses hold."""
    links = [link._replace(sentence="", block=0, title="") for link in body.links]
    spans = [(link.span, link.target_span) for link in body.links]
    headings = [heading._replace(piece=-1) for heading in body.headings]
    return (links, spans, headings, body.anchors, body.title, body.is_blank, body.passages, body.html)


def agrees(text: str, first_line: int = 4) -> bool:
    """Compare the two parses; True where the lean one took the text on."""
    lean = parse_lean(text, first_line=first_line)
    if lean is None:
        return False
    full = parse_body(text, "notes/a.md", first_line=first_line)
    assert held(lean) == held(full)
    assert full.diagnostics == ()
    assert full.allowances == ()
    return True


@settings(max_examples=1_500, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
@example("# A\n\n## A\n\ntext")
@example("> # A\n\n# B")
@example("`a` [x]\n\n    [[y]]")
@example("a \\[[x\n\n[\\[x]]")
@example("[](a.md)")
@example("a\n\n^[x](y.md)")
def test_the_lean_parse_agrees_with_the_full_one_or_gives_up(text: str) -> None:
    agrees(text)


def test_an_ordinary_body_needs_no_full_parse() -> None:
    body = """
# What helps?

*Some* said [so](b.md#c), **others** not [[x]], see [@k, p. 3]; "quoted" -- don't.

## It `does` $x^2$

- [ ] an item with <https://e.org/> and ![a picture](p.png "T")
- a second [[x#y|z]]

> a quote of $$E = mc^2$$

| a | b |
|---|---|
| c | [d](e.md) |

```py
[[not a link]] and https://e.org %
```
"""
    assert agrees(body)


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "%% x", "==x==", "x[^1]", "![[x]]", "x ^id", "https://e.org", "[a][r]\n\n[r]: b", "[[x", "[a][r]"],
)
def test_what_is_uncommon_is_left_to_the_full_parse(text: str) -> None:
    assert parse_lean(text) is None


def test_both_parses_agree_on_the_examples_of_the_specification() -> None:
    path = Path(__file__).parents[2] / ".cache" / "commonmark" / "commonmark.json"
    if not path.is_file():
        pytest.skip("the examples of the CommonMark specification are not there: `make test` fetches them")
    examples = [one["markdown"] for one in json.loads(path.read_text(encoding="utf-8"))]
    assert sum(map(agrees, examples)) > len(examples) / 3
