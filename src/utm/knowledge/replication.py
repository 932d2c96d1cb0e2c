"""Who learned what from whom: the replication graph, its reach, balance and first movers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import frozen
from pendulum import Date

from utm.domain.country_group import is_in_europe
from utm.domain.identifiers import CityId
from utm.domain.places import CountryCode
from utm.domain.practice import PracticeId
from utm.domain.transfer import Transfer, TransferStage
from utm.errors import InvalidValueError

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "FirstMover",
    "TwoWayBalance",
    "first_movers",
    "ordered_transfers",
    "reach_of",
    "replication_graph",
    "two_way_balance",
]


def replication_graph(transfers: Iterable[Transfer]) -> nx.MultiDiGraph[CityId]:
    """The graph of transfers: an edge from origin to adopter for each, in order of their keys.

    Edges bear the transfer's key, and as attributes its ``practice``, its ``stage`` (``None``
    before the first), ``reused_on`` and ``stopped``. Cities may teach each other, in circles
    too.

    What was given up has an edge too. For the graph of a day, give what `Transfer.until` gives.

    Raises
    ------
    InvalidValueError
        Some transfers bear one key.

    Notes
    -----
    Time and memory grow with the number of transfers.
    """
    import networkx as nx  # noqa: PLC0415 - heavy, and needed by few

    graph: nx.MultiDiGraph[CityId] = nx.MultiDiGraph()
    for transfer in ordered_transfers(transfers):
        graph.add_edge(
            transfer.origin,
            transfer.adopter,
            key=transfer.id,
            practice=transfer.practice,
            stage=transfer.stage,
            reused_on=transfer.reused_on,
            stopped=transfer.end is not None,
        )
    return graph


def reach_of(
    practice: PracticeId, transfers: Iterable[Transfer], *, origins: Iterable[CityId]
) -> tuple[CityId, ...]:
    """Cities that a practice has come to from its origins, step by step, and that reuse it.

    A city that gave the practice up is not counted, but what others learned from it is: a
    chain goes on as far as each city in it once came to reuse. Circles end where they come
    back. For the reach on a day, give what `Transfer.until` gives. Time grows with the number
    of transfers.

    Raises
    ------
    InvalidValueError
        Some transfers bear one key.
    """
    taught: dict[CityId, list[Transfer]] = {}
    for transfer in ordered_transfers(transfers):
        if transfer.practice == practice and transfer.has_reached(TransferStage.REUSE):
            taught.setdefault(transfer.origin, []).append(transfer)
    first = set(origins)
    came_to, waiting, reusing = set(first), list(first), set[CityId]()
    while waiting:
        for transfer in taught.get(waiting.pop(), []):
            if transfer.is_in_use:
                reusing.add(transfer.adopter)
            if transfer.adopter not in came_to:
                came_to.add(transfer.adopter)
                waiting.append(transfer.adopter)
    return tuple(sorted(reusing - first))


@frozen(kw_only=True)
class TwoWayBalance:
    """How many transfers went each way between Europe and the world, given up later or not.

    Parameters
    ----------
    europe_to_world, world_to_europe
        Transfers across.
    within_europe, within_world
        Transfers that stayed.
    """

    europe_to_world: int
    world_to_europe: int
    within_europe: int
    within_world: int

    @property
    def two_way_share(self) -> Fraction | None:
        """The smaller flow as a share of the larger: 1 is even, 0 one-way; ``None`` if no flow."""
        flows = sorted((self.europe_to_world, self.world_to_europe))
        return Fraction(flows[0], flows[1]) if flows[1] else None


def two_way_balance(
    transfers: Iterable[Transfer],
    *,
    stage: TransferStage = TransferStage.REUSE,
    in_europe: Callable[[CountryCode], bool] = is_in_europe,
) -> TwoWayBalance:
    """Count transfers between Europe and the world that have reached a stage.

    What was once learned counts, whether it was given up later or not. The direction follows
    from the cities' countries and is never typed by hand.

    Parameters
    ----------
    transfers
        The transfers.
    stage
        The stage that a transfer must have reached to count.
    in_europe
        What counts as Europe; `utm.domain.is_in_europe` by default.

    Raises
    ------
    InvalidValueError
        Some transfers bear one key.
    """
    counts = {(True, False): 0, (False, True): 0, (True, True): 0, (False, False): 0}
    for transfer in ordered_transfers(transfers):
        if transfer.has_reached(stage):
            ends = (transfer.origin, transfer.adopter)
            there, here = (in_europe(city.country) for city in ends)
            counts[there, here] += 1
    return TwoWayBalance(
        europe_to_world=counts[True, False],
        world_to_europe=counts[False, True],
        within_europe=counts[True, True],
        within_world=counts[False, False],
    )


@frozen(kw_only=True)
class FirstMover:
    """A city that was the first in its region to reuse a practice from elsewhere.

    Parameters
    ----------
    practice
        The practice.
    region
        The region in the United Nations' standard M49, e.g. ``South America``.
    cities
        The first, and those who reused it on the same day.
    on
        The day.
    """

    practice: PracticeId
    region: str
    cities: tuple[CityId, ...]
    on: Date


def first_movers(transfers: Iterable[Transfer]) -> tuple[FirstMover, ...]:
    """The first cities to reuse each practice in each region, by practice and then region.

    Where a practice was done first is told by its origins; this tells who took it up first,
    whether it was given up later or not.

    Raises
    ------
    InvalidValueError
        Some transfers bear one key.
    """
    days: dict[tuple[PracticeId, str], dict[CityId, Date]] = {}
    for transfer in ordered_transfers(transfers):
        day = transfer.reused_on
        if day is not None:
            region = transfer.adopter.country.country.subregion
            known = days.setdefault((transfer.practice, region), {})
            known[transfer.adopter] = min(day, known.get(transfer.adopter, day))
    movers: list[FirstMover] = []
    for (practice, region), known in sorted(days.items()):
        first = min(known.values())
        cities = tuple(sorted(city for city, day in known.items() if day == first))
        movers.append(FirstMover(practice=practice, region=region, cities=cities, on=first))
    return tuple(movers)


def ordered_transfers(transfers: Iterable[Transfer]) -> list[Transfer]:
    """Transfers in order of their keys.

    Raises
    ------
    InvalidValueError
        Some transfers bear one key; every such key is named.
    """
    ordered = sorted(transfers, key=lambda transfer: transfer.id)
    twice = [one.id.value for one, other in pairwise(ordered) if one.id == other.id]
    if twice:
        raise InvalidValueError(
            kind="transfers", value=list(dict.fromkeys(twice)), reason="stand twice"
        )
    return ordered
