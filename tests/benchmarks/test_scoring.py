"""The peers' own account of worth and rules against the definition, which shares no code."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.pairing.scoring import Scorer
from tests.pairing.problems import limited_problems
from utm.pairing.definition import Definition
from utm.pairing.instances import FAMILIES, generate
from utm.pairing.limits import Limits
from utm.pairing.violations import violations_of

SEEDS = {"strict-rules": 2}  # where some group of nine keeps them


def told_twice(problem):
    """Every group under every focus: what the definition says, and what the peers say."""
    definition, scorer = Definition(problem), Scorer(problem)
    assert [theme for theme, _ in definition.foci()] == scorer.themes
    for number, focus in enumerate(definition.foci()):
        for size in (2, 3, 4):
            for members in combinations(range(len(scorer.ids)), size):
                names = [scorer.ids[member] for member in members]
                broken = violations_of(definition, names, focus)
                right = None if broken else definition.group(names, focus).score
                yield names, right, scorer.worth(members, number), broken


@given(problem=limited_problems(most=5))
@settings(max_examples=20)
def test_every_group_has_the_same_worth_and_is_forbidden_by_both_or_by_none(problem):
    for names, right, told, broken in told_twice(problem):
        assert told == right, (names, broken)


@pytest.mark.parametrize("family", FAMILIES)
def test_they_agree_on_every_family(family):
    problem = generate(participants=8, seed=SEEDS.get(family, 5), family=FAMILIES[family])
    compared = [(told, right) for _, right, told, _ in told_twice(problem)]
    assert all(told == right for told, right in compared)
    assert {told is None for told, _ in compared} == {True, False}


@given(problem=limited_problems(most=3), data=st.data())
@settings(max_examples=30)
def test_they_agree_on_the_languages_among_which_a_group_may_choose(problem, data):
    scorer = Scorer(problem)
    if len(scorer.ids) < 2:
        return
    members = data.draw(st.sampled_from(list(combinations(range(len(scorer.ids)), 2))))
    spoken = Limits(Definition(problem)).spoken([scorer.ids[member] for member in members])
    told = scorer.languages_of(members)
    assert (None if told is None else frozenset(told)) == spoken
