"""Problems as graphs of networkx, there and back."""

import networkx as nx
import pytest
from hypothesis import given

from tests.pairing.problems import problems
from tests.searching import examples
from utm.errors import InvalidInputError
from utm.pairing import Problem
from utm.pairing.instances import generate


@given(problem=problems())
@examples(30)
def test_a_problem_comes_back_from_its_graph(problem):
    assert Problem.from_networkx(problem.to_networkx(), policy=problem.policy) == problem


def test_topics_and_the_default_policy_come_back_as_well():
    problem = generate(participants=9, seed=1)
    again = Problem.from_networkx(problem.to_networkx())
    assert (again.participants, again.topics) == (problem.participants, problem.topics)


def test_a_graph_by_hand_needs_no_shares():
    graph = nx.Graph()
    graph.add_node("a", country="FI", needs=["heat.a", "heat.b"], colour="red")
    graph.add_node("b", country="PT", offers=["heat.a"], offer_maturities=[4])
    graph.add_edge("a", "b", weight=3)
    first, second = Problem.from_networkx(graph).participants
    assert [need.weight_share for need in first.needs] == [0.5, 0.5]
    assert second.offers[0].maturity == 4


def test_every_fault_of_a_graph_is_told_with_the_place_of_its_node():
    graph = nx.Graph()
    graph.add_node(7, country="FI")
    graph.add_node("b", needs=["heat.a"], need_shares=[float("nan")])
    graph.add_node("c", country="PT", offers=["heat.a"], offer_maturities=[])
    with pytest.raises(InvalidInputError) as caught:
        Problem.from_networkx(graph)
    assert {fault.path for fault in caught.value.problems} == {
        "$.participants[0].id",
        "$.participants[1].country",
        "$.participants[1].needs[0].weight_share",
        "$.participants[2].offers[0].maturity",
    }
