"""Applications of which an applicants' file loses nothing."""

from attrs import evolve
from hypothesis import strategies as st

from tests.interchange.taxonomies import CALL, TAXONOMY
from utm.domain import (
    Application,
    ApplicationId,
    City,
    CityId,
    ClimatePlan,
    Commitment,
    CommitmentStatement,
    Consortium,
    ConsortiumId,
    DegreeOfUrbanisation,
    ExternalId,
    GapTopic,
    NetworkId,
    NetworkMembership,
    Observation,
    Period,
    PlanId,
    PopulationFigure,
    Source,
    StatedGap,
    Unknown,
    UnknownReason,
    fold_name,
)
from utm.interchange import Limits, applicant_columns
from utm.interchange.assembly import canonical_order
from utm.interchange.cells import hidden_character
from utm.interchange.facts import STATED
from utm.interchange.keys import key_of
from utm.interchange.plans import own_plan_id
from utm.interchange.rows import read_cell
from utm.testing import applications as about_applications
from utm.testing import domain as about_facts

NOT_REPORTED = Unknown(reason=UnknownReason.NOT_REPORTED)
COLUMNS = {column.name: column for column in applicant_columns(TAXONOMY)}
TOPICS = st.sampled_from([topic.id for topic in TAXONOMY.topics()])


def is_holdable(column, text):
    cell = COLUMNS[column]
    return hidden_character(text) is None and read_cell(cell, text, Limits()) == text


def lines(column="name"):
    return about_facts.titles().filter(lambda text: is_holdable(column, text))


def sources():
    return st.just(STATED) | lines("plan_source").map(lambda title: Source(title=title))


def known(strategy):
    return strategy | st.just(NOT_REPORTED)


def notes():
    note = lines("name").filter(lambda text: not text.startswith("'"))
    return st.lists(note, max_size=2, unique=True).map(tuple)


def populations():
    figure = st.builds(
        PopulationFigure,
        inhabitants=st.integers(1, 40_000_000),
        basis=about_facts.members(about_facts.PopulationBasis),
        source=sources(),
        year=st.none() | st.integers(1800, 2200),
    )
    return st.lists(figure, max_size=2).map(tuple)


def memberships():
    days = st.none() | about_facts.dates()
    made = st.builds(
        NetworkMembership,
        network=st.just(NetworkId("gcom")),
        status=about_facts.members(about_facts.MembershipStatus),
        source=sources(),
        period=days.map(lambda day: None if day is None else Period(start=day)),
        listed_on=days,
        promised_by=days,
    )
    return st.lists(made, max_size=1).map(tuple)


ALIASES = st.lists(
    lines().filter(lambda name: ";" not in name and not name.startswith("'")),
    max_size=2,
    unique=True,
).map(tuple)
IDENTIFIERS = st.none() | st.integers(1, 10**9)
PLACES = known(about_facts.coordinates())
NAMES = lines()
KEYS = st.none() | about_facts.slugs()


def cities():
    bare = st.builds(
        City,
        id=st.just(CityId("fi-x")),
        name=st.just("x"),
        country=st.just(about_facts.CountryCode("FI")),
        aliases=ALIASES,
        government=known(about_facts.members(about_facts.GovernmentKind)),
        identifiers=IDENTIFIERS.map(
            lambda key: () if key is None else (ExternalId("geonames", str(key)),)
        ),
        populations=populations(),
        coordinates=PLACES,
        timezone=known(about_facts.time_zones()),
        climate=known(about_facts.climate_classes()),
        elevation_metres=known(st.integers(-450, 9_000)),
        coast_kilometres=known(st.integers(0, 3_000)),
        languages=st.lists(about_facts.language_codes(), max_size=3, unique=True).map(tuple),
        income=known(about_facts.members(about_facts.IncomeGroup)),
        memberships=memberships(),
        notes=notes(),
        urbanisation=known(
            st.builds(
                Observation,
                value=about_facts.members(DegreeOfUrbanisation),
                source=sources(),
            )
        ),
    )

    def named(city, name, country, key):
        made = CityId.of(country.value, name if key is None else key)
        return evolve(city, id=made, name=name, country=country)

    return st.builds(named, bare, NAMES, about_facts.country_codes(), KEYS)


def commitments(day):
    return tuple(
        CommitmentStatement(commitment=commitment, given=given, source=STATED, stated_on=day)
        for commitment, given in zip(
            sorted(Commitment, key=lambda made: made.value), (False, True), strict=True
        )
    )


DAYS = st.none() | about_facts.dates()
THEMES = st.none() | st.sampled_from([theme.id for theme in TAXONOMY.themes])
DETAILS = st.builds(
    lambda **facts: facts,
    kind=about_facts.members(about_facts.PlanKind).filter(lambda kind: kind.name != "NONE"),
    source=sources(),
    coverage=known(about_facts.members(about_facts.PlanCoverage)),
    mode=known(about_facts.members(about_facts.PlanMode)),
)
CITIES = cities()
WORDS = st.none() | lines("need_1_in_words")
NEEDS = about_applications.needs(TOPICS)
OFFERS = about_applications.offers(TOPICS)


@st.composite
def plans(draw, members):
    """One plan for all members, or one for each, or none."""
    details = draw(DETAILS)
    adopted, lasting = draw(DAYS), draw(st.none() | st.integers(1, 9_000))
    expires = None if adopted is None or lasting is None else adopted.add(days=lasting)
    days = {"adopted_on": adopted, "expires_on": expires}
    ids = tuple(sorted(member.id for member in members))
    shape = draw(st.sampled_from(("none", "own", "shared")))
    if shape == "none":
        return ()
    if shape == "shared":
        key = PlanId(f"shared-{ids[0]}")
        return (ClimatePlan(id=key, covers=ids, **details, **days),)
    own = [ClimatePlan(id=own_plan_id(key), covers=(key,), **details, **days) for key in ids]
    return tuple(sorted(own, key=lambda plan: plan.id))


GAPS = {
    GapTopic.INHABITANTS: None,
    GapTopic.STANDING: NetworkId("gcom"),
    GapTopic.PLAN: None,
}
REASONS = st.sampled_from((UnknownReason.CONFIDENTIAL, UnknownReason.NOT_APPLICABLE))
NOTES = st.just("") | lines("population_missing_in_words")
SOURCES = sources()


@st.composite
def gaps(draw, members, plans):
    """Reasons for some of what is not shown."""
    made = []
    for city in members:
        shown = {
            GapTopic.INHABITANTS: city.populations,
            GapTopic.STANDING: city.memberships,
            GapTopic.PLAN: [plan for plan in plans if city.id in plan.covers],
        }
        made += [
            StatedGap(
                city=city.id,
                topic=topic,
                why=Unknown(reason=draw(REASONS), note=draw(NOTES)),
                source=draw(SOURCES),
                network=network,
            )
            for topic, network in GAPS.items()
            if not shown[topic] and draw(st.booleans())
        ]
    return tuple(made)


@st.composite
def applications(draw, members):
    if len(members) == 1:
        applicant = members[0]
    else:
        name = draw(NAMES)
        key = key_of(ConsortiumId, "consortium", name)
        applicant = Consortium(id=key, name=name, members=members)
    submitted = draw(DAYS)
    shown = draw(plans(members))
    needs = [evolve(need, statement=draw(WORDS)) for need in draw(NEEDS)]
    offers = [evolve(offer, statement=draw(WORDS)) for offer in draw(OFFERS)]
    return canonical_order(
        Application(
            id=key_of(ApplicationId, CALL.value, applicant.id.value),
            call=CALL,
            applicant=applicant,
            submitted_on=submitted,
            plans=shown,
            commitments=draw(st.sampled_from((commitments(submitted), ()))),
            needs=tuple(needs),
            offers=tuple(offers),
            theme=draw(THEMES),
            engaged_on=draw(DAYS),
            stated_gaps=draw(gaps(members, shown)),
        )
    )


@st.composite
def files(draw, most=4):
    """Applications that can stand in one file, by key of the applicant."""
    drawn = draw(st.lists(CITIES, max_size=most))
    places, keys, geonames, distinct = set(), set(), set(), []
    for city in drawn:
        place = (city.country, fold_name(city.name) or city.name)
        known_as = city.identifier("geonames")
        if place in places or city.id in keys or (known_as and known_as in geonames):
            continue
        places.add(place)
        keys.add(city.id)
        geonames.add(known_as)
        distinct.append(city)
    made = []
    if len(distinct) > 2 and draw(st.booleans()):
        made.append(draw(applications(tuple(distinct[:2]))))
        distinct = distinct[2:]
    made += [draw(applications((city,))) for city in distinct]
    return tuple(sorted(made, key=lambda application: application.key.value))
