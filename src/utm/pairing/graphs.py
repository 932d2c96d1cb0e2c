"""Problems and results as graphs, for those who think in networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from utm.domain.identifiers import TopicId

if TYPE_CHECKING:
    from utm.pairing.problem import Problem
    from utm.pairing.result import Result

__all__ = ["problem_graph", "result_graph"]


def problem_graph(problem: Problem) -> nx.DiGraph[str]:
    """Return who could help whom, with the topics; see `Problem.to_networkx`."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    helpers: dict[TopicId, list[str]] = {}
    for participant in sorted(problem.participants, key=lambda p: p.id):
        graph.add_node(
            participant.id,
            country=participant.country,
            needs=tuple(need.topic.value for need in participant.needs),
            offers=tuple(offer.topic.value for offer in participant.offers),
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
