"""The life of a city's climate plan: revisions form a chain, one of them is current."""

from __future__ import annotations

from typing import TypeAlias, assert_never, get_args

from attrs import evolve, frozen
from pendulum import Date

from utm.domain import CityId, ClimatePlan, EmissionTarget, PlanId, PlanMode
from utm.programme.history import Command, History, Lifecycle, Refusal, Requirement

__all__ = [
    "PLAN_REQUIREMENTS",
    "PlanAdoption",
    "PlanEvent",
    "PlanHistory",
    "PlanRevision",
    "PlanState",
    "PlanVersion",
    "begin_plan",
]


@frozen(kw_only=True)
class PlanAdoption:
    """A city adopts its first plan.

    Parameters
    ----------
    plan
        The plan.
    targets
        Its targets; none if it sets none.
    """

    plan: ClimatePlan
    targets: tuple[EmissionTarget, ...] = ()

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Plan {self.plan.id} ({self.plan.kind.value}) was adopted."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The cities that it speaks for."""
        return tuple(city.value for city in self.plan.covers)


@frozen(kw_only=True)
class PlanRevision:
    """A new plan takes the place of the current one.

    Parameters
    ----------
    plan
        The new plan, with a key of its own.
    supersedes
        The plan whose place it takes, which must be the current one.
    targets
        Its targets.
    """

    plan: ClimatePlan
    supersedes: PlanId
    targets: tuple[EmissionTarget, ...] = ()

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Plan {self.plan.id} took the place of {self.supersedes}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The cities that it speaks for."""
        return tuple(city.value for city in self.plan.covers)


PlanEvent: TypeAlias = PlanAdoption | PlanRevision
"""Either of these; each can be asked for by a command."""


@frozen(kw_only=True)
class PlanVersion:
    """One link of the chain.

    Parameters
    ----------
    plan, targets
        The plan and its targets.
    in_force_from
        First day: that of its adoption if it is known, otherwise that of its recording.
    supersedes
        The link before; ``None`` for the first.
    """

    plan: ClimatePlan
    targets: tuple[EmissionTarget, ...]
    in_force_from: Date
    supersedes: PlanId | None = None


@frozen(kw_only=True)
class PlanState:
    """All plans of a city, the last one current.

    Parameters
    ----------
    city
        Whose plans they are.
    chain
        The plans in order.
    """

    city: CityId
    chain: tuple[PlanVersion, ...] = ()

    def current_on(self, day: Date) -> PlanVersion | None:
        """The plan in force on a day; ``None`` before the first, and after one has ended."""
        begun = [version for version in self.chain if version.in_force_from <= day]
        if not begun:
            return None
        ends = begun[-1].plan.expires_on
        return None if ends is not None and ends <= day else begun[-1]


PlanHistory = History[PlanState, PlanEvent, PlanEvent]
"""The history of a city's plan."""

_FIRST = Requirement(id="plan.adopted-once", text="a city adopts a first plan, then revises it")
_NEW_KEY = Requirement(id="plan.own-key", text="every revision has a key of its own")
_CURRENT = Requirement(
    id="plan.chain", text="a revision takes the place of the current plan and of no other"
)
_COVERS = Requirement(id="plan.covers-the-city", text="the plan speaks for the city")
_MODE = Requirement(
    id="plan.mode", text="an individual plan speaks for one city, a joint plan for several"
)
_ADOPTED = Requirement(
    id="plan.adopted-by-then", text="a plan is recorded on the day of its adoption, or later"
)
_LATER_PLAN = Requirement(
    id="plan.later-adoption", text="a revision is adopted after the plan whose place it takes"
)
_LATER_TARGET = Requirement(
    id="plan.target-after-adoption", text="a target year is not before the year of adoption"
)
PLAN_REQUIREMENTS = (
    _FIRST,
    _NEW_KEY,
    _CURRENT,
    _COVERS,
    _MODE,
    _ADOPTED,
    _LATER_PLAN,
    _LATER_TARGET,
)
"""All that a command to a plan may be refused for."""


def begin_plan(city: CityId) -> PlanHistory:
    """Begin the history of a city's plan; none has been adopted yet."""
    return History(
        lifecycle=Lifecycle(
            name=f"Plan of {city}",
            start=PlanState(city=city),
            decide=_decide,
            apply=_apply,
            requirements=PLAN_REQUIREMENTS,
            actions=get_args(PlanEvent),
        )
    )


def _decide(state: PlanState, command: Command[PlanEvent]) -> tuple[PlanEvent, ...] | Refusal:
    action = command.action
    refusal = _refuse_link(state, action) or _refuse_plan(state, action, command.on)
    return refusal or (action,)


def _refuse_link(state: PlanState, action: PlanEvent) -> Refusal | None:
    current = state.chain[-1].plan.id if state.chain else None
    if isinstance(action, PlanAdoption):
        return None if current is None else _FIRST.refuse(f"{current} is the current plan")
    if current is None:
        return _FIRST.refuse("there is no plan to revise")
    if action.supersedes != current:
        return _CURRENT.refuse(f"the current plan is {current}, not {action.supersedes}")
    if action.plan.id in {version.plan.id for version in state.chain}:
        return _NEW_KEY.refuse(f"{action.plan.id} stands in the chain already")
    return None


def _refuse_plan(state: PlanState, action: PlanEvent, on: Date) -> Refusal | None:
    plan = action.plan
    adopted = plan.adopted_on or on
    if state.city not in plan.covers:
        return _COVERS.refuse(f"{plan.id} speaks for others only")
    several = len(set(plan.covers)) > 1
    if (several and plan.mode is PlanMode.INDIVIDUAL) or (
        not several and plan.mode is PlanMode.JOINT
    ):
        return _MODE.refuse(f"{plan.id} speaks for {len(set(plan.covers))}")
    if adopted > on:
        return _ADOPTED.refuse(f"{plan.id} is adopted on {adopted} only")
    if state.chain and adopted < state.chain[-1].in_force_from:
        before = state.chain[-1]
        return _LATER_PLAN.refuse(
            f"{plan.id} is of {adopted} and {before.plan.id} of {before.in_force_from}"
        )
    late = [target for target in action.targets if target.target_year < adopted.year]
    if late:
        return _LATER_TARGET.refuse(f"{late[0].target_year} is before {adopted.year}")
    return None


def _apply(state: PlanState, event: PlanEvent, command: Command[PlanEvent]) -> PlanState:
    match event:
        case PlanAdoption():
            supersedes = None
        case PlanRevision():
            supersedes = event.supersedes
        case _:  # pragma: no cover
            assert_never(event)
    link = PlanVersion(
        plan=event.plan,
        targets=event.targets,
        in_force_from=event.plan.adopted_on or command.on,
        supersedes=supersedes,
    )
    return evolve(state, chain=(*state.chain, link))
