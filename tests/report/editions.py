"""Editions for the tests of the report: the real register, and small ones of any names."""

from collections.abc import Sequence
from functools import cache

from pendulum import Date

from utm.domain import (
    AdmissionOutcome,
    Application,
    ApplicationId,
    AuthorityDecision,
    CallId,
    City,
    CityId,
    Coordinates,
    CountryCode,
    EditionId,
    LanguageCode,
    Need,
    Offer,
    Period,
    PopulationBasis,
    PopulationFigure,
    Source,
    TimeZone,
)
from utm.programme import (
    EditionRules,
    FormedEdition,
    MeetingRules,
    city2city_policy,
    form_edition,
    national_holidays,
)
from utm.reference import city2city_2026, city2city_taxonomy
from utm.rules.library import CITY2CITY_2026

YEAR = Period(start=Date(2026, 2, 1), end=Date(2027, 2, 1))
PLACES = (
    ("PT", "Europe/Lisbon", 41.5, -8.4),
    ("TR", "Europe/Istanbul", 36.8, 34.6),
    ("FJ", "Pacific/Fiji", -18.1, 178.4),
    ("WS", "Pacific/Apia", -13.8, -171.8),
    ("KE", "Africa/Nairobi", -0.1, 34.8),
    ("BR", "America/Sao_Paulo", -22.9, -43.2),
)


def edition_rules(title: str = "Test edition") -> EditionRules:
    return EditionRules(
        id=EditionId("test-2026"),
        title=title,
        on=Date(2026, 1, 8),
        taxonomy=city2city_taxonomy(),
        rulebook=CITY2CITY_2026,
        policy=city2city_policy(),
        meetings=MeetingRules(year=YEAR),
    )


@cache
def real_edition() -> FormedEdition:
    """The register that ships with the package, formed and compared with the published list."""
    register = city2city_2026()
    return form_edition(
        register.applications,
        edition_rules("City2City 2026"),
        published=register.edition,
        holidays=lambda city: national_holidays(city.country, YEAR),
    )


@cache
def small_edition(
    names: Sequence[str] = ("Braga", "Mersin", "Suva", "Apia"),
    *,
    note: str = "A note.",
    title: str = "Test edition",
) -> FormedEdition:
    """Up to six cities that share needs; on both sides of the date line from the third on."""
    return form_edition(
        [application(name, number, note=note) for number, name in enumerate(names)],
        edition_rules(title),
    )


def application(name: str, number: int, *, note: str = "A note.") -> Application:
    country, zone, north, east = PLACES[number]
    topics = [topic.id for topic in city2city_taxonomy().topics()]
    source = Source(title=f"Source of {note}", locator="https://example.org/a?b=1&c=2")
    city = City(
        id=CityId.of(country, f"place {number}"),
        name=name,
        country=CountryCode(country),
        coordinates=Coordinates(latitude_degrees=north, longitude_degrees=east),
        timezone=TimeZone(zone),
        languages=(LanguageCode("en"),),
        populations=(
            PopulationFigure(
                inhabitants=40_000 + 20_000 * number,
                basis=PopulationBasis.MUNICIPALITY,
                source=source,
            ),
        ),
        notes=(note,),
    )
    return Application(
        id=ApplicationId(f"application-{number}"),
        call=CallId("city2city-2026"),
        applicant=city,
        needs=(Need(topic=topics[0], weight_share=0.5), Need(topic=topics[1], weight_share=0.5)),
        offers=(Offer(topic=topics[number % 2], maturity=4, statement=note),),
        authority_decision=AuthorityDecision(
            outcome=AdmissionOutcome.ADMITTED, authority="The jury", source=source, note=note
        ),
    )
