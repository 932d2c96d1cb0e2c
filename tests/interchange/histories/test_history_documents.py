"""Histories as documents: nothing is lost, and nothing illegal comes in."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import jsonschema
import pendulum
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pendulum import Date

from tests.programme.alliance.test_alliance import AllianceMachine
from tests.programme.calls import test_calls as calls
from tests.programme.calls.test_calls import CallMachine
from tests.programme.campaigns.test_campaigns import CampaignMachine
from tests.programme.cohort.test_cohort import CohortMachine
from tests.programme.exchange.editions import (
    KISUMU,
    MERSIN,
    ONE,
    RECIFE,
    START,
    TURKU,
    ask,
    begun,
    formed,
    granted,
    meeting,
)
from tests.programme.exchange.test_edition_machine import EditionMachine
from tests.programme.gatherings.test_gatherings import GatheringMachine
from tests.programme.journey.test_engagement import EngagementMachine
from tests.programme.learning.test_learning import LearningMachine
from tests.programme.networks.test_networks import NetworkMachine
from tests.programme.pathways.test_plans import PlanMachine, aim, plan
from utm.domain import ApplicationId
from utm.errors import InvalidInputError
from utm.interchange import Limits
from utm.interchange.file_lock import lock_file
from utm.interchange.histories import (
    KINDS,
    history_schema,
    history_to_json,
    parse_history,
    read_history,
    write_history,
)
from utm.programme.calls import ReviewStart, Ruling, judge_application
from utm.programme.exchange import FacilitatorAssigned, Joining, Withdrawal
from utm.programme.history import Command, History, Lifecycle, Refusal
from utm.programme.pathways import PlanAdoption, begin_plan
from utm.testing.simulated_programme import simulate_programme

SCHEMA = jsonschema.Draft202012Validator(history_schema())
MACHINES = {
    "alliance": AllianceMachine,
    "call": CallMachine,
    "campaigns": CampaignMachine,
    "cohort": CohortMachine,
    "edition": EditionMachine,
    "engagement": EngagementMachine,
    "gatherings": GatheringMachine,
    "learning": LearningMachine,
    "networks": NetworkMachine,
    "plan": PlanMachine,
}


def assert_nothing_is_lost(history, kind):
    text = history_to_json(history)
    SCHEMA.validate(json.loads(text))
    read = parse_history(text)
    assert json.loads(text)["kind"] == kind
    assert read.entries == history.entries
    assert read.state == history.state
    assert read.lifecycle.start == history.lifecycle.start
    assert read.lifecycle.name == history.lifecycle.name
    assert history_to_json(read) == text


def stored(kind, machine):
    class Stored(machine):
        def teardown(self):
            if hasattr(self, "history"):
                assert_nothing_is_lost(self.history, kind)

    Stored.TestCase.settings = settings(
        max_examples=12,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    return Stored.TestCase


TestStoredAlliance = stored("alliance", AllianceMachine)
TestStoredCall = stored("call", CallMachine)
TestStoredCampaigns = stored("campaigns", CampaignMachine)
TestStoredCohort = stored("cohort", CohortMachine)
TestStoredEdition = stored("edition", EditionMachine)
TestStoredEngagement = stored("engagement", EngagementMachine)
TestStoredGatherings = stored("gatherings", GatheringMachine)
TestStoredLearning = stored("learning", LearningMachine)
TestStoredNetworks = stored("networks", NetworkMachine)
TestStoredPlan = stored("plan", PlanMachine)


def test_every_kind_of_history_is_walked_by_a_machine():
    assert set(MACHINES) == set(KINDS)


def lived():
    return granted(
        begun(),
        (meeting(TURKU, KISUMU), START.add(days=30)),
        (Withdrawal(group=ONE, member=TURKU), START.add(days=40)),
        (Withdrawal(group=ONE, member=KISUMU), START.add(days=41)),
        (Joining(group=ONE, member=RECIFE), START.add(days=50)),
        (meeting(MERSIN, RECIFE), START.add(days=60)),
    )


DOCUMENT = json.loads(history_to_json(lived()))


def problems_of(document):
    with pytest.raises(InvalidInputError) as caught:
        parse_history(json.dumps(document), source="edition.json")
    return caught.value.problems


def changed(path, value):
    document = json.loads(json.dumps(DOCUMENT))
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return document


def test_what_followed_by_itself_is_written_and_must_be_what_follows():
    entries = DOCUMENT["entries"]
    assert [list(each) for each in entries[8]["followed_by"]] == [["group_at_risk"]]
    assert [list(each) for each in entries[9]["followed_by"]] == [["group_repaired"]]
    (problem,) = problems_of(changed(["entries", 8, "followed_by"], []))
    assert problem.path == "$.entries[8]"
    assert "is at risk" in problem.reason


def test_a_meeting_before_the_kickoff_is_refused_with_its_rule_at_its_entry():
    document = changed(["entries"], [])
    held = DOCUMENT["entries"][6]
    document["entries"] = [*DOCUMENT["entries"][:4], {**held, "number": 5}]
    (problem,) = problems_of(document)
    assert problem.path == "$.entries[4]"
    assert "edition-01 has not begun" in problem.reason
    assert "rule edition.meeting-after-kickoff" in problem.reason
    assert "meeting held" in problem.reason


def test_an_unknown_city_is_refused_with_its_rule_at_its_entry():
    joining = ["entries", 9, "action", "joining", "member", "city_id"]
    (problem,) = problems_of(changed(joining, "aq-nowhere"))
    assert problem.path == "$.entries[9]"
    assert "aq-nowhere is no participant" in problem.reason


def test_all_faults_of_form_are_told_at_once_with_their_paths():
    document = changed(["entries", 4, "action", "kickoff", "baseline", "unit"], "")
    document["entries"][6]["on"] = "2026-02-30"
    document["entries"][7]["by"] = 7
    document["entries"][8]["acton"] = {}
    del document["entries"][10]["why"]
    document["beginning"]["terms"]["fewest_meetings"] = 0
    found = {problem.path for problem in problems_of(document)}
    assert found == {
        "$.beginning.terms",
        "$.entries[4].action.kickoff.baseline",
        "$.entries[6].on",
        "$.entries[7].by",
        "$.entries[8].acton",
        "$.entries[10].why",
    }


def test_days_and_numbers_out_of_order_are_all_told():
    document = changed(["entries", 7, "on"], "2026-01-01")
    document["entries"][9]["on"] = "2026-01-02"
    document["entries"][10]["number"] = 12
    assert [(problem.path) for problem in problems_of(document)] == [
        "$.entries[7].on",
        "$.entries[9].on",
        "$.entries[10].number",
    ]


@pytest.mark.parametrize("key", ["format", "version", "kind", "beginning", "entries"])
def test_a_document_without_one_of_its_keys_is_refused_by_reader_and_schema(key):
    document = {name: value for name, value in DOCUMENT.items() if name != key}
    assert f"$.{key}" in {problem.path for problem in problems_of(document)}
    assert not SCHEMA.is_valid(document)


@given(st.data())
def test_whatever_is_changed_in_a_document_is_told_or_makes_another_legal_history(data):
    document = json.loads(json.dumps(DOCUMENT))
    place, key = document, data.draw(st.sampled_from(sorted(document)))
    while isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
        place = place[key]
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
    place[key] = data.draw(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.text(max_size=5),
            st.sampled_from(["2026-03-01", "fi-turku", "edition-02", "edition"]),
            st.just([]),
            st.just({}),
        )
    )
    try:
        read = parse_history(json.dumps(document))
    except InvalidInputError as error:
        told = error.problems
    else:
        told = ()
        assert parse_history(history_to_json(read)).entries == read.entries
        assert SCHEMA.is_valid(document)
    assert all(problem.path for problem in told)


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"year": 1990, "emissions": 10}, "emissions"),
        ({"year": 1990, "emissions": {}}, "emissions.kilograms_co2e"),
        ({"emissions": {"kilograms_co2e": 10}}, "year"),
    ],
)
def test_an_emission_without_unit_or_year_is_refused_at_its_place(wrong, path):
    history = begin_plan(TURKU).record(
        Command(
            action=PlanAdoption(plan=plan("one"), targets=(aim(2030),)),
            by="Ada",
            on=START,
            why="the council decided",
        )
    )
    document = json.loads(history_to_json(history))
    document["entries"][0]["action"]["plan_adoption"]["targets"][0]["base"] = wrong
    (problem,) = problems_of(document)
    assert problem.path == f"$.entries[0].action.plan_adoption.targets[0].base.{path}"


def test_a_whole_programme_is_written_and_read_without_a_loss():
    programme = simulate_programme(cities=60, editions=2, cities_an_edition=30)
    for history in (programme.cohort, *programme.editions):
        assert parse_history(history_to_json(history)).entries == history.entries


def test_a_history_that_is_not_of_the_library_is_not_written():
    strange = History(
        lifecycle=Lifecycle(name="x", start=0, decide=lambda *_: (), apply=lambda *_: 0)
    )
    with pytest.raises(ValueError, match="of no kind that can be written"):
        history_to_json(strange)


def test_two_writers_of_one_file_lose_nothing_the_second_is_told_what_it_has_not_seen(tmp_path):
    path = tmp_path / "edition.json"
    write_history(path, begun())
    day = Date(2026, 3, 3)
    one = begun().record(ask(meeting(TURKU, KISUMU), day))
    other = begun().record(ask(meeting(TURKU, MERSIN), day))
    write_history(path, one)
    before = path.read_bytes()
    with pytest.raises(InvalidInputError, match="entries that were not seen; entry 7"):
        write_history(path, other)
    assert path.read_bytes() == before
    assert read_history(path).entries == one.entries
    assert [each.name for each in tmp_path.iterdir()] == ["edition.json"]


def test_nothing_that_was_written_is_ever_taken_out(tmp_path):
    path = tmp_path / "edition.json"
    write_history(path, lived())
    with pytest.raises(InvalidInputError, match="not seen"):
        write_history(path, begun())
    assert read_history(path).entries == lived().entries


def test_while_somebody_writes_nobody_else_does(tmp_path):
    path = tmp_path / "edition.json"
    with (tmp_path / ".edition.json.lock").open("w") as lock:
        lock_file(lock.fileno())
        with pytest.raises(InvalidInputError, match="being written by somebody else"):
            write_history(path, begun())
        assert not path.exists()
    write_history(path, begun())
    assert path.exists()


def ruled():
    key = ApplicationId("a0")
    history = calls.granted(
        calls.launched(),
        calls.ask(
            calls.submission(0, pendulum.datetime(2023, 7, 1, 9, tz="Europe/Brussels")),
            Date(2023, 7, 1),
        ),
        calls.ask(ReviewStart(application=key, reviewer="Bo"), Date(2023, 7, 2)),
    )
    decision = judge_application(history.state, key, on=Date(2023, 7, 3))
    return calls.granted(history, calls.ask(Ruling(decision=decision), Date(2023, 7, 3)))


def test_a_ruling_is_judged_anew_and_is_the_same_decision():
    history = ruled()
    assert_nothing_is_lost(history, "call")
    decision = parse_history(history_to_json(history)).entries[-1].events[0].decision
    assert decision == history.entries[-1].events[0].decision


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda ruling: ruling.update(digest="0" * 64), "is not that of the facts"),
        (lambda ruling: ruling.update(day="2024-07-03"), "is not that of the facts"),
        (lambda ruling: ruling.update(version="none such"), "none such"),
    ],
)
def test_a_ruling_that_was_tampered_with_is_refused_at_its_entry(change, reason):
    document = json.loads(history_to_json(ruled()))
    change(document["entries"][-1]["action"]["recorded_ruling"])
    (problem,) = problems_of(document)
    assert problem.path == "$.entries[3]"
    assert reason in str(problem)


def test_a_file_that_is_too_large_or_in_another_encoding_is_refused_by_name(tmp_path):
    path = tmp_path / "edition.json"
    path.write_bytes(history_to_json(begun()).encode("utf-16"))
    with pytest.raises(InvalidInputError, match=r"edition\.json.*UTF-16"):
        read_history(path)
    with pytest.raises(InvalidInputError, match="larger than 100 bytes"):
        read_history(path, limits=Limits(file_bytes=100))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), st.sampled_from(["Bo", "Cy", "Di"])), max_size=10
    )
)
def test_whoever_writes_in_whatever_order_each_entry_that_was_written_stays(steps):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "edition.json"
        write_history(path, formed())
        copies = {True: formed(), False: formed()}
        written = list(formed().entries)
        for person, looks_again, name in steps:
            if looks_again:
                copies[person] = read_history(path)
            action = FacilitatorAssigned(group=ONE, facilitator=name)
            command = evolve(ask(action, START), by="Ada" if person else "Eve")
            outcome = copies[person].record(command)
            if isinstance(outcome, Refusal):
                continue
            try:
                write_history(path, outcome)
            except InvalidInputError:
                assert copies[person].entries != tuple(written)
            else:
                assert copies[person].entries == tuple(written)
                copies[person] = outcome
                written.append(outcome.entries[-1])
            assert read_history(path).entries == tuple(written)
