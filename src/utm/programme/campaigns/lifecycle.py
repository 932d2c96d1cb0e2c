"""Dissemination: campaigns with their reach, milestones, and testimonials under consent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never, get_args

from attrs import evolve, field, frozen
from pendulum import Date

from utm.domain import CityId, Observation
from utm.programme.campaigns.events import (
    CampaignCancelled,
    CampaignEvent,
    CampaignPlanned,
    ReachReported,
)
from utm.programme.campaigns.newsletters import (
    NEWSLETTER_REQUIREMENTS,
    IssueSent,
    Newsletter,
    NewsletterBegun,
    Subscribed,
    Unsubscribed,
    refuse_newsletter,
    with_newsletter,
)
from utm.programme.campaigns.stories import (
    ConsentWithdrawn,
    MilestoneReached,
    NewsPublished,
    Testimonial,
    TestimonialGiven,
)
from utm.programme.history import (
    CitiesEntered,
    CityRegister,
    Command,
    History,
    Lifecycle,
    Refusal,
    Requirement,
)

__all__ = [
    "CAMPAIGN_REQUIREMENTS",
    "Campaign",
    "CampaignHistory",
    "Campaigns",
    "begin_campaigns",
]


@frozen(kw_only=True)
class Campaign:
    """A campaign as it stands.

    Parameters
    ----------
    terms
        As it was planned.
    reach
        Latest count of each channel, by channel.
    cancelled_on
        The day on which it was cancelled.
    """

    terms: CampaignPlanned
    reach: tuple[tuple[str, Observation[int]], ...] = ()
    cancelled_on: Date | None = None

    @property
    def unreported(self) -> tuple[str, ...]:
        """Channels whose reach is not known."""
        known = {channel for channel, _ in self.reach}
        return tuple(one for one in self.terms.channels if one not in known)

    @property
    def sentence(self) -> str:
        """The reach in words. Channels are not added up: one person may use several."""
        known = "; ".join(f"{count.value:,} through {channel}" for channel, count in self.reach)
        unknown = ", ".join(self.unreported)
        rest = f"; not known: {unknown}" if unknown else ""
        return f"{self.terms.title}: {known or 'no reach is known'}{rest}."


@frozen(kw_only=True)
class Campaigns:
    """Campaigns and what they can tell, as their history left them.

    Parameters
    ----------
    campaigns
        In the order in which they were planned.
    milestones
        Day and milestone, in order.
    testimonials
        In the order in which they were given.
    register
        The cities that may be told of.
    news
        Day on which it was told, and the news, in order.
    newsletters
        In the order in which they began.
    """

    campaigns: tuple[Campaign, ...] = ()
    milestones: tuple[tuple[Date, MilestoneReached], ...] = ()
    testimonials: tuple[Testimonial, ...] = ()
    register: CityRegister = field(factory=CityRegister)
    news: tuple[tuple[Date, NewsPublished], ...] = ()
    newsletters: tuple[Newsletter, ...] = ()

    def find(self, key: str) -> Campaign | None:
        """Find a campaign."""
        return next((one for one in self.campaigns if one.terms.campaign == key), None)

    def testimonial(self, key: str) -> Testimonial | None:
        """Find a testimonial, shown or not."""
        return next((one for one in self.testimonials if one.given.testimonial == key), None)

    def newsletter(self, key: str) -> Newsletter | None:
        """Find a newsletter."""
        return next((one for one in self.newsletters if one.terms.newsletter == key), None)

    def news_of(self, *cities: CityId) -> tuple[NewsPublished, ...]:
        """The news of any of some cities, or all news, the latest first."""
        found = [one for _, one in self.news if not cities or set(cities) & set(one.cities)]
        return tuple(sorted(found, key=lambda one: one.happened_on, reverse=True))

    def testimonials_on(self, day: Date) -> tuple[TestimonialGiven, ...]:
        """The testimonials that may be shown on a day, in order."""
        return tuple(one.given for one in self.testimonials if one.may_be_shown_on(day))

    def running(self, on: Date) -> tuple[Campaign, ...]:
        """Campaigns under way on a day."""
        return tuple(
            one
            for one in self.campaigns
            if one.terms.first_day <= on <= one.terms.last_day
            and (one.cancelled_on is None or on < one.cancelled_on)
        )


CampaignHistory = History[Campaigns, CampaignEvent, CampaignEvent]
"""The history of campaigns."""

_NEW_KEY = Requirement(
    id="campaign.new-key",
    text="every campaign, milestone, testimonial and news item has its own key",
)
_PLANNED_AHEAD = Requirement(
    id="campaign.planned-ahead", text="a campaign is planned before it ends"
)
_KNOWN = Requirement(id="campaign.known", text="the campaign was planned and is not cancelled")
_CHANNEL = Requirement(id="campaign.channel", text="reach is reported for a channel of it")
_BEGUN = Requirement(id="campaign.begun", text="nobody is reached before the campaign begins")
_PAST = Requirement(
    id="campaign.news-of-the-past", text="news tell what has happened by the day they are told"
)
_CONSENT = Requirement(
    id="campaign.consent", text="consent ends once, for a testimonial that was given"
)
CAMPAIGN_REQUIREMENTS = (
    _NEW_KEY,
    _PLANNED_AHEAD,
    _KNOWN,
    _CHANNEL,
    _BEGUN,
    _PAST,
    _CONSENT,
    *NEWSLETTER_REQUIREMENTS,
)
"""All that a command to a campaign may be refused for."""


def begin_campaigns(name: str = "Campaigns", *, cities: Iterable[CityId] = ()) -> CampaignHistory:
    """Begin the history of campaigns; there are none yet.

    Parameters
    ----------
    name
        Its name.
    cities
        The cities that it may tell of; others are entered in its register later.
    """
    return History(
        lifecycle=Lifecycle(
            name=name,
            start=Campaigns(register=CityRegister(tuple(cities))),
            decide=_decide,
            apply=_apply,
            requirements=CAMPAIGN_REQUIREMENTS,
            actions=get_args(CampaignEvent),
            affects=_affects,
            register=lambda state: state.register,
        )
    )


def _decide(
    state: Campaigns, command: Command[CampaignEvent]
) -> tuple[CampaignEvent, ...] | Refusal:
    action, on = command.action, command.on
    match action:
        case CitiesEntered():
            refusal = None
        case CampaignPlanned():
            refusal = _refuse_plan(state, action, on)
        case ReachReported() | CampaignCancelled():
            refusal = _refuse_change(state, action, on)
        case MilestoneReached():
            known = any(one.milestone == action.milestone for _, one in state.milestones)
            told = f"there is a milestone {action.milestone}"
            refusal = _NEW_KEY.refuse(told) if known else None
        case TestimonialGiven():
            told = f"there is a testimonial {action.testimonial}"
            refusal = _NEW_KEY.refuse(told) if state.testimonial(action.testimonial) else None
        case ConsentWithdrawn():
            refusal = _refuse_withdrawal(state, action)
        case NewsPublished():
            refusal = _refuse_news(state, action, on)
        case NewsletterBegun() | Subscribed() | Unsubscribed() | IssueSent():
            refusal = refuse_newsletter(state.newsletter(action.newsletter), action)
        case _:  # pragma: no cover
            assert_never(action)
    return refusal or (action,)


def _refuse_plan(state: Campaigns, action: CampaignPlanned, on: Date) -> Refusal | None:
    if state.find(action.campaign) is not None:
        return _NEW_KEY.refuse(f"there is a campaign {action.campaign}")
    if action.last_day < on:
        return _PLANNED_AHEAD.refuse(f"it ended on {action.last_day}")
    return None


def _refuse_change(
    state: Campaigns, action: ReachReported | CampaignCancelled, on: Date
) -> Refusal | None:
    campaign = state.find(action.campaign)
    if campaign is None or campaign.cancelled_on is not None:
        what = "was never planned" if campaign is None else "was cancelled"
        return _KNOWN.refuse(f"{action.campaign} {what}")
    if isinstance(action, ReachReported):
        if action.channel not in campaign.terms.channels:
            return _CHANNEL.refuse(f"{action.channel} is none of its channels")
        if on < campaign.terms.first_day:
            return _BEGUN.refuse(f"it begins on {campaign.terms.first_day}")
    return None


def _refuse_news(state: Campaigns, action: NewsPublished, on: Date) -> Refusal | None:
    if any(one.news == action.news for _, one in state.news):
        return _NEW_KEY.refuse(f"there is news {action.news}")
    late = action.happened_on > on
    return _PAST.refuse(f"{action.happened_on} has not come") if late else None


def _refuse_withdrawal(state: Campaigns, action: ConsentWithdrawn) -> Refusal | None:
    found = state.testimonial(action.testimonial)
    if found is None:
        return _CONSENT.refuse(f"there is no testimonial {action.testimonial}")
    if found.withdrawn_on is not None:
        return _CONSENT.refuse(f"that to {action.testimonial} ended on {found.withdrawn_on}")
    return None


def _affects(state: Campaigns, event: CampaignEvent) -> tuple[str, ...]:
    if isinstance(event, ConsentWithdrawn):
        found = state.testimonial(event.testimonial)
        return () if found is None else (found.given.city.value,)
    if isinstance(event, IssueSent):
        known = state.newsletter(event.newsletter)
        return () if known is None else known.subscribers
    if isinstance(event, CampaignPlanned | ReachReported | CampaignCancelled):
        campaign = state.find(event.campaign)
        return () if campaign is None else campaign.terms.audiences
    return ()


def _apply(state: Campaigns, event: CampaignEvent, command: Command[CampaignEvent]) -> Campaigns:
    match event:
        case CitiesEntered():
            state = evolve(state, register=state.register.entering(event.cities))
        case CampaignPlanned():
            state = evolve(state, campaigns=(*state.campaigns, Campaign(terms=event)))
        case ReachReported() | CampaignCancelled():
            changed = tuple(
                _changed(one, event, command.on) if one.terms.campaign == event.campaign else one
                for one in state.campaigns
            )
            state = evolve(state, campaigns=changed)
        case MilestoneReached():
            state = evolve(state, milestones=(*state.milestones, (command.on, event)))
        case NewsPublished():
            state = evolve(state, news=(*state.news, (command.on, event)))
        case NewsletterBegun() | Subscribed() | Unsubscribed() | IssueSent():
            after = with_newsletter(state.newsletters, event, command.on)
            state = evolve(state, newsletters=after)
        case TestimonialGiven():
            given = Testimonial(given=event, given_on=command.on)
            state = evolve(state, testimonials=(*state.testimonials, given))
        case ConsentWithdrawn():
            kept = tuple(
                evolve(one, withdrawn_on=command.on)
                if one.given.testimonial == event.testimonial
                else one
                for one in state.testimonials
            )
            state = evolve(state, testimonials=kept)
        case _:  # pragma: no cover
            assert_never(event)
    return state


def _changed(campaign: Campaign, event: ReachReported | CampaignCancelled, on: Date) -> Campaign:
    match event:
        case ReachReported():
            known = {**dict(campaign.reach), event.channel: event.people}
            return evolve(campaign, reach=tuple(sorted(known.items(), key=lambda pair: pair[0])))
        case CampaignCancelled():
            return evolve(campaign, cancelled_on=on)
        case _:  # pragma: no cover
            assert_never(event)
