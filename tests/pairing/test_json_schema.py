"""The published schemas: valid for all that is written, strict about all else."""

import json

import jsonschema
import pytest
from attrs import fields
from hypothesis import given

from tests.pairing.problems import limited_problems, several
from tests.searching import examples
from utm.pairing import Policy, Result, problem_schema, result_schema, solve
from utm.pairing.instances import FAMILIES, find_family, generate

PROBLEM = jsonschema.Draft202012Validator(problem_schema())
RESULT = jsonschema.Draft202012Validator(result_schema())


def test_the_schemas_are_schemas():
    for schema in (problem_schema(), result_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)


@given(problem=several(limited_problems(most=5)))
@examples(30)
def test_whatever_is_written_is_valid(problem):
    PROBLEM.validate(json.loads(problem.to_json()))
    RESULT.validate(json.loads(solve(problem).to_json()))


@pytest.mark.parametrize("family", FAMILIES, ids=str)
def test_every_published_family_is_valid(family):
    family = find_family(family) if isinstance(family, str) else family
    problem = generate(participants=12, seed=1, family=family)
    PROBLEM.validate(json.loads(problem.to_json()))


def test_the_schema_names_every_rule_of_a_policy_and_every_field_of_a_result():
    named = problem_schema()["properties"]["policy"]["properties"]
    assert set(named) == {field.name for field in fields(Policy)}
    told = set(result_schema()["properties"]) - {"format", "version", "gap"}
    assert told == {field.name for field in fields(Result)}


def _places(value, path=()):
    """Yield the path of every object in a document."""
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from _places(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _places(inner, (*path, index))


def test_an_unknown_key_is_refused_wherever_it_stands():
    problem = generate(participants=6, seed=2)
    result = solve(problem)
    for text, validator in ((problem.to_json(), PROBLEM), (result.to_json(), RESULT)):
        for path in _places(json.loads(text)):
            document = json.loads(text)
            inner = document
            for step in path:
                inner = inner[step]
            inner["confidence"] = 1
            assert not validator.is_valid(document), path


@pytest.mark.parametrize(
    "change",
    [
        {"smallest_group": 5},
        {"groups_each": 0},
        {"locks": [{"members": ["a", "b", "c", "d", "e"], "reason": "x"}]},
        {"locks": [{"members": ["a"], "reason": " "}]},
        {"shared_challenge": -0.1},
        {"focus": "both"},
        {"pair_parts": [{}]},
    ],
)
def test_what_no_policy_may_say_is_refused(change):
    document = json.loads(generate(participants=3, seed=1).to_json())
    document["policy"] |= change
    assert not PROBLEM.is_valid(document)
