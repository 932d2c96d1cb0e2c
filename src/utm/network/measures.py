"""Measures of the graph: who brokers, who is alone, who gives and receives, what if one leaves."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from random import Random
from typing import TYPE_CHECKING

from attrs import frozen

from utm.errors import InvalidValueError
from utm.network.graph import LinkKind, NodeKind, kind_of
from utm.network.measured import Measured
from utm.network.ties import city_ties, sources_of, targets_of

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Balance",
    "Broker",
    "Departure",
    "balance_of_exchange",
    "departure_of",
    "find_brokers",
    "isolated_cities",
    "reach_of_practice",
]

_MILLION = 1_000_000
_EXACT_UP_TO = 2_000
_PIVOTS = 400
_FEWEST_MEMBERS = 2
_FEWEST_DRAWS = 2


@frozen(kw_only=True)
class Broker:
    """A city that lies between others.

    Parameters
    ----------
    city
        Its node.
    betweenness_millionths
        The share of shortest ways between two other cities that lead through it, summed
        over all pairs and divided by their number, in millionths.
    tied_to
        How many cities it is tied to.
    standard_error_millionths
        Standard error of the share, in millionths; 0 where it is exact. A rough guide and no
        confidence interval; see `find_brokers`.
    """

    city: str
    betweenness_millionths: int
    tied_to: int
    standard_error_millionths: int = 0


@frozen(kw_only=True)
class Balance:
    """What a city has given and received.

    Parameters
    ----------
    city
        Its node.
    taught
        How many cities have learned something from it, given up later or not.
    learned_from
        From how many cities it has learned something, given up later or not.
    offers, needs
        How many topics it offers help with, and seeks help on; those of its consortium too.
    """

    city: str
    taught: int
    learned_from: int
    offers: int
    needs: int

    @property
    def surplus(self) -> int:
        """Cities taught less cities learned from."""
        return self.taught - self.learned_from


@frozen(kw_only=True)
class Departure:
    """What would be lost if a city left.

    Parameters
    ----------
    city
        Its node.
    cut_off
        Cities that would lose every tie, by name.
    parts_before, parts_after
        Connected parts of the cities that are tied, before, and after without it.
    broken_groups
        Groups that would have fewer than two members, by name.
    unserved_topics
        Topics that somebody else seeks and only this city offers, by name.
    """

    city: str
    cut_off: tuple[str, ...]
    parts_before: int
    parts_after: int
    broken_groups: tuple[str, ...]
    unserved_topics: tuple[str, ...]


def find_brokers(
    graph: nx.MultiDiGraph[str], *, exact_up_to: int = _EXACT_UP_TO, seed: int = 0
) -> Measured[tuple[Broker, ...]]:
    """Find the cities that connect others: those that lie between, the strongest first.

    Parameters
    ----------
    graph
        The graph of a mission.
    exact_up_to
        Most cities with a tie for which the exact value is computed; beyond, 400 of them
        drawn with the seed stand for all.
    seed
        Seed of the draw.

    Notes
    -----
    An estimate is right in the mean. But what the ways from one city add to another is
    skewed: nothing or little from most, much from a few. Where the few are not drawn both the
    estimate and its standard error are too small, so that fewer values than the 95 of 100 of
    a normal distribution lie within two standard errors, and more of the others lie above.
    Compare the order of two seeds, or raise ``exact_up_to``, before much is built on it.
    """
    import networkx as nx  # noqa: PLC0415 - heavy, and needed only where a graph is at hand

    ties = city_ties(graph)
    tied = ties.subgraph([name for name in ties if ties.degree(name)])
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(tied))
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in tied.edges()))
    exact = len(ordered) <= exact_up_to
    pairs = max(1, (len(ties) - 1) * (len(ties) - 2) // 2)
    if exact:
        raw = nx.betweenness_centrality(ordered, normalized=False)
        errors = dict.fromkeys(ordered, 0.0)
    else:
        raw, errors = _estimated(ordered, min(_PIVOTS, len(ordered)), seed)
    found = [
        Broker(
            city=name,
            betweenness_millionths=round(raw[name] * _MILLION / pairs),
            tied_to=ordered.degree(name),
            standard_error_millionths=round(errors[name] * _MILLION / pairs),
        )
        for name in ordered
    ]
    between = [each for each in found if each.betweenness_millionths > 0]
    return Measured(
        value=tuple(sorted(between, key=lambda b: (-b.betweenness_millionths, b.city))),
        definition=(
            "Betweenness: for every pair of other cities, the share of shortest ways between "
            "them that lead through the city; the mean over all pairs. Two cities are tied "
            "that share a group or of which one has learned from the other."
        ),
        source="Freeman 1977; algorithm of Brandes 2001, pivots after Brandes and Pich 2007",
        complexity="O(n·m) exact, O(k·m) with k pivots, for n tied cities and m ties",
        is_exact=exact,
        approximation="" if exact else _approximation(found, min(_PIVOTS, len(ordered)), seed),
    )


def _approximation(found: Sequence[Broker], pivots: int, seed: int) -> str:
    error = max(each.standard_error_millionths for each in found)
    return (
        f"{pivots} of {len(found)} tied cities, drawn with seed {seed}, stand for all; the "
        f"standard error of a share is at most {error:,} millionths, and each city tells its own; "
        "as the draws are skewed, fewer shares than 95 of 100 lie within two standard errors"
    )


def _estimated(
    ties: nx.Graph[str], pivots: int, seed: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Betweenness from ways that begin at some cities, and its standard error, by city.

    The ways from one city are one draw without replacement; from the spread of the draws
    follows the error of their mean.
    """
    import networkx as nx  # noqa: PLC0415 - heavy, and needed only where a graph is at hand

    names = list(ties)
    drawn = sorted(Random(seed).sample(names, pivots))  # noqa: S311 - a draw, no secret
    sums, squares = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    for pivot in drawn:
        for name, share in nx.betweenness_centrality_subset(ties, [pivot], names).items():
            if share:
                sums[name] += share
                squares[name] += share * share
    # No way that begins at a city leads through it: its own draw says nothing of it.
    draws = dict.fromkeys(names, pivots) | dict.fromkeys(drawn, pivots - 1)
    others = len(names) - 1
    return (
        {name: others * sums[name] / max(1, draws[name]) for name in names},
        {
            name: others * _error_of_mean(sums[name], squares[name], draws[name], of=others)
            for name in names
        },
    )


def _error_of_mean(total: float, of_squares: float, draws: int, *, of: int) -> float:
    """Standard error of the mean of some draws without replacement; 0 where all are drawn."""
    if draws < _FEWEST_DRAWS:
        return 0.0
    variance = max(0.0, of_squares - total * total / draws) / (draws - 1)
    return sqrt(variance / draws * (1 - draws / of))


def isolated_cities(graph: nx.MultiDiGraph[str]) -> Measured[tuple[str, ...]]:
    """Find the cities that share no group with another and have learned from none, by name.

    Nor has another learned from them.
    """
    ties = city_ties(graph)
    return Measured(
        value=tuple(name for name in ties if not ties.degree(name)),
        definition=(
            "A city without a tie: it shares no group with another city, and neither has learned "
            "from the other."
        ),
        source="isolated vertex of graph theory",
        complexity="O(n + m) for n cities and m ties",
    )


def balance_of_exchange(graph: nx.MultiDiGraph[str]) -> Measured[tuple[Balance, ...]]:
    """Tell for each city what it has given and received, by name."""
    found: list[Balance] = []
    for city in _cities(graph):
        who = (city, *targets_of(graph, city, LinkKind.TOWN_OF))
        found.append(
            Balance(
                city=city,
                taught=len(sources_of(graph, city, LinkKind.LEARNED_FROM)),
                learned_from=len(targets_of(graph, city, LinkKind.LEARNED_FROM)),
                offers=len(_topics_of(graph, who, LinkKind.GIVES)),
                needs=len(_topics_of(graph, who, LinkKind.SEEKS)),
            )
        )
    return Measured(
        value=tuple(found),
        definition=(
            "Cities that have learned something from it, cities from which it has learned "
            "something, given up later or not, topics offered and topics sought; each city and "
            "topic once."
        ),
        source="out-degree and in-degree of the graph of who learned from whom",
        complexity="O(n + m)",
    )


def reach_of_practice(graph: nx.MultiDiGraph[str], practice: str) -> Measured[tuple[str, ...]]:
    """Find the cities that reuse a practice, or one that builds on it in any number of steps.

    Parameters
    ----------
    graph
        The graph of a mission.
    practice
        The node of a practice.

    Raises
    ------
    InvalidValueError
        It is no node of a practice.
    """
    _require(graph, practice, NodeKind.PRACTICE)
    seen, waiting, cities = {practice}, [practice], set[str]()
    while waiting:
        name = waiting.pop()
        cities.update(sources_of(graph, name, LinkKind.REUSES))
        further = set(sources_of(graph, name, LinkKind.BUILDS_ON)) - seen
        seen |= further
        waiting += further
    return Measured(
        value=tuple(sorted(cities)),
        definition="Cities that reuse the practice or one made from it, however many steps away.",
        source="ancestors in the graph of what builds on what",
        complexity="O(n + m) of the practices and reuses that are reached",
    )


def departure_of(graph: nx.MultiDiGraph[str], city: str) -> Measured[Departure]:
    """Tell what would be lost if a city left: resilience, city by city.

    Parameters
    ----------
    graph
        The graph of a mission.
    city
        The node of a city.

    Raises
    ------
    InvalidValueError
        It is no node of a city.
    """
    import networkx as nx  # noqa: PLC0415 - heavy, and needed only where a graph is at hand

    _require(graph, city, NodeKind.CITY)
    ties = city_ties(graph)
    neighbours = sorted(ties[city])
    without = ties.copy()
    without.remove_node(city)
    groups = targets_of(graph, city, LinkKind.MEMBER_OF)
    departure = Departure(
        city=city,
        cut_off=tuple(name for name in neighbours if not without.degree(name)),
        parts_before=sum(len(part) > 1 for part in nx.connected_components(ties)),
        parts_after=sum(len(part) > 1 for part in nx.connected_components(without)),
        broken_groups=tuple(
            name
            for name in groups
            if len(sources_of(graph, name, LinkKind.MEMBER_OF)) - 1 < _FEWEST_MEMBERS
        ),
        unserved_topics=_only_served_by(graph, city),
    )
    return Measured(
        value=departure,
        definition=(
            "Cities left without a tie, connected parts of two cities or more before and "
            "after, groups left with fewer than two members, topics that another seeks and "
            "that nobody else offers."
        ),
        source="vertex removal of graph theory",
        complexity="O(n + m)",
    )


def _cities(graph: nx.MultiDiGraph[str]) -> list[str]:
    return [name for name in graph if kind_of(graph, name) is NodeKind.CITY]


def _topics_of(graph: nx.MultiDiGraph[str], who: tuple[str, ...], kind: LinkKind) -> set[str]:
    return {
        topic
        for name in who
        for thing in targets_of(graph, name, kind)
        for topic in targets_of(graph, thing, LinkKind.ABOUT)
    }


def _only_served_by(graph: nx.MultiDiGraph[str], city: str) -> tuple[str, ...]:
    """Topics that another seeks and only the city itself offers."""
    alone: list[str] = []
    for topic in sorted(_topics_of(graph, (city,), LinkKind.GIVES)):
        givers, seekers = set[str](), set[str]()
        for thing in sources_of(graph, topic, LinkKind.ABOUT):
            givers.update(sources_of(graph, thing, LinkKind.GIVES))
            seekers.update(sources_of(graph, thing, LinkKind.SEEKS))
        if givers == {city} and seekers - {city}:
            alone.append(topic)
    return tuple(alone)


def _require(graph: nx.MultiDiGraph[str], name: str, kind: NodeKind) -> None:
    if name not in graph or kind_of(graph, name) is not kind:
        raise InvalidValueError(kind="node", value=name, reason=f"is no {kind.value} of this graph")
