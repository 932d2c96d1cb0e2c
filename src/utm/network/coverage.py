"""Coverage: topics, themes and regions in which help is sought and none is on offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from utm.domain.identifiers import CityId, TopicId
from utm.network.graph import LinkKind, NodeKind, kind_of
from utm.network.measured import Measured
from utm.network.ties import sources_of

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["RegionCoverage", "TopicCoverage", "cover_regions", "cover_topics"]


@frozen(kw_only=True)
class TopicCoverage:
    """What there is on a topic.

    Parameters
    ----------
    topic
        The topic.
    seekers, givers
        Who seeks and who offers help on it, by name.
    practices
        How many practices are about it.
    opportunities
        How many opportunities name it.
    """

    topic: TopicId
    seekers: tuple[str, ...]
    givers: tuple[str, ...]
    practices: int
    opportunities: int

    @property
    def is_without_offer(self) -> bool:
        """Whether somebody seeks help and nobody else offers any."""
        return any(not set(self.givers) - {seeker} for seeker in self.seekers)

    @property
    def is_thin(self) -> bool:
        """Whether somebody seeks help, nobody offers any, and no practice tells of it."""
        return bool(self.seekers) and not self.givers and not self.practices


@frozen(kw_only=True)
class RegionCoverage:
    """Themes on which a region seeks help.

    Parameters
    ----------
    region
        Region of UN M49.
    theme
        The theme.
    seekers, givers
        How many cities of the region seek, and how many offer, something of the theme.
    """

    region: str
    theme: str
    seekers: int
    givers: int

    @property
    def is_without_offer(self) -> bool:
        """Whether the region seeks something of the theme and offers nothing of it."""
        return bool(self.seekers) and not self.givers


def cover_topics(graph: nx.MultiDiGraph[str]) -> Measured[tuple[TopicCoverage, ...]]:
    """Tell for each topic who seeks, who gives and what else there is, by topic."""
    found: list[TopicCoverage] = []
    for name in graph:
        if kind_of(graph, name) is not NodeKind.TOPIC:
            continue
        givers, seekers = set[str](), set[str]()
        practices = opportunities = 0
        for thing in graph.pred[name]:
            kind = kind_of(graph, thing)
            practices += kind is NodeKind.PRACTICE
            opportunities += kind is NodeKind.OPPORTUNITY
            if kind is NodeKind.OFFER:
                givers.update(sources_of(graph, thing, LinkKind.GIVES))
            elif kind is NodeKind.NEED:
                seekers.update(sources_of(graph, thing, LinkKind.SEEKS))
        found.append(
            TopicCoverage(
                topic=TopicId(graph.nodes[name]["key"]),
                seekers=tuple(sorted(seekers)),
                givers=tuple(sorted(givers)),
                practices=practices,
                opportunities=opportunities,
            )
        )
    return Measured(
        value=tuple(found),
        definition="Who seeks and who offers help on a topic; practices and opportunities on it.",
        source="in-degrees of a topic by kind of node",
        complexity="O(n + m)",
    )


def cover_regions(graph: nx.MultiDiGraph[str]) -> Measured[tuple[RegionCoverage, ...]]:
    """Tell for each region and theme how many cities seek and give, by region and theme.

    A consortium counts by its towns. A pair of which nothing is sought or given is left out.
    """
    sought: dict[tuple[str, str], set[str]] = {}
    given: dict[tuple[str, str], set[str]] = {}
    for each in cover_topics(graph).value:
        for who, into in ((each.seekers, sought), (each.givers, given)):
            for city in _towns(graph, who):
                key = (_region_of(graph.nodes[city]["key"]), each.topic.theme.value)
                into.setdefault(key, set()).add(city)
    return Measured(
        value=tuple(
            RegionCoverage(
                region=region,
                theme=theme,
                seekers=len(sought.get((region, theme), ())),
                givers=len(given.get((region, theme), ())),
            )
            for region, theme in sorted({*sought, *given})
        ),
        definition="Cities of a region that seek, and that offer, something of a theme.",
        source="in-degrees of the topics of a theme, by region of UN M49",
        complexity="O(n + m)",
    )


def _towns(graph: nx.MultiDiGraph[str], who: tuple[str, ...]) -> set[str]:
    towns: set[str] = set()
    for name in who:
        alone = kind_of(graph, name) is NodeKind.CITY
        towns.update((name,) if alone else sources_of(graph, name, LinkKind.TOWN_OF))
    return towns


def _region_of(city: str) -> str:
    country = CityId(city).country.country
    return country.region or country.name
