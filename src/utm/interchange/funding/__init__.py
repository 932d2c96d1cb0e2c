"""Funding in other people's formats: the EU portal, 360Giving, IATI, schema.org.

Readers tell every problem with its place at once. Money is read from its digits and never
passes through a binary fraction.
"""

from utm.interchange.funding.giving_360 import parse_360giving, read_360giving
from utm.interchange.funding.iati import parse_iati_activities, read_iati_activities
from utm.interchange.funding.portal import parse_portal_topics, read_portal_topics
from utm.interchange.funding.schema_org import monetary_grant, monetary_grants_json

__all__ = [
    "monetary_grant",
    "monetary_grants_json",
    "parse_360giving",
    "parse_iati_activities",
    "parse_portal_topics",
    "read_360giving",
    "read_iati_activities",
    "read_portal_topics",
]
