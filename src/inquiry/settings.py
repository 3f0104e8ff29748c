"""The plugin's block of mkdocs.yml, checked once at the edge.

A setting that is wrong stops the run with one line that names the key, the value and what is allowed; whoever
holds a `Settings` never checks again.  `inquiry.config` finds the block in its file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal, cast

from inquiry.diagnostics import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CitationStyle = Literal["title", "author-year", "number"]
"""What a citation shows: the note's title, its source's author and year, or a number."""
Search = Literal["pagefind", "material", False]
"""Whose search a site has; False for none."""
HtmlPolicy = Literal["safe", "trusted"]
"""Whether raw HTML goes through the allow-list."""
MarkdownTexts = Literal["auto", "all", "lines", False]
"""Which pages have their Markdown beside them; False for none."""
CardImages = Literal["auto", "lines", "all", False]
"""Which pages have a picture of their own for link previews; False for none, not even for the site."""

Changes = Literal["git", "dates"]
"""What tells when a document was added or revised."""

_CITATION_STYLES = ("title", "author-year", "number")
_HTML_POLICIES = ("safe", "trusted")
_CHANGES = ("git", "dates")
_MARKDOWN = ("auto", "all", "lines")
_CARDS = ("auto", "lines", "all")
_SEARCHES = ("pagefind", "material")
_LEVELS = tuple(str(level) for level in Severity)


class ConfigError(Exception):
    """A configuration that cannot be used; its text is one line, fit to be the last that a user sees."""


@dataclass(frozen=True, slots=True)
class SuggestionCounts:
    """How many suggestions a page shows at most."""

    next: int = 5
    """Next lines of a line."""
    related: int = 3
    """Related notes of a note."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site's author can decide; the defaults are those of an empty block."""

    notes: str = "notes"
    """Folder of the notes, relative to the folder of mkdocs.yml, with forward slashes."""
    lines: str = "lines"
    """Folder of the lines, likewise."""
    templates: str = "templates"
    """Folder of the site's own templates."""
    bibliography: tuple[str, ...] = ("sources.bib",)
    """Files with references; the default one need not exist."""
    citation_style: CitationStyle = "title"
    suggestions: SuggestionCounts = field(default_factory=SuggestionCounts)
    search: Search = "pagefind"
    html: HtmlPolicy = "safe"
    markdown: MarkdownTexts = "auto"
    cards: CardImages = "auto"
    card_font: str = ""
    """Font of the pictures, relative to the folder of mkdocs.yml; empty for the packaged one."""
    map: bool = True
    """Whether there is a map of everything."""
    changes: Changes = "git"
    """Whether the page of changes goes by the history, where there is one, or by the dates in the heads."""
    levels: Mapping[str, Severity] = field(default_factory=dict)
    """Rules by name whose level the author changed."""
    cache: str = ".cache/inquiry"
    """Folder of what a later build may use again."""

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Settings:
        """Check the plugin's block; a key whose value is null has its default.

        Raises:
            ConfigError: A key is unknown or a value is not allowed.
        """
        _refuse_unknown("inquiry", mapping, (known.name for known in fields(cls)))
        given = {key: value for key, value in mapping.items() if value is not None}
        default = cls()
        settings = cls(
            notes=_folder_below(given, "notes", default.notes),
            lines=_folder_below(given, "lines", default.lines),
            templates=_path(given, "templates", default.templates),
            bibliography=_paths(given, "bibliography", default.bibliography),
            citation_style=cast("CitationStyle", _choice(given, "citation_style", _CITATION_STYLES, "title")),
            suggestions=_suggestion_counts(given.get("suggestions", {})),
            search=_search(given.get("search", default.search)),
            html=cast("HtmlPolicy", _choice(given, "html", _HTML_POLICIES, "safe")),
            markdown=_markdown(given.get("markdown", default.markdown)),
            cards=_cards(given.get("cards", default.cards)),
            card_font=_path(given, "card_font", "") if given.get("card_font") else "",
            map=_switch(given, "map", default.map),
            changes=cast("Changes", _choice(given, "changes", _CHANGES, "git")),
            levels=_levels(given.get("levels", {})),
            cache=_path(given, "cache", default.cache),
        )
        _refuse_overlap(settings.notes, settings.lines)
        return settings


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Say which known name was perhaps meant, as the end of a sentence; empty when none is near.

    >>> did_you_mean("orphan-notes", ["orphan-note", "dangling-link"])
    '; did you mean `orphan-note`?'
    """
    from difflib import get_close_matches  # noqa: PLC0415 - few names are misspelt

    near = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


def show(value: object) -> str:
    """Spell a value as YAML would, on one line and not too long to read."""
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


_SHOWN = 60
"""Characters of a refused value that are shown: enough to recognise it, few enough to stay on the line."""


def _refusal(key: str, value: object, allowed: str) -> ConfigError:
    return ConfigError(f"`{key}: {show(value)}` is not allowed: `{key}` takes {allowed}")


def _refuse_unknown(where: str, mapping: Mapping[Any, Any], known: Iterable[str]) -> None:
    names = tuple(known)
    for key in mapping:
        if key not in names:
            allowed = ", ".join(f"`{name}`" for name in names)
            hint = did_you_mean(str(key), names)
            raise ConfigError(f"`{where}` has no setting `{show(key)}`{hint} (allowed: {allowed})")


def _path(given: Mapping[str, Any], key: str, default: str) -> str:
    value = given.get(key, default)
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise _refusal(key, value, "a path")
    return value


def _folder_below(given: Mapping[str, Any], key: str, default: str) -> str:
    value = _path(given, key, default)
    path = PurePosixPath(value.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or re.match(r"[A-Za-z]:", value):
        raise _refusal(key, value, "a folder below the one of mkdocs.yml")
    return str(path)


def _refuse_overlap(notes: str, lines: str) -> None:
    first, second = PurePosixPath(notes), PurePosixPath(lines)
    if first.is_relative_to(second) or second.is_relative_to(first):
        raise _refusal("lines", lines, f"a folder apart from the notes in `{notes}`")


def _paths(given: Mapping[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    value = given.get(key, default)
    entries = (value,) if isinstance(value, str) else value
    if not isinstance(entries, (list, tuple)) or not all(isinstance(entry, str) and entry for entry in entries):
        raise _refusal(key, value, "a path or a list of paths")
    return tuple(dict.fromkeys(entries))


def _choice(given: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str, *, or_off: bool = False) -> str:
    value = given.get(key, default)
    if value in allowed:
        return str(value)
    hint = did_you_mean(str(value), allowed)
    raise _refusal(key, value, _alternatives((*allowed, "false") if or_off else allowed) + hint)


def _switch(given: Mapping[str, Any], key: str, default: bool) -> bool:
    value = given.get(key, default)
    if not isinstance(value, bool):
        raise _refusal(key, value, "`true` or `false`")
    return value


def _alternatives(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names[:-1]) + f" or `{names[-1]}`"


def _suggestion_counts(value: object) -> SuggestionCounts:
    if not isinstance(value, dict):
        raise _refusal("suggestions", value, "a mapping such as `{next: 5, related: 3}`")
    _refuse_unknown("suggestions", value, (known.name for known in fields(SuggestionCounts)))
    default = SuggestionCounts()
    return SuggestionCounts(
        next=_count(value.get("next"), "suggestions.next", default.next),
        related=_count(value.get("related"), "suggestions.related", default.related),
    )


def _count(value: object, key: str, default: int) -> int:
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _refusal(key, value, "a whole number, 0 or more")
    return value


def _search(value: object) -> Search:
    if value is False:
        return False
    return cast("Search", _choice({"search": value}, "search", _SEARCHES, "", or_off=True))


def _markdown(value: object) -> MarkdownTexts:
    if value is False:
        return False
    return cast("MarkdownTexts", _choice({"markdown": value}, "markdown", _MARKDOWN, "", or_off=True))


def _cards(value: object) -> CardImages:
    if value is False:
        return False
    return cast("CardImages", _choice({"cards": value}, "cards", _CARDS, "", or_off=True))


def _levels(value: object) -> Mapping[str, Severity]:
    if not isinstance(value, dict):
        raise _refusal("levels", value, "a mapping of rule names to levels, such as `{orphan-note: off}`")
    return {_rule_name(rule): _level(rule, level) for rule, level in value.items()}


def _rule_name(rule: object) -> str:
    if isinstance(rule, str) and rule in RULES:
        return rule
    coded = [name for name, known in RULES.items() if known.code == rule]
    hint = f"; did you mean `{coded[0]}`?" if coded else did_you_mean(str(rule), RULES)
    raise ConfigError(f"`levels` names a rule that does not exist: `{show(rule)}`{hint}")


def _level(rule: object, level: object) -> Severity:
    """Read a level; YAML turns an unquoted `off` into false."""
    if level is False:
        return Severity.OFF
    if isinstance(level, str) and level in _LEVELS:
        return Severity(level)
    raise _refusal(f"levels.{rule}", level, _alternatives(_LEVELS))
