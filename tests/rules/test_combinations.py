import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.subjects import DAY, application, book, figure, promise, together, town, waiver
from utm.domain import Commitment
from utm.errors import InvalidValueError
from utm.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    CommitmentGiven,
    Exists,
    Finding,
    ForAll,
    ForAtLeast,
    MinimumPopulation,
    Not,
    Rule,
    ShareOfInhabitants,
    Verdict,
)
from utm.rules.verdict import all_of, any_of, at_least

MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN
FLOOR = MinimumPopulation(id="population", floor_inhabitants=50_000)
ENGAGE = CommitmentGiven(id="engage", commitment=Commitment.ENGAGE)
RESOURCES = CommitmentGiven(id="resources", commitment=Commitment.ALLOCATE_RESOURCES)
SIZES = {MET: (figure(60_000),), UNMET: (figure(40_000),), UNKNOWN: ()}
ANSWERS = st.lists(st.sampled_from(Verdict), min_size=2, max_size=4)


def floors(answers: list[Verdict]) -> tuple[Rule, ...]:
    """Give rules that answer a city of 50,000 and an applicant without promises as listed."""
    rules = {
        MET: MinimumPopulation(id="", floor_inhabitants=40_000),
        UNMET: MinimumPopulation(id="", floor_inhabitants=60_000),
        UNKNOWN: ENGAGE,
    }
    return tuple(rules[answer] for answer in answers)


def judge(rule: Rule) -> Finding:
    return book(rule).assess(town(figure(50_000)), on=DAY).finding


@given(ANSWERS)
def test_combinations_follow_the_verdicts_of_their_parts(answers: list[Verdict]) -> None:
    parts = floors(answers)

    assert judge(AllOf(parts=parts)).verdict is all_of(answers)
    assert judge(AnyOf(parts=parts)).verdict is any_of(answers)
    assert judge(AtLeast(parts=parts, count=2)).verdict is at_least(2, answers)
    assert judge(Not(part=parts[0])).verdict is ~answers[0]


@given(ANSWERS)
def test_members_follow_the_verdicts_of_the_towns(answers: list[Verdict]) -> None:
    towns = [
        town(*SIZES[answer], name=f"Town {word}")
        for answer, word in zip(answers, "ABCD", strict=False)
    ]

    def ask(rule: Rule) -> Verdict:
        return book(rule).assess(together(*towns), on=DAY).finding.verdict

    assert ask(ForAll(rule=FLOOR)) is all_of(answers)
    assert ask(Exists(rule=FLOOR)) is any_of(answers)
    assert ask(ForAtLeast(rule=FLOOR, count=2)) is at_least(2, answers)


def test_operators_build_flat_trees() -> None:
    assert AllOf(parts=(FLOOR, ENGAGE, RESOURCES)) == (FLOOR & ENGAGE & RESOURCES)
    assert AnyOf(parts=(FLOOR, ENGAGE, RESOURCES)) == (FLOOR | ENGAGE | RESOURCES)
    assert Not(part=FLOOR) == ~FLOOR


def test_a_named_combination_keeps_its_name_when_combined() -> None:
    named = AllOf(id="both", parts=(FLOOR, ENGAGE))

    assert (named & RESOURCES).parts == (named, RESOURCES)


def test_decisive_leaves_are_those_that_settle_the_answer() -> None:
    finding = judge(AllOf(parts=(FLOOR, ENGAGE)))
    assert [leaf.rule_id for leaf in finding.decisive_leaves] == ["engage"]

    finding = book(AllOf(parts=(FLOOR, ENGAGE))).assess(town(figure(1)), on=DAY).finding
    assert [leaf.rule_id for leaf in finding.decisive_leaves] == ["population"]

    finding = judge(Not(part=AnyOf(parts=(FLOOR, ENGAGE))))
    assert [leaf.rule_id for leaf in finding.decisive_leaves] == ["population"]


def test_what_cannot_change_the_answer_is_missing_and_not_needed() -> None:
    decision = book(AllOf(parts=(FLOOR, ENGAGE))).assess(town(figure(1)), on=DAY)

    assert [lack.fact for lack in decision.missing] == ["a commitment to engage"]
    assert decision.needed == ()


def test_a_waiver_of_something_negated_changes_nothing() -> None:
    city = town(figure(40_000))
    rulebook = book(Not(part=FLOOR))

    with_waiver = rulebook.assess(city, on=DAY, waivers=(waiver("population", city),))

    assert with_waiver.finding == rulebook.assess(city, on=DAY).finding


def share(percent: int, *towns: tuple[int | None, Verdict]) -> Verdict:
    """Ask for a share of inhabitants in towns that answer a promise as told."""
    members = [
        town(*(() if count is None else (figure(count),)), name=f"Town {word}")
        for (count, _), word in zip(towns, "ABC", strict=False)
    ]
    floors_by_town = {member.id: answer for member, (_, answer) in zip(members, towns, strict=True)}
    rule = ShareOfInhabitants(least_percent=percent, rule=Told(answers=floors_by_town))
    return book(rule).assess(together(*members), on=DAY).finding.verdict


class Told:
    """A rule of a third party: it answers by a list and is no class of this library."""

    id = "told"
    requirement = "what was told"
    source = None
    parts: tuple[Rule, ...] = ()

    def __init__(self, *, answers: dict[object, Verdict]) -> None:
        self.answers = answers

    def examine(self, case: object) -> Finding:
        return case.finding(self, self.answers[case.subject.id])  # type: ignore[attr-defined]


def test_a_share_is_met_at_exactly_its_limit() -> None:
    assert share(51, (51, MET), (49, UNMET)) is MET
    assert share(51, (50, MET), (50, UNMET)) is UNMET


def test_a_share_is_definite_whatever_the_unknown_towns_answer() -> None:
    assert share(51, (60, MET), (40, UNKNOWN)) is MET
    assert share(51, (40, UNKNOWN), (60, UNMET)) is UNMET
    assert share(51, (40, MET), (30, UNKNOWN), (30, UNMET)) is UNKNOWN


def test_a_share_of_an_uncounted_town_is_unknown_unless_all_answer_alike() -> None:
    assert share(51, (60, MET), (None, UNMET)) is UNKNOWN
    assert share(51, (60, MET), (None, MET)) is MET
    assert share(51, (60, UNMET), (None, UNMET)) is UNMET


@given(
    st.integers(1, 100),
    st.lists(st.tuples(st.integers(0, 100), st.sampled_from(Verdict)), min_size=2, max_size=3),
)
def test_a_definite_share_holds_for_every_answer_of_the_unknown_towns(
    percent: int, towns: list[tuple[int, Verdict]]
) -> None:
    answer = share(percent, *towns)
    for guess in (MET, UNMET):
        guessed = [(count, guess if told is UNKNOWN else told) for count, told in towns]
        if answer is not UNKNOWN:
            assert share(percent, *guessed) is answer


def test_promises_are_the_applicants_whichever_town_is_looked_at() -> None:
    towns = together(town(name="Ena"), town(name="Dva"))
    facts = application(towns, commitments=(promise(),))

    assert book(ForAll(rule=ENGAGE)).assess(facts, on=DAY).finding.verdict is MET


@pytest.mark.parametrize("count", [0, 3, True, 1.0])
def test_a_count_beyond_the_parts_is_refused(count: object) -> None:
    with pytest.raises(InvalidValueError, match="from 1 to 2"):
        AtLeast(parts=(FLOOR, ENGAGE), count=count)  # type: ignore[arg-type]


@pytest.mark.parametrize("combine", [AllOf, AnyOf])
def test_a_combination_of_nothing_is_refused(combine: type[AllOf] | type[AnyOf]) -> None:
    with pytest.raises(InvalidValueError, match="at least one part"):
        combine(parts=())


@pytest.mark.parametrize("percent", [0, 101, 0.51, True])
def test_a_share_that_is_no_percentage_is_refused(percent: object) -> None:
    with pytest.raises(InvalidValueError, match="from 1 to 100"):
        ShareOfInhabitants(rule=FLOOR, least_percent=percent)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [0, False, 2.0])
def test_a_number_of_towns_below_one_is_refused(count: object) -> None:
    with pytest.raises(InvalidValueError, match="from 1 up"):
        ForAtLeast(rule=FLOOR, count=count)  # type: ignore[arg-type]
