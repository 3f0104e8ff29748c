from __future__ import annotations

import dataclasses
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import meta, nodes
from markupsafe import Markup
from view_samples import BARE, FULL, full_line, full_note

from inquiry.site.lists import NARROWING_TOPICS
from inquiry.site.render import make_environment, packaged_templates
from inquiry.site.views import LinesView, LineView, NotesView, NoteView

if TYPE_CHECKING:
    from pathlib import Path

    from view_samples import View

TEMPLATES = packaged_templates()
STYLESHEET = TEMPLATES / "assets" / "inquiry.css"
SCRIPT = TEMPLATES / "assets" / "inquiry.js"
MAP_STYLESHEET = TEMPLATES / "assets" / "map" / "map.css"
ASSETS = sorted(path for path in (TEMPLATES / "assets").rglob("*") if path.is_file())
ENVIRONMENT = make_environment([])
SOURCES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
VIEWS = [(name, view) for views in (FULL, BARE) for name, view in views.items()]
VIEW_IDS = [f"{extent}-{name}" for extent in ("full", "bare") for name in FULL]
every_view = pytest.mark.parametrize(("name", "view"), VIEWS, ids=VIEW_IDS)

LINE_PARTS = {
    "sources": "sources",
    "disagreement": "disagreements",
    "next-lines": "next_lines",
    "linked-from": "linked_from",
    "neighbourhood": "picture",
}
NOTE_PARTS = {
    "rests-on": "references",
    "relations": "relations",
    "cited-by": "cited_by",
    "linked-from": "linked_from",
    "related": "related",
    "neighbourhood": "picture",
}
VOID = {"meta", "link", "img", "br", "hr", "input"}
HOSTILE = "<script>alert(1)</script>\"'><b onmouseover=x>"


class Outline(HTMLParser):
    """Read a page's tags, and fail where one is closed that is not open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, attribute: str) -> list[str]:
        """Every value of an attribute, in the order of the page."""
        return [value for _, attrs in self.tags if (value := attrs.get(attribute))]


def show(name: str, view: View) -> str:
    return ENVIRONMENT.get_template(name).render(view=view)


def outline(name: str, view: View) -> Outline:
    return Outline(show(name, view))


def poisoned(value: Any) -> Any:
    """Put hostile text wherever a view holds plain text; finished HTML is what the renderer escaped."""
    if isinstance(value, Markup):
        return Markup.escape(HOSTILE)
    if isinstance(value, str):
        return HOSTILE
    if isinstance(value, tuple):
        return tuple(poisoned(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: poisoned(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value


def test_every_page_template_has_samples() -> None:
    pages = {name for name in SOURCES if "/" not in name}
    assert pages == set(FULL) == set(BARE)


@every_view
def test_a_page_has_exactly_one_first_heading(name: str, view: View) -> None:
    headings = [tag for tag, _ in outline(name, view).tags if tag == "h1"]
    assert len(headings) == 1


@every_view
def test_headings_never_skip_a_level(name: str, view: View) -> None:
    levels = [int(tag[1]) for tag, _ in outline(name, view).tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_view
def test_ids_are_unique_and_labels_name_what_is_there(name: str, view: View) -> None:
    page = outline(name, view)
    ids = Counter(page.all("id"))
    assert [key for key, count in ids.items() if count > 1] == []
    assert set(page.all("aria-labelledby")) <= set(ids)


@every_view
def test_every_section_has_a_name(name: str, view: View) -> None:
    sections = [attrs for tag, attrs in outline(name, view).tags if tag in {"section", "nav", "aside"}]
    assert all("aria-label" in attrs or "aria-labelledby" in attrs for attrs in sections)


@every_view
def test_plain_text_is_escaped_everywhere(name: str, view: View) -> None:
    page = outline(name, poisoned(view))
    assert [attrs for tag, attrs in page.tags if tag == "script" and "src" not in attrs] == []
    assert page.all("onmouseover") == []


@every_view
def test_a_page_loads_nothing_but_its_own_script(name: str, view: View) -> None:
    page = outline(name, view)
    scripts = {"map.html": "map/map.js", "lines.html": "lines/random.js", "redirect.html": "moved/moved.js"}
    own = [scripts[name]] if name in scripts else []
    assert all((TEMPLATES / "assets" / path).is_file() for path in own)
    assert page.all("src") in ([], [f"../assets/{path}" for path in own])
    assert {tag for tag, _ in page.tags}.isdisjoint({"iframe", "img"})


@pytest.mark.parametrize(("part", "field"), LINE_PARTS.items())
def test_a_line_shows_a_part_exactly_when_it_has_content(part: str, field: str) -> None:
    line = full_line()
    empty = dataclasses.replace(line, **{field: type(getattr(line, field))()})
    assert part in outline("line.html", line).all("id")
    assert part not in outline("line.html", empty).all("id")


@pytest.mark.parametrize(("part", "field"), NOTE_PARTS.items())
def test_a_note_shows_a_part_exactly_when_it_has_content(part: str, field: str) -> None:
    note = full_note()
    empty = dataclasses.replace(note, **{field: type(getattr(note, field))()})
    assert part in outline("note.html", note).all("id")
    assert part not in outline("note.html", empty).all("id")


@pytest.mark.parametrize("name", ["line.html", "note.html", "source.html"])
def test_a_page_without_exports_does_not_offer_them(name: str) -> None:
    assert "cite-this" in outline(name, FULL[name]).all("id")
    assert "cite-this" not in outline(name, BARE[name]).all("id")


@pytest.mark.parametrize("name", ["line.html", "note.html"])
def test_takeaway_and_deck_are_printed_only_when_written(name: str) -> None:
    assert {"deck", "takeaway prose"} <= set(outline(name, FULL[name]).all("class"))
    assert {"deck", "takeaway prose"}.isdisjoint(outline(name, BARE[name]).all("class"))


@pytest.mark.parametrize("name", sorted(set(BARE) - {"not-found.html", "redirect.html"}))
def test_an_empty_page_says_something_useful(name: str) -> None:
    assert "empty" in outline(name, BARE[name]).all("class")


def test_a_line_page_is_in_the_order_in_which_it_is_read() -> None:
    html = show("line.html", full_line())
    marks = [
        "kicker",
        "<h1",
        'class="deck"',
        'class="essay',
        "takeaway",
        *(f'id="{part}"' for part in LINE_PARTS),
    ]
    order = ["disagreement", "next-lines", "sources", "linked-from", "neighbourhood", "cite-this"]
    marks[5:] = [f'id="{part}"' for part in order]
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)


def test_a_suggested_line_is_one_link_and_tells_its_reasons() -> None:
    line = full_line()
    html = show("line.html", line)
    section = html[html.index('id="next-lines"') : html.index('id="sources"')]
    assert section.count("<a ") == len(line.next_lines)
    assert all(Markup.escape(reason) in section for item in line.next_lines for reason in item.reasons)


def test_a_source_is_numbered_and_leads_back_to_its_places() -> None:
    line = full_line()
    page = outline("line.html", line)
    assert [f"source-{source.number}" for source in line.sources] == [
        value for value in page.all("id") if re.fullmatch(r"source-\d+", value)
    ]
    assert {place.href for source in line.sources for place in source.places} <= set(page.all("href"))


def test_a_citing_sentence_is_quoted() -> None:
    note = full_note()
    html = show("note.html", note)
    assert all(Markup.escape(text) in html for backlink in note.cited_by for text in backlink.sentences)


def test_an_old_address_leads_on_without_scripts() -> None:
    html = show("redirect.html", FULL["redirect.html"])
    assert html.startswith("<!doctype html>")
    assert '<meta http-equiv="refresh" content="0; url=../empty-turn/">' in html
    assert '<a href="../empty-turn/"' in html


@pytest.mark.parametrize("name", SOURCES)
def test_templates_see_the_view_and_nothing_else(name: str) -> None:
    tree = ENVIRONMENT.parse((TEMPLATES / name).read_text(encoding="utf-8"))
    given = {"view", "topics"} if name == "partials/topic-list.html" else {"view"}
    assert meta.find_undeclared_variables(tree) <= given


@pytest.mark.parametrize("name", SOURCES)
def test_templates_print_and_neither_sort_nor_choose(name: str) -> None:
    tree = ENVIRONMENT.parse((TEMPLATES / name).read_text(encoding="utf-8"))
    assert {node.name for node in tree.find_all(nodes.Filter)} <= {"length"}
    assert not list(tree.find_all((nodes.Slice, nodes.Assign, nodes.Add, nodes.Concat)))


def test_the_script_stays_small() -> None:
    assert SCRIPT.stat().st_size < 16_000


@pytest.mark.parametrize("name", ["line.html", "note.html"])
def test_a_page_says_in_brief_what_its_text_links_to_each_once(name: str) -> None:
    view = FULL[name]
    assert isinstance(view, LineView | NoteView)
    html = show(name, view)
    section = html[html.index('aria-labelledby="beside-title"') :]
    assert section.count('class="peek') - section.count('class="peek__') == len(view.peeks)
    for peek in view.peeks:
        assert section.count(f'<p class="peek__title"><a href="{peek.href}">') == 1
        assert Markup.escape(peek.relation) in section
        assert Markup.escape(peek.passage or peek.summary) in section


def test_the_stylesheet_has_a_rule_for_each_topic_that_a_list_can_be_narrowed_to() -> None:
    rules = re.findall(r'\[value="t(\d+)"\]:checked\) .sorted > :not\(.t\1\)', STYLESHEET.read_text("utf-8"))
    assert [int(number) for number in rules] == list(range(1, NARROWING_TOPICS + 1))


@pytest.mark.parametrize("name", ["lines.html", "notes.html"])
def test_a_list_carries_its_other_orders_and_topics(name: str) -> None:
    view = FULL[name]
    assert isinstance(view, LinesView | NotesView)
    page = outline(name, view)
    assert [style for style in page.all("style") if style.startswith("--a")] == [row.places for row in view.rows]
    assert {f"row {row.marks}" for row in view.rows} <= set(page.all("class"))
    assert {f"t{number}" for number, _ in enumerate(view.topics, start=1)} <= set(page.all("value"))


def test_a_passage_is_quoted_as_one() -> None:
    line = full_line()
    html = show("line.html", line)
    assert f"<blockquote>{line.peeks[1].passage}</blockquote>" in html


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.name)
def test_assets_name_no_other_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"https?://|//\w|@import|url\(|@font-face", text) == []


def test_the_stylesheet_stays_small() -> None:
    assert STYLESHEET.stat().st_size < 36_000


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


PAIR = re.compile(r"--(inq|md-code-hl)-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
COLOURS = {
    f"{group}-{name}": (day, night)
    for path in (STYLESHEET, MAP_STYLESHEET)
    for group, name, day, night in PAIR.findall(path.read_text("utf-8"))
}
GROUNDS = ("inq-paper", "inq-shade")
EDGES = {"inq-edge"}
QUIET = {"inq-hairline"}


@pytest.mark.parametrize("scheme", [0, 1], ids=["day", "night"])
@pytest.mark.parametrize("name", sorted(set(COLOURS) - set(GROUNDS) - QUIET))
def test_every_colour_can_be_read_on_every_ground(name: str, scheme: int) -> None:
    wanted = 3 if name in EDGES else 4.5
    assert all(contrast(COLOURS[name][scheme], COLOURS[ground][scheme]) >= wanted for ground in GROUNDS)
