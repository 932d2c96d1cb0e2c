"""Rules as functions over the applicants that they tell apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import product

from pendulum import Date

from utm.domain.application import Application
from utm.errors import InvalidValueError
from utm.rules.bounds import gather_rules
from utm.rules.case import Rule
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.commitment import CommitmentGiven
from utm.rules.diagrams import FALSE, TRUE, Diagrams
from utm.rules.interpretations import Interpretations, OpenQuestion, TownsReading
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.parameter import Parameter
from utm.rules.population import MinimumPopulation
from utm.rules.worlds import Worlds

__all__ = ["MOST_TOWNS", "OVER_TOWNS", "Space"]

MOST_TOWNS = 3
"""Most towns of a consortium that is analysed."""

OVER_TOWNS = (ForAll, Exists, ForAtLeast, ShareOfInhabitants)
"""Rules that look at the towns one by one."""

_DEFAULT = Interpretations(equivalent_plan=OpenQuestion.DOES_NOT_COUNT, towns=TownsReading.EACH)


class Space:
    """The functions of some rules over the same applicants.

    A scope is the number of a town, or ``None`` for the applicant as a whole.

    Parameters
    ----------
    rules
        The rules; their parameters differ by country alone.
    day
        The day.
    towns
        1 for single cities, 2 or 3 for consortia of so many towns.
    interpretations
        Readings.
    """

    def __init__(
        self,
        rules: tuple[Rule, ...],
        day: Date,
        *,
        towns: int = 1,
        interpretations: Interpretations | None = None,
    ) -> None:
        if type(towns) is not int or not 1 <= towns <= MOST_TOWNS:
            raise InvalidValueError(
                kind="number of towns",
                value=towns,
                reason=f"must be a whole number from 1 to {MOST_TOWNS}",
            )
        every = [each for rule in rules for each in gather_rules(rule)]
        self.worlds = Worlds(every, day, towns=towns, readings=interpretations or _DEFAULT)
        self.is_exact = self.worlds.is_exact
        self.diagrams = Diagrams(self.worlds.sizes)
        self.whole_scope = 0 if towns == 1 else None
        # by identity: the rules outlive the space
        self._leaves: dict[tuple[int, int | None], int] = {}
        self._shares: dict[tuple[int, tuple[int, ...]], int] = {}

    def witness(self, node: int) -> Application | None:
        """Invent an applicant for which a function is true, if there is one."""
        values = self.diagrams.example(node)
        return None if values is None else self.worlds.application(values)

    def implies(self, first: int, second: int) -> bool:
        """Tell whether the second is true wherever the first is."""
        return self.diagrams.conjunction(first, self.diagrams.negation(second)) == FALSE

    def difference(self, first: int, second: int) -> int:
        """Give the function that is true wherever two others differ."""
        conjunction, negation = self.diagrams.conjunction, self.diagrams.negation
        only_first = conjunction(first, negation(second))
        return self.diagrams.disjunction(only_first, conjunction(second, negation(first)))

    def function(
        self,
        rule: Rule,
        *,
        told: Mapping[tuple[int, ...], int] | None = None,
        scope: int | None = None,
    ) -> int:
        """Turn a rule into a diagram; what is told of some places takes their place."""
        if scope is None:
            scope = self.whole_scope
        return self._function(rule, told or {}, (), scope)

    def _function(
        self,
        rule: Rule,
        told: Mapping[tuple[int, ...], int],
        place: tuple[int, ...],
        scope: int | None,
    ) -> int:
        if place in told:
            return told[place]
        if not rule.parts:
            return self._leaf(rule, scope)

        def below(index: int, within: int | None) -> int:
            return self._function(rule.parts[index], told, (*place, index), within)

        if isinstance(rule, OVER_TOWNS):
            towns = range(self.worlds.towns) if scope is None else (scope,)
            return self._over_towns(rule, [below(0, town) for town in towns])
        return self._combined(rule, [below(index, scope) for index in range(len(rule.parts))])

    def _combined(self, rule: Rule, below: list[int]) -> int:
        match rule:
            case Not():
                return self.diagrams.negation(below[0])
            case AllOf():
                needed = len(below)
            case AnyOf():
                needed = 1
            case AtLeast():
                needed = rule.count
            case _:
                raise InvalidValueError(
                    kind="rule", value=rule.requirement, reason="cannot be analysed"
                )
        return self.diagrams.at_least(needed, below)

    def _over_towns(self, rule: Rule, met: list[int]) -> int:
        match rule:
            case Exists():
                return self.diagrams.at_least(1, met)
            case ForAtLeast():
                return self.diagrams.at_least(rule.count, met)
            case ShareOfInhabitants() if len(met) > 1:
                return self._share(rule, met)
            case _:
                return self.diagrams.at_least(len(met), met)

    def _share(self, rule: ShareOfInhabitants, met: list[int]) -> int:
        """Join, for every choice of towns, that just these meet the rule and have the share."""
        result = FALSE
        for chosen in product((True, False), repeat=len(met)):
            if not any(chosen):
                continue
            which = [
                each if wanted else self.diagrams.negation(each)
                for each, wanted in zip(met, chosen, strict=True)
            ]
            exactly = reduce(self.diagrams.conjunction, which, TRUE)
            if all(chosen):
                enough = TRUE
            else:
                inside = tuple(town for town, wanted in enumerate(chosen) if wanted)
                enough = self._share_of(rule, inside)
            result = self.diagrams.disjunction(result, self.diagrams.conjunction(exactly, enough))
        return result

    def _share_of(self, rule: ShareOfInhabitants, inside: tuple[int, ...]) -> int:
        key = (id(rule), inside)
        found = self._shares.get(key)
        if found is None:
            found = self._shares[key] = self._function_of_share(rule, inside)
        return found

    def _function_of_share(self, rule: ShareOfInhabitants, inside: tuple[int, ...]) -> int:
        worlds = self.worlds
        numbers = [worlds.counts_of(town)[0] for town in range(worlds.towns)]
        limit = rule.least_percent
        countries = worlds.countries_of() if isinstance(limit, Parameter) else ()

        def percent(values: Mapping[int, int]) -> int:
            if not isinstance(limit, Parameter):
                return limit
            codes = [worlds.countries[values[number]] for number in countries]
            limits = {limit.value_on(worlds.day, country=code).value for code in codes}
            if len(limits) > 1:
                # As the rule itself: the answer must be the same under each; the analysis
                # knows no third answer.
                raise InvalidValueError(
                    kind="rule",
                    value=rule.requirement,
                    reason="asks another share in each of two countries, which no text combines",
                )
            return limits.pop()

        def holds(values: Mapping[int, int]) -> bool:
            counts = [worlds.counts[values[number]] for number in numbers]
            part = sum(counts[town] for town in inside)
            return 100 * part >= percent(values) * sum(counts)

        return self._by_value(sorted({*numbers, *countries}), holds)

    def _leaf(self, leaf: Rule, scope: int | None) -> int:
        if isinstance(leaf, CommitmentGiven):
            scope = self.whole_scope  # the applicant makes it, whichever town is looked at
        key = (id(leaf), scope)
        found = self._leaves.get(key)
        if found is None:
            found = self._leaves[key] = self._function_of_leaf(leaf, scope)
        return found

    def _function_of_leaf(self, leaf: Rule, scope: int | None) -> int:
        worlds = self.worlds
        together = isinstance(leaf, MinimumPopulation) and (
            worlds.readings.towns is not TownsReading.EACH
        )
        if scope is None and not together and not isinstance(leaf, CommitmentGiven):
            each = [self._leaf(leaf, town) for town in range(worlds.towns)]
            return self.diagrams.at_least(len(each), each)
        size = len(worlds.sizes)

        def holds(values: Mapping[int, int]) -> bool:
            world = [values.get(number, 0) for number in range(size)]
            return worlds.answer(leaf, world, scope)

        return self._by_value(worlds.variables_of(leaf, scope), holds)

    def _by_value(self, numbers: Sequence[int], holds: Callable[[Mapping[int, int]], bool]) -> int:
        """Ask for every choice of values of some variables, given in order."""

        def below(place: int, values: dict[int, int]) -> int:
            if place == len(numbers):
                return TRUE if holds(values) else FALSE
            number = numbers[place]
            branches = [
                below(place + 1, {**values, number: value})
                for value in range(self.diagrams.sizes[number])
            ]
            return self.diagrams.choice(number, branches)

        return below(0, {})
