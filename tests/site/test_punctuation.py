"""Marks behind citations: in front of those that follow a clause, behind those that a sentence cannot do without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from small_sites import place, run_build

if TYPE_CHECKING:
    from pathlib import Path

MOVED = {
    "Sleep helps [[mem]].": "Sleep helps. Sleep helps memory",
    "It gains, and loses [[sleep]], then stops.": "It gains, and loses, Does sleep help? then stops.",
    "It gains [[sleep]]; [[mem]].": "It gains. Does sleep help?; Sleep helps memory",
    "It gains [[sleep]] [[mem]].": "It gains. Does sleep help? Sleep helps memory",
    "It gains [[sleep]][[mem]].": "It gains. Does sleep help? Sleep helps memory",
    "It gains *much* [[mem]].": "It gains much. Sleep helps memory",
    "See a [word](https://example.org/) [[mem]].": "See a word. Sleep helps memory",
}
STAYING = {
    "According to [[mem]], it works.": "According to Sleep helps memory, it works.",
    "This was shown in [[sleep]].": "This was shown in Does sleep help?.",
    "See [[sleep]]; it is a note on [[mem]].": "See Does sleep help?; it is a note on Sleep helps memory.",
    "Compare [[sleep]], [[mem]] and others.": "Compare Does sleep help?, Sleep helps memory and others.",
    "It ends. [[mem]], so it goes.": "It ends. Sleep helps memory, so it goes.",
    "[[mem]], so it goes.": "Sleep helps memory, so it goes.",
    "This contradicts [[mem]].": "This contradicts Sleep helps memory.",
    "It grows, e.g. [[mem]].": "It grows, e.g. Sleep helps memory.",
    "It grows, cf [[mem]].": "It grows, cf Sleep helps memory.",
    "It grows, cf. [[mem]].": "It grows, cf. Sleep helps memory.",
    "It gains [[sleep]], [[mem]], and more.": "It gains Does sleep help?, Sleep helps memory, and more.",
}


def read(tmp_path: Path, sentences: list[str], style: str = "title") -> list[str]:
    """Build a line of these sentences, and read its paragraphs as a reader does."""
    root = tmp_path / "kb"
    place("minimal", root)
    settings = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["plugins"] = [{"inquiry": {"citation_style": style, "search": False}}]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    (root / "notes/mem.md").write_text("---\ntitle: Sleep helps memory\n---\nX.\n", encoding="utf-8")
    (root / "notes/sleep.md").write_text("---\ntitle: Does sleep help?\n---\nX.\n", encoding="utf-8")
    (root / "lines").mkdir(exist_ok=True)
    (root / "lines/asked.md").write_text("---\ntitle: Asked?\n---\n" + "\n\n".join(sentences), encoding="utf-8")
    run_build(root)
    html = (root / "site/lines/asked/index.html").read_text(encoding="utf-8")
    essay = html[html.index('class="essay') : html.index("</div>", html.index('class="essay'))]
    return [re.sub(r"<[^>]*>", "", each).replace("\xa0", " ").strip() for each in re.findall("<p>(.*?)</p>", essay)]


def test_a_mark_goes_in_front_of_citations_that_follow_a_clause_and_stays_behind_others(tmp_path: Path) -> None:
    expected = MOVED | STAYING
    assert dict(zip(expected, read(tmp_path, list(expected)), strict=True)) == expected


@pytest.mark.parametrize("sentence", ["According to [[mem]], it works.", "Sleep helps [[mem]]."])
def test_a_raised_number_stands_behind_the_mark_where_the_sentence_can_do_without(
    sentence: str, tmp_path: Path
) -> None:
    (said,) = read(tmp_path, [sentence], "number")
    assert re.sub(r"\d", "#", said) in {"According to #, it works.", "Sleep helps.#"}
