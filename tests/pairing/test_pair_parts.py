"""Score parts by third parties."""

from itertools import combinations

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import best_score, limited_problems, problems
from tests.searching import examples
from utm.errors import InvalidInputError
from utm.pairing import UNIT, PairPart, Problem, Status, explain, solve, verify
from utm.pairing.instances import generate
from utm.testing.pairing import (
    law_part_answers_alike,
    law_part_is_counted_in_every_score,
    law_part_is_symmetric,
    law_part_is_whole_and_within_range,
)


@frozen
class SameLetter:
    """Names that end alike bring something, others cost; a part as third parties write it."""

    bonus: int = 100_001
    name: str = "same_letter"

    def worth(self, left, right):
        return self.bonus if (int(left.id[-1]) + int(right.id[-1])) % 2 else -self.bonus // 3


@frozen
class Broken:
    answer: object
    name: str = "broken"

    def worth(self, left, right):
        return self.answer


def _with(problem, *parts):
    return evolve(problem, policy=evolve(problem.policy, pair_parts=parts))


@examples(40)
@given(problem=problems(most=6), bonus=st.integers(-UNIT, UNIT))
def test_no_grouping_is_better_than_the_one_found_with_a_part_of_ones_own(problem, bonus):
    problem = _with(problem, SameLetter(bonus))
    result = solve(problem)
    best = best_score(problem)
    if best is None:
        assert result.status is Status.INFEASIBLE
    else:
        assert result.score == result.bound == best
    assert verify(problem, result).holds


@given(problem=limited_problems(most=6))
@examples(20)
def test_a_part_of_ones_own_keeps_the_laws(problem):
    part = SameLetter()
    for left, right in combinations(problem.participants, 2):
        law_part_is_symmetric(part, left, right)
        law_part_is_whole_and_within_range(part, left, right)
        law_part_answers_alike(part, left, right)
    law_part_is_counted_in_every_score(part, problem)


def test_each_law_finds_a_part_that_breaks_it():
    left, right = generate(participants=2, seed=1).participants

    @frozen
    class Lopsided:
        name: str = "lopsided"

        def worth(self, one, other):
            return int(one.id > other.id)

    class Moody:
        name = "moody"
        calls = 0

        def worth(self, one, other):
            self.calls += 1
            return self.calls

    with pytest.raises(AssertionError):
        law_part_is_symmetric(Lopsided(), left, right)
    with pytest.raises(AssertionError):
        law_part_answers_alike(Moody(), left, right)
    for answer in (0.5, True, UNIT + 1):
        with pytest.raises(AssertionError):
            law_part_is_whole_and_within_range(Broken(answer), left, right)


def test_a_part_is_named_in_scores_and_explanations():
    problem = _with(generate(participants=16, seed=3), SameLetter())
    result = solve(problem)
    told = {part.name for g in result.groups for m in g.member_scores for part in m.parts}
    assert "same_letter" in told
    sentences = explain(problem, result, result.groups[0].members).sentences
    assert any("same letter" in sentence for sentence in sentences)


def test_many_small_answers_cost_no_table_of_all_pairs():
    @frozen
    class Twins:
        name: str = "twins"

        def worth(self, one, other):
            return 60_000 if {one.id, other.id} == {"p00000", "p00001"} else 0

    problem = _with(generate(participants=14, seed=3), Twins())
    assert verify(problem, solve(problem)).holds


def test_a_document_names_its_parts_and_is_read_only_with_them():
    problem = _with(generate(participants=4, seed=1), SameLetter())
    text = problem.to_json()
    assert Problem.from_json(text, pair_parts=(SameLetter(),)) == problem
    for given_parts in ((), (Broken(0),)):
        with pytest.raises(InvalidInputError) as caught:
            Problem.from_json(text, pair_parts=given_parts)
        assert [fault.path for fault in caught.value.problems] == ["$.policy.pair_parts[0]"]


@pytest.mark.parametrize("answer", [0.5, True, None, UNIT + 1, float("nan")])
def test_a_part_that_gives_no_whole_number_is_refused_with_the_two(answer):
    problem = _with(generate(participants=3, seed=1), Broken(answer))
    with pytest.raises(InvalidInputError, match="broken gives p00000 and p00001"):
        solve(problem)


def test_parts_that_are_none_or_share_a_name_are_told_at_once():
    parts = (SameLetter(), SameLetter(), "climate", Broken(0, "climate"), Broken(0, "Big one"))
    with pytest.raises(InvalidInputError) as caught:
        _with(generate(participants=3, seed=1), *parts)
    places = [fault.path for fault in caught.value.problems]
    assert places == [f"$.policy.pair_parts[{index}]" for index in (1, 2, 3, 4)]


def test_a_part_is_recognised_by_its_protocol():
    assert isinstance(SameLetter(), PairPart)
    assert not isinstance("climate", PairPart)
