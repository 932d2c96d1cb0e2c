"""The mission measured: its graph, its brokers and gaps, and the demand for research.

Everything is a function of facts; each measure of the graph comes with its definition, its
source and whether it is exact. Nothing here reads a file or a clock.
"""

from utm.network.alike_texts import AlikePair, alike_pairs, text_likeness
from utm.network.clusters import (
    ClusterBasis,
    Clustering,
    NeedCluster,
    cluster_by_hand,
    cluster_by_likeness,
    cluster_by_topic,
)
from utm.network.coverage import RegionCoverage, TopicCoverage, cover_regions, cover_topics
from utm.network.demand import (
    Demand,
    DemandChange,
    People,
    PublicDemand,
    compare_demand,
    measure_demand,
    publish_demand,
)
from utm.network.gaps import Answer, AnswerState, find_answers
from utm.network.graph import LinkKind, Mission, NodeKind, kind_of, mission_graph, node_name
from utm.network.measured import Measured
from utm.network.measures import (
    Balance,
    Broker,
    Departure,
    balance_of_exchange,
    departure_of,
    find_brokers,
    isolated_cities,
    reach_of_practice,
)
from utm.network.ties import city_ties

__all__ = [
    "AlikePair",
    "Answer",
    "AnswerState",
    "Balance",
    "Broker",
    "ClusterBasis",
    "Clustering",
    "Demand",
    "DemandChange",
    "Departure",
    "LinkKind",
    "Measured",
    "Mission",
    "NeedCluster",
    "NodeKind",
    "People",
    "PublicDemand",
    "RegionCoverage",
    "TopicCoverage",
    "alike_pairs",
    "balance_of_exchange",
    "city_ties",
    "cluster_by_hand",
    "cluster_by_likeness",
    "cluster_by_topic",
    "compare_demand",
    "cover_regions",
    "cover_topics",
    "departure_of",
    "find_answers",
    "find_brokers",
    "isolated_cities",
    "kind_of",
    "measure_demand",
    "mission_graph",
    "node_name",
    "publish_demand",
    "reach_of_practice",
    "text_likeness",
]
