"""Match one city with opportunities: may it ask, what does it serve, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.closing_time import require_instant
from utm.domain.country_group import CountryGroup
from utm.domain.identifiers import TopicId
from utm.domain.opportunity import Opportunity
from utm.domain.registers import OutwardAction, RegisterEntry
from utm.errors import InvalidValueError
from utm.funding.availability import Availability, State, state_of
from utm.funding.conditions import Condition, conditions_for
from utm.funding.eligibility import eligibility_of, provider_belongs, provider_in_words
from utm.funding.seeker import Seeker
from utm.rules import Decision, MissingEvidence, Rule, Rulebook, Verdict
from utm.rules.verdict import all_of

__all__ = ["Listing", "Match", "Reason", "ReasonKind", "match_city", "topic_fit"]

_ALL = 1000
_SAME_THEME_DIVISOR = 2
_VERDICTS = (Verdict.MET, Verdict.UNKNOWN, Verdict.UNMET)
_AVAILABILITIES = tuple(Availability)


@frozen(kw_only=True)
class Listing:
    """An entry of a register with the rulebook that judges who may ask.

    Parameters
    ----------
    entry
        The entry.
    eligibility
        The rulebook; `listed` makes it from the entry.
    """

    entry: RegisterEntry
    eligibility: Rulebook

    @classmethod
    def listed(cls, entry: RegisterEntry, *, beside: Rule | None = None) -> Listing:
        """List an entry under the rulebook made from it, with a rule beside if need be."""
        return cls(entry=entry, eligibility=eligibility_of(entry, beside=beside))

    @property
    def opportunity(self) -> Opportunity:
        """What is on offer."""
        return self.entry.opportunity


class ReasonKind(Enum):
    """What speaks for, against or about an opportunity."""

    TOPIC = "topic"
    THEME = "theme"
    ELIGIBILITY = "eligibility"
    CONDITION = "condition"
    AVAILABILITY = "availability"
    PROVIDER = "provider"
    GROUP = "group"


@frozen(kw_only=True)
class Reason:
    """One reason, with the points that it adds to the fit.

    Parameters
    ----------
    kind
        What it is about.
    text
        The reason, as a clause.
    points
        What it adds to the fit, 0 to 1000; 0 where it adds nothing.
    topic
        The topic it is about, if it is about one.
    """

    kind: ReasonKind
    text: str
    points: int = 0
    topic: TopicId | None = None


@frozen(kw_only=True)
class Match:
    """What one opportunity means for one applicant at one instant.

    Parameters
    ----------
    listing
        The opportunity and its rulebook.
    verdict
        Whether the applicant may ask: met, unmet, unknown.
    state
        Whether anybody may, and how long.
    decision
        What the rulebook says.
    conditions
        What is asked of the project.
    fit
        How much of what is sought it serves, in thousandths: the sum of the reasons' points.
    reasons
        Why, the weightiest first.
    needs_partners
        Whether a consortium has to be found: the applicant alone is not enough.
    """

    listing: Listing
    verdict: Verdict
    state: State
    decision: Decision
    conditions: tuple[Condition, ...]
    fit: int
    reasons: tuple[Reason, ...]
    needs_partners: bool

    @property
    def opportunity(self) -> Opportunity:
        """What is on offer."""
        return self.listing.opportunity

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
        if self.verdict is not Verdict.UNKNOWN:
            return ()
        asked = (lack for condition in self.conditions for lack in condition.missing)
        return tuple(dict.fromkeys((*self.decision.needed, *asked)))


def match_city(
    seeker: Seeker,
    listings: Iterable[Listing],
    *,
    at: datetime,
    providers: CountryGroup,
) -> tuple[Match, ...]:
    """Match an applicant with opportunities, ranked with reasons.

    Eligible comes before unknown before ineligible; among those what is open first; then by
    fit, by effort (estimated before not estimated), by key. The order in which listings are
    given leaves no trace.

    Parameters
    ----------
    seeker
        The applicant, with its project if there is one.
    listings
        Entries of any register, each opportunity once.
    at
        The instant; eligibility is judged on its day in UTC.
    providers
        The member states and associated countries whose actions register A holds.

    Raises
    ------
    InvalidValueError
        An opportunity is listed twice, or the instant has no zone.
    """
    instant = require_instant(at)
    matches = [_match(seeker, listing, instant, providers) for listing in listings]
    names = [match.opportunity.id for match in matches]
    if len(set(names)) < len(names):
        raise InvalidValueError(
            kind="listings", value=[str(name) for name in names], reason="name one thing twice"
        )
    return tuple(sorted(matches, key=_rank))


def topic_fit(opportunity: Opportunity, wishes: tuple[tuple[TopicId, int], ...]) -> list[Reason]:
    """Tell which wishes an opportunity serves, with points that sum to 1000 at most.

    A wish counts in full if its topic is served (or the opportunity is for any topic), half
    if only its theme is, and not at all otherwise.
    """
    topics, themes = set(opportunity.topics), {topic.theme for topic in opportunity.topics}
    reasons: list[Reason] = []
    for topic, weight in wishes:
        if not topics or topic in topics:
            text = f"it is for {topic}" if topics else "it is for any topic"
            reasons.append(Reason(kind=ReasonKind.TOPIC, text=text, points=weight, topic=topic))
        elif topic.theme in themes:
            points = weight // _SAME_THEME_DIVISOR
            text = f"it is for the theme of {topic}"
            reasons.append(Reason(kind=ReasonKind.THEME, text=text, points=points, topic=topic))
    return reasons


def _match(seeker: Seeker, listing: Listing, at: datetime, providers: CountryGroup) -> Match:
    opportunity, entry = listing.opportunity, listing.entry
    day = Date(at.year, at.month, at.day)
    decision = listing.eligibility.assess(seeker.application, on=day)
    conditions = conditions_for(opportunity, seeker)
    verdicts = [decision.finding.effective, *(each.verdict for each in conditions)]
    reasons = topic_fit(opportunity, seeker.wishes)
    fit = sum(reason.points for reason in reasons)
    if isinstance(entry, OutwardAction):
        belongs = provider_belongs(entry, countries=providers, on=day)
        verdicts.append(Verdict.of(belongs))
        text = provider_in_words(entry, countries=providers, on=day)
        reasons.append(Reason(kind=ReasonKind.PROVIDER, text=text))
    state = state_of(opportunity, at=at)
    reasons += _other_reasons(decision, conditions, state)
    rules = opportunity.consortium
    alone = rules is None or (rules.least_partners, rules.least_countries) == (1, 1)
    if not alone:
        reasons.append(Reason(kind=ReasonKind.GROUP, text="it asks for a consortium"))
    return Match(
        listing=listing,
        verdict=all_of(verdicts),
        state=state,
        decision=decision,
        conditions=conditions,
        fit=fit,
        reasons=tuple(sorted(reasons, key=lambda reason: -reason.points)),
        needs_partners=not alone,
    )


def _other_reasons(
    decision: Decision, conditions: tuple[Condition, ...], state: State
) -> list[Reason]:
    leaves = decision.finding.decisive_leaves
    reasons = [Reason(kind=ReasonKind.ELIGIBILITY, text=leaf.sentence) for leaf in leaves]
    for each in conditions:
        text = f"{each.asks}: {each.verdict}{'; ' if each.note else ''}{each.note}"
        reasons.append(Reason(kind=ReasonKind.CONDITION, text=text))
    reasons.append(Reason(kind=ReasonKind.AVAILABILITY, text=state.reason))
    return reasons


def _rank(match: Match) -> tuple[int, int, int, int, int, str]:
    effort = match.effort_days
    return (
        _VERDICTS.index(match.verdict),
        _AVAILABILITIES.index(match.state.availability),
        -match.fit,
        0 if effort is not None else 1,
        effort or 0,
        match.opportunity.id.value,
    )
