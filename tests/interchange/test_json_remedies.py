"""What is told about a JSON file can be followed: nobody is sent in a circle."""

import json
import re
from types import SimpleNamespace

import jsonschema
import pytest

from tests.interchange.taxonomies import CALL, TAXONOMY
from utm.errors import InvalidInputError
from utm.interchange import (
    Limits,
    applicant_columns,
    applicants_schema,
    parse_applicants_json,
)
from utm.interchange.objects import read_objects
from utm.interchange.problems import Problems

COLUMNS = applicant_columns(TAXONOMY)
LIMITS = Limits()
SCHEMA = jsonschema.Draft202012Validator(applicants_schema(TAXONOMY))
LITERAL = re.compile(r"""\[.*\]|"[^"]*"|-?\b[0-9]+(?:\.[0-9]+)?\b|\btrue\b|\bfalse\b""")
WRONG = ["yes", "206 035", "12,5", "", "NA", 5, 1.5, -(10**12), True, {}, {"a": 1}, [], [[]], [5]]
OF_TABLES = ("cell", "column", "row", "empty", "semicolon", "yes or no", "free text")


def document(column, value):
    applicant = {"name": "Turku", "country": "FI", column.name: value}
    return {"format": "utm.applicants", "version": 1, "applicants": [applicant]}


def problems_of(column, value):
    problems = Problems("applicants.json", LIMITS)
    text = json.dumps(document(column, value))
    read_objects(text, columns=COLUMNS, problems=problems, limits=LIMITS)
    return problems.listed()


def advised(remedy):
    """The values that a remedy names: its examples, or else its words and bounds."""
    text = remedy.partition("such as ")[2] or remedy
    return [json.loads(found) for found in LITERAL.findall(text)]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_the_rule_of_every_key_names_values_that_are_accepted(column):
    values = advised(column.json_remedy)

    assert values
    for value in values:
        assert SCHEMA.is_valid(document(column, value))
        assert problems_of(column, value) == ()


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_who_follows_the_remedy_for_a_wrong_type_is_not_refused_again(column):
    refused = [value for value in WRONG if not SCHEMA.is_valid(document(column, value))]
    assert refused

    for value in refused:
        (problem,) = problems_of(column, value)
        assert problem.path == f"$.applicants[0].{column.name}"
        assert not any(word in problem.remedy for word in OF_TABLES)
        for better in advised(problem.remedy):
            assert problems_of(column, better) == ()


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("commits_to_engage", "yes", "Write true or false, without quotation marks,"),
        ("languages", 5, 'Write a list of ISO 639 codes, such as ["fi", "sv"],'),
        ("languages", ["FI"], 'In the list, write "fi".'),
        ("population", "206035", "Write a whole number from 1 to 100000000, without quotation"),
        ("geonames_id", 633679, 'Write the digits in quotation marks, such as "633679",'),
        ("gcom_status", "signatry", 'Did you mean "signatory"?'),
        ("gcom_status", "Signatory", 'Write "signatory".'),
        ("country", "Finlnd", 'Did you mean "FI"?'),
        ("theme", "Sustainable Mobilty", 'Did you mean "mobility"?'),
        ("notes", "NA", 'Write a list of texts, such as ["The mayor has changed."],'),
        ("plan_source", "N/A", "Leave it out if it is not known."),
    ],
)
def test_remedies_speak_json(name, value, remedy):
    (column,) = [column for column in COLUMNS if column.name == name]
    (problem,) = problems_of(column, value)

    assert problem.remedy.startswith(remedy)


def test_a_city_known_to_be_no_member_is_written_in_json_too():
    (column,) = [column for column in COLUMNS if column.name == "gcom_status"]

    assert SCHEMA.is_valid(document(column, "not a member"))
    assert problems_of(column, "not a member") == ()


@pytest.mark.parametrize(
    "facts",
    [
        {"population_year": 2025},
        {"gcom_since": "2019-05-20"},
        {"degree_of_urbanisation_source": "Eurostat"},
        {"plan_mode": "joint"},
        {"need_1_weight": 2},
        {"offer_1_maturity": 3},
        {"city_id": "se-turku"},
        {"consortium": "Bay"},
        {"latitude": 60.45},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_remedies_for_what_does_not_fit_together_speak_of_no_cells(facts):
    (name,) = facts
    text = json.dumps(document(SimpleNamespace(name=name), facts[name]))
    with pytest.raises(InvalidInputError) as caught:
        parse_applicants_json(text, taxonomy=TAXONOMY, call=CALL)

    (problem,) = caught.value.problems
    assert not any(word in problem.remedy for word in OF_TABLES)
