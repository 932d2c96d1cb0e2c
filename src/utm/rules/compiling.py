"""Rules that give verdicts without findings, for many applications.

What two applications say in the same words, a rule answers alike: it is asked once, and the
answer is looked up for all others. See `utm.domain.Gist`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TypeVar

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.places import CountryCode
from utm.rules.bounds import gather_rules
from utm.rules.case import Rule
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.commitment import CommitmentGiven
from utm.rules.keeping import kept
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.membership import NetworkSignatory
from utm.rules.parameter import Parameter, parameters_of, value_at
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation
from utm.rules.script import Circumstances
from utm.rules.urbanisation import Urbanised
from utm.rules.verdict import Verdict, all_of, any_of

__all__ = ["Judge", "compile_rule"]

Judge = Callable[[Sequence[Application]], list[Verdict]]
"""Gives the verdict of a rule on the evidence alone, for each application in turn."""

_OF_A_GIST = {
    *(AllOf, AnyOf, AtLeast, Not, ForAll, Exists, ForAtLeast, ShareOfInhabitants),
    *(MinimumPopulation, NetworkSignatory, WholeCityPlan, CommitmentGiven, Urbanised),
}
"""The kinds of rules that ask nothing of a city which the gist of its application does not tell."""

_MOST_ANSWERS = 65_536  # kept between two floors


@kept
def compile_rule(rule: Rule, circumstances: Circumstances) -> Judge:
    """Make a function that judges many applications under one rule, without findings.

    Each verdict is that of the rule's own finding, without waivers. A city alone whose
    application has a gist shares its answer with all that say the same; others, and criteria of
    third parties, are asked by `Rule.examine`. What is learned is kept for the next call. In
    a rule that combines others with *all of* or *any of*, the first answer that settles it
    ends the judgement of a city.

    Raises
    ------
    InvalidValueError
        The rule is beyond the bounds of depth and size.
    """
    gather_rules(rule)
    if circumstances.known_by is not None:  # what was known then, a gist does not tell
        return _each_asked(rule, circumstances)
    if _is_told_by_gist(rule):
        return _by_gist(rule, circumstances)
    if not isinstance(rule, AllOf | AnyOf) or type(rule) not in _OF_A_GIST:
        return _each_asked(rule, circumstances)
    parts = tuple(_flattened(rule))
    told = tuple([part for part in parts if _is_told_by_gist(part)])
    if not told:
        return _each_asked(rule, circumstances)
    others = [part for part in parts if not _is_told_by_gist(part)]
    combine, settling = (
        (all_of, Verdict.UNMET) if isinstance(rule, AllOf) else (any_of, Verdict.MET)
    )
    return _Combined(
        first=_by_gist(type(rule)(parts=told), circumstances),
        others=tuple([_asking(part, circumstances) for part in others]),
        combine=combine,
        settling=settling,
    )


@frozen(kw_only=True)
class _Combined:
    """Asks further parts where the first have not settled the answer."""

    first: Judge
    others: tuple[Callable[[Application], Verdict], ...]
    combine: Callable[[Iterable[Verdict]], Verdict]
    settling: Verdict

    def __call__(self, applications: Sequence[Application]) -> list[Verdict]:
        return [
            first
            if first is self.settling
            else self.combine(chain((first,), (ask(application) for ask in self.others)))
            for first, application in zip(self.first(applications), applications, strict=True)
        ]


def _is_told_by_gist(rule: Rule) -> bool:
    return all(type(each) in _OF_A_GIST for each in gather_rules(rule))


def _each_asked(rule: Rule, circumstances: Circumstances) -> Judge:
    ask = _asking(rule, circumstances)
    return lambda applications: [ask(application) for application in applications]


def _asking(rule: Rule, circumstances: Circumstances) -> Callable[[Application], Verdict]:
    """Make a function that has the rule itself answer."""

    def ask(application: Application) -> Verdict:
        return rule.examine(circumstances.case_of(application)).verdict

    return ask


NumberT = TypeVar("NumberT", int, Parameter)

_Answers = dict[str, Verdict]
_BetweenFloors = tuple[list[int], list[_Answers]]
"""Floors in order; and below, between and above them the answers by the words of a gist."""


def _by_gist(rule: Rule, circumstances: Circumstances) -> Judge:
    """Make a function that asks a rule once for each gist, and for each application without."""
    ask = _asking(rule, circumstances)
    day = circumstances.day.toordinal()
    varies = bool(parameters_of(rule))
    answers_where = _sharing(rule, circumstances)
    fixed_floors, fixed_answers = _none_yet(_floors(rule, int))

    def answer(application: Application) -> Verdict:
        gist = application.gist
        if not gist.since <= day < gist.until:
            return ask(application)
        floors, answers = fixed_floors, fixed_answers
        if varies:
            (city,) = application.cities
            floors, answers = answers_where(application.submitted_on, city.country)
        known = answers[bisect_right(floors, gist.inhabitants)]
        verdict = known.get(gist.words)
        if verdict is None:
            if len(known) >= _MOST_ANSWERS:
                known.clear()
            verdict = known[gist.words] = ask(application)
        return verdict

    def judge_each(applications: Sequence[Application]) -> list[Verdict]:
        return [answer(application) for application in applications]

    if varies or len(fixed_floors) != 1:
        return judge_each
    (floor,), (below, reaching) = fixed_floors, fixed_answers

    def judge_by_one_floor(applications: Sequence[Application]) -> list[Verdict]:
        """As `answer` for each, without a call for what was learned."""
        return [
            verdict
            if gist.since <= day < gist.until
            and (verdict := (reaching if gist.inhabitants >= floor else below).get(gist.words))
            is not None
            else answer(application)
            for application in applications
            for gist in (application.gist,)
        ]

    return judge_by_one_floor


def _sharing(
    rule: Rule, circumstances: Circumstances
) -> Callable[[Date | None, CountryCode], _BetweenFloors]:
    """Make a function that finds what was learned wherever and whenever the same numbers hold."""
    learned: dict[tuple[int, ...], _BetweenFloors] = {}
    parameters = parameters_of(rule)
    fixed, varying = _floors(rule, int), _floors(rule, Parameter)

    @lru_cache(maxsize=4_096)
    def answers_where(submitted_on: Date | None, country: CountryCode) -> _BetweenFloors:
        def held(number: Parameter) -> int:
            when = submitted_on or circumstances.day
            return value_at(number, when, circumstances.version, country).value

        floors = fixed | {held(number) for number in varying}
        return learned.setdefault(tuple(map(held, parameters)), _none_yet(floors))

    return answers_where


def _floors(rule: Rule, kind: type[NumberT]) -> set[NumberT]:
    floors = [
        each.floor_inhabitants for each in gather_rules(rule) if isinstance(each, MinimumPopulation)
    ]
    return {floor for floor in floors if isinstance(floor, kind)}


def _none_yet(floors: set[int]) -> _BetweenFloors:
    return sorted(floors), [{} for _ in range(len(floors) + 1)]


def _flattened(rule: AllOf | AnyOf) -> Iterator[Rule]:
    """Give the parts, and in the place of a part that combines likewise those of its own."""
    for part in rule.parts:
        if isinstance(part, AllOf | AnyOf) and type(part) is type(rule):
            yield from _flattened(part)
        else:
            yield part
