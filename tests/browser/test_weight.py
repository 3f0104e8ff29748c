"""What a first visit costs: bytes, requests, and text that jumps."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from visits import PHONE, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Response, ViewportSize

    from visits import Visit

pytestmark = pytest.mark.browser

MOST_BYTES = 150_000
"""Of a line's first view, compressed: what was promised."""
MOST_SHIFT = 0.02
PACKED = ("text/", "javascript", "json", "xml", "svg")
"""Types that hosts compress."""
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const shift of list.getEntries()) sum += shift.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 200);
})"""


def test_the_first_view_of_a_line_is_light(visit: Callable[..., Visit], a_line: str) -> None:
    reader = visit()
    sizes = {}
    answers: list[Response] = []
    reader.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks its listeners
    reader.open(a_line)
    reader.page.wait_for_load_state("networkidle")
    for answer in answers:
        kind = answer.headers.get("content-type", "")
        body = answer.body()
        sizes[answer.url] = len(gzip.compress(body, 6)) if any(part in kind for part in PACKED) else len(body)
    assert sum(sizes.values()) <= MOST_BYTES, sizes


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_jumps_while_a_page_loads_and_scrolls(
    visit: Callable[..., Visit], a_line: str, a_note: str, size: ViewportSize
) -> None:
    reader = visit(size=size)
    for path in ("", a_line, a_note, "lines/"):
        reader.open(path)
        reader.page.mouse.wheel(0, 2000)
        assert reader.page.evaluate(SHIFT) <= MOST_SHIFT, path
