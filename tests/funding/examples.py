"""Invented opportunities and applicants for tests."""

from pendulum import Date

from utm.domain import (
    Application,
    ApplicationId,
    CallId,
    City,
    CityId,
    CountryCode,
    Curation,
    EligiblePlaces,
    GovernmentKind,
    Need,
    Offer,
    Opportunity,
    OpportunityId,
    OpportunityKind,
    Period,
    Provider,
    ProviderLevel,
    Source,
    TopicId,
    Unknown,
    UnknownReason,
)

SOURCE = Source(title="Portal of the provider")
CYCLING, CHARGING = TopicId("mobility.cycling"), TopicId("mobility.charging")
SHADE = TopicId("cooling.shade")
WORLD_FUND = Provider(name="World fund", level=ProviderLevel.INTERNATIONAL)
MINISTRY = Provider(name="Ministry", level=ProviderLevel.NATIONAL, country=CountryCode("DE"))
LONG_AGO = Date(2020, 1, 1)
CURATION = Curation(
    verified_by="Desk", verified_on=Date(2026, 1, 1), next_check_on=Date(2026, 7, 1)
)


def places(*codes: str, start: Date = LONG_AGO, end: Date | None = None) -> EligiblePlaces:
    return EligiblePlaces(
        countries=tuple(map(CountryCode, codes)),
        valid=Period(start=start, end=end),
        source=SOURCE,
    )


def opportunity(key: str = "help", **facts: object) -> Opportunity:
    given = {
        "title": "Help for cities",
        "kind": OpportunityKind.FUNDING,
        "provider": WORLD_FUND,
        "source": SOURCE,
        "curation": CURATION,
        **facts,
    }
    return Opportunity(id=OpportunityId(key), **given)  # type: ignore[arg-type]


def city(
    code: str,
    name: str,
    government: GovernmentKind | Unknown = GovernmentKind.MUNICIPALITY,
) -> City:
    return City(
        id=CityId.of(code, name), name=name, country=CountryCode(code), government=government
    )


def application(
    subject: City, *, needs: tuple[TopicId, ...] = (CYCLING,), offers: tuple[TopicId, ...] = ()
) -> Application:
    return Application(
        id=ApplicationId(subject.id.value),
        call=CallId("city2city-2026"),
        applicant=subject,
        needs=tuple(Need(topic=topic, weight_share=1 / len(needs)) for topic in needs),
        offers=tuple(Offer(topic=topic, maturity=4) for topic in offers),
    )


UNKNOWN = Unknown(reason=UnknownReason.NOT_REPORTED)
