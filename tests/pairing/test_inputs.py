"""Bad input: every problem at once, each with its place."""

import json
import math

import pytest
from attrs import evolve

from utm.domain.identifiers import TopicId
from utm.errors import InvalidInputError, InvalidValueError
from utm.pairing import (
    ContextWeights,
    Exclusion,
    Lock,
    Need,
    Offer,
    Participant,
    Policy,
    Problem,
    ProposedGroup,
    Result,
    ThemeCapacity,
    evaluate,
    solve,
)
from utm.pairing.instances import generate


def _paths(excinfo):
    return [problem.path for problem in excinfo.value.problems]


def _people(count):
    return tuple(Participant(id=f"c{number}", country="FI") for number in range(count))


def test_every_problem_of_a_problem_is_told_at_once():
    topic = TopicId("heat.a")
    with pytest.raises(InvalidInputError) as excinfo:
        Problem(
            participants=(
                Participant(id="a", country="UK", needs=(Need(topic=topic, weight_share=0.5),)),
                Participant(id="a", country="FI", timezone="Mars/Olympus", population=-1),
                Participant(id=" ", country="FI", coast_km=math.nan, climate="Xyz"),
            ),
            topics=(TopicId("heat.b"),),
            earlier_pairs=(("a", "z"),),
            policy=Policy(
                smallest_group=5,
                shared_challenge=math.nan,
                context=ContextWeights(climate=-0.1),
                reference_days=(),
                helpfulness=(0.9, 0.1, 0.2, 0.3, 0.4),
                locks=(
                    Lock(members=("a", "b", "c", "d", "e"), reason=""),
                    Lock(members=("a",), reason="again"),
                ),
                exclusions=(Exclusion(members=("a",), reason="alone"),),
            ),
        )
    paths = _paths(excinfo)
    for path in (
        "$.participants",
        "$.participants[0].country",
        "$.participants[0].needs",
        "$.participants[0].needs[0].topic",
        "$.participants[1].timezone",
        "$.participants[1].population",
        "$.participants[2].id",
        "$.participants[2].coast_km",
        "$.participants[2].climate",
        "$.earlier_pairs[0]",
        "$.policy.smallest_group",
        "$.policy.shared_challenge",
        "$.policy.context.climate",
        "$.policy.reference_days",
        "$.policy.helpfulness",
        "$.policy.locks[0]",
        "$.policy.locks[0].members",
        "$.policy.locks[0].reason",
        "$.policy.locks[1]",
        "$.policy.exclusions[0]",
    ):
        assert path in paths


def test_what_is_of_another_kind_is_named_and_breaks_nothing():
    with pytest.raises(InvalidInputError) as excinfo:
        Problem(
            participants=(Participant(id=3, country="FI"), Participant(id="b", country="PT")),
            policy=Policy(
                locks=(Lock(members=("b", 3.5), reason="x"),),
                theme_capacities=(ThemeCapacity(theme="heat", most_groups=1),),
            ),
        )
    assert {
        "$.participants[0].id",
        "$.policy.locks[0].members[1]",
        "$.policy.theme_capacities[0].theme",
    } == set(_paths(excinfo))
    for kind, value in ((Need, {"weight_share": 1.0}), (Offer, {"maturity": 3})):
        with pytest.raises(InvalidValueError, match="TopicId"):
            kind(topic="heat.shade", **value)


def test_a_city_locked_twice_is_named():
    locks = (Lock(members=("c0", "c1"), reason="x"), Lock(members=("c1", "c2"), reason="y"))
    with pytest.raises(InvalidInputError, match=r"is locked in \$\.policy\.locks\[0\] already"):
        Problem(participants=_people(3), policy=Policy(locks=locks))


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d.update(format="utm.else"), "$.format"),
        (lambda d: d.update(version=2), "$.version"),
        (lambda d: d.update(version=True), "$.version"),
        (lambda d: d.update(capacity=3), "$.capacity"),
        (lambda d: d.pop("participants"), "$.participants"),
        (lambda d: d["policy"].update(facilitators=3), "$.policy.facilitators"),
        (lambda d: d["policy"].update(smallest_group="2"), "$.policy.smallest_group"),
        (lambda d: d["policy"].update(smallest_group=True), "$.policy.smallest_group"),
        (lambda d: d["policy"].update(focus="both"), "$.policy.focus"),
        (lambda d: d["policy"].update(reference_days=["now"]), "$.policy.reference_days[0]"),
        (lambda d: d["policy"]["context"].update(climate=None), "$.policy.context.climate"),
        (lambda d: d["participants"].__setitem__(1, 7), "$.participants[1]"),
        (lambda d: d["participants"][0].pop("country"), "$.participants[0].country"),
        (lambda d: d["participants"][0].update(population=3.5), "$.participants[0].population"),
        (lambda d: d["participants"][0].update(languages="en"), "$.participants[0].languages"),
        (lambda d: d["participants"][0].update(income="rich"), "$.participants[0].income"),
        (
            lambda d: d["participants"][0]["needs"][0].update(weight_share=math.nan),
            "$.participants[0].needs[0].weight_share",
        ),
        (
            lambda d: d["participants"][0]["needs"][0].update(topic="nonsense"),
            "$.participants[0].needs[0].topic",
        ),
        (
            lambda d: d["participants"][0]["offers"][0].update(maturity=6),
            "$.participants[0].offers[0].maturity",
        ),
        (lambda d: d.update(earlier_pairs=[["p00000"]]), "$.earlier_pairs[0]"),
    ],
)
def test_a_mutated_document_is_refused_at_its_place(change, path):
    document = json.loads(generate(participants=4, seed=1).to_json())
    change(document)
    with pytest.raises(InvalidInputError) as excinfo:
        Problem.from_json(json.dumps(document))
    assert path in _paths(excinfo)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("needs", {"topic": "nonsense", "weight_share": math.nan}),
        ("needs", {"topic": 7, "weight_share": "much"}),
        ("needs", {"weight_share": -1}),
        ("offers", {"topic": "nonsense", "maturity": 6}),
        ("offers", {"maturity": None}),
    ],
)
def test_a_number_is_judged_whatever_is_wrong_with_its_topic(kind, fault):
    document = json.loads(generate(participants=4, seed=1).to_json())
    document["participants"][0][kind][0] = fault
    with pytest.raises(InvalidInputError) as excinfo:
        Problem.from_json(json.dumps(document))
    place = f"$.participants[0].{kind}[0]"
    number = "weight_share" if kind == "needs" else "maturity"
    assert sorted(_paths(excinfo)) == sorted([f"{place}.topic", f"{place}.{number}"])


def test_a_fault_hides_none_of_a_longer_name_and_makes_no_other():
    document = json.loads(generate(participants=4, seed=1).to_json())
    document["policy"]["context"] |= {"coast": "near", "coast_within_km": math.inf}
    document["earlier_pairs"] = [["p00000"], ["p00001"]]
    with pytest.raises(InvalidInputError) as excinfo:
        Problem.from_json(json.dumps(document))
    assert _paths(excinfo) == [
        "$.policy.context.coast",
        "$.earlier_pairs[0]",
        "$.earlier_pairs[1]",
        "$.policy.context.coast_within_km",
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1, "a": 2}', "[" * 100_000])
def test_what_is_not_a_document_is_refused(text):
    for kind in (Problem, Result):
        with pytest.raises(InvalidInputError):
            kind.from_json(text)


def test_a_result_with_an_unknown_key_is_refused():
    document = json.loads(solve(generate(participants=4, seed=1)).to_json())
    document["confidence"] = 1
    with pytest.raises(InvalidInputError, match="is not a known key"):
        Result.from_json(json.dumps(document))


def test_a_proposed_group_of_strangers_is_refused():
    problem = generate(participants=4, seed=1)
    with pytest.raises(InvalidInputError) as excinfo:
        evaluate(problem, [ProposedGroup(members=("nobody",)), ProposedGroup(members=("p00000",))])
    assert _paths(excinfo) == [
        "$.groups[0].members",
        "$.groups[0].members",
        "$.groups[1].members",
    ]


def test_unknown_facts_are_noted_and_score_nothing():
    problem = generate(participants=12, seed=2)
    people = tuple(evolve(p, timezone=None, climate=None) for p in problem.participants)
    result = solve(evolve(problem, participants=people))
    noted = {(note.participant, note.attribute) for note in result.notes}
    assert {(p.id, attribute) for p in people for attribute in ("timezone", "climate")} <= noted
    told = {part.name for g in result.groups for m in g.member_scores for part in m.parts}
    assert not told & {"climate", "hours_apart", "office_hours"}


def test_a_gap_is_told_however_far_score_and_bound_are_apart():
    result = solve(generate(participants=6, seed=1))
    far = evolve(result, score=-(10**400), bound=1)
    assert far.gap == 1.0
    assert Result.from_json(far.to_json()) == far
    assert evolve(result, score=3, bound=4).gap == 0.25
