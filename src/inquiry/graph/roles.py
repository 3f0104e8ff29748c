"""Which role a next line plays beside the line that it follows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inquiry.graph.communities import find_communities
from inquiry.graph.rows import keep_heaviest
from inquiry.graph.suggestion import Role

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from inquiry.graph.reasons import Evidence
    from inquiry.graph.rows import Entries
    from inquiry.graph.walk import Paths

FEW_LINKS_SHARE = 0.5
"""A line is hardly linked when it has at most this share of the links of the line in the middle."""
WIDESPREAD_SHARE = 0.5
"""A topic of more than this share of the lines is no part of a knowledge base and keeps no two lines together."""
COMMUNITY_NEIGHBOURS = 7
"""Nearest lines of each of which communities are made, however many are asked for: a line leads elsewhere or does not.
With 7 and 11 the communities of the first knowledge base were the same, with 26 two of them ran together."""


@dataclass(frozen=True, slots=True)
class Casting:
    """What decides the roles."""

    evidence: Evidence
    community: NDArray[np.int64]
    similar: frozenset[tuple[int, int]]
    """Pairs of lines of which either is among the other's most similarly worded documents."""
    few_links: float
    """Links up to which a line counts as hardly linked."""
    widespread: frozenset[str]
    """Topics of so many lines that they say nothing of where a line belongs."""

    def role(self, here: int, there: int, *, is_first: bool) -> Role:
        """Give the role of a line among another's suggestions.

        A contradiction always tells most.  A qualification is a reason and no role: lines of which one note sets a
        limit to another agree as often as not.  The first that does not disagree is the closest whatever else it is,
        and a line on the same topic does not lead elsewhere, whatever its community.
        """
        evidence = self.evidence
        if any(evidence.contradict(*pair) for pair in evidence.disagreements(here, there)[:1]):
            return Role.DISAGREES
        if is_first:
            return Role.CLOSEST
        links = len(evidence.out[there]) + len(evidence.into[there])
        if links <= self.few_links and (here, there) in self.similar:
            return Role.UNEXPLORED
        if self.community[here] == self.community[there]:
            return Role.NEAR
        common = evidence.topics[here].keys() & evidence.topics[there].keys()
        return Role.NEAR if common - self.widespread else Role.BRIDGE


def cast(evidence: Evidence, paths: Paths, following: Entries, lines: int) -> Casting:
    """Prepare the roles of the first `lines` documents, which are the lines.

    Communities are those of the lines alone, joined by how well one follows another: whether a line leads elsewhere
    is asked of lines only, and they are few.
    """
    nearness = keep_heaviest(following.to_csr((lines, lines)), COMMUNITY_NEIGHBOURS)
    near = paths.voters[:lines, :lines].tocoo()
    links = sorted(len(evidence.out[line]) + len(evidence.into[line]) for line in range(lines))
    middle = links[lines // 2] if links else 0
    topics = Counter(topic for line in range(lines) for topic in evidence.topics[line])
    return Casting(
        evidence,
        find_communities(nearness + nearness.T),
        frozenset(zip(near.row.tolist(), near.col.tolist(), strict=True)),
        FEW_LINKS_SHARE * middle,
        frozenset(topic for topic, owners in topics.items() if owners > WIDESPREAD_SHARE * lines),
    )
