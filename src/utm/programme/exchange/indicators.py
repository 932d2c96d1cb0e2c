"""Did it work? Indicators of one edition, and of several side by side."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from attrs import frozen

from utm.domain import EditionId
from utm.domain.countries import country_of
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.outcome_events import NeedKind, PilotStage
from utm.programme.exchange.state import EditionState, GroupStage

__all__ = ["Balance", "EditionIndicators", "PartOf", "compare_editions", "measure_edition"]

_AT_LEAST_TESTED = {PilotStage.TESTING, PilotStage.RUNNING, PilotStage.SCALED}
_EUROPE = "Europe"


@frozen(kw_only=True)
class PartOf:
    """How many of how many; of none, the share is not known and never zero.

    Parameters
    ----------
    count
        How many.
    whole
        Of how many.
    """

    count: int
    whole: int

    @property
    def share(self) -> float | None:
        """The share from 0 to 1; ``None`` of nothing."""
        return self.count / self.whole if self.whole else None

    def __str__(self) -> str:
        return f"{self.count} of {self.whole}"


@frozen(kw_only=True)
class Balance:
    """What one participant gave and received.

    Parameters
    ----------
    participant
        Who.
    gave
        Meetings in which it presented, visits that it hosted, practices taken from it.
    received
        Meetings in which another presented, visits to others, practices that it took.
    """

    participant: ParticipantId
    gave: int
    received: int

    @property
    def is_two_way(self) -> bool:
        """Whether it did both."""
        return self.gave > 0 and self.received > 0


@frozen(kw_only=True)
class EditionIndicators:
    """An edition by the numbers, as it stands.

    Parameters
    ----------
    edition
        Which.
    groups
        Groups that were formed.
    completed
        Those completed, of all formed.
    attendance
        Places taken at meetings, of all places of members on those days.
    two_way
        Participants that both gave and received, of all that were ever in a group.
    from_europe, to_europe
        Practices that went from Europe to other regions, and the other way.
    pilots
        Pilots of any stage, the stopped ones too.
    tested
        Pilots that are tested, running or scaled, of all.
    stopped
        Pilots that were stopped.
    transfers
        Practices transferred.
    visits
        Visits held.
    days_to_first_meeting
        Days from kickoff to first meeting of each group that met, in ascending order.
    attrition
        Participants that withdrew, of all that were ever in a group.
    training_needs, research_needs
        Needs that came out of groups.
    overrides, price_of_overrides
        How often people overrode the grouping, and what that cost in millionths.
    measured
        Groups with a result by their own indicator, of those completed.
    balances
        Everybody that was ever in a group, by key.
    """

    edition: EditionId
    groups: int
    completed: PartOf
    attendance: PartOf
    two_way: PartOf
    from_europe: int
    to_europe: int
    pilots: int
    tested: PartOf
    stopped: int
    transfers: int
    visits: int
    days_to_first_meeting: tuple[int, ...]
    attrition: PartOf
    training_needs: int
    research_needs: int
    overrides: int
    price_of_overrides: int
    measured: PartOf
    balances: tuple[Balance, ...]

    @property
    def pilots_a_group(self) -> float | None:
        """Pilots for each group; ``None`` without groups."""
        return self.pilots / self.groups if self.groups else None

    @property
    def median_days_to_first_meeting(self) -> float | None:
        """The median; ``None`` before anybody met."""
        days = self.days_to_first_meeting
        return float(median(days)) if days else None


def measure_edition(state: EditionState) -> EditionIndicators:
    """Compute every indicator of an edition as it stands.

    For another day, measure the history as of that day.
    """
    participants = ever_grouped(state)
    balances = tuple(_balance(state, one) for one in participants)
    meetings = [meeting for group in state.groups for meeting in group.meetings]
    completed = [group for group in state.groups if group.stage is GroupStage.COMPLETED]
    flows = [_flow(state, one.origin, one.adopter) for _, one in state.transfers]
    kinds = [need.kind for _, need in state.needs]
    left = set(state.withdrawn)
    return EditionIndicators(
        edition=state.id,
        groups=len(state.groups),
        completed=PartOf(count=len(completed), whole=len(state.groups)),
        attendance=PartOf(
            count=sum(len(meeting.attendees) for meeting in meetings),
            whole=sum(len(meeting.members) for meeting in meetings),
        ),
        two_way=PartOf(count=sum(one.is_two_way for one in balances), whole=len(balances)),
        from_europe=flows.count((True, False)),
        to_europe=flows.count((False, True)),
        pilots=len(state.pilots),
        tested=PartOf(
            count=sum(pilot.stage in _AT_LEAST_TESTED for pilot in state.pilots),
            whole=len(state.pilots),
        ),
        stopped=sum(pilot.stage is PilotStage.STOPPED for pilot in state.pilots),
        transfers=len(state.transfers),
        visits=len(state.visits),
        days_to_first_meeting=tuple(
            sorted(
                (group.meetings[0].on - group.kickoff_on).days
                for group in state.groups
                if group.meetings and group.kickoff_on is not None
            )
        ),
        attrition=PartOf(count=sum(one in left for one in participants), whole=len(participants)),
        training_needs=kinds.count(NeedKind.TRAINING),
        research_needs=kinds.count(NeedKind.RESEARCH),
        overrides=len(state.overrides),
        price_of_overrides=sum(price for _, price, _ in state.overrides),
        measured=PartOf(
            count=sum(group.result is not None for group in completed), whole=len(completed)
        ),
        balances=balances,
    )


def compare_editions(editions: Iterable[EditionState]) -> tuple[EditionIndicators, ...]:
    """Measure several editions alike, by key."""
    return tuple(sorted((measure_edition(one) for one in editions), key=lambda one: one.edition))


def ever_grouped(state: EditionState) -> tuple[ParticipantId, ...]:
    """Everybody who was ever in a group, by key."""
    found = {
        member
        for group in state.groups
        for member in (
            *group.founders,
            *group.members,
            *(one for one, _ in group.withdrawn),
            *(one for one, _ in group.joined),
        )
    }
    return tuple(sorted(found, key=lambda one: one.value))


def _balance(state: EditionState, key: ParticipantId) -> Balance:
    meetings = [
        meeting for group in state.groups for meeting in group.meetings if key in meeting.attendees
    ]
    visits = [visit for _, visit in state.visits]
    transfers = [transfer for _, transfer in state.transfers]
    gave = sum(key in meeting.presenters for meeting in meetings)
    gave += sum(key in visit.hosts for visit in visits)
    gave += sum(transfer.origin == key for transfer in transfers)
    received = sum(any(one != key for one in meeting.presenters) for meeting in meetings)
    received += sum(key in visit.guests for visit in visits)
    received += sum(transfer.adopter == key for transfer in transfers)
    return Balance(participant=key, gave=gave, received=received)


def _flow(
    state: EditionState, origin: ParticipantId, adopter: ParticipantId
) -> tuple[bool | None, bool | None]:
    return _in_europe(state, origin), _in_europe(state, adopter)


def _in_europe(state: EditionState, key: ParticipantId) -> bool | None:
    code = next((country for one, country in state.participants if one == key), None)
    country = None if code is None else country_of(code.value)
    return None if country is None else country.region == _EUROPE
