"""Visits to the built site, and pages of it that have what a test is about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from visits import WIDE, Visit, documents, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, ViewportSize


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Visit]]:
    """Give a function that begins a visit; whatever it asked elsewhere or complained about fails the test."""
    begun: list[tuple[BrowserContext, Visit]] = []

    def begin(
        *, at: str = site, scripts: bool = True, size: ViewportSize = WIDE, dark: bool = False, touch: bool = False
    ) -> Visit:
        context = chromium.new_context(
            java_script_enabled=scripts,
            viewport=size,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=touch,
            is_mobile=touch,
        )
        visit = Visit(at, context.new_page())
        context.on("request", lambda request: visit.asked.append(request.url))
        context.on("weberror", lambda fault: visit.complaints.append(str(fault.error)))
        context.on(
            "console",
            lambda said: visit.complaints.append(said.text) if said.type in {"error", "warning"} else None,
        )
        begun.append((context, visit))
        return visit

    yield begin
    for context, visit in begun:
        context.close()
        assert {urlsplit(url).netloc for url in visit.asked} <= {urlsplit(visit.site).netloc, ""}
        assert visit.may_complain or visit.complaints == []


@pytest.fixture(scope="session")
def a_line(built_site: Path) -> str:
    """Name the first line that cites a passage and whose sources disagree, as a path."""
    return next(
        path
        for path in documents(built_site, "lines")
        if "<blockquote>" in text(built_site, path) and 'id="disagreement"' in text(built_site, path)
    )


@pytest.fixture(scope="session")
def a_note(built_site: Path) -> str:
    """Name the first note that a line cites and that bears on one it links to, as a path."""
    return next(
        path
        for path in documents(built_site, "notes")
        if 'id="cited-by"' in text(built_site, path) and "peek__relation" in text(built_site, path)
    )
