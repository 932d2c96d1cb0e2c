"""Ties between cities: who shares a group, and who learned from whom."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from utm.network.graph import LinkKind, NodeKind, kind_of

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["city_ties", "sources_of", "targets_of"]


def city_ties(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """The graph of cities alone: two are tied that share a group, or of which one has learned.

    A consortium stands for its towns, which are tied to each other as well. Nodes and ties
    come in order of their names. O(sum of the squares of the sizes of groups).
    """
    import networkx as nx  # noqa: PLC0415 - heavy, and needed only where a graph is at hand

    pairs: set[tuple[str, str]] = set()
    cities: list[str] = []
    for name in graph:
        kind = kind_of(graph, name)
        if kind is NodeKind.CITY:
            cities.append(name)
            for other in targets_of(graph, name, LinkKind.LEARNED_FROM):
                pairs.add((min(name, other), max(name, other)))
        elif kind in {NodeKind.GROUP, NodeKind.CONSORTIUM}:
            link = LinkKind.MEMBER_OF if kind is NodeKind.GROUP else LinkKind.TOWN_OF
            members = sorted(_towns(graph, sources_of(graph, name, link)))
            pairs.update(combinations(members, 2))
    ties: nx.Graph[str] = nx.Graph()
    ties.add_nodes_from(sorted(cities))
    ties.add_edges_from(sorted(pairs))
    return ties


def targets_of(graph: nx.MultiDiGraph[str], name: str, kind: LinkKind) -> tuple[str, ...]:
    """Nodes that links of a kind lead to from a node, in order."""
    return tuple(sorted(other for other, links in graph.succ[name].items() if kind.value in links))


def sources_of(graph: nx.MultiDiGraph[str], name: str, kind: LinkKind) -> tuple[str, ...]:
    """Nodes from which links of a kind lead to a node, in order."""
    return tuple(sorted(other for other, links in graph.pred[name].items() if kind.value in links))


def _towns(graph: nx.MultiDiGraph[str], members: tuple[str, ...]) -> set[str]:
    """Cities among members, with the towns of each consortium in its place."""
    towns: set[str] = set()
    for member in members:
        consortium = kind_of(graph, member) is NodeKind.CONSORTIUM
        towns.update(sources_of(graph, member, LinkKind.TOWN_OF) if consortium else (member,))
    return towns
