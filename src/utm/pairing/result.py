"""The answer to a problem, with the proof of how good it is."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Self

from attrs import frozen

from utm.pairing.group import Group

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "BoundScope",
    "CapacityPrice",
    "GroupPrice",
    "Note",
    "Price",
    "Result",
    "Statistics",
    "Status",
    "Unmatched",
]


class Status(Enum):
    """How a search ended.

    ``OPTIMAL``: no admissible grouping scores more. ``WITHIN_GAP``: near enough, as asked.
    ``STOPPED``: at a limit of time or of groups to be broken up, with a grouping that keeps
    every rule. ``UNDECIDED``: at a
    limit, before a grouping was found that keeps every lock. ``INFEASIBLE``: proven that
    there is none.
    """

    OPTIMAL = "optimal"
    WITHIN_GAP = "within gap"
    STOPPED = "stopped"
    UNDECIDED = "undecided"
    INFEASIBLE = "infeasible"


class BoundScope(Enum):
    """Over which groupings the bound holds.

    There is one scope only: all groupings that the policy admits. It is written into
    every result so that a reader need not know that.
    """

    ALL_ADMISSIBLE = "all admissible groups"


@frozen(kw_only=True, order=True)
class Price:
    """The price of one participant in the proof of the bound.

    Parameters
    ----------
    participant
        Its id.
    price
        Millionths. Not negative, unless the participant is locked. No admissible group
        is worth more than the prices of its members together.
    """

    participant: str
    price: int


@frozen(kw_only=True, order=True)
class CapacityPrice:
    """The price of one place of a capacity in the proof of the bound.

    Parameters
    ----------
    capacity
        ``theme`` or ``language`` with its key, ``required groups`` (those up to the
        fewest that the policy wants) or ``further groups``.
    price
        Millionths. Not negative, unless for required groups. No admissible group is worth
        more than the prices of its members and of the capacities it takes.
    """

    capacity: str
    price: int


@frozen(kw_only=True, order=True)
class GroupPrice:
    """The price of forming a group of participants who may all be in several groups.

    Parameters
    ----------
    members
        Ids in rising order.
    price
        Millionths, above zero. These members can form one group only, so that they may be
        worth this much more than their prices together.
    """

    members: tuple[str, ...]
    price: int


@frozen(kw_only=True, order=True)
class Unmatched:
    """A participant in no group, and why.

    Parameters
    ----------
    participant
        Its id.
    reason
        A sentence.
    """

    participant: str
    reason: str


@frozen(kw_only=True, order=True)
class Note:
    """Something that is not known and therefore was not counted, or a limit that binds nobody.

    Parameters
    ----------
    participant
        Of whom it is not known; empty where a rule of the policy is meant.
    attribute
        What is not known, e.g. ``timezone``, or the rule, e.g. ``theme_capacities``.
    text
        What follows from that, in sentences.
    """

    participant: str
    attribute: str
    text: str


@frozen(kw_only=True)
class Statistics:
    """What the search did.

    Parameters
    ----------
    pricing_rounds
        How often groups were looked for at new prices.
    columns
        Groups that were considered as variables.
    """

    pricing_rounds: int
    columns: int


@frozen(kw_only=True)
class Result:
    """A grouping and its certificate.

    Parameters
    ----------
    status
        How the search ended. ``OPTIMAL`` means that no admissible grouping scores more.
    groups
        The groups, ordered by their members. They are disjoint unless the policy lets
        participants be in several.
    unmatched
        Everybody else, each with a reason.
    score
        Worth of all groups together in millionths.
    bound
        No admissible grouping is worth more, in millionths.
    price_bound
        The part of that claim which the prices prove alone: the sum of the prices, those
        of participants times the groups that each may be in and those of capacities times
        their places. It is at least
        ``bound``; where it is larger, the difference was closed by solving the grouping
        over every group whose worth comes near enough to its members' prices.
    scope
        Over which groupings the bound holds.
    prices
        One price for each participant, ordered by id.
    capacity_prices
        One price for each capacity of the policy, ordered by name.
    group_prices
        Prices of groups whose members may all be in several groups, ordered by members.
    infeasible_because
        Where nothing satisfies the hard rules: rules that contradict one another, none of
        which could be left out, and last a sentence that says whether that is proven.
    notes
        What is not known and was not counted, after limits that bind nobody.
    seed
        The seed of the search.
    statistics
        What the search did.
    """

    status: Status
    groups: tuple[Group, ...]
    unmatched: tuple[Unmatched, ...]
    score: int
    bound: int
    price_bound: int
    scope: BoundScope
    prices: tuple[Price, ...]
    infeasible_because: tuple[str, ...]
    notes: tuple[Note, ...]
    seed: int
    statistics: Statistics
    capacity_prices: tuple[CapacityPrice, ...] = ()
    group_prices: tuple[GroupPrice, ...] = ()

    @property
    def gap(self) -> float:
        """Share of the bound that the score may miss, from 0 (optimal) to 1."""
        if self.bound <= self.score:
            return 0.0
        if self.score <= 0:
            return 1.0
        return (self.bound - self.score) / self.bound

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the format ``utm.pairing-result`` version 1.

        Raises
        ------
        InvalidInputError
            With every problem at once, each with its JSON path.
        """
        from utm.pairing.result_json import result_fields  # noqa: PLC0415

        return cls(**result_fields(text))

    def to_json(self) -> str:
        """Write the format ``utm.pairing-result`` version 1."""
        from utm.pairing.result_json import result_text  # noqa: PLC0415

        return result_text(self)

    def to_networkx(self) -> nx.Graph[str]:
        """Participants as nodes; members of one group are joined, with its ``theme``.

        Nodes carry the ``price``, the number of their first ``group`` (``None`` for the
        unmatched) and those of all their ``groups``.
        """
        from utm.pairing.graphs import result_graph  # noqa: PLC0415

        return result_graph(self)
