"""What happens in dissemination: campaigns are planned, reach people, are cancelled."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen
from pendulum import Date

from utm.domain import CountryCode, MissionPillar, Observation
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.campaigns.newsletters import NewsletterEvent
from utm.programme.campaigns.stories import StoryEvent
from utm.programme.history import CitiesEntered

__all__ = ["CampaignCancelled", "CampaignEvent", "CampaignPlanned", "ReachReported"]


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
    pillars
        What it is for, each once; none if nobody has said so.
    """

    campaign: str
    title: str
    audiences: tuple[str, ...]
    channels: tuple[str, ...]
    first_day: Date
    last_day: Date
    shows: tuple[CountryCode, ...] = ()
    pillars: tuple[MissionPillar, ...] = ()

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
        if len(set(self.pillars)) < len(self.pillars):
            wrong.append("must name its pillars once each")
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
    CitiesEntered
    | CampaignPlanned
    | ReachReported
    | CampaignCancelled
    | StoryEvent
    | NewsletterEvent
)
"""Any of these; each can be asked for by a command."""
