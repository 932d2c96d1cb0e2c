"""Local search without columns: break up some groups, mend greedily with noise, keep the better.

After "slack induction by string removals" (Christiaens and Vanden Berghe 2020) and ruin and
recreate (Schrimpf and others 2000), with the acceptance of threshold record to record.
"""

from random import Random

from benchmarks.pairing.peers.candidates import Candidates
from benchmarks.pairing.peers.grouping import Formed, Grouping
from benchmarks.pairing.peers.simple import form_greedily
from benchmarks.pairing.peers.task import Task
from benchmarks.pairing.scoring import MILLION, Members

MOST_BROKEN = 5
MOST_ALONE = 6
NOISE = 0.15
HIGHEST_THRESHOLD = 0.05 * MILLION


def search_locally(task: Task) -> list[tuple[Members, int]]:
    """Begin greedily and improve until the time is over."""
    scorer, clock, random = task.scorer, task.clock, task.random
    if not scorer.ids:
        return []
    grouping, candidates = Grouping(scorer), Candidates(scorer)
    for members, _ in form_greedily(task):
        formed = grouping.weigh(members)
        if formed:
            grouping.add(formed)
    best, answer = grouping.value, grouping.answer()
    while (used := clock.used_share()) < 1.0:
        step(grouping, candidates, random, best - HIGHEST_THRESHOLD * (1 - used))
        if grouping.value > best:
            best, answer = grouping.value, grouping.answer()
    return answer


def step(grouping: Grouping, candidates: Candidates, random: Random, least: float) -> None:
    """Break up groups near one participant and mend; go back where that falls too low."""
    centre = random.randrange(len(grouping.group_of))
    broken: list[Formed] = []
    alone = {centre} if grouping.group_of[centre] is None else set()
    wanted = random.randint(1, MOST_BROKEN)
    for partner in (centre, *(candidates.draw(centre, random) for _ in range(4 * MOST_BROKEN))):
        if partner is None:
            continue
        key = grouping.group_of[partner]
        if key is not None and len(broken) < wanted:
            broken.append(grouping.remove(key))
        elif key is None and len(alone) < MOST_ALONE:
            alone.add(partner)
    free = alone | {member for group in broken for member in group[0]}
    made = mend(grouping, sorted(free), random)
    if grouping.value < least:
        for key in made:
            grouping.remove(key)
        for group in broken:
            grouping.add(group)


def mend(grouping: Grouping, free: list[int], random: Random) -> list[int]:
    """Form groups among the free, the best pair first and grown, all with some noise."""
    made = []
    worth: dict[Members, Formed | None] = {}

    def weighed(members: Members) -> Formed | None:
        if members not in worth:
            worth[members] = grouping.weigh(members)
        return worth[members]

    while True:
        options = [
            (formed[2] * (1 + NOISE * random.random()), formed)
            for index, left in enumerate(free)
            for right in free[index + 1 :]
            if (formed := weighed((left, right))) and formed[2] > 0
        ]
        if not options:
            return made
        _, formed = max(options)
        while len(formed[0]) < grouping.scorer.policy.largest_group:
            larger = [
                ((more[2] - formed[2]) * (1 + NOISE * random.random()), more)
                for other in free
                if other not in formed[0]
                and (more := weighed(tuple(sorted((*formed[0], other)))))
                and more[2] > formed[2]
            ]
            if not larger:
                break
            _, formed = max(larger)
        current = grouping.weigh(formed[0])  # a limit may have been reached meanwhile
        if current is None or current[2] <= 0:
            return made
        made.append(grouping.add(current))
        free = [one for one in free if one not in formed[0]]
        worth = {} if grouping.is_limited else worth
