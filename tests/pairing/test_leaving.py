"""What a city loses if another leaves, compared with counting it by hand."""

import pytest
from hypothesis import given

from tests.pairing.problems import admissible_groups, problems
from tests.searching import examples
from utm.errors import InvalidInputError
from utm.pairing import Status, departures, solve
from utm.pairing.definition import Definition
from utm.pairing.instances import generate
from utm.pairing.violations import violations_of


@examples(50)
@given(problem=problems(most=6))
def test_what_the_others_lose_is_what_their_best_group_without_it_leaves_them(problem):
    result = solve(problem)
    if result.status is Status.INFEASIBLE:
        return
    admissible, definition = admissible_groups(problem), Definition(problem)
    for group in result.groups:
        before = {score.member: score.gain for score in group.member_scores}
        for leaving in group.members:
            (told,) = departures(problem, result, leaving)
            left = tuple(name for name in group.members if name != leaving)
            assert [loss.participant for loss in told.losses] == list(left)
            assert {loss.participant: loss.before for loss in told.losses}.items() <= before.items()
            assert (told.rest is not None) == (left in admissible) == (not told.broken)
            if told.rest is None:
                assert all(loss.after == 0 for loss in told.losses)
                continue
            assert told.rest.score == admissible[left]
            possible = [
                tuple(score.gain for score in definition.group(left, focus).member_scores)
                for focus in definition.foci()
                if not violations_of(definition, left, focus)
                and definition.group(left, focus).score == admissible[left]
            ]
            assert tuple(loss.after for loss in told.losses) in possible


def test_nobody_loses_where_somebody_in_no_group_leaves_and_a_stranger_is_refused():
    problem = generate(participants=9, seed=1)
    result = solve(problem)
    for unmatched in result.unmatched:
        assert departures(problem, result, unmatched.participant) == ()
    with pytest.raises(InvalidInputError):
        departures(problem, result, "nobody")


def test_the_sentences_name_everybody_who_is_left():
    problem = generate(participants=12, seed=3)
    result = solve(problem)
    (told,) = departures(problem, result, result.groups[0].members[0])
    text = " ".join(told.sentences)
    assert all(name in text for name in result.groups[0].members)
