"""Simulated annealing in plain Python over groupings, with partners drawn by topic."""

import math
from random import Random

from benchmarks.pairing.peers.candidates import Candidates
from benchmarks.pairing.peers.grouping import Formed, Grouping
from benchmarks.pairing.peers.task import Task
from benchmarks.pairing.scoring import MILLION, Members

HOT, COLD = 0.15 * MILLION, 0.004 * MILLION
MOVES_BETWEEN_GLANCES = 32


def anneal(task: Task) -> list[tuple[Members, int]]:
    """Cool down over the whole time, and return the best grouping on the way."""
    scorer, clock, random = task.scorer, task.clock, task.random
    if not scorer.ids:
        return []
    grouping, candidates = Grouping(scorer), Candidates(scorer)
    best, answer = -1, []
    used = 0.0
    while used < 1.0:
        heat = HOT * (COLD / HOT) ** used
        for _ in range(MOVES_BETWEEN_GLANCES):
            move(grouping, candidates, random, heat)
        if used > 0.5 and grouping.value > best:  # the hot half finds nothing worth keeping
            best, answer = grouping.value, grouping.answer()
        used = clock.used_share()
    return answer if best > grouping.value else grouping.answer()


def move(grouping: Grouping, candidates: Candidates, random: Random, heat: float) -> None:
    """Propose one change and make it, if it is better or the heat lets it pass."""
    one = random.randrange(len(grouping.group_of))
    other = candidates.draw(one, random)
    if other is None:
        return
    wanted = propose(grouping, random, one, other)
    if wanted is None:
        return
    keys = {grouping.group_of[one], grouping.group_of[other]} - {None}
    before = sum(grouping.groups[key][2] for key in keys)
    formed: list[Formed] = []
    for members in wanted:
        if len(members) > 1:
            group = grouping.weigh(members, tuple(keys))
            if group is None:
                return
            formed.append(group)
    gain = sum(group[2] for group in formed) - before
    if gain >= 0 or random.random() < math.exp(gain / heat):
        removed = [grouping.remove(key) for key in keys]
        for group in formed:
            again = grouping.weigh(group[0])  # two at once may pass a limit that one does not
            if again is None:
                undo(grouping, formed, removed)
                return
            grouping.add(again)


def undo(grouping: Grouping, formed: list[Formed], removed: list[Formed]) -> None:
    for group in formed:
        key = grouping.group_of[group[0][0]]
        if key is not None:
            grouping.remove(key)
    for group in removed:
        grouping.add(group)


def propose(grouping: Grouping, random: Random, one: int, other: int) -> list[Members] | None:
    """The groups in place of those of the two; members alone are left alone."""
    mine, theirs = grouping.members_with(one), grouping.members_with(other)
    if one == other:
        return None
    if mine == theirs:  # together already: one leaves
        return [tuple(m for m in mine if m != one)]
    kind = random.random()
    without = tuple(m for m in mine if m != one)
    if kind < 0.4 and len(theirs) < grouping.scorer.policy.largest_group:
        return [without, (*theirs, one)]
    if kind < 0.5:
        return [without, tuple(m for m in theirs if m != other), (one, other)]
    if kind < 0.6 and len(mine) + len(theirs) <= grouping.scorer.policy.largest_group:
        return [(*mine, *theirs)]
    leaves = random.choice([m for m in theirs if m != other] or [other])
    return [(*without, leaves), (*(m for m in theirs if m != leaves), one)]
