"""Why a fact is not shown, as an applicants' file tells it."""

import json

import pytest
from attrs import evolve

from tests.interchange.taxonomies import CALL, TAXONOMY
from utm.domain import CityId, GapTopic, NetworkId, Source, StatedGap, Unknown, UnknownReason
from utm.errors import InvalidInputError, InvalidValueError
from utm.interchange import parse_applicants_csv, parse_applicants_json, write_applicants_csv
from utm.interchange.facts import STATED


def read(text):
    return parse_applicants_csv(text, taxonomy=TAXONOMY, call=CALL).applications


def told(text):
    with pytest.raises(InvalidInputError) as caught:
        read(text)
    return [(problem.row, problem.column, problem.reason) for problem in caught.value.problems]


def test_each_town_of_a_consortium_states_its_own_reasons():
    (application,) = read(
        "name,country,consortium,population_missing,population_missing_in_words,"
        "population_missing_source,gcom_missing,plan_missing\n"
        "Turku,FI,Coast,Confidential,by law,Letter of the mayor,,\n"
        "Pori,FI,Coast,,,,NOT APPLICABLE,confidential\n"
    )
    turku, pori = CityId("fi-turku"), CityId("fi-pori")
    confidential = Unknown(reason=UnknownReason.CONFIDENTIAL)

    assert application.stated_gaps == (
        StatedGap(city=pori, topic=GapTopic.PLAN, why=confidential, source=STATED),
        StatedGap(
            city=pori,
            topic=GapTopic.STANDING,
            why=Unknown(reason=UnknownReason.NOT_APPLICABLE),
            source=STATED,
            network=NetworkId("gcom"),
        ),
        StatedGap(
            city=turku,
            topic=GapTopic.INHABITANTS,
            why=evolve(confidential, note="by law"),
            source=Source(title="Letter of the mayor"),
        ),
    )


def test_a_reason_beside_what_is_shown_after_all_is_refused_at_its_cell():
    assert told(
        "name,country,population_2,gcom_status,plan_id,plan_kind,"
        "population_missing,gcom_missing,plan_missing\n"
        "Turku,FI,206035,unknown,,,confidential,confidential,\n"
        "Pori,FI,,on hold,,,,not applicable,confidential\n"
        "Kotka,FI,,,shared,,,,confidential\n"
        "Kemi,FI,,,shared,SECAP,,,\n"
    ) == [
        (2, "population_missing", "is told although 'population_2' shows what it speaks of"),
        (3, "gcom_missing", "is told although 'gcom_status' shows what it speaks of"),
        (4, "plan_missing", "is told although 'plan_id' shows what it speaks of"),
    ]


def test_an_explanation_without_a_reason_and_a_word_that_is_none_are_told_together():
    assert told(
        "name,country,population_missing,population_missing_in_words,plan_missing\n"
        "Turku,FI,,by law,secret\n"
    ) == [
        (2, "population_missing", "is not known although it is explained"),
        (2, "plan_missing", "is not a value of this column"),
    ]


def test_in_json_the_place_is_a_path():
    applicant = {
        "name": "Turku",
        "country": "FI",
        "population": 206035,
        "population_missing": "confidential",
        "gcom_missing": "expired",
    }
    text = json.dumps({"format": "utm.applicants", "version": 1, "applicants": [applicant]})

    with pytest.raises(InvalidInputError) as caught:
        parse_applicants_json(text, taxonomy=TAXONOMY, call=CALL)

    assert [problem.path for problem in caught.value.problems] == [
        "$.applicants[0].population_missing",
        "$.applicants[0].gcom_missing",
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"why": Unknown(reason=UnknownReason.EXPIRED)},
        {"topic": GapTopic.STANDING, "network": NetworkId("c40")},
        {"city": CityId("fi-pori")},
    ],
)
def test_a_reason_for_which_there_is_no_column_is_not_dropped(other):
    (application,) = read("name,country,population_missing\nTurku,FI,confidential\n")
    (gap,) = application.stated_gaps

    with pytest.raises(InvalidValueError, match="has stated_gaps that"):
        write_applicants_csv([evolve(application, stated_gaps=(evolve(gap, **other),))])
