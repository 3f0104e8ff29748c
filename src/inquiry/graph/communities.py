"""Groups of documents that belong together, by the Louvain method (Blondel and others, 2008)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph.rows import DIGITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 1
"""Start of the random order in which nodes move: any will do, so long as it is always the same."""


def find_communities(weights: Any) -> NDArray[np.int64]:
    """Give each node the number of its community.

    Imports networkx: callers ask only where there is something to divide.

    Args:
        weights: Nodes by nodes, symmetric, not negative.

    Returns:
        One number a node; communities are numbered by their first node.

    """
    import networkx as nx  # noqa: PLC0415 - half a second that a knowledge base without lines need not wait for

    joined = sparse.coo_matrix(sparse.triu(weights, 1))
    graph = nx.Graph()
    graph.add_nodes_from(range(joined.shape[0]))
    shares = np.round(joined.data, DIGITS)
    order = np.lexsort((joined.col, joined.row))
    graph.add_weighted_edges_from(
        zip(joined.row[order].tolist(), joined.col[order].tolist(), shares[order].tolist(), strict=True)
    )
    member = np.zeros(joined.shape[0], np.int64)
    found = sorted(sorted(group) for group in nx.community.louvain_communities(graph, seed=SEED))
    for number, group in enumerate(found):
        member[group] = number
    return member
