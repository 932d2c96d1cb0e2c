"""An oracle for the analysis: rules as formulas of an SMT solver, over all whole numbers.

It shares no code with the analysis: no regions, no diagrams, no invented applicants.
"""

from collections.abc import Callable, Iterator

import z3
from pendulum import Date

from utm.domain import Commitment, CountryCode, PlanKind, add_months
from utm.domain.city import DegreeOfUrbanisation
from utm.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    CommitmentGiven,
    Exists,
    ForAll,
    ForAtLeast,
    MinimumPopulation,
    NetworkSignatory,
    Not,
    Parameter,
    Rule,
    ShareOfInhabitants,
    TownsReading,
    Urbanised,
    WholeCityPlan,
)

KINDS = tuple(kind for kind in PlanKind if kind is not PlanKind.NONE)


class Oracle:
    """Everything that may be true of an applicant of so many towns on a day."""

    def __init__(self, day: Date, towns: int, *, reading: TownsReading = TownsReading.EACH) -> None:
        self.day = day
        self.reading = reading
        self.towns = range(towns)
        self.inhabitants = [z3.Int(f"inhabitants {town}") for town in self.towns]
        self.degree = [z3.Int(f"degree {town}") for town in self.towns]
        self.kind = [z3.Int(f"kind {town}") for town in self.towns]
        self.whole = [z3.Bool(f"whole {town}") for town in self.towns]
        self.country = [z3.Int(f"country {town}") for town in self.towns]
        self.days_engaged = z3.Int("days engaged")
        self.promised = {each: z3.Bool(each.value) for each in Commitment}
        self.standing: dict[tuple[str, int], z3.ArithRef] = {}

    @property
    def facts(self) -> Iterator[z3.BoolRef]:
        """What holds of every applicant."""
        yield self.days_engaged >= 0
        for town in self.towns:
            yield self.inhabitants[town] >= 1
            yield z3.And(self.degree[town] >= 1, self.degree[town] <= len(DegreeOfUrbanisation))
            yield z3.And(self.kind[town] >= 0, self.kind[town] < len(KINDS))
        for standing in self.standing.values():
            yield z3.And(standing >= 0, standing <= 2)

    def exists(self, *formulas: z3.BoolRef) -> bool:
        solver = z3.Solver()
        solver.set(random_seed=0)
        solver.add(*self.facts, *formulas)
        answer = solver.check()
        assert answer in (z3.sat, z3.unsat), solver.reason_unknown()
        return answer == z3.sat

    def formula(  # noqa: C901, PLR0911 - one a kind of rule
        self, rule: Rule, town: int | None = None
    ) -> z3.BoolRef:
        here = list(self.towns) if town is None else [town]
        match rule:
            case Not():
                return z3.Not(self.formula(rule.part, town))
            case AllOf():
                return z3.And(*[self.formula(part, town) for part in rule.parts])
            case AnyOf():
                return z3.Or(*[self.formula(part, town) for part in rule.parts])
            case AtLeast():
                return _at_least(rule.count, [self.formula(part, town) for part in rule.parts])
            case ForAll():
                return z3.And(*[self.formula(rule.rule, one) for one in here])
            case Exists():
                return z3.Or(*[self.formula(rule.rule, one) for one in here])
            case ForAtLeast():
                return _at_least(rule.count, [self.formula(rule.rule, one) for one in here])
            case ShareOfInhabitants():
                inside = [
                    z3.If(self.formula(rule.rule, one), self.inhabitants[one], 0) for one in here
                ]
                whole = z3.Sum([self.inhabitants[one] for one in here])
                return 100 * z3.Sum(inside) >= rule.least_percent * whole
            case MinimumPopulation() if town is None and self.reading is TownsReading.SUM:
                return z3.Sum(self.inhabitants) >= rule.floor_inhabitants
            case CommitmentGiven():
                return self.promised[rule.commitment]
            case _:
                return z3.And(*[self._of_town(rule, one) for one in here])

    def _of_town(self, rule: Rule, town: int) -> z3.BoolRef:
        match rule:
            case MinimumPopulation():
                return self.inhabitants[town] >= self._number(rule.floor_inhabitants, town)
            case WholeCityPlan():
                named = [self.kind[town] == KINDS.index(kind) for kind in rule.kinds]
                return z3.And(self.whole[town], z3.Or(*named))
            case Urbanised():
                return z3.Or(*[self.degree[town] == each.value for each in rule.degrees])
            case NetworkSignatory():
                key = (rule.network.value, town)
                standing = self.standing.setdefault(key, z3.Int(f"standing {key}"))
                longest = self._number(rule.grace_months, town, self._longest)
                return z3.Or(
                    standing == 0, z3.And(standing == 1, longest >= 0, self.days_engaged <= longest)
                )
        raise TypeError(rule)

    def _number(
        self, number: int | Parameter, town: int, turn: Callable[[int], int] = int
    ) -> object:
        if isinstance(number, int):
            return turn(number)
        answer: object = turn(number.value_on(self.day).value)
        for place, country in enumerate((CountryCode("FI"), CountryCode("SK"))):
            held = number.value_on(self.day, country=country).value
            answer = z3.If(self.country[town] == place, turn(held), answer)
        return answer

    def _longest(self, months: int) -> int:
        """How many days ago one can have engaged with the time of grace not over."""
        if months == 0:
            return -1  # there is no grace at all
        days = 0
        while add_months(self.day.subtract(days=days + 1), months) >= self.day:
            days += 1
        return days


def _at_least(count: int, formulas: list[z3.BoolRef]) -> z3.BoolRef:
    return z3.Sum([z3.If(each, 1, 0) for each in formulas]) >= count
