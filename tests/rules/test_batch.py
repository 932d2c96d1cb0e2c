import pickle
from collections.abc import Callable
from functools import partial
from itertools import combinations, product

import pendulum
import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date

from tests.rules.subjects import (
    CALL,
    CENSUS,
    DAY,
    REGISTER,
    SETTLEMENT,
    UNSTATED,
    application,
    book,
    figure,
    plan,
    promise,
    standing,
    together,
    town,
    waiver,
)
from tests.rules.trees import nameless
from tests.searching import examples
from utm.domain import (
    Application,
    City,
    CityId,
    Commitment,
    CountryCode,
    DegreeOfUrbanisation,
    GovernmentKind,
    MembershipStatus,
    NetworkId,
    Observation,
    Period,
    PlanCoverage,
    PlanKind,
    PopulationFigure,
    Unknown,
    UnknownReason,
    civil_date,
)
from utm.errors import InvalidValueError
from utm.reference import city2city_2026
from utm.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    Case,
    CommitmentGiven,
    ConflictReading,
    Exists,
    Finding,
    ForAll,
    ForAtLeast,
    GraceClock,
    Interpretations,
    MinimumPopulation,
    NetworkSignatory,
    Not,
    Parameter,
    ParameterValue,
    Rule,
    Rulebook,
    ShareOfInhabitants,
    UndatedReading,
    Urbanised,
    Verdict,
    VerdictTable,
    WholeCityPlan,
    assess_many,
    judge_many,
)
from utm.rules.library import CITY2CITY_2026, COHORT_2023, RULEBOOKS
from utm.testing import laws
from utm.testing.rules import applications_to_judge, days, readings, rules

FLOOR = MinimumPopulation(id="population", floor_inhabitants=50_000)
ALWAYS = Period(start=civil_date("2000-01-01"))
ENGAGE = CommitmentGiven(id="engage", commitment=Commitment.ENGAGE)


@examples(50)
@given(st.data(), st.lists(applications_to_judge(), max_size=4), rules(), days())
def test_many_are_judged_as_each_is_alone(
    data: st.DataObject, facts: list[Application], rule: Rule, day: Date
) -> None:
    laws.law_many_are_judged_as_one(
        book(nameless(rule)),
        facts,
        on=day,
        interpretations=data.draw(readings()),
        known_by=data.draw(st.none() | days()),
    )


USUAL_SHAPES: tuple[tuple[object, ...], ...] = (
    (
        (figure(50_000),),
        (figure(49_999),),
        (),
        (figure(49_999, SETTLEMENT),),
        (figure(60_000, UNSTATED),),
    ),
    (
        (standing(start="2015-01-01"),),
        (),
        (standing(MembershipStatus.WITHDRAWN, start="2015-01-01"),),
        (standing(MembershipStatus.NOT_A_MEMBER, start="2015-01-01"),),
        (standing(MembershipStatus.COMMITTED, start="2015-01-01"),),
        (standing(MembershipStatus.COMMITTED, start="2015-01-01", promised="2026-07-01"),),
        (standing(start="2015-01-01", end="2026-01-08"),),
        (standing(start="2015-01-01", end="2026-01-09"),),
        (standing(start="2015-01-01", listed="2022-12-01"),),
        (standing(start="2026-01-09"),),
    ),
    (*PlanCoverage, None, Unknown(reason=UnknownReason.CONFIDENTIAL)),
    (PlanKind.SECAP, PlanKind.OTHER),
    (None, DAY, DAY.add(days=1)),
    (True, False, None),
    (None, DAY, DAY.subtract(months=3), DAY.subtract(months=3, days=1)),
)
"""Figures, standings, coverage, kind and adoption of the plan, promise, day of engagement."""

USUAL = st.tuples(*[st.sampled_from(shapes) for shapes in USUAL_SHAPES])


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda rulebook: rulebook.id)
def test_any_two_usual_shapes_beside_good_evidence_are_judged_as_each_is_alone(
    rulebook: Rulebook,
) -> None:
    good = [shapes[0] for shapes in USUAL_SHAPES]
    drawn = [
        tuple({**dict(enumerate(good)), first: one, second: other}.values())
        for first, second in combinations(range(len(good)), 2)
        for one, other in product(USUAL_SHAPES[first], USUAL_SHAPES[second])
    ]

    laws.law_many_are_judged_as_one(rulebook, [usual(*shape) for shape in drawn], on=DAY)


@given(st.lists(USUAL, max_size=6), st.sampled_from(RULEBOOKS), st.data())
def test_evidence_of_the_usual_shapes_is_judged_as_any_other(
    shapes: list[tuple[object, ...]], rulebook: Rulebook, data: st.DataObject
) -> None:
    facts = [usual(*shape) for shape in shapes]
    waivers = tuple(waiver(rulebook.criteria[1], each.applicant) for each in facts)
    chosen = data.draw(st.sets(st.sampled_from(waivers)) if waivers else st.just(set()))

    laws.law_many_are_judged_as_one(rulebook, facts, on=DAY, waivers=tuple(chosen))


COMBINED = AnyOf(
    parts=(
        ENGAGE,
        Not(part=AtLeast(count=1, parts=(FLOOR, ENGAGE), title="either")),
        ForAll(rule=FLOOR),
        ForAtLeast(count=2, rule=ENGAGE),
        ShareOfInhabitants(least_percent=51, rule=nameless(COHORT_2023.versions[-1].rule)),
    ),
)


@given(st.lists(USUAL, max_size=4), readings())
def test_evidence_of_the_usual_shapes_is_judged_alike_under_every_combination(
    shapes: list[tuple[object, ...]], chosen: Interpretations
) -> None:
    facts = [usual(*shape) for shape in shapes]

    laws.law_many_are_judged_as_one(book(COMBINED), facts, on=DAY, interpretations=chosen)


def test_findings_of_many_are_closed_to_changes_and_survive_pickling() -> None:
    city = town(figure(60_000), memberships=(standing(start="2015-01-01"),))
    (decision,) = assess_many(COHORT_2023, [application(city, plans=(plan(city),))], on=DAY)

    with pytest.raises(FrozenInstanceError):
        decision.finding.verdict = Verdict.MET  # type: ignore[misc]
    again = pickle.loads(pickle.dumps(decision))  # noqa: S301 - made here
    assert (again, hash(again)) == (decision, hash(decision))


def usual(  # noqa: PLR0917 - a shape is one tuple
    figures: object,
    members: object,
    coverage: object,
    kind: object,
    adopted: object,
    given: object,
    engaged: object,
) -> Application:
    city = town(*figures, memberships=members)  # type: ignore[misc, arg-type]
    plans = (
        ()
        if coverage is None
        else (
            plan(city, coverage=coverage, kind=kind, adopted_on=adopted),  # type: ignore[arg-type]
        )
    )
    promises = () if given is None else tuple(promise(c, given=bool(given)) for c in Commitment)
    return application(city, plans=plans, commitments=promises, engaged_on=engaged)  # type: ignore[arg-type]


SHOWN = town(figure(60_000), memberships=(standing(start="2015-01-01"),))
JOINING = town(
    figure(60_000), memberships=(standing(MembershipStatus.COMMITTED, start="2015-01-01"),)
)
LEFT = standing(MembershipStatus.WITHDRAWN, start="2015-01-01")
BEFORE = DAY.subtract(months=3, days=1)


def complete(city: City, **days: Date) -> Application:
    return application(city, plans=(plan(city),), commitments=(promise(),), **days)


def counted(*figures: PopulationFigure) -> City:
    return evolve(SHOWN, populations=figures)


ALIKE_BUT_FOR_ONE_THING = {
    "the government": (
        complete(evolve(SHOWN, populations=(figure(40_000),))),
        complete(
            evolve(
                SHOWN,
                populations=(figure(40_000),),
                government=GovernmentKind.METROPOLITAN_AUTHORITY,
            )
        ),
    ),
    "a standing without days": (
        complete(SHOWN),
        complete(evolve(SHOWN, memberships=(standing(),))),
    ),
    "the day of submission": (
        complete(JOINING, submitted_on=DAY),
        complete(JOINING, submitted_on=BEFORE),
    ),
    "the day of the promise": (
        complete(SHOWN),
        evolve(complete(SHOWN), commitments=(evolve(promise(), stated_on=DAY.add(days=1)),)),
    ),
    "a doubt": (
        complete(SHOWN),
        complete(evolve(SHOWN, populations=(figure(60_000, doubt="a slip of the pen"),))),
    ),
    "a second standing": (
        complete(SHOWN),
        complete(evolve(SHOWN, memberships=(*SHOWN.memberships, LEFT))),
    ),
    "who is meant": (
        complete(SHOWN),
        complete(evolve(SHOWN, identity=Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY))),
    ),
    "a second figure": (
        complete(SHOWN),
        complete(evolve(SHOWN, populations=(figure(60_000), figure(40_000)))),
    ),
    "which of two figures is later": (
        complete(counted(figure(60_000, year=2021), figure(40_000, year=2020))),
        complete(counted(figure(60_000, year=2020), figure(40_000, year=2021))),
    ),
    "which of two figures is whose": (
        complete(counted(figure(60_000), figure(40_000, source=REGISTER))),
        complete(counted(figure(60_000, source=REGISTER), figure(40_000))),
    ),
    "one of two figures": (
        complete(counted(figure(60_000), figure(40_000))),
        complete(counted(figure(60_000), figure(70_000))),
    ),
    "a doubt about one of two figures": (
        complete(counted(figure(60_000), figure(40_000))),
        complete(counted(figure(60_000), figure(40_000, doubt="a slip of the pen"))),
    ),
    "whose plan it is": (
        complete(SHOWN),
        evolve(complete(SHOWN), plans=(plan(town(name="Raisio")),)),
    ),
    "the country": (
        complete(SHOWN),
        complete(evolve(SHOWN, id=CityId("se-turku"), country=CountryCode("SE"))),
    ),
}
FLOOR_BY_COUNTRY = Parameter(
    values=(
        ParameterValue(value=50_000, in_force=ALWAYS, source=CALL),
        ParameterValue(value=70_000, in_force=ALWAYS, source=CALL, countries=(CountryCode("SE"),)),
    )
)


@pytest.mark.parametrize("pair", ALIKE_BUT_FOR_ONE_THING.values(), ids=ALIKE_BUT_FOR_ONE_THING)
def test_what_was_learned_of_one_is_not_said_of_another(
    pair: tuple[Application, Application],
) -> None:
    rule = AllOf(
        parts=(
            evolve(FLOOR, floor_inhabitants=FLOOR_BY_COUNTRY),
            NetworkSignatory(
                id="standing", network=NetworkId("gcom"), network_name="GCoM", grace_months=3
            ),
            WholeCityPlan(id="plan", kinds=(PlanKind.SECAP,)),
            ENGAGE,
        )
    )
    differing = set()
    for clock, undated, conflict in product(GraceClock, UndatedReading, ConflictReading):
        chosen = Interpretations(
            grace_clock=clock,
            undated_standing=undated,
            conflict=conflict,
            preferred_issuers=(CENSUS.issuer,),
        )
        for each in (rule, evolve(rule, parts=(FLOOR, *rule.parts[1:]))):
            for facts in (pair, pair[::-1]):
                laws.law_many_are_judged_as_one(book(each), facts, on=DAY, interpretations=chosen)
            differing.add(len(set(judge_many(book(each), pair, on=DAY, interpretations=chosen))))

    assert 2 in differing, "nothing differs: the pair shows nothing"


LISTINGS = (None, "2022-12-01", "2025-06-01", "2026-01-08", "2026-02-01")
PERIODS = ((None, None), ("2015-01-01", None), ("2015-01-01", "2025-12-01"), ("2026-01-08", None))


@pytest.mark.parametrize("undated", UndatedReading)
@pytest.mark.parametrize("years", [0, 1, 4])
def test_what_was_learned_of_one_list_is_not_said_of_another(
    years: int, undated: UndatedReading
) -> None:
    rule = NetworkSignatory(
        id="standing", network=NetworkId("gcom"), network_name="GCoM", grace_months=3
    )
    facts = [
        application(town(memberships=(standing(status, start=start, end=end, listed=listed),)))
        for status in (MembershipStatus.SIGNATORY, MembershipStatus.COMMITTED)
        for (start, end), listed in product(PERIODS, LISTINGS)
    ]
    chosen = Interpretations(listing_counts_years=years, undated_standing=undated)

    for order in (facts, facts[::-1]):
        laws.law_many_are_judged_as_one(book(rule), order, on=DAY, interpretations=chosen)


def test_numbers_that_vary_are_learned_once_for_all_days_on_which_they_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turn = civil_date("2025-06-01")
    floor = Parameter(
        values=(
            ParameterValue(value=50_000, in_force=evolve(ALWAYS, end=turn), source=CALL),
            ParameterValue(value=70_000, in_force=Period(start=turn), source=CALL),
        )
    )
    rule = AllOf(parts=(evolve(FLOOR, floor_inhabitants=floor), ENGAGE))
    days_around = [turn.add(days=days) for days in range(-20, 20)]
    facts = [complete(SHOWN, submitted_on=day) for day in days_around]
    asked: list[object] = []
    examined = MinimumPopulation.examine
    monkeypatch.setattr(
        MinimumPopulation, "examine", lambda self, case: asked.append(case) or examined(self, case)
    )

    verdicts = judge_many(book(rule), facts, on=DAY)

    assert verdicts == (Verdict.MET,) * 20 + (Verdict.UNMET,) * 20
    assert len({case.application.submitted_on for case in asked}) == 2  # type: ignore[attr-defined]


def test_what_was_learned_of_one_degree_is_not_said_of_another() -> None:
    facts = [
        application(
            town(
                urbanisation=Observation(
                    value=degree,
                    source=CENSUS,
                    valid_until=None if days is None else DAY.add(days=days),
                )
            )
        )
        for degree, days in product(DegreeOfUrbanisation, (None, 0, 1))
    ]

    for order in (facts, facts[::-1], [application(town()), *facts]):
        for rule in (URBAN, ShareOfInhabitants(rule=URBAN, least_percent=51)):
            laws.law_many_are_judged_as_one(book(rule), order, on=DAY)


def test_the_register_is_judged_as_one_by_one() -> None:
    facts = city2city_2026().applications

    laws.law_many_are_judged_as_one(CITY2CITY_2026, facts, on=DAY)
    laws.law_many_are_judged_as_one(COHORT_2023, facts, on=DAY)


def test_each_application_is_judged_by_the_version_of_its_submission() -> None:
    city = town(figure(60_000), memberships=(standing(start="2015-01-01"),))
    facts = [
        application(
            city,
            plans=(plan(city),),
            commitments=(promise(),),
            submitted_on=civil_date(day),
        )
        for day in ("2023-07-01", "2024-07-01")
    ]

    assert judge_many(COHORT_2023, facts, on=DAY) == (Verdict.UNKNOWN, Verdict.MET)


def test_nobody_is_judged_to_nothing() -> None:
    assert judge_many(COHORT_2023, [], on=DAY) == ()
    assert assess_many(COHORT_2023, [], on=DAY) == ()


def test_a_day_outside_all_versions_is_an_error() -> None:
    with pytest.raises(InvalidValueError, match="lies outside"):
        judge_many(COHORT_2023, [application(town())], on=civil_date("2023-05-31"))


def table_of(*facts: Application) -> VerdictTable:
    rulebook = book(FLOOR)
    return VerdictTable(facts, version=rulebook.stamp(rulebook.versions[0]), on=DAY)


def test_applications_that_can_be_gone_through_once_are_judged_all_the_same() -> None:
    facts = (application(town(figure(60_000))), application(town(figure(3))))
    rulebook = book(FLOOR)
    answers = (Verdict.MET, Verdict.UNMET)
    stamp = rulebook.stamp(rulebook.versions[0])

    assert judge_many(rulebook, iter(facts), on=DAY) == answers
    decisions = assess_many(rulebook, iter(facts), on=DAY)
    assert tuple(each.finding.verdict for each in decisions) == answers
    assert VerdictTable(iter(facts), version=stamp, on=DAY).verdicts(FLOOR) == answers


@pytest.mark.parametrize(
    "wrong", [{"interpretations": {}}, {"known_by": pendulum.datetime(2025, 1, 1)}]
)
def test_circumstances_of_another_kind_are_refused(wrong: dict[str, object]) -> None:
    rulebook, facts = book(FLOOR), (application(town()),)
    stamp = rulebook.stamp(rulebook.versions[0])

    with pytest.raises(InvalidValueError):
        judge_many(rulebook, facts, on=DAY, **wrong)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        assess_many(rulebook, facts, on=DAY, **wrong)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        VerdictTable(facts, version=stamp, on=DAY, **wrong)  # type: ignore[arg-type]


def test_a_table_answers_other_rules_and_thresholds_over_the_same_applicants() -> None:
    ena, dva = town(figure(60_000), name="Ena"), town(figure(45_000), name="Dva")
    table = table_of(application(ena), application(together(ena, dva)), application(dva))

    assert table.verdicts(FLOOR) == (Verdict.MET, Verdict.UNKNOWN, Verdict.UNMET)
    lower = MinimumPopulation(id="population", floor_inhabitants=45_000)
    assert table.verdicts(lower) == (Verdict.MET,) * 3
    assert table.verdicts(Not(part=lower)) == (Verdict.UNMET,) * 3
    assert table.verdicts(AllOf(parts=(lower, ENGAGE))) == (Verdict.UNKNOWN,) * 3


@settings(max_examples=60)
@given(
    st.lists(applications_to_judge(), min_size=1, max_size=4),
    st.lists(st.sampled_from((1, 49_999, 50_000, 50_001, 10**9)), max_size=5),
    readings(),
    st.none() | days(),
)
def test_a_floor_may_move_up_and_down_over_the_same_applicants(
    facts: list[Application],
    floors: list[int],
    chosen: Interpretations,
    known_by: Date | None,
) -> None:
    version = book(FLOOR).stamp(book(FLOOR).versions[0])
    table = VerdictTable(facts, version=version, on=DAY, interpretations=chosen, known_by=known_by)

    for floor in floors:
        rule = MinimumPopulation(id="population", floor_inhabitants=floor)
        assert table.verdicts(rule) == judge_many(
            book(rule),
            [evolve(each, submitted_on=None) for each in facts],
            on=DAY,
            interpretations=chosen,
            known_by=known_by,
        )


@pytest.mark.parametrize("combined", [AllOf, AnyOf])
def test_the_words_of_a_rule_are_no_code(combined: type[AllOf | AnyOf]) -> None:
    words = '"); raise SystemExit  # {body} $day MET!\n'
    parts = (
        evolve(ENGAGE, id=f"{words}1"),
        NetworkSignatory(id=words, network=NetworkId("x-1"), network_name=words, role=words),
    )
    rule = combined(parts=(parts[0], Not(part=parts[1], title=words)), title=words)

    assert judge_many(book(rule), [application(town())], on=DAY) == (Verdict.UNKNOWN,)


def test_a_table_remembers_what_it_has_answered() -> None:
    asked: list[Application] = []

    class Counting:
        id = "counting"
        requirement = "to be counted"
        source = None
        parts: tuple[Rule, ...] = ()

        def __repr__(self) -> str:
            return "Counting()"

        def examine(self, case: object) -> object:
            asked.append(case.application)  # type: ignore[attr-defined]
            return case.finding(self, Verdict.MET)  # type: ignore[attr-defined]

    table = table_of(application(town()))
    for _ in range(3):
        assert table.verdicts(AllOf(parts=(Counting(), Not(part=ENGAGE)))) == (Verdict.UNKNOWN,)  # type: ignore[arg-type]

    assert len(asked) == 1


def test_rules_that_call_themselves_equal_are_judged_each_by_itself() -> None:
    class Fixed:
        id = "fixed"
        requirement = "to be answered"
        source = None
        parts: tuple[Rule, ...] = ()

        def __init__(self, verdict: Verdict) -> None:
            self.verdict = verdict

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Fixed)

        def __hash__(self) -> int:
            return 1

        def examine(self, case: object) -> object:
            return case.finding(self, self.verdict)  # type: ignore[attr-defined]

    facts = [application(town())]
    for verdict in Verdict:
        rulebook = book(Fixed(verdict))  # type: ignore[arg-type]
        assert judge_many(rulebook, facts, on=DAY) == (verdict,)
        (decision,) = assess_many(rulebook, facts, on=DAY)
        assert decision.finding.verdict is verdict


DENSE = Observation(value=DegreeOfUrbanisation.CITY, source=CENSUS)
SPARSE = Observation(value=DegreeOfUrbanisation.RURAL, source=CENSUS)
URBAN = Urbanised(id="urban", degrees=(DegreeOfUrbanisation.CITY,))
LARGE = town(figure(60_000), urbanisation=DENSE)
SMALL = town(figure(30_000), name="Raisio", urbanisation=SPARSE)


class OwnUrbanised(Urbanised):
    """A criterion of a third party: no gist is trusted with it."""


OWN_URBAN = OwnUrbanised(id="urban", degrees=(DegreeOfUrbanisation.CITY,))


@pytest.mark.parametrize("combined", [AllOf, AnyOf])
@pytest.mark.parametrize("members", [ForAll, Exists, partial(ShareOfInhabitants, least_percent=51)])
def test_a_rule_about_the_towns_of_a_consortium_is_judged_beside_one_that_no_gist_tells(
    combined: type[AllOf | AnyOf], members: Callable[..., Rule]
) -> None:
    facts = (application(together(LARGE, SMALL)), application(LARGE), application(SMALL))
    for parts in product((FLOOR, OWN_URBAN, ENGAGE), repeat=2):
        asked = combined(parts=(members(rule=parts[0]), Exists(rule=parts[1]), OWN_URBAN))
        for rule in (asked, evolve(asked, parts=asked.parts[:2])):
            laws.law_many_are_judged_as_one(book(nameless(rule)), facts, on=DAY)


class Lenient(AllOf):
    """A rule of a third party that inherits from one of the library and answers otherwise."""

    def examine(self, case: Case) -> Finding:
        return case.finding(self, Verdict.MET)


class NoFloor(MinimumPopulation):
    """A criterion of a third party, likewise."""

    def examine(self, case: Case) -> Finding:
        return case.finding(self, Verdict.MET)


@pytest.mark.parametrize(
    "rule",
    [
        Lenient(parts=(FLOOR,)),
        Lenient(parts=(FLOOR, URBAN)),
        AllOf(parts=(Lenient(parts=(FLOOR,)), URBAN)),
        AnyOf(parts=(Lenient(parts=(FLOOR,)), FLOOR)),
        Not(part=Lenient(parts=(FLOOR,))),
        NoFloor(id="none", floor_inhabitants=50_000),
        AnyOf(parts=(NoFloor(id="none", floor_inhabitants=50_000), FLOOR)),
    ],
    ids=lambda rule: rule.requirement,
)
def test_a_subclass_of_a_rule_of_the_library_is_asked_itself(rule: Rule) -> None:
    facts = (application(together(LARGE, SMALL)), application(LARGE), application(SMALL))
    rulebook = book(rule)

    laws.law_many_are_judged_as_one(rulebook, facts, on=DAY)
    alone = tuple(rulebook.assess(each, on=DAY).finding.verdict for each in facts)
    assert table_of(*facts).verdicts(rule) == alone


def test_many_decisions_are_those_of_each_alone() -> None:
    facts = [evolve(each, submitted_on=None) for each in city2city_2026().applications[:5]]

    assert assess_many(CITY2CITY_2026, facts, on=DAY) == tuple(
        CITY2CITY_2026.assess(each, on=DAY) for each in facts
    )
