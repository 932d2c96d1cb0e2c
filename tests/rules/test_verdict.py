import itertools
import pickle

import pytest
from hypothesis import given

from utm.errors import UndecidedError, UtmError
from utm.rules import Verdict
from utm.rules.verdict import all_of, any_of, at_least
from utm.testing import laws
from utm.testing.rules import verdicts

MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN
TRIPLES = list(itertools.product(Verdict, repeat=3))


@pytest.mark.parametrize(("first", "second", "third"), TRIPLES)
def test_kleene_laws_hold_for_all_answers(first: Verdict, second: Verdict, third: Verdict) -> None:
    laws.law_of_commutativity(first, second)
    laws.law_of_associativity(first, second, third)
    laws.law_of_distribution(first, second, third)
    laws.law_of_absorption(first, second)
    laws.law_of_double_negation(first)
    laws.law_of_negated_combinations(first, second)


def test_an_unknown_stays_unknown_unless_the_other_side_settles_it() -> None:
    assert [UNKNOWN & other for other in (MET, UNMET, UNKNOWN)] == [UNKNOWN, UNMET, UNKNOWN]
    assert [UNKNOWN | other for other in (MET, UNMET, UNKNOWN)] == [MET, UNKNOWN, UNKNOWN]
    assert ~UNKNOWN is UNKNOWN


def test_an_unknown_or_its_negation_is_not_met() -> None:
    assert UNKNOWN | ~UNKNOWN is UNKNOWN
    assert UNKNOWN & ~UNKNOWN is UNKNOWN


@pytest.mark.parametrize("verdict", Verdict)
def test_no_verdict_passes_for_true_or_false(verdict: Verdict) -> None:
    with pytest.raises(UndecidedError, match="compare with 'is'"):
        bool(verdict)
    with pytest.raises(TypeError):
        _ = verdict and MET
    with pytest.raises(UtmError):
        _ = not verdict


def test_the_error_survives_being_pickled() -> None:
    error = pickle.loads(pickle.dumps(UndecidedError(value=UNKNOWN)))  # noqa: S301

    assert error.value is UNKNOWN


@given(verdicts(), verdicts(), verdicts())
def test_long_combinations_are_those_of_two(a: Verdict, b: Verdict, c: Verdict) -> None:
    assert all_of([a, b, c]) is a & b & c
    assert any_of([a, b, c]) is a | b | c
    assert at_least(3, [a, b, c]) is all_of([a, b, c])
    assert at_least(1, [a, b, c]) is any_of([a, b, c])
    assert at_least(2, [a, b, c]) is (a & b) | (a & c) | (b & c)


def test_nothing_is_all_met_and_none_met() -> None:
    assert all_of([]) is MET
    assert any_of([]) is UNMET


@pytest.mark.parametrize(("answer", "verdict"), [(True, MET), (False, UNMET), (None, UNKNOWN)])
def test_none_becomes_unknown(answer: bool | None, verdict: Verdict) -> None:
    assert Verdict.of(answer) is verdict
