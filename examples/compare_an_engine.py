"""Run a way of your own beside the library, on a problem that others can make too.

The way here takes the best pair that is left and grows it by whoever adds most. Both groupings
are scored by `evaluate`, which shares no code with the search, so that the ratio compares
groupings and not formulas.
"""

from itertools import combinations

from utm.pairing import UNIT, GapBelow, ProposedGroup, evaluate, solve, verify
from utm.pairing.instances import InstanceName, fingerprint

NAME = InstanceName.parse("scarce-help-n14-s1")
MOST_MEMBERS = 4

problem = NAME.problem()
print(f"{NAME}, fingerprint {fingerprint(problem)[:16]}")


def weigh(members: tuple[str, ...]) -> int:
    """Return the worth of an admissible group, and nothing for any other."""
    found = evaluate(problem, [ProposedGroup(members=members)]).groups[0]
    return 0 if found.violations else found.group.score


def form_greedily(free: set[str]) -> list[ProposedGroup]:
    """Take the best pair, grow it as long as that adds worth, and begin again."""
    groups = []
    pairs = sorted(((weigh(pair), pair) for pair in combinations(sorted(free), 2)), reverse=True)
    for worth, pair in pairs:
        if worth and free.issuperset(pair):
            members = pair
            while len(members) < MOST_MEMBERS:
                others = sorted(free - set(members))
                gain, one = max(((weigh((*members, one)), one) for one in others), default=(0, ""))
                if gain <= weigh(members):
                    break
                members = (*members, one)
            groups.append(ProposedGroup(members=members))
            free = free - set(members)
    return groups


mine = evaluate(problem, form_greedily({one.id for one in problem.participants}))
result = solve(problem, stop=GapBelow(0.001))
print(f"greedily   {mine.score / UNIT:7.3f}   keeps every rule: {mine.keeps_every_rule}")
print(f"the solver {result.score / UNIT:7.3f}   of at most {result.bound / UNIT:.3f}")
print(f"verified: {verify(problem, result).holds}")
print(f"greedily one reaches {mine.score / result.bound:.1%} of the bound")
