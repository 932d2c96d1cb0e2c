"""The work behind ``utm funding import``, ``verify``, ``export`` and ``check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from attrs import evolve
from pendulum import Date

from utm.cli.clock import today
from utm.cli.exit_codes import ExitCode
from utm.cli.matching_funding import REGISTERS, noon
from utm.cli.terminal import print_json, print_list, print_plain, say
from utm.domain import Curation, FundedAction, InwardOpportunity, Opportunity
from utm.domain.dates import add_months
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.funding import Availability, State, state_of
from utm.interchange import JsonValue, atomic_write
from utm.interchange.funding import (
    monetary_grants_json,
    read_360giving,
    read_iati_activities,
    read_portal_topics,
)
from utm.interchange.lists import FUNDED_ACTIONS, OPPORTUNITIES, OpportunityEntry, format_in

__all__ = ["export_file", "import_file", "print_check", "verify_records"]

_DOUBTED = (Availability.STALE, Availability.UNVERIFIED)
_MONTHS_UNTIL_NEXT_CHECK = 6
_TITLES = {
    "a": "Register A, actions for cities outside Europe:",
    "b": "Register B, international opportunities for cities in Europe:",
    "joint": "Joint calls:",
}


def import_file(kind: str, source: Path, *, out: Path | None, into: Path | None) -> None:
    """Read what others publish and write it as a list, whole or not at all."""
    if out is not None and into is not None:
        raise click.UsageError("--out and --into exclude each other")
    if kind == "eu-portal":
        text, read, new = _topics(source, into)
    else:
        text, read, new = _actions(kind, source, into)
    _put(text, out or into)
    say(f"Read {read}: {new} new, {read - new} there already.")


def _topics(source: Path, into: Path | None) -> tuple[str, int, int]:
    """The list with the topics of the portal in it, how many were read, how many are new."""
    listed = () if into is None else OPPORTUNITIES.read(into)
    known = {each.entry.opportunity.id for each in listed}
    topics = read_portal_topics(source)
    new = [
        OpportunityEntry(entry=InwardOpportunity(opportunity=topic))
        for topic in topics
        if topic.id not in known
    ]
    return OPPORTUNITIES.to_json((*listed, *new)), len(topics), len(new)


def _actions(kind: str, source: Path, into: Path | None) -> tuple[str, int, int]:
    """The same for grants and activities."""
    listed = () if into is None else FUNDED_ACTIONS.read(into)
    known = {each.id for each in listed}
    actions = read_360giving(source) if kind == "360giving" else read_iati_activities(source)
    new = [each for each in actions if each.id not in known]
    _say_who_pays(new)
    return FUNDED_ACTIONS.to_json((*listed, *new)), len(actions), len(new)


def verify_records(
    path: Path, keys: Sequence[str], *, by: str, on: Date | None, next_check: Date | None
) -> None:
    """Note who has checked which records, and write the list anew."""
    day = on or today()
    until = next_check or add_months(day, _MONTHS_UNTIL_NEXT_CHECK)
    try:
        curation = Curation(verified_by=by, verified_on=day, next_check_on=until)
    except InvalidValueError as error:
        raise click.UsageError(str(error)) from error
    OPPORTUNITIES.amend(path, lambda entries: _all_verified(entries, keys, curation, path.name))
    say(f"Noted for {len(set(keys))}: checked by {by} on {day}, next on {until}.")


def export_file(path: Path, *, out: Path | None) -> None:
    """Write opportunities or funded actions as JSON-LD of schema.org."""
    things: list[Opportunity | FundedAction] = []
    if format_in(path) == FUNDED_ACTIONS.name:
        things += FUNDED_ACTIONS.read(path)
    else:
        things += [each.entry.opportunity for each in OPPORTUNITIES.read(path)]
    _put(monetary_grants_json(things), out)


def print_check(path: Path, *, on: Date | None, as_json: bool) -> ExitCode:
    """Print what is open on a day, register by register, and what is stale."""
    day = on or today()
    judged = [
        (each, state_of(each.entry.opportunity, at=noon(day))) for each in OPPORTUNITIES.read(path)
    ]
    if as_json:
        print_json(
            {
                "format": "utm.funding-check",
                "version": 1,
                "on": str(day),
                "opportunities": [_state_document(each, state) for each, state in judged],
            }
        )
    else:
        for name, title in _TITLES.items():
            lines = [
                f"{each.entry.opportunity.title} ({each.entry.opportunity.id}): "
                f"{state.availability.value}, {state.reason}"
                for each, state in judged
                if REGISTERS[type(each.entry)] == name
            ]
            print_list(title, lines)
        counts = Counter(state.availability for _, state in judged)
        told = ", ".join(f"{counts[each]} {each.value}" for each in Availability if counts[each])
        print_plain(f"{len(judged)} opportunities on {day}: {told or 'none'}.")
    doubted = any(state.availability in _DOUBTED for _, state in judged)
    return ExitCode.BAD_INPUT if doubted else ExitCode.DONE


def _all_verified(
    entries: Sequence[OpportunityEntry], keys: Sequence[str], curation: Curation, source: str
) -> list[OpportunityEntry]:
    unknown = set(keys) - {each.entry.opportunity.id.value for each in entries}
    if unknown:
        raise InvalidInputError(
            tuple(
                InputProblem(
                    source=source,
                    read=key,
                    reason="is the key of no opportunity of this list",
                    remedy="Choose a key that utm funding check shows.",
                )
                for key in sorted(unknown)
            )
        )
    return [_verified(each, keys, curation) for each in entries]


def _verified(each: OpportunityEntry, keys: Sequence[str], curation: Curation) -> OpportunityEntry:
    opportunity = each.entry.opportunity
    if opportunity.id.value not in keys:
        return each
    checked = evolve(opportunity, curation=curation)
    return evolve(each, entry=evolve(each.entry, opportunity=checked))


def _say_who_pays(actions: Sequence[FundedAction]) -> None:
    funders = Counter(funder.name for each in actions for funder in each.funders)
    for name, count in sorted(funders.items(), key=lambda one: (-one[1], one[0]))[:5]:
        say(f"{name} pays for {count}.")


def _put(text: str, path: Path | None) -> None:
    if path is None:
        print_plain(text)
    else:
        atomic_write(path, text)
        say(f"Wrote {path}.")


def _state_document(each: OpportunityEntry, state: State) -> JsonValue:
    opportunity = each.entry.opportunity
    curation = opportunity.curation
    return {
        "opportunity": opportunity.id.value,
        "title": opportunity.title,
        "register": REGISTERS[type(each.entry)],
        "availability": state.availability.value,
        "reason": state.reason,
        "days_left": state.days_left,
        "verified_by": None if curation is None else curation.verified_by,
        "verified_on": None if curation is None else str(curation.verified_on),
        "next_check_on": None if curation is None else str(curation.next_check_on),
    }
