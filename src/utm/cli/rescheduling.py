"""The work behind ``utm edition reschedule``."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import frozen
from pendulum import Date

from utm.cli.clock import today
from utm.cli.dates import print_relaxations, write_dates
from utm.cli.exit_codes import ExitCode
from utm.cli.grouping import basis_of, read_grouping
from utm.cli.recording import granted, read_kind
from utm.cli.terminal import print_list, print_text
from utm.domain import PairingId, Period
from utm.errors import InvalidValueError
from utm.interchange.formed_groups import FormedGroups
from utm.interchange.histories import write_history
from utm.programme.exchange import (
    DatesWanted,
    EditionHistory,
    EditionState,
    ReschedulingPlan,
    SessionsBasis,
    plan_rescheduling,
    recheck_sessions,
)

__all__ = ["RescheduleRequest", "reschedule_dates"]


@frozen(kw_only=True)
class RescheduleRequest:
    """What the command line asks for; ``None`` stands for a default that depends on the rest."""

    history: Path
    cancelled: tuple[str, ...]
    away: tuple[str, ...]
    leads: tuple[str, ...]
    blackouts: tuple[Period, ...]
    rechecks: bool
    moved_visits: tuple[str, ...]
    facilitators: Path | None
    reason: str
    by: str
    on: Date | None
    notice_days: int
    grouping: Path | None
    writes: bool


def reschedule_dates(request: RescheduleRequest) -> ExitCode:
    """Show which dates would change; record that if it is asked for."""
    day = request.on or today()
    history: EditionHistory = read_kind(request.history, "edition")
    read = read_grouping(request.history, request.grouping, history.state)
    basis = basis_of(read, history.state, facilitators=request.facilitators)
    cancelled = tuple(_date(text) for text in request.cancelled)
    if request.rechecks:
        moved = recheck_sessions(history.state, basis, on=day)
        print_list("Clocks that have moved:", [one.sentence for one in moved])
        if not moved:
            print_text("Every local time that was told still holds.")
        late = {(one.group, one.number) for one in moved if not one.is_acceptable}
        cancelled = (*cancelled, *sorted(late - set(cancelled)))
    wanted = DatesWanted(
        cancelled=cancelled,
        away=request.away,
        leads=tuple(_lead(text, basis) for text in request.leads),
        blackouts=request.blackouts,
        notice_days=request.notice_days,
        moved_visits=request.moved_visits,
    )
    _require_known(request.away, history.state)
    plan: ReschedulingPlan = granted(
        plan_rescheduling(history, basis, wanted, by=request.by, on=day, why=request.reason),
        source=request.history.name,
    )
    return _carry_out(plan, request, read)


def _carry_out(plan: ReschedulingPlan, request: RescheduleRequest, read: FormedGroups) -> ExitCode:
    sessions = plan.sessions
    if not sessions.is_complete:
        print_relaxations(sessions)
        return ExitCode.INFEASIBLE
    if plan.change is None:
        print_text("Nothing has to change.")
        return ExitCode.DONE
    print_list(f"Dates touched: {plan.touched}.", plan.sentences)
    before = {group.id: group.facilitator for group in _state_before(plan).groups}
    print_list(
        "Led by somebody else:",
        [
            f"{one.group}: {one.facilitator or 'nobody'} instead of {before[one.group] or 'nobody'}"
            for one in plan.change.groups
            if one.facilitator != before[one.group]
        ],
    )
    proof = (
        "no plan touches fewer"
        if sessions.bound.changes == sessions.score.changes
        else (f"no plan touches fewer than {sessions.bound.changes}")
    )
    print_text(
        f"The city that bears most bears {sessions.score.largest_burden_minutes} minutes outside "
        f"its office hours in the whole year; {proof}."
    )
    if not request.writes:
        print_text("Nothing was written. Add --yes to record it.")
        return ExitCode.DONE
    write_history(request.history, plan.history)
    print_text(f"Recorded as entry {len(plan.history.entries)} of {request.history}.")
    write_dates(request.history, plan.history, read)
    return ExitCode.DONE


def _state_before(plan: ReschedulingPlan) -> EditionState:
    history = plan.history
    state: EditionState = history.lifecycle.start
    for entry in history.standing[:-1]:
        for event in entry.events:
            state = history.lifecycle.apply(state, event, entry.command)
    return state


def _date(text: str) -> tuple[PairingId, int]:
    group, _, number = text.rpartition(":")
    try:
        return PairingId(group), int(number)
    except (ValueError, InvalidValueError) as error:
        raise click.UsageError(f"{text!r} is no date: write GROUP:NUMBER") from error


def _lead(text: str, basis: SessionsBasis) -> tuple[PairingId, str]:
    group, _, name = text.partition("=")
    known = {one.key for one in basis.facilitators}
    if name.strip() not in known:
        names = ", ".join(sorted(known)) or "nobody"
        raise click.UsageError(f"{text!r} names nobody who is known; known are: {names}")
    try:
        return PairingId(group.strip()), name.strip()
    except InvalidValueError as error:
        raise click.UsageError(f"{text!r} is no group: write GROUP=NAME") from error


def _require_known(away: tuple[str, ...], state: EditionState) -> None:
    leading = state.facilitators
    for name in away:
        if name not in leading:
            names = ", ".join(sorted(leading)) or "nobody"
            raise click.UsageError(f"{name!r} leads no group; those who do: {names}")
