"""What changes by itself: waivers, plans, periods and times of grace that run out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.city import NetworkMembership
from utm.domain.dates import add_months, require_date
from utm.domain.evidence import Observation
from utm.domain.waiver import Waiver
from utm.errors import InvalidValueError
from utm.rules.impact import Transition, compare_decisions
from utm.rules.interpretations import DEFAULT_READINGS, Interpretations
from utm.rules.membership import NetworkSignatory
from utm.rules.parameter import parameters_of, values_of
from utm.rules.rulebook import Rulebook, RulebookVersion

__all__ = ["ComingChange", "find_coming_changes"]

_LONGEST_HORIZON_DAYS = 36_525


@frozen(kw_only=True)
class ComingChange:
    """A day on which a verdict changes although nobody does anything.

    It may be that of one criterion: the outcome can stay as it is, where it waits for others.

    Parameters
    ----------
    day
        The first day with the other verdict.
    transition
        The decision of the day before, and that of the day.
    """

    day: Date
    transition: Transition

    @property
    def sentence(self) -> str:
        """The change in one sentence."""
        return f"On {self.day}, {self.transition.sentence}"


def find_coming_changes(
    rulebook: Rulebook,
    application: Application,
    *,
    after: Date,
    until: Date,
    waivers: tuple[Waiver, ...] = (),
    interpretations: Interpretations | None = None,
    known_by: Date | None = None,
) -> tuple[ComingChange, ...]:
    """Find the days on which an outcome or the answer of a criterion changes by itself, in order.

    Only days on which something known begins or ends are judged: a waiver, a
    plan, a standing, a list that ceases to count, a time of grace.

    Parameters
    ----------
    rulebook
        The rules.
    application
        The applicant, as known now.
    after
        The day from which to look; changes on that day itself are not told.
    until
        The last day to look at, at most 100 years on.
    waivers, interpretations, known_by
        As for `Rulebook.assess`.

    Raises
    ------
    InvalidValueError
        `until` is before `after`, or more than 100 years after it.
    """
    require_date(after)
    require_date(until)
    if not 0 <= (until - after).days <= _LONGEST_HORIZON_DAYS:
        raise InvalidValueError(
            kind="last day to look at",
            value=str(until),
            reason=f"must lie within 100 years after {after}",
        )
    readings = DEFAULT_READINGS if interpretations is None else interpretations
    judge = partial(
        rulebook.assess,
        application,
        waivers=waivers,
        interpretations=readings,
        known_by=known_by,
    )
    held = judge(on=after)
    found: list[ComingChange] = []
    for day in sorted(set(_days_of_change(rulebook, application, waivers, readings))):
        if not after < day <= until or not rulebook.covers(application.submitted_on or day):
            continue
        now = judge(on=day)
        transition = compare_decisions(held, now)
        if transition.changed or transition.turned:
            found.append(ComingChange(day=day, transition=transition))
        held = now
    return tuple(found)


def _days_of_change(
    rulebook: Rulebook,
    application: Application,
    waivers: tuple[Waiver, ...],
    readings: Interpretations,
) -> Iterator[Date]:
    """Give every day on which some answer may differ from that of the day before."""
    for version in rulebook.versions:
        yield version.in_force.start
        yield from _days_of_grace(version, application)
        for parameter in parameters_of(version.rule):
            yield from (value.in_force.start for value in parameter.values)
            yield from _present(*(value.in_force.end for value in parameter.values))
    for waiver in waivers:
        yield waiver.issued_on
        yield from _present(waiver.expires_on)
    for plan in application.plans:
        yield from _present(plan.adopted_on, plan.expires_on)
    for statement in application.commitments:
        yield from _present(statement.stated_on)
    for city in application.cities:
        if isinstance(city.urbanisation, Observation):
            yield from _present(city.urbanisation.valid_until)
        for membership in city.memberships:
            yield from _days_of_standing(membership, readings)


def _days_of_grace(version: RulebookVersion, application: Application) -> Iterator[Date]:
    starts = tuple(_present(application.engaged_on, application.submitted_on))
    yield from starts
    for rule in version.rules:
        if isinstance(rule, NetworkSignatory):
            for start, months in product(starts, values_of(rule.grace_months)):
                yield _day_after(add_months(start, months))


def _days_of_standing(membership: NetworkMembership, readings: Interpretations) -> Iterator[Date]:
    if membership.period is not None:
        yield membership.period.start
        yield from _present(membership.period.end)
    if membership.listed_on is not None:
        yield membership.listed_on
        yield _day_after(membership.listed_on)
        yield _day_after(add_months(membership.listed_on, 12 * readings.listing_counts_years))


def _present(*days: Date | None) -> Iterator[Date]:
    return (day for day in days if day is not None)


def _day_after(day: Date) -> Date:
    return day.add(days=1)
