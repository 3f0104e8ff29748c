"""What a check has found in the whole knowledge base, before anybody asks for a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.check.report.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Container

    from inquiry.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings, and what was looked at."""

    diagnostics: tuple[Diagnostic, ...]
    """In order of place."""
    links: tuple[tuple[str, int], ...]
    """Each file that was checked, with the number of its links."""

    def verdict(self, wanted: Container[str]) -> Verdict:
        """Keep what stands in the files that are wanted."""
        found = tuple(one for one in self.diagnostics if one.path in wanted)
        counts = [count for path, count in self.links if path in wanted]
        return Verdict(found, len(counts), sum(counts))
