"""The graph as text for other programs: JSON, GraphML, GEXF, DOT, CSV.

The same corpus gives the same bytes at every run and on every machine.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

from inquiry.graph.network import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

    from inquiry.graph.knowledge import KnowledgeGraph

_SHAPES = {"line": "box", "note": "ellipse", "topic": "plaintext", "source": "diamond"}
_BUILD_DATE = re.compile(r' lastmodifieddate="[^"]*"')
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def export_graph(graph: KnowledgeGraph, format: str) -> str:  # noqa: A002 -- the option's name
    """Write the graph in one of `FORMATS`.

    Raises:
        KeyError: The format is none of them.
    """
    return FORMATS[format](graph)


def _json(graph: KnowledgeGraph) -> str:
    content = {
        "nodes": [
            {"id": node.name, "kind": node.kind, "title": node.title, "path": node.path} for node in nodes(graph)
        ],
        "edges": [
            {"source": edge.start, "target": edge.end, "relation": edge.relation, "weight": edge.count}
            for edge in graph.edges
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _csv(graph: KnowledgeGraph) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("source", "target", "relation", "weight"))
    writer.writerows((edge.start, edge.end, edge.relation, edge.count) for edge in graph.edges)
    return out.getvalue()


def _dot(graph: KnowledgeGraph) -> str:
    shown = (
        f"  {_quoted(node.name)} [label={_quoted(node.title)}, shape={_SHAPES[node.kind]}];" for node in nodes(graph)
    )
    drawn = (
        f"  {_quoted(e.start)} -> {_quoted(e.end)} [label={_quoted(e.relation)}, weight={e.count}];"
        for e in graph.edges
    )
    return "\n".join(("digraph inquiry {", *shown, *drawn, "}", ""))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'


def _graphml(graph: KnowledgeGraph) -> str:
    from networkx import generate_graphml  # noqa: PLC0415 -- half a second that other formats save

    return "\n".join(generate_graphml(_for_xml(graph))) + "\n"


def _gexf(graph: KnowledgeGraph) -> str:
    from networkx import generate_gexf  # noqa: PLC0415 -- half a second that other formats save

    text = "\n".join(generate_gexf(_for_xml(graph))) + "\n"
    return _BUILD_DATE.sub("", text, count=1)


def _for_xml(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Make a network that XML can hold: no control characters, and for every edge an id of its own."""
    import networkx as nx  # noqa: PLC0415 -- half a second that other formats save

    made = nx.MultiDiGraph()
    for node in nodes(graph):
        made.add_node(_clean(node.name), label=_clean(node.title), kind=node.kind, path=_clean(node.path))
    for number, edge in enumerate(graph.edges, start=1):
        ends = (_clean(edge.start), _clean(edge.end))
        made.add_edge(*ends, key=f"e{number}", relation=edge.relation, weight=edge.count, id=f"e{number}")
    return made


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


FORMATS: dict[str, Callable[[KnowledgeGraph], str]] = {
    "json": _json,
    "graphml": _graphml,
    "gexf": _gexf,
    "dot": _dot,
    "csv": _csv,
}
"""What writes each format, by its name on the command line."""
