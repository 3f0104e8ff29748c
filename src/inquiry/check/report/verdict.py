"""What a check came to: the findings, and how much was looked at."""

from __future__ import annotations

from dataclasses import dataclass

from inquiry.diagnostics import Diagnostic, Severity

TENTATIVE = frozenset({"unknown-answer"})
"""Rules whose warnings fail nothing: a server that turns a checker away has not said that anything is wrong."""


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
        """Whether nothing was found that fails a check."""
        return not any(map(fails, self.diagnostics))


def fails(found: Diagnostic) -> bool:
    """Tell whether a finding fails a check: what is only told, and a warning of a mere doubt, do not."""
    return found.severity is Severity.ERROR or (found.severity is Severity.WARNING and found.rule.name not in TENTATIVE)
