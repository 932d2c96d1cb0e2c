"""Facts as JSON: the same again, in one spelling, and nothing coerced."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

import utm.testing.applications as about_applications
import utm.testing.domain as about_facts
from utm.domain import (
    Application,
    City,
    ClimatePlan,
    Consortium,
    Coordinates,
    CountryCode,
    Edition,
    Headline,
    NetworkMembership,
    Observation,
    Offer,
    Pairing,
    PopulationFigure,
    Source,
    Taxonomy,
    TopicId,
    Unknown,
    UnknownReason,
    Waiver,
)
from utm.errors import InvalidInputError, InvalidValueError
from utm.interchange import from_json, to_json
from utm.interchange.documents import from_json_value, to_json_value

FACTS = [
    (Application, about_applications.applications()),
    (City, about_facts.cities()),
    (ClimatePlan, about_facts.plans()),
    (Consortium, about_applications.consortia()),
    (Edition, about_applications.editions()),
    (Observation[Headline], about_applications.observations()),
    (Pairing, about_applications.pairings()),
    (Taxonomy, about_applications.taxonomies()),
    (Waiver, about_applications.waivers()),
]


@pytest.mark.parametrize(
    ("kind", "strategy"), FACTS, ids=lambda part: getattr(part, "__name__", "")
)
def test_what_is_written_is_read_back_equal(kind, strategy):
    @given(strategy)
    def check(fact):
        text = to_json(fact)
        again = from_json(kind, text)
        assert again == fact
        assert to_json(again) == text

    check()


@given(about_applications.applications())
def test_documents_are_canonical(application):
    text = to_json(application)
    document = json.loads(text)

    assert text.endswith("}\n")
    assert (document["format"], document["version"]) == ("utm.application", 1)
    assert text == json.dumps(document, sort_keys=True, ensure_ascii=False, indent=2) + "\n"


def problems_of(kind, value):
    with pytest.raises(InvalidInputError) as caught:
        from_json_value(kind, value)
    return {problem.path: problem.reason for problem in caught.value.problems}


FIGURE = {
    "inhabitants": 206035,
    "basis": "municipality",
    "source": {"title": "Statistics Finland"},
    "year": 2025,
}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("inhabitants", "206035"),
        ("inhabitants", 206035.0),
        ("inhabitants", True),
        ("inhabitants", None),
        ("basis", "MUNICIPALITY"),
        ("basis", None),
        ("year", "2025"),
        ("doubt", 7),
        ("doubt", None),
        ("source", "Statistics Finland"),
        ("source", None),
    ],
)
def test_nothing_is_coerced(key, value):
    assert from_json_value(PopulationFigure, FIGURE).inhabitants == 206035

    assert list(problems_of(PopulationFigure, FIGURE | {key: value})) == [f"$.{key}"]


def test_keys_that_are_missing_or_unknown_are_told_with_their_places():
    found = problems_of(
        PopulationFigure, {"inhabitants": 1, "basiss": "county", "source": {"titel": "x"}}
    )

    assert set(found) == {"$.basis", "$.basiss", "$.source.title", "$.source.titel"}


def test_every_problem_of_a_nested_document_is_told_with_its_path():
    city = to_json_value(
        City(
            id=about_facts.CityId("fi-turku"),
            name="Turku",
            country=CountryCode("FI"),
            populations=(
                PopulationFigure(
                    inhabitants=1,
                    basis=about_facts.PopulationBasis.COUNTY,
                    source=Source(title="a"),
                ),
            )
            * 2,
        )
    )
    city["populations"][1]["inhabitants"] = -1
    city["populations"][0]["source"]["published_on"] = "31/12/2025"
    city["coordinates"] = {"latitude_degrees": 91, "longitude_degrees": 0.5}
    city["climate"] = "hot"
    city["country"] = "UK"

    assert set(problems_of(City, city)) == {
        "$.populations[1]",
        "$.populations[0].source.published_on",
        "$.coordinates",
        "$.climate",
        "$.country",
    }


def test_an_unknown_says_so_and_keeps_reason_and_note():
    unknown = Unknown(reason=UnknownReason.CONFLICTING, note="two sources")
    city = City(
        id=about_facts.CityId("na-windhoek"),
        name="Windhoek",
        country=CountryCode("NA"),
        climate=unknown,
    )

    assert to_json_value(city)["climate"] == {"unknown": "conflicting", "note": "two sources"}
    assert to_json_value(city)["timezone"] == {"unknown": "not reported"}


@pytest.mark.parametrize(
    "value",
    [
        None,
        "unknown",
        {"unknown": None},
        {"unknown": "forgotten"},
        {"unknown": "expired", "why": "x"},
        {"unknown": "expired", "note": 3},
        {},
    ],
)
def test_an_unknown_without_a_proper_reason_is_refused(value):
    city = to_json_value(
        City(id=about_facts.CityId("fi-turku"), name="Turku", country=CountryCode("FI"))
    )

    assert list(problems_of(City, city | {"government": value})) == ["$.government"]


def test_where_two_classes_may_stand_the_value_says_which():
    waiver = {
        "criterion": "population",
        "subject": {"city_id": "fi-turku"},
        "category": "waived",
        "authority": "Board",
        "reason": "small",
        "issued_on": "2026-01-08",
    }

    assert from_json_value(Waiver, waiver).issued_on == Date(2026, 1, 8)
    for subject in ("fi-turku", {"city": "fi-turku"}, {}, {"city_id": "x", "consortium_id": "x"}):
        assert list(problems_of(Waiver, waiver | {"subject": subject})) == ["$.subject"]
    assert list(problems_of(Waiver, waiver | {"subject": {"city_id": "Turku"}})) == [
        "$.subject.city_id"
    ]


@pytest.mark.parametrize("value", ["[]", [], [{}], 3, "text", None, True])
def test_an_object_is_an_object(value):
    assert list(problems_of(PopulationFigure, value)) == ["$"]


@pytest.mark.parametrize("value", ["ab", {"a": 1}, 3, None])
def test_an_array_is_an_array(value):
    pairing = to_json_value(
        Pairing(
            id=about_applications.PairingId("p-1"),
            theme=about_applications.ThemeId("mobility"),
            focus="Streets",
            topics=(TopicId("mobility.cycling"),),
            members=(about_facts.CityId("fi-turku"), about_facts.CityId("na-windhoek")),
        )
    )

    assert list(problems_of(Pairing, pairing | {"topics": value})) == ["$.topics"]


def test_a_day_with_a_time_is_no_day():
    offer = {"topic": "a.b", "maturity": 3}
    plan = {"network": "gcom", "status": "signatory", "source": {"title": "x"}}

    assert from_json_value(Offer, offer).maturity == 3
    assert list(problems_of(NetworkMembership, plan | {"listed_on": "2026-01-08T00:00"})) == [
        "$.listed_on"
    ]


def test_whole_numbers_stand_for_decimals_but_not_the_other_way():
    point = from_json_value(Coordinates, {"latitude_degrees": 60, "longitude_degrees": 22.5})

    assert type(point.latitude_degrees) is float
    assert list(problems_of(Offer, {"topic": "a.b", "maturity": 3.0})) == ["$.maturity"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"format": "utm.city", "version": 1, "data": {}, "more": 1}', "$.more"),
        ('{"format": "utm.practice", "version": 1, "data": {}}', "$.format"),
        ('{"format": "utm.city", "version": 2, "data": {}}', "$.version"),
        ('{"format": "utm.city", "version": true, "data": {}}', "$.version"),
        ('{"format": "utm.city", "version": 1}', "$.data"),
        ("[]", "$"),
        ("", "$"),
        ("{", "$"),
        ('{"format": NaN, "version": 1, "data": {}}', "$.format"),
        ('{"format": "utm.city", "version": 1e999, "data": {}}', "$.version"),
        ('{"format": "utm.city", "version": 1, "data": {"a": 1, "a": 2}}', "$.data.a"),
        ('{"format": "utm.city", "version": 1, "data": {"name": "\\ud800"}}', "$.data.name"),
        ("[" * 100_000, "$"),
        ('{"version": ' + "9" * 5_000 + "}", "$.version"),
    ],
)
def test_documents_of_another_kind_are_refused_with_the_place(text, path):
    with pytest.raises(InvalidInputError) as caught:
        from_json(City, text)

    assert path in [problem.path for problem in caught.value.problems]
    assert all(problem.remedy for problem in caught.value.problems)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_problems(text):
    with pytest.raises(InvalidInputError) as caught:
        from_json(City, text)

    assert caught.value.problems


def test_what_is_no_fact_cannot_be_written():
    with pytest.raises(InvalidValueError):
        to_json({"name": "Turku"})


@given(about_facts.cities(), st.data())
def test_a_spoiled_value_is_told_at_its_own_path(city, data):
    document = json.loads(to_json(city))
    places = [
        (parent, key, path)
        for parent, key, path in leaves(document["data"], "$.data")
        if isinstance(parent[key], str)
    ]
    parent, key, path = data.draw(st.sampled_from(places))
    parent[key] = 12.75

    with pytest.raises(InvalidInputError) as caught:
        from_json(City, json.dumps(document))

    told = [problem.path for problem in caught.value.problems]
    assert len(told) == 1
    # An unknown and a key are told as the whole value that they are part of.
    assert path == told[0] or path.startswith(f"{told[0]}.")


def leaves(value, path):
    entries = enumerate(value) if isinstance(value, list) else value.items()
    for key, part in list(entries):
        place = f"{path}[{key}]" if isinstance(key, int) else f"{path}.{key}"
        if isinstance(part, dict | list):
            yield from leaves(part, place)
        else:
            yield value, key, place
