"""Work that is shared by processes: all of it is done, once and in order, whoever lives."""

from __future__ import annotations

import os
import time

import pytest

from inquiry.processes import MOST_PIECES, VARIABLE, Crew, cut, processes

PIECES = list(range(200))


def square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_results_come_in_the_order_of_the_pieces(count: int) -> None:
    assert [result for result, _ in Crew(square, PIECES, count=count).results()] == [n * n for n in PIECES]


def test_others_work_from_the_moment_the_crew_is_made() -> None:
    crew = Crew(square, PIECES, count=2)
    time.sleep(0.5)
    assert os.getpid() not in {pid for _, pid in crew.results()}


def test_one_process_works_alone() -> None:
    assert {pid for _, pid in Crew(square, PIECES, count=1).results()} == {os.getpid()}


def test_what_a_process_took_along_when_it_died_is_made_again() -> None:
    parent = os.getpid()

    def mortal(number: int) -> int:
        if os.getpid() != parent:
            os._exit(3)
        return number

    crew = Crew(mortal, PIECES, count=3)
    time.sleep(0.2)
    assert crew.results() == PIECES


def test_a_fault_in_the_work_shows_itself() -> None:
    def faulty(number: int) -> int:
        if number == max(PIECES):
            raise ValueError("no")
        return number

    with pytest.raises(ValueError, match="no"):
        Crew(faulty, PIECES, count=2).results()


def test_a_dismissed_crew_leaves_no_process() -> None:
    crew = Crew(lambda _: time.sleep(60), [1, 2], count=2)
    crew.dismiss()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_long_lists_are_cut_into_pieces_that_a_pipe_can_number() -> None:
    pieces = cut(range(MOST_PIECES * 3 + 1), 2)
    assert len(pieces) <= MOST_PIECES
    assert [item for piece in pieces for item in piece] == list(range(MOST_PIECES * 3 + 1))


def test_a_user_can_ask_for_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "1")
    assert processes() == 1
