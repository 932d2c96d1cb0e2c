"""Where the criteria are written."""

from __future__ import annotations

from utm.domain.dates import civil_date
from utm.domain.evidence import Source

__all__ = [
    "CITY2CITY_CALL",
    "CITY2CITY_PAGE",
    "COHORT_CALL",
    "COHORT_EXTENSION",
    "COHORT_ROLLING",
    "EUI_ANSWERS",
    "HELPDESK_NOTICE",
]

COHORT_CALL = Source(
    title="EU Covenant of Mayors, news of 1 June 2023: call for cities to join the mission",
    issuer="EU Covenant of Mayors",
    locator="https://eu-mayors.ec.europa.eu/en/node/701",
    published_on=civil_date("2023-06-01"),
)

COHORT_EXTENSION = Source(
    title="Urban Transitions Mission, news: cities welcome to join by 21 September",
    issuer="Urban Transitions Mission",
    locator="https://urbantransitionsmission.org/cities-welcome-to-join-utm-by-21-september/",
)

COHORT_ROLLING = Source(
    title="Urban Transitions Mission, page on joining the cohort, from autumn 2023",
    issuer="Urban Transitions Mission",
    locator="https://urbantransitionsmission.org/",
)

CITY2CITY_PAGE = Source(
    title="UTM City2City page",
    issuer="Urban Transitions Mission",
    locator="https://urbantransitionsmission.org/utm-city2city/",
)

CITY2CITY_CALL = Source(
    title="Italian notice of the UTM City2City call, closing on 8 January 2026",
    issuer="paefficace.it",
    locator="https://paefficace.it",
)

HELPDESK_NOTICE = Source(
    title="Directory entry of the mission's Finance and Funding Helpdesk, 2024",
    issuer="Cities Climate Finance Leadership Alliance",
)

EUI_ANSWERS = Source(
    title="European Urban Initiative, answers to questions on City-to-City Exchanges",
    issuer="European Urban Initiative",
    locator="https://www.urban-initiative.eu/",
)
