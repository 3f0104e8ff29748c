"""Which role a next line plays beside the line that it follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.graph.communities import find_communities
from inquiry.graph.suggestion import Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from inquiry.graph.reasons import Evidence
    from inquiry.graph.rows import Entries
    from inquiry.graph.walk import Paths

FEW_LINKS_SHARE = 0.5
"""A line is hardly linked when it has at most this share of the links of the line in the middle."""


@dataclass(frozen=True, slots=True)
class Casting:
    """What decides the roles."""

    evidence: Evidence
    community: NDArray[np.int64]
    similar: frozenset[tuple[int, int]]
    """Pairs of lines of which either is among the other's most similarly worded documents."""
    few_links: float
    """Links up to which a line counts as hardly linked."""

    def role(self, here: int, there: int, *, is_first: bool, after_one_that_disagrees: bool = False) -> Role:
        """Give the role of a line among another's suggestions.

        A contradiction always tells most.  A qualification does once in a list: where notes qualify each other often,
        half the lines would "disagree", and the word would say nothing.  The first that does not disagree is the
        closest whatever else it is.
        """
        evidence = self.evidence
        pairs = evidence.disagreements(here, there)
        if pairs and (not after_one_that_disagrees or evidence.contradict(*pairs[0])):
            return Role.DISAGREES
        if is_first:
            return Role.CLOSEST
        links = len(evidence.out[there]) + len(evidence.into[there])
        if links <= self.few_links and (here, there) in self.similar:
            return Role.UNEXPLORED
        return Role.BRIDGE if self.community[here] != self.community[there] else Role.CLOSEST


def cast(evidence: Evidence, paths: Paths, following: Entries, lines: int) -> Casting:
    """Prepare the roles of the first `lines` documents, which are the lines.

    Communities are those of the lines alone, joined by how well one follows another: whether a line leads elsewhere
    is asked of lines only, and they are few.
    """
    nearness = following.to_csr((lines, lines))
    near = paths.voters[:lines, :lines].tocoo()
    links = sorted(len(evidence.out[line]) + len(evidence.into[line]) for line in range(lines))
    middle = links[lines // 2] if links else 0
    return Casting(
        evidence,
        find_communities(nearness + nearness.T),
        frozenset(zip(near.row.tolist(), near.col.tolist(), strict=True)),
        FEW_LINKS_SHARE * middle,
    )
