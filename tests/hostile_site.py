"""A knowledge base that wants to break the build: written by code, because no repository could hold its files.

Names with quotes, NUL bytes, links in a ring and lines of a megabyte survive neither version control nor editors.
Whatever could run in a reader's browser calls `pwned`, so that a test can look for it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DEPTH = 10_000
"""Quotes within quotes: ten times what Python's own stack holds."""
BRACKETS = 100_000
SCRIPT = '"><script>pwned()</script><img src=x onerror=pwned()>'
"""Breaks out of an attribute and out of text."""

MKDOCS = """\
site_name: 'Hostile & "co"'
site_url: https://hostile.example/
theme: {name: material, font: false}
plugins: [inquiry]
"""

HEADS = {
    "types": "title: [1, {a: b}]\nsummary: {x: 1}\ntags: 3.5\nid: {a: 1}\naliases: true\nsource: 7\nrelations: none\n"
    "created: [2020]\nupdated: 99999-99-99\ndraft: perhaps\nnext: 0x1F\nsources: {a: b}\nauthors: 1\nyear: [x]\n",
    "more-types": "title: 2020-01-01\nsummary: !!binary aGk=\ntags: {a: {b: [c]}}\nid: true\nid: false\n? [a, b]\n: c\n"
    "source: [null, [], {}, {doi: {}}, {title: 1, authors: {a: 1}, year: 1e400}]\nrelations: {contradicts: {a: [b]}}\n",
    "tagged": "title: !!python/object/apply:os.system ['touch pwned']\nsummary: !include /etc/passwd\n",
    "bomb": "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)),
    "ring": "a: &a [*a]\ntitle: &t {t: *t}\n",
    "merge": "<<: [{title: merged}, {summary: merged}]\n<<: 3\n",
    "surrogate": 'title: "\\ud800 \\udfff \\0 \\x07"\n'
    'summary: "\\ufdd0C0\\ufdd1 \\uffff"\ntags: ["\\ud800"]\nid: "\\ud800"\n',
    "numbers": f"title: {'9' * 5000}\nyear: {'9' * 5000}\ncreated: {'9' * 400}\nx: {'1:' * 3000}1\n",
    "deep": "x: " + "[" * 3000 + "]" * 3000 + "\n",
    "tabs": "\ttitle: x\n",
    "block": "title: |\n  <script>pwned()</script>\n  # two\nsummary: >-\n  ---\n",
    "unclosed-quote": 'title: "x\n',
}
"""What stands between the two `---`."""

INJECTED = f"""\
---
title: '{SCRIPT}'
summary: '{SCRIPT}'
tags: ['{SCRIPT}', 'javascript:pwned()', '</title><script>pwned()</script>']
aliases: ['{SCRIPT}', 'a/../../../pwned', '/etc/pwned']
source:
  title: '{SCRIPT}'
  authors: ['{SCRIPT}', '</script><script>pwned()</script>']
  venue: '{SCRIPT}'
  year: '{SCRIPT}'
  doi: '10.1/"onmouseover="pwned()'
  arxiv: '" onmouseover="pwned()'
  url: javascript:pwned()
created: '{SCRIPT}'
---
"""

BODY = f"""\
# {SCRIPT}

{SCRIPT}

<script>pwned()</script> <SCRIPT SRC=//pwned.example></SCRIPT> <svg/onload=pwned()> <a href="javascript:pwned()">a</a>
<a href=" java&#115;cript:pwned()">a</a> <a href="java
script:pwned()">a</a> <img src="x" onerror="pwned()"> <iframe src="javascript:pwned()"></iframe> <b style="x:y">b</b>

<div onclick=pwned()><form action="javascript:pwned()"><button formaction="javascript:pwned()">x</button></form></div>

<style>body {{ background: url(javascript:pwned()) }}</style>

[a](javascript:pwned()) [a](JaVaScRiPt:pwned()) [a](java&#x73;cript:pwned()) [a](<java\tscript:pwned()>)
[a](vbscript:pwned()) [a](data:text/html,<script>pwned()</script>) ![a](javascript:pwned()) <javascript:pwned()>
[a](x.md "{SCRIPT.replace('"', "'")}" ) [[javascript:pwned()]] [[x|{SCRIPT}]] ![[javascript:pwned()]] [a][r] [@{SCRIPT}]
![" onerror="pwned()](x.png) `<script>pwned()</script>` $\\href{{javascript:pwned()}}{{x}}$ $</math><script>pwned()$

```"><script>pwned()</script>
</code></pre><script>pwned()</script>
```

> [!"><script>pwned()</script>] <script>pwned()</script>
> x ^"><script>

## Heading {{#x" onclick="pwned() .y onclick=pwned()}}

<div>\ufdd0L99\ufdd1 \ufdd0C0\ufdd1</div>

<!-- inquiry: allow --><script>pwned()</script>

[^"><script>]: <script>pwned()</script>

[r]: javascript:pwned()

Noncharacters \ufdd0C0\ufdd1 \ufdd0L0\ufdd1 and marks inquiry-mark-content \x01 \x7f.

<textarea><plaintext><xmp><!-- <![CDATA[ <?php pwned() ?> <!DOCTYPE x
"""

ODD_NAMES = (
    "a & b",
    "it's",
    'say "x"',
    "100%",
    "%2e%2e",
    "a#b",
    "a?b",
    "<b>",
    "a;b",
    "new\nline",
    "x" * 240,
    "-rf",
    "~",
)
ODD_IDS = (
    "..",
    ".",
    "con",
    "nul",
    "index.html",
    "index",
    "a/b",
    "../../pwned",
    "/etc/pwned",
    "a\\b",
    "",
    " ",
    "x" * 400,
)


def write_hostile(root: Path) -> None:
    """Write the knowledge base below a folder."""
    for folder in ("docs", "notes/sub", "lines"):
        (root / folder).mkdir(parents=True)
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    for name, content in _files():
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
    _write_odd_files(root)


def _files() -> list[tuple[str, str | bytes]]:
    heads: list[tuple[str, str | bytes]] = [
        (f"{folder}/head-{name}.md", f"---\n{head}---\nText of {name}.\n")
        for name, head in HEADS.items()
        for folder in ("notes", "lines")
    ]
    ids: list[tuple[str, str | bytes]] = [
        (f"notes/id-{number}.md", f"---\nid: {name!r}\ntitle: Id {number}\n---\n[[{name}]]\n")
        for number, name in enumerate(ODD_IDS)
    ]
    return [*heads, *ids, *_bodies(), *_injected(), *_rings(), *_bibliography()]


def _bodies() -> list[tuple[str, str | bytes]]:
    return [
        ("notes/quotes.md", ">" * DEPTH + " deep\n"),
        ("notes/lists.md", "- " * 1000 + "deep\n"),
        ("notes/indents.md", "".join(f"{'  ' * depth}- x\n" for depth in range(300))),
        ("notes/brackets.md", "[" * BRACKETS + "\n\n" + "[[" * (BRACKETS // 10) + "\n\n" + "![[" * 1000 + "]]" * 1000),
        ("notes/emphasis.md", "*a **b " * 5000 + "\n\n" + "`" * 9999 + " $" * 9999 + " ==" * 9999 + "%%" * 9999),
        ("notes/long-line.md", "word " * 200_000 + "\n"),
        ("notes/tags.md", "<div>" * 5000 + "\n\n" + "<a href='" * 5000),
        ("notes/table.md", "|" + "a|" * 2000 + "\n|" + "-|" * 2000 + "\n|" + "[[x\\|y]]|" * 2000 + "\n"),
        ("notes/footnotes.md", "".join(f"[^{n}]" for n in range(2000)) + "\n\n[^1]: [^1] [^2]\n\n[^2]: [^1]\n"),
        ("notes/headings.md", "# same\n\n" * 2000),
        (
            "notes/nul.md",
            b"---\ntitle: nul \x00 byte\n---\nNUL \x00 here, [[nul\x00]] and \xff\xfe not UTF-8 \xed\xa0\x80.\n",
        ),
        ("notes/utf16.md", "---\ntitle: sixteen\n---\ntext\n".encode("utf-16")),
        ("notes/endings.md", "---\r\ntitle: x\r---\n\rtext\r\n\u2028text\u0085text\x0c\n"),
        ("notes/open-head.md", "---\ntitle: never closed\n"),
        ("notes/only-head.md", "---\n---"),
        ("notes/dashes.md", "---"),
        ("notes/empty.md", ""),
        ("notes/toml.md", "+++\ntitle = [1\n+++\ntext\n"),
        (
            "docs/page.md",
            "# Page\n\n" + "[[" * 500 + '\n\n[[javascript:pwned()]] [[injected]] [[x|" y]] [@evil] [@a"b]\n',
        ),
    ]


def _injected() -> list[tuple[str, str | bytes]]:
    line = INJECTED.replace("source:", "sources: [injected]\nsource:")
    takeaway = f"\n> [!takeaway] {SCRIPT}\n> {SCRIPT}\n"
    return [
        ("notes/injected.md", INJECTED + BODY),
        ("notes/plain.md", "---\ntitle: Plain\nrelations: {contradicts: injected}\n---\n[[injected]] ![[injected]]\n"),
        ("lines/injected-line.md", f"{line}\nSo [[injected]] and [[plain]].\n{takeaway}\n{BODY}"),
        ("lines/other.md", f"---\ntitle: Other\nsummary: '{SCRIPT}'\n---\n{SCRIPT} [[injected]] [[plain]] [@evil]\n"),
    ]


def _rings() -> list[tuple[str, str | bytes]]:
    rings: list[tuple[str, str | bytes]] = [
        (
            f"notes/ring-{n}.md",
            f"---\nrelations: {{supports: ring-{n}}}\n---\n" + f"![[ring-{(n + 1) % 3}]] [[ring-{n}]]\n" * 9,
        )
        for n in range(3)
    ]
    twin = (
        "---\nid: twin\ntitle: Twin\naliases: [twin, Twin, other-twin]\n---\n# Twin\n\n[[twin]] [[Twin]] ^x\n\ny ^x\n"
    )
    twins: list[tuple[str, str | bytes]] = [(f"notes/{name}.md", twin) for name in ("twin", "twin2", "sub/twin")]
    pins = "---\ntitle: Pins\nnext: [pins, pins, gone]\nsources: [twin, pins, gone]\n---\n[[pins]] ![[pins]]\n"
    return [*rings, *twins, ("lines/pins.md", pins)]


def _bibliography() -> list[tuple[str, str | bytes]]:
    entry = f"@article{{evil, title={{{SCRIPT}}}, author={{{SCRIPT} and }}, url={{javascript:pwned()}}, year={{x}}}}\n"
    return [("sources.bib", entry * 2 + "@article{../../pwned, title={x}}\n@{{{{\n@string{a = b # c}\n" + "{" * 5000)]


def _write_odd_files(root: Path) -> None:
    for number, name in enumerate(ODD_NAMES):
        (root / "notes/sub" / f"{name}.md").write_text(f"# Odd {number}\n\n[[{name}]]\n", encoding="utf-8")
        (root / "notes/sub" / f"{name}.png").write_bytes(b"x")
    (root / "notes/sub/folder.md").mkdir()
    (root / "notes/sub/loop").symlink_to("..", target_is_directory=True)
    (root / "notes/self.md").symlink_to("self.md")
    (root / "notes/gone.md").symlink_to("nowhere.md")
    (root / "notes/loop").symlink_to(".", target_is_directory=True)
    os.mkfifo(root / "notes/pipe.md")
