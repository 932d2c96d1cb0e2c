"""How much is lost when no group may have more than two, three or four members?

The call of City2City planned groups of at most three; the published list has two of four.
Needs are derived from the published groups, since the cities' own are not public.
"""

from collections import Counter

from utm.pairing import UNIT, Problem, solve
from utm.programme import city2city_policy, participant_of
from utm.reference import city2city_2026

participants = tuple(participant_of(one) for one in city2city_2026().applications)

print("members at most   worth   proven gap   groups by size")
for most_members in (2, 3, 4):
    policy = city2city_policy(most_members=most_members)
    result = solve(Problem(participants=participants, policy=policy))
    sizes = Counter(len(group.members) for group in result.groups)
    by_size = ", ".join(f"{count} of {size}" for size, count in sorted(sizes.items()))
    print(f"{most_members:15} {result.score / UNIT:7.3f} {result.gap:12.2%}   {by_size}")
