"""Hypothesis strategies for money, opportunities, members of groups and research needs.

They make what is awkward: amounts of many digits, closing times that clocks skip or show
twice, records that are stale or unverified. Needs the extra ``testing``.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from pendulum import Date

from utm.domain import (
    AmountRange,
    ApplicantKind,
    CityId,
    ClosingTime,
    CoFinancing,
    ConsortiumRules,
    CountryCode,
    Curation,
    EligiblePlaces,
    Money,
    Opportunity,
    OpportunityId,
    OpportunityKind,
    Period,
    ProjectStage,
    Provider,
    ProviderLevel,
    ResearchNeed,
    ResearchNeedId,
    Source,
    TimeZone,
    TopicId,
    Unknown,
    UnknownReason,
)
from utm.errors import ExtraMissingError
from utm.funding import Member
from utm.rules import Verdict

try:
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy
except ImportError as error:  # pragma: no cover - the tests have it
    raise ExtraMissingError(feature="Hypothesis strategies", extra="testing") from error

__all__ = [
    "amount_ranges",
    "closing_times",
    "consortium_rules",
    "funding_members",
    "instants_around",
    "moneys",
    "opportunities",
    "research_needs",
]

_SOURCE = Source(title="Portal of the provider")
_TOPICS = tuple(
    map(TopicId, ("mobility.cycling", "mobility.charging", "cooling.shade", "energy.heat-pumps"))
)
_COUNTRIES = tuple(map(CountryCode, ("FI", "PT", "ES", "TR", "KE", "EC")))
_ZONES = tuple(
    map(
        TimeZone,
        (
            "Europe/Brussels",
            "Africa/Cairo",  # the clocks leap over midnight
            "America/Asuncion",  # and so they did here
            "Australia/Lord_Howe",  # by half an hour
            "Asia/Kathmandu",
            "UTC",
        ),
    )
)
# Days on which some of those zones leap, and some on which they repeat an hour.
_ODD_DAYS = (
    Date(2026, 3, 29),
    Date(2026, 10, 25),
    Date(2026, 4, 23),
    Date(2026, 4, 24),
    Date(2026, 10, 29),
    Date(2023, 10, 1),
    Date(2026, 4, 5),
    Date(2026, 10, 4),
)
_ODD_TIMES = (None, time(0), time(0, 30), time(2), time(2, 15), time(2, 30), time(3), time(17))
_SENTENCES = (
    "How do we store heat over a whole winter?",
    "How can heat be stored over the whole winter?",
    "Shade for bus stops that survives storms",
    "Charging of buses in a weak grid",
    "Cobrança de ônibus elétricos",
    "冬季储热",
)


def moneys(currency: str = "EUR") -> SearchStrategy[Money]:
    """Amounts of one currency, some with cents, some of twenty digits."""
    whole = st.integers(-(10**18), 10**20).map(Decimal)
    cents = st.integers(-(10**18), 10**18).map(lambda count: Decimal(count).scaleb(-2))
    return (whole | cents).map(lambda amount: Money(amount=amount, currency=currency))


def amount_ranges(currency: str = "EUR") -> SearchStrategy[AmountRange]:
    """Ranges with one or both ends."""

    def made(ends: tuple[int, int], shown: tuple[bool, bool]) -> AmountRange:
        low, high = (Money.of(end, currency) for end in sorted(ends))
        return AmountRange(lowest=low if shown[0] else None, highest=high if shown[1] else None)

    shown = st.sampled_from(((True, True), (True, False), (False, True)))
    amounts = st.integers(0, 50_000_000)
    return st.builds(made, st.tuples(amounts, amounts), shown)


def closing_times(*, stages: tuple[int, ...] = (1,)) -> SearchStrategy[ClosingTime]:
    """Closing times; those on a day of a clock change are not rare."""
    free = st.integers(Date(2022, 1, 1).toordinal(), Date(2029, 12, 31).toordinal())
    return st.builds(
        ClosingTime,
        day=st.sampled_from(_ODD_DAYS) | free.map(Date.fromordinal),
        time_of_day=st.sampled_from(_ODD_TIMES),
        zone=st.none() | st.sampled_from(_ZONES),
        stage=st.sampled_from(stages),
    )


def instants_around(instant: datetime) -> SearchStrategy[datetime]:
    """Instants near another, to the microsecond; the instant itself is not rare."""
    near = st.sampled_from((-3600, -1800, -1, 0, 1, 1800, 3600)).map(lambda s: s * 10**6)
    offsets = near | st.sampled_from((-1, 1)) | st.integers(-4 * 10**11, 4 * 10**11)
    return offsets.map(lambda micros: instant.astimezone(UTC) + timedelta(microseconds=micros))


def curations() -> SearchStrategy[Curation]:
    """Checks of a record in 2022 to 2030."""

    def made(start: int, days: int) -> Curation:
        verified_on = Date(2022, 1, 1).add(days=start)
        return Curation(
            verified_by="Desk", verified_on=verified_on, next_check_on=verified_on.add(days=days)
        )

    return st.builds(made, st.integers(0, 2_500), st.integers(1, 1_000))


def consortium_rules() -> SearchStrategy[ConsortiumRules]:
    """Rules that small groups sometimes meet and sometimes not."""

    def made(
        least: tuple[int, int],
        listed: tuple[CountryCode, ...],
        extra: int | None,
        kinds: tuple[ApplicantKind, ...],
    ) -> ConsortiumRules:
        partners, countries = least
        countries = min(countries, len(listed)) if listed else countries
        most = None if extra is None else max(partners, countries) + extra
        return ConsortiumRules(
            least_partners=partners,
            least_countries=countries,
            counted_countries=listed,
            most_partners=most,
            required_kinds=kinds,
        )

    kinds = st.lists(st.sampled_from(tuple(ApplicantKind)[:4]), unique=True, max_size=2).map(tuple)
    listed = st.lists(st.sampled_from(_COUNTRIES), unique=True, max_size=5).map(tuple)
    return st.builds(
        made,
        st.tuples(st.integers(1, 4), st.integers(1, 3)),
        listed,
        st.none() | st.integers(0, 2),
        kinds,
    )


def funding_members(number: int) -> SearchStrategy[Member]:
    """A member called by a number, of every verdict and of known and unknown kind."""
    unknown = Unknown(reason=UnknownReason.NOT_REPORTED)
    kinds = st.sampled_from((*tuple(ApplicantKind)[:4], unknown))

    def made(country: CountryCode, kind: ApplicantKind | Unknown, verdict: Verdict) -> Member:
        return Member(
            key=CityId.of(country.value, f"city {number}"),
            name=f"City {number}",
            country=country,
            kind=kind,
            verdict=verdict,
        )

    return st.builds(made, st.sampled_from(_COUNTRIES), kinds, st.sampled_from(tuple(Verdict)))


def opportunities(key: str = "example") -> SearchStrategy[Opportunity]:
    """Opportunities of all kinds, some stale, forecast, closed, rolling, without a deadline."""
    places = st.lists(st.sampled_from(_COUNTRIES), unique=True, max_size=4).map(
        lambda countries: (
            EligiblePlaces(
                countries=tuple(countries), valid=Period(start=Date(2020, 1, 1)), source=_SOURCE
            ),
        )
    )
    shares = st.sampled_from((Decimal("0.7"), Decimal("0.85"), Decimal(1)))

    def made(deadlines: list[ClosingTime], rolling: bool, **facts: object) -> Opportunity:  # noqa: FBT001
        base: Opportunity = Opportunity(
            id=OpportunityId(key),
            title="Help for cities",
            source=_SOURCE,
            deadlines=() if rolling else tuple(deadlines),
            rolling=rolling,
            **facts,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - drawn below
        )
        return base

    return st.builds(
        made,
        st.lists(closing_times(), max_size=3, unique=True),
        st.booleans(),
        kind=st.sampled_from(tuple(OpportunityKind)),
        provider=st.sampled_from(
            (
                Provider(name="World fund", level=ProviderLevel.INTERNATIONAL),
                Provider(name="Ministry", level=ProviderLevel.NATIONAL, country=CountryCode("DE")),
            )
        ),
        places=st.just(()) | places,
        applicants=st.sampled_from(((), (ApplicantKind.LOCAL_AUTHORITY,))),
        stages=st.lists(st.sampled_from(tuple(ProjectStage)), unique=True, max_size=2).map(tuple),
        topics=st.lists(st.sampled_from(_TOPICS), unique=True, max_size=3).map(tuple),
        amounts=st.none() | amount_ranges(),
        co_financing=st.none() | st.builds(CoFinancing, highest_funded_share=shares),
        forecast=st.booleans(),
        closed=st.booleans(),
        curation=st.none() | curations(),
        effort_days=st.none() | st.integers(0, 60),
    )


def research_needs(number: int) -> SearchStrategy[ResearchNeed]:
    """A need called by a number, of some city, on some day."""
    cities = tuple(map(CityId, ("fi-turku", "fi-oulu", "pt-braga", "ke-kisumu", "ec-cuenca")))
    days = st.integers(0, 800).map(lambda days: Date(2024, 1, 1).add(days=days))
    return st.builds(
        ResearchNeed,
        id=st.just(ResearchNeedId(f"need-{number}")),
        city=st.sampled_from(cities),
        stated_on=days,
        text=st.sampled_from(_SENTENCES),
        source=st.just(_SOURCE),
        topics=st.lists(st.sampled_from(_TOPICS), unique=True, max_size=2).map(tuple),
    )
