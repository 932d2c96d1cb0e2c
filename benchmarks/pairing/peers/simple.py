"""What one tries first: at random, and the best pair first."""

from random import Random

from benchmarks.pairing.peers.candidates import Candidates
from benchmarks.pairing.peers.grouping import Grouping
from benchmarks.pairing.peers.task import Task
from benchmarks.pairing.scoring import Members

TRIES = 30
MOST_PAIRS = 400_000  # beyond, some at random: all would take hours in plain Python
MOST_NEAR = 400  # likewise, of those who could join a group


def form_at_random(task: Task) -> list[tuple[Members, int]]:
    """Admissible groups at random, largest first for each in turn."""
    scorer, random = task.scorer, task.random
    grouping, candidates = Grouping(scorer), Candidates(scorer)
    order = list(range(len(scorer.ids)))
    random.shuffle(order)
    for one in order:
        for size in range(scorer.policy.largest_group, scorer.policy.smallest_group - 1, -1):
            if grouping.group_of[one] is None:
                try_some(grouping, candidates, random, one, size)
    return grouping.answer()


def try_some(
    grouping: Grouping, candidates: Candidates, random: Random, one: int, size: int
) -> None:
    for _ in range(TRIES):
        members = {one}
        while len(members) < size:
            partner = candidates.draw(random.choice(sorted(members)), random)
            if partner is None or grouping.group_of[partner] is not None or partner in members:
                break
            members.add(partner)
        formed = grouping.weigh(members) if len(members) == size else None
        if formed and formed[2] > 0:
            grouping.add(formed)
            return


def form_greedily(task: Task) -> list[tuple[Members, int]]:
    """The best pair that is left, grown by whoever adds most, until nobody adds anything."""
    scorer, random = task.scorer, task.random
    grouping, candidates = Grouping(scorer), Candidates(scorer)
    if scorer.policy.smallest_group > 2:
        return form_at_random(task)
    pairs = []
    for pair in candidates.pairs(random, MOST_PAIRS):
        formed = grouping.weigh(pair)
        if formed and formed[2] > 0:
            pairs.append((-formed[2], pair))
    pairs.sort()
    for _, pair in pairs:
        if all(grouping.group_of[one] is None for one in pair):
            formed = grouping.weigh(pair)
            if formed:
                grouping.add(grow(grouping, candidates, formed, random))
    return grouping.answer()


def grow(grouping: Grouping, candidates: Candidates, formed: tuple, random: Random) -> tuple:
    """Add the one who adds most, as long as somebody does."""
    while len(formed[0]) < grouping.scorer.policy.largest_group:
        near = {other for one in formed[0] for other in candidates.of(one)} - set(formed[0])
        free = sorted(other for other in near if grouping.group_of[other] is None)
        if len(free) > MOST_NEAR:
            free = random.sample(free, MOST_NEAR)
        options = [larger for other in free if (larger := grouping.weigh((*formed[0], other)))]
        best = max(options, key=lambda larger: (larger[2], larger[0]), default=None)
        if best is None or best[2] <= formed[2]:
            break
        formed = best
    return formed
