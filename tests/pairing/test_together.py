"""Locks while groups are put together."""

import numpy as np
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import problems
from tests.searching import examples
from utm.pairing import Lock, MaxRounds, solve, verify
from utm.pairing.beam import grown
from utm.pairing.compiling import arrays_of
from utm.pairing.evening import evened
from utm.pairing.instances import generate
from utm.pairing.scanning import groups_above
from utm.pairing.together import Together


def _locks_in(arrays, rows):
    """The places of each lock, or of what of it is among the rows."""
    places = {}
    for place, copy in enumerate(rows):
        places.setdefault(int(arrays.lock_of[copy]), set()).add(place)
    places.pop(-1, None)
    return places


@examples(60)
@given(problem=problems(fewest=4, most=9), data=st.data())
def test_a_lock_comes_whole_and_leaves_whole(problem, data):
    arrays = arrays_of(problem)
    rows = np.arange(arrays.copies)
    size = data.draw(st.integers(1, min(4, len(rows))))
    group = st.lists(st.sampled_from(rows.tolist()), min_size=size, max_size=size, unique=True)
    groups = np.array(data.draw(st.lists(group.map(sorted), min_size=1, max_size=4)))
    together, locks = Together(arrays, rows), _locks_in(arrays, rows).values()

    def with_mates(members):
        return frozenset(members).union(*(lock for lock in locks if lock & set(members)))

    def without_torn(members):
        return frozenset(members).difference(*(lock for lock in locks if lock - set(members)))

    def told(pieces):
        return {frozenset(row) for piece in pieces for row in piece.tolist()}

    most = problem.policy.largest_group
    whole = {with_mates(members) for members in groups.tolist()}
    if locks:
        whole = {members for members in whole if len(members) <= most}
    assert told(together.whole(groups)) == whole
    intact = {without_torn(members) for members in groups.tolist()}
    intact = {members for members in intact if 0 < len(members) <= most} if locks else intact
    assert told(together.intact(groups)) == intact


def test_a_lock_whose_member_is_out_of_reach_forms_no_group():
    problem = generate(participants=12, seed=1)
    pair = (problem.participants[0].id, problem.participants[1].id)
    policy = evolve(problem.policy, locks=(Lock(members=pair, reason="asked for it"),))
    arrays = arrays_of(evolve(problem, policy=policy))
    first = next(copy for copy in range(12) if arrays.lock_of[copy] >= 0)
    rows = np.delete(np.arange(12), first)
    other = next(place for place, copy in enumerate(rows) if arrays.lock_of[copy] >= 0)
    free = 0 if other else 1

    together = Together(arrays, rows)
    assert not list(together.whole(np.array([[free, other]])))
    assert [part.tolist() for part in together.intact(np.array([[free, other]]))] == [[[free]]]


def _with_pairs_locked(participants):
    """A problem in which two of each group of a grouping are locked."""
    problem = generate(participants=participants, seed=1)
    pairs = [group.members[:2] for group in solve(problem, stop=MaxRounds(2)).groups]
    locks = tuple(Lock(members=pair, reason="asked for it") for pair in pairs)
    return evolve(problem, policy=evolve(problem.policy, locks=locks))


def test_groups_with_every_lock_are_grown():
    problem = _with_pairs_locked(120)
    arrays = arrays_of(problem)
    free = -arrays.bonus[arrays.class_of]
    met = set()
    for number in range(len(arrays.foci)):
        columns = grown(arrays, number, free, 0)
        met |= set(arrays.lock_of[columns.copies[columns.copies >= 0]].tolist())
    assert met >= set(range(len(problem.policy.locks)))


def test_many_locks_are_kept_by_a_first_grouping():
    problem = _with_pairs_locked(480)
    result = solve(problem, stop=lambda progress: progress.stage == "proving the bound")

    assert len(problem.policy.locks) > 100
    assert result.groups
    assert verify(problem, result, every_group=False).holds


@examples(40)
@given(problem=problems(fewest=4, most=9), data=st.data())
def test_prices_within_a_lock_differ_as_usual_and_ask_the_same_in_all(problem, data):
    arrays = arrays_of(problem)
    usual, prices = (
        np.array(
            data.draw(
                st.lists(st.integers(0, 9_000), min_size=arrays.classes, max_size=arrays.classes)
            )
        )
        + 1_000_000
        for _ in range(2)
    )
    even = evened(arrays, prices, usual)
    lock_of = dict(zip(arrays.class_of.tolist(), arrays.lock_of.tolist(), strict=True))
    for number in set(lock_of.values()) - {-1}:
        members = [each for each, lock in lock_of.items() if lock == number]
        assert even[members].sum() == prices[members].sum()
        assert np.ptp((even - usual)[members]) < len(members)
    free = [each for each, lock in lock_of.items() if lock < 0]
    assert (even[free] == prices[free]).all()


def test_a_complete_look_meets_no_group_with_a_part_of_a_lock():
    problem = _with_pairs_locked(40)
    arrays = arrays_of(problem)
    free = -arrays.bonus[arrays.class_of]
    for number in range(len(arrays.foci)):
        for groups in groups_above(arrays, number, free, 0):
            held = arrays.lock_of[groups]
            same = (held[:, :, None] == held[:, None, :]).sum(axis=2)
            if groups.shape[1] > 2:  # pairs are not looked at one by one
                assert ((held < 0) | (same == 2)).all()
