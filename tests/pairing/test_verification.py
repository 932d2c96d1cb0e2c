"""Verification refuses every kind of tampering."""

import pytest
from attrs import evolve

from utm.domain.identifiers import ThemeId
from utm.pairing import (
    Group,
    Lock,
    Price,
    Status,
    Unmatched,
    evaluate,
    solve,
    verify,
)
from utm.pairing.instances import generate

PROBLEM = generate(participants=22, seed=6)
RESULT = solve(PROBLEM)


def _with_group(**changes):
    first, *rest = RESULT.groups
    return evolve(RESULT, groups=(evolve(first, **changes), *rest))


def _raised_part():
    scores = RESULT.groups[0].member_scores
    part = evolve(scores[0].parts[0], score=scores[0].parts[0].score + 1)
    return (evolve(scores[0], parts=(part, *scores[0].parts[1:])), *scores[1:])


def _with_price(change):
    prices = list(RESULT.prices)
    prices[0] = evolve(prices[0], price=prices[0].price + change)
    return prices


def _cheaper():
    """Prices that sum as claimed, yet undersell a group."""
    paid = {name for group in RESULT.groups for name in group.members}
    poor = next(index for index, entry in enumerate(RESULT.prices) if entry.participant in paid)
    prices = list(RESULT.prices)
    cut = prices[poor].price
    prices[poor] = evolve(prices[poor], price=0)
    return evolve(
        RESULT,
        prices=tuple(prices),
        price_bound=RESULT.price_bound - cut,
        bound=RESULT.score,
        score=RESULT.score,
    )


def test_where_no_grouping_was_found_none_is_said_to_keep_the_rules():
    names = sorted(one.id for one in PROBLEM.participants)
    left = tuple(Unmatched(participant=name, reason="The search ended.") for name in names)
    found = evolve(RESULT, status=Status.UNDECIDED, groups=(), unmatched=left, score=0)

    assert verify(PROBLEM, found).holds
    proven = verify(PROBLEM, found).proves
    assert proven.startswith("No grouping was found; the prices prove that none is worth more")
    claimed = verify(PROBLEM, found, every_group=False).proves
    assert claimed.startswith("No grouping was found; its bound of")


def test_an_undecided_result_with_groups_is_refused():
    undecided = evolve(RESULT, status=Status.UNDECIDED)
    assert "claims: An undecided result has no groups." in verify(PROBLEM, undecided).faults


def _alone():
    """Somebody alone, worth as much as all groups together."""
    group = RESULT.groups[0]
    alone = evolve(group, members=group.members[:1], score=RESULT.score, member_scores=())
    others = sorted({p.id for p in PROBLEM.participants} - set(alone.members))
    return evolve(
        RESULT,
        groups=(alone,),
        unmatched=tuple(Unmatched(participant=name, reason="no reason") for name in others),
    )


TAMPERED = {
    "somebody alone": _alone(),
    "a member twice": _with_group(members=RESULT.groups[1].members),
    "a stranger": _with_group(members=("nobody", *RESULT.groups[0].members[1:])),
    "somebody forgotten": evolve(RESULT, groups=RESULT.groups[1:]),
    "somebody both placed and not": evolve(
        RESULT,
        unmatched=(*RESULT.unmatched, Unmatched(participant="p00000", reason="none")),
    ),
    "a higher score": evolve(RESULT, score=RESULT.score + 1),
    "a higher score of a group": _with_group(score=RESULT.groups[0].score + 1),
    "a raised part": _with_group(member_scores=_raised_part()),
    "another theme": _with_group(
        theme=next(g.theme for g in RESULT.groups if g.theme != RESULT.groups[0].theme)
    ),
    "a theme that is none": _with_group(theme=ThemeId("nowhere")),
    "no focus topics": _with_group(focus_topics=()),
    "a bound below the score": evolve(RESULT, bound=RESULT.score - 1),
    "a bound above the prices": evolve(RESULT, bound=RESULT.price_bound + 1),
    "a price bound that the prices are not": evolve(RESULT, price_bound=RESULT.price_bound + 1),
    "a price changed": evolve(RESULT, prices=tuple(_with_price(-1))),
    "a price missing": evolve(RESULT, prices=RESULT.prices[1:]),
    "a price of a stranger": evolve(
        RESULT, prices=(evolve(RESULT.prices[0], participant="nobody"), *RESULT.prices[1:])
    ),
    "a result of another problem": solve(generate(participants=30, seed=6)),
    "a price below zero": evolve(
        RESULT,
        prices=(
            Price(participant=RESULT.prices[0].participant, price=-1),
            *RESULT.prices[1:],
        ),
        price_bound=RESULT.price_bound - 1 - RESULT.prices[0].price,
    ),
    "a group undersold": _cheaper(),
    "optimal with a gap": evolve(RESULT, bound=RESULT.price_bound + 0, status=Status.OPTIMAL)
    if RESULT.price_bound > RESULT.score
    else evolve(RESULT, bound=RESULT.score - 1),
    "infeasible with groups": evolve(RESULT, status=Status.INFEASIBLE),
    "feasible with an excuse": evolve(RESULT, infeasible_because=("no",)),
}


def test_the_result_itself_holds():
    verification = verify(PROBLEM, RESULT)
    assert verification.holds, verification.faults
    assert verification.proven_bound == RESULT.price_bound


@pytest.mark.parametrize("kind", TAMPERED)
def test_verification_refuses(kind):
    verification = verify(PROBLEM, TAMPERED[kind])
    assert not verification.holds
    assert verification.proven_bound is None
    assert verification.proves == "Nothing is proven, because the result has faults."


def test_verification_refuses_a_result_of_another_policy():
    members = RESULT.groups[0].members
    other = next(p.id for p in PROBLEM.participants if p.id not in members)
    lock = Lock(members=(members[0], other), reason="told to")
    strict = evolve(PROBLEM, policy=evolve(PROBLEM.policy, locks=(lock,)))
    assert not verify(strict, RESULT).holds


def test_without_every_group_the_bound_stays_a_claim():
    verification = verify(PROBLEM, RESULT, every_group=False)
    assert verification.holds
    assert verification.proven_bound is None
    assert "was not checked" in verification.proves


def test_verification_says_what_rests_on_branch_and_bound():
    problem = generate(participants=110, seed=1)
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    assert result.bound < result.price_bound
    verification = verify(problem, result)
    assert "branch and bound" in verification.proves
    assert verification.tried_bound is None


def test_evaluation_lists_broken_rules_and_raises_none():
    group = RESULT.groups[0]
    same_country = [p.id for p in PROBLEM.participants if p.country == "ES"][:2]
    evaluation = evaluate(
        PROBLEM,
        [
            group,
            Group(
                members=tuple(same_country),
                theme=group.theme,
                focus_topics=(),
                score=0,
                member_scores=(),
            ),
        ],
    )
    assert evaluation.groups[0].group == group
    assert any("1 country" in fault for fault in evaluation.groups[1].violations)
    assert not evaluation.keeps_every_rule
