"""What the shipped register states, and what it leaves unknown."""

import math
import os
import subprocess
import sys

import pytest

from utm.domain import AdmissionOutcome, Observation, Source, Unknown
from utm.domain.announcements import (
    CallDeadline,
    CallOpening,
    CohortCount,
    CohortTarget,
    CohortWave,
    EditionPlan,
    MeetingRhythm,
)
from utm.domain.countries import country_of
from utm.reference import attribution, city2city_2026, city2city_taxonomy
from utm.reference.files import read_rows

REGISTER = city2city_2026()
ROWS = read_rows("listed_cities")
BY_ROW = list(zip(ROWS, REGISTER.cities, strict=True))


def values_of(kind):
    return [o for o in REGISTER.observations if isinstance(o.value, kind)]


@pytest.mark.parametrize(
    ("column", "attribute"),
    [
        ("government", "government"),
        ("lat", "coordinates"),
        ("elevation_m", "elevation_metres"),
        ("coast_km_approx", "coast_kilometres"),
        ("timezone", "timezone"),
        ("koppen", "climate"),
        ("wb_income_2026", "income"),
    ],
)
def test_exactly_what_the_data_call_unknown_is_unknown(column, attribute):
    unknown = [city.id for row, city in BY_ROW if row[column] == "unknown"]
    assert unknown == [
        city.id for city in REGISTER.cities if isinstance(getattr(city, attribute), Unknown)
    ]


def test_every_unknown_but_a_plain_silence_says_why():
    for city in REGISTER.cities:
        for attribute in ("coordinates", "elevation_metres", "coast_kilometres", "climate"):
            value = getattr(city, attribute)
            if isinstance(value, Unknown) and value.reason.value != "not reported":
                assert value.note


def test_income_that_was_not_confirmed_is_not_verified():
    assert {
        city.id.value: city.income.reason.value
        for city in REGISTER.cities
        if isinstance(city.income, Unknown)
    } == {"ua-zhytomyr": "not verified", "ua-lviv": "not verified"}


def test_countries_of_the_data_agree_with_the_table_of_countries():
    for row, city in BY_ROW:
        country = country_of(city.country.value)
        assert (country.alpha3, country.region, country.subregion, int(country.m49)) == (
            row["iso3"],
            row["un_region"],
            row["un_subregion"],
            int(row["un_m49_country"]),
        )


def test_every_figure_has_a_source_that_says_who_and_where_or_how():
    figures = [figure for city in REGISTER.cities for figure in city.populations]
    assert len(figures) == 46 + 49 - 1
    for figure in figures:
        assert figure.source.title
        assert figure.source.issuer
        assert figure.inhabitants > 0


def test_every_figure_but_those_of_geonames_has_a_year():
    for city in REGISTER.cities:
        for figure in city.populations:
            assert (figure.year is None) == (figure.source.issuer == "GeoNames")


def test_only_ablekuma_has_no_population_at_all():
    assert [c.id.value for c in REGISTER.cities if not c.populations] == ["gh-ablekuma"]


def test_every_described_source_is_cited_somewhere():
    cited = {row["source"] for name in ("populations", "dated_facts") for row in read_rows(name)}
    assert {row["key"] for row in read_rows("sources")} == cited | {
        "geonames",
        "climactor-listing",
    }


def test_a_listing_of_2022_is_dated_and_claims_no_period():
    listed = [city for city in REGISTER.cities if city.memberships]
    assert len(listed) == 38
    for city in listed:
        (membership,) = city.memberships
        assert membership.network.value == "gcom"
        assert membership.listed_on.isoformat() == "2022-12-16"
        assert membership.period is None


def test_each_listed_city_has_one_application_of_public_evidence_alone():
    assert [a.applicant for a in REGISTER.applications] == list(REGISTER.cities)
    for application in REGISTER.applications:
        assert application.id.value == f"city2city-2026-{application.key}"
        assert application.call.value == "city2city-2026"
        assert application.submitted_on is None
        assert application.plans == application.commitments == application.offers == ()


def test_needs_are_the_topics_of_the_published_group_in_equal_shares_and_say_so():
    for application in REGISTER.applications:
        pairing = REGISTER.pairing_of(application.applicant)
        shares = [need.weight_share for need in application.needs]
        assert tuple(need.topic for need in application.needs) == pairing.topics
        assert len(set(shares)) == 1
        assert math.isclose(math.fsum(shares), 1)
        assert application.theme == pairing.theme
        assert pairing.focus in application.needs_basis
        assert "not public" in application.needs_basis


def test_admission_is_a_cited_decision_of_the_mission():
    for application in REGISTER.applications:
        decision = application.authority_decision
        assert decision.outcome is AdmissionOutcome.ADMITTED
        assert decision.source.issuer == "Urban Transitions Mission"
        assert "published list" in decision.note


def test_themes_of_groups_and_of_their_cities_are_the_published_ones():
    labels = {theme.id: theme.label for theme in city2city_taxonomy().themes}
    for row, city in BY_ROW:
        assert labels[REGISTER.pairing_of(city).theme] == row["theme"]


def test_a_city_outside_the_edition_has_no_group():
    from attrs import evolve

    from utm.domain import CityId

    stranger = evolve(REGISTER.cities[0], id=CityId("co-bogota"))
    assert REGISTER.pairing_of(stranger) is None


def test_the_register_is_one_pairing_two_cities_and_one_country_short_of_its_headline():
    result = REGISTER.reconcile()
    (comparison,) = result.comparisons
    assert (
        comparison.pairings_difference,
        comparison.cities_difference,
        comparison.countries_difference,
    ) == (-1, -2, -1)
    assert "1 pairing fewer, 2 cities fewer and 1 country fewer" in str(result)
    assert len(REGISTER.edition.pairings) == 19
    assert len(REGISTER.cities) == 51


def test_every_observation_has_a_source_with_an_issuer():
    for observation in (*REGISTER.observations, *REGISTER.edition.headlines):
        assert isinstance(observation, Observation)
        assert isinstance(observation.source, Source)
        assert observation.source.issuer


def test_two_waves_add_up_to_the_announced_cohort():
    waves = {o.value.number: o.value.cities for o in values_of(CohortWave)}
    counts = {
        str(o.as_of): (o.value.cities, o.value.countries)
        for o in values_of(CohortCount)
        if o.as_of is not None
    }
    assert waves == {1: 48, 2: 49}
    assert counts == {
        "2022-11-14": (48, 24),
        "2023-12-12": (48 + 49, None),
        "2024-07-11": (97, None),
    }


def test_undated_counts_are_kept_and_stay_undated():
    undated = [o.value for o in values_of(CohortCount) if o.as_of is None]
    assert [count.cities for count in undated] == [50, 97, 145]
    assert [count.year for count in undated] == [None, None, 2026]


def test_contradicting_target_years_stand_side_by_side():
    assert [(o.value.cities, o.value.by_year) for o in values_of(CohortTarget)] == [
        (300, 2030),
        (300, 2024),
    ]


def test_a_moved_deadline_keeps_the_one_that_it_replaces():
    deadlines = [o.value for o in values_of(CallDeadline)]
    shown = [(str(d.call), str(d.last_day), d.replaces and str(d.replaces)) for d in deadlines]
    assert shown == [
        ("cohort-2022", "2022-10-22", None),
        ("cohort-2022", "2022-10-29", "2022-10-22"),
        ("cohort-2023", "2023-08-21", None),
        ("cohort-2023", "2023-09-21", "2023-08-21"),
        ("city2city-2026", "2026-01-08", None),
    ]
    assert [d.rolling_afterwards for d in deadlines] == [False, False, False, True, False]
    (opening,) = values_of(CallOpening)
    assert str(opening.value.opens_on) == "2023-06-01"


def test_the_planned_size_and_rhythm_of_the_edition_are_observations():
    (plan,) = values_of(EditionPlan)
    assert (plan.value.most_cities, plan.value.pairings, plan.value.most_partners) == (50, 20, 2)
    (rhythm,) = values_of(MeetingRhythm)
    assert rhythm.value.fewest_meetings_a_year == 4


def test_the_register_is_made_once():
    assert city2city_2026() is REGISTER
    assert city2city_taxonomy() is city2city_taxonomy()


def test_attribution_names_every_holder_and_the_licence():
    text = attribution()
    for name in (
        "GeoNames",
        "https://creativecommons.org/licenses/by/4.0/",
        "ClimActor",
        "M49",
        "World Bank",
        "Natural Earth",
        "Copernicus",
        "UN/LOCODE",
    ):
        assert name in text


PROBE = """
import hashlib
import sys

def refuse_the_network(event, _):
    if event.startswith("socket."):
        raise SystemExit(event)

sys.addaudithook(refuse_the_network)
from utm.reference import city2city_2026
content = repr(city2city_2026())
heavy = {"numpy", "scipy", "networkx", "cattrs", "highspy", "hypothesis", "holidays"}
print(sorted(heavy & set(sys.modules)))
print(hashlib.sha256(content.encode()).hexdigest())
"""


def probe(seed):
    result = subprocess.run(
        [sys.executable, "-c", PROBE],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout


def test_loading_needs_no_heavy_library_no_network_and_no_luck_with_hashes():
    first, second = probe("0"), probe("1")
    assert first.splitlines()[0] == "[]"
    assert first == second


def test_a_listing_under_an_ambiguous_name_is_told_and_not_counted():
    yenisehir = REGISTER.find("Yenisehir")
    assert yenisehir.memberships == ()
    assert any("listed for the Global Covenant" in note for note in yenisehir.notes)
