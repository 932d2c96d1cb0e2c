"""Place a visit among the agreed dates of an edition, touching as few of them as may be."""

from __future__ import annotations

from attrs import evolve, frozen
from pendulum import Date

from utm.domain import Period, TimeZone
from utm.programme.exchange import requirements as rules
from utm.programme.exchange.dates_now import DatesWanted, SessionsBasis, sessions_now
from utm.programme.exchange.group_rules import refuse_strangers
from utm.programme.exchange.lifecycle import EditionEvent, EditionHistory
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.rescheduling import change_to, sentences_of
from utm.programme.exchange.session_events import SessionsRescheduled
from utm.programme.exchange.visit_events import VisitAgreed
from utm.programme.history import Command, Refusal
from utm.programme.sessions import PlacedVisit, SessionsPlan, Visit, schedule_sessions

__all__ = ["VisitPlan", "VisitWanted", "plan_visit"]


@frozen(kw_only=True)
class VisitWanted:
    """A visit that is to be placed.

    Parameters
    ----------
    visit
        Its key within the edition.
    hosts, guests
        At least one each; the guests may come from other groups.
    days, travel_days
        Consecutive days that it takes, and days of travel before and after.
    within
        When it may be; ``None`` for the whole programme year.
    facilitator
        Who goes along; empty for nobody.
    notice_days
        How many days ahead of today it may begin.
    """

    visit: str
    hosts: tuple[ParticipantId, ...]
    guests: tuple[ParticipantId, ...]
    days: int = 2
    travel_days: int = 1
    within: Period | None = None
    facilitator: str = ""
    notice_days: int = 28


@frozen(kw_only=True)
class VisitPlan:
    """A visit on its days, with what changes for others; nothing has been recorded yet.

    Parameters
    ----------
    history
        The history with the visit; as it was if no days fit.
    agreed
        What would be recorded; ``None`` if no days fit.
    change
        What changes for others; ``None`` if nothing does.
    placed
        The visit on its days, or what could be given up.
    sessions
        All dates as they would be.
    """

    history: EditionHistory
    agreed: VisitAgreed | None
    change: SessionsRescheduled | None
    placed: PlacedVisit
    sessions: SessionsPlan

    @property
    def sentences(self) -> tuple[str, ...]:
        """What would happen, one sentence for each date and visit."""
        agreed = () if self.agreed is None else (self.agreed.sentence,)
        return (*agreed, *(() if self.change is None else sentences_of(self.change)))


def plan_visit(
    history: EditionHistory,
    basis: SessionsBasis,
    wanted: VisitWanted,
    *,
    by: str,
    on: Date,
    why: str,
    most_nodes: int = 400,
) -> VisitPlan | Refusal:
    """Find days for a visit, touching as few agreed dates as may be.

    Parameters
    ----------
    history
        The edition.
    basis
        What dates are placed from.
    wanted
        Who visits whom, for how long.
    by, on, why
        Who asks, on which day, for which reason.
    most_nodes
        Limit of the search, see `schedule_sessions`.

    Returns
    -------
    VisitPlan or Refusal
        Every day of the visit is a working day of every host, guest and companion, and
        nobody meets while travelling. Of all days that move the fewest agreed dates, those
        are chosen that leave the cities that bear most with least, then the earliest.

    Raises
    ------
    InvalidValueError
        There is no host or no guest, somebody is both, or a number of days is none.
    """
    refusal = _refuse(history, basis, wanted)
    if refusal is not None:
        return refusal.at(f"visit {wanted.visit} asked for on {on}, by {by}")
    basis = basis.with_entrants(history.state)
    visit = Visit(
        key=wanted.visit,
        hosts=tuple(basis.attendee(key.value) for key in wanted.hosts),
        guests=tuple(basis.attendee(key.value) for key in wanted.guests),
        days=wanted.days,
        travel_days=wanted.travel_days,
        within=wanted.within,
        facilitator=wanted.facilitator,
    )
    dates = DatesWanted(notice_days=wanted.notice_days)
    problem = sessions_now(history.state, basis, dates, on=on)
    leads = {one.key for one in problem.facilitators} | {wanted.facilitator}
    problem = evolve(
        problem,
        visits=(*problem.visits, visit),
        facilitators=tuple(one for one in basis.facilitators if one.key in leads),
    )
    plan = schedule_sessions(problem, most_nodes=most_nodes)
    placed = next(one for one in plan.visits if one.visit == wanted.visit)
    nothing = VisitPlan(history=history, agreed=None, change=None, placed=placed, sessions=plan)
    if not plan.is_complete or placed.first_day is None:
        return nothing
    zone = visit.hosts[0].timezone
    agreed = VisitAgreed(
        visit=wanted.visit,
        hosts=wanted.hosts,
        guests=wanted.guests,
        first_day=placed.first_day,
        days=wanted.days,
        travel_days=wanted.travel_days,
        timezone=zone if isinstance(zone, TimeZone) else None,
        facilitator=wanted.facilitator,
    )
    change = change_to(plan, history.state, dates, on=on)
    actions: list[EditionEvent] = [agreed] if change is None else [change, agreed]
    following = history.record_all(Command(action=each, by=by, on=on, why=why) for each in actions)
    if isinstance(following, Refusal):
        return following
    return evolve(nothing, history=following, agreed=agreed, change=change)


def _refuse(history: EditionHistory, basis: SessionsBasis, wanted: VisitWanted) -> Refusal | None:
    state = history.state
    if state.closed_on is not None:
        return rules.OPEN.refuse(f"{state.id} was closed on {state.closed_on}")
    if state.planned_visit(wanted.visit) is not None:
        return rules.NEW_KEY.refuse(f"there is a visit {wanted.visit}")
    people = {one.key for one in basis.facilitators}
    if wanted.facilitator and wanted.facilitator not in people:
        return rules.GOES_ALONG.refuse(
            f"{wanted.facilitator} is none of {', '.join(sorted(people))}"
        )
    return refuse_strangers(state, (*wanted.hosts, *wanted.guests))
