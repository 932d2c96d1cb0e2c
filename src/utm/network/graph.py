"""The mission as one typed graph: cities, groups, what they seek, give, reuse and can ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen

from utm.domain.application import Application
from utm.domain.city import City, MembershipStatus
from utm.domain.consortium import Consortium
from utm.domain.edition import Edition, Pairing
from utm.domain.identifiers import CityId, ConsortiumId, Identifier
from utm.domain.opportunity import Opportunity
from utm.domain.partner import Partner
from utm.domain.practice import Practice
from utm.domain.research_need import ResearchNeed
from utm.domain.transfer import Transfer, TransferStage
from utm.errors import InvalidValueError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Link", "LinkKind", "Mission", "NodeKind", "kind_of", "mission_graph", "node_name"]


class NodeKind(Enum):
    """What a node stands for."""

    CITY = "city"
    CONSORTIUM = "consortium"
    GROUP = "group"
    NEED = "need"
    OFFER = "offer"
    RESEARCH_NEED = "research need"
    PRACTICE = "practice"
    OPPORTUNITY = "opportunity"
    PARTNER = "partner"
    NETWORK = "network"
    TOPIC = "topic"


class LinkKind(Enum):
    """What a link says; it points from the one who acts to what the act is about."""

    TOWN_OF = "town of"
    MEMBER_OF = "member of"
    SEEKS = "seeks"
    GIVES = "gives"
    ASKS = "asks"
    ABOUT = "about"
    DONE_IN = "done in"
    BUILDS_ON = "builds on"
    LEARNED_FROM = "learned from"
    REUSES = "reuses"
    BELONGS_TO = "belongs to"


Link = tuple[str, str, LinkKind]
"""Names of two nodes, and what the link between them says."""


@frozen(kw_only=True)
class Mission:
    """Everything that the graph is made of. Each part may be empty.

    Parameters
    ----------
    applications
        Cities and consortia with what they seek and offer, one application each.
    cities
        Cities that have not applied, with their networks.
    editions
        Editions with their groups.
    practices
        Practices, published ones as a rule.
    transfers
        Who reuses what from whom; only what has reached the stage of reuse makes a link.
    research_needs
        Needs for research.
    opportunities
        Who pays or advises.
    partners
        Organisations beside the cities.
    """

    applications: tuple[Application, ...] = ()
    cities: tuple[City, ...] = ()
    editions: tuple[Edition, ...] = ()
    practices: tuple[Practice, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    research_needs: tuple[ResearchNeed, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    partners: tuple[Partner, ...] = ()

    def all_cities(self) -> tuple[City, ...]:
        """Every city, whether it applied, alone or with others, or not; by key.

        Raises
        ------
        InvalidValueError
            One key belongs to two different records.
        """
        found: dict[CityId, City] = {}
        applied = (city for application in self.applications for city in application.cities)
        for city in (*applied, *self.cities):
            if found.setdefault(city.id, city) != city:
                raise InvalidValueError(
                    kind="city", value=city.id.value, reason="is described in two ways"
                )
        return tuple(found[key] for key in sorted(found))


def node_name(kind: NodeKind, key: Identifier | str) -> str:
    """The name of a node: its kind, a colon, its key, e.g. ``city:fi-turku``."""
    return f"{kind.value}:{key}"


def mission_graph(mission: Mission) -> nx.MultiDiGraph[str]:
    """Make the graph of a mission.

    Nodes are texts (see `node_name`) with the attributes ``kind`` (a `NodeKind`) and ``key``
    (the key as text). Links bear the attribute ``kind`` (a `LinkKind`), and its value as
    their key. A need or an offer is a node of its own, between who has it and its topic.
    Nodes come in order of their names, and links in order of their ends, so that the order
    in which facts are given leaves no trace.

    Cities that only a group, a practice, a transfer or a research need names are nodes as
    well, with the attribute ``known`` as false.

    Raises
    ------
    InvalidValueError
        Two things of one kind share a key.

    Notes
    -----
    O(n log n) for n nodes and links together, for they are sorted.
    """
    import networkx as nx  # noqa: PLC0415 - heavy, and needed only where a graph is made

    nodes = _nodes(mission)
    links = sorted({*_links(mission)}, key=lambda link: (link[0], link[1], link[2].value))
    for source, target, _ in links:
        for name in (source, target):
            if name not in nodes:
                prefix, _, key = name.partition(":")
                nodes[name] = (NodeKind(prefix), key, False)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in sorted(nodes):
        node_kind, key, known = nodes[name]
        graph.add_node(name, kind=node_kind, key=key, known=known)
    for source, target, kind in links:
        graph.add_edge(source, target, key=kind.value, kind=kind)
    return graph


def kind_of(graph: nx.MultiDiGraph[str], name: str) -> NodeKind:
    """What a node stands for."""
    kind: NodeKind = graph.nodes[name]["kind"]
    return kind


def _nodes(mission: Mission) -> dict[str, tuple[NodeKind, str, bool]]:
    nodes: dict[str, tuple[NodeKind, str, bool]] = {}

    def add(kind: NodeKind, keys: Iterable[Identifier]) -> None:
        for key in keys:
            name = node_name(kind, key)
            if name in nodes:
                raise InvalidValueError(kind=kind.value, value=key.value, reason="stands twice")
            nodes[name] = (kind, key.value, True)

    add(NodeKind.CITY, (city.id for city in mission.all_cities()))
    applicants = [application.applicant for application in mission.applications]
    add(NodeKind.CONSORTIUM, (each.id for each in applicants if isinstance(each, Consortium)))
    _refuse_two_applications(mission)
    add(NodeKind.GROUP, (group.id for group in _groups(mission)))
    add(NodeKind.PRACTICE, (each.id for each in mission.practices))
    add(NodeKind.RESEARCH_NEED, (each.id for each in mission.research_needs))
    add(NodeKind.OPPORTUNITY, (each.id for each in mission.opportunities))
    add(NodeKind.PARTNER, (each.id for each in mission.partners))
    return nodes


def _refuse_two_applications(mission: Mission) -> None:
    keys = [application.key for application in mission.applications]
    if len(set(keys)) < len(keys):
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        raise InvalidValueError(kind="applicants", value=twice, reason="stand twice")


def _groups(mission: Mission) -> Iterator[Pairing]:
    for edition in mission.editions:
        yield from edition.pairings


def _participant(key: CityId | ConsortiumId) -> str:
    kind = NodeKind.CITY if isinstance(key, CityId) else NodeKind.CONSORTIUM
    return node_name(kind, key)


def _links(mission: Mission) -> Iterator[Link]:
    for application in mission.applications:
        yield from _links_of_applicant(application)
    for city in mission.all_cities():
        yield from _links_to_networks(city)
    for group in _groups(mission):
        name = node_name(NodeKind.GROUP, group.id)
        for member in group.members:
            yield _participant(member), name, LinkKind.MEMBER_OF
        yield from _about(name, group.topics)
    for practice in mission.practices:
        yield from _links_of_practice(practice)
    for transfer in mission.transfers:
        yield from _links_of_transfer(transfer)
    for need in mission.research_needs:
        name = node_name(NodeKind.RESEARCH_NEED, need.id)
        yield node_name(NodeKind.CITY, need.city), name, LinkKind.ASKS
        yield from _about(name, need.topics)
    for opportunity in mission.opportunities:
        yield from _about(node_name(NodeKind.OPPORTUNITY, opportunity.id), opportunity.topics)
    for partner in mission.partners:
        yield from _about(node_name(NodeKind.PARTNER, partner.id), partner.topics)


def _about(name: str, topics: Iterable[Identifier]) -> Iterator[Link]:
    for topic in topics:
        yield name, node_name(NodeKind.TOPIC, topic), LinkKind.ABOUT


def _links_of_applicant(application: Application) -> Iterator[Link]:
    who = _participant(application.key)
    if isinstance(application.applicant, Consortium):
        for town in application.cities:
            yield node_name(NodeKind.CITY, town.id), who, LinkKind.TOWN_OF
    for need in application.needs:
        name = node_name(NodeKind.NEED, f"{application.key}/{need.topic}")
        yield who, name, LinkKind.SEEKS
        yield from _about(name, (need.topic,))
    for offer in application.offers:
        name = node_name(NodeKind.OFFER, f"{application.key}/{offer.topic}")
        yield who, name, LinkKind.GIVES
        yield from _about(name, (offer.topic,))


def _links_to_networks(city: City) -> Iterator[Link]:
    for membership in city.memberships:
        if membership.status is not MembershipStatus.WITHDRAWN:
            network = node_name(NodeKind.NETWORK, membership.network)
            yield node_name(NodeKind.CITY, city.id), network, LinkKind.BELONGS_TO


def _links_of_practice(practice: Practice) -> Iterator[Link]:
    name = node_name(NodeKind.PRACTICE, practice.id)
    for city in practice.cities:
        yield name, node_name(NodeKind.CITY, city), LinkKind.DONE_IN
    for other in practice.builds_on:
        yield name, node_name(NodeKind.PRACTICE, other), LinkKind.BUILDS_ON
    yield from _about(name, practice.topics)


def _links_of_transfer(transfer: Transfer) -> Iterator[Link]:
    if not transfer.has_reached(TransferStage.REUSE):
        return
    adopter = node_name(NodeKind.CITY, transfer.adopter)
    yield adopter, node_name(NodeKind.CITY, transfer.origin), LinkKind.LEARNED_FROM
    yield adopter, node_name(NodeKind.PRACTICE, transfer.practice), LinkKind.REUSES
