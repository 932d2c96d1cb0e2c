import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.subjects import DAY, GCOM, application, book, reading, standing, together, town
from utm.domain import (
    City,
    MembershipStatus,
    NetworkMembership,
    Period,
    Source,
    UnknownReason,
    add_months,
    civil_date,
)
from utm.errors import InvalidValueError
from utm.rules import (
    Decision,
    Finding,
    GraceClock,
    Interpretations,
    NetworkSignatory,
    OpenQuestion,
    Outcome,
    UndatedReading,
    Verdict,
)
from utm.testing.rules import days

SIGNATORY, COMMITTED, ON_HOLD, WITHDRAWN = (
    MembershipStatus.SIGNATORY,
    MembershipStatus.COMMITTED,
    MembershipStatus.ON_HOLD,
    MembershipStatus.WITHDRAWN,
)
STRICT = NetworkSignatory(id="signatory", network=GCOM, network_name="Covenant")
WITH_GRACE = NetworkSignatory(id="signatory", network=GCOM, network_name="Covenant", grace_months=3)


def judge(
    *memberships: NetworkMembership,
    rule: NetworkSignatory = STRICT,
    readings: Interpretations | None = None,
) -> Finding:
    city = town(memberships=memberships)
    return book(rule).assess(city, on=DAY, interpretations=readings).finding


def promise(city: City, on: str, **more: str) -> Decision:
    dates = {name: civil_date(day) for name, day in more.items()}
    return book(WITH_GRACE).assess(application(city, **dates), on=civil_date(on))  # type: ignore[arg-type]


def test_no_report_is_unknown_not_unmet() -> None:
    assert judge().reasons == (UnknownReason.NOT_REPORTED,)


def test_a_signatory_on_the_day_meets_it() -> None:
    assert judge(standing(start="2015-05-01")).verdict is Verdict.MET
    assert judge(standing(start="2015-05-01", end="2026-01-09")).verdict is Verdict.MET


def test_what_is_known_to_have_ended_shows_nothing_of_the_day() -> None:
    finding = judge(standing(start="2015-05-01", end="2026-01-08"))

    assert finding.verdict is Verdict.UNKNOWN
    assert finding.reasons == (UnknownReason.EXPIRED,)


def test_what_begins_later_shows_nothing_of_the_day() -> None:
    assert judge(standing(start="2026-01-09")).reasons == (UnknownReason.NOT_VERIFIED,)


def test_an_old_list_is_cited_and_does_not_show_the_standing_on_the_day() -> None:
    finding = judge(standing(listed="2022-12-01"))

    assert finding.verdict is Verdict.UNKNOWN
    assert finding.reasons == (UnknownReason.NOT_VERIFIED,)
    assert "in a list of 2022-12-01" in finding.sentence


@pytest.mark.parametrize(("years", "verdict"), [(3, Verdict.UNKNOWN), (4, Verdict.MET)])
def test_a_list_counts_for_as_many_years_as_the_reading_says(years: int, verdict: Verdict) -> None:
    finding = judge(standing(listed="2022-12-01"), readings=reading(listing_counts_years=years))

    assert finding.verdict is verdict


def test_the_latest_list_within_the_years_decides() -> None:
    lists = (standing(listed="2023-12-01"), standing(WITHDRAWN, listed="2024-12-01"))
    finding = judge(*lists, readings=reading(listing_counts_years=5))

    assert finding.verdict is Verdict.UNMET
    assert len(finding.evidence) == 2


def test_a_list_of_the_very_day_decides() -> None:
    assert judge(standing(listed="2026-01-08")).verdict is Verdict.MET


def test_a_list_of_a_later_day_shows_nothing_of_the_day() -> None:
    finding = judge(standing(listed="2026-01-09"), readings=reading(listing_counts_years=5))

    assert finding.verdict is Verdict.UNKNOWN


def test_a_list_that_tells_the_day_of_joining_shows_nothing_of_what_came_after_it() -> None:
    assert judge(standing(start="2015-05-01", listed="2022-12-01")).verdict is Verdict.UNKNOWN
    assert judge(standing(start="2015-05-01", listed="2026-02-01")).verdict is Verdict.MET


def test_an_undated_standing_counts_and_the_reading_is_named() -> None:
    finding = judge(standing())

    assert finding.verdict is Verdict.MET
    assert finding.readings == ("undated standing: counts",)
    strict = reading(undated_standing=UndatedReading.NOT_VERIFIED)
    assert judge(standing(), readings=strict).reasons == (UnknownReason.NOT_VERIFIED,)


def test_one_who_has_withdrawn_is_no_signatory() -> None:
    assert judge(standing(WITHDRAWN, start="2024-01-01")).verdict is Verdict.UNMET


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (OpenQuestion.UNSETTLED, Verdict.UNKNOWN),
        (OpenQuestion.COUNTS, Verdict.MET),
        (OpenQuestion.DOES_NOT_COUNT, Verdict.UNMET),
    ],
)
def test_a_signatory_on_hold_is_a_question_of_reading(
    answer: OpenQuestion, verdict: Verdict
) -> None:
    finding = judge(standing(ON_HOLD, start="2024-01-01"), readings=reading(on_hold=answer))

    assert finding.verdict is verdict
    assert (finding.reasons == (UnknownReason.NOT_SETTLED,)) is (verdict is Verdict.UNKNOWN)


def test_contradicting_standings_conflict() -> None:
    finding = judge(standing(start="2015-05-01"), standing(WITHDRAWN, start="2024-01-01"))

    assert finding.verdict is Verdict.UNKNOWN
    assert finding.reasons == (UnknownReason.CONFLICTING,)


def test_one_who_committed_and_signed_is_a_signatory() -> None:
    finding = judge(standing(COMMITTED, start="2014-01-01"), standing(start="2015-05-01"))

    assert finding.verdict is Verdict.MET


def test_a_promise_is_not_enough_where_the_call_gives_no_grace() -> None:
    assert judge(standing(COMMITTED, start="2025-12-01")).verdict is Verdict.UNMET


def test_another_network_does_not_count() -> None:
    other = NetworkMembership(
        network=type(GCOM)("another"), status=SIGNATORY, source=Source(title="Another")
    )

    assert judge(other).reasons == (UnknownReason.NOT_REPORTED,)


def test_grace_that_starts_on_30_november_ends_on_the_last_day_of_february() -> None:
    city = town(memberships=(standing(COMMITTED),))

    last_day = promise(city, "2024-02-29", engaged_on="2023-11-30")
    day_after = promise(city, "2024-03-01", engaged_on="2023-11-30")

    assert last_day.outcome is Outcome.CONDITIONAL
    assert [duty.due_on for duty in last_day.obligations] == [civil_date("2024-02-29")]
    assert day_after.outcome is Outcome.INELIGIBLE
    assert day_after.obligations == ()


@given(days(), st.integers(1, 12))
def test_grace_ends_after_its_last_day_by_itself(start: object, months: int) -> None:
    rule = NetworkSignatory(id="s", network=GCOM, network_name="Covenant", grace_months=months)
    city = application(town(memberships=(standing(COMMITTED),)), engaged_on=start)  # type: ignore[arg-type]
    due_on = add_months(start, months)  # type: ignore[arg-type]

    assert book(rule).assess(city, on=due_on).outcome is Outcome.CONDITIONAL
    assert book(rule).assess(city, on=due_on.add(days=1)).outcome is Outcome.INELIGIBLE


def test_before_engagement_grace_is_counted_as_if_it_engaged_today() -> None:
    decision = promise(town(memberships=(standing(COMMITTED),)), "2023-08-01")

    (duty,) = decision.obligations
    assert duty.presumed
    assert duty.due_on == civil_date("2023-11-01")
    assert "if it engages on 2023-08-01" in decision.sentence


def test_grace_runs_from_submission_where_the_reading_says_so() -> None:
    city = application(
        town(memberships=(standing(COMMITTED),)),
        submitted_on=civil_date("2023-06-30"),
        engaged_on=civil_date("2023-09-30"),
    )
    readings = reading(grace_clock=GraceClock.SUBMISSION)
    decision = book(WITH_GRACE).assess(city, on=civil_date("2023-10-01"), interpretations=readings)

    assert decision.outcome is Outcome.INELIGIBLE
    assert "grace runs from: day of submission" in decision.finding.readings


def test_a_promise_to_sign_after_the_grace_is_not_enough() -> None:
    city = town(memberships=(standing(COMMITTED, promised="2023-12-02"),))

    assert promise(city, "2023-10-01", engaged_on="2023-09-01").outcome is Outcome.INELIGIBLE


def test_a_signatory_has_no_obligation() -> None:
    decision = promise(town(memberships=(standing(),)), "2023-10-01", engaged_on="2023-09-01")

    assert decision.outcome is Outcome.ELIGIBLE
    assert decision.obligations == ()


def test_every_town_must_be_a_signatory_and_the_failing_one_is_named() -> None:
    signed = town(name="Ena", memberships=(standing(start="2015-05-01"),))
    left = town(name="Dva", memberships=(standing(WITHDRAWN, start="2015-05-01"),))
    finding = book(STRICT).assess(together(signed, left), on=DAY).finding

    assert finding.verdict is Verdict.UNMET
    assert [leaf.subject_name for leaf in finding.decisive_leaves] == ["Dva"]


def test_what_was_learned_later_is_left_out() -> None:
    late = Source(title="Letter", retrieved_on=civil_date("2026-03-01"))
    city = town(memberships=(standing(start="2015-05-01", source=late),))

    then = book(STRICT).assess(city, on=DAY, known_by=civil_date("2026-02-28"))
    now = book(STRICT).assess(city, on=DAY, known_by=civil_date("2026-03-01"))

    assert then.finding.reasons == (UnknownReason.NOT_REPORTED,)
    assert now.finding.verdict is Verdict.MET


def test_a_period_is_half_open() -> None:
    assert DAY not in Period(start=civil_date("2025-01-01"), end=DAY)


@pytest.mark.parametrize("months", [-1, 121, True, 3.0, "3"])
def test_a_grace_that_is_no_number_of_months_is_refused(months: object) -> None:
    with pytest.raises(InvalidValueError, match="whole number from 0 to 120"):
        NetworkSignatory(id="s", network=GCOM, network_name="C", grace_months=months)  # type: ignore[arg-type]


def test_a_city_known_not_to_be_a_member_is_unmet_and_not_unknown() -> None:
    outside = standing(MembershipStatus.NOT_A_MEMBER, start="2025-01-01")

    assert judge(outside).verdict is Verdict.UNMET
    assert judge(outside, rule=WITH_GRACE).verdict is Verdict.UNMET
