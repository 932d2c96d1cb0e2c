"""The call of City2City for 2026."""

from __future__ import annotations

from utm.domain.dates import Period, civil_date
from utm.rules.combinators import AllOf
from utm.rules.library.cohort import GCOM, GCOM_NAME, NAMED_PLANS
from utm.rules.library.sources import CITY2CITY_CALL, CITY2CITY_PAGE
from utm.rules.membership import NetworkSignatory
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation
from utm.rules.rulebook import Deadline, Rulebook, RulebookVersion

__all__ = ["CITY2CITY_2026"]

_FLOOR_INHABITANTS = 50_000

CITY2CITY_2026 = Rulebook(
    id="city2city-2026",
    title="UTM City2City, edition of 2026",
    versions=(
        RulebookVersion(
            id="call-2026",
            in_force=Period(start=civil_date("2025-01-01")),
            source=CITY2CITY_PAGE,
            note=(
                "the day on which the call opened is not public: the version is held to be in "
                "force from the start of 2025, and until another is published"
            ),
            rule=AllOf(
                id="city2city",
                title="the criteria of City2City",
                source=CITY2CITY_PAGE,
                parts=(
                    MinimumPopulation(
                        id="population",
                        floor_inhabitants=_FLOOR_INHABITANTS,
                        source=CITY2CITY_PAGE,
                    ),
                    NetworkSignatory(
                        id="gcom-signatory",
                        network=GCOM,
                        network_name=GCOM_NAME,
                        source=CITY2CITY_PAGE,
                    ),
                    WholeCityPlan(
                        id="whole-city-plan",
                        kinds=NAMED_PLANS,
                        own_for_towns=True,
                        source=CITY2CITY_PAGE,
                    ),
                ),
            ),
        ),
    ),
    deadlines=(Deadline(last_day=civil_date("2026-01-08"), source=CITY2CITY_CALL),),
)
"""The call of City2City that closed on 8 January 2026."""
