"""What is to be placed in a programme year: meetings of groups, visits, and who leads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import field, frozen
from pendulum import Date, DateTime

from utm.domain import Period
from utm.domain.dates import require_date
from utm.domain.names import clean_name
from utm.errors import InvalidValueError
from utm.programme.attendees import Attendee
from utm.programme.meeting_rules import MeetingRules
from utm.programme.sessions.facilitator import Facilitator

__all__ = ["SessionGroup", "SessionsProblem", "Visit"]


@frozen(kw_only=True)
class SessionGroup:
    """A group that needs its meetings.

    Parameters
    ----------
    key
        What it is called in data.
    members
        Who meets, in any order; a city is in one group only.
    facilitator
        Key of whoever leads it; empty while that is nobody.
    agreed
        Starts that were agreed before and would better stay, in UTC; ``None`` when
        nothing was agreed. A start that is cancelled is not among them.
    held
        Starts of meetings that were held, in UTC. They count among those that the rules
        ask for, and nothing is placed before the day after the last of them.
    held_on
        Days of meetings that were held at hours that are not known; they count too.
    closed
        Instants from and to which the group cannot meet, in UTC.
    """

    key: str
    members: tuple[Attendee, ...]
    facilitator: str = ""
    agreed: tuple[DateTime, ...] | None = None
    held: tuple[DateTime, ...] = ()
    held_on: tuple[Date, ...] = ()
    closed: tuple[tuple[DateTime, DateTime], ...] = ()

    def __attrs_post_init__(self) -> None:
        clean_name(self.key, kind="key of a group")
        if not self.members:
            raise InvalidValueError(kind="group", value=self.key, reason="has no members")
        for day in self.held_on:
            require_date(day, kind="day of a meeting")


@frozen(kw_only=True)
class Visit:
    """Cities that travel to others; the guests may come from other groups.

    Parameters
    ----------
    key
        What it is called in data.
    hosts, guests
        At least one each.
    days
        Consecutive days that it takes. Each is a working day of every host and guest.
    travel_days
        Days before and after on which hosts and guests meet nobody else.
    within
        When it may take place; ``None`` for the whole programme year.
    facilitator
        Key of whoever goes along; empty for nobody.
    agreed_on
        First day that was agreed before and would better stay.
    not_on
        Days on which it cannot be, e.g. those that it had before it was cancelled.
    """

    key: str
    hosts: tuple[Attendee, ...]
    guests: tuple[Attendee, ...]
    days: int = 2
    travel_days: int = 1
    within: Period | None = None
    facilitator: str = ""
    agreed_on: Date | None = None
    not_on: tuple[Date, ...] = ()

    def __attrs_post_init__(self) -> None:
        clean_name(self.key, kind="key of a visit")
        keys = [one.key for one in self.everybody]
        if not self.hosts or not self.guests or len(set(keys)) < len(keys):
            raise InvalidValueError(
                kind="visit", value=self.key, reason="must have hosts and guests, each once"
            )
        for kind, value, least in (("days", self.days, 1), ("travel days", self.travel_days, 0)):
            if type(value) is not int or value < least:
                raise InvalidValueError(
                    kind=f"{kind} of a visit",
                    value=value,
                    reason=f"must be a whole number of at least {least}",
                )
        for day in self.not_on:
            require_date(day, kind="day without a visit")

    @property
    def everybody(self) -> tuple[Attendee, ...]:
        """Hosts and guests."""
        return (*self.hosts, *self.guests)


@frozen(kw_only=True)
class SessionsProblem:
    """All that is to be placed, and when.

    Parameters
    ----------
    rules
        The programme year with its blackout days, and what is asked of the meetings.
    groups, visits, facilitators
        In any order.
    not_before
        First day on which anything that is not agreed yet may be; ``None`` for the first
        day of the year.

    Raises
    ------
    InvalidValueError
        A key stands twice, a city is in two groups, a facilitator is not known, or one
        leads more groups than it may. All of it is told at once.
    """

    rules: MeetingRules
    groups: tuple[SessionGroup, ...]
    facilitators: tuple[Facilitator, ...] = ()
    visits: tuple[Visit, ...] = ()
    not_before: Date | None = None
    _by_key: dict[str, Facilitator] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {one.key: one for one in self.facilitators})
        reasons = tuple(self._reasons())
        if reasons:
            raise InvalidValueError(
                kind="sessions of an edition", value=len(reasons), reason="; ".join(reasons)
            )

    def facilitator(self, key: str) -> Facilitator | None:
        """Find a facilitator; ``None`` for nobody."""
        return self._by_key.get(key)

    def _reasons(self) -> Iterator[str]:
        for kind, keys in (
            ("group", [one.key for one in self.groups]),
            ("visit", [one.key for one in self.visits]),
            ("facilitator", [one.key for one in self.facilitators]),
            ("city in groups", [m.key for one in self.groups for m in one.members]),
        ):
            yield from (f"{kind} {key} stands twice" for key in _repeated(keys))
        people = {one.key for one in self.facilitators}
        for name in sorted(people & {m.key for one in self.groups for m in one.members}):
            yield f"{name} is a facilitator and a member"
        leads = [(one.key, one.facilitator) for one in self.groups]
        leads += [(one.key, one.facilitator) for one in self.visits]
        for key, leader in leads:
            if leader and leader not in people:
                yield f"{key} is led by {leader}, who is not known"
        load = Counter(one.facilitator for one in self.groups if one.facilitator)
        for who in sorted(self.facilitators, key=lambda one: one.key):
            if load[who.key] > who.most_groups:
                yield f"{who.key} leads {load[who.key]} groups and may lead {who.most_groups}"


def _repeated(keys: Iterable[str]) -> list[str]:
    return sorted(key for key, count in Counter(keys).items() if count > 1)
