"""How much of the files a check must read: links always, words only where a rule compares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.diagnostics import Severity

if TYPE_CHECKING:
    from inquiry.config import Project

REVIEW_LOCK = "inquiry.lock"
"""File of what was reviewed, beside mkdocs.yml."""


def needs_words(project: Project) -> bool:
    """Tell whether some rule compares what documents say: with the last review, or with the names of notes."""
    mentions = project.settings.levels.get("unlinked-mention", Severity.OFF)
    return mentions is not Severity.OFF or (project.root / REVIEW_LOCK).exists()
