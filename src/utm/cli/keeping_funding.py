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
from utm.interchange.lists import (
    FUNDED_ACTIONS,
    OPPORTUNITIES,
    OpportunityEntry,
    Renewal,
    format_in,
    renew_actions,
    renew_opportunities,
)

__all__ = ["export_file", "import_file", "print_check", "verify_records"]

_DOUBTED = (Availability.STALE, Availability.UNVERIFIED)
_MONTHS_UNTIL_NEXT_CHECK = 6
_TITLES = {
    "a": "Register A, actions for cities outside Europe:",
    "b": "Register B, international opportunities for cities in Europe:",
    "joint": "Joint calls:",
}


def import_file(
    kind: str, source: Path, *, out: Path | None, into: Path | None, replace: bool
) -> None:
    """Read what others publish and write it as a list, whole or not at all."""
    if out is not None and into is not None:
        raise click.UsageError("--out and --into exclude each other")
    if replace and into is None:
        raise click.UsageError("--replace belongs to --into")
    if kind == "eu-portal":
        topics = _topics(source, into, replace=replace)
        _put(OPPORTUNITIES.to_json(topics.facts), out or into)
        _say_what_came(topics, into, replaced=replace)
    else:
        actions = _actions(kind, source, into, replace=replace)
        new = set(actions.new)
        _say_who_pays([each for each in actions.facts if each.id.value in new])
        _put(FUNDED_ACTIONS.to_json(actions.facts), out or into)
        _say_what_came(actions, into, replaced=replace)


def _topics(source: Path, into: Path | None, *, replace: bool) -> Renewal[OpportunityEntry]:
    """The list with the topics of the portal in it."""
    topics = read_portal_topics(source)
    return renew_opportunities(
        () if into is None else OPPORTUNITIES.read(into),
        [OpportunityEntry(entry=InwardOpportunity(opportunity=topic)) for topic in topics],
        replace=replace,
        source="list" if into is None else into.name,
    )


def _actions(kind: str, source: Path, into: Path | None, *, replace: bool) -> Renewal[FundedAction]:
    """The list with the grants or activities in it."""
    return renew_actions(
        () if into is None else FUNDED_ACTIONS.read(into),
        read_360giving(source) if kind == "360giving" else read_iati_activities(source),
        replace=replace,
        source="list" if into is None else into.name,
    )


def _say_what_came(
    came: Renewal[OpportunityEntry] | Renewal[FundedAction], into: Path | None, *, replaced: bool
) -> None:
    changed = came.changed
    known = len(came.same) + len(changed)
    differ = f", of which {len(changed)} differ{'s' if len(changed) == 1 else ''}"
    told = differ if changed else ""
    say(f"Read {known + len(came.new)}: {len(came.new)} new, {known} there already{told}.")
    for each in changed:
        say(f"{each}.")
    if changed and not replaced:
        say("What differs stays as it was; --replace takes it over.")
    lapsed = [each.key for each in changed if each.verified]
    if lapsed and replaced:
        say(f"No longer verified: utm funding verify {into} {' '.join(lapsed)} --by NAME")


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
