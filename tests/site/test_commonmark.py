"""The examples of the CommonMark specification against our renderer, every deliberate difference by number.

`make test` fetches the examples (version 0.30).  Our extensions are off here and raw HTML passes, so what is
compared is how events become HTML.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import pyromark
import pytest

from inquiry.corpus.body import Slot, SlotKind
from inquiry.corpus.markdown import write
from inquiry.corpus.output import escape, escape_url
from inquiry.corpus.places import Places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inquiry.corpus.body import Body, Link

EXAMPLES = Path(__file__).parents[2] / ".cache" / "commonmark" / "commonmark.json"
COUNT = 652
"""Number of examples in the specification; fewer would mean a truncated file."""

NORMALISED = "an address in raw HTML is a link like any other, so its spelling is normalised"
COLOURED = "Pygments colours fenced code of a known language"
DROPPED = "a comment is never published"
BARE = "a bare address is a link"
NEWER = "a comment as later versions of the specification define it, and comments are never published"

DIFFERENCES: Mapping[int, str] = {
    21: NORMALISED,
    31: NORMALISED,
    142: COLOURED,
    143: COLOURED,
    177: DROPPED,
    179: DROPPED,
    183: DROPPED,
    308: DROPPED,
    309: DROPPED,
    344: NORMALISED,
    601: BARE,
    607: BARE,
    610: BARE,
    624: DROPPED,
    625: NEWER,
    626: NEWER,
    630: NORMALISED,
    631: NORMALISED,
    642: NORMALISED,
    643: NORMALISED,
}
"""Examples that we mean to render otherwise, with the reason."""


class Example(TypedDict):
    """An example as the specification's test file has it."""

    example: int
    section: str
    markdown: str
    html: str


def examples() -> list[Example]:
    """Read the examples; in CI their absence is a failure, because nobody would see that they were skipped."""
    if not EXAMPLES.is_file():
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"{EXAMPLES.name} is not there: `tools/setup.sh test` fetches it")
    found: list[Example] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return found


def rendered(markdown: str) -> str:
    """Render plain CommonMark; headings without the ids that the specification knows nothing of."""
    writer = write(markdown, "example.md", Places(markdown, (), 1), pyromark.Options(0), whole=True)
    body = writer.body(trusted=True)
    html = "".join(piece if isinstance(piece, str) else filled(piece, body) for piece in body.pieces)
    return re.sub(r'<(h[1-6]) id="[^"]*">', r"<\1>", html)


def filled(slot: Slot, body: Body) -> str:
    """Fill a slot with the link as written: there are no other documents to resolve it against."""
    link = body.links[slot.link]
    match slot.kind:
        case SlotKind.OPEN:
            title = f' title="{escape(link.title)}"' if link.title else ""
            return f'<a href="{address(link)}"{title}>'
        case SlotKind.CLOSE:
            return "</a>"
        case SlotKind.SOURCE:
            return address(link)
        case _:
            raise AssertionError(f"plain CommonMark has no {slot.kind} slot")


def address(link: Link) -> str:
    """Spell the address that a link was written with."""
    return escape_url(f"{link.target}#{link.fragment}" if link.fragment else link.target)


@pytest.fixture(scope="module")
def unequal() -> dict[int, str]:
    """Render all examples; keep those that come out differently, with both sides."""
    all_examples = examples()
    assert len(all_examples) == COUNT
    found = {}
    for example in all_examples:
        html = rendered(example["markdown"])
        if html != example["html"]:
            number, section = example["example"], example["section"]
            found[number] = f"{number} ({section})\n{example['markdown']!r}\n{example['html']!r}\n{html!r}"
    return found


def test_every_other_example_is_rendered_as_specified(unequal: dict[int, str]) -> None:
    assert [shown for number, shown in unequal.items() if number not in DIFFERENCES] == []


def test_every_deliberate_difference_is_one(unequal: dict[int, str]) -> None:
    assert sorted(DIFFERENCES.keys() - unequal.keys()) == []
