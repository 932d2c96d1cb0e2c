"""Who can pay or advise a city, or a whole group.

Opportunities of register A (actions of countries, regions and cities of the Union and of
associated countries, for cities outside Europe), of register B (international opportunities
for cities in Europe) and joint calls are matched with one city or with a group. Who may ask
is a rulebook of `utm.rules`; missing evidence leaves it unknown. A stale record, a forecast,
a passed deadline and what its provider has closed are never open. Nothing here reads a file or
a clock.
"""

from utm.funding.availability import Availability, State, state_of
from utm.funding.competition import GroupApplication, NonCompeting, pick_applications
from utm.funding.completion import Completion, Price, complete_group, price_by_topics
from utm.funding.conditions import Condition, conditions_for
from utm.funding.criteria import (
    AdmittedApplicant,
    AnyCity,
    InEurope,
    PlacesNotStated,
    SituatedIn,
    applicant_kind_of,
)
from utm.funding.eligibility import eligibility_of, provider_belongs
from utm.funding.group import (
    Clause,
    ClauseKind,
    GroupMatch,
    Member,
    match_group,
    match_members,
    member_of,
)
from utm.funding.group_offers import GroupOffer, group_wishes, offers_for_group
from utm.funding.joint_calls import MICALL_2022
from utm.funding.match import Listing, Match, Reason, ReasonKind, match_city, topic_fit
from utm.funding.plan import ApplicationPlan, plan_applications
from utm.funding.research import FittingCall, FittingPartner, fitting_calls, fitting_partners
from utm.funding.seeker import Project, Seeker

__all__ = [
    "MICALL_2022",
    "AdmittedApplicant",
    "AnyCity",
    "ApplicationPlan",
    "Availability",
    "Clause",
    "ClauseKind",
    "Completion",
    "Condition",
    "FittingCall",
    "FittingPartner",
    "GroupApplication",
    "GroupMatch",
    "GroupOffer",
    "InEurope",
    "Listing",
    "Match",
    "Member",
    "NonCompeting",
    "PlacesNotStated",
    "Price",
    "Project",
    "Reason",
    "ReasonKind",
    "Seeker",
    "SituatedIn",
    "State",
    "applicant_kind_of",
    "complete_group",
    "conditions_for",
    "eligibility_of",
    "fitting_calls",
    "fitting_partners",
    "group_wishes",
    "match_city",
    "match_group",
    "match_members",
    "member_of",
    "offers_for_group",
    "pick_applications",
    "plan_applications",
    "price_by_topics",
    "provider_belongs",
    "state_of",
    "topic_fit",
]
