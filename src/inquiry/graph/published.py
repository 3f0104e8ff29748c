"""What a site publishes, address by address: pages of documents, lists, topics, works, ordinary pages, redirects.

Pure: `graph.urls` spells the addresses, and whoever knows which pages of docs/ MkDocs takes passes them in.  The
site writes these pages, and the checker judges by them what an address of the own site leads to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.corpus.slugs import is_usable_id, old_ids
from inquiry.diagnostics import Related, Span, finding
from inquiry.graph.urls import Urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inquiry.config import Project
    from inquiry.corpus.model import Corpus, Document
    from inquiry.diagnostics import Diagnostic
    from inquiry.graph.knowledge import KnowledgeGraph

LIST_PATHS = ("", "lines/", "notes/", "topics/", "sources/", "open-questions/", "changes/")
"""Pages that every site has."""
_NOT_FOUND = "404.html"
_AT_ROOT = frozenset({Urls.llms, Urls.graph, Urls.atom, Urls.json_feed, Urls.card})
"""Files for programs at the root of a site."""
_FEEDS = frozenset({Urls.atom, Urls.json_feed})
_TEXTS = frozenset({Urls.markdown, Urls.card})
_EXPORTS = frozenset({Urls.bibtex, Urls.ris, Urls.csl, Urls.reading_list})
_BESIDE = {Urls.lines: _TEXTS | _FEEDS | _EXPORTS, Urls.notes: _TEXTS, Urls.topics: _FEEDS}
"""Files for programs beside pages, by the folder of the pages."""


@dataclass(frozen=True, slots=True)
class Published:
    """All addresses of a site by the file that each is written to."""

    pages: Mapping[str, str]
    """Path, percent-encoded, of each page that is there in its own right."""
    redirects: Mapping[str, Document]
    """Document that each old address leads to."""
    files: frozenset[str]
    """Files that are published as they are, decoded: pictures, downloads."""

    def leads_somewhere(self, destination: str) -> bool:
        """Tell whether something is written to this file of the site."""
        known = destination in self.pages or destination in self.redirects or destination in self.files
        return known or self.is_for_programs(destination)

    def is_for_programs(self, destination: str) -> bool:
        """Tell whether it is one of the files beside pages, which settings and dates may leave out here and there."""
        folder, _, name = destination.rpartition("/")
        if not folder:
            return name in _AT_ROOT
        names = _BESIDE.get(f"{folder.partition('/')[0]}/", ())
        return name in names and f"{folder}/index.html" in self.pages


def site_urls(project: Project, graph: KnowledgeGraph) -> Urls:
    """Make the addresses of a site."""
    return Urls.allocated(
        project.site_url,
        use_directory_urls=project.use_directory_urls,
        docs=project.docs_folder,
        topics=sorted(topic.name for topic in graph.topics),
        sources=sorted(graph.source_groups),
        has_map=project.settings.map,
    )


def published(corpus: Corpus, graph: KnowledgeGraph, urls: Urls, docs_pages: Iterable[str]) -> Published:
    """Gather what is published.

    Args:
        corpus: All documents; drafts among them have no address.
        graph: Its topics and works have pages.
        urls: How the addresses are spelled.
        docs_pages: Ordinary pages that MkDocs publishes, relative to the folder of mkdocs.yml.
    """
    documents = [document for document in corpus.documents if document.has_page]
    paths = [
        *LIST_PATHS,
        *([urls.map] if urls.has_map else []),
        *(urls.document(document) for document in documents),
        *(urls.topic(topic.name) for topic in graph.topics),
        *(urls.source(identity) for identity in graph.source_groups),
        *(urls.doc(page) for page in docs_pages),
    ]
    files = (urls.asset(path) for path in corpus.files if not path.endswith(".md"))
    return Published(
        pages={urls.destination(path): path for path in paths},
        redirects={urls.destination(path): document for path, document in redirects(documents, urls)},
        files=frozenset(urls.destination(path) for path in files),
    )


def hidden_by(path: str, other: str) -> Diagnostic:
    """Report the file of a page that is not published, since what is made of another file has its address."""
    related = Related(other, Span.at(1), "published here")
    message = f"`{other}` has the same address, so this page is not published"
    return finding("duplicate-id", path, Span.at(1), message, related=(related,))


def redirects(documents: Iterable[Document], urls: Urls) -> Iterator[tuple[str, Document]]:
    """List the addresses that aliases give; one that is a page by itself stays that page, the first to ask gets it."""
    documents = tuple(documents)
    taken = (*LIST_PATHS, urls.map, _NOT_FOUND, *map(urls.document, documents))
    owners: dict[str, Document | None] = {urls.destination(path).casefold(): None for path in taken}
    given: set[str] = set()
    for document in documents:
        for alias in document.head.aliases:
            for path in _old_addresses(alias.value, document, urls):
                file = urls.destination(path)
                if file not in given and owners.setdefault(file.casefold(), document) is document:
                    given.add(file)
                    yield path, document


def _old_addresses(alias: str, document: Document, urls: Urls) -> Iterator[str]:
    """List where a document was, by one of its aliases: under that id, as it is spelled and as it would be made.

    An alias that begins with a slash is also an address from the site's root, as Hugo has it.
    """
    for id_ in old_ids(alias):
        yield urls.line(id_) if document.is_line else urls.note(id_)
    *folders, name = alias.strip("/").split("/")
    is_file = name.endswith(".html")
    if alias.startswith("/") and all(map(_is_plain, (*folders, name.removesuffix(".html")))):
        yield urls.at_root("/".join((*folders, name if is_file else f"{name}/")))


def _is_plain(part: str) -> bool:
    """Tell whether a part of an old address can be a folder, and none of the site's files is called like it."""
    return is_usable_id(part) and "." not in part
