"""The answers of criteria for many applicants, kept for what-if over all of them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.city import City
from utm.domain.dates import require_date
from utm.rules.bounds import gather_rules
from utm.rules.case import Rule
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.compiling import compile_rule
from utm.rules.finding import VersionStamp
from utm.rules.floors import FloorLanes
from utm.rules.inhabitants import InhabitantSpan
from utm.rules.interpretations import DEFAULT_READINGS, Interpretations
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.parameter import Parameter, value_for
from utm.rules.population import MinimumPopulation, read_inhabitants
from utm.rules.script import Circumstances
from utm.rules.verdict import Verdict

__all__ = ["VerdictTable"]

_CODES = (Verdict.UNMET, Verdict.MET, Verdict.UNKNOWN)
_COMBINING = {AllOf, AnyOf, AtLeast, Not, ForAll, Exists, ForAtLeast, ShareOfInhabitants}
"""The very classes: a subclass, which may answer as it likes, is asked itself."""


@frozen(kw_only=True)
class _Lanes:
    """The answers for all applicants: one byte each, 1 where met and 1 where unmet."""

    met: int
    unmet: int


class VerdictTable:
    """The answers of criteria for many applicants, kept so that rules can change quickly.

    Every criterion is answered once for everybody and remembered. Another rule
    over the same criteria, or one with another threshold, costs what is new in it.

    Parameters
    ----------
    applications
        The applicants.
    version
        The version that the answers are given under.
    on
        The day that is judged.
    interpretations
        Readings of what the public text leaves open.
    known_by
        Last day of knowledge.
    """

    def __init__(
        self,
        applications: Iterable[Application],
        *,
        version: VersionStamp,
        on: Date,
        interpretations: Interpretations | None = None,
        known_by: Date | None = None,
    ) -> None:
        require_date(on)
        if known_by is not None:
            require_date(known_by, kind="last day of knowledge")
        facts = tuple(applications)  # they are gone through more than once
        self._circumstances = Circumstances(
            version=version,
            day=on,
            interpretations=DEFAULT_READINGS if interpretations is None else interpretations,
            known_by=known_by,
        )
        self._cities = [each for each in facts if isinstance(each.applicant, City)]
        self._towns = [
            (index, each)
            for index, each in enumerate(facts)
            if not isinstance(each.applicant, City)
        ]
        self._everybody = int.from_bytes(b"\x01" * len(self._cities), "little")
        # The rules are kept too: what has no repr of its own is told apart by its address.
        self._known: dict[str, tuple[Rule, _Lanes]] = {}
        self._floors: FloorLanes | None = None

    def verdicts(self, rule: Rule) -> tuple[Verdict, ...]:
        """Answer a rule for everybody, in the order of the applicants.

        Each verdict is that of the rule's own finding, without waivers.
        """
        gather_rules(rule)  # refuses rules beyond the bounds
        lanes = self._lanes(rule)
        # in every byte: 0 where unmet, 1 where met, 2 where neither
        codes = lanes.met + 2 * (self._everybody - lanes.met - lanes.unmet)
        answers = [_CODES[code] for code in codes.to_bytes(len(self._cities), "little")]
        for index, application in self._towns:
            answers.insert(index, rule.examine(self._circumstances.case_of(application)).verdict)
        return tuple(answers)

    def _lanes(self, rule: Rule) -> _Lanes:  # noqa: PLR0911 - one a kind of rule
        if type(rule) not in _COMBINING:
            return self._leaf(rule)
        match rule:
            case Not():
                lanes = self._lanes(rule.part)
                return _Lanes(met=lanes.unmet, unmet=lanes.met)
            case ForAll() | Exists() | ShareOfInhabitants():
                return self._lanes(rule.rule)  # a city alone is its one town
            case AllOf():
                return self._at_least(len(rule.parts), rule.parts)
            case AnyOf():
                return self._at_least(1, rule.parts)
            case AtLeast():
                return self._at_least(rule.count, rule.parts)
            case ForAtLeast():
                return self._at_least(rule.count, rule.parts)
            case _:
                return self._leaf(rule)

    def _at_least(self, count: int, parts: tuple[Rule, ...]) -> _Lanes:
        lanes = [self._lanes(part) for part in parts]
        met = self._where_at_least(count, [each.met for each in lanes])
        unmet = self._where_at_least(len(parts) - count + 1, [each.unmet for each in lanes])
        return _Lanes(met=met, unmet=unmet)

    def _where_at_least(self, count: int, masks: list[int]) -> int:
        if count <= 0:
            return self._everybody
        reached = [self._everybody] + [0] * count
        for mask in masks:
            for k in range(count, 0, -1):
                reached[k] |= reached[k - 1] & mask
        return reached[count]

    def _leaf(self, rule: Rule) -> _Lanes:
        if type(rule) is MinimumPopulation:
            floor = rule.floor_inhabitants
            return self._floors_of(floor) if isinstance(floor, Parameter) else self._floor(floor)
        key = repr(rule)
        known = self._known.get(key)
        if known is None:
            judge = compile_rule(rule, self._circumstances)
            verdicts = judge(self._cities)
            lanes = _Lanes(
                met=_marked([verdict is Verdict.MET for verdict in verdicts]),
                unmet=_marked([verdict is Verdict.UNMET for verdict in verdicts]),
            )
            known = self._known[key] = (rule, lanes)
        return known[1]

    def _floor(self, floor: int) -> _Lanes:
        if self._floors is None:
            self._floors = FloorLanes(self._spans())
        return _Lanes(
            met=self._floors.reaching(floor),
            unmet=self._everybody - self._floors.possible(floor),
        )

    def _floors_of(self, parameter: Parameter) -> _Lanes:
        """Ask each city for the floor of its own country, a floor at a time."""
        floors = [
            value_for(parameter, self._circumstances.case_of(each)).value for each in self._cities
        ]
        met = unmet = 0
        for floor in sorted(set(floors)):
            concerned = _marked([each == floor for each in floors])
            lanes = self._floor(floor)
            met |= lanes.met & concerned
            unmet |= lanes.unmet & concerned
        return _Lanes(met=met, unmet=unmet)

    def _spans(self) -> list[InhabitantSpan]:
        if not self._cities:
            return []
        case = self._circumstances.case_of(self._cities[0])  # its circumstances are those of all
        return [read_inhabitants(case, city) for each in self._cities for city in each.cities]


def _marked(answers: list[bool]) -> int:
    return int.from_bytes(bytes(answers), "little")
