"""All rules, run together: what the checker, a strict build and the editor show.

A rule is a pure function from corpus, graph and resolver to findings.  Heads, bodies and the loader have
found some faults already; `check` joins them with the rules' own, then applies what the author asked for:
levels from `mkdocs.yml`, and `<!-- inquiry: allow … -->` in the text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inquiry.check.asides import as_readers_meet
from inquiry.check.embeds import embed_cycle
from inquiry.check.essays import one_sided_line, uncited_claim
from inquiry.check.file_anchors import missing_place
from inquiry.check.heads import clashing_alias, duplicate_title, missing_summary, missing_title, taken_name
from inquiry.check.links import link_findings
from inquiry.check.pages.read import read_docs
from inquiry.check.references import relation_findings, unknown_next, unknown_source, unknown_source_note
from inquiry.check.review_lock import stale_essay
from inquiry.check.site_rules import site_findings
from inquiry.check.text_fragments import missing_text
from inquiry.check.twins import near_duplicate_question
from inquiry.check.unlinked import unlinked_mention
from inquiry.check.url_lock import lost_url
from inquiry.check.web import single_source_line, uncited_line
from inquiry.corpus.model import Corpus
from inquiry.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from inquiry.check.pages.read import Docs
    from inquiry.config import Project
    from inquiry.corpus.body import Allowance
    from inquiry.corpus.model import Bibliography
    from inquiry.corpus.read import Revised
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolve import Resolver

    Check = Callable[[Corpus, KnowledgeGraph, Resolver], Iterator[Diagnostic]]
    DiskCheck = Callable[[Project, Corpus, KnowledgeGraph, Resolver], Iterator[Diagnostic]]

CHECKS_OF_ONE: tuple[Check, ...] = (
    link_findings,
    unknown_source,
    relation_findings,
    unknown_next,
    unknown_source_note,
    missing_title,
    missing_summary,
)
"""Checks that look at each document by itself, whatever the others say."""

CHECKS: tuple[Check, ...] = (
    *CHECKS_OF_ONE,
    embed_cycle,
    duplicate_title,
    clashing_alias,
    taken_name,
    uncited_line,
    single_source_line,
    one_sided_line,
    near_duplicate_question,
)
"""Every check that looks at more than one file; each reports one rule, those named `…_findings` several."""

DISK_CHECKS: tuple[DiskCheck, ...] = (
    missing_text,
    missing_place,
    uncited_claim,
    unlinked_mention,
    stale_essay,
    lost_url,
)
"""Checks that open a file which the corpus does not hold, or not as they need it; few ever have to."""

_FAULTS_OF_DRAFTS = frozenset({"undecodable-file", "invalid-front-matter"})
"""What is said of a draft too: where the file cannot be read, nobody knows that it is a draft."""

_HIDING = ("`draft`", "`publish`", "`unlisted`")
"""Keys that hide a page; one that cannot be read hides it too, and its author should hear of it."""


def check(
    project: Project, corpus: Corpus, graph: KnowledgeGraph, resolver: Resolver, docs: Docs | None = None
) -> tuple[Diagnostic, ...]:
    """Find everything that is wrong with a knowledge base, in order of place, each finding once.

    Ordinary pages are read here, unless somebody has read them already.
    """
    findings = [*_by_rules(CHECKS, corpus, graph, resolver)]
    for disk_rule in DISK_CHECKS:
        findings.extend(disk_rule(project, corpus, graph, resolver))
    findings.extend(site_findings(project, corpus, graph, resolver, docs or read_docs(project, corpus)))
    return settled(as_readers_meet(findings, corpus), project, corpus)


def check_one(
    project: Project, bibliography: Bibliography, resolver: Resolver, revised: Revised, graph: KnowledgeGraph
) -> tuple[Diagnostic, ...]:
    """Find what is wrong with one document as it is now; `graph` is the graph as it sees it."""
    document = revised.document
    notes, lines = ((), (document,)) if document.is_line else ((document,), ())
    corpus = Corpus(notes, lines, bibliography, files=frozenset(), diagnostics=revised.faults)
    findings = _by_rules(CHECKS_OF_ONE, corpus, graph, resolver)
    return settled(as_readers_meet(findings, corpus), project, corpus)


def settled(findings: Iterable[Diagnostic], project: Project, corpus: Corpus) -> tuple[Diagnostic, ...]:
    """Apply to findings what the author decided, levels and comments, and put them in order, each once."""
    return _in_order(_at_levels(_not_allowed(findings, corpus), project.settings.levels))


def _by_rules(
    rules: Iterable[Check], corpus: Corpus, graph: KnowledgeGraph, resolver: Resolver
) -> Iterator[Diagnostic]:
    """Yield what reading the files has shown, and what these rules find."""
    yield from _already_found(corpus)
    for rule in rules:
        yield from rule(corpus, graph, resolver)


def _already_found(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield what reading the files has shown."""
    drafts = {document.path for document in corpus.documents if not document.has_page}
    found = [corpus.diagnostics]
    for document in corpus.documents:
        found += (document.head.diagnostics, document.body.diagnostics)
    for diagnostics in found:
        for diagnostic in diagnostics:
            if diagnostic.path not in drafts or _is_said_of_drafts(diagnostic):
                yield diagnostic


def _is_said_of_drafts(diagnostic: Diagnostic) -> bool:
    misread_flag = diagnostic.rule.name == "invalid-value" and diagnostic.message.startswith(_HIDING)
    return misread_flag or diagnostic.rule.name in _FAULTS_OF_DRAFTS


def _not_allowed(findings: Iterable[Diagnostic], corpus: Corpus) -> Iterator[Diagnostic]:
    """Leave out what a comment in the text allows."""
    allowances = {one.path: one.body.allowances for one in corpus.documents if one.body.allowances}
    for diagnostic in findings:
        if not any(_allows(one, diagnostic) for one in allowances.get(diagnostic.path, ())):
            yield diagnostic


def _allows(allowance: Allowance, diagnostic: Diagnostic) -> bool:
    """Tell whether a comment silences a finding."""
    line = diagnostic.span.start.line
    return allowance.first_line <= line <= allowance.last_line and diagnostic.rule.name in allowance.rules


def _at_levels(findings: Iterable[Diagnostic], levels: Mapping[str, Severity]) -> Iterator[Diagnostic]:
    """Give each finding the severity that the author chose for its rule, and drop what is off."""
    for diagnostic in findings:
        severity = levels.get(diagnostic.rule.name, diagnostic.severity)
        if severity is Severity.OFF:
            continue
        if severity is diagnostic.severity:
            yield diagnostic
        else:
            yield replace(diagnostic, rule=replace(diagnostic.rule, severity=severity))


def _in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place and keep the first of those that say the same of one place."""
    unique: dict[tuple[object, ...], Diagnostic] = {}
    for diagnostic in sorted(findings, key=lambda one: one.sort_key()):
        unique.setdefault(diagnostic.sort_key(), diagnostic)
    return tuple(unique.values())
