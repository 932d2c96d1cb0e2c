"""Rules as they stand on one day: what differs by date and programme is settled."""

from __future__ import annotations

from attrs import evolve
from pendulum import Date

from utm.rules.bounds import gather_rules
from utm.rules.case import Rule
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.membership import NetworkSignatory
from utm.rules.parameter import Number, Parameter
from utm.rules.population import MinimumPopulation

__all__ = ["fixed_on"]


def fixed_on(rule: Rule, day: Date, programme: str = "") -> Rule:
    """Give a rule whose parameters hold for one day and one rulebook, and differ by country alone.

    Complexity: linear in the number of rules.

    Raises
    ------
    InvalidValueError
        A parameter has no value on that day, or the rule is beyond the bounds.
    """
    gather_rules(rule)

    def fixed(number: Number) -> Number:
        if isinstance(number, Parameter):
            return number.fixed_on(day, programme=programme)
        return number

    def below(each: Rule) -> Rule:  # noqa: PLR0911 - one a kind of rule
        match each:
            case AllOf() | AnyOf() | AtLeast():
                return evolve(each, parts=tuple([below(part) for part in each.parts]))
            case Not():
                return evolve(each, part=below(each.part))
            case ShareOfInhabitants():
                return evolve(each, rule=below(each.rule), least_percent=fixed(each.least_percent))
            case ForAll() | Exists() | ForAtLeast():
                return evolve(each, rule=below(each.rule))
            case MinimumPopulation():
                return evolve(each, floor_inhabitants=fixed(each.floor_inhabitants))
            case NetworkSignatory():
                return evolve(each, grace_months=fixed(each.grace_months))
            case _:
                return each

    return below(rule)
