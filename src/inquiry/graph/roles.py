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

    def role(self, here: int, there: int, *, is_first: bool) -> Role:
        """Give the role of a line among another's suggestions.

        A disagreement always tells most.  The first that does not disagree is the closest whatever else it is.
        """
        evidence = self.evidence
        if evidence.disagreements(here, there):
            return Role.DISAGREES
        if is_first:
            return Role.CLOSEST
        links = len(evidence.out[there]) + len(evidence.into[there])
        if links <= self.few_links and (here, there) in self.similar:
            return Role.UNEXPLORED
        return Role.BRIDGE if self.community[here] != self.community[there] else Role.CLOSEST


def cast(evidence: Evidence, paths: Paths, chance: object, lines: int) -> Casting:
    """Prepare the roles of the first `lines` documents, which are the lines."""
    near = paths.voters[:lines, :lines].tocoo()
    links = sorted(len(evidence.out[line]) + len(evidence.into[line]) for line in range(lines))
    middle = links[lines // 2] if links else 0
    return Casting(
        evidence,
        find_communities(chance),
        frozenset(zip(near.row.tolist(), near.col.tolist(), strict=True)),
        FEW_LINKS_SHARE * middle,
    )
