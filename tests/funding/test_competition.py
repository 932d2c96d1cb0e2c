"""Applications that go together: no money is asked for twice, and no better set exists."""

from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from utm.domain import OpportunityId, PairingId
from utm.funding import GroupApplication, pick_applications

APPLICATIONS = st.lists(
    st.builds(
        GroupApplication,
        group=st.integers(1, 4).map(lambda n: PairingId(f"group-{n}")),
        opportunity=st.integers(1, 4).map(lambda n: OpportunityId(f"call-{n}")),
        fit=st.integers(0, 5),
        budget_line=st.sampled_from(("", "", "shared")),
    ),
    max_size=8,
    unique_by=lambda each: (each.group, each.opportunity),
)


def goes_together(chosen: tuple[GroupApplication, ...]) -> bool:
    lines, groups = [each.line for each in chosen], [each.group for each in chosen]
    return len(set(lines)) == len(lines) and len(set(groups)) == len(groups)


@settings(max_examples=200)
@given(APPLICATIONS, st.randoms())
def test_the_chosen_are_the_best_set_in_which_nobody_competes(
    possible: list[GroupApplication], random
) -> None:
    found = pick_applications(possible)
    subsets = chain.from_iterable(combinations(possible, n) for n in range(len(possible) + 1))
    best = max((sum(e.fit for e in s), len(s)) for s in subsets if goes_together(s))

    assert goes_together(found.chosen)
    assert (found.fit, len(found.chosen)) == best
    assert sorted(map(repr, (*found.chosen, *found.left_out))) == sorted(map(repr, possible))
    random.shuffle(possible)
    assert pick_applications(possible) == found
