"""The cohort as it stands, on any day: who belongs to it, and on what condition."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen
from pendulum import Date

from utm.domain import City, CityId
from utm.domain.dates import require_date
from utm.programme.cohort.events import Condition
from utm.programme.cohort.validation import (
    MissionTarget,
    SolutionValidated,
    TargetKind,
    TargetProgress,
)

__all__ = ["CohortState", "Membership", "Standing"]


class Standing(Enum):
    """Where a membership stands on a day."""

    NOT_YET = "not yet a member"
    MEMBER = "member"
    CONDITIONAL = "member on condition"
    LAPSED = "lapsed: a condition was not fulfilled in time"
    LEFT = "left"

    @property
    def is_active(self) -> bool:
        """Whether it counts."""
        return self in {Standing.MEMBER, Standing.CONDITIONAL}


@frozen(kw_only=True)
class Membership:
    """One spell of a city in the cohort.

    Parameters
    ----------
    city
        The city.
    wave
        The wave that it joined with.
    joined_on
        First day.
    conditions
        What it had to do.
    fulfilled
        Duty and day of what it has done.
    left_on
        First day on which it no longer belongs, once it has left.
    """

    city: CityId
    wave: int
    joined_on: Date
    conditions: tuple[Condition, ...] = ()
    fulfilled: tuple[tuple[str, Date], ...] = ()
    left_on: Date | None = None

    def open_conditions(self, on: Date) -> tuple[Condition, ...]:
        """What was still to be done at the end of a day."""
        done = {duty for duty, day in self.fulfilled if day <= on}
        return tuple(one for one in self.conditions if one.duty not in done)

    def standing_on(self, on: Date) -> Standing:
        """Where it stands at the end of a day."""
        require_date(on)
        if on < self.joined_on:
            return Standing.NOT_YET
        if self.left_on is not None and self.left_on <= on:
            return Standing.LEFT  # only who had not lapsed could leave
        waiting = self.open_conditions(on)
        if any(one.due_on < on for one in waiting):
            return Standing.LAPSED
        return Standing.CONDITIONAL if waiting else Standing.MEMBER


@frozen(kw_only=True)
class CohortState:
    """The cohort as its history left it; every question is asked for a day.

    Parameters
    ----------
    title
        Its name.
    cities
        What is known of each city in the register, by key.
    waves
        Number and opening day of each wave.
    memberships
        Every spell of every city, in the order in which they began.
    front_runners
        Day and city of each that was named one, in order.
    validations
        Day and validation, in order.
    """

    title: str
    cities: tuple[City, ...] = ()
    waves: tuple[tuple[int, Date], ...] = ()
    memberships: tuple[Membership, ...] = ()
    front_runners: tuple[tuple[Date, CityId], ...] = ()
    validations: tuple[tuple[Date, SolutionValidated], ...] = ()
    _by_id: dict[CityId, City] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {city.id: city for city in self.cities})

    def city(self, key: CityId) -> City | None:
        """What is known of a city; ``None`` if it is not in the register."""
        return self._by_id.get(key)

    def active(self, on: Date) -> tuple[Membership, ...]:
        """The memberships that count at the end of a day."""
        return tuple(one for one in self.memberships if one.standing_on(on).is_active)

    def membership_of(self, key: CityId, on: Date) -> Membership | None:
        """The active membership of a city at the end of a day."""
        for membership in reversed(self.memberships):
            if membership.city == key and membership.standing_on(on).is_active:
                return membership
        return None

    def size(self, on: Date) -> int:
        """How many cities belong to the cohort at the end of a day."""
        return len(self.active(on))

    def wave_sizes(self, on: Date) -> dict[int, int]:
        """How many cities have joined with each wave by the end of a day, leavers included."""
        sizes = {number: 0 for number, opened_on in self.waves if opened_on <= on}
        for membership in self.memberships:
            if membership.joined_on <= on:
                sizes[membership.wave] += 1
        return sizes

    def progress(self, target: MissionTarget, on: Date) -> TargetProgress:
        """How far a target of the mission is reached at the end of a day.

        Only active members count. A front-runner that validates a solution of another city
        counts among the front-runners alone.
        """
        active = {one.city for one in self.active(on)}
        leading = {city for day, city in self.front_runners if day <= on}
        validating = {one.city for day, one in self.validations if day <= on} - leading
        counted = leading if target.kind is TargetKind.FRONT_RUNNERS else validating
        return TargetProgress(target=target, on=on, reached=tuple(sorted(counted & active)))

    def departed(self, on: Date) -> tuple[Membership, ...]:
        """The memberships that ended by a day, be it by leaving or by a lapse."""
        ended = {Standing.LEFT, Standing.LAPSED}
        return tuple(one for one in self.memberships if one.standing_on(on) in ended)

    def due(self, on: Date, *, within_days: int = 30) -> tuple[tuple[CityId, Condition], ...]:
        """Conditions of active members that fall due soon, the most urgent first."""
        found = [
            (membership.city, condition)
            for membership in self.active(on)
            for condition in membership.open_conditions(on)
            if (condition.due_on - on).days <= within_days
        ]
        return tuple(sorted(found, key=lambda pair: (pair[1].due_on, pair[0], pair[1].duty)))
