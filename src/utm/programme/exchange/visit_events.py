"""What happens to visits before they are held: agreed, moved with other dates, called off."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen
from pendulum import Date

from utm.domain import TimeZone
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.exchange.naming import (
    ParticipantId,
    keys_of,
    names_of,
)

__all__ = ["VisitAgreed", "VisitCancelled", "VisitDays", "VisitEvent"]


@frozen(kw_only=True)
class VisitAgreed:
    """Participants agree to visit others; the guests may come from other groups.

    Parameters
    ----------
    visit
        Its key within the edition.
    hosts, guests
        At least one each, and nobody is both.
    first_day
        Its first day on the calendar of the first host, without the days of travel.
    days
        Consecutive days that it takes.
    travel_days
        Days before and after on which hosts and guests meet nobody else.
    timezone
        Zone of the first host; ``None`` while that is not known, and days are those of UTC.
    facilitator
        Who goes along; empty for nobody.
    """

    visit: str
    hosts: tuple[ParticipantId, ...]
    guests: tuple[ParticipantId, ...]
    first_day: Date
    days: int = 2
    travel_days: int = 1
    timezone: TimeZone | None = None
    facilitator: str = ""

    def __attrs_post_init__(self) -> None:
        require_date(self.first_day, kind="first day of a visit")
        everybody = (*self.hosts, *self.guests)
        if not self.hosts or not self.guests or len(set(everybody)) < len(everybody):
            raise InvalidValueError(
                kind="visit",
                value=names_of(everybody),
                reason="must have hosts and guests, each once",
            )
        if not self.visit.strip():
            raise InvalidValueError(kind="visit", value=self.visit, reason="must have a key")
        for kind, value, least in (("days", self.days, 1), ("travel days", self.travel_days, 0)):
            if type(value) is not int or value < least:
                raise InvalidValueError(
                    kind=f"{kind} of a visit",
                    value=value,
                    reason=f"must be a whole number of at least {least}",
                )

    @property
    def sentence(self) -> str:
        """What happened."""
        last = self.first_day.add(days=self.days - 1)
        return (
            f"Visit {self.visit} was agreed from {self.first_day} to {last}: "
            f"{names_of(self.guests)} to {names_of(self.hosts)}."
        )

    @property
    def concerns(self) -> tuple[str, ...]:
        """Hosts, guests and whoever goes along."""
        others = (self.facilitator,) if self.facilitator else ()
        return keys_of((*self.hosts, *self.guests), *others)


@frozen(kw_only=True)
class VisitCancelled:
    """A visit is called off; it also follows when no host or no guest is left."""

    visit: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Visit {self.visit} was called off."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The visit."""
        return (self.visit,)


@frozen(kw_only=True)
class VisitDays:
    """What changes for one visit.

    Parameters
    ----------
    visit
        Its key.
    before
        The first day that was agreed.
    after
        The first day now.
    facilitator
        Who goes along from now on; empty for nobody.
    """

    visit: str
    before: Date
    after: Date
    facilitator: str = ""

    def __attrs_post_init__(self) -> None:
        for day in (self.before, self.after):
            require_date(day, kind="first day of a visit")

    @property
    def words(self) -> str:
        """The change in words."""
        who = self.facilitator or "nobody"
        if self.before == self.after:
            return f"visit {self.visit} of {self.after} is accompanied by {who}"
        return f"visit {self.visit} moves from {self.before} to {self.after}"


VisitEvent: TypeAlias = VisitAgreed | VisitCancelled
"""Either of these; each can be asked for by a command. Moves go with those of the dates."""
