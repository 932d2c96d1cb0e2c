"""What a grouping that somebody else has formed is worth."""

from hypothesis import given

from tests.pairing.problems import problems
from tests.searching import examples
from utm.pairing import ProposedGroup, Status, evaluate, solve
from utm.pairing.instances import FAMILIES, generate


def _retold(result):
    return [ProposedGroup(members=group.members, theme=group.theme) for group in result.groups]


@given(problem=problems(most=6))
@examples(30)
def test_groups_told_by_members_and_theme_are_worth_what_their_result_says(problem):
    result = solve(problem)
    if result.status is not Status.INFEASIBLE:
        told = evaluate(problem, _retold(result))
        assert told.keeps_every_rule
        assert told.score == result.score


def test_a_group_on_one_topic_is_looked_at_under_a_topic_that_its_rules_allow():
    problem = generate(participants=24, seed=1, family=FAMILIES["single-topic"])
    result = solve(problem)
    told = evaluate(problem, _retold(result))
    assert told.keeps_every_rule  # some topic of its theme is worth more and ties nobody
    assert told.score == result.score
