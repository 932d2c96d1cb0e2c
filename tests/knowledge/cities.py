"""Cities as the tests need them: all known, or nothing known."""

import attrs

from utm.domain import (
    City,
    CityId,
    ClimateClass,
    CountryCode,
    GovernmentKind,
    IncomeGroup,
    LanguageCode,
    PopulationBasis,
    PopulationFigure,
    Source,
)

SOURCE = Source(title="a census")


def figure(inhabitants: int, *, doubt: str = "") -> PopulationFigure:
    return PopulationFigure(
        inhabitants=inhabitants, basis=PopulationBasis.MUNICIPALITY, source=SOURCE, doubt=doubt
    )


def city(key: str, **facts: object) -> City:
    """A city of which nothing is known but what is given."""
    country, _, name = key.partition("-")
    base = City(id=CityId(key), name=name.title(), country=CountryCode(country.upper()))
    return attrs.evolve(base, **facts)


BRAGA = city(
    "pt-braga",
    climate=ClimateClass("Csb"),
    populations=(figure(190_000),),
    income=IncomeGroup.HIGH,
    coast_kilometres=30,
    elevation_metres=200,
    government=GovernmentKind.MUNICIPALITY,
    languages=(LanguageCode("pt"),),
)
MERSIN = city(
    "tr-mersin",
    climate=ClimateClass("Csa"),
    populations=(figure(1_000_000), figure(900_000)),
    income=IncomeGroup.UPPER_MIDDLE,
    coast_kilometres=0,
    elevation_metres=10,
    government=GovernmentKind.METROPOLITAN_AUTHORITY,
    languages=(LanguageCode("tr"),),
)
CUENCA = city("ec-cuenca", languages=(LanguageCode("es"),), elevation_metres=2_550)
