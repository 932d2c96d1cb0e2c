"""Dissemination: campaigns with counted reach, milestones, testimonials under consent."""

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
from utm.programme.campaigns.origins import OriginReach, reach_by_origin
from utm.programme.campaigns.stories import (
    ConsentWithdrawn,
    MilestoneReached,
    StoryEvent,
    Testimonial,
    TestimonialGiven,
)

__all__ = [
    "CAMPAIGN_REQUIREMENTS",
    "Campaign",
    "CampaignCancelled",
    "CampaignEvent",
    "CampaignHistory",
    "CampaignPlanned",
    "Campaigns",
    "ConsentWithdrawn",
    "MilestoneReached",
    "OriginReach",
    "ReachReported",
    "StoryEvent",
    "Testimonial",
    "TestimonialGiven",
    "begin_campaigns",
    "reach_by_origin",
]
