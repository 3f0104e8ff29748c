"""What the pages show can be done: commands parse, settings are allowed, targets of make and links exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import pytest
import yaml

from inquiry.cli import COMMANDS, program
from inquiry.corpus.frontmatter import parse_head
from inquiry.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
OUTSIDE = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md"]
"""Pages that are not part of the site."""
PAGES = [*OUTSIDE, *sorted((ROOT / "docs").rglob("*.md"))]
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#[^)\s]*)?\)")


class Shown(NamedTuple):
    """Something that a page shows."""

    page: str
    text: str


def fences(*languages: str) -> Iterator[Shown]:
    """Yield the code blocks of these languages."""
    for path in PAGES:
        for language, text in _FENCE.findall(path.read_text(encoding="utf-8")):
            if language in languages:
                yield Shown(path.relative_to(ROOT).as_posix(), text)


def spans() -> Iterator[Shown]:
    """Yield what stands in backticks outside code blocks."""
    for path in PAGES:
        prose = _FENCE.sub("", path.read_text(encoding="utf-8"))
        yield from (Shown(path.relative_to(ROOT).as_posix(), text) for text in _SPAN.findall(prose))


def command_lines(program_name: str) -> list[Shown]:
    """List every call of a program, each once; an ellipsis or a word in capitals stands for something else."""
    lines = [Shown(page, line) for page, text in fences("sh") for line in text.splitlines()]
    shown = [one for one in (*lines, *spans()) if one.text.split()[:1] == [program_name] or "=" in one.text.split()[0]]
    calls = [Shown(page, re.sub(r"^(?:[A-Z_]+=\S+ )+", "", text)) for page, text in shown]
    return sorted({one for one in calls if one.text.startswith(f"{program_name} ") and "…" not in one.text})


@pytest.mark.parametrize("shown", command_lines("inquiry"), ids=lambda shown: f"{shown.page}: {shown.text}")
def test_every_inquiry_command_line_parses(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    _, name, *arguments = shlex.split(shown.text)
    if name.isupper() or name.startswith("-"):
        return
    command = program.get_command(click.Context(program), name)
    assert command is not None, f"there is no command `{name}`"
    while isinstance(command, click.Group) and arguments:
        name, *arguments = arguments
        below = command.get_command(click.Context(command), name)
        assert below is not None, f"there is no command `{shown.text}`"
        command = below
    try:
        command.make_context(name, arguments)
    except click.MissingParameter:
        assert not arguments, "a command that is merely named may leave out what it needs"
    except click.exceptions.Exit:
        assert {"-h", "--help"} & set(arguments)


@pytest.mark.parametrize("shown", command_lines("make"), ids=lambda shown: f"{shown.page}: {shown.text}")
def test_every_target_of_make_exists(shown: Shown) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = [word for word in shlex.split(shown.text, comments=True)[1:] if "=" not in word]
    assert set(named) <= set(targets)


def test_the_readme_names_the_commands_that_a_newcomer_needs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"make site", "make test"} <= {line for one in fences("sh") for line in one.text.splitlines()}
    assert all(f"inquiry {name}" in readme for name in ("init", "new", "serve", "check", "build"))


def test_the_changelog_names_every_command() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert all(f"`inquiry {name}`" in changelog for name in COMMANDS)


@pytest.mark.parametrize("shown", sorted(fences("yaml")), ids=lambda shown: shown.page)
def test_every_example_in_yaml_can_be_used(shown: Shown) -> None:
    """Heads of notes give no finding, blocks of mkdocs.yml hold allowed settings, the rest is YAML."""
    if shown.text.startswith("---"):
        if shown.page != "docs/reference/rules.md":  # its bad examples are bad on purpose
            assert parse_head(shown.text, "notes/example.md").diagnostics == ()
        return
    content = yaml.safe_load(shown.text)
    for plugin in content.get("plugins", ()):
        if isinstance(plugin, dict):
            Settings.from_mapping(plugin["inquiry"])


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path.name)
def test_every_link_of_a_page_outside_the_site_leads_somewhere(path: Path) -> None:
    """Links of docs/ are held by the strict build."""
    targets = _LINK.findall(path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_begins_with_its_only_main_heading(path: Path) -> None:
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
