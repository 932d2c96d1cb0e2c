"""The gap between there and here: each enabling condition met, unmet or unknown in a city."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.city import City, MembershipStatus
from utm.domain.dates import require_date
from utm.domain.enabling import (
    ClimateAmong,
    CoastBetween,
    CountryAmong,
    ElevationBetween,
    EnablingCondition,
    GovernmentAmong,
    IncomeAmong,
    InhabitantsBetween,
    LanguageAmong,
    NetworkMember,
    Requirement,
)
from utm.domain.evidence import Unknown, UnknownReason
from utm.domain.practice import BuildingBlock, Practice

__all__ = ["ConditionFinding", "ConditionStanding", "TransferabilityGap", "transferability_gap"]


class ConditionStanding(Enum):
    """Whether a condition holds in a city."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown here"


@frozen(kw_only=True)
class ConditionFinding:
    """Whether one condition holds in a city, and why.

    Parameters
    ----------
    condition
        The condition.
    block
        The building block that needs it; ``None`` if the whole does.
    standing
        Met, unmet or unknown.
    reason
        The fact that settles it, or why none does.
    """

    condition: EnablingCondition
    block: BuildingBlock | None
    standing: ConditionStanding
    reason: str


@frozen(kw_only=True)
class TransferabilityGap:
    """What a city would have to change, adapt or find out before it can reuse a practice.

    Parameters
    ----------
    findings
        One a condition, those of the whole first.
    """

    findings: tuple[ConditionFinding, ...]

    def of(self, standing: ConditionStanding) -> tuple[ConditionFinding, ...]:
        """The conditions that are met, unmet or unknown."""
        return tuple(finding for finding in self.findings if finding.standing is standing)

    @property
    def reusable_blocks(self) -> tuple[BuildingBlock, ...]:
        """Building blocks that have conditions of their own, all of them met."""
        blocks = [finding.block for finding in self.findings if finding.block is not None]
        failing = [
            finding.block
            for finding in self.findings
            if finding.standing is not ConditionStanding.MET
        ]
        return tuple(block for block in _once(blocks) if block not in failing)


def transferability_gap(practice: Practice, city: City, *, on: Date) -> TransferabilityGap:
    """Hold each enabling condition of a practice against what is known of a city.

    A condition that is written in words alone is unknown in every city: no recorded fact
    could settle it. So is one whose fact is missing, or whose sources disagree about it.

    Parameters
    ----------
    practice
        The practice.
    city
        The city that would reuse it.
    on
        The day on which memberships are looked at.
    """
    require_date(on)
    return TransferabilityGap(
        findings=tuple(
            _finding(block, condition, city, on) for block, condition in practice.all_conditions()
        )
    )


Judged = tuple[ConditionStanding, str]


def _finding(
    block: BuildingBlock | None, condition: EnablingCondition, city: City, on: Date
) -> ConditionFinding:
    if condition.requirement is None:
        standing, reason = ConditionStanding.UNKNOWN, "no recorded fact can settle it"
    elif isinstance(condition.requirement, NetworkMember):
        standing, reason = _membership(condition.requirement, city, on)
    else:
        standing, reason = _judge(condition.requirement, city)
    return ConditionFinding(condition=condition, block=block, standing=standing, reason=reason)


def _judge(requirement: Requirement, city: City) -> Judged:
    match requirement:
        case ClimateAmong(classes=classes, main_groups=groups):
            climate = city.climate
            fits = not isinstance(climate, Unknown) and (
                climate in classes or climate.main_group in groups
            )
            judged = _by_fact(climate, fits=fits, told=f"its climate is {climate}")
        case GovernmentAmong(kinds=kinds):
            fact = city.government
            told = "" if isinstance(fact, Unknown) else f"it is governed by a {fact.value}"
            judged = _by_fact(fact, fits=fact in kinds, told=told)
        case IncomeAmong(groups=incomes):
            income = city.income
            told = "" if isinstance(income, Unknown) else f"its country has {income.value} income"
            judged = _by_fact(income, fits=income in incomes, told=told)
        case CountryAmong(countries=countries):
            told = f"it lies in {city.country.country.name}"
            judged = _by_fact(city.country, fits=city.country in countries, told=told)
        case LanguageAmong(languages=languages):
            told = ", ".join(language.value for language in city.languages)
            known = city.languages or _NOT_REPORTED
            fits = any(language in languages for language in city.languages)
            judged = _by_fact(known, fits=fits, told=f"its official languages: {told}")
        case _:
            judged = _judge_range(requirement, city)
    return judged


def _judge_range(requirement: Requirement, city: City) -> Judged:
    match requirement:
        case CoastBetween(from_kilometres=lowest, below_kilometres=below):
            kilometres = city.coast_kilometres
            told = f"it lies {kilometres} km from the sea"
            judged = _by_fact(kilometres, fits=_within(kilometres, lowest, below), told=told)
        case ElevationBetween(from_metres=lowest, below_metres=below):
            metres = city.elevation_metres
            told = f"it lies {metres} m above the sea"
            judged = _by_fact(metres, fits=_within(metres, lowest, below), told=told)
        case InhabitantsBetween(from_inhabitants=lowest, below_inhabitants=below):
            figures = [f.inhabitants for f in city.populations if not f.doubt]
            judged = _by_figures(figures, [_within(f, lowest, below) for f in figures])
        case _:  # pragma: no cover - every other requirement has been dealt with
            judged = ConditionStanding.UNKNOWN, "no recorded fact can settle it"
    return judged


def _membership(requirement: NetworkMember, city: City, on: Date) -> Judged:
    for membership in city.memberships:
        if membership.network != requirement.network:
            continue
        if membership.period is not None and on not in membership.period:
            continue
        standing = (
            ConditionStanding.MET
            if membership.status is MembershipStatus.SIGNATORY
            else ConditionStanding.UNMET
        )
        return standing, f"it is listed as {membership.status.value} ({membership.source})"
    # A city that is on no list that we know of may be on one that we do not know.
    return ConditionStanding.UNKNOWN, f"it is on no list of {requirement.network} that is known"


def _by_fact(fact: object, *, fits: bool, told: str) -> Judged:
    if isinstance(fact, Unknown):
        return ConditionStanding.UNKNOWN, str(fact)
    return (ConditionStanding.MET if fits else ConditionStanding.UNMET), told


def _by_figures(figures: list[int], fits: list[bool]) -> Judged:
    if not figures:
        return ConditionStanding.UNKNOWN, str(_NOT_REPORTED)
    lowest, highest = min(figures), max(figures)
    told = f"{lowest:,}" if lowest == highest else f"{lowest:,} to {highest:,}"
    if len(set(fits)) > 1:
        return ConditionStanding.UNKNOWN, f"its sources disagree: {told} inhabitants"
    return (
        ConditionStanding.MET if fits[0] else ConditionStanding.UNMET,
        f"it has {told} inhabitants",
    )


def _within(value: int | Unknown, lowest: int | None, below: int | None) -> bool:
    if isinstance(value, Unknown):
        return False
    return (lowest is None or lowest <= value) and (below is None or value < below)


def _once(blocks: Iterable[BuildingBlock]) -> tuple[BuildingBlock, ...]:
    return tuple(dict.fromkeys(blocks))


_NOT_REPORTED = Unknown(reason=UnknownReason.NOT_REPORTED)
