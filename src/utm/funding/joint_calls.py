"""The mission's joint calls, as published."""

from __future__ import annotations

from datetime import time
from typing import Final

from pendulum import Date

from utm.domain.closing_time import ClosingTime
from utm.domain.dates import Period
from utm.domain.evidence import Source
from utm.domain.opportunity import (
    ConsortiumRules,
    EligiblePlaces,
    Opportunity,
    OpportunityId,
    OpportunityKind,
    Provider,
    ProviderLevel,
)
from utm.domain.places import CountryCode, TimeZone
from utm.domain.registers import JointCall

__all__ = ["MICALL_2022"]

_CALL_PAGE = Source(
    title="DUT Call 2022",
    issuer="Driving Urban Transitions Partnership",
    locator="dutpartnership.eu/dut_call_2022 and capacities.eu/funding-opportunities/dut_call_2022",
)
_COUNTRIES = tuple(
    CountryCode(code)
    for code in [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DK",
        "EE",
        "FI",
        "FR",
        "DE",
        "GR",
        "HU",
        "IS",
        "IT",
        "LV",
        "LT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SI",
        "ES",
        "SE",
        "CH",
        "TR",
        "GB",
    ]
)
_BRUSSELS = TimeZone("Europe/Brussels")
_ONE_O_CLOCK = time(13)

MICALL_2022: Final = JointCall(
    opportunity=Opportunity(
        id=OpportunityId("micall-2022"),
        title="MICall 2022: Driving Urban Transitions Call 2022",
        kind=OpportunityKind.RESEARCH,
        provider=Provider(
            name="Driving Urban Transitions Partnership", level=ProviderLevel.INTERNATIONAL
        ),
        source=_CALL_PAGE,
        places=(
            EligiblePlaces(
                countries=_COUNTRIES,
                valid=Period(start=Date(2022, 1, 1), end=Date(2023, 12, 31)),
                source=_CALL_PAGE,
            ),
        ),
        consortium=ConsortiumRules(
            least_partners=3,
            least_countries=3,
            counted_countries=_COUNTRIES,
            source=_CALL_PAGE,
        ),
        deadlines=(
            ClosingTime(
                day=Date(2022, 11, 21),
                time_of_day=_ONE_O_CLOCK,
                zone=_BRUSSELS,
                note="first stage; the hour is that of the second stage",
            ),
            ClosingTime(
                day=Date(2023, 5, 3),
                time_of_day=_ONE_O_CLOCK,
                zone=_BRUSSELS,
                stage=2,
                note="published as 13.00 CET, on a day of summer time",
            ),
        ),
        summary=(
            "Transnational research and innovation on positive energy districts, the "
            "15-minute city and circular urban economies. Each proposal needs three partners "
            "from three of the 27 countries, each eligible for its own funding agency."
        ),
    )
)
"""The joint call of 2022: three partners from three of 27 funding countries.

Nobody has curated the record since, so it is closed and never open. The days on which its
list of countries held are those of the call, widened to whole years.
"""
