"""What can be wrong with a knowledge base, as values.

The ground floor: every room may import this module and it imports nothing of ours.  A `Diagnostic` says which
`Rule` was broken and where; the edges (command line, MkDocs plugin) print, log or fail.  Positions count from 1,
columns in characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs: an error or a warning fails a strict build, an info never does."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Position(NamedTuple):
    """A place between two characters of a file; a tuple, for there are four for every link."""

    line: int
    """Line, counted from 1."""
    column: int
    """Column in characters (not bytes, not UTF-16 units), counted from 1."""


class Span(NamedTuple):
    """A stretch of a file, from the first character to just behind the last."""

    start: Position
    """Where the first character stands."""
    end: Position
    """Just behind the last character."""

    @classmethod
    def at(cls, line: int, column: int = 1, width: int = 0) -> Span:
        """Make a span of `width` characters on one line.

        >>> Span.at(3, 5, 2)
        Span(start=Position(line=3, column=5), end=Position(line=3, column=7))
        """
        return cls(Position(line, column), Position(line, column + width))


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong."""

    code: str
    """Stable code: INQ0xx project, 1xx front matter, 2xx links, 3xx citations, 4xx graph, 5xx URLs, 9xx external."""
    name: str
    """The bad thing, in kebab case: what `levels:` and `inquiry: allow` use."""
    severity: Severity
    """The level it has unless `mkdocs.yml` says otherwise."""
    summary: str
    """One sentence on what is wrong and why it matters."""


_TABLE = (
    ("INQ001", "undecodable-file", "error", "A file is not UTF-8, so some of its letters cannot be read."),
    ("INQ002", "unreadable-bibliography", "error", "An entry of the bibliography cannot be read."),
    ("INQ003", "duplicate-reference", "error", "Two entries of the bibliography have the same key."),
    ("INQ004", "unreadable-lock", "error", "A row of `urls.lock` or `inquiry.lock` cannot be read."),
    ("INQ005", "missing-file", "error", "`mkdocs.yml` or a style sheet names a file that does not exist."),
    ("INQ101", "invalid-front-matter", "error", "The front matter is not valid YAML, so most of it is lost."),
    ("INQ102", "duplicate-key", "error", "A key stands twice in one mapping; YAML would silently keep the last."),
    ("INQ103", "invalid-value", "error", "A value has a type or a form that its key does not take."),
    ("INQ104", "unknown-key", "warning", "A key is one slip away from one that Inquiry reads."),
    ("INQ105", "missing-title", "warning", "Neither the front matter nor a heading gives a title."),
    ("INQ106", "missing-summary", "warning", "A line has no summary, so its framing stays empty everywhere."),
    ("INQ107", "duplicate-id", "error", "Two files ask for the same id, so one address would hide the other."),
    ("INQ108", "colliding-names", "info", "Files of one name in several folders get longer ids than their own."),
    ("INQ109", "clashing-alias", "error", "An alias is already the id or the alias of another file."),
    (
        "INQ110",
        "duplicate-title",
        "warning",
        "Two files of one kind have the same title; readers cannot tell them apart.",
    ),
    ("INQ111", "empty-file", "warning", "A file has neither front matter nor text."),
    ("INQ201", "dangling-link", "error", "A link names nothing that exists."),
    ("INQ202", "ambiguous-link", "warning", "A link names several things, and nothing says which is meant."),
    ("INQ203", "missing-anchor", "error", "A link names a heading or passage that its target does not have."),
    ("INQ204", "unpublished-target", "error", "A published page links to a draft or an unpublished page."),
    ("INQ205", "wrong-case", "error", "A path differs from the file's name in upper and lower case."),
    ("INQ206", "outside-link", "error", "A link leaves the knowledge base, so no reader can follow it."),
    ("INQ207", "embed-cycle", "warning", "Pages embed each other in a ring; the ring is cut where it closes."),
    ("INQ208", "undefined-reference", "error", "A reference link or footnote has no definition."),
    ("INQ209", "unclosed-link", "warning", "A wikilink is opened and never closed."),
    ("INQ210", "unclosed-comment", "warning", "A `%%` comment is never closed; the rest of the file is not published."),
    ("INQ211", "unsafe-link", "warning", "A link has a scheme that runs code; it is not published."),
    ("INQ212", "malformed-address", "error", "An address has a scheme, a host or a port that cannot exist."),
    ("INQ213", "local-address", "error", "A link opens only on the computer of its author."),
    ("INQ214", "program-address", "warning", "A link opens in one program only, which most readers do not have."),
    ("INQ215", "exposed-password", "warning", "An address has a user and a password in it, for every reader to see."),
    ("INQ216", "incomplete-mailbox", "warning", "A `mailto:` link does not name a mailbox."),
    ("INQ217", "redirected-link", "warning", "A link by address works only because a redirect leads on."),
    ("INQ218", "duplicate-anchor", "error", "Two elements of a page have the same id, so links reach only the first."),
    ("INQ219", "missing-element", "warning", "An attribute such as `for` names an id that the page does not have."),
    ("INQ220", "missing-fallback", "warning", "What readers without scripts would see does not exist."),
    ("INQ221", "missing-text", "warning", "A link names words (`#:~:text=`) that its target does not have."),
    ("INQ222", "conflicting-reference", "warning", "A reference or footnote is defined twice, and differently."),
    ("INQ301", "unknown-citation", "error", "A citation names neither a bibliography key nor a note."),
    ("INQ302", "unknown-source", "error", "`source` names a key that the bibliography does not have."),
    ("INQ303", "unknown-relation", "error", "A relation names a note that does not exist."),
    ("INQ304", "unknown-next", "error", "A pinned next line does not exist."),
    ("INQ305", "unknown-source-note", "error", "A line lists a source note that does not exist."),
    ("INQ401", "self-relation", "error", "A note stands in a relation to itself."),
    ("INQ402", "orphan-note", "warning", "No line cites this note and nothing links to it."),
    ("INQ403", "uncited-line", "warning", "A line cites nothing."),
    ("INQ404", "single-source-line", "warning", "A line rests on one note only."),
    ("INQ405", "one-sided-line", "warning", "A line cites a note and passes over one that contradicts it."),
    ("INQ406", "near-duplicate-question", "warning", "Two titles of one kind say the same in other words or order."),
    ("INQ407", "uncited-claim", "off", "A paragraph of an essay states something and cites nothing."),
    ("INQ408", "stale-essay", "warning", "A note has changed since the line that cites it was last reviewed."),
    ("INQ409", "unlinked-mention", "off", "A text names a note by its title or an alias and links it nowhere."),
    ("INQ501", "lost-url", "error", "An address that was published leads nowhere, and nothing redirects it."),
    ("INQ901", "broken-address", "error", "An address of another site cannot be reached, or says that it is gone."),
    ("INQ902", "unknown-answer", "warning", "A server does not let a checker see whether an address is alive."),
    ("INQ903", "silent-address", "warning", "No check has got to see an address for a long time."),
    ("INQ904", "permanent-redirect", "warning", "An address has moved for good; the old one may stop working."),
    ("INQ905", "suspicious-redirect", "warning", "An address leads to a home page or a log-in, not to what it named."),
    ("INQ906", "soft-not-found", "warning", "An address answers with a page that says it is not there, or for sale."),
    ("INQ907", "missing-remote-anchor", "error", "A link names a part that the other site's page does not have."),
    ("INQ908", "missing-remote-text", "warning", "A link names words that the other site's page does not have."),
    ("INQ909", "private-address", "error", "An address points into a private network, where no reader gets."),
)

RULES: dict[str, Rule] = {
    name: Rule(code, name, Severity(severity), summary) for code, name, severity, summary in _TABLE
}
"""Every rule by its name."""


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that helps to understand a finding."""

    path: str
    """File, relative to the folder of mkdocs.yml."""
    span: Span
    """Where in it."""
    message: str
    """What is there, as in "first defined here"."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement that mends a finding beyond doubt; `inquiry check --fix` makes it."""

    path: str
    """File, relative to the folder of mkdocs.yml."""
    span: Span
    """Stretch within which `old` stands once; without width for text that is only put in."""
    old: str
    """What is there, percent-decoded; empty for text that is put in.  Where it is not, nothing is replaced."""
    new: str
    """What belongs there, percent-decoded; written encoded where `old` was."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, complete in itself."""

    rule: Rule
    """What is wrong in general."""
    path: str
    """File, relative to the folder of mkdocs.yml, with forward slashes."""
    span: Span
    """Where in it."""
    message: str
    """What is wrong here: lower case, no full stop, names in backticks."""
    hint: str = ""
    """What the author could do, as in "did you mean `sleep-debt`?"; empty when nothing is near."""
    related: tuple[Related, ...] = ()
    """Other places involved."""
    fixable: bool = False
    """Whether `inquiry check --fix` can mend it."""
    edits: tuple[Edit, ...] = ()
    """How it is mended; empty where only the author can know."""

    @property
    def severity(self) -> Severity:
        """The rule's level; `levels:` has been applied to the rule by whoever made it."""
        return self.rule.severity

    def sort_key(self) -> tuple[str, Span, str, str]:
        """Order findings by place, then by rule, so that every run prints the same."""
        return (self.path, self.span, self.rule.code, self.message)


def finding(
    rule: str,
    path: str,
    span: Span,
    message: str,
    *,
    hint: str = "",
    related: tuple[Related, ...] = (),
    edits: tuple[Edit, ...] = (),
) -> Diagnostic:
    """Make a diagnostic of the rule with this name."""
    return Diagnostic(RULES[rule], path, span, message, hint, related, fixable=bool(edits), edits=edits)
