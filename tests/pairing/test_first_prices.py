"""Prices known before any search: valid for every group, and low where there are few places."""

import pytest
from attrs import evolve
from hypothesis import given

from tests.pairing.problems import limited_problems
from tests.searching import examples
from utm.pairing import LanguageCapacity, MaxRounds, ThemeCapacity, solve
from utm.pairing.certificate import harvest_above
from utm.pairing.compiling import arrays_of
from utm.pairing.first_prices import first_certificate, first_prices
from utm.pairing.instances import generate


@examples(150)
@given(problem=limited_problems(most=8))
def test_no_group_beats_the_first_prices(problem):
    arrays = arrays_of(problem)
    for prices in (first_prices(arrays), first_certificate(arrays)):
        assert (prices >= 0).all()
        look = harvest_above(arrays, prices, 0, keep_all=None, interrupted=lambda: False)
        assert look.complete
        assert not look.excess.any()
    low, usual = (
        (prices * arrays.places).sum()
        for prices in (first_certificate(arrays), first_prices(arrays))
    )
    assert low <= usual


@pytest.mark.parametrize(
    ("limit", "most"),
    [
        ({"most_groups": 3}, 3 * 4),
        ({"fewest_groups": 2, "most_groups": 3}, 3 * 4),
        ({"most_groups": 0}, 0),
    ],
)
def test_few_groups_bound_what_they_can_be_worth_before_any_search(limit, most):
    problem = generate(participants=200, seed=1)
    policy = evolve(problem.policy, **limit)
    result = solve(evolve(problem, policy=policy), stop=MaxRounds(0))
    assert result.bound <= most * 1_300_000  # whatever is learnt, and what the context adds


def test_themes_and_languages_with_few_places_bear_the_first_prices():
    problem = generate(participants=200, seed=1)
    themes = {need.topic.theme for one in problem.participants for need in one.needs}
    closed = tuple(ThemeCapacity(theme=theme, most_groups=0) for theme in sorted(themes))
    few = tuple(ThemeCapacity(theme=theme, most_groups=1) for theme in sorted(themes))
    for capacities, most in ((closed, 0), (few, len(themes) * 4)):
        policy = evolve(problem.policy, theme_capacities=capacities)
        result = solve(evolve(problem, policy=policy), stop=MaxRounds(0))
        assert result.bound <= most * 1_300_000

    spoken = {code for one in problem.participants for code in one.languages or ()}
    languages = tuple(LanguageCapacity(language=code, most_groups=0) for code in sorted(spoken))
    policy = evolve(problem.policy, language_capacities=languages, admits_unknown=False)
    result = solve(evolve(problem, policy=policy), stop=MaxRounds(0))
    assert result.bound == 0
