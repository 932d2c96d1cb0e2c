"""The City-to-City Exchange of the European Urban Initiative."""

from __future__ import annotations

from utm.domain.city import DegreeOfUrbanisation
from utm.domain.dates import Period, civil_date
from utm.domain.identifiers import NetworkId
from utm.rules.combinators import AnyOf
from utm.rules.library.sources import EUI_ANSWERS
from utm.rules.members import ForAll, ShareOfInhabitants
from utm.rules.membership import NetworkSignatory
from utm.rules.rulebook import Rulebook, RulebookVersion
from utm.rules.urbanisation import Urbanised

__all__ = ["ARTICLE_11", "EUI_CITY_TO_CITY"]

ARTICLE_11 = NetworkId("erdf-article-11")
"""Authorities that carry out strategies under Article 11 of the ERDF regulation."""

_URBAN = (DegreeOfUrbanisation.CITY, DegreeOfUrbanisation.TOWN)
_LEAST_PERCENT = 51

EUI_CITY_TO_CITY = Rulebook(
    id="eui-city-to-city",
    title="City-to-City Exchange of the European Urban Initiative",
    versions=(
        RulebookVersion(
            id="answers-2023",
            in_force=Period(start=civil_date("2023-01-01")),
            source=EUI_ANSWERS,
            note=(
                "the day from which the answers hold is not known: they are held to be in force "
                "from the start of 2023. Where an applicant lies is not judged"
            ),
            rule=AnyOf(
                id="eui",
                title="an urban authority",
                source=EUI_ANSWERS,
                parts=(
                    ShareOfInhabitants(
                        id="urban-share",
                        title="at least 51% of inhabitants in urban units",
                        least_percent=_LEAST_PERCENT,
                        source=EUI_ANSWERS,
                        rule=Urbanised(id="urban-unit", degrees=_URBAN, source=EUI_ANSWERS),
                    ),
                    ForAll(
                        id="article-11",
                        title="an authority under Article 11",
                        source=EUI_ANSWERS,
                        rule=NetworkSignatory(
                            id="article-11-authority",
                            network=ARTICLE_11,
                            network_name="list under Article 11 of the ERDF regulation",
                            role="member",
                            source=EUI_ANSWERS,
                        ),
                    ),
                ),
            ),
        ),
    ),
)
"""No floor of inhabitants: a degree of urbanisation, or a strategy under Article 11."""
