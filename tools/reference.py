#!/usr/bin/env python3
"""Write the tables of docs/reference/ from the code, so that they cannot fall behind it.

A page is written by hand, but for its blocks between `<!-- generated: NAME -->` and `<!-- end: NAME -->`, which
this script fills.  What the code knows (names, types, defaults, options) comes from the code; what it does not (a
word of explanation, an example) comes from tools/reference.yaml.

    tools/reference.py            write the pages
    tools/reference.py --check    change nothing, and exit 1 when a page is behind
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from dataclasses import MISSING, Field, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import yaml

from inquiry.cli import COMMANDS, program
from inquiry.corpus import keys
from inquiry.diagnostics import RULES, Rule, Severity
from inquiry.settings import Settings, SuggestionCounts
from inquiry.site import list_views, overview_views, view_parts, views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs/reference"
WORDS: dict[str, Any] = yaml.safe_load((ROOT / "tools/reference.yaml").read_text(encoding="utf-8"))
_BLOCK = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)
_PARTS = {
    "0": "The project",
    "1": "Front matter",
    "2": "Links",
    "3": "Citations and references by name",
    "4": "The graph",
    "5": "Published addresses",
    "9": "The outside world",
}
"""Headings by the hundreds of a rule's code."""
_IN_TEXT = frozenset("239")
"""Those whose findings stand in a text, where a comment can allow them."""
_FEW = 2
"""Files beside the faulty one that an example shows."""


@dataclass(frozen=True)
class DocumentedField:
    """A field of a view as its page shows it."""

    name: str
    type: str
    meaning: str


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table.

    Raises:
        ValueError: A cell holds a bar, which GitHub and Python-Markdown escape in different ways.
    """
    lines = [head, ["---"] * len(head), *rows]
    for cell in (cell for line in lines for cell in line if "|" in cell):
        raise ValueError(f"no table can show `{cell}`")
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def code(text: str) -> str:
    """Put a name in backticks."""
    return f"`{text}`" if text else ""


def sentence(text: str) -> str:
    """Fold a text to one line."""
    return " ".join(text.split())


# -- settings ---------------------------------------------------------------------------------------------------------


def settings_table() -> str:
    """List the settings with their defaults."""
    rows = [row for setting in fields(Settings) for row in _setting_rows(setting)]
    return table(("setting", "takes", "default", "what it does"), rows)


def _setting_rows(setting: Field[Any]) -> Iterator[tuple[str, str, str, str]]:
    if setting.name == "suggestions":
        for count in fields(SuggestionCounts):
            yield _setting_row(f"suggestions.{count.name}", count.default)
    else:
        factory = setting.default_factory
        yield _setting_row(setting.name, setting.default if factory is MISSING else factory())


def _setting_row(name: str, default: Any) -> tuple[str, str, str, str]:
    words = WORDS["settings"][name]
    shown = list(default) if isinstance(default, tuple) else default
    written = yaml.safe_dump(shown, default_flow_style=True).removesuffix("\n...\n").strip()
    return code(name), words["takes"], code(written), sentence(words["about"])


# -- commands ---------------------------------------------------------------------------------------------------------


def commands_list() -> str:
    """Describe every command as its `--help` does."""
    context = click.Context(program, info_name="inquiry")
    return "\n".join(_command(name, context) for name in COMMANDS)


def _command(name: str, parent: click.Context) -> str:
    command = program.get_command(parent, name)
    if command is None:
        raise LookupError(name)
    context = click.Context(command, info_name=name, parent=parent)
    examples = "\n".join(WORDS["commands"].get(name, ()))
    shown = f"```sh\n{examples}\n```\n" if examples else ""
    if not isinstance(command, click.Group):
        return "\n".join(filter(None, (f"## inquiry {name}\n", _described(command, context), shown)))
    parts = (
        f"### inquiry {name} {one}\n\n{_described(below, click.Context(below, info_name=one, parent=context))}"
        for one, below in command.commands.items()
    )
    return "\n".join((f"## inquiry {name}\n", f"{_about(command)}\n", shown, *parts))


def _described(command: click.Command, context: click.Context) -> str:
    usage = command.get_usage(context).removeprefix("Usage: ")
    options = [one for one in command.params if isinstance(one, click.Option)]
    return "\n".join(
        (
            f"{_about(command)}\n",
            f"```text\n{sentence(usage)}\n```\n",
            table(("option", "what it does"), [(code(_spelled(one)), _help(one)) for one in options]),
        )
    )


def _about(command: click.Command) -> str:
    return " ".join(inspect.cleandoc(command.help or "").replace("\b\n", "").split("  "))


def _spelled(option: click.Option) -> str:
    value = "" if option.is_flag else f" {(option.metavar or _kind(option)).partition('|')[0]}"
    return ", ".join(option.opts) + value


def _kind(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "FORMAT"
    return "N" if isinstance(option.type, click.types.IntParamType) else option.type.name.upper()


def _help(option: click.Option) -> str:
    meaning = WORDS["options"].get(option.opts[-1]) or option.help or ""
    if isinstance(option.type, click.Choice):
        meaning += f" One of {', '.join(code(str(choice)) for choice in option.type.choices)}."
    return f"{meaning} Without it: `{option.default}`." if option.show_default else meaning


# -- front matter -----------------------------------------------------------------------------------------------------


def fields_table() -> str:
    """List the keys of a head with all their spellings."""
    return _spellings(keys.FIELDS.values())


def source_fields_table() -> str:
    """List the keys of a work that is written out under `source`."""
    return _spellings(keys.SOURCE_FIELDS.values())


def _spellings(known: Iterable[keys.Field]) -> str:
    rows = [(code(one.name), ", ".join(map(code, one.spellings[1:])), one.meaning) for one in known]
    return table(("key", "also read as", "what it says"), rows)


# -- views ------------------------------------------------------------------------------------------------------------


def views_list() -> str:
    """Describe everything that a template may see, pages first and parts after them."""
    modules = (views, list_views, overview_views, view_parts)
    classes = [
        node for one in modules for node in ast.parse(inspect.getsource(one)).body if isinstance(node, ast.ClassDef)
    ]
    pages = [node for node in classes if any(one.name == "page" for one in _fields(node))]
    parts = [node for node in classes if node not in pages]
    return "\n".join(
        ("## The pages\n", *map(_view, pages), "## The parts\n", *map(_view, parts)),
    )


def _view(node: ast.ClassDef) -> str:
    rows = [(code(one.name), code(one.type), one.meaning) for one in _fields(node)]
    return f"### {node.name}\n\n{ast.get_docstring(node)}\n\n{table(('field', 'type', 'what it is'), rows)}"


def _fields(node: ast.ClassDef) -> Iterator[DocumentedField]:
    following: list[ast.stmt | None] = [*node.body[1:], None]
    for statement, after in zip(node.body, following, strict=True):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name = statement.target.id
            documented = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            own = str(after.value.value) if documented else ""  # type: ignore[union-attr] # narrowed by `documented`
            meaning = own or WORDS["views"].get(f"{node.name}.{name}") or WORDS["views"][name]
            yield DocumentedField(name, ast.unparse(statement.annotation), sentence(meaning))


# -- rules ------------------------------------------------------------------------------------------------------------


def rules_table() -> str:
    """List the rules."""
    rows = [(rule.code, f"[{rule.name}](#{rule.name})", str(rule.severity), rule.summary) for rule in _rules()]
    return table(("code", "rule", "level", "what is wrong"), rows)


def rules_list() -> str:
    """Describe every rule, with an example that breaks it and one that does not."""
    parts: dict[str, list[str]] = {}
    for rule in _rules():
        parts.setdefault(_PARTS[rule.code.removeprefix("INQ")[0]], []).append(_rule(rule))
    return "\n".join(line for part, described in parts.items() for line in (f"## {part}\n", *described))


def _rules() -> list[Rule]:
    return sorted(RULES.values(), key=lambda rule: rule.code)


def _rule(rule: Rule) -> str:
    words = {**_examples_of_cases(rule.name), **WORDS["rules"].get(rule.name, {})}
    path = words.get("path", "notes/a.md")
    about = f"{sentence(words['about'])}\n\n" if "about" in words else ""
    given = "".join(_example(f"With `{name}`", text, name) for name, text in words.get("given", {}).items())
    return (
        f"### {rule.name}\n\n`{rule.code}`, {rule.severity}. {rule.summary}\n\n{about}{given}"
        + _example(f"Bad (`{path}`)", words["bad"], path)
        + _example("Good", words["good"], path)
        + f"{_silence(rule)}\n"
    )


def _silence(rule: Rule) -> str:
    """Say how the rule is turned off, or on where it is off by itself."""
    if rule.severity is Severity.OFF:
        return f"Turn it on with `levels: {{{rule.name}: warning}}`."
    in_text = f", or with `<!-- inquiry: allow {rule.name} -->` before the block" if rule.code[3] in _IN_TEXT else ""
    return f"Silence it with `levels: {{{rule.name}: off}}`{in_text}."


def _examples_of_cases(rule: str) -> dict[str, Any]:
    """Take the examples of a rule from its cases, where nobody has written shorter ones.

    Shown is the file that the bad case finds fault with; other files are, when they are few.
    """
    bad, good = (_case(rule, name) for name in ("bad", "good"))
    broken = [one["path"] for one in bad.get("expect", ()) if one["rule"] == rule]
    if not broken:
        return {"bad": "", "good": ""}
    path = broken[0]
    files = {name: text for name, text in bad["files"].items() if isinstance(text, str)}
    others = {name: text for name, text in files.items() if name not in {path, "mkdocs.yml"}}
    return {
        "path": path,
        "given": others if len(others) <= _FEW else {},
        "bad": files.get(path, ""),
        "good": next((text for name, text in good["files"].items() if name == path and isinstance(text, str)), ""),
    }


def _case(rule: str, name: str) -> dict[str, Any]:
    path = ROOT / "tests/cases" / rule / f"{name}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _example(label: str, text: str, path: str) -> str:
    if not text.strip():
        return f"{label}: a file with nothing in it.\n\n"
    if path.endswith((".yml", ".css", ".lock")):
        language = {"yml": "yaml", "css": "css"}.get(path.rpartition(".")[2], "text")
        return f"{label}:\n\n```{language}\n{text.rstrip()}\n```\n\n"
    language = "bibtex" if path.endswith(".bib") else "yaml" if text.startswith("---") else "markdown"
    return f"{label}:\n\n```{language}\n{text.rstrip()}\n```\n\n"


# -- pages ------------------------------------------------------------------------------------------------------------

BLOCKS: dict[str, Callable[[], str]] = {
    "settings": settings_table,
    "commands": commands_list,
    "fields": fields_table,
    "source-fields": source_fields_table,
    "views": views_list,
    "rules-table": rules_table,
    "rules": rules_list,
}
"""What fills a block, by the name in its marks."""


def filled(page: str) -> str:
    """Fill every block of a page."""
    return _BLOCK.sub(lambda found: f"{found[1]}\n{BLOCKS[found[2]]().strip()}\n\n{found[3]}", page)


def main(*, check: bool) -> int:
    """Write the pages, or tell which are behind."""
    behind = []
    for path in sorted(PAGES.glob("*.md")):
        written = path.read_text(encoding="utf-8")
        fresh = filled(written)
        if fresh != written:
            behind.append(path)
            if not check:
                path.write_text(fresh, encoding="utf-8", newline="\n")
    for path in behind:
        sys.stdout.write(f"{path.relative_to(ROOT)}: {'behind the code' if check else 'written'}\n")
    return 1 if check and behind else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
