"""Dissemination campaigns with audience, channels, dates and counted reach."""

from utm.programme.campaigns.lifecycle import (
    CAMPAIGN_REQUIREMENTS,
    Campaign,
    CampaignCancelled,
    CampaignEvent,
    CampaignHistory,
    CampaignPlanned,
    Campaigns,
    ReachReported,
    begin_campaigns,
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
