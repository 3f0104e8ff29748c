"""Notes that a text names and does not link."""

from __future__ import annotations

import pytest

from inquiry.corpus.markdown import parse_body
from inquiry.corpus.model import Bibliography, Corpus, Document, FrontMatter, Kind, Reference
from inquiry.diagnostics import Span
from inquiry.graph.build import build_graph
from inquiry.graph.resolve import Resolver
from inquiry.graph.unlinked import SMALLEST_CROWD, UnlinkedNames


def note(name: str, title: str, body: str = "", *aliases: str) -> Document:
    head = FrontMatter(aliases=tuple(Reference(alias, Span.at(1)) for alias in aliases))
    return Document(name, Kind.NOTE, f"notes/{name}.md", head, parse_body(body, name), title)


def named(body: str, *others: Document, title: str = "Reader") -> list[str]:
    """Name the notes that a text is found to name, by id, with the words."""
    reader = note("reader", title, body)
    notes = tuple(sorted((reader, *others), key=lambda one: one.id))
    corpus = Corpus(notes, (), Bibliography(), frozenset())
    names = UnlinkedNames(build_graph(corpus, Resolver(corpus)))
    return [f"{one.note.id}: {one.text}" for one in names.in_document(reader, body)]


DEBT = note("sleep-debt", "Sleep debt", "", "lost sleep")


@pytest.mark.parametrize(
    "body",
    [
        "A sleep debt grows.",
        "SLEEP DEBT",
        "A *sleep* debt.",
        "- sleep\n  debt",
        "(sleep debt)",
        "“Sleep debt”, it says",
    ],
)
def test_a_title_is_found_in_any_case_and_across_markup(body: str) -> None:
    assert [one.casefold() for one in named(body, DEBT)] == ["sleep-debt: sleep debt"]


@pytest.mark.parametrize(
    "body",
    ["sleep debts", "sleep-debt", "asleep debt", "sleep, debt", "# Sleep debt", "`sleep debt`", "[sleep debt](x.md)"],
)
def test_only_whole_words_of_running_text_name_a_note(body: str) -> None:
    assert named(body, DEBT) == []


def test_an_alias_names_a_note() -> None:
    assert named("He made up for lost sleep.", DEBT) == ["sleep-debt: lost sleep"]


def test_the_end_of_a_question_does_not_count() -> None:
    assert named("We ask what heats a city, and when.", note("heat", "What heats a city?")) == [
        "heat: what heats a city"
    ]


def test_the_longest_name_is_taken() -> None:
    others = (DEBT, note("crisis", "Sleep debt crisis"), note("debt", "Debt"))
    assert named("The sleep debt crisis.", *others) == ["crisis: sleep debt crisis"]


def test_a_note_is_named_once_and_the_order_is_that_of_the_text() -> None:
    others = (DEBT, note("naps", "Short naps"))
    assert named("Short naps, sleep debt, short naps.", *others) == ["naps: Short naps", "sleep-debt: sleep debt"]


def test_what_is_linked_already_is_not_named() -> None:
    assert named("A sleep debt, see [[sleep-debt]].", DEBT) == []


def test_a_text_never_names_itself_nor_what_stands_within_its_own_title() -> None:
    assert named("On reader letters.", note("letters", "Letters"), title="Reader letters") == []


def test_a_name_of_two_notes_names_neither() -> None:
    assert named("A sleep debt.", DEBT, note("other", "Sleep debt")) == []


@pytest.mark.parametrize("title", ["The", "Used", "It", "Pi"])
def test_a_stop_word_or_a_very_short_word_is_no_name(title: str) -> None:
    assert named("It is the one used for pi.", note("word", title)) == []


def test_a_word_that_many_documents_have_is_no_name_but_a_phrase_is() -> None:
    crowd = [note(f"n{n}", f"Title {n}", "Some debt here.") for n in range(SMALLEST_CROWD)]
    debt = note("debt", "Debt")
    assert named("The debt.", debt, *crowd[:-1]) == ["debt: debt"]
    assert named("The debt.", debt, *crowd) == []
    assert named("Some debt here.", note("some", "Some debt"), *crowd) == ["some: Some debt"]


def test_a_name_made_by_capitals_must_be_written_so() -> None:
    rag = note("rag", "RAG")
    assert named("A rag, and then RAG.", rag) == ["rag: RAG"]


def test_words_that_are_no_document_name_notes_too() -> None:
    corpus = Corpus((DEBT,), (), Bibliography(), frozenset())
    names = UnlinkedNames(build_graph(corpus, Resolver(corpus)))
    (found,) = names.in_words("Who pays a sleep debt?")
    assert (found.note.id, found.span) == ("sleep-debt", Span.at(1, 12, 10))
