"""Typing commands as at a terminal, in this very process."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import NamedTuple, Protocol

import pytest

from inquiry.cli import main


class Outcome(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


class Typist(Protocol):
    def __call__(self, *args: str) -> Outcome: ...


def typed(*args: str) -> Outcome:
    """Type a command."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        main(args)
    assert isinstance(end.value.code, int)
    return Outcome(end.value.code, out.getvalue(), err.getvalue())


def refused(outcome: Outcome) -> str:
    """Take the one line that a refusal consists of."""
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("inquiry: error: ")
    assert outcome.err.count("\n") == 1
    return outcome.err.removeprefix("inquiry: error: ").rstrip("\n")
