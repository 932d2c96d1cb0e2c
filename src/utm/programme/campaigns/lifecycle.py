"""Dissemination: campaigns with their reach, milestones, and testimonials under consent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, assert_never, get_args

from attrs import evolve, field, frozen
from pendulum import Date

from utm.domain import CityId, CountryCode, Observation
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.campaigns.stories import (
    ConsentWithdrawn,
    MilestoneReached,
    StoryEvent,
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
    "CampaignCancelled",
    "CampaignEvent",
    "CampaignHistory",
    "CampaignPlanned",
    "Campaigns",
    "ReachReported",
    "begin_campaigns",
]


@frozen(kw_only=True)
class CampaignPlanned:
    """A campaign is planned.

    Parameters
    ----------
    campaign
        Its key.
    title
        What it tells.
    audiences
        For whom, at least one.
    channels
        Through what, at least one.
    first_day, last_day
        From when to when, both included.
    shows
        Countries whose practice it shows, each once; none if it shows no practice.
    """

    campaign: str
    title: str
    audiences: tuple[str, ...]
    channels: tuple[str, ...]
    first_day: Date
    last_day: Date
    shows: tuple[CountryCode, ...] = ()

    def __attrs_post_init__(self) -> None:
        require_date(self.first_day, kind="first day of a campaign")
        require_date(self.last_day, kind="last day of a campaign")
        wrong = ["must not end before it begins"] if self.last_day < self.first_day else []
        for name in ("audiences", "channels"):
            values = getattr(self, name)
            if not values or len(set(values)) < len(values):
                wrong.append(f"must name {name}, each once")
        if len(set(self.shows)) < len(self.shows):
            wrong.append("must name the countries that it shows once each")
        if wrong:
            raise InvalidValueError(
                kind="campaign", value=self.campaign, reason=" and ".join(wrong)
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        return (
            f"Campaign {self.title} was planned from {self.first_day} to {self.last_day} "
            f"for {', '.join(self.audiences)} through {', '.join(self.channels)}."
        )

    @property
    def concerns(self) -> tuple[str, ...]:
        """The audiences."""
        return self.audiences


@frozen(kw_only=True)
class ReachReported:
    """How many people a channel has reached, as somebody counted.

    Parameters
    ----------
    campaign
        The campaign.
    channel
        One of its channels.
    people
        The count with its source. A later report of a channel replaces an earlier one and
        both stay in the history.
    """

    campaign: str
    channel: str
    people: Observation[int]

    def __attrs_post_init__(self) -> None:
        if type(self.people.value) is not int or self.people.value < 0:
            raise InvalidValueError(
                kind="reach", value=self.people.value, reason="must be a whole number from 0 up"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        return (
            f"{self.campaign} reached {self.people.value:,} through {self.channel} "
            f"({self.people.source})."
        )

    @property
    def concerns(self) -> tuple[str, ...]:
        """The campaign."""
        return (self.campaign,)


@frozen(kw_only=True)
class CampaignCancelled:
    """A campaign is cancelled; the reason is that of the command."""

    campaign: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.campaign} was cancelled."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The campaign."""
        return (self.campaign,)


CampaignEvent: TypeAlias = (
    CitiesEntered | CampaignPlanned | ReachReported | CampaignCancelled | StoryEvent
)
"""Any of these; each can be asked for by a command."""


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
    """

    campaigns: tuple[Campaign, ...] = ()
    milestones: tuple[tuple[Date, MilestoneReached], ...] = ()
    testimonials: tuple[Testimonial, ...] = ()
    register: CityRegister = field(factory=CityRegister)

    def find(self, key: str) -> Campaign | None:
        """Find a campaign."""
        return next((one for one in self.campaigns if one.terms.campaign == key), None)

    def testimonial(self, key: str) -> Testimonial | None:
        """Find a testimonial, shown or not."""
        return next((one for one in self.testimonials if one.given.testimonial == key), None)

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
    id="campaign.new-key", text="every campaign, milestone and testimonial has its own key"
)
_PLANNED_AHEAD = Requirement(
    id="campaign.planned-ahead", text="a campaign is planned before it ends"
)
_KNOWN = Requirement(id="campaign.known", text="the campaign was planned and is not cancelled")
_CHANNEL = Requirement(id="campaign.channel", text="reach is reported for a channel of it")
_BEGUN = Requirement(id="campaign.begun", text="nobody is reached before the campaign begins")
_CONSENT = Requirement(
    id="campaign.consent", text="consent ends once, for a testimonial that was given"
)
CAMPAIGN_REQUIREMENTS = (_NEW_KEY, _PLANNED_AHEAD, _KNOWN, _CHANNEL, _BEGUN, _CONSENT)
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
    if isinstance(event, CampaignPlanned | ReachReported | CampaignCancelled):
        campaign = state.find(event.campaign)
        return () if campaign is None else campaign.terms.audiences
    return ()


def _apply(state: Campaigns, event: CampaignEvent, command: Command[CampaignEvent]) -> Campaigns:
    match event:
        case CitiesEntered():
            return evolve(state, register=state.register.entering(event.cities))
        case CampaignPlanned():
            return evolve(state, campaigns=(*state.campaigns, Campaign(terms=event)))
        case ReachReported() | CampaignCancelled():
            changed = tuple(
                _changed(one, event, command.on) if one.terms.campaign == event.campaign else one
                for one in state.campaigns
            )
            return evolve(state, campaigns=changed)
        case MilestoneReached():
            return evolve(state, milestones=(*state.milestones, (command.on, event)))
        case TestimonialGiven():
            given = Testimonial(given=event, given_on=command.on)
            return evolve(state, testimonials=(*state.testimonials, given))
        case ConsentWithdrawn():
            kept = tuple(
                evolve(one, withdrawn_on=command.on)
                if one.given.testimonial == event.testimonial
                else one
                for one in state.testimonials
            )
            return evolve(state, testimonials=kept)
        case _:  # pragma: no cover
            assert_never(event)


def _changed(campaign: Campaign, event: ReachReported | CampaignCancelled, on: Date) -> Campaign:
    match event:
        case ReachReported():
            known = {**dict(campaign.reach), event.channel: event.people}
            return evolve(campaign, reach=tuple(sorted(known.items(), key=lambda pair: pair[0])))
        case CampaignCancelled():
            return evolve(campaign, cancelled_on=on)
        case _:  # pragma: no cover
            assert_never(event)
