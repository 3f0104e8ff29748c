"""How near documents are to each other: a reader's three-step walk, and a vote of what is worded alike.

Everything is a sparse matrix over the documents in the caller's order, and is scored in blocks of rows of
which only the best survive, so memory grows with the documents and not with their square.  The weights are
fixed; they were set on held-out links of public knowledge bases, none of them for a single one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph import rows

if TYPE_CHECKING:
    from inquiry.graph.cosines import Cosines

CITES_WEIGHT = 0.35
"""Chance that a reader goes on to a document that this one cites or links."""
CITED_WEIGHT = 0.15
"""... to one that cites or links this one: true as well, but a much cited note says less about each of its
readers."""
WORDING_WEIGHT = 0.40
"""... to one of the most similarly worded: the only way into a document that nobody links yet."""
MENTION_WEIGHT = 0.10
"""... to one that is mentioned by name: rare, and sometimes a common word."""
LEAST_CHANCE = 0.002
"""Chance below which a way is not followed: no reader goes from a list of five hundred to any one of them, and so the
cost of a walk hardly grows with the documents.  Half of it ranked held-out links as well (nDCG@10 the same to two
decimals) and took a third longer."""
NEIGHBOURS = 7
"""Similarly worded documents of either side that a reader may go to."""
LEAST_COSINE = 0.05
"""Cosine below which two texts share chance words only."""
STEPS = 3
"""Steps of the walk, as many as `Walk.score` takes; a fourth one finds what is popular, not what is near."""
VOTERS = 15
"""Similarly worded documents of either side that vote: a vote can use more than a walk, for it goes no
further."""
VOTE_WEIGHT = 0.15
"""Worth of all voters citing the candidate; as a share of the votes, or long texts with many neighbours drown
the walk."""
PRIOR_ENTRIES = 1
"""Entries at which a way counts for half of its weight."""
RETURNED_SHARE = 0.5
"""Share of the weight that thin ways give up that goes to the wording; the rest keeps such documents' walks
short."""
BLOCK_ROWS = 512
"""Documents scored at once; the product of a block is as wide as the corpus."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The ways that lead from one document to another; each documents by documents."""

    links: Any
    """1 where a document cites, links or embeds another."""
    neighbours: Any
    """Cosines among the few nearest of either side: symmetric."""
    voters: Any
    """Cosines among some more of them: symmetric."""
    mentions: Any
    """Weight of a name that a document mentions."""

    @property
    def size(self) -> int:
        """Number of documents."""
        return int(self.links.shape[0])


def share_rows(matrix: Any) -> Any:
    """Scale the rows of a sparse matrix so that they sum to 1; an empty row stays empty."""
    return rows.scale_rows(matrix, np.asarray(matrix.sum(axis=1), np.float64).ravel())


def either_side(matrix: Any, count: int) -> Any:
    """Join each row's `count` largest with those that count it among theirs."""
    near = rows.keep_heaviest(matrix, count)
    return near.maximum(near.T.tocsr()).tocsr()


def measure_paths(links: Any, cosines: Cosines, mentions: Any) -> Paths:
    """Prepare the ways between documents from their links, their wording and the names they mention."""
    near = cosines.nearest(VOTERS, LEAST_COSINE)
    return Paths(links, either_side(near, NEIGHBOURS), either_side(near, VOTERS), mentions)


def transition(paths: Paths) -> Any:
    """Say how likely a reader moves from each document to each other in one step.

    A single link is weak evidence: with the full weight on it, its one target's surroundings would outrank every
    similarly worded document, and in a sparsely linked corpus the walk lost to plain TF-IDF.  So a way with n
    entries gets n / (n + 1) of its weight (Laplace's prior of one), and half of the rest goes to the wording.
    """
    ways = (
        (paths.links, CITES_WEIGHT),
        (paths.links.T.tocsr(), CITED_WEIGHT),
        (paths.mentions, MENTION_WEIGHT),
    )
    wording = np.full(paths.size, WORDING_WEIGHT)
    whole = sparse.csr_matrix((paths.size, paths.size))
    for way, weight in ways:
        entries = np.diff(way.indptr)
        given = weight * entries / (entries + PRIOR_ENTRIES)
        wording += RETURNED_SHARE * (weight - given)
        whole = whole + sparse.diags(given) @ share_rows(way)
    return (whole + sparse.diags(wording) @ share_rows(paths.neighbours)).tocsr()


@dataclass(frozen=True, slots=True)
class Walk:
    """A reader's walk over the documents towards some of them, ready to be scored."""

    chance: Any
    """Chance to move from each document to each other in one step."""
    votes: Any
    """Share of a vote that each document has in each other's."""
    links: Any
    """Links to candidates."""
    arrival: Any
    """What a candidate gains where a reader stands after two steps, stands after one, and where a voter stands: one
    below the other, documents by candidates."""

    def score(self, origins: range) -> Any:
        """Score some documents' candidates: origins by targets.

        The score is the mean chance of standing at the candidate after one, two and three steps, plus the vote: how
        large a share of the similarly worded documents cites the candidate.  All that is one product, for adding
        sparse matrices costs as much as multiplying them.
        """
        block = slice(origins.start, origins.stop)
        once = self.chance[block]
        twice = rows.drop_below(once @ self.chance, LEAST_CHANCE)
        return sparse.hstack([twice, once, self.votes[block]], format="csr") @ self.arrival


def walk_towards(paths: Paths, targets: range) -> Walk:
    """Prepare the walk along these ways to these documents."""
    chance = rows.drop_below(transition(paths), LEAST_CHANCE)
    links = paths.links[:, targets.start : targets.stop]
    stay = sparse.eye_array(paths.size, len(targets), k=-targets.start, format="csr")
    last = chance[:, targets.start : targets.stop] + stay
    arrival = sparse.vstack([last / STEPS, stay / STEPS, VOTE_WEIGHT * links], format="csr")
    return Walk(chance, share_rows(paths.voters), links, arrival)
