"""What a check came to: the findings, and how much was looked at."""

from __future__ import annotations

from dataclasses import dataclass

from inquiry.diagnostics import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that a report shows."""

    diagnostics: tuple[Diagnostic, ...]
    """In order of place."""
    files: int
    """Files that were checked."""
    links: int
    """Links in them."""
    known: int = 0
    """Findings that are left out because a baseline holds them."""

    @property
    def errors(self) -> int:
        """Number of errors."""
        return sum(one.severity is Severity.ERROR for one in self.diagnostics)

    @property
    def warnings(self) -> int:
        """Number of warnings."""
        return sum(one.severity is Severity.WARNING for one in self.diagnostics)

    @property
    def passes(self) -> bool:
        """Whether nothing was found that fails a strict build."""
        return not self.errors and not self.warnings
