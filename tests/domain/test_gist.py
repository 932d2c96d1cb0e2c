"""What an application says in short, and where that is not enough."""

import copy
import pickle
from itertools import combinations

import pendulum
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.subjects import (
    CENSUS,
    DAY,
    application,
    figure,
    plan,
    promise,
    standing,
    together,
    town,
)
from utm.domain import (
    Application,
    City,
    DegreeOfUrbanisation,
    MembershipStatus,
    NetworkId,
    Observation,
    PlanCoverage,
    PlanKind,
    Unknown,
    UnknownReason,
)
from utm.errors import InvalidValueError
from utm.rules.library import RULEBOOKS
from utm.testing.rules import applications_to_judge

TURKU = town(figure(60_000), memberships=(standing(start="2015-01-01"),))
COMMITTED = standing(MembershipStatus.COMMITTED, start="2015-01-01")


def test_the_gist_tells_number_words_and_days() -> None:
    shown = plan(TURKU, adopted_on=DAY, expires_on=DAY.add(years=1))

    gist = application(TURKU, plans=(shown,), commitments=(promise(),)).gist

    assert gist.inhabitants == 60_000
    assert gist.words == "municipality of ?; gcom:signatory; SECAP/whole city; engage=True"
    assert (gist.since, gist.until) == (DAY.toordinal(), DAY.add(years=1).toordinal())


def test_without_evidence_it_holds_on_every_day() -> None:
    gist = application(town()).gist

    assert (gist.inhabitants, gist.words) == (-1, "")
    assert gist.since <= DAY.min.toordinal()
    assert gist.until > DAY.max.toordinal()


def test_the_gist_of_a_consortium_holds_on_no_day() -> None:
    gist = application(together(TURKU, town(name="Raisio"))).gist

    assert gist.until <= gist.since


@pytest.mark.parametrize(
    ("city", "words"),
    [
        (
            town(figure(60_000, year=2020), figure(40_000)),
            (
                "municipality of ?: 60000 in 2020 by 'Statistics office'; "
                "municipality of ?: 40000 in None by 'Statistics office'"
            ),
        ),
        (
            town(figure(60_000, doubt="a slip of the pen")),
            "municipality of ?: 60000 in None by 'Statistics office' in doubt",
        ),
    ],
    ids=["two figures", "a doubt"],
)
def test_figures_that_must_be_weighed_are_told_one_by_one(city: City, words: str) -> None:
    gist = application(city).gist

    assert gist.words == words
    assert gist.inhabitants == -1


def test_a_doubt_about_which_place_is_meant_is_told() -> None:
    gist = application(town(identity=Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY))).gist

    assert gist.words == "in doubt"


def test_several_standings_have_a_gist() -> None:
    other = evolve(standing(start="2020-01-01"), network=NetworkId("c40"))
    left = standing(MembershipStatus.WITHDRAWN, start="2020-01-01")

    gist = application(town(memberships=(standing(start="2015-01-01"), other, left))).gist

    assert gist.words == "gcom:signatory; c40:signatory; gcom:withdrawn"


def test_what_a_list_shows_is_told_with_its_days_and_holds_on_any() -> None:
    listed = standing(listed="2022-12-01")
    joined = standing(start="2015-01-01", end="2024-01-01", listed="2022-12-01")

    gist = application(town(memberships=(listed, joined))).gist

    assert gist.words == (
        "gcom:signatory, undated, in a list of 2022-12-01; "
        "gcom:signatory, 2015-01-01 to 2024-01-01, in a list of 2022-12-01"
    )
    assert gist.since <= DAY.min.toordinal()
    assert gist.until > DAY.max.toordinal()


def test_a_degree_of_urbanisation_holds_until_it_ends() -> None:
    seen = Observation(value=DegreeOfUrbanisation.TOWN, source=CENSUS, valid_until=DAY)

    gist = application(town(urbanisation=seen)).gist

    assert (gist.words, gist.until) == ("degree 2", DAY.toordinal())


def test_the_plan_of_another_city_says_nothing() -> None:
    gist = application(TURKU, plans=(plan(town(name="Raisio")),)).gist

    assert gist == application(TURKU).gist


def test_days_of_engagement_count_while_a_time_of_grace_may_run() -> None:
    committed, signed = town(memberships=(COMMITTED,)), TURKU

    def words(city: object, **days: object) -> str:
        return application(city, **days).gist.words  # type: ignore[arg-type]  # a test's shorthand

    assert words(committed, engaged_on=DAY) != words(committed)
    assert words(committed, submitted_on=DAY) != words(committed)
    assert words(signed, engaged_on=DAY) == words(signed)


def test_it_belongs_to_no_comparison_and_is_there_after_a_change_or_a_copy() -> None:
    asked = application(TURKU, plans=(plan(TURKU),))
    small = evolve(asked, applicant=evolve(TURKU, populations=(figure(3),)))

    assert small.gist.inhabitants == 3
    for twin in (copy.deepcopy(asked), evolve(asked)):
        assert twin == asked
        assert twin.gist == asked.gist
    assert "gist=" not in repr(asked)


def test_it_is_made_anew_for_what_was_kept_before_there_was_one() -> None:
    asked = application(TURKU, plans=(plan(TURKU),), commitments=(promise(),))
    kept = asked.__getstate__()
    back = object.__new__(Application)

    back.__setstate__(kept)

    assert "gist" not in kept
    assert (back, back.gist) == (asked, asked.gist)
    assert pickle.loads(pickle.dumps(asked)).gist.words is asked.gist.words  # noqa: S301


CITIES = [
    town(*figures, memberships=memberships, name=name)
    for name in ("Turku", "Raisio")
    for figures in ((), (figure(60_000),), (figure(70_000),))
    for memberships in ((), (standing(start="2015-01-01"),), (COMMITTED,))
]
TOLD_APART_BY_NOTHING_ASKED = [
    application(city, plans=plans, commitments=promises, engaged_on=engaged)
    for city in CITIES
    for plans in (
        (),
        (plan(city),),
        (plan(city, kind=PlanKind.OTHER),),
        (plan(city, coverage=PlanCoverage.SECTOR, adopted_on=DAY),),
    )
    for promises in ((), (promise(),), (promise(given=False),))
    for engaged in (None, DAY.subtract(months=3, days=1))
]


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda rulebook: rulebook.id)
def test_who_says_the_same_gets_the_same_verdict(rulebook: object) -> None:
    answers: dict[object, set[object]] = {}
    for each in TOLD_APART_BY_NOTHING_ASKED:
        assert each.gist.since <= DAY.toordinal() < each.gist.until
        known = (each.gist.words, each.gist.inhabitants >= 50_000)
        verdict = rulebook.assess(each, on=DAY).finding.verdict  # type: ignore[attr-defined]
        answers.setdefault(known, set()).add(verdict)

    assert len(answers) < len(TOLD_APART_BY_NOTHING_ASKED) / 2
    assert all(len(verdicts) == 1 for verdicts in answers.values())


@given(st.lists(applications_to_judge(), min_size=2, max_size=6))
def test_equal_words_are_one_object(drawn: list[Application]) -> None:
    for one, other in combinations(drawn, 2):
        if one.gist.words == other.gist.words:
            assert one.gist.words is other.gist.words


def test_a_promise_is_made_on_exactly_a_day() -> None:
    with pytest.raises(InvalidValueError, match="day of a commitment"):
        evolve(promise(), stated_on=pendulum.datetime(2026, 1, 8))
