"""The rule about addresses that were published and lead nowhere now, by what `urls.lock` remembers.

`urls.lock` holds one published path a line, from the site's root and percent-encoded, in order.  It need not hold
every page.  `inquiry check --accept-urls` writes it; a build never does, for a build should not change sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from inquiry.check.disk import read_text
from inquiry.check.wording import quoted
from inquiry.diagnostics import Related, Span, finding
from inquiry.graph.ordinary import ordinary_files
from inquiry.graph.published import published, site_urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inquiry.config import Project
    from inquiry.corpus.model import Corpus, Document
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph
    from inquiry.graph.published import Published
    from inquiry.graph.urls import Urls

URLS_LOCK = "urls.lock"
"""File of the published paths, beside mkdocs.yml."""


@dataclass(frozen=True, slots=True)
class LockedPath:
    """A row of the lock."""

    path: str
    """As it stands there."""
    span: Span

    @property
    def is_path(self) -> bool:
        """Whether it is a path from the site's root, and nothing else."""
        return self.path.startswith("/") and not any(char.isspace() for char in self.path)


def locked_paths(text: str) -> Iterator[LockedPath]:
    r"""Read the rows of a lock; blank ones and comments (`#`) are passed over.

    >>> [row.path for row in locked_paths("# pages\n/about/\n\n/notes/tea/\n")]
    ['/about/', '/notes/tea/']
    """
    for number, line in enumerate(text.split("\n"), start=1):
        path = line.strip()
        if path and not path.startswith("#"):
            yield LockedPath(path, Span.at(number, line.index(path) + 1, len(path)))


def render_urls_lock(here: Published, *, use_directory_urls: bool) -> str:
    """Write the lock of all that is published now, redirects included."""
    index = "index.html" if use_directory_urls else ""
    files = {*here.pages, *here.redirects}
    return "".join(f"{path}\n" for path in sorted(f"/{quote(file).removesuffix(index)}" for file in files))


def published_now(project: Project, corpus: Corpus, graph: KnowledgeGraph) -> Published:
    """Gather the addresses of the site as it stands."""
    return published(corpus, graph, site_urls(project, graph), ordinary_files(project, corpus.files).pages)


def lost_url(project: Project, corpus: Corpus, graph: KnowledgeGraph, _resolver: object) -> Iterator[Diagnostic]:
    """Report each address of the lock at which there is neither a page nor a redirect any more."""
    text = read_text(project.root, URLS_LOCK)
    rows = list(locked_paths(text)) if text is not None else []
    if not rows:
        return
    urls = site_urls(project, graph)
    here = published_now(project, corpus, graph)
    hidden = {urls.destination(urls.document(one)): one for one in corpus.documents if not one.has_page}
    for row in rows:
        if not row.is_path:
            message = f"{quoted(row.path[:60])} is no published path"
            hint = "write one path a line, as in `/notes/tea/`"
            yield finding("unreadable-lock", URLS_LOCK, row.span, message, hint=hint)
        elif not _is_there(row.path, here, urls):
            yield _lost(row, urls, hidden)


def _is_there(path: str, here: Published, urls: Urls) -> bool:
    """Tell whether a server finds something at a path, with or without the slash at its end."""
    plain = path.lstrip("/").partition("#")[0].partition("?")[0]
    return any(here.leads_somewhere(urls.destination(spelling)) for spelling in (plain, f"{plain}/"))


def _lost(row: LockedPath, urls: Urls, hidden: Mapping[str, Document]) -> Diagnostic:
    """Word a loss by what was there: a document, a list of documents, or an ordinary page."""
    path = quoted(row.path)
    section, _, name = unquote(row.path).strip("/").partition("/")
    draft = hidden.get(urls.destination(row.path.lstrip("/")))
    if draft is not None:
        message = f"{path} was published, and {quoted(draft.path)} is not any more"
        hint = f"publish it again, or give the page that takes its place the alias {quoted(name)}"
        related = (Related(draft.path, Span.at(1), "not published"),)
        return finding("lost-url", URLS_LOCK, row.span, message, hint=hint, related=related)
    message = f"{path} was published, and nothing is there now"
    if section in {"notes", "lines"} and name:
        hint = f"give the {section.removesuffix('s')} that took its place the alias {quoted(name)}"
    elif section in {"topics", "sources"} and name:
        uses = "has this topic" if section == "topics" else "rests on this work"
        hint = f"no page {uses} any more; if that is meant, `inquiry check --accept-urls` forgets the address"
    else:
        alias = f"put a page there again, or give the note or line that took its place the alias {path}"
        hint = f"{alias}; if the loss is meant, `inquiry check --accept-urls` forgets the address"
    return finding("lost-url", URLS_LOCK, row.span, message, hint=hint)
