"""Forms of actions: complete, of the shape that is read, and refused until they are filled in."""

import json
from typing import Any, get_args

import attrs
import pytest
from pendulum import Date

from utm.domain import CallId, CityId, EditionId
from utm.errors import InvalidInputError, InvalidValueError
from utm.interchange.histories import (
    KINDS,
    ActionForm,
    AnyHistory,
    action_form,
    action_forms,
    begin_history,
    beginning_form,
    parse_action,
)
from utm.interchange.unions import tag_of
from utm.programme.alliance import begin_alliance
from utm.programme.calls import begin_call
from utm.programme.campaigns import begin_campaigns
from utm.programme.cohort import begin_cohort
from utm.programme.exchange import begin_edition
from utm.programme.gatherings import begin_gatherings
from utm.programme.history import Command, History
from utm.programme.journey import begin_engagement
from utm.programme.learning import begin_community
from utm.programme.networks import begin_networks
from utm.programme.pathways import begin_plan
from utm.rules.library import CITY2CITY_2026

FORMS = [(kind, form) for kind in sorted(KINDS) for form in action_forms(kind)]
TURKU = CityId("fi-turku")
EMPTY: dict[str, AnyHistory] = {
    "alliance": begin_alliance(cities=(TURKU,)),
    "call": begin_call(CallId("call"), CITY2CITY_2026),
    "campaigns": begin_campaigns(cities=(TURKU,)),
    "cohort": begin_cohort("Cohort"),
    "edition": begin_edition(EditionId("edition"), []),
    "engagement": begin_engagement(TURKU),
    "gatherings": begin_gatherings(cities=(TURKU,)),
    "learning": begin_community(cities=(TURKU,)),
    "networks": begin_networks(),
    "plan": begin_plan(TURKU),
}
BY_FORM = pytest.mark.parametrize(
    ("kind", "form"), FORMS, ids=[f"{kind}-{form.name}" for kind, form in FORMS]
)


def has_places(value: object) -> bool:
    """Whether there is anything to fill in."""
    if isinstance(value, dict):
        return any(map(has_places, value.values()))
    return any(map(has_places, value)) if isinstance(value, list) else True


def filled(value: Any) -> Any:
    """A form with something at every place, be it sensible or not."""
    if isinstance(value, dict):
        return {key: filled(one) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one) for one in value]
    if value is None:
        return 1
    if value.startswith("one of: "):
        return value.removeprefix("one of: ").split(", ")[0]
    return {"YYYY-MM-DD": "2026-01-01", "(country code)": "FI"}.get(value, "fi-turku")


def test_every_action_of_every_kind_has_a_form_with_all_its_facts() -> None:
    for kind, lives in KINDS.items():
        forms = {form.name: form for form in action_forms(kind)}
        for action in get_args(lives.recorded):
            facts = [one for one in attrs.fields(action) if one.init]
            form = forms.pop(tag_of(action))
            assert set(form.required) == {one.name for one in facts if one.default is attrs.NOTHING}
            assert {*form.required, *form.optional} == {one.name for one in facts}
            assert form.meaning.endswith(".")
            assert action_form(kind, form.name) == form
        assert not forms


@BY_FORM
def test_a_form_that_is_not_filled_in_cannot_be_recorded(kind: str, form: ActionForm) -> None:
    if has_places(form.empty):
        with pytest.raises((InvalidInputError, InvalidValueError)):
            Command(
                action=parse_action(EMPTY[kind], json.dumps(form.empty)),
                by="Ada",
                on=Date(2026, 1, 1),
                why="a slip",
            )


@BY_FORM
def test_a_form_has_the_keys_that_are_read(kind: str, form: ActionForm) -> None:
    try:
        parse_action(EMPTY[kind], json.dumps(filled(form.empty)))
    except InvalidInputError as error:
        for problem in error.problems:
            for of_shape in ("missing", "not a key", "does not say which", "not an object", "list"):
                assert of_shape not in problem.reason, problem
    except InvalidValueError:
        assert form.name == "recorded_ruling"  # read, and of no version that there is


def test_a_form_that_is_filled_in_is_granted() -> None:
    form = filled(action_form("gatherings", "summit_held").empty)
    action = parse_action(EMPTY["gatherings"], json.dumps(form))

    history = EMPTY["gatherings"].record(
        Command(action=action, by="Ada", on=Date(2026, 1, 1), why="it took place")
    )
    assert isinstance(history, History)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"call", "edition"}))
def test_the_form_of_a_beginning_begins_a_history_once_it_is_filled_in(kind: str) -> None:
    assert begin_history(kind, json.dumps(filled(beginning_form(kind)))).entries == ()
    with pytest.raises(InvalidInputError):
        begin_history(kind, json.dumps(beginning_form(kind)))


def test_what_is_no_kind_or_no_action_is_told_with_what_comes_near() -> None:
    for ask, near in (
        (lambda: action_forms("cohrt"), "cohort"),
        (lambda: action_form("cohort", "admision"), "admission"),
        (lambda: beginning_form("nothing of the sort"), "alliance"),
    ):
        with pytest.raises(InvalidInputError, match=near):
            ask()
