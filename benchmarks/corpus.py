"""A made-up knowledge base of any size, in the form that each site generator takes.

Five sixths of the pages are notes, the rest lines; a note has some 350 words and four links, a line 600 words and
eight.  The same number of pages gives the same words, in every form.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

SYLLABLES = "ba ce di fo gu ha li mo nu pe ra sa ti vo wu zen tra plo sti qua bri cle dro fle gri".split()
COMMON = "the of and a to in is that it was for on are as with they at be this from have or by one had not but".split()
VOCABULARY = 6_000
"""Words beside the common ones, used the rarer the later they come."""
TOPIC_WORDS = 25
"""Words that a topic's documents use more than others do."""
LINE_EVERY = 6
INQUIRY = """site_name: Corpus
site_url: https://example.org/
theme: {name: material, font: false}
nav: [index.md]
plugins:
  - inquiry: {search: false, suggestions: {next: 5, related: 5}}
"""
MATERIAL = """site_name: Corpus
site_url: https://example.org/
theme: {name: material, font: false}
nav: [index.md]
plugins: []
"""
HUGO = """baseURL = "https://example.org/"
title = "Corpus"
disableKinds = ["RSS"]
[related]
  threshold = 20
  toLower = true
  [[related.indices]]
    name = "tags"
    weight = 100
  [[related.indices]]
    name = "fragmentrefs"
    type = "fragments"
    weight = 30
"""
LAYOUTS = {
    "baseof": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title><meta name="description" content="{{ .Params.summary }}"></head>
<body><header><a href="/">{{ site.Title }}</a></header><main>{{ block "main" . }}{{ end }}</main></body></html>
""",  # noqa: E501 - as a template has it
    "single": """{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}
<ul>{{ range .GetTerms "tags" }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>
{{ with site.RegularPages.Related . | first 5 }}<section><h2>Related</h2><ul>
{{ range . }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul></section>{{ end }}{{ end }}
""",
    "list": """{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>{{ end }}
""",
}
"""A bare theme: page, list, and the related content that Hugo finds; no backlinks and no suggestions with reasons."""


@dataclass(frozen=True)
class Page:
    """One document."""

    id: str
    title: str
    summary: str
    tags: tuple[str, ...]
    source: str
    paragraphs: tuple[tuple[str, tuple[int, ...]], ...]
    """Words of each paragraph, with the numbers of the pages that it links to."""
    is_line: bool


def pages(count: int) -> list[Page]:
    """Make up documents."""
    chance = random.Random(count)  # noqa: S311 - nothing secret about it
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(VOCABULARY)]
    weights = list(accumulate(1 / (rank + 5) for rank in range(VOCABULARY)))
    topics = [chance.sample(words, TOPIC_WORDS) for _ in range(max(8, count // 10))]

    def sentence(topic: Sequence[str], length: int) -> str:
        rare = chance.choices(words, cum_weights=weights, k=length // 3)
        drawn = [*chance.choices(COMMON, k=length // 3), *rare, *chance.choices(topic, k=length // 3)]
        chance.shuffle(drawn)
        return f"{' '.join(drawn).capitalize()}."

    made = []
    for number in range(count):
        is_line = number % LINE_EVERY == 0
        of = chance.sample(range(len(topics)), 2)
        topic = [word for each in of for word in topics[each]]
        name = " ".join(chance.choices(topic, k=4))
        paragraphs = []
        for _ in range(8 if is_line else 5):
            text = " ".join(sentence(topic, 15) for _ in range(5))
            paragraphs.append((text, tuple(chance.randrange(count) for _ in range(chance.randint(0, 2)))))
        tags = tuple(dict.fromkeys(topics[each][0] for each in of))
        title = f"{name.capitalize()}?" if is_line else name.capitalize()
        source = f"A study of {name}, {1950 + number % 75}"
        made.append(Page(f"p{number:06}", title, sentence(topic, 18), tags, source, tuple(paragraphs), is_line))
    return made


def write(made: Sequence[Page], folder: Path) -> None:
    """Write documents in each form, into folders named after it."""

    def body(page: Page, link: Callable[[Page], str]) -> str:
        rows = []
        for number, (text, links) in enumerate(page.paragraphs):
            rows += [f"## {' '.join(text.split()[:4]).capitalize()}\n"] if number % 2 == 0 else []
            rows.append(f"{text} {' '.join(f'It rests on {link(made[each])}.' for each in links)}\n")
        return "\n".join(rows)

    forms: dict[str, tuple[str, str, Callable[[Page], str]]] = {
        "inquiry": ("", "", lambda page: f"[[{page.id}]]"),
        "hugo": ("content/", "", lambda page: f"[{page.title}](/{_kind(page)}/{page.id}/)"),
        "material": ("docs/", "# {title}\n\n", lambda page: f"[{page.title}](../{_kind(page)}/{page.id}.md)"),
    }
    for form, (below, head, link) in forms.items():
        for page in made:
            path = folder / form / f"{below}{_kind(page)}/{page.id}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            source = f"source: {{title: '{page.source}'}}\n" if form == "inquiry" and not page.is_line else ""
            front = f"title: '{page.title}'\nsummary: '{page.summary}'\ntags: [{', '.join(page.tags)}]\n{source}"
            path.write_text(f"---\n{front}---\n{head.format(title=page.title)}{body(page, link)}", encoding="utf-8")
    for form, config in (("inquiry", INQUIRY), ("material", MATERIAL)):
        (folder / form / "mkdocs.yml").write_text(config, encoding="utf-8")
        (folder / form / "docs").mkdir(exist_ok=True)
        (folder / form / "docs/index.md").write_text("# Corpus\n", encoding="utf-8")
    (folder / "hugo/hugo.toml").write_text(HUGO, encoding="utf-8")
    for name, layout in LAYOUTS.items():
        path = folder / f"hugo/layouts/_default/{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(layout, encoding="utf-8")


def _kind(page: Page) -> str:
    return "lines" if page.is_line else "notes"
