"""Alpha is the published one, exact, and does not depend on order."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from utm.domain import Unknown
from utm.knowledge import Difference, agreement

# The example of Krippendorff (2011): four observers, twelve units, seven scores missing.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
EXAMPLE = {str(unit): scores for unit, scores in enumerate(zip(*OBSERVERS, strict=True))}

scores = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=2, max_size=4),
    max_size=8,
)


@pytest.mark.parametrize(
    ("difference", "published"),
    [(Difference.NOMINAL, 0.743), (Difference.ORDINAL, 0.815), (Difference.INTERVAL, 0.849)],
)
def test_alpha_is_that_of_the_published_example(difference: Difference, published: float) -> None:
    found = agreement(EXAMPLE, difference=difference)

    assert isinstance(found.alpha, Fraction)
    assert round(float(found.alpha), 3) == published
    assert (found.units, found.scores) == (11, 40)


def alpha_by_pairs(given: dict[str, list[int | None]]) -> Fraction | None:
    """Alpha with interval distances from its definition: mean distances within and overall."""
    units = [[s for s in row if s is not None] for row in given.values()]
    units = [row for row in units if len(row) > 1]
    everything = [s for row in units for s in row]
    n = len(everything)
    over_all = sum((a - b) ** 2 for a, b in combinations(everything, 2))
    if not over_all:
        return None
    within = sum(
        Fraction(sum((a - b) ** 2 for a, b in combinations(row, 2)), len(row) - 1) for row in units
    )
    return 1 - (n - 1) * within / over_all


@given(scores)
def test_alpha_equals_its_definition(given: dict[str, list[int | None]]) -> None:
    found = agreement(given, difference=Difference.INTERVAL).alpha
    expected = alpha_by_pairs(given)

    assert isinstance(found, Unknown) if expected is None else found == expected


@given(scores, st.randoms(use_true_random=False), st.sampled_from(Difference))
def test_the_order_of_units_and_reviewers_changes_nothing(
    given: dict[str, list[int | None]], random: object, difference: Difference
) -> None:
    shuffled = {unit: random.sample(row, len(row)) for unit, row in given.items()}
    backwards = dict(reversed(shuffled.items()))

    assert agreement(backwards, difference=difference) == agreement(given, difference=difference)


@given(
    st.lists(st.integers(0, 4), min_size=2, max_size=6),
    st.sampled_from(Difference),
)
def test_reviewers_who_say_the_same_agree_perfectly(
    said: list[int], difference: Difference
) -> None:
    assume(len(set(said)) > 1)
    given = {str(unit): (score, score) for unit, score in enumerate(said)}

    assert agreement(given, difference=difference).alpha == 1


def test_alpha_is_unknown_where_nothing_can_be_told_from_chance() -> None:
    assert isinstance(agreement({}).alpha, Unknown)
    assert isinstance(agreement({"a": (1, None)}).alpha, Unknown)
    assert isinstance(agreement({"a": (1, 1), "b": (1, 1)}).alpha, Unknown)
