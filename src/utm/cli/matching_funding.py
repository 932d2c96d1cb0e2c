"""The work behind ``utm funding match``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import click
from attrs import frozen
from pendulum import Date

from utm.cli.applicants import Applicants, read_or_register
from utm.cli.associated import providers_of
from utm.cli.groups import Member, named_members, read_groups
from utm.cli.terminal import print_json, print_list, print_text, say
from utm.cli.topics import topics_of
from utm.domain import (
    Application,
    City,
    GroupMember,
    InwardOpportunity,
    JointCall,
    Money,
    OutwardAction,
    Pairing,
    Partner,
    ProjectStage,
    TopicId,
    Unknown,
    UnknownReason,
)
from utm.errors import InvalidValueError
from utm.funding import (
    Completion,
    GroupOffer,
    Listing,
    Match,
    Project,
    Seeker,
    group_wishes,
    match_city,
    offers_for_group,
)
from utm.interchange import JsonValue
from utm.interchange.lists import OPPORTUNITIES, PARTNERS
from utm.report.wording import count_in_words
from utm.rules import Verdict

__all__ = [
    "REGISTERS",
    "Matching",
    "candidates_of",
    "noon",
    "offer_document",
    "print_matches",
    "read_listings",
    "wishes_of",
]

REGISTERS: dict[type, str] = {OutwardAction: "a", InwardOpportunity: "b", JointCall: "joint"}
"""What each register is called on the command line."""

_NOON = time(12, tzinfo=UTC)
_ALL = 1000
_TAKING_PART = {
    Verdict.MET: "may take part",
    Verdict.UNMET: "may not",
    Verdict.UNKNOWN: "not known whether they may",
}
_UNTOLD = Unknown(reason=UnknownReason.NOT_REPORTED)


@frozen(kw_only=True)
class Matching:
    """What is matched with whom, as it was asked for."""

    opportunities: Path
    applicants: Path | None
    edition: Path | None
    partners: Path | None
    on: Date | None
    register: str | None
    only_open: bool
    topics: tuple[str, ...]
    stage: str | None
    cost: str | None
    own_funds: str | None
    associated: tuple[GroupMember, ...] = ()

    @property
    def project(self) -> Project | None:
        """The project, if anything is said of it."""
        if not (self.topics or self.stage or self.cost or self.own_funds):
            return None
        return Project(
            title="The project",
            topics=topics_of(self.topics),
            stage=ProjectStage(self.stage) if self.stage else _UNTOLD,
            cost=_money(self.cost, "--cost"),
            own_funds=_money(self.own_funds, "--own-funds"),
        )


def print_matches(who: Sequence[str], asked: Matching, *, as_json: bool) -> None:
    """Print what a city, or several together, can ask for."""
    project = asked.project
    known = read_or_register(asked.applicants, on=None)
    providers = providers_of(asked.associated)
    members, pairing = named_members(who, known, read_groups(asked.edition))
    day = asked.on or Date.today()
    listings = read_listings(asked.opportunities, day, register=asked.register)
    (first, *others) = members
    if not others and isinstance(first, Application) and len(first.cities) == 1:
        seeker = Seeker(application=first, project=project)
        matches = match_city(seeker, listings, at=noon(day), providers=providers)
        kept = [each for each in matches if each.state.is_open or not asked.only_open]
        _print_city(first, kept, day, as_json=as_json)
        return
    if asked.stage or asked.cost or asked.own_funds:
        raise click.UsageError("--stage, --cost and --own-funds are of one city's project")
    offers = offers_for_group(
        members,
        listings,
        at=noon(day),
        providers=providers,
        candidates=candidates_of(known, asked.partners),
        wishes=wishes_of(members, pairing, topics_of(asked.topics)),
    )
    shown = [each for each in offers if each.state.is_open or not asked.only_open]
    _print_group(members, shown, day, as_json=as_json)


def read_listings(path: Path, day: Date, *, register: str | None = None) -> list[Listing]:
    """The opportunities of a file, but those whose own criteria are not in force on a day."""
    listings: list[Listing] = []
    for entry in OPPORTUNITIES.read(path):
        if register is not None and REGISTERS[type(entry.entry)] != register:
            continue
        if entry.beside is None or entry.beside.covers(day):
            listings.append(entry.listing(on=day))
        else:
            title = entry.entry.opportunity.title
            say(f"Left out: {title}, since no version of its criteria is in force on {day}.")
    return listings


def candidates_of(known: Applicants, partners: Path | None) -> list[Application | City | Partner]:
    """Who could complete a group: all applicants, and the partners of a file."""
    listed = () if partners is None else PARTNERS.read(partners)
    return [*known.applications, *listed]


def wishes_of(
    members: Sequence[Member], pairing: Pairing | None, topics: tuple[TopicId, ...] = ()
) -> tuple[tuple[TopicId, int], ...]:
    """What a group seeks: topics as given, or those of the group, or what its members need."""
    given = topics or (pairing.topics if pairing is not None else ())
    if given:
        return tuple((topic, _ALL // len(given)) for topic in sorted(given))
    return group_wishes(each for each in members if isinstance(each, Application))


def noon(day: Date) -> datetime:
    """Noon of a day in UTC."""
    return datetime.combine(day, _NOON)


def offer_document(offer: GroupOffer) -> dict[str, JsonValue]:
    """What an opportunity means for a group, for a program."""
    completion = offer.completion
    possible = offer.can_be_completed
    return {
        **_common(offer),
        "verdict": offer.verdict.value,
        "clauses": [
            {
                "asks": clause.asks,
                "verdict": clause.verdict.value,
                "sure": clause.sure,
                "possible": clause.possible,
                "needed": clause.needed,
            }
            for clause in offer.match.clauses
        ],
        "completion": [member.key.value for member in completion.added] if possible else None,
        "completion_price": completion.price if possible else None,
    }


def _common(one: Match | GroupOffer) -> dict[str, JsonValue]:
    closing = one.state.next_closing
    return {
        "opportunity": one.opportunity.id.value,
        "title": one.opportunity.title,
        "register": REGISTERS[type(one.listing.entry)],
        "availability": one.state.availability.value,
        "availability_reason": one.state.reason,
        "next_closing": None if closing is None else str(closing),
        "next_closing_utc": None if closing is None else closing.instant.isoformat(),
        "days_left": one.days_left,
        "effort_days": one.effort_days,
        "fit_thousandths": one.fit,
        "reasons": [
            {"kind": each.kind.value, "text": each.text, "points": each.points}
            for each in one.reasons
        ],
        "missing": [str(each) for each in one.missing],
    }


def _print_city(
    application: Application, matches: Sequence[Match], day: Date, *, as_json: bool
) -> None:
    if as_json:
        print_json(
            {
                "format": "utm.funding-matches",
                "version": 1,
                "city": application.key.value,
                "on": str(day),
                "matches": [
                    {
                        **_common(match),
                        "verdict": match.verdict.value,
                        "needs_partners": match.needs_partners,
                    }
                    for match in matches
                ],
            }
        )
        return
    if not matches:
        print_text(f"Nothing is listed for {application.applicant.name} on {day}.")
        return
    print_text(f"{application.applicant.name} on {day}, best first:")
    print_text()
    words = {
        Verdict.MET: "it may ask",
        Verdict.UNMET: "it may not ask",
        Verdict.UNKNOWN: "whether it may ask is unknown",
    }
    for match in matches:
        heading = f"{_title(match)}: {words[match.verdict]}; {match.state.availability.value}"
        print_list(heading, _lines(match))


def _print_group(
    members: Sequence[Member], offers: Sequence[GroupOffer], day: Date, *, as_json: bool
) -> None:
    towns = [town for each in members for town in _towns(each)]
    if as_json:
        keys: list[JsonValue] = [town.id.value for town in towns]
        print_json(
            {
                "format": "utm.funding-group-matches",
                "version": 1,
                "cities": keys,
                "on": str(day),
                "matches": [offer_document(offer) for offer in offers],
            }
        )
        return
    names = ", ".join(town.name for town in towns)
    if not offers:
        print_text(f"Nothing is listed for {names} on {day}.")
        return
    print_text(f"{names} together on {day}, best first:")
    print_text()
    words = {
        Verdict.MET: "they can apply together",
        Verdict.UNMET: "they cannot apply as they are",
        Verdict.UNKNOWN: "whether they can apply together is unknown",
    }
    for offer in offers:
        barred = any(each.verdict is Verdict.UNMET for each in offer.match.members)
        can = offer.verdict is Verdict.MET
        answer = "some of them can apply" if can and barred else words[offer.verdict]
        heading = f"{_title(offer)}: {answer}; {offer.state.availability.value}"
        print_list(heading, [*_lines(offer), *_completion_lines(offer)])


def _title(one: Match | GroupOffer) -> str:
    name = REGISTERS[type(one.listing.entry)]
    where = "joint call" if name == "joint" else f"register {name.upper()}"
    return f"{one.opportunity.title} ({where})"


def _lines(one: Match | GroupOffer) -> list[str]:
    lines = [one.state.reason]
    if one.days_left is not None:
        lines.append(f"{count_in_words(one.days_left, 'day')} left")
    if one.effort_days is not None:
        lines.append(f"applying takes {count_in_words(one.effort_days, 'working day')}")
    lines += [
        f"{reason.text} (+{reason.points:,})" if reason.points else reason.text
        for reason in one.reasons
    ]
    return [*dict.fromkeys([*lines, *(f"ask: {lack}" for lack in one.missing)])]


def _completion_lines(offer: GroupOffer) -> list[str]:
    completion = offer.completion
    lines = [
        f"{words}: {', '.join(names)}"
        for verdict, words in _TAKING_PART.items()
        if (names := [one.name for one in offer.match.members if one.verdict is verdict])
    ]
    return [*lines, *_completion(offer, completion)]


def _completion(offer: GroupOffer, completion: Completion) -> list[str]:
    if offer.verdict is Verdict.MET:
        return []
    if not offer.provider_belongs:
        return ["nobody can complete the group while its provider is outside the register"]
    if offer.opportunity.consortium is None:
        return []
    if not completion.is_possible:
        return ["nobody that is known can complete the group for certain"]
    added = ", ".join(f"{member.name} ({member.country})" for member in completion.added)
    return [f"complete at the lowest price with: {added} ({completion.price:,} in fit)"]


def _towns(member: Member) -> tuple[City, ...]:
    return member.cities if isinstance(member, Application) else (member,)


def _money(text: str | None, option: str) -> Money | Unknown:
    if text is None:
        return _UNTOLD
    try:
        money = Money.parse(text)
    except InvalidValueError as error:
        raise click.UsageError(f"{option}: {error}") from error
    if money.amount < 0:
        raise click.UsageError(f"{option}: {text!r} is negative")
    return money
