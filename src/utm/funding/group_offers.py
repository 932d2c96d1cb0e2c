"""Match a group with many opportunities: ranked, with reasons, and with whom it is complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.city import City
from utm.domain.closing_time import require_instant
from utm.domain.country_group import CountryGroup
from utm.domain.identifiers import TopicId
from utm.domain.opportunity import Opportunity
from utm.domain.partner import Partner
from utm.domain.registers import OutwardAction
from utm.errors import InvalidValueError
from utm.funding.availability import Availability, State, state_of
from utm.funding.completion import Completion, complete_group, price_by_topics
from utm.funding.eligibility import provider_belongs, provider_in_words
from utm.funding.group import GroupMatch, match_group, member_of
from utm.funding.match import Listing, Reason, ReasonKind, topic_fit
from utm.funding.seeker import Seeker
from utm.rules import MissingEvidence, Verdict

__all__ = ["GroupOffer", "group_wishes", "offers_for_group"]

_AVAILABILITIES = tuple(Availability)
_Someone = Application | City | Partner


@frozen(kw_only=True)
class GroupOffer:
    """What one opportunity means for one group at one instant.

    Parameters
    ----------
    listing
        The opportunity and its rulebook.
    verdict
        Whether the group may ask as it is: met, unmet, unknown.
    state
        Whether anybody may, and how long.
    completion
        The group as it is, clause by clause, and whom to take in at the lowest price.
    fit
        How much of what the group seeks it serves, in thousandths.
    reasons
        Why, the weightiest first.
    provider_belongs
        Whether the provider may stand in the register at all on that day; always true but
        in register A.
    """

    listing: Listing
    verdict: Verdict
    state: State
    completion: Completion
    fit: int
    reasons: tuple[Reason, ...]
    provider_belongs: bool = True

    @property
    def opportunity(self) -> Opportunity:
        """What is on offer."""
        return self.listing.opportunity

    @property
    def match(self) -> GroupMatch:
        """The group as it is, clause by clause."""
        return self.completion.before

    @property
    def can_be_completed(self) -> bool:
        """Whether the group may ask for certain once those of the completion have joined."""
        return self.provider_belongs and self.completion.is_possible

    @property
    def days_left(self) -> int | None:
        """Whole days until the next closing time, if there is one."""
        return self.state.days_left

    @property
    def effort_days(self) -> int | None:
        """Working days that an application takes, if somebody has estimated them."""
        return self.opportunity.effort_days

    @property
    def missing(self) -> tuple[MissingEvidence, ...]:
        """The missing facts that the verdict waits for; none unless it is unknown."""
        return self.match.missing if self.verdict is Verdict.UNKNOWN else ()


def group_wishes(applications: Iterable[Application]) -> tuple[tuple[TopicId, int], ...]:
    """What a group seeks: the mean of what its members seek, in thousandths, by topic.

    A member without needs counts as well: it seeks nothing. What division leaves over falls
    away, so that the sum is at most 1000.
    """
    sought = [Seeker(application=each).wishes for each in applications]
    sums: Counter[TopicId] = Counter()
    for wishes in sought:
        sums.update(dict(wishes))
    return tuple((topic, sums[topic] // len(sought)) for topic in sorted(sums))


def offers_for_group(
    members: Sequence[_Someone],
    listings: Iterable[Listing],
    *,
    at: datetime,
    providers: CountryGroup,
    candidates: Sequence[_Someone] = (),
    wishes: tuple[tuple[TopicId, int], ...] = (),
) -> tuple[GroupOffer, ...]:
    """Match a group with opportunities, ranked with reasons.

    First come those for which the group may ask as it is, then those for which the
    candidates complete it, then those of which it is not known, then the others; among those
    what is open first; then by fit, by the price of the completion, by effort, by key. The
    order in which listings and candidates are given leaves no trace.

    Parameters
    ----------
    members
        The group; a consortium given as an application counts as its towns.
    listings
        Entries of any register, each opportunity once.
    at
        The instant; eligibility is judged on its day in UTC.
    providers
        The member states and associated countries whose actions register A holds.
    candidates
        Cities and partners outside that could join a consortium. Members among them are left
        aside, and all where one applicant is enough.
    wishes
        What the group seeks, with weights in thousandths; see `group_wishes`. The price of
        a candidate is how little of it the candidate serves.

    Raises
    ------
    InvalidValueError
        An opportunity is listed twice, somebody stands twice, or the instant has no zone.
    """
    instant = require_instant(at)
    day = Date(instant.year, instant.month, instant.day)
    towns = _towns(candidates)
    found: list[GroupOffer] = []
    for listing in listings:
        group = match_group(members, listing, on=day)
        # Where one applicant is enough nobody is taken in: whoever may ask asks alone.
        asked = towns if listing.opportunity.consortium else ()
        pool = [member_of(each, listing=listing, on=day) for each in asked]
        price = price_by_topics(topic for topic, _ in wishes)
        completion = complete_group(group.members, pool, listing.opportunity, price=price)
        found.append(_offer(listing, completion, instant, providers, wishes))
    names = [offer.opportunity.id for offer in found]
    if len(set(names)) < len(names):
        raise InvalidValueError(
            kind="listings", value=[str(name) for name in names], reason="name one thing twice"
        )
    return tuple(sorted(found, key=_rank))


def _offer(
    listing: Listing,
    completion: Completion,
    at: datetime,
    providers: CountryGroup,
    wishes: tuple[tuple[TopicId, int], ...],
) -> GroupOffer:
    opportunity, entry = listing.opportunity, listing.entry
    day = Date(at.year, at.month, at.day)
    reasons = topic_fit(opportunity, wishes)
    fit = sum(reason.points for reason in reasons)
    belongs = True
    if isinstance(entry, OutwardAction):
        belongs = provider_belongs(entry, countries=providers, on=day)
        text = provider_in_words(entry, countries=providers, on=day)
        reasons.append(Reason(kind=ReasonKind.PROVIDER, text=text))
    for clause in completion.before.clauses:
        text = f"{clause.asks}: {clause.verdict} ({clause.sure} for certain)"
        reasons.append(Reason(kind=ReasonKind.GROUP, text=text))
    state = state_of(opportunity, at=at)
    reasons.append(Reason(kind=ReasonKind.AVAILABILITY, text=state.reason))
    return GroupOffer(
        listing=listing,
        verdict=completion.before.verdict & Verdict.of(belongs),
        state=state,
        completion=completion,
        fit=fit,
        reasons=tuple(sorted(reasons, key=lambda reason: -reason.points)),
        provider_belongs=belongs,
    )


def _towns(candidates: Iterable[_Someone]) -> list[_Someone]:
    """Candidates, where a consortium counts as its towns."""
    towns: list[_Someone] = []
    for each in candidates:
        several = isinstance(each, Application) and len(each.cities) > 1
        towns += each.cities if several and isinstance(each, Application) else (each,)
    return towns


def _rank(offer: GroupOffer) -> tuple[int, int, int, int, int, int, str]:
    if offer.verdict is Verdict.MET:
        standing = 0
    elif offer.can_be_completed:
        standing = 1
    else:
        standing = 2 if offer.verdict is Verdict.UNKNOWN else 3
    effort = offer.effort_days
    return (
        standing,
        _AVAILABILITIES.index(offer.state.availability),
        -offer.fit,
        offer.completion.price,
        0 if effort is not None else 1,
        effort or 0,
        offer.opportunity.id.value,
    )
