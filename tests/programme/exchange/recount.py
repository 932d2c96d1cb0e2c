"""Every indicator of an edition, counted anew from its events by other code.

It looks at no state, only at what happened, in plain loops.
"""

from utm.domain import CountryCode, resolve_country
from utm.programme.exchange import (
    EditionHistory,
    GroupCompleted,
    GroupFormed,
    Joining,
    Kickoff,
    MeetingHeld,
    MembersChanged,
    NeedRaised,
    ParticipantEntered,
    PilotMoved,
    PilotProposed,
    PilotStopped,
    PracticeTransferred,
    VisitHeld,
    WaitingEnded,
    Withdrawal,
)


# One plain loop over everything, so that it shares no idea with the library.
def recount(history: EditionHistory) -> dict[str, object]:  # noqa: C901, PLR0912, PLR0915
    events = [(entry.command.on, event) for entry in history.entries for event in entry.events]
    members: dict[str, set[str]] = {}
    founders: dict[str, set[str]] = {}
    ever: set[str] = set()
    withdrew: set[str] = set()
    completed: dict[str, object] = {}
    began: dict[str, object] = {}
    first_met: dict[str, int] = {}
    places = taken = price = overrides = visits = 0
    gave: dict[str, int] = {}
    received: dict[str, int] = {}
    stage: dict[str, str] = {}
    flows: list[tuple[bool, bool]] = []
    needs: list[str] = []
    country = {key.value: code for key, code in history.lifecycle.start.participants}
    for on, event in events:
        if isinstance(event, GroupFormed):
            key = event.group.id.value
            members[key] = {one.value for one in event.group.members}
            founders[key] = set(members[key])
        elif isinstance(event, MembersChanged):
            overrides += 1
            price += event.price
            for group, those in event.changes:
                members[group.value] = {one.value for one in those}
                founders[group.value] = set(members[group.value])
        elif isinstance(event, Joining):
            members[event.group.value].add(event.member.value)
            ever.add(event.member.value)
        elif isinstance(event, Withdrawal):
            members[event.group.value].discard(event.member.value)
            withdrew.add(event.member.value)
            ever.add(event.member.value)
        elif isinstance(event, ParticipantEntered):
            country[event.participant.value] = event.country
        elif isinstance(event, WaitingEnded):
            withdrew.add(event.participant.value)
        elif isinstance(event, Kickoff):
            began[event.group.value] = on
        elif isinstance(event, MeetingHeld):
            key = event.group.value
            places += len(members[key])
            taken += len(event.attendees)
            first_met.setdefault(key, (on - began[key]).days)  # type: ignore[operator]
            presenters = {one.value for one in event.presenters}
            for one in event.attendees:
                if one.value in presenters:
                    gave[one.value] = gave.get(one.value, 0) + 1
                if presenters - {one.value}:
                    received[one.value] = received.get(one.value, 0) + 1
        elif isinstance(event, VisitHeld):
            visits += 1
            for one in event.hosts:
                gave[one.value] = gave.get(one.value, 0) + 1
            for one in event.guests:
                received[one.value] = received.get(one.value, 0) + 1
        elif isinstance(event, PracticeTransferred):
            gave[event.origin.value] = gave.get(event.origin.value, 0) + 1
            received[event.adopter.value] = received.get(event.adopter.value, 0) + 1
            flows.append(
                (_european(country[event.origin.value]), _european(country[event.adopter.value]))
            )
        elif isinstance(event, PilotProposed):
            stage[event.pilot] = "idea"
        elif isinstance(event, PilotMoved):
            stage[event.pilot] = event.stage.value
        elif isinstance(event, PilotStopped):
            stage[event.pilot] = "stopped"
        elif isinstance(event, GroupCompleted):
            completed[event.group.value] = event.result
        elif isinstance(event, NeedRaised):
            needs.append(event.kind.value)
    for those in (*members.values(), *founders.values()):
        ever |= those
    return {
        "groups": len(members),
        "completed": (len(completed), len(members)),
        "attendance": (taken, places),
        "two_way": (sum(bool(gave.get(k)) and bool(received.get(k)) for k in ever), len(ever)),
        "from_europe": flows.count((True, False)),
        "to_europe": flows.count((False, True)),
        "pilots": len(stage),
        "tested": (
            sum(one in {"testing", "running", "scaled"} for one in stage.values()),
            len(stage),
        ),
        "stopped": sum(one == "stopped" for one in stage.values()),
        "transfers": len(flows),
        "visits": visits,
        "days_to_first_meeting": tuple(sorted(first_met.values())),
        "attrition": (len(withdrew & ever), len(ever)),
        "training_needs": needs.count("training"),
        "research_needs": needs.count("research and innovation"),
        "overrides": overrides,
        "price_of_overrides": price,
        "measured": (sum(one is not None for one in completed.values()), len(completed)),
        "balances": {key: (gave.get(key, 0), received.get(key, 0)) for key in ever},
    }


def _european(code: CountryCode) -> bool:
    country = resolve_country(code.value)
    assert country is not None
    return country.region == "Europe"
