"""The work behind ``utm funding plan``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen
from pendulum import Date

from utm.cli.applicants import Applicants, read_or_register
from utm.cli.associated import providers_of
from utm.cli.groups import members_of, read_groups
from utm.cli.matching_funding import (
    candidates_of,
    noon,
    offer_document,
    read_listings,
    wishes_of,
)
from utm.cli.terminal import print_json, print_list, print_text
from utm.domain import GroupMember, Opportunity, PairingId
from utm.funding import (
    ApplicationPlan,
    GroupApplication,
    GroupOffer,
    Listing,
    member_of,
    offers_for_group,
    plan_applications,
)
from utm.interchange import JsonValue
from utm.rules import Verdict

__all__ = ["Planning", "print_plan"]


@frozen(kw_only=True)
class Planning:
    """What is planned for whom, as it was asked for."""

    opportunities: Path
    applicants: Path | None
    edition: Path | None
    partners: Path | None
    on: Date | None
    closed_too: bool
    associated: tuple[GroupMember, ...] = ()


@frozen(kw_only=True)
class _Meaning:
    """What one opportunity means for the cities and groups of an edition."""

    opportunity: Opportunity
    cities: int
    eligible: int
    unknown: int
    complete: int
    with_others: int


def print_plan(asked: Planning, *, as_json: bool) -> None:
    """Print which applications go together, and which had to be left out."""
    providers = providers_of(asked.associated)
    known = read_or_register(asked.applicants, on=None)
    day = asked.on or Date.today()
    listings = read_listings(asked.opportunities, day)
    candidates = candidates_of(known, asked.partners)
    offers: dict[PairingId, tuple[GroupOffer, ...]] = {}
    names: dict[PairingId, str] = {}
    for number, pairing in enumerate(read_groups(asked.edition), start=1):
        members = members_of(pairing, known, source=_source(asked))
        names[pairing.id] = f"Group {number} ({', '.join(each.applicant.name for each in members)})"
        offers[pairing.id] = offers_for_group(
            members,
            listings,
            at=noon(day),
            providers=providers,
            candidates=candidates,
            wishes=wishes_of(members, pairing),
        )
    plan = plan_applications(offers, only_open=not asked.closed_too)
    meanings = _meanings(listings, known, offers, day)
    if as_json:
        print_json(_document(plan, meanings, len(names), day))
    else:
        _print(plan, meanings, names, day)


def _source(asked: Planning) -> str:
    return "the register" if asked.applicants is None else asked.applicants.name


def _meanings(
    listings: Sequence[Listing],
    known: Applicants,
    offers: Mapping[PairingId, Sequence[GroupOffer]],
    day: Date,
) -> list[_Meaning]:
    towns = [town for each in known.applications for town in each.cities]
    everything = [offer for offered in offers.values() for offer in offered]
    found: list[_Meaning] = []
    for listing in listings:
        of_it = [each for each in everything if each.opportunity.id == listing.opportunity.id]
        judged = [member_of(town, listing=listing, on=day).verdict for town in towns]
        found.append(
            _Meaning(
                opportunity=listing.opportunity,
                cities=len(towns),
                eligible=judged.count(Verdict.MET),
                unknown=judged.count(Verdict.UNKNOWN),
                complete=sum(each.verdict is Verdict.MET for each in of_it),
                with_others=sum(
                    each.can_be_completed and each.verdict is not Verdict.MET for each in of_it
                ),
            )
        )
    return found


def _print(
    plan: ApplicationPlan, meanings: Sequence[_Meaning], names: Mapping[PairingId, str], day: Date
) -> None:
    for one in meanings:
        doubt = f", of {one.unknown} it is unknown" if one.unknown else ""
        complete = f"{one.complete} of {len(names)} groups are complete as they are"
        lines = [
            f"{one.eligible} of {one.cities} cities may take part{doubt}",
            f"{complete}, {one.with_others} more with others",
        ]
        print_list(f"{one.opportunity.title}:", lines)
    chosen = plan.picked.chosen
    if not chosen:
        print_text(f"No group can apply for anything on {day}.")
        return
    count = "1 group applies" if len(chosen) == 1 else f"{len(chosen)} groups apply"
    print_text(f"{count} on {day} without competing:")
    print_text()
    for each in chosen:
        offer = plan.offer_of(each)
        added = ", ".join(f"{one.name} ({one.country})" for one in offer.completion.added)
        easy = each.fit - offer.fit
        lines = [
            f"takes in {added}" if added else "is complete as it is",
            offer.state.reason,
            f"worth {each.fit:,} of 2,000: its fit {offer.fit:,}, few to take in {easy:,}",
        ]
        print_list(f"{names[each.group]}: {offer.opportunity.title}", lines)
    numbers = {group: at for at, group in enumerate(names, start=1)}
    left: dict[str, list[int]] = {}
    for each in plan.picked.left_out:
        left.setdefault(each.opportunity.value, []).append(numbers[each.group])
    others = [f"{key}: groups {', '.join(map(str, left[key]))}" for key in sorted(left)]
    print_list("Could apply too, but would compete or write a second one:", others)


def _document(
    plan: ApplicationPlan, meanings: Sequence[_Meaning], groups: int, day: Date
) -> dict[str, JsonValue]:
    return {
        "format": "utm.funding-plan",
        "version": 1,
        "on": str(day),
        "groups": groups,
        "opportunities": [
            {
                "opportunity": one.opportunity.id.value,
                "cities": one.cities,
                "eligible_cities": one.eligible,
                "unknown_cities": one.unknown,
                "complete_groups": one.complete,
                "groups_complete_with_others": one.with_others,
            }
            for one in meanings
        ],
        "worth": plan.picked.fit,
        "chosen": [_application(each, plan) for each in plan.picked.chosen],
        "left_out": [_application(each, plan) for each in plan.picked.left_out],
    }


def _application(each: GroupApplication, plan: ApplicationPlan) -> JsonValue:
    return {
        "group": each.group.value,
        "worth": each.fit,
        "competes_for": each.line,
        "offer": offer_document(plan.offer_of(each)),
    }
