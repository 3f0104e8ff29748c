"""The whole site for programs: `llms.txt`, which a language model reads first, and `graph.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from inquiry.corpus.titles import plain_text
from inquiry.graph.network import nodes
from inquiry.graph.urls import Urls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from inquiry.corpus.model import Document
    from inquiry.graph.knowledge import KnowledgeGraph

LISTED = 500
"""Lines, and notes, that `llms.txt` lists: some 100 kB, which fits a model's context; `graph.json` has them all."""
_TOPICS = 50
"""Topics that it lists, largest first."""
_SPELLER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def llms_text(
    graph: KnowledgeGraph, urls: Urls, site_name: str, description: str, path: Callable[[Document], str]
) -> str:
    """Write `llms.txt` as llmstxt.org proposes: a title, a summary, and lists of links to Markdown.

    Newest first; notes come last, under the heading of what may be left out.  `path` gives what is linked of
    a document, its Markdown or its page.
    """
    rows = [f"# {_folded(site_name)}\n"]
    if description:
        rows.append(f"\n> {_folded(description)}\n")
    rows.append(
        f"\nInquiring lines: {len(graph.lines)}, each a question answered by an essay that cites notes. "
        f"Notes: {len(graph.notes)}, each one finding with its source. "
        f"Everything and how it hangs together: [{Urls.graph}]({_address(urls, Urls.graph)}).\n"
    )
    rows += _section("Lines", graph.lines, urls, path)
    if graph.topics:
        largest = sorted(graph.topics, key=lambda topic: (-topic.size, topic.name.casefold(), topic.name))
        rows.append("\n## Topics\n\n")
        for topic in largest[:_TOPICS]:
            counts = f"{_counted(len(topic.lines), 'line')}, {_counted(len(topic.notes), 'note')}"
            rows.append(f"- [{_label(topic.name)}]({_address(urls, urls.topic(topic.name))}): {counts}\n")
    rows += _section("Optional", graph.notes, urls, path)
    return "".join(rows)


def graph_text(graph: KnowledgeGraph, urls: Urls) -> str:
    """Write the graph as `inquiry graph` does, with the address of each page; compact, for it can be long."""
    paths = {f"{document.kind.value}:{document.id}": urls.document(document) for document in graph.documents}
    paths |= {f"topic:{topic.name}": urls.topic(topic.name) for topic in graph.topics}
    paths |= {f"source:{identity}": urls.source(identity) for identity in graph.source_groups}
    shown = [
        {
            "id": node.name,
            "kind": node.kind,
            "title": node.title,
            "path": node.path,
            "url": _address(urls, paths[node.name]) if node.name in paths else "",
        }
        for node in nodes(graph)
    ]
    edges = [
        {"source": edge.start, "target": edge.end, "relation": edge.relation, "weight": edge.count}
        for edge in graph.edges
    ]
    return _SPELLER.encode({"nodes": shown, "edges": edges}) + "\n"


def _section(heading: str, documents: Iterable[Document], urls: Urls, path: Callable[[Document], str]) -> Iterator[str]:
    by_id = list(documents)
    newest = sorted(by_id, key=lambda document: document.head.updated or document.head.created, reverse=True)
    if not newest:
        return
    yield f"\n## {heading}\n\n"
    for document in newest[:LISTED]:
        address = _address(urls, path(document))
        summary = _folded(plain_text(document.head.summary))
        yield f"- [{_label(plain_text(document.title))}]({address})" + (f": {summary}\n" if summary else "\n")
    if len(newest) > LISTED:
        more = urls.lines if newest[0].is_line else urls.notes
        yield f"- [{len(newest) - LISTED} more]({_address(urls, more)})\n"


def _address(urls: Urls, path: str) -> str:
    """Give an absolute address where the site knows its own, else one relative to the root, where these files lie."""
    return urls.canonical(path) or urls.relative(path, urls.home)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _folded(text: str) -> str:
    return " ".join(text.split())


def _label(text: str) -> str:
    return _folded(text).replace("[", "\\[").replace("]", "\\]")
