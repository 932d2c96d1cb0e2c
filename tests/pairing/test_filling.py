"""Groups for those who are left keep every rule and leave nobody whom a part has room for."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import limited_problems
from tests.searching import examples
from utm.domain.identifiers import TopicId
from utm.pairing import (
    MaxRounds,
    Need,
    Offer,
    Participant,
    Problem,
    Status,
    evaluate,
    solve,
    verify,
)
from utm.pairing.columns import Columns
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import groups_of
from utm.pairing.filling import filled

COUNTRIES = ("FI", "PT", "NA", "NP")


@examples(60)
@given(
    problem=limited_problems(most=8),
    together=st.integers(2, 8),
    each=st.sampled_from([1, 1, 2]),
)
def test_what_is_filled_keeps_every_rule_but_on_who_must_be_placed(problem, together, each):
    policy = evolve(problem.policy, groups_each=each, locks=(), fewest_groups=0)
    problem = evolve(problem, policy=policy)
    arrays = arrays_of(problem)
    groups, met = filled(arrays, Columns.none(), interrupted=lambda: False, together=together)
    assert len(groups) <= len(met) * each
    evaluation = evaluate(problem, groups_of(arrays, groups))
    assert evaluation.keeps_every_rule, evaluation


def test_with_a_single_topic_nearly_all_are_placed_within_a_few_rounds():
    topic = TopicId("heat.shade")
    people = tuple(
        Participant(
            id=f"c{number:03}",
            country=COUNTRIES[number % 4],
            needs=(Need(topic=topic, weight_share=1.0),),
            offers=(Offer(topic=topic, maturity=1 + number % 5),),
            population=10_000 * (number % 37),
        )
        for number in range(120)
    )
    problem = Problem(participants=people)
    result = solve(problem, stop=MaxRounds(4))
    assert result.status is Status.STOPPED
    assert len(result.unmatched) < 12
    assert verify(problem, result, every_group=False).holds
