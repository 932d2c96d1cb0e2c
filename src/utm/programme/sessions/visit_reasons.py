"""Why a visit fits on no days at all, and what is least to give up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from attrs import evolve

from utm.programme.meetings import Relaxation, RelaxationKind
from utm.programme.sessions.agents import visit_options
from utm.programme.sessions.problem import SessionsProblem, Visit

__all__ = ["why_no_days"]


def why_no_days(visit: Visit, problem: SessionsProblem) -> tuple[Relaxation, ...]:
    """Find the smallest change of each kind with which a visit fits, each tried alone.

    Tried are, each alone: fewer days, another time of the year, holidays and blackout days,
    and to go without some travellers. Of the last all changes of the smallest size are told.

    Parameters
    ----------
    visit
        A visit that fits on no days.
    problem
        The rules of the year.
    """
    return (
        *_fewer_days(visit, problem),
        *_another_time(visit, problem),
        *_on_holidays(visit, problem),
        *_without_some(visit, problem),
    )


def _fits(visit: Visit, problem: SessionsProblem) -> bool:
    return next(visit_options(visit, problem), None) is not None


def _fewer_days(visit: Visit, problem: SessionsProblem) -> Iterator[Relaxation]:
    for days in range(visit.days - 1, 0, -1):
        if _fits(evolve(visit, days=days), problem):
            told = "1 day" if days == 1 else f"{days} days"
            yield Relaxation(
                kind=RelaxationKind.SHORTER_VISIT,
                members=(),
                amount=days,
                sentence=f"A visit of {told} fits.",
            )
            return


def _another_time(visit: Visit, problem: SessionsProblem) -> Iterator[Relaxation]:
    if visit.within is not None and _fits(evolve(visit, within=None), problem):
        yield Relaxation(
            kind=RelaxationKind.FREE_TIME_OF_VISIT,
            members=(),
            amount=0,
            sentence="The visit fits at another time of the programme year.",
        )


def _on_holidays(visit: Visit, problem: SessionsProblem) -> Iterator[Relaxation]:
    free = evolve(
        visit,
        hosts=tuple(evolve(one, holidays=None) for one in visit.hosts),
        guests=tuple(evolve(one, holidays=None) for one in visit.guests),
    )
    without = evolve(
        problem,
        rules=evolve(problem.rules, blackout_days=()),
        facilitators=tuple(
            evolve(one, attendee=evolve(one.attendee, holidays=None))
            for one in problem.facilitators
        ),
    )
    if _fits(free, without):
        yield Relaxation(
            kind=RelaxationKind.IGNORE_HOLIDAYS,
            members=(),
            amount=0,
            sentence="The visit fits if it may be on holidays and blackout days.",
        )


def _without_some(visit: Visit, problem: SessionsProblem) -> Iterator[Relaxation]:
    for size in range(1, len(visit.everybody) - 1):
        helpful = False
        for absent in combinations(visit.everybody, size):
            hosts = tuple(one for one in visit.hosts if one not in absent)
            guests = tuple(one for one in visit.guests if one not in absent)
            if hosts and guests and _fits(evolve(visit, hosts=hosts, guests=guests), problem):
                helpful = True
                names = " and ".join(one.name for one in absent)
                yield Relaxation(
                    kind=RelaxationKind.LEAVE_OUT_MEMBERS,
                    members=tuple(one.key for one in absent),
                    amount=0,
                    sentence=f"Without {names} the visit fits.",
                )
        if helpful:
            return
