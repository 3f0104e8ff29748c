"""Suggestions: what they promise about any knowledge base, and what they choose in small ones."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.corpus.model import RelationKind
from inquiry.graph.build import build_graph
from inquiry.graph.communities import find_communities
from inquiry.graph.inputs import suggest_inputs
from inquiry.graph.reasons import gather
from inquiry.graph.resolve import Resolver
from inquiry.graph.roles import Casting
from inquiry.graph.shared_words import Shared
from inquiry.graph.suggest import suggest
from inquiry.graph.suggestion import (
    Key,
    Role,
    Suggested,
    SuggestInput,
    Suggestion,
    Suggestions,
    shown_next,
    shown_related,
)
from inquiry.graph.words import words
from strategies import corpora

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from inquiry.corpus.model import Corpus

VOCABULARY = ("sleep", "debt", "nap", "night", "city", "pavement", "heat", "memory", "theft", "tide", "loan")
KEYS: list[Key] = [("line", f"l{n}") for n in range(4)] + [("note", f"n{n}") for n in range(7)]


few = settings(max_examples=40, deadline=None)
"""The first call imports and warms up scipy, so a deadline would measure that."""


@st.composite
def knowledge_bases(draw: st.DrawFn) -> list[SuggestInput]:
    """Draw up to eleven documents with random links, relations, tags and words."""
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True))
    some = st.lists(st.sampled_from(KEYS), max_size=4).map(tuple)
    phrase = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(" ".join)
    return [
        SuggestInput(
            key=key,
            title=f"{draw(phrase)} {number}",
            aliases=draw(st.lists(phrase, max_size=1).map(tuple)),
            text=" ".join(draw(st.lists(st.sampled_from(VOCABULARY), max_size=12))),
            links=draw(some),
            relations=draw(
                st.lists(st.tuples(st.sampled_from(RelationKind), st.sampled_from(KEYS)), max_size=2).map(tuple)
            ),
            tags=draw(st.lists(st.sampled_from(("rest", "Rest", "town")), max_size=2).map(tuple)),
            next=draw(st.lists(st.sampled_from(KEYS[:4]), max_size=2).map(tuple)),
        )
        for number, key in enumerate(keys)
    ]


def each_list(found: Suggestions) -> list[tuple[Key, str, tuple[Suggestion, ...]]]:
    return [
        (key, kind, getattr(one, kind)) for key, one in found.by_key.items() for kind in ("next", "related", "cite")
    ]


def note(name: str, text: str = "", **more: object) -> SuggestInput:
    return SuggestInput(("note", name), name.replace("-", " ").capitalize(), text=text, **more)  # type: ignore[arg-type] # a test names only what it is about


def line(name: str, *cited: str, text: str = "", **more: object) -> SuggestInput:
    links = tuple(("note", one) for one in cited)
    return SuggestInput(("line", name), f"Why {name}?", text=text, links=links, **more)  # type: ignore[arg-type] # likewise


@few
@given(knowledge_bases())
def test_nothing_ever_suggests_itself_or_one_thing_twice(documents: list[SuggestInput]) -> None:
    for key, _, listed in each_list(suggest(documents)):
        keys = [each.key for each in listed]
        assert key not in keys
        assert len(keys) == len(set(keys))


@few
@given(knowledge_bases())
def test_every_list_holds_its_kind_only(documents: list[SuggestInput]) -> None:
    known = {each.key for each in documents}
    for key, kind, listed in each_list(suggest(documents)):
        if kind != "cite" and (kind == "next") != (key[0] == "line"):
            assert not listed
        wanted = "line" if kind == "next" else "note"
        assert all(each.key in known and each.key[0] == wanted for each in listed)


@few
@given(knowledge_bases())
def test_what_is_linked_is_not_suggested_for_citing(documents: list[SuggestInput]) -> None:
    found = suggest(documents)
    for each in documents:
        assert not {one.key for one in found.of(each.key).cite} & {*each.links, *(key for _, key in each.relations)}


@few
@given(knowledge_bases())
def test_every_list_is_ranked_and_ties_fall_to_the_key(documents: list[SuggestInput]) -> None:
    for _, _, listed in each_list(suggest(documents)):
        assert list(listed) == sorted(listed, key=lambda each: (-each.score, each.key))
        assert all(each.score > 0 for each in listed)


@few
@given(knowledge_bases(), st.randoms(use_true_random=False))
def test_the_order_of_documents_and_links_changes_nothing(documents: list[SuggestInput], chance: random.Random) -> None:
    shuffled = [
        SuggestInput(
            each.key,
            each.title,
            each.aliases,
            each.text,
            each.anchors,
            tuple(chance.sample(each.links, len(each.links))),
            tuple(chance.sample(each.relations, len(each.relations))),
            tuple(chance.sample(each.tags, len(each.tags))),
            each.next,
        )
        for each in chance.sample(documents, len(documents))
    ]
    assert suggest(shuffled).by_key == suggest(documents).by_key


@few
@given(corpora())
def test_drafts_and_unlisted_documents_take_no_part(corpus: Corpus) -> None:
    public = {document.key for document in corpus.documents if document.is_public}
    found = suggest(suggest_inputs(build_graph(corpus, Resolver(corpus))))
    assert found.by_key.keys() == public
    for _, _, listed in each_list(found):
        assert {each.key for each in listed} <= public


@few
@given(knowledge_bases())
def test_only_next_lines_have_roles(documents: list[SuggestInput]) -> None:
    for _, kind, listed in each_list(suggest(documents)):
        assert all((each.role in set(Role)) == (kind == "next") for each in listed)


class Check:
    """Recompute reasons from the inputs with nothing but loops over the documents."""

    def __init__(self, documents: list[SuggestInput]) -> None:
        self.of = {each.key: each for each in documents}
        self.title = {each.title: each.key for each in documents}

    def links(self, key: Key) -> set[Key]:
        return {one for one in self.of[key].links if one in self.of} - {key}

    def linked_from(self, key: Key) -> set[Key]:
        return {one for one in self.of if key in self.links(one)}

    def names(self, reader: Key, named: Key) -> bool:
        body = words(self.of[reader].text)
        names = [words(name) for name in (self.of[named].title, *self.of[named].aliases)]
        return any(body[at : at + len(n)] == n for n in names for at in range(len(body)))

    def titles(self, reason: str, found: set[Key]) -> bool:
        named = {self.title[title] for title in re.findall("“(.*?)”", reason)}
        more = re.search(r" and (\d+) more", reason)
        return bool(named) and named <= found and len(named) + int(more[1] if more else 0) == len(found)

    def disagrees(self, reason: str, here: Key, there: Key) -> bool:
        first, at, verb, second, where = re.findall("“(.*?)”, cited (.*?), (.*?) “(.*?)”, cited (.*)", reason)[0]
        cited = {at: self.title[first], where: self.title[second]}
        ours, theirs = self.links(here), self.links(there)
        apart = cited["here"] in ours - theirs and cited["there"] in theirs - ours
        return apart and (RelationKind(verb), cited[where]) in self.of[cited[at]].relations

    def bears_on_cited(self, reason: str, here: Key, there: Key) -> bool:
        cited = self.title[re.findall("“(.*?)”, cited here", reason)[0]]
        verb = re.findall("(contradicts|qualifies)", reason)[0]
        first, second = (there, cited) if reason.startswith("it ") else (cited, there)
        return cited in self.links(here) and (RelationKind(verb), second) in self.of[first].relations

    def similar(self, reason: str, here: Key, there: Key) -> bool:
        shown = words(reason.removeprefix("similar wording: "))
        return all(set(shown) <= set(words(f"{self.of[key].title} {self.of[key].text}")) for key in (here, there))

    def about(self, reason: str, here: Key, there: Key) -> bool:
        named = set(reason.removeprefix("both about ").casefold().split(" and "))
        return all(named <= {tag.casefold() for tag in self.of[key].tags} for key in (here, there))

    def holds(self, here: Key, there: Key, reason: str) -> bool:
        ours, theirs = self.links(here), self.links(there)
        to_us, to_them = self.linked_from(here), self.linked_from(there)
        lines = {key for key in to_us & to_them if key[0] == "line"}
        said_here = {(f"this {kind.value} it", key) for kind, key in self.of[here].relations}
        said_there = {(f"it {kind.value} this", key) for kind, key in self.of[there].relations}
        checks: dict[str, Callable[[], bool]] = {
            "both cite “": lambda: self.titles(reason, ours & theirs),
            "both link to “": lambda: self.titles(reason, ours & theirs),
            "cited together in “": lambda: self.titles(reason, lines),
            "linked together in “": lambda: self.titles(reason, to_us & to_them),
            "this links to “": lambda: self.titles(reason, (ours & to_them) - theirs),
            "it links to “": lambda: self.titles(reason, (theirs & to_us) - ours),
            "“": lambda: (self.bears_on_cited if reason.endswith(" it") else self.disagrees)(reason, here, there),
            "it contradicts “": lambda: self.bears_on_cited(reason, here, there),
            "it qualifies “": lambda: self.bears_on_cited(reason, here, there),
            "this mentions it by name": lambda: self.names(here, there),
            "it mentions this by name": lambda: self.names(there, here),
            "this links to it": lambda: there in ours and here not in theirs,
            "it links to this": lambda: here in theirs and there not in ours,
            "each links to the other": lambda: there in ours and here in theirs,
            "similar wording: ": lambda: self.similar(reason, here, there),
            "both about ": lambda: self.about(reason, here, there),
        }
        for start, check in checks.items():
            if reason.startswith(start):
                return check()
        return (reason, there) in said_here or (reason, here) in said_there


@settings(max_examples=200, deadline=None)
@given(knowledge_bases())
def test_every_suggestion_has_reasons_and_each_can_be_checked(documents: list[SuggestInput]) -> None:
    check = Check(documents)
    for key, _, listed in each_list(suggest(documents)):
        for each in listed:
            assert each.reasons
            assert [reason for reason in each.reasons if not check.holds(key, each.key, reason)] == []


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_very_small_knowledge_base_is_no_error(count: int) -> None:
    documents = [line("a", "x"), note("x", "sleep"), note("y", "sleep")][:count]
    assert len(suggest(documents).by_key) == count


def test_three_similar_documents_find_each_other() -> None:
    found = suggest([note(name, "sleep debt and naps") for name in ("a", "b", "c")])
    assert [each.key[1] for each in found.of(("note", "a")).related] == ["b", "c"]


def test_lines_that_share_sources_come_before_those_that_share_none() -> None:
    documents = [line("a", "x", "y"), line("b", "z"), line("c", "x", "y"), note("x"), note("y"), note("z")]
    first = suggest(documents).of(("line", "a")).next[0]
    assert first.key == ("line", "c")
    assert first.reasons[0] == "both cite “X” and “Y”"


def test_a_word_that_says_little_is_named_only_where_nothing_else_is_a_reason() -> None:
    alone = gather([note("a"), note("b")], ())
    linked = gather([note("a"), note("b"), note("c", links=(("note", "a"), ("note", "b")))], ())
    assert alone.reasons(0, 1, Shared(("reported",), 0)) == ("similar wording: reported",)
    assert linked.reasons(0, 1, Shared(("reported",), 0)) == ("linked together in “C”",)
    assert linked.reasons(0, 1, Shared(("debt", "nap", "reported"), 2))[1:] == ("similar wording: debt, nap",)


def test_one_word_is_not_named_beside_other_reasons() -> None:
    linked = gather([note("a"), note("b"), note("c", links=(("note", "a"), ("note", "b")))], ())
    assert linked.reasons(0, 1, Shared(("debt", "reported"), 1)) == ("linked together in “C”",)


def test_many_shared_sources_are_counted() -> None:
    names = ("p", "q", "r", "s")
    found = suggest([line("a", *names), line("b", *names), *map(note, names)])
    assert found.of(("line", "a")).next[0].reasons[0] == "both cite “P”, “Q” and 2 more"


def test_a_line_on_contradicting_notes_disagrees() -> None:
    documents = [
        line("a", "x", text="sleep debt"),
        line("b", "y", text="sleep debt"),
        note("x"),
        note("y", relations=((RelationKind.CONTRADICTS, ("note", "x")),)),
    ]
    found = suggest(documents)
    assert found.of(("line", "a")).next[0].role == Role.DISAGREES
    assert "“Y”, cited there, contradicts “X”, cited here" in found.of(("line", "a")).next[0].reasons
    assert "“Y”, cited here, contradicts “X”, cited there" in found.of(("line", "b")).next[0].reasons


def test_a_line_that_cites_both_sides_disagrees_with_neither() -> None:
    documents = [
        line("a", "x"),
        line("b", "x", "y"),
        note("x"),
        note("y", relations=((RelationKind.CONTRADICTS, ("note", "x")),)),
    ]
    [after_a], [after_b] = (suggest(documents).of(("line", name)).next for name in ("a", "b"))
    assert after_a.role == after_b.role == Role.CLOSEST
    assert after_a.reasons[0] == after_b.reasons[0] == "both cite “X”"
    assert "contradicts" not in f"{after_a.reasons}{after_b.reasons}"


def test_a_qualification_is_a_reason_and_no_role() -> None:
    documents = [
        line("a", "x", text="sleep debt"),
        line("b", "y", text="sleep debt"),
        note("x"),
        note("y", relations=((RelationKind.QUALIFIES, ("note", "x")),)),
    ]
    found = suggest(documents).of(("line", "a")).next[0]
    assert found.role == Role.CLOSEST
    assert found.reasons[0] == "“Y”, cited there, qualifies “X”, cited here"


def test_what_two_documents_hold_of_each_other_comes_first_and_their_link_is_not_said_again() -> None:
    of_b = ((RelationKind.QUALIFIES, ("note", "a")),)
    b = note("b", links=(("note", "a"), ("note", "z")), relations=of_b)
    evidence = gather([note("a", links=(("note", "z"),)), b, note("z")], ())
    assert evidence.reasons(0, 1, Shared((), 0)) == ("it qualifies this", "both link to “Z”")
    assert evidence.reasons(1, 0, Shared((), 0)) == ("this qualifies it", "both link to “Z”")


def test_a_note_against_one_that_the_line_cites_says_so_first() -> None:
    against = note("y", "sleep debt", relations=((RelationKind.CONTRADICTS, ("note", "x")),))
    found = suggest([line("a", "x", text="sleep debt"), note("x"), against])
    assert found.of(("line", "a")).cite[0].reasons[0] == "it contradicts “X”, cited here"
    found = suggest(
        [line("a", "x", text="sleep debt"), note("x", relations=((RelationKind.QUALIFIES, ("note", "y")),)), note("y")]
    )
    assert found.of(("line", "a")).cite[0].reasons[0] == "“X”, cited here, qualifies it"


def test_who_can_go_straight_is_told_of_no_detour() -> None:
    to_b, to_c = ("note", "b"), ("note", "c")
    straight = gather([note("a", links=(to_b, to_c)), note("b"), note("c", links=(to_b,))], ())
    assert straight.reasons(0, 1, Shared((), 0)) == ("this links to it",)
    around = gather([note("a", links=(to_c,)), note("b"), note("c", links=(to_b,))], ())
    assert around.reasons(0, 1, Shared((), 0)) == ("this links to “C”, which links to it",)
    assert around.reasons(1, 0, Shared((), 0)) == ("it links to “C”, which links to this",)


@few
@given(knowledge_bases())
def test_no_list_has_two_closest_lines(documents: list[SuggestInput]) -> None:
    for _, kind, listed in each_list(suggest(documents)):
        assert sum(each.role == Role.CLOSEST for each in listed) <= (kind == "next")


@few
@given(knowledge_bases())
def test_a_role_does_not_depend_on_how_many_lines_are_asked_for(documents: list[SuggestInput]) -> None:
    few_lines, many_lines = suggest(documents, limit=2), suggest(documents)
    for key, kind, listed in each_list(few_lines):
        if kind == "next":
            assert [(each.key, each.role) for each in listed] == [
                (each.key, each.role) for each in many_lines.of(key).next[:2]
            ]


def test_a_line_on_the_same_topic_does_not_lead_elsewhere() -> None:
    import numpy as np  # noqa: PLC0415 - only this test needs it

    evidence = gather([line("a", tags=("rest", "all")), line("b", tags=("rest", "all")), line("c", tags=("all",))], ())
    casting = Casting(evidence, np.array([0, 1, 1]), frozenset(), 0, frozenset({"all"}))
    assert casting.role(0, 1, is_first=False) == Role.NEAR
    assert casting.role(0, 2, is_first=False) == Role.BRIDGE
    assert casting.role(1, 2, is_first=False) == Role.NEAR


def test_a_document_without_links_is_found_by_its_wording_before_the_targets_of_a_single_link() -> None:
    """One link is weak evidence: its target's surroundings must not hide what is worded alike."""
    hub = tuple(("note", f"other-{n}") for n in range(3))
    documents = [
        note("asking", "saliva stress morning cortisol awakening", links=(("note", "hub"),)),
        note("alike", "saliva stress morning cortisol awakening"),
        note("hub", "index of many things", links=hub),
        *(note(f"other-{n}", f"wholly different matter {n}") for n in range(3)),
    ]
    assert suggest(documents).of(("note", "asking")).cite[0].key == ("note", "alike")


def test_pinned_lines_come_first_and_an_unknown_one_is_left_out() -> None:
    documents = [
        line("a", "x", next=(("line", "c"), ("line", "gone"))),
        line("b", "x"),
        line("c"),
        note("x"),
    ]
    shown = shown_next(suggest(documents).of(("line", "a")))
    assert [(each.key[1], each.role) for each in shown] == [("c", "pinned"), ("b", "closest")]


def test_a_pinned_line_that_is_not_ranked_has_its_reasons_all_the_same() -> None:
    others = [line(f"other-{n}", "x", "y", text="sleep debt") for n in range(9)]
    documents = [line("a", "x", "y", text="sleep debt", next=(("line", "far"),)), line("far", "y"), *others]
    found = suggest([*documents, note("x"), note("y")], limit=1).of(("line", "a"))
    assert ("line", "far") not in {each.key for each in found.next}
    assert found.pinned[0].reasons == ("both cite “Y”",)


def suggestion(name: str, score: float, role: Role = Role.CLOSEST) -> Suggestion:
    return Suggestion(("line", name), score, role.value, ("both about rest",))


def test_a_page_shows_the_closest_then_one_of_each_other_role() -> None:
    ranked = (
        suggestion("a", 1.0),
        suggestion("b", 0.9),
        suggestion("c", 0.8),
        suggestion("d", 0.7, Role.BRIDGE),
        suggestion("e", 0.6, Role.DISAGREES),
    )
    shown = shown_next(Suggested(next=ranked), count=4)
    assert [each.key[1] for each in shown] == ["a", "d", "e", "b"]


def test_a_page_shows_fewer_rather_than_bad_ones() -> None:
    ranked = (suggestion("a", 1.0), suggestion("b", 0.5), suggestion("c", 0.19))
    assert [each.key[1] for each in shown_next(Suggested(next=ranked))] == ["a", "b"]
    ranked = (suggestion("a", 1.0), suggestion("b", 0.5), suggestion("c", 0.49))
    assert [each.key[1] for each in shown_related(Suggested(related=ranked))] == ["a", "b"]


def test_a_page_leaves_out_what_one_shared_note_speaks_for_and_is_not_near() -> None:
    bridge = Role.BRIDGE.value
    ranked = (
        suggestion("a", 1.0),
        Suggestion(("line", "b"), 0.5, bridge, ("both cite “X”",), is_thin=True),
        Suggestion(("line", "c"), 0.49, bridge, ("both cite “X”",), is_thin=True),
        Suggestion(("line", "d"), 0.3, bridge, ("both cite “X” and “Y”",)),
    )
    assert [each.key[1] for each in shown_next(Suggested(next=ranked))] == ["a", "b", "d"]


def test_one_shared_note_alone_is_thin() -> None:
    documents = [
        line("a", "x", "y", tags=("rest",)),
        line("b", "x"),
        line("c", "x", "y"),
        line("d", "x", tags=("rest",)),
    ]
    found = suggest([*documents, note("x"), note("y")])
    thin = {each.key[1]: each.is_thin for each in found.of(("line", "a")).next}
    assert thin == {"b": True, "c": False, "d": False}


def test_no_list_is_longer_than_asked() -> None:
    found = suggest([note(f"n{n}", "sleep debt") for n in range(9)], limit=3)
    assert {len(listed) for _, kind, listed in each_list(found) if kind != "next"} == {3}


def test_communities_are_what_hangs_together() -> None:
    import numpy as np  # noqa: PLC0415 - only this test needs it

    weights = np.zeros((8, 8))
    weights[:4, :4] = weights[4:, 4:] = 1
    weights[3, 4] = weights[4, 3] = 0.5
    np.fill_diagonal(weights, 0)
    member = find_communities(weights).tolist()
    assert len(set(member[:4])) == len(set(member[4:])) == 1
    assert member[0] != member[4]


def test_showing_suggestions_imports_neither_numpy_nor_scipy() -> None:
    code = "import sys, inquiry.graph.suggestion; print({'numpy', 'scipy', 'networkx'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
