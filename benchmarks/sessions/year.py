"""Place the year of the 19 published groups, alone and with shared facilitators and visits.

Run as ``python -m benchmarks.sessions.year`` from the root of the repository. CPU seconds,
the least of five runs; nothing is kept from one run to the next but the spells of the time
zones. One group is compared with the oracle of the tests, which shares no code with the
search.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from attrs import evolve
from pendulum import Date

from tests.programme.meeting_oracle import best_choice
from utm.domain import Period, TimeZone
from utm.programme import Attendee, MeetingRules, attendee_of, national_holidays, schedule_meetings
from utm.programme.sessions import (
    Facilitator,
    SessionGroup,
    SessionsPlan,
    SessionsProblem,
    Visit,
    assign_facilitators,
    audit_sessions,
    bound_of_assignments,
    schedule_sessions,
)
from utm.reference import city2city_2026

RUNS = 5
YEAR = Period(start=Date(2026, 2, 1), end=Date(2027, 2, 1))
RULES = MeetingRules(year=YEAR)
ZONES = {"Ana": "Europe/Lisbon", "Bo": "Europe/Brussels", "Cem": "Europe/Istanbul"}
ZONES["Dev"] = "Asia/Kolkata"
ValueT = TypeVar("ValueT")


def main() -> None:
    """Measure and print."""
    groups, people = published_groups(), facilitators()
    alone = SessionsProblem(rules=RULES, groups=groups)
    schedule_sessions(alone)
    report("19 groups, nobody shared", alone)
    shared = assign_facilitators(groups, people, RULES)
    seconds, _ = best_of(lambda: assign_facilitators(groups, people, RULES))
    print(f"sharing 19 groups out among 4 facilitators: {seconds:.2f} s")
    tied = SessionsProblem(rules=RULES, groups=shared, facilitators=people)
    plan = report("19 groups, 4 shared facilitators", tied)
    seconds, bound = best_of(lambda: bound_of_assignments(groups, people, RULES))
    print(
        f"bound over every sharing out: {seconds:.2f} s; the city that bears most bears "
        f"{plan.score.largest_burden_minutes} minutes and at least "
        f"{bound.largest_burden_minutes}; all cities together "
        f"{plan.score.total_burden_minutes}"
    )
    report("the same with 4 visits", evolve(tied, visits=tuple(visits(shared))))
    compare_one_group()


def report(name: str, problem: SessionsProblem) -> SessionsPlan:
    """Time one problem and say what is proven of its plan."""
    seconds, plan = best_of(lambda: schedule_sessions(problem))
    proven = "proven best" if plan.is_proven_best else f"bound {plan.bound}"
    wrong = audit_sessions(plan, problem)
    print(f"{name}: {seconds:.2f} s, {proven}, {len(wrong)} faults in the audit")
    return plan


def compare_one_group() -> None:
    """Compare one group with every choice there is, minute by minute, in a small year."""
    group = published_groups()[0]
    rules = MeetingRules(
        year=Period(start=Date(2026, 3, 20), end=Date(2026, 4, 6)),
        number=2,
        minimum_spacing_days=3,
        maximum_spacing_days=12,
        grid_minutes=30,
    )
    seconds, plan = best_of(lambda: schedule_meetings(group.members, rules))
    best = best_choice(sorted(group.members, key=lambda one: one.key), rules)
    starts = tuple(meeting.starts_at for meeting in plan.meetings)
    same = best is not None and starts == best[-1]
    print(f"one group: {seconds:.3f} s, as good as the best of all choices: {same}")


def published_groups() -> tuple[SessionGroup, ...]:
    """The groups of City2City 2026 with the public holidays of their countries."""
    register = city2city_2026()
    towns = {one.key: one.cities[0] for one in register.applications}
    holidays = {
        country: national_holidays(country, YEAR)
        for country in sorted({town.country for town in towns.values()})
    }
    return tuple(
        SessionGroup(
            key=pairing.id.value,
            members=tuple(
                attendee_of(towns[key], holidays=holidays[towns[key].country])
                for key in pairing.members
            ),
        )
        for pairing in register.edition.pairings
    )


def facilitators() -> tuple[Facilitator, ...]:
    """Four people that may lead five groups each."""
    return tuple(
        Facilitator(attendee=Attendee(key=name, name=name, timezone=TimeZone(zone)))
        for name, zone in ZONES.items()
    )


def visits(groups: tuple[SessionGroup, ...]) -> Iterator[Visit]:
    """Every fifth group is visited by a member of the next one."""
    for at in range(0, 16, 5):
        yield Visit(
            key=f"visit-{at}",
            hosts=groups[at].members[:1],
            guests=groups[at + 1].members[:1],
            facilitator=groups[at].facilitator,
        )


def best_of(work: Callable[[], ValueT]) -> tuple[float, ValueT]:
    """The smallest CPU time of some runs, and what came of them."""
    times: list[float] = []
    for _ in range(RUNS):
        before = time.process_time()
        made = work()
        times.append(time.process_time() - before)
    return min(times), made


if __name__ == "__main__":
    main()
