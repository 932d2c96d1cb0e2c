"""Groups of two alone, the best there are: maximum weight matching (Edmonds 1965)."""

from random import Random

from benchmarks.pairing.peers.candidates import Candidates
from benchmarks.pairing.peers.task import Task
from benchmarks.pairing.scoring import Members, Scorer

Pair = tuple[int, int]


def weigh_pairs(scorer: Scorer) -> dict[Pair, tuple[int, int]]:
    """All admissible pairs of positive worth, with their worth and focus."""
    found = {}
    for pair in Candidates(scorer).pairs(Random(0), 10**9):
        best = scorer.best(pair)
        if best is not None and best[0] > 0:
            found[pair] = best
    return found


def match_networkx(task: Task) -> list[tuple[Members, int]]:
    """By networkx: Galil's algorithm in plain Python, cubic."""
    import networkx as nx  # noqa: PLC0415 - each library in its own process

    pairs = weigh_pairs(task.scorer)
    graph = nx.Graph()
    graph.add_weighted_edges_from((*pair, worth) for pair, (worth, _) in pairs.items())
    matched = (tuple(sorted(pair)) for pair in nx.max_weight_matching(graph))
    return sorted((pair, pairs[pair][1]) for pair in matched)


def match_rustworkx(task: Task) -> list[tuple[Members, int]]:
    """By rustworkx: the same algorithm compiled."""
    import rustworkx as rx  # noqa: PLC0415 - a library that only the peers need

    pairs = weigh_pairs(task.scorer)
    graph = rx.PyGraph()
    graph.add_nodes_from(range(len(task.scorer.ids)))
    graph.add_edges_from([(*pair, worth) for pair, (worth, _) in pairs.items()])
    matched = (tuple(sorted(pair)) for pair in rx.max_weight_matching(graph, weight_fn=int))
    return sorted((pair, pairs[pair][1]) for pair in matched)
