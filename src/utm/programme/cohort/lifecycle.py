"""The life of the cohort: one active membership a city, conditions with a due day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never, get_args

from attrs import evolve
from pendulum import Date

from utm.domain import City
from utm.errors import InvalidValueError
from utm.programme.cohort.events import (
    Admission,
    CohortEvent,
    Condition,
    Departure,
    Fulfilment,
    Registration,
    WaveOpening,
)
from utm.programme.cohort.state import CohortState, Membership
from utm.programme.cohort.validation import FrontRunnerNamed, SolutionValidated
from utm.programme.history import Command, History, Lifecycle, Refusal, Requirement
from utm.rules import Decision, Outcome

__all__ = ["COHORT_REQUIREMENTS", "CohortHistory", "admissions_of", "begin_cohort"]

CohortHistory = History[CohortState, CohortEvent, CohortEvent]
"""The history of a cohort."""

_KNOWN_CITY = Requirement(id="cohort.known-city", text="a city is entered in the register first")
_NEXT_WAVE = Requirement(id="cohort.next-wave", text="waves are numbered 1, 2, 3 and so on")
_OPEN_WAVE = Requirement(id="cohort.open-wave", text="a city joins with a wave that was opened")
_ONE_ACTIVE = Requirement(
    id="cohort.one-active-membership", text="a city has at most one active membership"
)
_DUE_LATER = Requirement(
    id="cohort.due-after-admission", text="a condition falls due on the day of admission or later"
)
_MEMBER = Requirement(
    id="cohort.active-member", text="only a city that belongs to the cohort can do that"
)
_OPEN_CONDITION = Requirement(
    id="cohort.open-condition", text="a city fulfils a condition that it has and once"
)
_ADMISSIBLE = Requirement(
    id="cohort.admissible", text="a city is admitted on a decision that lets it in"
)
_FRONT_RUNNER = Requirement(
    id="cohort.front-runner-once", text="a city becomes a front-runner once"
)
_ELSEWHERE = Requirement(
    id="cohort.validated-elsewhere",
    text="a solution is validated by another city than the one that developed it, and once by each",
)
COHORT_REQUIREMENTS = (
    _KNOWN_CITY,
    _NEXT_WAVE,
    _OPEN_WAVE,
    _ONE_ACTIVE,
    _DUE_LATER,
    _MEMBER,
    _OPEN_CONDITION,
    _ADMISSIBLE,
    _FRONT_RUNNER,
    _ELSEWHERE,
)
"""All that a command to a cohort may be refused for."""


def begin_cohort(title: str, register: Iterable[City] = ()) -> CohortHistory:
    """Begin the history of a cohort.

    Parameters
    ----------
    title
        Its name.
    register
        The cities that are known from the beginning, in any order.

    Raises
    ------
    InvalidValueError
        A city stands twice in the register.
    """
    cities = tuple(sorted(register, key=lambda city: city.id))
    if len({city.id for city in cities}) < len(cities):
        raise InvalidValueError(kind="register", value=title, reason="names a city twice")
    lifecycle = Lifecycle(
        name=title,
        start=CohortState(title=title, cities=cities),
        decide=_decide,
        apply=_apply,
        requirements=COHORT_REQUIREMENTS,
        actions=get_args(CohortEvent),
    )
    return History(lifecycle=lifecycle)


def admissions_of(decision: Decision, *, wave: int) -> tuple[Admission, ...] | Refusal:
    """What admits the applicant of a decision: one admission for each of its towns.

    The obligations of a conditional decision become conditions with their due days: a
    town's own go with it, those of a consortium as a whole with each of its towns.

    Parameters
    ----------
    decision
        What the rules said.
    wave
        The wave to join with.
    """
    if decision.outcome in {Outcome.INELIGIBLE, Outcome.INCOMPLETE}:
        return _ADMISSIBLE.refuse(f"it is {decision.outcome.value}: {decision.sentence}")
    return tuple(
        Admission(
            city=city.id,
            wave=wave,
            conditions=tuple(
                Condition(duty=duty.duty, due_on=duty.due_on)
                for duty in decision.obligations
                if duty.subject in {city.id, decision.subject}
            ),
        )
        for city in decision.application.cities
    )


def _decide(state: CohortState, command: Command[CohortEvent]) -> tuple[CohortEvent, ...] | Refusal:
    return _refuse(state, command.action, command.on) or (command.action,)


def _refuse(state: CohortState, action: CohortEvent, on: Date) -> Refusal | None:
    refusal: Refusal | None = None
    match action:
        case Registration():
            pass
        case WaveOpening():
            following = len(state.waves) + 1
            if action.number != following:
                refusal = _NEXT_WAVE.refuse(f"the next wave has number {following}")
        case Admission():
            refusal = _refuse_admission(state, action, on)
        case Fulfilment():
            refusal = _refuse_fulfilment(state, action, on)
        case Departure():
            if state.membership_of(action.city, on) is None:
                refusal = _MEMBER.refuse(f"{action.city} is no active member on {on}")
        case FrontRunnerNamed() | SolutionValidated():
            refusal = _refuse_part(state, action, on)
        case _:  # pragma: no cover
            assert_never(action)
    return refusal


def _refuse_part(
    state: CohortState, action: FrontRunnerNamed | SolutionValidated, on: Date
) -> Refusal | None:
    if state.membership_of(action.city, on) is None:
        return _MEMBER.refuse(f"{action.city} is no active member on {on}")
    if isinstance(action, FrontRunnerNamed):
        known = [day for day, city in state.front_runners if city == action.city]
        return _FRONT_RUNNER.refuse(f"{action.city} is one since {known[0]}") if known else None
    if state.city(action.origin) is None:
        return _KNOWN_CITY.refuse(f"{action.origin} is not in it")
    if action.origin == action.city:
        return _ELSEWHERE.refuse(f"{action.city} developed {action.solution} itself")
    same = (action.solution, action.origin, action.city)
    for day, one in state.validations:
        if (one.solution, one.origin, one.city) == same:
            return _ELSEWHERE.refuse(f"{action.city} validated it on {day}")
    return None


def _refuse_admission(state: CohortState, action: Admission, on: Date) -> Refusal | None:
    if state.city(action.city) is None:
        return _KNOWN_CITY.refuse(f"{action.city} is not in it")
    if action.wave not in {number for number, _ in state.waves}:
        return _OPEN_WAVE.refuse(f"wave {action.wave} was never opened")
    current = state.membership_of(action.city, on)
    if current is not None:
        return _ONE_ACTIVE.refuse(f"{action.city} has been a member since {current.joined_on}")
    past = [condition for condition in action.conditions if condition.due_on < on]
    if past:
        return _DUE_LATER.refuse(f"this was due before: {'; '.join(map(str, past))}")
    return None


def _refuse_fulfilment(state: CohortState, action: Fulfilment, on: Date) -> Refusal | None:
    membership = state.membership_of(action.city, on)
    if membership is None:
        return _MEMBER.refuse(f"{action.city} is no active member on {on}")
    waiting = [condition.duty for condition in membership.open_conditions(on)]
    if action.duty not in waiting:
        shown = "; ".join(waiting) or "none"
        return _OPEN_CONDITION.refuse(f"the open conditions of {action.city} are: {shown}")
    return None


def _apply(state: CohortState, event: CohortEvent, command: Command[CohortEvent]) -> CohortState:
    on = command.on
    match event:
        case Registration():
            others = tuple(city for city in state.cities if city.id != event.city.id)
            cities = sorted((*others, event.city), key=lambda city: city.id)
            state = evolve(state, cities=tuple(cities))
        case WaveOpening():
            state = evolve(state, waves=(*state.waves, (event.number, on)))
        case Admission():
            joined = Membership(
                city=event.city, wave=event.wave, joined_on=on, conditions=event.conditions
            )
            state = evolve(state, memberships=(*state.memberships, joined))
        case Fulfilment():
            current = state.membership_of(event.city, on)
            if current is not None:
                done = (*current.fulfilled, (event.duty, on))
                state = _replace(state, current, evolve(current, fulfilled=done))
        case Departure():
            current = state.membership_of(event.city, on)
            if current is not None:
                state = _replace(state, current, evolve(current, left_on=on))
        case FrontRunnerNamed():
            state = evolve(state, front_runners=(*state.front_runners, (on, event.city)))
        case SolutionValidated():
            state = evolve(state, validations=(*state.validations, (on, event)))
        case _:  # pragma: no cover
            assert_never(event)
    return state


def _replace(state: CohortState, old: Membership, new: Membership) -> CohortState:
    return evolve(state, memberships=tuple(new if one is old else one for one in state.memberships))
