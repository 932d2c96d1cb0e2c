"""Measures of the graph as lines for a reader and as values for a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
from attrs import frozen

from utm.domain import Transfer
from utm.interchange import JsonValue
from utm.knowledge import first_movers, two_way_balance
from utm.network import (
    Balance,
    Broker,
    Departure,
    Measured,
    NodeKind,
    balance_of_exchange,
    city_ties,
    cover_regions,
    cover_topics,
    departure_of,
    find_brokers,
    isolated_cities,
    kind_of,
    reach_of_practice,
)

__all__ = ["Shown", "departure_shown", "exchange_measures", "offer_measures", "tie_measures"]

_MOST_DEPARTURES = 400
_NOBODY = ("none",)
_Names = Mapping[str, str]


@frozen(kw_only=True)
class Shown:
    """One measure with its lines for a reader and its values for a program."""

    name: str
    measured: Measured[object]
    lines: tuple[str, ...]
    values: JsonValue

    @property
    def document(self) -> JsonValue:
        """The measure for a program."""
        return {
            "name": self.name,
            "definition": self.measured.definition,
            "source": self.measured.source,
            "complexity": self.measured.complexity,
            "is_exact": self.measured.is_exact,
            "approximation": self.measured.approximation,
            "values": self.values,
        }

    def shortened(self, most: int) -> Sequence[str]:
        """The first lines, and how many there are beside them."""
        lines = [*self.lines[:most]]
        if len(self.lines) > most:
            lines.append(f"and {len(self.lines) - most} more")
        if not self.measured.is_exact:
            lines.append(f"not exact: {self.measured.approximation}")
        return lines


def tie_measures(graph: nx.MultiDiGraph[str], names: _Names) -> list[Shown]:
    """Who ties the cities together, who stands alone, and whose leaving would cost most."""
    brokers, alone = find_brokers(graph), isolated_cities(graph)
    return [
        Shown(
            name="Brokers",
            measured=brokers,
            lines=tuple(
                f"{names[one.city]}: {one.betweenness_millionths:,}{_error(one)} millionths, "
                f"tied to {one.tied_to}"
                for one in brokers.value
            )
            or _NOBODY,
            values=[
                {
                    "city": one.city,
                    "betweenness_millionths": one.betweenness_millionths,
                    "tied_to": one.tied_to,
                    "standard_error_millionths": one.standard_error_millionths,
                }
                for one in brokers.value
            ],
        ),
        Shown(
            name="Isolated cities",
            measured=alone,
            lines=tuple(names[one] for one in alone.value) or _NOBODY,
            values=[*alone.value],
        ),
        _resilience(graph, names, [one.city for one in brokers.value]),
    ]


def exchange_measures(
    graph: nx.MultiDiGraph[str], names: _Names, transfers: Iterable[Transfer]
) -> list[Shown]:
    """Who gives and receives, how far practices have come, and between which parts of earth."""
    balance = balance_of_exchange(graph)
    active = sorted(
        (one for one in balance.value if _activity(one)),
        key=lambda one: (-abs(one.surplus), -_activity(one), one.city),
    )
    given = tuple(transfers)
    return [
        Shown(
            name="Balance of giving and receiving",
            measured=balance,
            lines=tuple(_balance_line(one, names) for one in active) or _NOBODY,
            values=[_balance_document(one) for one in balance.value],
        ),
        _reach(graph, names),
        *([_two_ways(given), _first(given, names)] if given else []),
    ]


def offer_measures(graph: nx.MultiDiGraph[str]) -> list[Shown]:
    """Topics and regions in which help is sought and none is on offer."""
    topics, regions = cover_topics(graph), cover_regions(graph)
    lacking = [one for one in topics.value if one.is_without_offer]
    missing = [one for one in regions.value if one.is_without_offer]
    lacking.sort(key=lambda one: (not one.is_thin, -len(one.seekers), one.topic.value))
    missing.sort(key=lambda one: (-one.seekers, one.region, one.theme))
    return [
        Shown(
            name="Topics without an offer",
            measured=topics,
            lines=tuple(
                f"{one.topic}: sought by {len(one.seekers)}, "
                f"{'no practice either' if one.is_thin else f'practices: {one.practices}'}"
                for one in lacking
            )
            or _NOBODY,
            values=[
                {
                    "topic": one.topic.value,
                    "seekers": [*one.seekers],
                    "givers": [*one.givers],
                    "practices": one.practices,
                    "opportunities": one.opportunities,
                    "is_without_offer": one.is_without_offer,
                    "is_thin": one.is_thin,
                }
                for one in topics.value
            ],
        ),
        Shown(
            name="Regions without an offer",
            measured=regions,
            lines=tuple(f"{one.region}: {one.theme}, sought by {one.seekers}" for one in missing)
            or _NOBODY,
            values=[
                {
                    "region": one.region,
                    "theme": one.theme,
                    "seekers": one.seekers,
                    "givers": one.givers,
                }
                for one in regions.value
            ],
        ),
    ]


def departure_shown(graph: nx.MultiDiGraph[str], names: _Names, city: str) -> Shown:
    """What would be lost if one city left."""
    measured = departure_of(graph, city)
    lost: Departure = measured.value
    return Shown(
        name=f"If {names[city]} left",
        measured=measured,
        lines=(
            f"connected parts: {lost.parts_before} before, {lost.parts_after} after",
            *(f"cut off: {names[name]}" for name in lost.cut_off),
            *(f"broken: {names[name]}" for name in lost.broken_groups),
            *(f"nobody else offers: {names[name]}" for name in lost.unserved_topics),
        ),
        values=_departure_document(lost),
    )


def _resilience(graph: nx.MultiDiGraph[str], names: _Names, brokers: Sequence[str]) -> Shown:
    """The cities whose leaving would cost most: all that are tied, or the strongest brokers."""
    ties = city_ties(graph)
    tied = [name for name in ties if ties.degree(name)]
    every = len(tied) <= _MOST_DEPARTURES
    looked = tied if every else [*brokers[:_MOST_DEPARTURES]]
    found = [departure_of(graph, city).value for city in looked]
    found.sort(key=lambda lost: (-_cost(lost), lost.city))
    costly = [lost for lost in found if _cost(lost)]
    return Shown(
        name="Resilience",
        measured=Measured(
            value=tuple(costly),
            definition=(
                "Cities whose leaving would cut others off, break groups or end the only offer "
                "of a topic: the sum of the three, the highest first."
            ),
            source="vertex removal of graph theory",
            complexity="O(k (n + m)) for k cities that are looked at",
            is_exact=every,
            approximation=""
            if every
            else f"only the {len(looked)} strongest brokers of {len(tied)} tied cities",
        ),
        lines=tuple(_departure_line(lost, names) for lost in costly) or _NOBODY,
        values=[_departure_document(lost) for lost in costly],
    )


def _cost(lost: Departure) -> int:
    return len(lost.cut_off) + len(lost.broken_groups) + len(lost.unserved_topics)


def _departure_line(lost: Departure, names: _Names) -> str:
    parts = [
        f"cuts off {', '.join(names[one] for one in lost.cut_off)}" if lost.cut_off else "",
        f"breaks {', '.join(names[one] for one in lost.broken_groups)}"
        if lost.broken_groups
        else "",
        f"ends {', '.join(names[one] for one in lost.unserved_topics)}"
        if lost.unserved_topics
        else "",
    ]
    return f"{names[lost.city]}: {'; '.join(part for part in parts if part)}"


def _departure_document(lost: Departure) -> JsonValue:
    return {
        "city": lost.city,
        "cut_off": [*lost.cut_off],
        "parts_before": lost.parts_before,
        "parts_after": lost.parts_after,
        "broken_groups": [*lost.broken_groups],
        "unserved_topics": [*lost.unserved_topics],
    }


def _activity(one: Balance) -> int:
    return one.taught + one.learned_from + one.offers + one.needs


def _balance_line(one: Balance, names: _Names) -> str:
    return (
        f"{names[one.city]}: taught {one.taught}, learned from {one.learned_from}, "
        f"{one.offers} offers, {one.needs} needs"
    )


def _balance_document(one: Balance) -> JsonValue:
    return {
        "city": one.city,
        "taught": one.taught,
        "learned_from": one.learned_from,
        "surplus": one.surplus,
        "offers": one.offers,
        "needs": one.needs,
    }


def _error(one: Broker) -> str:
    error = one.standard_error_millionths
    return f" (standard error {error:,})" if error else ""


def _reach(graph: nx.MultiDiGraph[str], names: _Names) -> Shown:
    reached = [
        (name, reach_of_practice(graph, name))
        for name in graph
        if kind_of(graph, name) is NodeKind.PRACTICE
    ]
    far = [(name, one.value) for name, one in reached if one.value]
    far.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    return Shown(
        name="Reach of practices",
        measured=Measured(
            value=tuple(far),
            definition=(
                "Cities that reuse a practice or one made from it, however many steps away."
            ),
            source="ancestors in the graph of what builds on what",
            complexity="O(p (n + m)) for p practices",
        ),
        lines=tuple(
            f"{names[name]}: {', '.join(names[city] for city in cities)}" for name, cities in far
        )
        or _NOBODY,
        values={name: [*cities] for name, cities in far},
    )


def _two_ways(transfers: Sequence[Transfer]) -> Shown:
    counted = two_way_balance(transfers)
    share = counted.two_way_share
    even = "no flow yet" if share is None else f"the smaller flow is {share} of the larger"
    return Shown(
        name="Between Europe and the world",
        measured=Measured(
            value=counted,
            definition=(
                "Practices that came to be reused, given up later or not, by where their origin "
                "and adopter lie."
            ),
            source="countries of origin and adopter, regions of UN M49",
            complexity="O(t) for t transfers",
        ),
        lines=(
            f"Europe to the world: {counted.europe_to_world}",
            f"the world to Europe: {counted.world_to_europe}",
            f"within Europe: {counted.within_europe}, elsewhere: {counted.within_world}",
            even,
        ),
        values={
            "europe_to_world": counted.europe_to_world,
            "world_to_europe": counted.world_to_europe,
            "within_europe": counted.within_europe,
            "within_world": counted.within_world,
        },
    )


def _first(transfers: Sequence[Transfer], names: _Names) -> Shown:
    movers = first_movers(transfers)
    return Shown(
        name="First movers",
        measured=Measured(
            value=movers,
            definition="The first cities of each region to reuse a practice from elsewhere.",
            source="earliest day of reuse by region of UN M49",
            complexity="O(t log t) for t transfers",
        ),
        lines=tuple(
            f"{names.get(f'practice:{one.practice}', one.practice.value)} in {one.region}: "
            f"{', '.join(names[f'city:{city}'] for city in one.cities)}, on {one.on}"
            for one in movers
        )
        or _NOBODY,
        values=[
            {
                "practice": one.practice.value,
                "region": one.region,
                "cities": [city.value for city in one.cities],
                "on": str(one.on),
            }
            for one in movers
        ],
    )
