"""Match a group: may these members apply together, and what do they still need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.city import City
from utm.domain.consortium import Consortium
from utm.domain.evidence import Unknown
from utm.domain.identifiers import CityId, TopicId
from utm.domain.opportunity import ConsortiumRules, Opportunity
from utm.domain.partner import ApplicantKind, Partner, PartnerId
from utm.domain.places import CountryCode
from utm.domain.prose import require_distinct
from utm.funding.criteria import applicant_kind_of
from utm.funding.match import Listing
from utm.rules import MissingEvidence, Verdict
from utm.rules.verdict import all_of

__all__ = [
    "Clause",
    "ClauseKind",
    "GroupMatch",
    "Member",
    "match_group",
    "match_members",
    "member_of",
]

_SINGLE = ConsortiumRules()
_KINDS_OF_CITIES = (ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.REGIONAL_AUTHORITY)


@frozen(kw_only=True)
class Member:
    """Somebody in a group, as far as an opportunity looks at it.

    Parameters
    ----------
    key
        Key of the city or partner.
    name
        Its name.
    country
        Its country.
    kind
        What kind of applicant it is.
    verdict
        Whether it may take part by itself: met, unmet, unknown.
    topics
        What it can contribute to.
    missing
        What is not known of it.
    """

    key: CityId | PartnerId
    name: str
    country: CountryCode
    kind: ApplicantKind | Unknown
    verdict: Verdict
    topics: tuple[TopicId, ...] = ()
    missing: tuple[MissingEvidence, ...] = ()


class ClauseKind(Enum):
    """What a clause of the rules for a consortium asks."""

    PARTNERS = "partners"
    COUNTRIES = "countries"
    KIND = "kind"
    MOST_PARTNERS = "most partners"


@frozen(kw_only=True)
class Clause:
    """One clause of the rules for a consortium, and the answer for a group.

    Parameters
    ----------
    kind
        What it asks about.
    asks
        What is asked, as a noun phrase.
    verdict
        The answer.
    sure, possible
        How many there are for certain, and how many if every unknown turns out well.
    needed
        How many there must be; for the most partners, how many there may be.
    """

    kind: ClauseKind
    asks: str
    verdict: Verdict
    sure: int
    possible: int
    needed: int


@frozen(kw_only=True)
class GroupMatch:
    """Whether a group can apply together for one opportunity on a day.

    Parameters
    ----------
    opportunity
        What is on offer.
    members
        The members as they were judged, in the order given.
    clauses
        The clauses of the rules, each answered.
    verdict
        Whether they can: met, unmet, unknown.
    """

    opportunity: Opportunity
    members: tuple[Member, ...]
    clauses: tuple[Clause, ...]
    verdict: Verdict

    @property
    def missing(self) -> tuple[MissingEvidence, ...]:
        """The missing facts that the verdict waits for; none unless it is unknown."""
        if self.verdict is not Verdict.UNKNOWN:
            return ()
        return tuple(dict.fromkeys(lack for member in self.members for lack in member.missing))

    @property
    def unclear(self) -> tuple[Member, ...]:
        """Members of whom it is not known whether they may take part, or what kind they are."""
        return tuple(
            member
            for member in self.members
            if member.verdict is Verdict.UNKNOWN or isinstance(member.kind, Unknown)
        )

    @property
    def obstacles(self) -> tuple[Clause, ...]:
        """The clauses that are not met."""
        return tuple(clause for clause in self.clauses if clause.verdict is not Verdict.MET)


def member_of(someone: Application | City | Partner, *, listing: Listing, on: Date) -> Member:
    """Judge one member by itself.

    A city is judged by the rulebook of the listing; a partner by its country and kind, since
    a rulebook judges cities alone. Only what lies in a country that counts is met.
    """
    if isinstance(someone, Partner):
        return _partner(someone, listing.opportunity, on)
    decision = listing.eligibility.assess(someone, on=on)
    city = someone if isinstance(someone, City) else _single_city(someone)
    offers = someone.offers if isinstance(someone, Application) else ()
    kind, missing = applicant_kind_of(city), decision.needed
    if isinstance(kind, Unknown):
        missing = (*missing, _kind_of_government(city, kind))
    return Member(
        key=city.id,
        name=city.name,
        country=city.country,
        kind=kind,
        verdict=decision.finding.effective,
        topics=tuple(sorted(offer.topic for offer in offers)),
        missing=tuple(dict.fromkeys(missing)),
    )


def match_group(
    members: Iterable[Application | City | Partner], listing: Listing, *, on: Date
) -> GroupMatch:
    """Judge whether members can apply together.

    Every clause has three values. All clauses but the last only get easier with more members
    that count; so the whole is met if it holds without those of whom it is not known, and
    unmet if it does not hold with all of them: exactly what trying every case would give.
    A consortium given as an application counts as its towns.

    Raises
    ------
    InvalidValueError
        A member stands twice.
    """
    given: list[Application | City | Partner] = []
    for someone in members:
        if isinstance(someone, Application) and isinstance(someone.applicant, Consortium):
            given += someone.cities
        else:
            given.append(someone)
    judged = tuple([member_of(someone, listing=listing, on=on) for someone in given])
    return match_members(judged, listing.opportunity)


def match_members(members: tuple[Member, ...], opportunity: Opportunity) -> GroupMatch:
    """Judge members that have been judged by themselves; otherwise as `match_group`."""
    require_distinct([member.key for member in members], kind="members")
    rules = opportunity.consortium or _SINGLE
    clauses = clauses_for(rules, members)
    return GroupMatch(
        opportunity=opportunity,
        members=members,
        clauses=clauses,
        verdict=all_of(clause.verdict for clause in clauses),
    )


def clauses_for(rules: ConsortiumRules, members: Sequence[Member]) -> tuple[Clause, ...]:
    """Answer every clause of the rules for a consortium."""
    sure = [m for m in members if _counts(m, rules) and m.verdict is Verdict.MET]
    possible = [m for m in members if _counts(m, rules) and m.verdict is not Verdict.UNMET]
    clauses = [
        _clause(
            ClauseKind.PARTNERS,
            f"at least {_of(rules.least_partners, 'partner', 'partners')}",
            (len(sure), len(possible), rules.least_partners),
        ),
        _clause(
            ClauseKind.COUNTRIES,
            f"partners from at least {_of(rules.least_countries, 'country', 'countries')}",
            (_countries(sure), _countries(possible), rules.least_countries),
        ),
    ]
    clauses += _kind_clauses(rules, sure, possible)
    if rules.most_partners is not None:
        count, most = len(members), rules.most_partners
        clauses.append(
            Clause(
                kind=ClauseKind.MOST_PARTNERS,
                asks=f"at most {most} partners",
                verdict=Verdict.of(count <= most),
                sure=count,
                possible=count,
                needed=most,
            )
        )
    return tuple(clauses)


def _kind_clauses(
    rules: ConsortiumRules, sure: Sequence[Member], possible: Sequence[Member]
) -> list[Clause]:
    """Answer for each required kind; one member of unknown kind turns out as one kind only."""
    clauses: list[Clause] = []
    jokers = sum(isinstance(member.kind, Unknown) for member in possible)
    for kind in rules.required_kinds:
        certain = sum(member.kind is kind for member in sure)
        perhaps = sum(member.kind is kind for member in possible)
        if not perhaps and jokers and kind in _KINDS_OF_CITIES:
            perhaps, jokers = 1, jokers - 1
        counts = (certain, perhaps, 1)
        clauses.append(_clause(ClauseKind.KIND, f"at least one {kind.value}", counts))
    return clauses


def _clause(kind: ClauseKind, asks: str, counts: tuple[int, int, int]) -> Clause:
    sure, possible, needed = counts
    if sure >= needed:
        verdict = Verdict.MET
    else:
        verdict = Verdict.UNMET if possible < needed else Verdict.UNKNOWN
    return Clause(
        kind=kind, asks=asks, verdict=verdict, sure=sure, possible=possible, needed=needed
    )


def _of(count: int, one: str, several: str) -> str:
    return f"{count} {one} that counts" if count == 1 else f"{count} {several} that count"


def _counts(member: Member, rules: ConsortiumRules) -> bool:
    return not rules.counted_countries or member.country in rules.counted_countries


def _countries(members: Iterable[Member]) -> int:
    return len({member.country for member in members})


def _kind_of_government(city: City, why: Unknown) -> MissingEvidence:
    return MissingEvidence(
        subject=city.id,
        subject_name=city.name,
        fact="kind of government",
        reason=why.reason,
        ask="ask which kind of government applies",
    )


def _single_city(application: Application) -> City:
    return application.cities[0]


def _partner(partner: Partner, opportunity: Opportunity, on: Date) -> Member:
    places = opportunity.places_on(on)
    place = None if places is None else not places.countries or partner.country in places.countries
    admitted = not opportunity.applicants or partner.kind in opportunity.applicants
    verdict = Verdict.of(place) & Verdict.of(admitted)
    return Member(
        key=partner.id,
        name=partner.name,
        country=partner.country,
        kind=partner.kind,
        verdict=verdict,
        topics=tuple(sorted(partner.topics)),
    )
