"""The mission as one typed graph: cities, groups, what they seek, give, reuse and can ask for."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING

from attrs import frozen

from utm.domain.application import Application
from utm.domain.city import City, MembershipStatus
from utm.domain.consortium import Consortium
from utm.domain.edition import Edition, Pairing
from utm.domain.identifiers import CityId, ConsortiumId, Identifier, TopicId
from utm.domain.opportunity import Opportunity
from utm.domain.partner import Partner
from utm.domain.practice import Practice
from utm.domain.research_need import ResearchNeed
from utm.domain.transfer import Transfer, TransferStage
from utm.errors import InvalidValueError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LinkKind", "Mission", "NodeKind", "kind_of", "mission_graph", "node_name"]


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
    """What a link says; it points from the one who acts to what the act is about.

    A city has learned from another once it has come to reuse something of it, even if it gave
    that up later; it reuses a practice only until it gives it up.
    """

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


_Link = tuple[str, str, str]

# Text and not members of an enumeration, whose hash and value are slow: there are many links.
_TOWN_OF, _MEMBER_OF = LinkKind.TOWN_OF.value, LinkKind.MEMBER_OF.value
_SEEKS, _GIVES, _ASKS = LinkKind.SEEKS.value, LinkKind.GIVES.value, LinkKind.ASKS.value
_ABOUT, _DONE_IN, _BUILDS_ON = (
    LinkKind.ABOUT.value,
    LinkKind.DONE_IN.value,
    LinkKind.BUILDS_ON.value,
)
_LEARNED_FROM, _REUSES = LinkKind.LEARNED_FROM.value, LinkKind.REUSES.value
_BELONGS_TO = LinkKind.BELONGS_TO.value
_LINK_KINDS = {kind.value: kind for kind in LinkKind}
_CITY, _CONSORTIUM, _GROUP = "city:", "consortium:", "group:"
_NEED, _OFFER, _RESEARCH_NEED = "need:", "offer:", "research need:"
_PRACTICE, _OPPORTUNITY, _PARTNER = "practice:", "opportunity:", "partner:"
_NETWORK, _TOPIC = "network:", "topic:"


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
        Who learned what from whom; only what has reached the stage of reuse makes a link. For
        the graph of a day, give what `Transfer.until` gives.
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

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    with _collecting_no_garbage():
        cities = mission.all_cities()
        nodes = _nodes(mission, cities)
        links = list(_links(mission, cities))
        ends = {source for source, _, _ in links}
        ends.update(target for _, target, _ in links)
        for name in ends.difference(nodes):
            prefix, _, key = name.partition(":")
            nodes[name] = (NodeKind(prefix), key, False)
        names = sorted(nodes)
        for name in names:
            node_kind, key, known = nodes[name]
            graph.add_node(name, kind=node_kind, key=key, known=known)
        for source, target, link_kind in _in_order(links, names):
            graph.add_edge(source, target, key=link_kind, kind=_LINK_KINDS[link_kind])
    return graph


def _in_order(links: Iterable[_Link], names: Sequence[str]) -> Iterator[_Link]:
    """Each link once, by source, target and kind, given the names of all nodes in order."""
    # As whole numbers, which are told apart and sorted several times as fast as texts.
    kinds = sorted(_LINK_KINDS)
    place = {name: at for at, name in enumerate(names)}
    rank = {kind: at for at, kind in enumerate(kinds)}
    width, height = len(kinds), len(names)
    coded = {(place[a] * height + place[b]) * width + rank[kind] for a, b, kind in links}
    for code in sorted(coded):
        ends, at = divmod(code, width)
        source, target = divmod(ends, height)
        yield names[source], names[target], kinds[at]


@contextmanager
def _collecting_no_garbage() -> Generator[None]:
    # Python looks through all that was made whenever much has been made. A graph is nothing
    # but dictionaries, all of them in use; looking for cycles took as long as making it.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def kind_of(graph: nx.MultiDiGraph[str], name: str) -> NodeKind:
    """What a node stands for."""
    kind: NodeKind = graph.nodes[name]["kind"]
    return kind


def _nodes(mission: Mission, cities: tuple[City, ...]) -> dict[str, tuple[NodeKind, str, bool]]:
    nodes: dict[str, tuple[NodeKind, str, bool]] = {}

    def add(kind: NodeKind, keys: Iterable[Identifier]) -> None:
        prefix = f"{kind.value}:"
        for key in keys:
            name = f"{prefix}{key.value}"
            if name in nodes:
                raise InvalidValueError(kind=kind.value, value=key.value, reason="stands twice")
            nodes[name] = (kind, key.value, True)

    add(NodeKind.CITY, (city.id for city in cities))
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
        twice = sorted(str(key) for key, count in Counter(keys).items() if count > 1)
        raise InvalidValueError(kind="applicants", value=twice, reason="stand twice")


def _groups(mission: Mission) -> Iterator[Pairing]:
    for edition in mission.editions:
        yield from edition.pairings


def _links(mission: Mission, cities: tuple[City, ...]) -> Iterator[_Link]:
    for application in mission.applications:
        yield from _links_of_applicant(application)
    for city in cities:
        yield from _links_to_networks(city)
    for group in _groups(mission):
        name = f"{_GROUP}{group.id.value}"
        for member in group.members:
            yield _participant(member), name, _MEMBER_OF
        yield from _about(name, group.topics)
    for practice in mission.practices:
        yield from _links_of_practice(practice)
    for transfer in mission.transfers:
        yield from _links_of_transfer(transfer)
    for need in mission.research_needs:
        name = f"{_RESEARCH_NEED}{need.id.value}"
        yield f"{_CITY}{need.city.value}", name, _ASKS
        yield from _about(name, need.topics)
    for opportunity in mission.opportunities:
        yield from _about(f"{_OPPORTUNITY}{opportunity.id.value}", opportunity.topics)
    for partner in mission.partners:
        yield from _about(f"{_PARTNER}{partner.id.value}", partner.topics)


def _participant(key: CityId | ConsortiumId) -> str:
    return f"{_CITY if isinstance(key, CityId) else _CONSORTIUM}{key.value}"


def _about(name: str, topics: tuple[TopicId, ...]) -> Iterator[_Link]:
    for topic in topics:
        yield name, f"{_TOPIC}{topic.value}", _ABOUT


def _links_of_applicant(application: Application) -> Iterator[_Link]:
    who, key = _participant(application.key), application.key.value
    if isinstance(application.applicant, Consortium):
        for town in application.cities:
            yield f"{_CITY}{town.id.value}", who, _TOWN_OF
    for need in application.needs:
        name = f"{_NEED}{key}/{need.topic.value}"
        yield who, name, _SEEKS
        yield name, f"{_TOPIC}{need.topic.value}", _ABOUT
    for offer in application.offers:
        name = f"{_OFFER}{key}/{offer.topic.value}"
        yield who, name, _GIVES
        yield name, f"{_TOPIC}{offer.topic.value}", _ABOUT


def _links_to_networks(city: City) -> Iterator[_Link]:
    for membership in city.memberships:
        if membership.status not in {MembershipStatus.WITHDRAWN, MembershipStatus.NOT_A_MEMBER}:
            yield f"{_CITY}{city.id.value}", f"{_NETWORK}{membership.network.value}", _BELONGS_TO


def _links_of_practice(practice: Practice) -> Iterator[_Link]:
    name = f"{_PRACTICE}{practice.id.value}"
    for city in practice.cities:
        yield name, f"{_CITY}{city.value}", _DONE_IN
    for other in practice.builds_on:
        yield name, f"{_PRACTICE}{other.value}", _BUILDS_ON
    yield from _about(name, practice.topics)


def _links_of_transfer(transfer: Transfer) -> Iterator[_Link]:
    if not transfer.has_reached(TransferStage.REUSE):
        return
    adopter = f"{_CITY}{transfer.adopter.value}"
    yield adopter, f"{_CITY}{transfer.origin.value}", _LEARNED_FROM
    if transfer.is_in_use:
        yield adopter, f"{_PRACTICE}{transfer.practice.value}", _REUSES
