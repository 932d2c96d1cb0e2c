"""Problems and results as graphs, for those who think in networkx."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeGuard

import networkx as nx

from utm.domain.identifiers import TopicId
from utm.pairing.policy_check import PROBLEM_FORMAT

if TYPE_CHECKING:
    from utm.pairing.participant import Participant
    from utm.pairing.problem import Problem
    from utm.pairing.result import Result

__all__ = ["graph_document", "problem_graph", "result_graph"]

_FACTS = (
    "languages",
    "timezone",
    "climate",
    "population",
    "coast_km",
    "elevation_m",
    "on_river",
    "income",
)


def problem_graph(problem: Problem) -> nx.DiGraph[str]:
    """Return who could help whom, with the topics; see `Problem.to_networkx`."""
    graph: nx.DiGraph[str] = nx.DiGraph(earlier_pairs=problem.earlier_pairs)
    if problem.topics is not None:
        graph.graph["topics"] = tuple(topic.value for topic in problem.topics)
    helpers: dict[TopicId, list[str]] = {}
    for participant in sorted(problem.participants, key=lambda p: p.id):
        graph.add_node(
            participant.id,
            country=participant.country,
            needs=tuple(need.topic.value for need in participant.needs),
            need_shares=tuple(need.weight_share for need in participant.needs),
            offers=tuple(offer.topic.value for offer in participant.offers),
            offer_maturities=tuple(offer.maturity for offer in participant.offers),
            **_facts_of(participant),
        )
        for offer in participant.offers:
            helpers.setdefault(offer.topic, []).append(participant.id)
    for participant in sorted(problem.participants, key=lambda p: p.id):
        for need in participant.needs:
            for helper in helpers.get(need.topic, ()):
                if helper != participant.id:
                    known = graph.get_edge_data(helper, participant.id, default={"topics": ()})
                    topics = (*known["topics"], need.topic.value)
                    graph.add_edge(helper, participant.id, topics=topics)
    return graph


def _facts_of(participant: Participant) -> dict[str, object]:
    """Return what else is known of a participant, in plain values."""
    known = {name: getattr(participant, name) for name in _FACTS}
    if participant.income is not None:
        known["income"] = participant.income.value
    return {name: value for name, value in known.items() if value is not None}


def graph_document(graph: nx.Graph[str]) -> str:
    """Return a graph as a document of the format ``utm.pairing-problem``; see `Problem`."""
    document: dict[str, object] = {"format": PROBLEM_FORMAT, "version": 1}
    for name in ("topics", "earlier_pairs"):
        if name in graph.graph:
            document[name] = graph.graph[name]
    document["participants"] = [_node_document(node, data) for node, data in graph.nodes(data=True)]
    return json.dumps(document, default=str)


def _node_document(node: object, data: Mapping[str, object]) -> dict[str, object]:
    document: dict[str, object] = {"id": node}
    document |= {name: data[name] for name in ("country", *_FACTS) if name in data}
    document["needs"] = _entries(data, "needs", "need_shares", "weight_share")
    document["offers"] = _entries(data, "offers", "offer_maturities", "maturity")
    return document


def _entries(data: Mapping[str, object], topics: str, numbers: str, key: str) -> object:
    """Join topics and numbers of a node; what does not fit is left for the reader to refuse."""
    named, said = data.get(topics, ()), data.get(numbers)
    if not _is_row(named):
        return named
    if said is None and key == "weight_share":
        said = (1 / max(1, len(named)),) * len(named)
    if not _is_row(said) or len(said) != len(named):
        return [{"topic": topic} for topic in named]
    return [{"topic": topic, key: number} for topic, number in zip(named, said, strict=True)]


def _is_row(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, tuple | list)


def result_graph(result: Result) -> nx.Graph[str]:
    """Return the groups as cliques; see `Result.to_networkx`."""
    graph: nx.Graph[str] = nx.Graph(
        status=result.status.value, score=result.score, bound=result.bound
    )
    for entry in result.unmatched:
        graph.add_node(entry.participant, group=None, groups=())
    for number, group in enumerate(result.groups, start=1):
        for member in group.members:
            known = graph.nodes[member]["groups"] if member in graph else ()
            graph.add_node(member, groups=(*known, number))
            graph.nodes[member].setdefault("group", number)
        for place, left in enumerate(group.members):
            for right in group.members[place + 1 :]:
                graph.add_edge(left, right, theme=group.theme.value)
    for price in result.prices:
        graph.nodes[price.participant]["price"] = price.price
    return graph
