"""Groups of documents that belong together, for telling a bridge from a near neighbour.

Modularity (Newman, 2004) grown as in the Louvain method (Blondel and others, 2008), with one difference:
half of the nodes moves at a time, at once, in an order given by their indices. So it is a few sparse
products, and repeats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from inquiry.graph.rows import DIGITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUNDS = 12
"""Passes over the nodes of a level; later passes move hardly any node."""
LEVELS = 4
"""Times that groups are taken as nodes again."""


def find_communities(weights: Any) -> NDArray[np.int64]:
    """Give each node the number of its community.

    Args:
        weights: Nodes by nodes, symmetric, not negative.

    Returns:
        One number a node; numbers themselves mean nothing.

    """
    graph = sparse.csr_matrix(weights, dtype=np.float64)
    member = np.arange(graph.shape[0], dtype=np.int64)
    for _ in range(LEVELS):
        _, groups = np.unique(_move_nodes(graph), return_inverse=True)
        member = groups[member]
        if len(groups) == 0 or groups.max() + 1 == len(groups):
            break
        onto = sparse.csr_matrix((np.ones(len(groups)), (np.arange(len(groups)), groups)))
        graph = (onto.T @ graph @ onto).tocsr()
    return member


def _move_nodes(graph: Any) -> NDArray[np.int64]:
    """Move single nodes to the neighbouring group where modularity gains most, until none gains."""
    count = graph.shape[0]
    nodes = np.arange(count, dtype=np.int64)
    label = nodes.copy()
    degree = np.asarray(graph.sum(axis=1)).ravel()
    loops = graph.diagonal()
    total = float(degree.sum()) or 1.0
    for turn in range(ROUNDS):
        onto = sparse.csr_matrix((np.ones(count), (nodes, label)), shape=(count, count))
        near = (graph @ onto).tocoo()
        mass = np.bincount(label, weights=degree, minlength=count)
        own = label[near.row] == near.col
        others = mass[near.col] - own * degree[near.row]
        gain = near.data - own * loops[near.row] - degree[near.row] * others / total
        staying = -degree * (mass[label] - degree) / total
        staying[near.row[own]] = gain[own]
        gain = np.round(gain, DIGITS)
        order = np.lexsort((near.col, -gain, near.row))
        rows, first = np.unique(near.row[order], return_index=True)
        best = order[first]
        gains = gain[best] > np.round(staying[rows], DIGITS)
        if not gains.any():
            break
        gains &= (rows + turn) % 2 == 0
        label[rows[gains]] = near.col[best][gains]
    return label
