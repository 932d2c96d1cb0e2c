"""Laws of score parts that third parties write for `utm.pairing`.

Each law raises `AssertionError` with the two participants that break it. Call them with
your own part and with participants of your own, or with those of
`utm.pairing.instances.generate`.
"""

from __future__ import annotations

from itertools import combinations

from attrs import evolve

from utm.pairing import UNIT, PairPart, Participant, Problem, solve, verify
from utm.pairing.definition import Definition

__all__ = [
    "law_part_answers_alike",
    "law_part_is_counted_in_every_score",
    "law_part_is_symmetric",
    "law_part_is_whole_and_within_range",
]


def law_part_is_symmetric(part: PairPart, left: Participant, right: Participant) -> None:
    """What two are worth to each other does not depend on who is named first."""
    there, back = part.worth(left, right), part.worth(right, left)
    assert there == back, f"{part.name} gives {left.id} and {right.id} {there} and {back}"


def law_part_is_whole_and_within_range(
    part: PairPart, left: Participant, right: Participant
) -> None:
    """A worth is a whole number from -1,000,000 to 1,000,000."""
    worth = part.worth(left, right)
    assert type(worth) is int, f"{part.name} gives {left.id} and {right.id} {worth!r}"
    assert -UNIT <= worth <= UNIT, f"{part.name} gives {left.id} and {right.id} {worth}"


def law_part_answers_alike(part: PairPart, left: Participant, right: Participant) -> None:
    """Asked again, and about equal participants, a part gives the same answer."""
    first = part.worth(left, right)
    again = part.worth(evolve(left), evolve(right))
    assert first == again, f"{part.name} gives {left.id} and {right.id} {first}, then {again}"


def law_part_is_counted_in_every_score(part: PairPart, problem: Problem) -> None:
    """A part in a policy is told in the scores of every group, and `verify` confirms them."""
    parts = (*problem.policy.pair_parts, part)
    counted = evolve(problem, policy=evolve(problem.policy, pair_parts=parts))
    result = solve(counted)
    found = verify(counted, result)
    assert found.holds, f"{part.name}: {found.faults}"
    people = Definition(counted).people
    for group in result.groups:
        worths = {
            pair: part.worth(people[pair[0]], people[pair[1]]) // 6 * 6
            for pair in combinations(group.members, 2)
        }
        for scores in group.member_scores:
            mine = sum(worth for pair, worth in worths.items() if scores.member in pair)
            told = sum(each.score for each in scores.parts if each.name == part.name)
            others = len(group.members) - 1
            assert told == mine // others, f"{part.name} counts {told} for {scores.member}"
