from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.corpus.body import LinkKind
from inquiry.corpus.model import Corpus, Document, Reference, RelationKind, Source, Visibility
from inquiry.graph.build import KnowledgeGraph, build_graph
from inquiry.graph.resolution import Dangling, Found
from inquiry.graph.resolve import Resolver
from strategies import SPAN, corpora, make_body, make_corpus, make_document, make_link

if TYPE_CHECKING:
    import random

CONTRADICTS, QUALIFIES, SUPPORTS = RelationKind.CONTRADICTS, RelationKind.QUALIFIES, RelationKind.SUPPORTS
WORK, SHARED, LAMPS = Source(key="kung2023"), Source(key="okafor2019"), Source(doi="10.1000/182")


def graph_of(corpus: Corpus) -> KnowledgeGraph:
    return build_graph(corpus, Resolver(corpus))


def titles(documents: tuple[Document, ...]) -> list[str]:
    return [document.title for document in documents]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    debt = make_document(
        "notes/debt.md",
        title="Debt",
        relations=[(CONTRADICTS, "naps"), (SUPPORTS, "debt"), (QUALIFIES, "draft"), (QUALIFIES, "hidden")],
        sources=[WORK, SHARED],
        tags=["Sleep"],
    )
    naps = make_document(
        "notes/naps.md",
        title="Naps",
        relations=[(CONTRADICTS, "debt"), (QUALIFIES, "debt")],
        links=[make_link("debt", sentence="Debt comes first."), make_link("naps"), make_link("unwritten")],
        sources=[SHARED, LAMPS],
        tags=["sleep", "rest"],
    )
    hidden = make_document(
        "notes/hidden.md", links=[make_link("debt")], visibility=Visibility.UNLISTED, sources=[LAMPS]
    )
    draft = make_document("notes/draft.md", links=[make_link("alone")], visibility=Visibility.DRAFT, tags=["secret"])
    alone = make_document("notes/alone.md", title="Alone", links=[make_link("alone")])
    listed = make_document("notes/listed.md", title="Listed")
    pays = make_document(
        "lines/pays.md",
        title="Who pays?",
        body=make_body(
            [
                make_link("naps", sentence="Naps help."),
                make_link("../notes/debt.md", LinkKind.MARKDOWN, sentence="Debt grows."),
                make_link("naps", LinkKind.EMBED),
                make_link("okafor2019", LinkKind.CITATION),
                make_link("hidden"),
                make_link("Unwritten"),
                make_link("missing.png", LinkKind.EMBED),
                make_link("asks"),
            ]
        ),
        source_notes=["listed", "debt", "draft", "nowhere"],
        next_lines=["asks", "pays", "gone", "asks"],
        tags=["SLEEP"],
    )
    asks = make_document("lines/asks.md", title="Who asks?", links=[make_link("kung2023", LinkKind.CITATION)])
    return make_corpus(debt, naps, hidden, draft, alone, listed, pays, asks, bibliography=[WORK, SHARED])


@pytest.fixture(scope="module")
def graph(corpus: Corpus) -> KnowledgeGraph:
    return graph_of(corpus)


@pytest.fixture(scope="module")
def by_id(corpus: Corpus) -> dict[str, Document]:
    return {document.id: document for document in corpus.documents}


def test_a_line_rests_on_its_cited_notes_in_order_then_on_its_listed_ones(
    graph: KnowledgeGraph, by_id: dict[str, Document]
) -> None:
    citations = graph.citations(by_id["pays"])
    assert [(c.note.id, [place for place, _ in c.occurrences]) for c in citations] == [
        ("naps", [0, 2]),
        ("debt", [1]),
        ("listed", []),
    ]


def test_a_citation_key_that_one_note_stands_for_cites_the_note(
    graph: KnowledgeGraph, by_id: dict[str, Document]
) -> None:
    assert [citation.note.id for citation in graph.citations(by_id["asks"])] == ["debt"]


def test_a_work_that_no_single_note_stands_for_is_cited_itself(
    graph: KnowledgeGraph, by_id: dict[str, Document]
) -> None:
    (cited,) = graph.cited_sources(by_id["pays"])
    assert (cited.source, [place for place, _ in cited.occurrences]) == (SHARED, [3])


def test_backlinks_tell_the_sentences_and_come_lines_first_then_by_title(
    graph: KnowledgeGraph, by_id: dict[str, Document]
) -> None:
    backlinks = graph.backlinks(by_id["debt"])
    assert [(b.origin.title, b.sentences) for b in backlinks] == [
        ("Who asks?", ()),
        ("Who pays?", ("Debt grows.",)),
        ("Naps", ("Debt comes first.",)),
    ]
    assert titles(graph.citing_lines(by_id["debt"])) == ["Who asks?", "Who pays?"]


def test_a_listed_source_note_is_named_by_its_line_without_a_sentence(
    graph: KnowledgeGraph, by_id: dict[str, Document]
) -> None:
    (backlink,) = graph.backlinks(by_id["listed"])
    assert (backlink.origin.id, backlink.sentences) == ("pays", ())


def test_a_page_never_links_to_itself(graph: KnowledgeGraph, by_id: dict[str, Document]) -> None:
    assert graph.links(by_id["alone"]) == ()
    assert graph.backlinks(by_id["alone"]) == ()
    assert [edge for edge in graph.edges if edge.start == edge.end] == []


def test_an_unlisted_page_knows_its_backlinks_and_is_named_nowhere(
    graph: KnowledgeGraph, by_id: dict[str, Document]
) -> None:
    assert [backlink.origin.id for backlink in graph.backlinks(by_id["hidden"])] == ["pays"]
    assert [relation.note.id for relation in graph.relations(by_id["hidden"])] == ["debt"]
    assert titles(graph.links(by_id["hidden"])) == ["Debt"]
    assert "hidden" not in [document.id for document in graph.links(by_id["pays"])]
    assert not [edge for edge in graph.edges if "hidden" in edge.start + edge.end]


def test_relations_are_seen_from_both_sides_by_kind_and_own_first(
    graph: KnowledgeGraph, by_id: dict[str, Document]
) -> None:
    relations = graph.relations(by_id["debt"])
    assert [(r.kind, r.outgoing, r.note.id) for r in relations] == [
        (CONTRADICTS, True, "naps"),
        (CONTRADICTS, False, "naps"),
        (QUALIFIES, False, "naps"),
    ]


def test_notes_that_contradict_each_other_disagree_once_in_a_line(
    graph: KnowledgeGraph, by_id: dict[str, Document]
) -> None:
    disagreements = graph.contradictions(by_id["pays"])
    assert [(d.kind, d.left.id, d.right.id) for d in disagreements] == [
        (CONTRADICTS, "naps", "debt"),
        (QUALIFIES, "naps", "debt"),
    ]
    assert graph.contradictions(by_id["asks"]) == ()


def test_pinned_lines_keep_their_order_and_leave_out_the_line_itself(
    graph: KnowledgeGraph, by_id: dict[str, Document]
) -> None:
    assert titles(graph.next_lines(by_id["pays"])) == ["Who asks?"]


def test_every_link_has_its_resolution_in_its_place(graph: KnowledgeGraph, corpus: Corpus) -> None:
    for document in corpus.documents:
        assert len(graph.resolutions[document.key]) == len(document.body.links)
    assert isinstance(graph.resolutions["line", "pays"][0], Found)
    assert isinstance(graph.resolutions["line", "pays"][5], Dangling)


def test_a_wanted_note_is_known_by_one_name_and_a_missing_picture_is_none(graph: KnowledgeGraph) -> None:
    (wanted,) = graph.wanted
    assert (wanted.name, [b.origin.id for b in wanted.backlinks]) == ("Unwritten", ["pays", "naps"])


def test_an_orphan_is_named_by_no_public_document(graph: KnowledgeGraph) -> None:
    assert titles(graph.orphans) == ["Alone"]


def test_a_relation_saves_a_note_from_being_an_orphan() -> None:
    related = make_document("notes/related.md")
    relating = make_document("notes/relating.md", relations=[(SUPPORTS, "related")])
    assert graph_of(make_corpus(related, relating)).orphans == (relating,)


def test_spellings_of_a_tag_in_other_case_are_one_topic(graph: KnowledgeGraph, by_id: dict[str, Document]) -> None:
    assert [topic.name for topic in graph.topics] == ["rest", "SLEEP"]
    topic = graph.topic("sleep")
    assert topic is not None
    assert topic.documents == (by_id["pays"], by_id["debt"], by_id["naps"])
    assert graph.topic("secret") is None


def test_a_work_gathers_its_notes_and_the_lines_that_rest_on_them(graph: KnowledgeGraph) -> None:
    groups = {
        identity: ([note.id for note in group.notes], [line.id for line in group.lines])
        for identity, group in graph.source_groups.items()
    }
    assert groups == {
        "key:kung2023": (["debt"], ["asks", "pays"]),
        "key:okafor2019": (["debt", "naps"], ["asks", "pays"]),
    }


def test_two_notes_make_a_work_without_a_key_worth_gathering() -> None:
    notes = [make_document(f"notes/{name}.md", sources=[LAMPS]) for name in ("one", "two")]
    assert list(graph_of(make_corpus(*notes)).source_groups) == [LAMPS.identity]
    assert dict(graph_of(make_corpus(notes[0])).source_groups) == {}


def test_a_wikilink_in_the_front_matter_is_a_link_without_a_sentence() -> None:
    target, plain = make_document("notes/target.md"), make_document("notes/origin.md")
    origin = replace(plain, head=replace(plain.head, links=(Reference("target#Part", SPAN),)))
    target = replace(target, body=make_body(headings=["Part"]))
    graph = graph_of(make_corpus(target, origin))
    assert graph.links(origin) == (target,)
    assert [b.sentences for b in graph.backlinks(target)] == [()]


def test_a_dead_anchor_and_a_wrong_case_still_link_the_pages() -> None:
    target = make_document("notes/target.md")
    origin = make_document(
        "notes/origin.md",
        links=[make_link("target", fragment="gone"), make_link("Target.md", LinkKind.MARKDOWN)],
    )
    (mention,) = graph_of(make_corpus(target, origin)).mentions(origin)
    assert len(mention.occurrences) == 2


def test_the_network_names_every_relation(graph: KnowledgeGraph) -> None:
    network = graph.network()
    found = {(start, end, data["relation"]) for start, end, data in network.edges(data=True)}
    assert found >= {
        ("line:pays", "note:naps", "cites"),
        ("line:pays", "note:listed", "rests-on"),
        ("line:pays", "line:asks", "links"),
        ("line:pays", "line:asks", "next"),
        ("line:pays", "topic:SLEEP", "tagged"),
        ("line:pays", "source:key:okafor2019", "cites"),
        ("note:debt", "note:naps", "contradicts"),
        ("note:debt", "source:key:kung2023", "rests-on"),
        ("note:naps", "note:debt", "links"),
    }
    assert network.nodes["note:debt"] == {"kind": "note", "title": "Debt", "path": "notes/debt.md"}
    assert network.edges["line:pays", "note:naps", "cites"]["weight"] == 2


def test_building_the_graph_imports_neither_networkx_nor_rapidfuzz() -> None:
    program = (
        "import sys; from inquiry.corpus.model import Corpus; from inquiry.graph.build import build_graph;"
        "from inquiry.graph.resolve import Resolver; corpus = Corpus((), (), {}, frozenset());"
        "build_graph(corpus, Resolver(corpus)).edges;"
        "sys.exit(bool({'networkx', 'rapidfuzz'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@settings(deadline=None)
@given(corpora())
def test_no_answer_and_no_edge_names_a_hidden_document(corpus: Corpus) -> None:
    graph = graph_of(corpus)
    named: list[Document] = [*graph.orphans]
    for document in corpus.documents:
        named += [citation.note for citation in graph.citations(document)]
        named += [backlink.origin for backlink in graph.backlinks(document)]
        named += [relation.note for relation in graph.relations(document)]
        named += [*graph.links(document), *graph.next_lines(document), *graph.citing_lines(document)]
    named += [document for topic in graph.topics for document in topic.documents]
    named += [d for group in graph.source_groups.values() for d in (*group.notes, *group.lines)]
    named += [backlink.origin for wanted in graph.wanted for backlink in wanted.backlinks]
    assert all(document.is_public for document in named)
    public = {f"{d.kind.value}:{d.id}" for d in corpus.documents if d.is_public}
    ends = {end for edge in graph.edges for end in (edge.start, edge.end)}
    assert {end for end in ends if end.startswith(("note:", "line:"))} <= public


@settings(deadline=None)
@given(corpora())
def test_a_backlink_is_a_link_or_a_listed_source_seen_from_its_end(corpus: Corpus) -> None:
    graph = graph_of(corpus)
    forwards = {
        (origin.key, other.key)
        for origin in graph.documents
        for other in (*graph.links(origin), *(citation.note for citation in graph.citations(origin)))
    }
    backwards = {
        (backlink.origin.key, document.key) for document in graph.documents for backlink in graph.backlinks(document)
    }
    assert forwards == backwards


def answers(graph: KnowledgeGraph) -> list[object]:
    """Ask a graph everything."""
    asked = (graph.mentions, graph.citations, graph.cited_sources, graph.backlinks, graph.relations, graph.next_lines)
    each = [ask(document) for document in graph.documents for ask in (*asked, graph.contradictions)]
    gathered = (graph.topics, graph.source_groups, graph.wanted, graph.orphans, graph.edges)
    return [graph.documents, graph.resolutions, *each, *gathered]


@settings(max_examples=50, deadline=None)
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_the_corpus_changes_nothing(corpus: Corpus, chance: random.Random) -> None:
    notes, lines = list(corpus.notes), list(corpus.lines)
    chance.shuffle(notes)
    chance.shuffle(lines)
    ordered, shuffled = graph_of(corpus), graph_of(replace(corpus, notes=tuple(notes), lines=tuple(lines)))
    assert answers(ordered) == answers(shuffled)
