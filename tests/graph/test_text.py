"""Words, TF-IDF and nearest neighbours."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from inquiry.graph import pieces, rows
from inquiry.graph.cosines import Cosines, nearest
from inquiry.graph.lexicon import Lexicon
from inquiry.graph.mentions import find_mentions
from inquiry.graph.rows import Entries, best_entries, keep_heaviest
from inquiry.graph.text import Wording, read_wording
from inquiry.graph.words import is_telling, stem, words

SLEEP = "Sleep debt builds up over nights. Naps repay a little of the debt."
NAPS = "A nap in the afternoon repays sleep debt."
PAVING = "Hot pavements warm the city at night; pale paving stays cool."


def wording_of(*bodies: str) -> Wording:
    return read_wording([""] * len(bodies), list(bodies), [""] * len(bodies))


def cosines(*bodies: str) -> np.ndarray:
    matrix = wording_of(*bodies).matrix
    return np.asarray((matrix @ matrix.T).todense())


@pytest.mark.parametrize(
    ("written", "stemmed"),
    [
        ("studies", "study"),
        ("naps", "nap"),
        ("nap", "nap"),
        ("houses", "house"),
        ("gas", "gas"),
        ("bus", "bus"),
        ("glass", "glass"),
    ],
)
def test_a_plural_meets_its_singular(written: str, stemmed: str) -> None:
    assert stem(written) == stemmed


def test_words_keep_their_order_and_lose_case_and_possessives() -> None:
    assert words("The City’s naps, re-measured (twice).") == ["the", "city", "nap", "re-measured", "twice"]


def test_text_without_spaces_is_read_letter_by_letter() -> None:
    assert words("睡眠 debt") == ["睡", "眠", "debt"]


@pytest.mark.parametrize("word", ["the", "and", "x", "7"])
def test_stop_words_and_lone_letters_tell_nothing(word: str) -> None:
    assert not is_telling(word)


def test_texts_about_one_thing_are_more_similar_than_texts_about_two() -> None:
    found = cosines(SLEEP, NAPS, PAVING)
    assert found[0, 1] > found[0, 2]


def test_a_text_is_wholly_similar_to_its_copy() -> None:
    assert cosines(SLEEP, SLEEP, PAVING)[0, 1] == pytest.approx(1)


def test_a_word_of_one_document_alone_is_no_term() -> None:
    wording = wording_of("sleep zeugma", "sleep quagga")
    assert [wording.surfaces[term] for term in wording.matrix[0].indices if term < len(wording.surfaces)] == ["sleep"]


def test_the_words_of_links_to_a_document_count_for_it() -> None:
    bodies = ["one text", "zeugma syllepsis", "zeugma syllepsis"]
    without = read_wording([""] * 3, bodies, [""] * 3).matrix
    with_anchor = read_wording([""] * 3, bodies, ["zeugma", "", ""]).matrix
    assert (without @ without.T)[0, 1] == 0
    assert (with_anchor @ with_anchor.T)[0, 1] > 0


def test_the_words_of_links_are_not_the_documents_own() -> None:
    wording = read_wording([""] * 3, ["one text", "zeugma", "zeugma"], ["zeugma", "", ""])
    assert "zeugma" not in {wording.surfaces[word] for word in wording.own[0].indices}


def test_a_word_is_shown_in_the_form_that_is_written_most() -> None:
    assert "naps" in wording_of("Naps, naps and a nap", "naps").surfaces


@pytest.mark.parametrize("bodies", [[], [""], ["", ""], ["the of and", "..."]])
def test_texts_without_a_word_are_no_error(bodies: list[str]) -> None:
    wording = wording_of(*bodies)
    assert wording.matrix.shape[0] == len(bodies)
    assert nearest(wording.matrix, 3, 0.0).nnz == 0


def best_columns(values: list[float], count: int) -> list[int]:
    columns = np.arange(len(values), dtype=np.int64)
    best = best_entries(Entries(np.zeros_like(columns), columns, np.array(values, np.float64)), count)
    return [int(column) for column in best.columns]


@given(
    st.lists(st.lists(st.integers(0, 3).map(float), min_size=8, max_size=8), min_size=1, max_size=6), st.integers(1, 9)
)
@pytest.mark.parametrize("bits", [63, 37])
def test_the_best_are_the_head_of_the_sorted_row(bits: int, values: list[list[float]], count: int) -> None:
    entries = rows.entries_of(sparse.csr_matrix(np.array(values)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "_WORD_BITS", bits)  # few bits: rows are sorted in parts
        found = best_entries(entries, count)
    expected = [
        (row, column)
        for row, held in enumerate(values)
        for column in sorted((c for c in range(8) if held[c] > 0), key=lambda c: (-held[c], c))[:count]
    ]
    assert [*zip(found.rows.tolist(), found.columns.tolist(), strict=True)] == expected


def test_rounding_noise_does_not_decide_a_rank() -> None:
    values = np.array([0.3, 0.1 + 0.2, 0.3])
    entries = Entries(np.zeros(3, np.int64), np.arange(3), values)
    assert best_entries(entries, 2).columns.tolist() == [0, 1]
    assert keep_heaviest(sparse.csr_matrix(values), 2).indices.tolist() == [0, 1]


@given(st.lists(st.lists(st.integers(-1, 3).map(float), min_size=5, max_size=5), max_size=6), st.integers(1, 6))
def test_keeping_the_heaviest_keeps_what_ranking_puts_first(values: list[list[float]], count: int) -> None:
    matrix = sparse.csr_matrix(np.array(values).reshape(-1, 5))
    ranked = best_entries(rows.entries_of(matrix), count).to_csr(matrix.shape)
    assert keep_heaviest(matrix, count).toarray().tolist() == ranked.toarray().tolist()


def test_keeping_the_heaviest_keeps_rows_apart() -> None:
    matrix = sparse.csr_matrix(np.array([[1.0, 3, 2], [0, 0, 0], [5, 4, 6]]))
    assert keep_heaviest(matrix, 2).toarray().tolist() == [[0, 3, 2], [0, 0, 0], [5, 0, 6]]


@given(st.lists(st.lists(st.sampled_from(("ab", "cd", "ef", "gh", "ij", "kl")), max_size=8), min_size=1, max_size=12))
def test_nearest_agrees_with_comparing_all_pairs(texts: list[list[str]]) -> None:
    matrix = wording_of(*map(" ".join, texts)).matrix
    full = np.asarray((matrix @ matrix.T).todense())
    np.fill_diagonal(full, 0)
    full[full < 0.05] = 0
    assert np.allclose(nearest(matrix, len(texts), 0.05).toarray(), full)


def test_a_title_in_a_text_is_a_mention() -> None:
    bodies = ["We owe sleep debts here", "Other words", "The sleep of the debt"]
    wording = read_wording(["A", "Sleep debt", "B"], bodies, [""] * 3)
    found = find_mentions(wording, [()] * 3)
    assert [*zip(*found.nonzero(), strict=True)] == [(0, 1)]


def test_an_alias_in_a_text_is_a_mention() -> None:
    wording = read_wording(["A", "Sleep debt"], ["We owe rest here", ""], [""] * 2)
    assert find_mentions(wording, [(), ("owe rest",)])[0, 1] > 0


def test_a_mention_never_runs_from_one_document_into_the_next() -> None:
    wording = read_wording(["A", "B", "Sleep debt"], ["good sleep", "debt is bad", ""], [""] * 3)
    assert find_mentions(wording, [("A",), ("B",), ("Sleep debt",)]).nnz == 0


def test_a_cosine_is_the_same_asked_in_any_order_and_again() -> None:
    cosines_of = Cosines(wording_of(SLEEP, NAPS, PAVING).matrix)
    first = cosines_of.of(np.array([0, 2]), np.array([1, 1]))
    again = cosines_of.of(np.array([1, 1, 0]), np.array([0, 2, 2]))
    assert again[:2].tolist() == first.tolist()
    assert again[2] == pytest.approx(cosines(SLEEP, NAPS, PAVING)[0, 2])


@given(st.lists(st.text("aZsS'\u2019-_. ,()\u7761\u7720\u00df9", max_size=25), max_size=5))
def test_reading_all_texts_at_once_finds_the_words_of_each(texts: list[str]) -> None:
    lexicon = Lexicon()
    found = lexicon.read(texts)
    every = lexicon.words
    read = [[every[word] for word in found.words[first:last].tolist()] for first, last in pairwise(found.ends.tolist())]
    assert read == [words(text) for text in texts]


@settings(deadline=None)
@given(st.lists(st.text("ab-'. \u2019\u00e9", max_size=40), max_size=30))
def test_a_piece_of_any_length_keeps_its_number_while_the_table_grows(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "FEWEST_SLOTS", 4)
        patch.setattr(pieces, "BYTES_AT_ONCE", 30)
        numbered, known, read = pieces.Pieces(), [], []
        for block in pieces.blocks(texts):
            numbers, counts, new = numbered.number(block)
            known += new
            assert counts.sum() == len(numbers)
            read += [known[number].decode() for number in numbers.tolist()]
    assert read == re.findall(r"[^. ]+", " ".join(texts))
    assert len(known) == len(set(known))


@settings(deadline=None)
@given(st.lists(st.integers(0, 5) | st.integers(0, 2**62), max_size=30))
def test_sorting_in_place_tells_where_each_was(codes: list[int]) -> None:
    array = np.array(codes, np.int64)
    places = rows.sort_codes(array)
    assert array.tolist() == sorted(codes)
    assert [*places] == sorted(range(len(codes)), key=lambda place: (codes[place], place))


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 3).map(float), min_size=5, max_size=5), min_size=1, max_size=8), st.data())
def test_common_entries_are_the_products_of_the_rows(values: list[list[float]], data: st.DataObject) -> None:
    dense = np.array(values)
    pair = st.tuples(st.integers(0, len(values) - 1), st.integers(0, len(values) - 1))
    pairs = sorted(data.draw(st.lists(pair, min_size=1, max_size=9)))
    here, there = np.array(pairs).T
    found = rows.common_entries(sparse.csr_matrix(dense), here, there)
    laid = sparse.csr_matrix((found.values, (found.rows, found.columns)), shape=(len(pairs), 5)).toarray()
    assert laid.tolist() == (dense[here] * dense[there]).tolist()


@given(
    st.lists(st.lists(st.sampled_from(("ab", "cd", "ef")), max_size=7), min_size=1, max_size=6),
    st.lists(st.lists(st.sampled_from(("ab", "cd", "ef")), min_size=1, max_size=3), min_size=1, max_size=6),
)
def test_mentions_agree_with_a_plain_search(bodies: list[list[str]], names: list[list[str]]) -> None:
    count = min(len(bodies), len(names))
    wording = wording_of(*map(" ".join, bodies[:count]))
    found = find_mentions(wording, [(" ".join(name),) for name in names[:count]])
    expected = {
        (reader, owner)
        for reader, body in enumerate(bodies[:count])
        for owner, name in enumerate(names[:count])
        if reader != owner and any(body[at : at + len(name)] == name for at in range(len(body)))
    }
    assert {*zip(*(part.tolist() for part in found.nonzero()), strict=True)} == expected
