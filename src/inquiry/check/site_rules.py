"""The rules about what a site publishes beside its notes: ordinary pages, mkdocs.yml, style sheets, addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inquiry.check.addresses import is_pattern
from inquiry.check.html import note_html_findings, page_html_findings
from inquiry.check.landings import Spot
from inquiry.check.links import Mention, resolved_links
from inquiry.check.pages.links import page_link_findings
from inquiry.check.project import project_findings
from inquiry.check.site import Site
from inquiry.check.stylesheets import stylesheet_findings
from inquiry.check.web import orphan_note
from inquiry.check.wording import quoted
from inquiry.corpus.body import LinkKind
from inquiry.diagnostics import finding
from inquiry.graph.published import hidden_by
from inquiry.graph.resolution import External, FoundFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inquiry.check.pages.model import OrdinaryPage
    from inquiry.check.pages.read import Docs
    from inquiry.config import Project
    from inquiry.corpus.model import Corpus, Document
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.resolve import Resolver


def site_findings(
    project: Project, corpus: Corpus, graph: KnowledgeGraph, resolver: Resolver, docs: Docs
) -> Iterator[Diagnostic]:
    """Report everything that is wrong with what is published beside notes and lines, and with addresses in them."""
    site = Site.of(project, corpus, graph, resolver, docs)
    yield from orphan_note(site)
    yield from project_findings(site, project.root)
    yield from stylesheet_findings(site, project.root)
    for page in site.docs.pages.values():
        yield from _allowed(page, _page_findings(site, page))
    for document in corpus.documents:
        if document.has_page:
            yield from _document_findings(site, document)


def _page_findings(site: Site, page: OrdinaryPage) -> Iterator[Diagnostic]:
    yield from page.diagnostics
    yield from page_link_findings(site, page)
    yield from page_html_findings(page)
    for include in page.includes:
        message = f"there is no file {quoted(include.name)} to take in"
        yield finding("dangling-link", page.path, include.span, message)
    for written, span in page.undefined:
        noun = "footnote" if written.startswith("[^") else "reference"
        yield finding("undefined-reference", page.path, span, f"the {noun} {quoted(written)} has no definition")


def _document_findings(site: Site, document: Document) -> Iterator[Diagnostic]:
    """Judge what the resolver leaves open: the page's own address, others, and the anchors of ordinary pages."""
    if (shown := site.own.shown_for(document)) != document.path:
        yield hidden_by(document.path, shown)
    for link, meaning in resolved_links(document, site.graph):
        match meaning:
            case External(url) if link.kind is LinkKind.AUTOLINK and is_pattern(url):
                continue
            case External(url):
                span = Mention.of_link(document, link).span
                yield from site.address_findings(Spot(document.path, span, url), url)
            case FoundFile(path, fragment) if path in site.docs.files.hidden or path in site.docs.pages:
                span = Mention.of_link(document, link).span
                yield from _ordinary_target(site, Spot(document.path, span, link.target), path, fragment)
            case _:
                continue
    if document.body.html:
        yield from note_html_findings(site, document)


def _ordinary_target(site: Site, spot: Spot, path: str, fragment: str) -> Iterator[Diagnostic]:
    """Judge a link from a note to a file of docs/."""
    if path in site.docs.files.hidden:
        message = f"{quoted(spot.written)} names {quoted(path)}, which is not published"
        hint = "publish it, or take the link out"
        yield finding("unpublished-target", spot.path, spot.span, message, hint=hint)
    else:
        yield from site.anchor_findings(spot, path, fragment)


def _allowed(page: OrdinaryPage, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out what a comment in an ordinary page allows."""
    for one in findings:
        line = one.span.start.line
        if not any(a.first_line <= line <= a.last_line and one.rule.name in a.rules for a in page.allowances):
            yield one
