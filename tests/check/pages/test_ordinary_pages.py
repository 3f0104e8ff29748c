"""Ordinary pages: what a check knows of them, and what a build would make."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquiry.check.external.places import docs_places
from inquiry.check.pages.marks import mark, read_mark, without_marks
from inquiry.check.pages.read import Docs, read_docs
from inquiry.check.rules import check
from inquiry.check.site import HOME_IDS
from inquiry.commands.reading import read_knowledge_base

if TYPE_CHECKING:
    from inquiry.diagnostics import Diagnostic

ALL_EXTENSIONS = """
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - no_such_extension
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.magiclink
  - pymdownx.snippets: {check_paths: true, url_download: true}
  - pymdownx.superfences:
      custom_fences:
        - {name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format }
  - pymdownx.tabbed: {alternate_style: true}
"""


def write(root: Path, files: dict[str, str]) -> Path:
    for path, text in {"mkdocs.yml": "site_name: Pages\n", **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
    return root / "mkdocs.yml"


def docs_of(config: Path) -> Docs:
    reading = read_knowledge_base(config)
    return read_docs(reading.project, reading.corpus)


def findings(config: Path) -> tuple[Diagnostic, ...]:
    reading = read_knowledge_base(config)
    return check(reading.project, reading.corpus, reading.graph, reading.resolver)


def test_addresses_of_other_sites_are_listed_with_their_places(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        {
            "mkdocs.yml": f"site_name: X\nextra_css: [//a.example/x.css]\nnav:\n  - B: https://b.example/\n{ALL_EXTENSIONS}",
            "docs/index.md": "[c](https://c.example/#d) <https://e.example>\n\n![f](http://f.example/x.png) https://g.example/x\n"
            "\n`https://never.example` [[a]]\n",
        },
    )
    places = [(one.url, one.path, one.span.start.line, one.span.start.column) for one in docs_places(docs_of(config))]
    assert places == [
        ("https://c.example/#d", "docs/index.md", 1, 5),
        ("https://e.example", "docs/index.md", 1, 28),
        ("http://f.example/x.png", "docs/index.md", 3, 6),
        ("https://g.example/x", "docs/index.md", 3, 30),
        ("https://b.example/", "mkdocs.yml", 4, 8),
        ("//a.example/x.css", "mkdocs.yml", 2, 13),
    ]


def test_pictures_are_told_from_links(tmp_path: Path) -> None:
    config = write(tmp_path, {"docs/index.md": "![a](https://a.example/x.png) [b](https://b.example/x.png)\n"})
    assert [one.picture for one in docs_places(docs_of(config))] == [True, False]


def test_anchors_are_those_of_a_build(tmp_path: Path) -> None:
    text = '# Ü\n\n## A\n\n## A\n\n## B {#own}\n\n=== "T"\n\n    ### In tab\n\n[^1] <i id=raw></i>\n\n[^1]: N\n'
    config = write(tmp_path, {"mkdocs.yml": f"site_name: X\n{ALL_EXTENSIONS}", "docs/index.md": text})
    anchors = docs_of(config).pages["docs/index.md"].anchors
    assert {"u", "a", "a_1", "own", "in-tab", "fn:1", "fnref:1", "raw"} <= anchors


def test_a_definition_that_is_used_twice_is_one_finding(tmp_path: Path) -> None:
    config = write(tmp_path, {"docs/index.md": "[a][x] and [b][x]\n\n[x]: gone.md\n"})
    assert [(one.span.start.line, one.span.start.column) for one in findings(config)] == [(3, 6)]


def test_an_inherited_value_is_found_where_it_stands(tmp_path: Path) -> None:
    files = {"mkdocs.yml": "INHERIT: base/base.yml\nsite_name: X\n", "base/base.yml": "nav:\n  - gone.md\n"}
    (found,) = findings(write(tmp_path, {**files, "docs/index.md": "# X\n"}))
    assert (found.path, found.span.start.line, found.span.start.column) == ("base/base.yml", 2, 5)


def test_the_ids_of_the_home_page_are_known() -> None:
    template = (Path(__file__).parents[3] / "templates/home.html").read_text(encoding="utf-8")
    assert set(re.findall(r'\sid="([^"{]+)"', template)) == HOME_IDS


def test_a_head_is_no_markdown(tmp_path: Path) -> None:
    config = write(tmp_path, {"docs/index.md": '---\ndescription: "[a](gone.md)"\n---\n\n[b](gone.md)\n'})
    assert [one.span.start.line for one in findings(config)] == [5]


def test_a_missing_page_may_be_made_by_a_plugin(tmp_path: Path) -> None:
    text = "[a](api/x.md) <a href='api/'>b</a>\n"
    config = write(tmp_path, {"mkdocs.yml": "site_name: X\nplugins: [inquiry, gen-files]\n", "docs/index.md": text})
    assert findings(config) == ()


def test_without_an_address_the_site_may_lie_in_a_folder(tmp_path: Path) -> None:
    config = write(
        tmp_path, {"docs/index.md": "[a](/about/) [b](/kb/about/) [c](/kb/gone/)\n", "docs/about.md": "# A\n"}
    )
    assert [one.message for one in findings(config)] == ["the site has nothing at `/kb/gone/`"]


def test_a_page_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    config = write(tmp_path, {"docs/index.md": "# X\n"})
    (tmp_path / "docs/index.md").write_bytes("é caf".encode() + b"\xe9 [a](gone.md)\n")
    found = [(one.rule.name, one.span.start.column) for one in findings(config)]
    assert found == [("undecodable-file", 6), ("dangling-link", 12)]


@pytest.mark.parametrize("text", ["\U0010f00a [a](gone.md)\n", "[a](\U0010f003gone.md)\n"])
def test_private_characters_of_an_author_do_no_harm(text: str, tmp_path: Path) -> None:
    findings(write(tmp_path, {"docs/index.md": text}))


SCRAPS = st.sampled_from(
    [
        *"[]()<>!#`\\|\"'=: \n\t-*_&;^{}é\U0001f333%$",
        *("[[", "]]", "a.md", "[a](b.md)", "![x](y)", "<a href='z'>", "[r]: s", "    ", "```\n", "<template>"),
        *("<style>a{b:url(c)}", '--8<-- "x"\n', '=== "t"\n', "!!! note\n", "[@k]", "%%", "<!--", "-->"),
    ]
)


@given(st.lists(SCRAPS, max_size=30).map("".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_page_is_too_strange(tmp_path: Path, text: str) -> None:
    config = write(tmp_path, {"mkdocs.yml": f"site_name: X\n{ALL_EXTENSIONS}", "docs/index.md": text})
    lines = text.replace("\r", "\n").split("\n")
    for one in findings(config):
        assert 1 <= one.span.start.line <= len(lines) + 1


@given(st.lists(SCRAPS, max_size=30).map("".join))
def test_marks_change_nothing_but_themselves(text: str) -> None:
    marked = mark(text)
    assert without_marks(marked.text) == text
    assert read_mark(text) == (text, None)
