"""How long to wait for others, and how hard to press them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Time-outs and retries of a run, in seconds where nothing else is said."""

    connect: float = 8.0
    """For a connection, TLS included: three lost first packets."""
    answer: float = 10.0
    """From the request to the end of the headers."""
    body: float = 5.0
    """For the part of a body that is of interest; a slow one is judged by what has come."""
    tries: int = 3
    """How often something is asked that may well be better in a moment."""
    pause: float = 0.7
    """Before the second try; doubled before each further one."""
    longest_pause: float = 30.0
    """Longest wait that a server is granted (`Retry-After`); who asks for more stays unknown."""
    run: float = 900.0
    """For everything; what has not had its turn by then is reported as not asked."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How much of one host is asked for at once."""

    connections: int = 10
    """At the same time; what a browser would open, and a little more."""
    burst: int = 200
    """Requests that may go out without regard to the rate; few knowledge bases need more of one host."""
    rate: float = 20.0
    """Requests a second behind that."""


PACE = Pace()
"""For most hosts."""
PACES = {
    "arxiv.org": Pace(connections=2, burst=20, rate=4.0),
    "doi.org": Pace(connections=5, burst=100, rate=10.0),
}
"""For those that ask for less: arXiv wants four requests a second at most, in bursts, from robots."""
