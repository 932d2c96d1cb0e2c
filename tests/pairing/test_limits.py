"""Rules that couple groups: capacities, numbers of groups, conflicts, priorities."""

import json

import pytest
from attrs import evolve
from hypothesis import given

from tests.pairing.problems import (
    best_score_of_each_once,
    best_score_within_limits,
    limited_problems,
    marked_problems,
)
from tests.searching import examples
from utm.domain.identifiers import ThemeId, TopicId
from utm.errors import InvalidInputError
from utm.pairing import (
    Conflict,
    LanguageCapacity,
    Need,
    Participant,
    Policy,
    Priority,
    Problem,
    Result,
    Status,
    ThemeCapacity,
    evaluate,
    explain,
    repair,
    solve,
    verify,
)
from utm.pairing.instances import generate


@examples(40)
@given(problem=limited_problems(most=6))
def test_no_grouping_within_every_limit_is_better_than_the_one_found(problem):
    result = solve(problem)
    best = best_score_within_limits(problem)
    if best is None:
        assert result.status is Status.INFEASIBLE
        assert result.infeasible_because
    else:
        assert result.status is Status.OPTIMAL
        assert result.score == result.bound == best


@examples(5)
@given(problem=limited_problems(fewest=8, most=9))
def test_no_grouping_of_nine_is_better_than_the_one_found(problem):
    result = solve(problem)
    best = best_score_of_each_once(problem)
    assert (result.status is Status.INFEASIBLE) == (best is None)
    if best is not None:
        assert result.status is Status.OPTIMAL
        assert result.score == result.bound == best


@examples(20)
@given(problem=limited_problems(most=5))
def test_two_ways_of_trying_all_groupings_agree(problem):
    assert best_score_of_each_once(problem) == best_score_within_limits(problem)


@examples(40)
@given(problem=limited_problems(most=6, alike=True))
def test_limits_count_the_same_for_participants_that_nothing_tells_apart(problem):
    best = best_score_within_limits(problem)
    result = solve(problem)
    assert (result.status is Status.INFEASIBLE) == (best is None)
    assert result.score == (best or 0)


@examples(60)
@given(problem=marked_problems())
def test_those_alike_are_grouped_as_well_as_any_whatever_is_said_of_each(problem):
    best = best_score_of_each_once(problem)
    result = solve(problem)
    assert (result.status is Status.INFEASIBLE) == (best is None)
    assert result.score == (best or 0)
    assert verify(problem, result).holds


@examples(40)
@given(problem=limited_problems())
def test_a_limited_result_verifies_and_evaluates_to_its_own_score(problem):
    result = solve(problem)
    verification = verify(problem, result)
    assert verification.holds, verification.faults
    if result.status is not Status.INFEASIBLE:
        assert verification.proven_bound == result.price_bound
        evaluation = evaluate(problem, result.groups)
        assert evaluation.keeps_every_rule, evaluation.violations
        assert evaluation.score == result.score


@examples(40)
@given(problem=limited_problems(most=5))
def test_why_not_within_limits_never_promises_more_than_the_forced_solution(problem):
    result = solve(problem)
    if result.status is Status.INFEASIBLE or len(problem.participants) < 2:
        return
    told = explain(problem, result, ("c0", "c1"), force=True)
    if told.forced is not None and told.forced.status is not Status.INFEASIBLE:
        assert told.forced.score <= told.at_most


@examples(40)
@given(problem=limited_problems(most=6))
def test_a_repair_of_a_changed_limit_keeps_the_limit(problem):
    free = evolve(
        problem.policy,
        fewest_groups=0,
        most_groups=None,
        theme_capacities=(),
        language_capacities=(),
    )
    before = solve(evolve(problem, policy=free))
    if before.status is Status.INFEASIBLE:
        return
    mended = repair(problem, before).result
    assert verify(problem, mended).holds
    assert (mended.status is Status.INFEASIBLE) == (best_score_within_limits(problem) is None)


@examples(40)
@given(problem=limited_problems(most=6))
def test_limits_and_their_prices_survive_json(problem):
    assert Problem.from_json(problem.to_json()) == problem
    result = solve(problem)
    assert Result.from_json(result.to_json()) == result


def test_a_result_written_before_there_were_capacities_can_be_read():
    result = solve(generate(participants=6, seed=1))
    document = json.loads(result.to_json())
    del document["capacity_prices"]
    assert Result.from_json(json.dumps(document)) == result


def _limited(**rules):
    problem = generate(participants=24, seed=3)
    return evolve(problem, policy=evolve(problem.policy, **rules))


def test_a_limit_costs_more_the_tighter_it_is():
    scores = [solve(_limited(most_groups=count)).score for count in (0, 1, 2, 4, 24)]
    assert scores == sorted(set(scores))[: len(scores)]
    assert scores[0] == 0
    assert scores[-1] == solve(_limited()).score


def test_a_closed_theme_has_no_group_and_an_open_one_has_no_price():
    theme = solve(_limited()).groups[0].theme
    closed = solve(_limited(theme_capacities=(ThemeCapacity(theme=theme, most_groups=0),)))
    assert theme not in {group.theme for group in closed.groups}
    wide = solve(_limited(theme_capacities=(ThemeCapacity(theme=theme, most_groups=24),)))
    assert [toll.price for toll in wide.capacity_prices] == [0]


def test_a_forged_price_of_a_capacity_is_caught():
    problem = _limited(most_groups=2)
    result = solve(problem)
    (toll,) = result.capacity_prices
    forged = evolve(
        result,
        capacity_prices=(evolve(toll, price=toll.price - 100_000),),
        price_bound=result.price_bound - 200_000,
    )
    assert verify(problem, result).holds
    assert not verify(problem, forged).holds


def test_three_facilitators_are_shared_among_groups_that_could_work_in_either_language():
    problem = generate(participants=12, seed=5)
    both = tuple(
        evolve(one, languages=("fr", "pt") if index % 2 else ("fr",))
        for index, one in enumerate(problem.participants)
    )
    caps = (
        LanguageCapacity(language="fr", most_groups=1),
        LanguageCapacity(language="pt", most_groups=2),
    )
    problem = evolve(
        problem, participants=both, policy=evolve(problem.policy, language_capacities=caps)
    )
    groups = solve(problem).groups
    spoken = [
        set.intersection(*(set(p.languages) for p in both if p.id in group.members))
        for group in groups
    ]
    assert spoken.count({"fr"}) <= 1
    assert len(groups) <= 3
    over = evaluate(problem, solve(evolve(problem, policy=Policy())).groups)
    assert any("can only work in" in fault for fault in over.violations)


def test_a_priority_places_whom_nothing_else_would():
    left_out = solve(_limited()).unmatched[0].participant
    first = Priority(participant=left_out, worth=5.0, reason="on the waiting list last year")
    result = solve(_limited(priorities=(first,)))
    assert left_out not in {entry.participant for entry in result.unmatched}
    member = next(
        score
        for group in result.groups
        for score in group.member_scores
        if score.member == left_out
    )
    assert member.score - member.gain == 5_000_000


def test_every_fault_of_the_limits_is_told_at_once():
    heat = ThemeId("heat")
    with pytest.raises(InvalidInputError) as caught:
        Problem(
            participants=(),
            policy=Policy(
                conflicts=(Conflict(members=("a",), reason="", most_together=0),),
                priorities=(Priority(participant="b", worth=float("nan"), reason="x"),) * 2,
                fewest_groups=3,
                most_groups=2,
                theme_capacities=(ThemeCapacity(theme=heat, most_groups=-1),) * 2,
                language_capacities=(LanguageCapacity(language="French", most_groups=1),),
            ),
        )
    paths = [problem.path for problem in caught.value.problems]
    assert paths == [
        "$.policy.conflicts[0]",
        "$.policy.conflicts[0].members",
        "$.policy.conflicts[0].reason",
        "$.policy.conflicts[0].most_together",
        "$.policy.priorities[0].participant",
        "$.policy.priorities[0].worth",
        "$.policy.priorities[1].participant",
        "$.policy.priorities[1]",
        "$.policy.priorities[1].worth",
        "$.policy.fewest_groups",
        "$.policy.theme_capacities[0].most_groups",
        "$.policy.theme_capacities[1].most_groups",
        "$.policy.theme_capacities[1]",
        "$.policy.language_capacities[0].language",
    ]


ENRGY = ThemeCapacity(theme=ThemeId("enrgy"), most_groups=0)


def _on_energy(*limits, **rules):
    need = Need(topic=TopicId("energy.heat-pumps"), weight_share=1.0)
    people = tuple(
        Participant(id=f"c{number}", country=country, needs=(need,), languages=("fi", "sv"))
        for number, country in enumerate(["FI", "SE", "NO"])
    )
    return Problem(participants=people, policy=Policy(theme_capacities=limits, **rules))


def test_a_limit_of_a_theme_that_nobody_names_is_told_with_the_nearest_one():
    solar = ThemeCapacity(theme=ThemeId("x"), most_groups=3)
    result = solve(_on_energy(ENRGY, solar))
    assert len(result.groups) == 1
    assert [(note.participant, note.attribute, note.text) for note in result.notes[:2]] == [
        (
            "",
            "theme_capacities",
            (
                "No need or offer is under enrgy, so its limit binds no group. "
                "The nearest theme is energy."
            ),
        ),
        ("", "theme_capacities", "No need or offer is under x, so its limit binds no group."),
    ]
    assert Result.from_json(result.to_json()) == result
    meant = solve(_on_energy(evolve(ENRGY, theme=ThemeId("energy"))))
    assert not meant.groups
    assert not [note for note in meant.notes if not note.participant]


def test_a_limit_of_a_language_that_nobody_speaks_is_told_with_those_spoken():
    limits = tuple(LanguageCapacity(language=code, most_groups=1) for code in ("fi", "sw"))
    (note,) = (
        note for note in solve(_on_energy(language_capacities=limits)).notes if not note.participant
    )
    assert (note.attribute, note.text) == (
        "language_capacities",
        "Nobody is known to speak sw, so its limit binds no group. Spoken are: fi, sv.",
    )


def test_a_limit_of_a_theme_without_any_topic_of_the_problem_is_refused():
    problem = _on_energy()
    topics = (TopicId("energy.heat-pumps"), TopicId("water.reuse"))
    water = ThemeCapacity(theme=ThemeId("water"), most_groups=1)
    x = ThemeCapacity(theme=ThemeId("x"), most_groups=1)
    policy = Policy(theme_capacities=(water, ENRGY, x))
    with pytest.raises(InvalidInputError) as caught:
        evolve(problem, topics=topics, policy=policy)
    assert [(fault.path, fault.remedy) for fault in caught.value.problems] == [
        ("$.policy.theme_capacities[1].theme", "Write 'energy'."),
        ("$.policy.theme_capacities[2].theme", "Use the theme of a topic of $.topics."),
    ]
    kept = evolve(problem, topics=topics, policy=Policy(theme_capacities=(water,)))
    assert "under water" in solve(kept).notes[0].text


@given(problem=limited_problems(most=4))
@examples(30)
def test_a_limit_that_is_said_to_bind_no_group_changes_no_worth(problem):
    result = solve(problem)
    idle = {note.text.split(",")[0].split()[-1] for note in result.notes if not note.participant}
    themes = tuple(
        limit for limit in problem.policy.theme_capacities if limit.theme.value not in idle
    )
    without = solve(evolve(problem, policy=evolve(problem.policy, theme_capacities=themes)))
    assert (without.status, without.score) == (result.status, result.score)
    spoken = {code for person in problem.participants for code in person.languages or ()}
    for limit in problem.policy.language_capacities:
        assert (limit.language in idle) == (limit.language not in spoken)
