"""Near-duplicate questions: whichever comes first, two titles either ask the same or do not."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.check.twins import near_duplicate_question
from inquiry.graph.build import build_graph
from inquiry.graph.resolve import Resolver
from strategies import make_corpus, make_document

TOPICS = ("naps", "dreams", "coffee", "light", "noise", "shifts", "age", "pain", "screens", "sport")
ASKED = "Why do larger models invent the names of authors?"


def twins_among(*titles: str) -> list[str]:
    corpus = make_corpus(*(make_document(f"notes/n{i:03}.md", title=title) for i, title in enumerate(titles)))
    resolver = Resolver(corpus)
    return [one.path for one in near_duplicate_question(corpus, build_graph(corpus, resolver), resolver)]


@pytest.mark.parametrize(
    "title",
    [
        "Why does a larger model invent the name of an author?",
        "Why do larger models invent authors' names?",
        "Why larger models invent the names of authors",
        "Why do larger models invent the names of *authors*?",
        "Why do larger models invent the names of authers?",
    ],
)
def test_the_same_question_is_asked_twice(title: str) -> None:
    assert twins_among(ASKED, title) == ["notes/n001.md"]
    assert twins_among(title, ASKED) == ["notes/n001.md"]


@pytest.mark.parametrize(
    "title",
    [
        ASKED,
        "Why do smaller models invent the names of authors?",
        "Why do larger models not invent the names of authors?",
        "When do larger models invent the names of authors?",
        "Why do larger models reinvent the names of authors?",
        "Why do larger models invent the names of 3 authors?",
        "Why do larger models invent the names of dead authors?",
        "Larger models",
        "",
    ],
)
def test_another_question_is_no_twin(title: str) -> None:
    assert twins_among(ASKED, title) == []


def test_three_of_a_kind_are_reported_against_the_first() -> None:
    assert twins_among(
        ASKED, "Why a larger model invents author names", "Why larger models invent the author's name"
    ) == [
        "notes/n001.md",
        "notes/n002.md",
    ]


def test_a_series_that_differs_in_one_word_is_silent() -> None:
    assert twins_among(*(f"Reading group on {topic} and sleep, spring" for topic in TOPICS)) == []


@given(st.lists(st.sampled_from("large model small invent name names author not 7 why".split()), max_size=7))
def test_no_order_of_words_breaks_the_rule(words: list[str]) -> None:
    twins_among(" ".join(words), " ".join(reversed(words)), " ".join(sorted(words)))


def test_the_order_of_files_does_not_change_who_is_alike() -> None:
    titles = (ASKED, "Why a larger model invents author names", "Why do tall trees fall in a storm?")
    counts = {len(twins_among(*order)) for order in permutations(titles)}
    assert counts == {1}
