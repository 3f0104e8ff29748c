"""A knowledge base that wants to break the build, and what must hold whatever an author writes."""

from __future__ import annotations

import re
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from hostile_site import MKDOCS, write_hostile
from inquiry.cli import main
from pages import Page, dead_addresses, read_pages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither such names nor such links")
BUILD_SECONDS = 60
"""Longest that the build may take; it takes a few seconds, and whatever grows with the square takes minutes."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the hostile site, alone in its folder."""
    alone = tmp_path_factory.mktemp("alone")
    write_hostile(alone / "kb")
    before = sorted(alone.iterdir())
    started = time.monotonic()
    with pytest.raises(SystemExit) as end:
        main(["build", "-q", "-f", str(alone / "kb/mkdocs.yml")])
    assert end.value.code == 0
    assert time.monotonic() - started < BUILD_SECONDS
    assert sorted(alone.iterdir()) == before
    return alone / "kb"


@pytest.fixture(scope="module")
def pages(root: Path) -> Mapping[str, Page]:
    """Read its pages."""
    return read_pages(root / "site")


def test_everything_is_written_below_the_folders_of_the_site_and_the_cache(root: Path) -> None:
    theirs = {"docs", "lines", "mkdocs.yml", "notes", "sources.bib"}
    assert {path.name for path in root.iterdir()} == {*theirs, "site", ".cache"}
    assert {path.name for path in (root / ".cache").iterdir()} == {"inquiry"}
    assert not list(root.glob("pwned*"))
    for path in (root / "site").rglob("*"):
        assert path.resolve().is_relative_to((root / "site").resolve()), path


def test_no_script_is_the_author_s(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert not [script for script in page.scripts if "pwned" in script and not _is_data(script)], path
        sources = [attributes.get("src", "") for tag, attributes in page.tags if tag == "script"]
        assert not [source for source in sources if re.match(r"(?:[a-z]+:)?//", source)], path


def _is_data(script: str) -> bool:
    """Tell whether a script's text is JSON, which no browser runs."""
    return script.lstrip().startswith("{") and "</" not in script and "<script" not in script


def test_no_attribute_runs_code(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert page.handlers == [], path
        styles = [attributes["style"] for _, attributes in page.tags if "style" in attributes]
        assert not [style for style in styles if "url(" in style or "expression" in style], path


def test_no_address_runs_code(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        schemes = [re.sub(r"[\x00-\x20]", "", unquote(address)).lower() for address in page.addresses]
        assert not [one for one in schemes if one.startswith(("javascript:", "vbscript:", "data:text"))], path


def test_no_page_holds_what_an_author_may_not_use(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        in_article = Page(_article(page.html))
        forbidden = {"iframe", "form", "button", "object", "embed", "style", "script", "base", "meta", "textarea"}
        authors = [tag for tag, attributes in in_article.tags if not _is_ours(path, tag, attributes)]
        assert not forbidden & set(authors), path


def _is_ours(path: str, tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell our own controls on two pages that hold nothing of an author's but plain words."""
    if path not in {"lines/index.html", "map/index.html"}:
        return False
    script = tag == "script" and re.fullmatch(r"\.\./assets/[\w/.-]+\.js", attributes.get("src", ""))
    return bool(script) or (tag == "button" and attributes.get("type") == "button")


def _article(html: str) -> str:
    return html[html.find("<article") : html.find("</article>")] if "<article" in html else ""


def test_search_entries_hold_no_markup_of_the_author_s(root: Path, tmp_path: Path) -> None:
    (root / "mkdocs.yml").write_text(MKDOCS.replace("[inquiry]", "[inquiry: {search: material}]"), encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["build", "-q", "-f", str(root / "mkdocs.yml"), "-d", str(tmp_path / "site")])
    assert end.value.code == 0
    index = (tmp_path / "site/search/search_index.json").read_text(encoding="utf-8")
    assert "pwned" in index
    assert not re.search(r"<script|<img|<iframe|<a ", index.replace("\\u003c", "<"), re.IGNORECASE)


def test_every_page_is_sound_html_all_the_same(pages: Mapping[str, Page]) -> None:
    for path, page in pages.items():
        assert not page.unbalanced, f"{path}: {page.unbalanced[:3]}"
        doubled = sorted({one for one in page.ids if page.ids.count(one) > 1}) if len(page.ids) < 1000 else []
        assert not doubled, f"{path}: {doubled[:5]}"


def test_marks_of_ours_are_replaced_nowhere_in_an_author_s_words(pages: Mapping[str, Page]) -> None:
    page = pages["notes/injected/index.html"]
    assert "marks inquiry-mark-content" in page.html
    assert not [address for one in pages.values() for address in one.addresses if "\ufdd0" in address]


def test_links_between_odd_names_still_lead_somewhere(root: Path, pages: Mapping[str, Page]) -> None:
    echoes = {"notes/plain/index.html", "lines/other/index.html"}
    sound = {path: page for path, page in pages.items() if "injected" not in path and path not in echoes}
    dead = dead_addresses(root / "site", {**pages, **sound})
    assert not [one for one in dead if one.split(": ", 1)[0] in sound]


@pytest.mark.parametrize("typed", [("check",), ("graph",), ("stats",), ("suggest", "all")], ids="-".join)
def test_no_command_is_brought_down(root: Path, typed: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*typed, "-f", str(root / "mkdocs.yml")])
    assert end.value.code == (1 if typed == ("check",) else 0)


def test_a_folder_that_leads_back_to_itself_is_read_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["graph", "--format", "csv", "-f", str(root / "mkdocs.yml")])
    assert "loop/" not in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_a_finding(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "-f", str(root / "mkdocs.yml")])
    printed = capsys.readouterr().out
    assert "notes/pipe.md:1:1: error: the file cannot be read: it is no ordinary file" in printed
    assert "notes/gone.md:1:1: error: the file cannot be read: no such file or directory" in printed
    assert "notes/self.md:1:1: error: the file cannot be read" in printed
