"""The best sessions of a small edition in the dullest way: every combination of dates judged."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations, product

from pendulum import Date

from tests.programme.meeting_oracle import Choice, all_choices
from utm.domain import TimeZone
from utm.programme import Attendee
from utm.programme.sessions import Facilitator, SessionsProblem, Visit
from utm.programme.time_zones import zone_info_of

Score = tuple[int, tuple[int, ...], int, int]
Days = tuple[Date, datetime, datetime]


def smallest_score(problem: SessionsProblem) -> Score | None:
    """The smallest score of all plans that break nothing; ``None`` when there is none."""
    groups = sorted(problem.groups, key=lambda one: one.key)
    visits = sorted(problem.visits, key=lambda one: one.key)
    people = {one.key: one for one in problem.facilitators}
    choices = [
        list(
            all_choices(
                sorted(group.members, key=lambda one: one.key),
                problem.rules,
                facilitator=people[group.facilitator].attendee if group.facilitator else None,
                agreed=group.agreed,
                held=group.held,
            )
        )
        for group in groups
    ]
    places = [list(_visit_days(visit, problem)) for visit in visits]
    best: Score | None = None
    for chosen in product(*choices):
        if not _facilitators_can(chosen, problem):
            continue
        for days in product(*places):
            if _visits_fit(chosen, days, problem):
                score = _score(chosen, days, problem)
                best = score if best is None else min(best, score)
    return best


def _score(chosen: Sequence[Choice], days: Sequence[Days], problem: SessionsProblem) -> Score:
    visits = sorted(problem.visits, key=lambda one: one.key)
    moved = sum(
        visit.agreed_on is not None and visit.agreed_on != first
        for visit, (first, _, _) in zip(visits, days, strict=True)
    )
    return (
        sum(choice[0] for choice in chosen) + moved,
        tuple(sorted((m for choice in chosen for m in choice[1]), reverse=True)),
        sum(choice[2] for choice in chosen),
        sum(choice[3] for choice in chosen),
    )


def _facilitators_can(chosen: Sequence[Choice], problem: SessionsProblem) -> bool:
    groups = sorted(problem.groups, key=lambda one: one.key)
    return all(
        _can_lead(
            who,
            [
                start
                for group, choice in zip(groups, chosen, strict=True)
                if group.facilitator == who.key
                for start in choice[-1]
            ],
            problem.rules.duration_minutes,
        )
        for who in problem.facilitators
    )


def _can_lead(who: Facilitator, starts: Sequence[datetime], minutes: int) -> bool:
    zone = who.attendee.timezone
    assert isinstance(zone, TimeZone)
    local = [start.astimezone(zone_info_of(zone)).date() for start in starts]
    apart = timedelta(minutes=minutes + who.rest_minutes)
    return (
        all(abs(one - other) >= apart for one, other in combinations(starts, 2))
        and max(Counter(local).values(), default=0) <= who.most_meetings_a_day
        and max(Counter(day.isocalendar()[:2] for day in local).values(), default=0)
        <= who.most_meetings_a_week
    )


def _visit_days(visit: Visit, problem: SessionsProblem) -> Iterator[Days]:
    rules = problem.rules
    leaders = [one.attendee for one in problem.facilitators if one.key == visit.facilitator]
    zone = visit.hosts[0].timezone
    assert isinstance(zone, TimeZone)
    for ordinal in range(rules.year.start.toordinal(), rules.ends_before.toordinal()):
        days = [Date.fromordinal(ordinal + number) for number in range(visit.days)]
        if all(_works(one, day, problem) for one in (*visit.everybody, *leaders) for day in days):
            first = days[0].subtract(days=visit.travel_days)
            after = days[-1].add(days=visit.travel_days + 1)
            info = zone_info_of(zone)
            yield (
                days[0],
                datetime(first.year, first.month, first.day, tzinfo=info),
                datetime(after.year, after.month, after.day, tzinfo=info),
            )


def _works(one: Attendee, day: Date, problem: SessionsProblem) -> bool:
    rules = problem.rules
    free = one.holidays.holidays_within(rules.year) if one.holidays else ()
    return (
        day in rules.year
        and day not in rules.blackout_days
        and day.isoweekday() in one.working_weekdays
        and day not in {holiday.day for holiday in free}
    )


def _visits_fit(chosen: Sequence[Choice], days: Sequence[Days], problem: SessionsProblem) -> bool:
    groups = sorted(problem.groups, key=lambda one: one.key)
    visits = sorted(problem.visits, key=lambda one: one.key)
    length = timedelta(minutes=problem.rules.duration_minutes)
    for visit, (_, begins, ends) in zip(visits, days, strict=True):
        taken = {one.key for one in visit.everybody} | ({visit.facilitator} - {""})
        for group, choice in zip(groups, chosen, strict=True):
            if taken & {group.facilitator, *(one.key for one in group.members)} and any(
                start < ends and begins < start + length for start in choice[-1]
            ):
                return False
    for one, other in combinations(zip(visits, days, strict=True), 2):
        mine = {each.key for each in one[0].everybody} | ({one[0].facilitator} - {""})
        theirs = {each.key for each in other[0].everybody} | ({other[0].facilitator} - {""})
        if mine & theirs and one[1][1] < other[1][2] and other[1][1] < one[1][2]:
            return False
    return True
