from __future__ import annotations

import csv
import io
import json
import time
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from inquiry.graph.build import KnowledgeGraph, build_graph
from inquiry.graph.export import FORMATS, export_graph
from inquiry.graph.resolve import Resolver
from strategies import corpora, make_corpus, make_document, make_link

if TYPE_CHECKING:
    from inquiry.corpus.model import Corpus


def graph_of(corpus: Corpus) -> KnowledgeGraph:
    return build_graph(corpus, Resolver(corpus))


GRAPH = graph_of(
    make_corpus(
        make_document("notes/naps.md", title='Naps "help" \\ a & <b>\x07', tags=["rest"]),
        make_document("lines/pays.md", title="Who pays?", links=[make_link("naps"), make_link("naps")]),
    )
)


def test_json_lists_nodes_and_edges_in_order() -> None:
    content = json.loads(export_graph(GRAPH, "json"))
    assert [node["id"] for node in content["nodes"]] == ["line:pays", "note:naps", "topic:rest"]
    assert content["edges"] == [
        {"source": "line:pays", "target": "note:naps", "relation": "cites", "weight": 2},
        {"source": "note:naps", "target": "topic:rest", "relation": "tagged", "weight": 1},
    ]


def test_csv_has_one_row_an_edge_below_its_head() -> None:
    rows = list(csv.reader(io.StringIO(export_graph(GRAPH, "csv"))))
    assert rows[0] == ["source", "target", "relation", "weight"]
    assert rows[1] == ["line:pays", "note:naps", "cites", "2"]


def test_dot_escapes_what_would_end_a_string() -> None:
    assert r'label="Naps \"help\" \\ a & <b>' in export_graph(GRAPH, "dot")


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_xml_is_well_formed_and_gives_every_edge_its_own_id(name: str) -> None:
    tree = ET.fromstring(export_graph(GRAPH, name))  # noqa: S314 -- our own output
    ids = [element.get("id") for element in tree.iter() if element.tag.endswith("}edge")]
    assert len(ids) == len(set(ids)) == 2
    assert "Naps" in export_graph(GRAPH, name)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_export_does_not_tell_the_day(name: str) -> None:
    assert time.strftime("%Y-%m-%d") not in export_graph(GRAPH, name)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_empty_knowledge_base_has_an_export(name: str) -> None:
    assert export_graph(graph_of(make_corpus()), name).endswith("\n")


@settings(max_examples=25, deadline=None)
@given(corpora())
def test_every_corpus_has_an_export_in_every_format(corpus: Corpus) -> None:
    graph = graph_of(corpus)
    for name in FORMATS:
        assert export_graph(graph, name)
