"""Groupings with another aim than the total, compared with trying every grouping."""

from itertools import combinations
from math import isqrt

import pytest
from attrs import evolve
from hypothesis import given

from tests.pairing.problems import _keeps_limits, limited_problems
from tests.searching import examples
from utm.domain.identifiers import TopicId
from utm.errors import InvalidInputError
from utm.pairing import (
    UNIT,
    Aim,
    ContextWeights,
    ExchangeRule,
    MaxRounds,
    MaxRuntime,
    Need,
    Offer,
    Participant,
    Policy,
    Problem,
    Status,
    audit,
    evaluate,
    grouping_for,
    solve,
)
from utm.pairing.definition import Definition
from utm.pairing.instances import generate
from utm.pairing.violations import violations_of

LEVELS = (0.05, 0.2, 0.5)


def every_grouping(problem):
    """Yield every grouping within every limit, as groups."""
    definition = Definition(problem)
    policy = problem.policy
    names = sorted(definition.people)
    offered = [
        definition.group(members, focus)
        for focus in definition.foci()
        for size in (2, 3, 4)
        for members in combinations(names, size)
        if not violations_of(definition, members, focus)
    ]
    locked = {name for lock in policy.locks for name in lock.members}
    themes = {capacity.theme: capacity.most_groups for capacity in policy.theme_capacities}
    languages = {c.language: c.most_groups for c in policy.language_capacities}

    def spoken(members):
        known = [set(definition.people[m].languages or ()) for m in members]
        return set.intersection(*(k for k in known if k)) if any(known) else {"other"}

    def extend(rest, chosen):
        if not rest:
            pairs = [(group.members, group.theme) for group in chosen]
            if _keeps_limits(policy, pairs, themes, languages, spoken):
                yield chosen
            return
        name = min(rest)
        if name not in locked:
            yield from extend(rest - {name}, chosen)
        for group in offered:
            if group.members[0] == name and set(group.members) <= rest:
                yield from extend(rest - set(group.members), [*chosen, group])

    return list(extend(frozenset(names), [])), offered


def gains_of(groups):
    return {s.member: s.gain for group in groups for s in group.member_scores}


def counted(groups):
    gains = gains_of(groups).values()
    return tuple(sum(gain >= level * UNIT for gain in gains) for level in LEVELS)


def welfare(groups):
    return sum(isqrt(g * UNIT) if g > 0 else g for g in gains_of(groups).values())


def worth(groups):
    return sum(group.score for group in groups)


@given(problem=limited_problems(most=5))
@examples(30)
def test_as_many_as_possible_gain_each_level_before_the_next_counts(problem):
    result = solve(problem)
    told = grouping_for(problem, result, Aim.LEAST_FIRST, levels=LEVELS)
    groupings, _ = every_grouping(problem)
    assert told.exact
    assert (told.groups is None) == (not groupings)
    if groupings:
        best = max((*counted(groups), worth(groups)) for groups in groupings)
        assert (*(count for _, count in told.reached), told.score) == best
        assert told.costs_at_least == told.costs_at_most == result.score - told.score
        assert evaluate(problem, told.groups).keeps_every_rule


@given(problem=limited_problems(most=5))
@examples(30)
def test_no_grouping_has_a_higher_sum_of_roots(problem):
    told = grouping_for(problem, solve(problem), Aim.SQUARE_ROOTS)
    groupings, _ = every_grouping(problem)
    assert (told.groups is None) == (not groupings)
    if groupings:
        best = max((welfare(groups), worth(groups)) for groups in groupings)
        assert (told.welfare, told.score) == best
        assert told.welfare_bound == told.welfare


@given(problem=limited_problems(most=5))
@examples(30)
def test_no_stable_grouping_is_worth_more_and_none_is_missed(problem):
    told = grouping_for(problem, solve(problem), Aim.STABLE)
    groupings, offered = every_grouping(problem)

    def stable(groups):
        now = gains_of(groups)
        return not any(
            all(s.gain > now.get(s.member, 0) for s in group.member_scores) for group in offered
        )

    found = [worth(groups) for groups in groupings if stable(groups)]
    assert told.exact
    assert (told.groups is None) == (not found)
    if found:
        assert told.score == max(found)
        assert stable(told.groups)


def test_a_stable_grouping_has_no_blocking_group_in_the_audit():
    problem = generate(participants=14, seed=4)
    result = solve(problem)
    told = grouping_for(problem, result, Aim.STABLE)
    if told.groups is not None:
        kept = evolve(result, groups=told.groups, unmatched=(), score=told.score)
        assert audit(problem, kept).is_stable


def test_where_not_all_groups_are_listed_nothing_is_called_exact():
    problem = generate(participants=24, seed=3)
    result = solve(problem)
    told = grouping_for(problem, result, Aim.SQUARE_ROOTS, most_listed=100)
    assert not told.exact
    assert told.welfare_bound is None
    assert told.costs_at_least <= told.costs_at_most


def test_a_question_that_is_stopped_is_exact_only_where_it_was_answered():
    problem = generate(participants=16, seed=3)
    result = solve(problem)
    whole = grouping_for(problem, result, Aim.LEAST_FIRST)
    told = grouping_for(problem, result, Aim.LEAST_FIRST, stop=lambda _: True)
    assert not told.exact or told == whole


@pytest.mark.parametrize("aim", Aim)
def test_a_question_ends_when_its_time_is_over_and_not_after_all_is_listed(aim):
    problem = generate(participants=200, seed=3)  # some ten million groups
    result = solve(problem, stop=MaxRounds(1))
    told = grouping_for(problem, result, aim, stop=MaxRuntime(0.05))
    assert not told.exact
    assert told.listed < 100_000


def test_what_asks_whether_to_stop_tells_how_long_it_has_lasted():
    problem = generate(participants=12, seed=3)
    result = solve(problem)
    seconds = []

    def told(progress):
        seconds.append(progress.seconds)
        return False

    grouping_for(problem, result, Aim.STABLE, stop=told)
    asked = len(seconds)
    audit(problem, result, stop=told)
    for times in (seconds[:asked], seconds[asked:]):
        assert times == sorted(times)
        assert times[0] > 0


def test_levels_that_do_not_rise_and_several_groups_each_are_told_at_once():
    problem = generate(participants=4, seed=3)
    problem = evolve(problem, policy=evolve(problem.policy, groups_each=2))
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    with pytest.raises(InvalidInputError) as caught:
        grouping_for(problem, result, Aim.STABLE, levels=(0.2, 0.1))
    paths = [fault.path for fault in caught.value.problems]
    assert paths == ["$.policy.groups_each", "$.levels"]


def test_who_would_lose_in_a_group_is_content_with_none():
    """The group of a and e keeps nobody from leaving a alone, as a loses in it."""
    shade, trees, water = (TopicId(f"heat.{name}") for name in ("shade", "trees", "water"))

    def city(name, zone, needs, offers):
        return Participant(
            id=name,
            country={"a": "IS", "e": "ZA", "b": "BD"}[name],
            timezone=zone,
            needs=tuple(Need(topic=topic, weight_share=share) for topic, share in needs),
            offers=tuple(Offer(topic=topic, maturity=maturity) for topic, maturity in offers),
        )

    people = (
        city("a", "Atlantic/Reykjavik", [], [(shade, 5), (trees, 5)]),
        city("b", "Asia/Dhaka", [(shade, 1.0)], [(water, 2)]),
        city("e", "Africa/Johannesburg", [(trees, 0.32), (water, 0.68)], [(shade, 2)]),
    )
    policy = Policy(
        largest_group=2,
        shared_challenge=0.0,
        exchange=ExchangeRule.HELP,
        context=ContextWeights(climate=0.0, office_hours=0.0, hours_apart=0.05),
    )
    problem = Problem(participants=people, policy=policy)
    result = solve(problem)
    assert [group.members for group in result.groups] == [("a", "b")]
    found = grouping_for(problem, result, Aim.STABLE)
    assert [group.members for group in found.groups] == [("b", "e")]
    assert found.exact
