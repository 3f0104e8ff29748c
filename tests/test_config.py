"""Settings are checked at the edge, and a project is found and read without MkDocs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from inquiry.config import ConfigError, Project, Settings, SuggestionCounts, find_config, load_project
from inquiry.diagnostics import Severity


def project_of(folder: Path, text: str) -> Project:
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return load_project(folder / "mkdocs.yml")


def refusal_of(mapping: dict[Any, Any]) -> str:
    with pytest.raises(ConfigError) as refused:
        Settings.from_mapping(mapping)
    return str(refused.value)


def test_an_empty_block_gives_the_documented_defaults() -> None:
    assert Settings.from_mapping({}) == Settings(
        notes="notes",
        lines="lines",
        templates="templates",
        bibliography=("sources.bib",),
        citation_style="title",
        suggestions=SuggestionCounts(next=5, related=3),
        search="pagefind",
        html="safe",
        map=True,
        changes="git",
        levels={},
        cache=".cache/inquiry",
    )


def test_null_means_the_default() -> None:
    assert Settings.from_mapping(dict.fromkeys(("notes", "suggestions", "levels", "search"))) == Settings()


def test_every_setting_is_read() -> None:
    block = {
        "notes": "./zettel/",
        "lines": "questions",
        "templates": "theme",
        "bibliography": ["a.bib", "b.json", "a.bib"],
        "citation_style": "number",
        "suggestions": {"related": 0},
        "search": False,
        "html": "trusted",
        "map": False,
        "changes": "dates",
        "levels": {"orphan-note": False, "missing-title": "error", "dangling-link": "off"},
        "cache": "/var/cache/x",
    }
    settings = Settings.from_mapping(block)
    assert (settings.map, settings.changes) == (False, "dates")
    assert (settings.notes, settings.lines, settings.templates) == ("zettel", "questions", "theme")
    assert settings.bibliography == ("a.bib", "b.json")
    assert (settings.citation_style, settings.search, settings.html) == ("number", False, "trusted")
    assert settings.suggestions == SuggestionCounts(next=5, related=0)
    assert settings.levels == {
        "orphan-note": Severity.OFF,
        "missing-title": Severity.ERROR,
        "dangling-link": Severity.OFF,
    }
    assert settings.cache == "/var/cache/x"


def test_one_bibliography_needs_no_list() -> None:
    assert Settings.from_mapping({"bibliography": "refs.yaml"}).bibliography == ("refs.yaml",)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"serch": "x"}, ["`serch`", "did you mean `search`?", "`citation_style`"]),
        ({"zzz": 1}, ["`zzz`", "allowed: `notes`"]),
        ({3: 1}, ["`3`"]),
        ({"search": "pagefnd"}, ["search: pagefnd", "did you mean `pagefind`?"]),
        ({"search": True}, ["search: true", "`pagefind`, `material` or `false`"]),
        ({"citation_style": "author_year"}, ["author_year", "`title`, `author-year` or `number`"]),
        ({"html": ["safe"]}, ["html", "`safe` or `trusted`"]),
        ({"map": "no"}, ["map: no", "`true` or `false`"]),
        ({"changes": "date"}, ["changes: date", "`git` or `dates`", "did you mean `dates`?"]),
        ({"notes": 7}, ["notes: 7", "a path"]),
        ({"notes": "../elsewhere"}, ["../elsewhere", "below"]),
        ({"lines": "/srv/lines"}, ["/srv/lines", "below"]),
        ({"notes": "C:\\notes"}, ["C:\\notes", "below"]),
        ({"notes": "."}, ["notes: .", "below"]),
        ({"notes": "kb", "lines": "kb/lines"}, ["kb/lines", "`kb`"]),
        ({"templates": ""}, ["templates", "a path"]),
        ({"bibliography": {"a": 1}}, ["bibliography", "list of paths"]),
        ({"bibliography": [1]}, ["bibliography", "list of paths"]),
        ({"suggestions": 5}, ["suggestions: 5", "{next: 5, related: 3}"]),
        ({"suggestions": {"nxt": 5}}, ["`nxt`", "did you mean `next`?"]),
        ({"suggestions": {"next": -1}}, ["suggestions.next: -1", "0 or more"]),
        ({"suggestions": {"next": True}}, ["suggestions.next: true"]),
        ({"levels": ["orphan-note"]}, ["levels", "mapping"]),
        ({"levels": {"orphan-notes": "off"}}, ["`orphan-notes`", "did you mean `orphan-note`?"]),
        ({"levels": {"INQ402": "off"}}, ["`INQ402`", "did you mean `orphan-note`?"]),
        ({"levels": {"orphan-note": "fatal"}}, ["orphan-note: fatal", "`error`, `warning`, `info` or `off`"]),
    ],
)
def test_a_bad_setting_is_refused_in_one_line_that_says_what_is_allowed(
    mapping: dict[Any, Any], said: list[str]
) -> None:
    refusal = refusal_of(mapping)
    assert "\n" not in refusal
    for words in said:
        assert words in refusal


def test_a_long_value_is_cut_short_in_the_refusal() -> None:
    assert len(refusal_of({"html": "x\n" * 5000})) < 200


@pytest.mark.parametrize(
    "plugins",
    ["[inquiry: {notes: n}]", "[search, inquiry: {notes: n}]", "{search: {}, inquiry: {notes: n}}"],
)
def test_the_block_is_found_in_a_list_and_in_a_mapping(tmp_path: Path, plugins: str) -> None:
    assert project_of(tmp_path, f"plugins: {plugins}").settings.notes == "n"


@pytest.mark.parametrize("text", ["", "site_name: x", "plugins: [inquiry]", "plugins: {inquiry: }", "plugins: []"])
def test_without_a_block_the_defaults_hold(tmp_path: Path, text: str) -> None:
    assert project_of(tmp_path, text).settings == Settings()


def test_a_project_knows_its_places(tmp_path: Path) -> None:
    (tmp_path / "sources.bib").touch()
    project = project_of(
        tmp_path,
        "site_name: Shade\nsite_url: https://example.org/kb/\ndocs_dir: pages\nuse_directory_urls: false\n"
        "theme: {name: material, language: pt-BR}\nexclude_docs: |\n  /private/\n"
        "plugins: [inquiry: {bibliography: [missing.bib, sources.bib]}]\n",
    )
    assert project.root == tmp_path
    assert project.config_path == tmp_path / "mkdocs.yml"
    assert (project.site_name, project.site_url) == ("Shade", "https://example.org/kb/")
    assert (project.docs_dir, project.site_dir) == (tmp_path / "pages", tmp_path / "site")
    assert (project.notes_dir, project.lines_dir) == (tmp_path / "notes", tmp_path / "lines")
    assert (project.templates_dir, project.cache_dir) == (tmp_path / "templates", tmp_path / ".cache/inquiry")
    assert project.bibliography_files == (tmp_path / "sources.bib",)
    assert project.use_directory_urls is False
    assert project.language == "pt-BR"
    assert project.exclude_docs == "/private/\n"


@pytest.mark.parametrize("theme", ["", "theme: material", "theme: {name: mkdocs}"])
def test_the_language_is_english_unless_the_theme_says_otherwise(tmp_path: Path, theme: str) -> None:
    assert project_of(tmp_path, theme).language == "en"


def test_environment_tags_are_read_as_mkdocs_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INQUIRY_TEST_NAME", "From outside")
    monkeypatch.setenv("INQUIRY_TEST_FLAG", "false")
    monkeypatch.delenv("INQUIRY_TEST_NONE", raising=False)
    project = project_of(
        tmp_path,
        "site_name: !ENV INQUIRY_TEST_NAME\nuse_directory_urls: !ENV [INQUIRY_TEST_NONE, INQUIRY_TEST_FLAG, true]\n"
        "site_url: !ENV [INQUIRY_TEST_NONE, 'https://example.org/']\ndocs_dir: !ENV INQUIRY_TEST_NONE\n",
    )
    assert project.site_name == "From outside"
    assert project.use_directory_urls is False
    assert project.site_url == "https://example.org/"
    assert project.docs_dir == tmp_path / "docs"


def test_python_tags_neither_fail_nor_run(tmp_path: Path) -> None:
    project = project_of(
        tmp_path,
        "site_name: x\nmarkdown_extensions:\n  - pymdownx.superfences:\n"
        "      format: !!python/name:pymdownx.superfences.fence_code_format\n"
        "  - x: !!python/object/apply:os.mkdir [oops]\n  - y: !relative $config_dir\n",
    )
    assert project.site_name == "x"
    assert not Path("oops").exists()


def test_inherit_is_followed_and_mappings_are_merged(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "all.yml").write_text(
        "site_name: base\nsite_url: https://example.org/\nplugins: {inquiry: {notes: n, html: trusted}}\n"
    )
    project = project_of(tmp_path, "INHERIT: base/all.yml\nsite_name: child\nplugins: {inquiry: {html: safe}}\n")
    assert (project.site_name, project.site_url) == ("child", "https://example.org/")
    assert (project.settings.notes, project.settings.html) == ("n", "safe")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b\nsite_name: a: b\n", "mkdocs.yml:2:13: "),
        ("- a\n", "not a mapping"),
        ("d: 2026-02-31\n", "not valid YAML"),
        ("a: \x01\n", "not valid YAML"),
        ("INHERIT: mkdocs.yml\n", "inherits from itself"),
        ("INHERIT: other.yml\n", "other.yml: no such configuration file"),
        ("site_name: [x]\n", "`site_name"),
        ("plugins: [inquiry: [x]]\n", "takes a mapping of settings"),
        ("plugins: [inquiry: {html: raw}]\n", "`html: raw`"),
    ],
)
def test_a_bad_file_is_refused_in_one_line_that_names_it(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        project_of(tmp_path, text)
    assert said in str(refused.value)
    assert str(tmp_path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_and_foreign_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such configuration file"):
        load_project(tmp_path / "mkdocs.yml")
    (tmp_path / "mkdocs.yml").write_bytes(b"site_name: caf\xe9\n")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_project(tmp_path / "mkdocs.yml")


def test_a_configuration_is_found_from_any_folder_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yaml").touch()
    deep = tmp_path / "notes" / "deep"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert find_config(None) == tmp_path / "mkdocs.yaml"
    (tmp_path / "notes" / "mkdocs.yml").touch()
    assert find_config(None) == tmp_path / "notes" / "mkdocs.yml"


def test_a_named_configuration_is_taken_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "other.yml").touch()
    assert find_config(Path("other.yml")) == tmp_path / "other.yml"
    assert find_config(Path()) == tmp_path / "mkdocs.yml"
    with pytest.raises(ConfigError, match=r"gone\.yml: no such configuration file"):
        find_config(Path("gone.yml"))


def test_reading_a_project_does_not_import_mkdocs(tmp_path: Path) -> None:
    """Its import takes longer than most commands."""
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    code = (
        "import sys; from pathlib import Path; from inquiry.config import load_project;"
        "load_project(Path(sys.argv[1])); print('mkdocs' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "mkdocs.yml")]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    assert run.stdout.strip() == "False"
