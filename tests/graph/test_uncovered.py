"""Questions not yet written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.graph.suggestion import SuggestInput
from inquiry.graph.uncovered import FEWEST_NOTES, find_uncovered

if TYPE_CHECKING:
    import random

SLEEP = ("sleep debt after short nights", "sleep debt and naps", "caffeine hides a sleep debt", "sleep debt at school")
HEAT = ("night heat on pale paving", "paving that stores heat", "trees cool the paving", "heat of dark paving at night")


def note(name: str, text: str, *tags: str) -> SuggestInput:
    return SuggestInput(("note", name), f"Title of {name}", text=text, tags=tags)


def line(*cited: str) -> SuggestInput:
    return SuggestInput(("line", "l"), "A line", links=tuple(("note", one) for one in cited))


@st.composite
def knowledge_bases(draw: st.DrawFn) -> list[SuggestInput]:
    """Draw notes and lines with random links and words."""
    keys = [("line", f"l{n}") for n in range(3)] + [("note", f"n{n}") for n in range(16)]
    words = st.lists(st.sampled_from(" ".join((*SLEEP, *HEAT)).split()), max_size=9)
    return [
        SuggestInput(
            key, f"Title {key[1]}", text=" ".join(draw(words)), links=tuple(draw(st.lists(linked, max_size=3)))
        )
        for linked in [st.sampled_from(keys)]
        for key in draw(st.lists(linked, unique=True))
    ]


def notes() -> list[SuggestInput]:
    return [note(f"{word}{n}", text) for word, texts in (("s", SLEEP), ("h", HEAT)) for n, text in enumerate(texts)]


def groups(documents: list[SuggestInput]) -> list[set[str]]:
    return [{key[1] for key in one.notes} for one in find_uncovered(documents, 9)]


def test_notes_that_are_worded_alike_are_a_question_each() -> None:
    assert sorted(map(sorted, groups(notes()))) == [["h0", "h1", "h2", "h3"], ["s0", "s1", "s2", "s3"]]


def test_notes_that_a_line_covers_are_not_proposed() -> None:
    assert groups([*notes(), line("s0", "s1")]) == [{"h0", "h1", "h2", "h3"}]


def test_notes_of_which_a_line_cites_few_are_proposed_and_that_is_said() -> None:
    found = {one.notes[0][1][0]: one for one in find_uncovered([*notes(), line("s0", "h1")], 9)}
    assert (found["s"].cited, found["s"].most_cited) == (1, 1)


def test_the_words_that_hold_notes_together_make_the_working_title() -> None:
    found = {one.notes[0][1][0]: one.ground for one in find_uncovered(notes(), 9)}
    assert found["s"].words[0] == "sleep debt"
    assert "paving" in found["h"].title


def test_topics_are_named_but_not_one_that_most_notes_have() -> None:
    tagged = [note(f"s{n}", text, "seedling", "Rest") for n, text in enumerate(SLEEP)]
    others = [note(f"h{n}", text, "seedling") for n, text in enumerate((*HEAT, "a paving heats the night"))]
    found = {one.notes[0][1][0]: one.ground for one in find_uncovered([*tagged, *others], 9)}
    assert found["s"].topics == ("Rest",)


@pytest.mark.parametrize("count", range(FEWEST_NOTES))
def test_fewer_than_three_notes_are_no_question(count: int) -> None:
    assert groups(notes()[:count]) == []


@pytest.mark.parametrize("text", ["", "the of and"])
def test_notes_that_share_a_word_of_their_titles_only_are_no_question(text: str) -> None:
    assert groups([note(str(n), text) for n in range(5)]) == []


@settings(max_examples=30, deadline=None)
@given(knowledge_bases(), st.randoms(use_true_random=False))
def test_proposals_do_not_depend_on_the_order_of_documents_and_share_no_note(
    documents: list[SuggestInput], order: random.Random
) -> None:
    found = find_uncovered(documents, 9)
    shuffled = order.sample(documents, len(documents))
    assert find_uncovered(shuffled, 9) == found
    proposed = [key for one in found for key in one.notes]
    assert len(proposed) == len(set(proposed))
    known = {each.key for each in documents}
    assert all(len(one.notes) >= FEWEST_NOTES and known.issuperset(one.notes) for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
