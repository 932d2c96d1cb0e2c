"""The work behind ``utm edition visit``."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen
from pendulum import Date

from utm.cli.clock import today
from utm.cli.dates import print_relaxations, write_dates
from utm.cli.exit_codes import ExitCode
from utm.cli.grouping import basis_of, find_participant, read_grouping
from utm.cli.recording import granted, read_kind
from utm.cli.terminal import print_list, print_text
from utm.domain import Period
from utm.interchange.histories import write_history
from utm.programme.exchange import EditionHistory, EditionState, VisitPlan, VisitWanted, plan_visit

__all__ = ["VisitRequest", "place_visit"]


@frozen(kw_only=True)
class VisitRequest:
    """What the command line asks for; ``None`` stands for a default that depends on the rest."""

    history: Path
    hosts: tuple[str, ...]
    guests: tuple[str, ...]
    days: int
    travel_days: int
    within: Period | None
    lead: str
    key: str | None
    reason: str
    by: str
    on: Date | None
    notice_days: int
    facilitators: Path | None
    grouping: Path | None
    writes: bool


def place_visit(request: VisitRequest) -> ExitCode:
    """Show when the visit could be and what would change; record it if that is asked for."""
    history: EditionHistory = read_kind(request.history, "edition")
    state = history.state
    read = read_grouping(request.history, request.grouping, state)
    basis = basis_of(read, state, facilitators=request.facilitators)
    wanted = VisitWanted(
        visit=_next_key(state) if request.key is None else request.key,
        hosts=tuple(find_participant(state, read, text) for text in request.hosts),
        guests=tuple(find_participant(state, read, text) for text in request.guests),
        days=request.days,
        travel_days=request.travel_days,
        within=request.within,
        facilitator=request.lead,
        notice_days=request.notice_days,
    )
    plan: VisitPlan = granted(
        plan_visit(
            history,
            basis,
            wanted,
            by=request.by,
            on=request.on or today(),
            why=request.reason,
        ),
        source=request.history.name,
    )
    if plan.agreed is None:
        print_relaxations(plan.sessions)
        return ExitCode.INFEASIBLE
    print_list("What would happen:", plan.sentences)
    if not request.writes:
        print_text("Nothing was written. Add --yes to record it.")
        return ExitCode.DONE
    write_history(request.history, plan.history)
    print_text(f"Recorded as entry {len(plan.history.entries)} of {request.history}.")
    write_dates(request.history, plan.history, read)
    return ExitCode.DONE


def _next_key(state: EditionState) -> str:
    number = len(state.planned_visits) + 1
    while state.planned_visit(f"visit-{number}") is not None:
        number += 1
    return f"visit-{number}"
