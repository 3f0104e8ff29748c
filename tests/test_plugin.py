"""The plugin: small knowledge bases through a whole MkDocs build."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import get_plugins

from inquiry.plugin import InquiryPlugin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOTE = """---
title: How much <sleep> is "owed"?
summary: Sleep lost on weekdays adds up.
tags: [sleep]
updated: 2026-02-01
---
## Evidence

Debt adds up.
"""
LINE = "---\ntitle: Why do we sleep?\nsummary: A question.\n---\nBecause [[sleep-debt]].\n"
BASE = {"docs/index.md": "# Welcome\n\nHello.\n", "notes/sleep-debt.md": NOTE, "lines/why-sleep.md": LINE}


@dataclass(frozen=True)
class Site:
    """A built site."""

    root: Path

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def article(self, path: str) -> str:
        html = self.read(path)
        return html[html.index("<article") : html.index("</article>")]

    def has(self, path: str) -> bool:
        return (self.root / path).is_file()

    def searched(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = json.loads(self.read("search/search_index.json"))["docs"]
        return entries


MATERIAL = {"name": "material", "font": False}
BUILT_IN = ({"name": "mkdocs"}, {"name": "readthedocs"})


def build(
    root: Path,
    files: Mapping[str, str],
    *,
    options: Mapping[str, Any] | None = None,
    plugins: tuple[str, ...] = ("inquiry",),
    theme: Mapping[str, Any] = MATERIAL,
    **settings: Any,
) -> Site:
    """Write a knowledge base and build it; the plugins are added by hand, in order."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "docs").mkdir(exist_ok=True)
    (root / "mkdocs.yml").write_text("site_name: Sleep & co\nplugins: []\n", encoding="utf-8")
    settings = {"site_url": "https://example.org/kb/", "theme": dict(theme), **settings}
    config = load_config(str(root / "mkdocs.yml"), **settings)
    for name in plugins:
        known = f"{theme['name']}/{name}" if f"{theme['name']}/{name}" in get_plugins() else name
        plugin = InquiryPlugin() if name == "inquiry" else get_plugins()[known].load()()
        plugin.load_config(dict(options or {}) if name == "inquiry" else {}, config.config_file_path)
        config.plugins[known] = plugin
    mkdocs_build(config)
    return Site(root / "site")


def found(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.name == "mkdocs.plugins.inquiry"]


def test_a_note_and_a_line_have_pages_inside_the_theme(tmp_path: Path) -> None:
    site = build(tmp_path, BASE)
    for path, title in (("notes/sleep-debt", "How much &lt;sleep&gt;"), ("lines/why-sleep", "Why do we sleep?")):
        html = site.read(f"{path}/index.html")
        assert html.count("<h1") == 1
        assert title in site.article(f"{path}/index.html")
        assert 'class="md-header' in html
        assert f'<link rel="canonical" href="https://example.org/kb/{path}/">' in html
        assert "inquiry-mark" not in html
        assert 'href="../../assets/inquiry.css"' in html
    assert site.has("assets/inquiry.css")


def test_a_page_carries_nothing_of_the_page_that_its_shell_was_made_of(tmp_path: Path) -> None:
    features = {**MATERIAL, "features": ["navigation.footer", "content.action.edit"]}
    html = build(tmp_path, BASE, theme=features).read("notes/sleep-debt/index.html")
    assert 'rel="prev"' not in html
    assert 'rel="edit"' not in html
    assert html.count('rel="canonical"') == 1
    assert re.search(r"md-sidebar--secondary[^>]*hidden", html)
    assert 'id="page-top"' in html


def test_the_edit_button_opens_the_note_and_a_list_has_none(tmp_path: Path) -> None:
    features = {**MATERIAL, "features": ["content.action.edit"]}
    site = build(tmp_path, BASE, theme=features, repo_url="https://git.example/o/r", edit_uri="edit/main/docs/")
    note = site.read("notes/sleep-debt/index.html")
    assert 'href="https://git.example/o/r/edit/main/notes/sleep-debt.md"' in note
    assert 'rel="edit"' not in site.read("notes/index.html")


@pytest.mark.parametrize("theme", BUILT_IN, ids=lambda theme: str(theme["name"]))
@pytest.mark.parametrize("use_directory_urls", [True, False])
def test_the_themes_of_mkdocs_show_notes_too(
    tmp_path: Path, theme: Mapping[str, Any], use_directory_urls: bool
) -> None:
    site = build(tmp_path, BASE, theme=theme, use_directory_urls=use_directory_urls)
    html = site.read("notes/sleep-debt/index.html")
    assert "Debt adds up." in html
    assert "inquiry-mark" not in html


@pytest.mark.parametrize("plugins", [("inquiry",), ("search", "inquiry"), ("inquiry", "search")])
def test_notes_are_searched_wherever_the_search_plugin_stands(tmp_path: Path, plugins: tuple[str, ...]) -> None:
    site = build(tmp_path, BASE, options={"search": "material"}, plugins=plugins)
    note = next(entry for entry in site.searched() if entry["location"] == "notes/sleep-debt/")
    assert note["title"] == 'How much &lt;sleep&gt; is "owed"?'
    assert "Debt adds up." in note["text"]
    assert note["tags"] == ["sleep"]
    assert "__search" in site.read("index.html")


def test_the_home_page_is_found_by_its_author_s_words_and_not_by_the_listings(tmp_path: Path) -> None:
    searched = build(tmp_path, BASE, options={"search": "material"}).searched()
    home = next(entry for entry in searched if entry["location"] == "")
    assert "Hello" in home["text"]
    assert "sleep" not in home["text"]


def test_pagefind_takes_the_place_of_a_search_plugin_that_is_listed(tmp_path: Path) -> None:
    site = build(tmp_path, BASE, plugins=("search", "inquiry"))
    assert site.has("pagefind/pagefind-entry.json")
    assert not site.has("search/search_index.json")
    for path, root in (("index.html", "."), ("notes/sleep-debt/index.html", "../.."), ("404.html", "/kb/.")):
        html = site.read(path)
        assert "__search" not in html[html.index("<header") :]
        assert html.count('class="md-header__button search-link"') == 1
        assert f'data-root="{root}"' in html


@pytest.mark.parametrize("theme", BUILT_IN, ids=lambda theme: str(theme["name"]))
def test_the_themes_of_mkdocs_lead_to_the_search_too(tmp_path: Path, theme: Mapping[str, Any]) -> None:
    site = build(tmp_path, BASE, theme=theme, plugins=("search", "inquiry"))
    assert site.read("notes/sleep-debt/index.html").count('data-root="../.."') == 1
    assert not site.has("search/search_index.json")


@pytest.mark.parametrize("search", ["material", False])
def test_other_searches_load_nothing_of_pagefind(tmp_path: Path, search: str | bool) -> None:
    site = build(tmp_path, BASE, options={"search": search})
    assert not site.has("pagefind/pagefind-entry.json")
    assert not site.has("assets/search.js")
    assert "search-link" not in site.read("index.html")


def test_without_pagefind_for_this_system_a_build_says_so_and_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "none"))
    site = build(tmp_path / "kb", BASE)
    assert [one for one in found(caplog) if "no Pagefind for this system" in one]
    assert site.has("notes/sleep-debt/index.html")
    assert not site.has("assets/search.js")
    with pytest.raises(Abort):
        build(tmp_path / "strict", BASE, strict=True)


def test_a_cache_that_cannot_be_written_keeps_nothing_and_harms_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = {**BASE, "cache": "a file in the way"}
    site = build(tmp_path, files, options={"cache": "cache/inquiry", "cards": False})
    assert site.has("pagefind/pagefind-entry.json")
    assert not [one for one in found(caplog) if "Pagefind" in one]


def test_a_pagefind_that_fails_is_one_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/true")
    site = build(tmp_path, BASE)
    (said,) = (one for one in found(caplog) if "Pagefind" in one)
    assert said == "Pagefind makes no index, so the search finds nothing: it stopped too early"
    assert site.has("notes/sleep-debt/index.html")


def test_a_site_without_search_has_none(tmp_path: Path) -> None:
    site = build(tmp_path, BASE, options={"search": False})
    assert not site.has("search/search_index.json")


def test_the_home_page_shows_the_author_s_words_and_the_listings_under_one_heading(tmp_path: Path) -> None:
    html = build(tmp_path, BASE).article("index.html")
    assert html.count("<h1") == 1
    assert html.index("Welcome") < html.index("Hello.") < html.index("Why do we sleep?")


def test_the_listings_stand_where_the_author_wants_them(tmp_path: Path) -> None:
    text = "# Welcome\n\nAbove.\n\n<!-- inquiry: home -->\n\nBelow.\n"
    html = build(tmp_path, {**BASE, "docs/index.md": text}).article("index.html")
    assert html.index("Above.") < html.index("Why do we sleep?") < html.index("Below.")


def test_a_site_without_a_home_page_gets_one(tmp_path: Path) -> None:
    files = {path: text for path, text in BASE.items() if not path.startswith("docs/")}
    html = build(tmp_path, files).article("index.html")
    assert html.count("<h1") == 1
    assert "Why do we sleep?" in html


def test_a_site_without_notes_and_lines_builds(tmp_path: Path) -> None:
    site = build(tmp_path, {"docs/index.md": "# Welcome\n"}, strict=True)
    assert site.has("index.html")
    assert site.has("notes/index.html")


def test_links_of_ordinary_pages_reach_notes_however_they_are_written(tmp_path: Path) -> None:
    written = (
        "[[sleep-debt]]",
        "[[sleep-debt#Evidence|words]]",
        "[@sleep-debt]",
        "[words](../notes/sleep-debt.md)",
        "[words](notes/sleep-debt.md#evidence)",
    )
    text = "# About\n\n" + "\n\n".join(written) + "\n\n| a |\n|---|\n| [[sleep-debt\\|cell]] |\n"
    files = {**BASE, "docs/about.md": text, "docs/deep/page.md": "[words](../../notes/sleep-debt.md)\n"}
    site = build(tmp_path, files)
    about = site.article("about/index.html")
    assert about.count('href="../notes/sleep-debt/"') == 4
    assert about.count('href="../notes/sleep-debt/#evidence"') == 2
    assert "How much &lt;sleep&gt; is" in about
    assert 'href="../../notes/sleep-debt/"' in site.article("deep/page/index.html")


def test_code_of_ordinary_pages_is_never_touched(tmp_path: Path) -> None:
    text = "# About\n\n`[[sleep-debt]]` and \\[[sleep-debt]]\n\n    [[sleep-debt]] [@sleep-debt]\n"
    about = build(tmp_path, {**BASE, "docs/about.md": text}).article("about/index.html")
    assert "<code>[[sleep-debt]]</code>" in about
    assert "<code>[[sleep-debt]] [@sleep-debt]" in about
    assert "data-note" not in about


def test_a_dangling_link_of_an_ordinary_page_says_where_it_stands(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = {**BASE, "docs/about.md": "---\ntitle: About\n---\nSee [[sleep-dept]].\n"}
    site = build(tmp_path, files)
    (message,) = (one for one in found(caplog) if one.startswith("docs/about.md"))
    assert message.startswith("docs/about.md:4:5: `[[sleep-dept]]` does not name a note or a line")
    assert message.endswith("[dangling-link]")
    assert '<span class="dangling">sleep-dept</span>' in site.article("about/index.html")


def test_a_strict_build_fails_on_a_finding(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    files = {**BASE, "lines/why-sleep.md": LINE.replace("sleep-debt", "gone")}
    with pytest.raises(Abort):
        build(tmp_path, files, strict=True)
    assert any(re.match(r"lines/why-sleep\.md:5:9: .*\[dangling-link\]$", one) for one in found(caplog))


def test_a_rule_set_to_info_does_not_fail_a_strict_build(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    files = {**BASE, "docs/about.md": "# About\n\n[[gone]]\n"}
    levels = {"dangling-link": "info", "single-source-line": "off"}
    build(tmp_path, files, options={"levels": levels}, strict=True)
    assert [one.rpartition(" ")[2] for one in found(caplog)] == ["[dangling-link]"]


def test_a_bad_setting_stops_with_one_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="did you mean `search`") as caught:
        build(tmp_path, BASE, options={"serach": "material"})
    assert "\n" not in str(caught.value)


def test_the_sitemap_lists_what_is_public_with_its_date(tmp_path: Path) -> None:
    hidden = "---\ntitle: Hidden\n{}\naliases: [old-address]\n---\nText.\n"
    files = {
        **BASE,
        "notes/draft.md": hidden.format("draft: true"),
        "notes/unlisted.md": hidden.format("unlisted: true"),
    }
    site = build(tmp_path, files)
    sitemap = site.read("sitemap.xml")
    assert re.search(r"notes/sleep-debt/</loc>\s*<lastmod>2026-02-01</lastmod>", sitemap)
    assert site.has("notes/unlisted/index.html")
    assert not site.has("notes/draft/index.html")
    for word in ("draft", "unlisted", "old-address"):
        assert word not in sitemap


def test_the_navigation_marks_the_part_of_the_site_that_a_page_lies_in(tmp_path: Path) -> None:
    nav = ["index.md", {"Questions": [{"Lines": "lines/index.md"}]}, {"Notes": "notes/index.md"}]
    site = build(tmp_path, BASE, theme={**MATERIAL, "features": ["navigation.tabs"]}, nav=nav)
    current = re.compile(r'md-tabs__item--active">\s*<a href="([^"]*)"')
    pages = ("lines/index.html", "lines/why-sleep/index.html", "notes/sleep-debt/index.html", "topics/index.html")
    found = [current.findall(site.read(page)) for page in pages]
    assert found == [["../lines/"], ["../../lines/"], ["../../notes/"], []]
    assert current.findall(site.read("index.html")) == ["."]


def test_the_404_page_leads_to_the_lists_from_any_depth(tmp_path: Path) -> None:
    html = build(tmp_path, BASE).article("404.html")
    assert html.count("<h1") == 1
    assert 'href="/kb/lines/"' in html


def test_an_author_s_own_404_page_stays(tmp_path: Path) -> None:
    files = {**BASE, "overrides/404.html": "mine"}
    theme = {**MATERIAL, "custom_dir": str(tmp_path / "overrides")}
    assert build(tmp_path, files, theme=theme).read("404.html") == "mine"


def test_an_ordinary_page_at_a_note_s_address_is_reported_and_stays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site = build(tmp_path, {**BASE, "docs/notes/sleep-debt.md": "# Mine\n"})
    assert "Mine" in site.article("notes/sleep-debt/index.html")
    assert sum("docs/notes/sleep-debt.md" in one and "[duplicate-id]" in one for one in found(caplog)) == 1


def test_a_page_that_another_plugin_makes_at_a_note_s_address_is_reported(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text(
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        "    files.append(File.generated(config, 'notes/sleep-debt.md', content='# Made'))\n",
        encoding="utf-8",
    )
    site = build(tmp_path, BASE, hooks=[str(hook)])
    assert "Made" in site.article("notes/sleep-debt/index.html")
    assert sum("[duplicate-id]" in one for one in found(caplog)) == 1


def test_pictures_beside_notes_are_published(tmp_path: Path) -> None:
    site = build(tmp_path, {**BASE, "notes/img/a b.svg": "<svg/>"})
    assert site.read("notes/img/a b.svg") == "<svg/>"


def test_a_list_can_stand_in_the_navigation(tmp_path: Path) -> None:
    nav = ["index.md", "lines/index.md", {"Everything": "notes/index.md"}]
    html = build(tmp_path, BASE, nav=nav, strict=True, options={"levels": {"single-source-line": "off"}}).read(
        "index.html"
    )
    assert 'href="lines/"' in html[: html.index("<article")]
    assert "Everything" in html


def test_a_site_s_own_template_and_stylesheet_win(tmp_path: Path) -> None:
    files = {
        **BASE,
        "templates/note.html": "<h1>{{ view.title }}</h1><p>own template</p>",
        "templates/assets/inquiry.css": "/* own sheet */",
    }
    site = build(tmp_path, files)
    assert "own template" in site.article("notes/sleep-debt/index.html")
    assert site.read("assets/inquiry.css") == "/* own sheet */"


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    first = build(tmp_path / "one", BASE)
    second = build(tmp_path / "two", BASE)
    for path in sorted(first.root.rglob("*.html")):
        assert path.read_bytes() == (second.root / path.relative_to(first.root)).read_bytes()
