"""Explanations, repairs and audits: solved, and compared with trying everything."""

from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import admissible_groups, groupings_within_limits, problems
from tests.searching import examples
from utm.domain.identifiers import TopicId
from utm.errors import InvalidInputError, InvalidValueError
from utm.pairing import (
    Aim,
    ExchangeRule,
    FocusKind,
    LanguageRule,
    Need,
    Offer,
    Participant,
    Policy,
    Priority,
    Problem,
    Status,
    alternatives,
    audit,
    departures,
    explain,
    grouping_for,
    repair,
    solve,
    verify,
    withdraw,
)
from utm.pairing.definition import Definition
from utm.pairing.instances import generate
from utm.pairing.violations import violations_of
from utm.programme import city2city_policy, participant_of
from utm.reference import city2city_2026

CITIES_PROBLEM = Problem(
    participants=tuple(map(participant_of, city2city_2026().applications)),
    policy=city2city_policy(),
)


@examples(40)
@given(problem=problems(most=6), choice=st.randoms(use_true_random=False))
def test_why_not_never_promises_more_than_the_forced_solution_gives(problem, choice):
    names = [p.id for p in problem.participants]
    result = solve(problem)
    if len(names) < 2 or result.status is Status.INFEASIBLE:
        return
    asked = tuple(choice.sample(names, choice.choice([1, 2, 2, 3][: len(names)])))
    told = explain(problem, result, asked, force=True)
    if told.together is not None:
        assert told.forced is None
        assert told.costs_at_least == 0
    elif told.forced is not None and told.forced.status is not Status.INFEASIBLE:
        assert told.forced.score <= told.at_most
        assert told.costs_at_least <= result.score - told.forced.score
    groups = [members for members in admissible_groups(problem) if set(asked) <= set(members)]
    assert (told.best_group is None) == (not groups)
    assert told.sentences


@examples(40)
@given(problem=problems(most=6))
def test_the_bound_of_why_not_holds_for_every_group_with_them(problem):
    result = solve(problem)
    if result.status is Status.INFEASIBLE:
        return
    price = {entry.participant: entry.price for entry in result.prices}
    for members, worth in admissible_groups(problem).items():
        told = explain(problem, result, members[:2])
        assert result.price_bound + worth - sum(price[m] for m in members) <= told.at_most


@examples(40)
@given(problem=problems(fewest=3, most=6))
def test_what_forbids_a_group_is_a_rule_that_no_group_with_them_keeps(problem):
    """Checked by trying every group: with all rules but the named, one would do."""
    result = solve(problem)
    groups = admissible_groups(problem)
    for pair in combinations(sorted(p.id for p in problem.participants), 2):
        told = explain(problem, result, pair)
        if not result.prices:
            assert told.forbidden == ()
            continue
        possible = any(set(pair) <= set(members) for members in groups)
        assert possible == (told.best_group is not None)
        assert possible == (told.forbidden == ())


def test_the_rule_named_is_the_one_without_which_they_could_meet():
    problem = evolve(CITIES_PROBLEM, policy=evolve(CITIES_PROBLEM.policy, locks=()))
    result = solve(problem)
    told = explain(problem, result, ("ua-lviv", "ua-zhytomyr"))
    assert told.forbidden == ("Under its theme a group is tied together by help or shared need.",)
    free = evolve(problem, policy=evolve(problem.policy, exchange=ExchangeRule.NOT_ASKED))
    assert explain(free, solve(free), ("ua-lviv", "ua-zhytomyr")).best_group is not None


def test_a_language_that_two_lack_is_named_with_the_two():
    people = tuple(
        Participant(
            id=name,
            country=country,
            languages=(language,),
            needs=(Need(topic=TopicId("heat.shade"), weight_share=1.0),),
        )
        for name, country, language in (("a", "FI", "fi"), ("b", "PT", "pt"), ("c", "NA", "en"))
    )
    problem = Problem(participants=people, policy=Policy(common_language=LanguageRule.ALL))
    assert explain(problem, solve(problem), ("a", "b")).forbidden == ("a and b share no language.",)


def test_an_explanation_asked_for_a_stranger_is_refused():
    problem = generate(participants=6, seed=1)
    with pytest.raises(InvalidInputError):
        explain(problem, solve(problem), ("p00000", "nobody"))


def _leaving(problem, gone):
    policy = problem.policy
    return evolve(
        problem,
        participants=tuple(p for p in problem.participants if p.id != gone),
        earlier_pairs=tuple(pair for pair in problem.earlier_pairs if gone not in pair),
        policy=evolve(
            policy,
            locks=tuple(lock for lock in policy.locks if gone not in lock.members),
            exclusions=tuple(each for each in policy.exclusions if gone not in each.members),
        ),
    )


@examples(40)
@given(problem=problems(most=7), most_broken=st.sampled_from([0, 1, None]))
def test_a_repair_keeps_what_it_must_and_is_bounded(problem, most_broken):
    result = solve(problem)
    if not result.groups:
        return
    gone = result.groups[0].members[0]
    now = _leaving(problem, gone)
    fixed = repair(now, result, most_broken=most_broken)
    fresh = solve(now)
    assert fixed.result.status is not Status.INFEASIBLE or fresh.status is Status.INFEASIBLE
    assert verify(now, fixed.result).holds
    assert fixed.result.score <= fixed.bound <= max(fresh.score, fixed.result.score)
    assert len(fixed.kept) + len(fixed.broken) + len(fixed.impossible) == len(result.groups)
    if most_broken is None:
        assert fixed.result.score == fresh.score
    if most_broken == 0 and not now.policy.locks and fresh.status is Status.OPTIMAL:
        assert fixed.broken == ()
        others = now
        for member in (member for members in fixed.kept for member in members):
            others = _leaving(others, member)
        going_on = sum(g.score for g in fixed.result.groups if g.members in fixed.kept)
        assert fixed.result.score == going_on + solve(others).score


def _scores_of_plans(now, earlier, fixed, most_broken):
    """What all plans are worth that break up so many groups at most of those that could go on."""
    themes = {group.members: group.theme for group in earlier.groups}
    old = {(members, themes[members]) for members in (*fixed.kept, *fixed.broken)}
    return [
        score
        for chosen, score in groupings_within_limits(now)
        if len(old - set(chosen)) <= most_broken
    ]


@examples(60)
@given(problem=problems(fewest=4, most=6), most_broken=st.integers(0, 2), gone=st.integers(0, 5))
def test_a_repair_is_the_best_of_all_plans_that_break_up_as_few(problem, most_broken, gone):
    result = solve(problem)
    now = _leaving(problem, problem.participants[gone % len(problem.participants)].id)
    fixed = repair(now, result, most_broken=most_broken)
    scores = _scores_of_plans(now, result, fixed, most_broken)
    if scores:
        assert fixed.result.score == fixed.bound == max(scores)
        assert len(fixed.broken) <= most_broken


@examples(60)
@given(
    problem=problems(fewest=4, most=6, alike=True),
    most_broken=st.integers(0, 2),
    late=st.integers(0, 1),
)
def test_a_repair_of_those_alike_is_the_best_of_all_plans_that_break_up_as_few(
    problem, most_broken, late
):
    result = solve(problem)
    now = _leaving(problem, problem.participants[0].id)
    entries = (evolve(one, id=f"late-{one.id}") for one in problem.participants[:late])
    now = evolve(now, participants=(*now.participants, *entries))
    fixed = repair(now, result, most_broken=most_broken)
    scores = _scores_of_plans(now, result, fixed, most_broken)
    if scores:
        assert fixed.result.score == fixed.bound == max(scores)
        assert len(fixed.broken) <= most_broken
        assert verify(now, fixed.result).holds


@pytest.mark.parametrize("seed", range(12))
def test_a_late_entry_like_somebody_else_is_told_apart(seed):
    """Two alike have as many copies in both problems, and are one class in one of them only."""
    problem = generate(participants=7, seed=seed)
    policy = evolve(problem.policy, focus=FocusKind.TOPIC, exchange=ExchangeRule.NOT_ASKED)
    problem = evolve(problem, policy=policy)
    result = solve(evolve(problem, policy=evolve(policy, largest_group=2, most_groups=1)))
    entry = evolve(problem.participants[seed % 7], id="late")
    now = evolve(problem, participants=(*problem.participants, entry))
    fixed = repair(now, result, most_broken=0)
    assert verify(now, fixed.result).holds
    assert fixed.broken == ()
    others = withdraw(now, [name for members in fixed.kept for name in members]).problem
    going_on = sum(g.score for g in fixed.result.groups if g.members in fixed.kept)
    assert fixed.result.score == fixed.bound == going_on + solve(others).score


@pytest.mark.parametrize("most_broken", [0, 1, None])
def test_old_groups_that_overlap_are_repaired_where_each_may_be_in_one_only(most_broken):
    topic = TopicId("heat.shade")
    people = tuple(
        Participant(
            id=f"c{number}",
            country=("FI", "PT")[number % 2],
            needs=(Need(topic=topic, weight_share=1.0),),
            offers=(Offer(topic=topic, maturity=3),),
        )
        for number in range(4)
    )
    policy = Policy(groups_each=2, largest_group=2)
    result = solve(Problem(participants=people, policy=policy))
    assert len(result.groups) == 4
    now = Problem(participants=people, policy=evolve(policy, groups_each=1))
    fixed = repair(now, result, most_broken=most_broken)
    assert fixed.result.score == solve(now).score
    assert verify(now, fixed.result).holds


@pytest.mark.parametrize("most_broken", [0, 1, 2, 4, None])
def test_a_repair_of_many_alike_is_soon_proven(most_broken):
    topic = TopicId("heat.shade")
    people = tuple(
        Participant(
            id=f"c{number:03}",
            country=("FI", "PT", "NA", "NP")[number % 4],
            needs=(Need(topic=topic, weight_share=1.0),),
            offers=(Offer(topic=topic, maturity=3),),
        )
        for number in range(50)
    )
    problem = Problem(participants=people)
    result = solve(problem)
    gone = {result.groups[0].members[0], result.groups[3].members[1]}
    left = tuple(one for one in people if one.id not in gone)
    fixed = repair(evolve(problem, participants=left), result, most_broken=most_broken)
    assert fixed.result.score == fixed.bound
    assert most_broken is None or len(fixed.broken) <= most_broken


@pytest.mark.parametrize("worth", [0.0, 0.1, 2.0])
def test_a_repair_finds_the_plan_that_no_favour_for_old_groups_brings(worth):
    problem = generate(participants=24, seed=6)
    result = solve(problem)
    gone = {result.groups[0].members[0], result.groups[1].members[0]}
    people = tuple(p for p in problem.participants if p.id not in gone)
    priorities = tuple(
        Priority(participant=one.id, worth=worth, reason="it brings money")
        for one in people[:5]
        if worth > 0
    )
    policy = evolve(problem.policy, priorities=priorities)
    left = evolve(problem, participants=people, policy=policy)
    mended = [repair(left, result, most_broken=count) for count in (0, 1, 2, 3)]
    assert [len(each.broken) for each in mended] == [0, 1, 2, 3]
    assert all(each.result.score == each.bound for each in mended)
    assert sorted(each.bound for each in mended) == [each.bound for each in mended]
    assert all(verify(left, each.result).holds for each in mended)


def test_breaking_up_more_groups_never_costs_score():
    problem = generate(participants=40, seed=3)
    result = solve(problem)
    now = _leaving(problem, result.groups[2].members[0])
    fresh = solve(now).score
    scores = [repair(now, result, most_broken=k).result.score for k in (0, 2, 9, None)]
    assert scores == sorted(scores)
    assert scores[-1] == scores[-2] == fresh


def test_a_negative_number_of_groups_is_refused():
    problem = generate(participants=6, seed=1)
    with pytest.raises(InvalidValueError):
        repair(problem, solve(problem), most_broken=-1)


@examples(40)
@given(problem=problems(most=6))
def test_the_audit_finds_exactly_the_groups_that_would_rather_leave(problem):
    result = solve(problem)
    told = audit(problem, result)
    has = {p.id: 0 for p in problem.participants}
    for group in result.groups:
        has |= {scores.member: scores.score for scores in group.member_scores}
    definition = Definition(problem)
    blocking = set()
    for focus in definition.foci():
        for size in (2, 3, 4):
            for members in combinations(sorted(has), size):
                if not violations_of(definition, members, focus):
                    scores = definition.group(members, focus).member_scores
                    if all(score.score > has[score.member] for score in scores):
                        blocking.add(members)
    assert told.complete
    assert {found.group.members for found in told.blocking} == blocking
    assert told.is_stable == (not blocking)
    assert all(found.least_gain > 0 for found in told.blocking)
    assert [gain.score for gain in told.gains] == sorted(has.values())


def test_no_priority_breaks_up_a_group_that_must_stay():
    topics = [TopicId(f"heat.t{number}") for number in range(5)]
    four = tuple(
        Participant(
            id=name,
            country=country,
            needs=(Need(topic=topics[0], weight_share=0.5), Need(topic=topic, weight_share=0.5)),
            offers=(Offer(topic=topics[0], maturity=5),),
        )
        for name, country, topic in zip("abcd", ("FI", "PT", "NA", "NP"), topics[1:], strict=True)
    )
    late = tuple(
        Participant(id=name, country="KE", offers=(Offer(topic=topic, maturity=5),))
        for name, topic in zip("pqrs", topics[1:], strict=True)
    )
    policy = Policy(exchange=ExchangeRule.HELP)
    earlier = solve(Problem(participants=four, policy=policy))
    assert [group.members for group in earlier.groups] == [tuple("abcd")]
    first = tuple(Priority(participant=one.id, worth=10.0, reason="late") for one in late)
    now = Problem(participants=(*four, *late), policy=evolve(policy, priorities=first))
    fixed = repair(now, earlier, most_broken=0)
    assert fixed.broken == ()
    assert fixed.result.score == fixed.bound
    assert repair(now, earlier, most_broken=1).broken == (tuple("abcd"),)


def test_what_forcing_costs_is_exact_only_beside_a_grouping_that_is_proven_best():
    problem = generate(participants=9, seed=2)
    best = solve(problem)
    apart = next(
        members
        for members in sorted(admissible_groups(problem))
        if not any(set(members) <= set(group.members) for group in best.groups)
    )
    hasty = evolve(best, status=Status.STOPPED, score=best.score - 1, bound=best.bound)
    for result, exact in ((best, True), (hasty, False)):
        told = explain(problem, result, apart, force=True)
        assert told.forced is not None
        assert told.forced.status is Status.OPTIMAL
        assert ("exactly" in told.sentences[-1]) == exact


ASKED_OF_A_RESULT = {
    "audit": audit,
    "explain": lambda problem, result: explain(problem, result, ("p00000", "p00001")),
    "alternatives": lambda problem, result: alternatives(problem, result, result.groups[0].members),
    "departures": lambda problem, result: departures(problem, result, "p00000"),
    "grouping_for": lambda problem, result: grouping_for(problem, result, Aim.STABLE),
}


@pytest.mark.parametrize("asked", ASKED_OF_A_RESULT)
def test_a_result_of_another_problem_is_refused_with_every_name(asked):
    problem, other = (generate(participants=count, seed=1) for count in (20, 24))
    with pytest.raises(InvalidInputError) as caught:
        ASKED_OF_A_RESULT[asked](problem, solve(other))
    strangers = {fault.read.strip("'") for fault in caught.value.problems}
    assert strangers == {
        name for group in solve(other).groups for name in group.members if name >= "p00020"
    }
    if asked in {"explain", "alternatives"}:
        with pytest.raises(InvalidInputError) as caught:
            ASKED_OF_A_RESULT[asked](other, solve(problem))
        assert {fault.path for fault in caught.value.problems} == {"$.prices"}


def test_who_finds_no_place_beside_the_groups_that_stay_is_told_so():
    problem = generate(participants=22, seed=1)
    result = solve(problem)
    gone = {result.groups[0].members[0], result.groups[1].members[0]}
    left = evolve(problem, participants=tuple(p for p in problem.participants if p.id not in gone))
    mended = repair(left, result, most_broken=0)
    reasons = {each.reason for each in mended.result.unmatched}
    assert any("stay as they are" in reason for reason in reasons)
    assert not any("search ended" in reason for reason in reasons)
