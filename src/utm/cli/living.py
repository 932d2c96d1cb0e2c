"""The work behind ``utm edition start``, ``status`` and ``withdraw``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from attrs import frozen
from pendulum import Date

from utm.cli.applicants import read_or_register
from utm.cli.clock import today
from utm.cli.dates import (
    next_date,
    print_dates,
    session_document,
    sessions_of,
    visit_document,
    visit_line,
    write_dates,
)
from utm.cli.exit_codes import ExitCode
from utm.cli.grouping import find_participant, read_grouping
from utm.cli.recording import granted, new_file, read_kind
from utm.cli.terminal import print_json, print_list, print_table, print_text
from utm.domain import CityId
from utm.interchange.formed_groups import FormedGroups, read_formed_groups
from utm.interchange.histories import write_history
from utm.programme.cohort import CohortHistory
from utm.programme.exchange import (
    EditionHistory,
    EditionIndicators,
    EditionTerms,
    OverridePrice,
    WithdrawalPlan,
    agree_sessions,
    entry_of,
    health_of_all,
    launch_groups,
    measure_edition,
    plan_withdrawal,
    refuse_outsiders,
    reprice_overrides,
)
from utm.programme.history import Command

__all__ = [
    "EntryRequest",
    "WithdrawalRequest",
    "let_enter",
    "print_status",
    "start_edition",
    "withdraw_city",
]


def start_edition(
    formed: Path,
    path: Path,
    *,
    by: str,
    why: str,
    on: Date | None,
    cohort: Path | None,
    joining: tuple[str, ...],
) -> None:
    """Begin the history of a formed edition in a new file."""
    new_file(path)
    day = on or today()
    read = read_formed_groups(formed)
    towns = [key for key, _ in read.towns]
    _require_in_cohort(towns, cohort, joining, on=day, source=formed.name)
    policy = read.problem.policy
    history: EditionHistory = granted(
        launch_groups(
            read.edition,
            read.participants,
            read.groups,
            by=by,
            on=day,
            why=why,
            terms=EditionTerms(
                smallest_group=policy.smallest_group,
                largest_group=policy.largest_group,
                most_groups_a_facilitator=_most_groups(read),
            ),
            wishes=read.wishes,
        ),
        source=formed.name,
    )
    if read.sessions:
        history = granted(
            agree_sessions(
                history,
                read.sessions,
                {group.id.value: read.identity(group) for group in read.groups},
                by=by,
                on=day,
                why=why,
            ),
            source=formed.name,
        )
    write_history(path, history)
    waiting = len(history.state.waiting)
    print_text(
        f"{read.title} began on {day} with {len(history.state.groups)} groups; "
        f"{waiting} of {len(read.participants)} participants wait for a group."
    )
    print_text(f"Its history is in {path}.")


def _require_in_cohort(
    towns: Iterable[CityId],
    cohort: Path | None,
    joining: Iterable[str],
    *,
    on: Date,
    source: str,
) -> None:
    if cohort is None:
        return
    members: CohortHistory = read_kind(cohort, "cohort")
    refusal = refuse_outsiders(
        towns, members.as_of(on).state, on=on, joining=[CityId(key) for key in joining]
    )
    if refusal is not None:
        granted(refusal, source=source)


@frozen(kw_only=True)
class EntryRequest:
    """What the command line asks for; ``None`` stands for today, or for no cohort."""

    history: Path
    applicants: Path
    by: str
    why: str
    on: Date | None
    cohort: Path | None
    joining: tuple[str, ...]


def let_enter(request: EntryRequest) -> None:
    """Let the applicants of a file enter an edition that has begun, all or none of them."""
    day = request.on or today()
    history: EditionHistory = read_kind(request.history, "edition")
    applications = read_or_register(request.applicants, on=day).applications
    towns = [city.id for one in applications for city in one.cities]
    _require_in_cohort(
        towns, request.cohort, request.joining, on=day, source=request.applicants.name
    )
    actions = entry_of(history.state, applications)
    if not actions:
        print_text("Nothing has changed: all take part, and seek and offer the same.")
        return
    following: EditionHistory = granted(
        history.record_all(
            Command(action=action, by=request.by, on=day, why=request.why) for action in actions
        ),
        source=request.history.name,
    )
    write_history(request.history, following)
    new = following.entries[len(history.entries) :]
    print_list("What happened:", [event.sentence for entry in new for event in entry.events])
    print_text(f"Recorded up to entry {len(following.entries)} of {request.history}.")


def _most_groups(read: FormedGroups) -> int:
    """What the busiest facilitator may lead; each has a limit of its own besides."""
    people = () if read.basis is None else read.basis.facilitators
    return max(
        (one.most_groups for one in people), default=EditionTerms().most_groups_a_facilitator
    )


def print_status(
    path: Path,
    *,
    on: Date | None,
    as_json: bool,
    dates: bool = False,
    grouping: Path | None = None,
) -> None:
    """Print groups, their health with what to do next, and the indicators on a day."""
    day = on or today()
    history: EditionHistory = read_kind(path, "edition")
    history = history.as_of(day)
    state = history.state
    prices: tuple[OverridePrice, ...] = ()
    if grouping is not None:
        read = read_grouping(path, grouping, state)
        prices = reprice_overrides(history, read.problem)
    health = health_of_all(state, on=day)
    indicators = _indicators(measure_edition(state))
    if as_json:
        print_json(
            {
                "format": "utm.edition-status",
                "version": 1,
                "edition": state.id.value,
                "on": day.isoformat(),
                "groups": [
                    {
                        "group": one.group.value,
                        "grade": one.grade.value,
                        "finding": one.finding,
                        "next_step": one.next_step,
                    }
                    for one in health
                ],
                "sessions": [session_document(group, one) for group, one in sessions_of(state)],
                "visits": [visit_document(one) for one in state.planned_visits],
                "blackouts": [str(period) for period in state.blackouts],
                "waiting": [key.value for key in state.waiting],
                "indicators": dict(indicators),
                "overrides": [
                    {"entry": one.entry, "price_then": one.price_then, "price_now": one.price_now}
                    for one in prices
                ],
            }
        )
        return
    members = {group.id: group for group in state.groups}
    print_table(
        f"{state.id} on {day}",
        ["group", "members", "met", "next date (UTC)", "health", "what to do next"],
        [
            [
                one.group.value,
                ", ".join(member.value for member in members[one.group].members),
                str(len(members[one.group].meetings)),
                next_date(members[one.group], day),
                f"{one.grade.value}: {one.finding}",
                one.next_step,
            ]
            for one in health
        ],
    )
    if dates:
        print_dates(state, day)
    print_list("Visits:", [visit_line(one) for one in state.planned_visits if one.is_open])
    print_list("Nobody meets:", [period.in_words for period in state.blackouts])
    print_list("Overrides:", [one.sentence for one in prices])
    print_list("Waiting for a group:", [key.value for key in state.waiting])
    print_list("Indicators:", [f"{name}: {value}" for name, value in indicators])


def _indicators(found: EditionIndicators) -> list[tuple[str, str]]:
    median = found.median_days_to_first_meeting
    return [
        ("groups", str(found.groups)),
        ("completed", str(found.completed)),
        ("attendance", str(found.attendance)),
        ("participants that gave and received", str(found.two_way)),
        ("pilots", str(found.pilots)),
        ("practices transferred", str(found.transfers)),
        ("visits", str(found.visits)),
        ("median days to the first meeting", "nobody met" if median is None else f"{median:g}"),
        ("attrition", str(found.attrition)),
        ("training needs", str(found.training_needs)),
        ("research needs", str(found.research_needs)),
    ]


@frozen(kw_only=True)
class WithdrawalRequest:
    """What the command line asks for; ``None`` stands for a default that depends on the rest."""

    history: Path
    city: str
    reason: str
    by: str
    on: Date | None
    grouping: Path | None
    most_touched: int
    plan: int | None
    writes: bool


def withdraw_city(request: WithdrawalRequest) -> ExitCode:
    """Show the plans that follow a withdrawal; carry one out if that is asked for."""
    history: EditionHistory = read_kind(request.history, "edition")
    read = read_grouping(request.history, request.grouping, history.state)
    plans: tuple[WithdrawalPlan, ...] = granted(
        plan_withdrawal(
            history,
            read.problem,
            find_participant(history.state, read, request.city),
            by=request.by,
            on=request.on or today(),
            why=request.reason,
            most_touched=request.most_touched,
        ),
        source=request.history.name,
    )
    _print_plans(plans)
    if not request.writes:
        print_text("Nothing was written. Add --yes, and --plan with the number of the plan.")
        return ExitCode.DONE
    if request.plan is None and len(plans) > 1:
        raise click.UsageError(f"there are {len(plans)} plans: choose one with --plan")
    number = request.plan or 1
    if number > len(plans):
        raise click.UsageError(f"there is no plan {number}")
    write_history(request.history, plans[number - 1].history)
    print_text(f"Plan {number} was recorded in {request.history}.")
    write_dates(request.history, plans[number - 1].history, read)
    return ExitCode.DONE


def _print_plans(plans: tuple[WithdrawalPlan, ...]) -> None:
    for number, plan in enumerate(plans, start=1):
        touched = ", ".join(key.value for key in plan.touched) or "none"
        waiting = ", ".join(key.value for key in plan.waiting) or "nobody"
        print_list(
            f"Plan {number}:",
            [
                *plan.sentences,
                f"Other groups that change: {touched}. Waiting for a group: {waiting}.",
                f"Price: {_needs(plan.price)} of {_needs(plan.worth_before)} fully met needs.",
            ],
        )


def _needs(millionths: int) -> str:
    return f"{millionths / 1_000_000:.3f}"
