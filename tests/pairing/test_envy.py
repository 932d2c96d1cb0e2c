"""Envy: who would gain more in the place of another, found by trying every place."""

from hypothesis import given

from tests.pairing.problems import limited_problems
from tests.searching import examples
from utm.pairing import FocusKind, audit, solve
from utm.pairing.definition import Definition
from utm.pairing.violations import violations_of


@examples(50)
@given(problem=limited_problems(most=7))
def test_the_envious_are_those_who_would_gain_in_a_place_that_the_rules_allow(problem):
    result = solve(problem)
    definition = Definition(problem)
    has = dict.fromkeys(definition.people, 0)
    for group in result.groups:
        has |= {score.member: score.gain for score in group.member_scores}
    more = {}
    for group in result.groups:
        single = problem.policy.focus is FocusKind.TOPIC
        focus = next(
            each
            for each in definition.foci()
            if each[0] == group.theme and (not single or each[1] == group.focus_topics)
        )
        for place in group.members:
            for name in set(has) - set(group.members):
                members = tuple(sorted({*group.members, name} - {place}))
                if not violations_of(definition, members, focus):
                    gain = definition.member_score(name, members, focus).gain
                    if gain > has[name]:
                        more.setdefault(name, {})[place] = gain - has[name]
    told = audit(problem, result).envious
    assert [envy.participant for envy in told] == sorted(more)
    for envy in told:
        places = more[envy.participant]
        assert (envy.more, envy.places) == (max(places.values()), len(places))
        assert places[envy.place_of] == envy.more
