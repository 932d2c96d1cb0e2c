"""Which applications of an edition go together without competing for the same money."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from utm.domain.identifiers import PairingId
from utm.domain.opportunity import OpportunityId
from utm.domain.prose import require_distinct
from utm.errors import InvalidValueError

__all__ = ["GroupApplication", "NonCompeting", "pick_applications"]


@frozen(kw_only=True)
class GroupApplication:
    """A group that could apply for an opportunity, and how well that fits.

    Parameters
    ----------
    group
        The group.
    opportunity
        What it would apply for.
    fit
        How well it fits, as a whole number not below 0.
    budget_line
        What the money comes from; two opportunities of one line compete. Where it is empty,
        the opportunity is a line of its own.
    """

    group: PairingId
    opportunity: OpportunityId
    fit: int
    budget_line: str = ""

    def __attrs_post_init__(self) -> None:
        if type(self.fit) is not int or self.fit < 0:
            raise InvalidValueError(
                kind="fit", value=self.fit, reason="must be a whole number from 0 up"
            )

    @property
    def line(self) -> str:
        """What the money comes from, whether or not it has a name."""
        return f"line {self.budget_line}" if self.budget_line else f"call {self.opportunity}"


@frozen(kw_only=True)
class NonCompeting:
    """The best set of applications of which no two compete.

    Parameters
    ----------
    chosen
        The applications, by group.
    left_out
        The others, by group and opportunity.
    fit
        Sum of the fits of those chosen; no such set has a higher one.
    """

    chosen: tuple[GroupApplication, ...]
    left_out: tuple[GroupApplication, ...]
    fit: int


def pick_applications(possible: Iterable[GroupApplication]) -> NonCompeting:
    """Pick applications so that no two ask for the same money and no group writes two.

    Two applications compete if they draw on one budget line: a success of one is a failure
    of the other. The sum of fits is the highest possible, and among sets of that sum as many
    applications as possible are made: a matching of highest weight in the graph of groups
    and budget lines (Galil 1986), O(n³) for n groups and lines. Exact in whole numbers.

    Raises
    ------
    InvalidValueError
        One group and opportunity stand twice.
    """
    import networkx as nx  # noqa: PLC0415 - heavy, and needed only where applications are picked

    given = sorted(possible, key=lambda each: (each.group, each.opportunity))
    require_distinct([(each.group, each.opportunity) for each in given], kind="applications")
    best: dict[tuple[str, str], GroupApplication] = {}
    for each in given:
        key = (f"group {each.group}", each.line)
        if key not in best or best[key].fit < each.fit:
            best[key] = each
    # Every pair is worth a little beside its fit, so that more applications win among equals.
    scale = len(best) + 1
    graph: nx.Graph[str] = nx.Graph()
    for (group, line), each in best.items():
        graph.add_edge(group, line, weight=each.fit * scale + 1)
    matched = {frozenset(pair) for pair in nx.max_weight_matching(graph)}
    chosen = tuple(each for key, each in best.items() if frozenset(key) in matched)
    made = set(chosen)
    return NonCompeting(
        chosen=chosen,
        left_out=tuple(each for each in given if each not in made),
        fit=sum(each.fit for each in chosen),
    )
