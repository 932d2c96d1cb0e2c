"""Dissemination: campaigns with counted reach, milestones, news, newsletters, testimonials."""

from utm.programme.campaigns.by_pillar import PillarActivities, activities_by_pillar
from utm.programme.campaigns.events import (
    CampaignCancelled,
    CampaignEvent,
    CampaignPlanned,
    ReachReported,
)
from utm.programme.campaigns.lifecycle import (
    CAMPAIGN_REQUIREMENTS,
    Campaign,
    CampaignHistory,
    Campaigns,
    begin_campaigns,
)
from utm.programme.campaigns.newsletters import (
    IssueSent,
    Newsletter,
    NewsletterBegun,
    NewsletterEvent,
    Subscribed,
    Unsubscribed,
)
from utm.programme.campaigns.origins import OriginReach, reach_by_origin
from utm.programme.campaigns.stories import (
    ConsentWithdrawn,
    MilestoneReached,
    NewsPublished,
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
    "IssueSent",
    "MilestoneReached",
    "NewsPublished",
    "Newsletter",
    "NewsletterBegun",
    "NewsletterEvent",
    "OriginReach",
    "PillarActivities",
    "ReachReported",
    "StoryEvent",
    "Subscribed",
    "Testimonial",
    "TestimonialGiven",
    "Unsubscribed",
    "activities_by_pillar",
    "begin_campaigns",
    "reach_by_origin",
]
