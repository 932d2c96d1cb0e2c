"""Where a city stands on its journey, from evidence alone, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain import (
    Badge,
    BadgePhase,
    BadgePillar,
    City,
    CityId,
    ClimatePlan,
    Emissions,
    EmissionTarget,
    Inventory,
    JourneyStage,
    MembershipStatus,
    NetworkId,
    PlanCoverage,
    Source,
    StageEvidence,
)
from utm.domain.dates import require_date
from utm.errors import InvalidValueError

__all__ = [
    "GCOM",
    "Journey",
    "StageStatus",
    "SupportItem",
    "SupportKind",
    "evidence_from",
    "journey_of",
    "support_for",
]

GCOM = NetworkId("gcom")
"""The Global Covenant of Mayors, whose signature is the first stage."""

_ASK = {
    JourneyStage.COMMITMENT: "sign the commitment of the Global Covenant of Mayors",
    JourneyStage.INVENTORY: "make an inventory of emissions",
    JourneyStage.ASSESSMENT: "assess climate risks and vulnerabilities",
    JourneyStage.TARGET: "set a target with base year, target year and residual emissions",
    JourneyStage.PLAN: "adopt a climate action plan that covers the whole city",
    JourneyStage.IMPLEMENTATION: "begin a first action of the plan and show it",
    JourneyStage.MONITORING: "report what was achieved",
}
_STEPS = tuple((pillar, phase) for pillar in BadgePillar for phase in BadgePhase)


@frozen(kw_only=True)
class StageStatus:
    """One stage with what shows it.

    Parameters
    ----------
    stage
        The stage.
    evidence
        What shows it on the day; nothing means that it is not known to be reached, which
        is not the same as not reached.
    """

    stage: JourneyStage
    evidence: tuple[StageEvidence, ...]

    @property
    def is_shown(self) -> bool:
        """Whether there is evidence."""
        return bool(self.evidence)


@frozen(kw_only=True)
class Journey:
    """A city's journey on a day.

    Parameters
    ----------
    city
        The city.
    on
        The day.
    stages
        Every stage in its order.
    badges
        The steps of the Global Covenant of Mayors that were awarded by the day.
    """

    city: CityId
    on: Date
    stages: tuple[StageStatus, ...]
    badges: tuple[tuple[BadgePillar, BadgePhase], ...] = ()

    @property
    def reached(self) -> JourneyStage | None:
        """The last stage up to which everything is shown; ``None`` before the first."""
        reached = None
        for status in self.stages:
            if not status.is_shown:
                return reached
            reached = status.stage
        return reached

    @property
    def next_stage(self) -> JourneyStage | None:
        """The first stage that is not shown; ``None`` when all are."""
        return next((status.stage for status in self.stages if not status.is_shown), None)

    @property
    def shown_ahead(self) -> tuple[JourneyStage, ...]:
        """Stages that are shown although an earlier one is not."""
        following = self.next_stage
        if following is None:
            return ()
        return tuple(
            status.stage
            for status in self.stages
            if status.is_shown and status.stage.number > following.number
        )

    @property
    def open_badges(self) -> tuple[tuple[BadgePillar, BadgePhase], ...]:
        """Steps of the Global Covenant of Mayors that are not known to be awarded."""
        return tuple(step for step in _STEPS if step not in self.badges)

    @property
    def next_step(self) -> str:
        """What to do next, as an instruction."""
        following = self.next_stage
        if following is None:
            return "keep reporting; every stage is shown"
        if self.shown_ahead:
            return f"show evidence or {_ASK[following]}"
        return _ASK[following]

    @property
    def sentence(self) -> str:
        """Where the city stands and what comes next."""
        reached = self.reached
        where = (
            "has not shown the first stage"
            if reached is None
            else f"has shown all up to {reached.value}"
        )
        ahead = ", ".join(stage.value for stage in self.shown_ahead)
        jumps = f" (and {ahead} ahead of it)" if ahead else ""
        badges = f"; {len(self.badges)} of {len(_STEPS)} badge steps"
        return f"{self.city} {where}{jumps}{badges}. Next: {self.next_step}."


def evidence_from(
    city: City,
    *,
    plans: Iterable[ClimatePlan] = (),
    inventories: Iterable[Inventory] = (),
    badges: Iterable[Badge] = (),
    targets: Iterable[EmissionTarget] = (),
) -> tuple[StageEvidence, ...]:
    """Read stages off facts that are there anyway, so that nobody is asked twice.

    Parameters
    ----------
    city
        Its signature of the Global Covenant of Mayors shows the commitment.
    plans
        Each that is known to cover the whole city shows the plan, from its adoption to
        its end.
    inventories
        Each of the city's that gives a number shows the inventory, from the end of its year,
        or from the day of its source if that is later.
    badges
        Each of the city's shows the stage of its phase.
    targets
        Targets of the city; each shows the target, from the day of its source if that has one.
    """
    found = [
        StageEvidence(
            city=city.id,
            stage=JourneyStage.COMMITMENT,
            statement="signature of the Global Covenant of Mayors",
            source=membership.source,
            on=membership.listed_on if membership.period is None else membership.period.start,
            until=None if membership.period is None else membership.period.end,
        )
        for membership in city.memberships
        if membership.network == GCOM and membership.status is MembershipStatus.SIGNATORY
    ]
    found += [
        StageEvidence(
            city=city.id,
            stage=JourneyStage.PLAN,
            statement=f"{plan.kind.value} {plan.id}",
            source=plan.source,
            on=plan.adopted_on,
            until=plan.expires_on,
        )
        for plan in plans
        if city.id in plan.covers and plan.coverage is PlanCoverage.WHOLE_CITY
    ]
    found += [
        StageEvidence(
            city=city.id,
            stage=JourneyStage.INVENTORY,
            statement=f"inventory of {inventory.year}",
            source=inventory.source,
            on=_known_from(inventory),
        )
        for inventory in inventories
        if inventory.city == city.id
        and any(isinstance(entry.value, Emissions) for entry in inventory.entries)
    ]
    found += [
        StageEvidence(
            city=city.id,
            stage=JourneyStage.TARGET,
            statement=f"target {target}",
            source=target.source,
            on=target.source.published_on,
        )
        for target in targets
    ]
    found += [
        StageEvidence(
            city=city.id,
            stage=badge.stage,
            statement=str(badge),
            source=badge.source,
            on=badge.awarded_on,
        )
        for badge in badges
        if badge.city == city.id
    ]
    return tuple(found)


def _known_from(inventory: Inventory) -> Date:
    over = Date(inventory.year + 1, 1, 1)
    published = inventory.source.published_on
    return over if published is None else max(over, published)


def journey_of(
    city: CityId,
    evidence: Iterable[StageEvidence],
    *,
    on: Date,
    badges: Iterable[Badge] = (),
) -> Journey:
    """Derive where a city stands on a day.

    Parameters
    ----------
    city
        The city; evidence of others is left aside.
    evidence
        In any order.
    on
        The day.
    badges
        Awards; each also shows its stage.
    """
    require_date(on)
    awarded = [
        badge
        for badge in badges
        if badge.city == city and (badge.awarded_on is None or badge.awarded_on <= on)
    ]
    shown = [one for one in evidence if one.city == city and one.holds_on(on)]
    shown += [
        StageEvidence(city=city, stage=one.stage, statement=str(one), source=one.source)
        for one in awarded
    ]
    ordered = sorted(set(shown), key=lambda one: (one.statement, str(one.on), one.source.title))
    return Journey(
        city=city,
        on=on,
        stages=tuple(
            StageStatus(stage=stage, evidence=tuple(one for one in ordered if one.stage is stage))
            for stage in JourneyStage
        ),
        badges=tuple(
            step for step in _STEPS if step in {(one.pillar, one.phase) for one in awarded}
        ),
    )


class SupportKind(Enum):
    """What the mission gives."""

    SUPPORT = "support"
    GUIDANCE = "guidance"
    TOOL = "tool"


@frozen(kw_only=True)
class SupportItem:
    """Something that helps a city at some stages.

    Parameters
    ----------
    id
        Its key.
    kind
        Support, guidance or tool.
    title
        Its name.
    stages
        The stages that it helps to reach, at least one.
    source
        Where it is offered.
    """

    id: str
    kind: SupportKind
    title: str
    stages: tuple[JourneyStage, ...]
    source: Source

    def __attrs_post_init__(self) -> None:
        if not self.stages or len(set(self.stages)) < len(self.stages):
            raise InvalidValueError(
                kind="support", value=self.id, reason="must name one or more stages, each once"
            )


def support_for(journey: Journey, items: Iterable[SupportItem]) -> tuple[SupportItem, ...]:
    """What helps with the next stage, the most specific first; then what helps to monitor."""
    following = journey.next_stage
    fitting = [
        item
        for item in items
        if (JourneyStage.MONITORING if following is None else following) in item.stages
    ]
    return tuple(sorted(fitting, key=lambda item: (len(item.stages), item.id)))
