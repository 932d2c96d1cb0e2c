"""A practice moves from draft to published only with two disinterested reviewers."""

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pendulum import Date

from tests.knowledge.examples import BRAGA_SHADE, REVIEWERS, RUBRIC, review
from utm.domain import CityId, EvidenceStrength, Practice, PracticeId, fold_name
from utm.domain.dates import add_months
from utm.errors import InvalidValueError
from utm.knowledge import (
    AddReviewer,
    DeclareConflict,
    Drafted,
    GiveReview,
    OpenEvaluation,
    PracticeRecord,
    PracticeStage,
    Publish,
    Published,
    Refusal,
    Reject,
    Retire,
    Reviewed,
    Reviewer,
    Revise,
    Submit,
    Withdraw,
    advance_practice,
    draft_practice,
)

DAY = Date(2026, 3, 2)
ANA, BEN, CHLOE = REVIEWERS


def step(record: PracticeRecord, command: object, by: str = "the editor", on: Date = DAY):
    return advance_practice(record, command, on=on, by=by, reason="it is time")


def follow(*commands: tuple[object, str], practice: Practice = BRAGA_SHADE) -> PracticeRecord:
    record = draft_practice(practice, on=DAY, by="Braga", reason="worth telling")
    for command, by in commands:
        following = step(record, command, by)
        assert isinstance(following, PracticeRecord), following
        record = following
    return record


OPENED = (
    (Submit(), "Braga"),
    (OpenEvaluation(rubric=RUBRIC, reviewers=(ANA, BEN)), "the editor"),
)


def reviewed(ana: int, ben: int, practice: Practice = BRAGA_SHADE) -> PracticeRecord:
    return follow(
        *OPENED,
        (GiveReview(review=review(ANA, ana)), ANA.name),
        (GiveReview(review=review(BEN, ben)), BEN.name),
        practice=practice,
    )


def test_a_good_practice_is_published_until_its_rubric_says() -> None:
    record = step(reviewed(3, 4), Publish())

    assert isinstance(record, PracticeRecord)
    assert record.published_on(DAY) == BRAGA_SHADE
    assert record.stage_on(Date(2029, 3, 1)) is PracticeStage.PUBLISHED
    assert record.stage_on(Date(2029, 3, 2)) is PracticeStage.EXPIRED
    assert record.published_on(Date(2029, 3, 2)) is None


def test_an_earlier_day_shows_what_was_known_then() -> None:
    record = step(reviewed(4, 4), Publish(), on=DAY.add(days=10))

    assert isinstance(record, PracticeRecord)
    assert record.stage_on(DAY.subtract(days=1)) is None
    assert record.stage_on(DAY) is PracticeStage.UNDER_EVALUATION
    assert record.stage_on(DAY.add(days=10)) is PracticeStage.PUBLISHED


def test_one_review_is_not_enough() -> None:
    record = follow(*OPENED, (GiveReview(review=review(ANA, 4)), ANA.name))

    assert step(record, Publish()) == Refusal(reasons=("has 1 of 2 reviews",))
    assert step(record, Reject()) == Refusal(reasons=("has 1 of 2 reviews",))


def test_a_mean_below_the_mark_is_refused_and_may_be_rejected() -> None:
    record = reviewed(2, 2)

    assert step(record, Publish()) == Refusal(
        reasons=("reaches 1/2 of the highest score, below 5/8",)
    )
    assert step(record, Reject()).stage_on(DAY) is PracticeStage.REJECTED


def test_a_mean_at_the_mark_passes() -> None:
    assert RUBRIC.pass_share == Fraction(5, 8)
    assert isinstance(step(reviewed(2, 3), Publish()), PracticeRecord)


def test_weak_evidence_is_refused_however_good_the_reviews() -> None:
    told = attrs.evolve(
        BRAGA_SHADE,
        evidence=(attrs.evolve(BRAGA_SHADE.evidence[0], strength=EvidenceStrength.TOLD),),
    )

    refusal = step(reviewed(4, 4, practice=told), Publish())

    assert refusal == Refusal(reasons=("has no evidence that is documented or stronger",))


def test_reviewers_far_apart_call_for_a_third() -> None:
    record = reviewed(1, 4)
    refusal = step(record, Publish())
    assert isinstance(refusal, Refusal)
    assert "3 steps apart on relevance" in str(refusal)

    record = step(record, AddReviewer(reviewer=CHLOE))
    record = step(record, GiveReview(review=review(CHLOE, 4)), CHLOE.name)

    assert isinstance(step(record, Publish()), PracticeRecord)


@pytest.mark.parametrize(
    ("reviewer", "why"),
    [
        (Reviewer(name="Dora", city=CityId("pt-braga")), "works for pt-braga, where it was done"),
        (Reviewer(name="Dora", organisation="BRAGA gardens"), "an author of it"),
        (Reviewer(name="Braga"), "submitted it"),
    ],
)
def test_nobody_judges_what_they_had_a_part_in(reviewer: Reviewer, why: str) -> None:
    record = follow(OPENED[0])

    refusal = step(record, OpenEvaluation(rubric=RUBRIC, reviewers=(ANA, reviewer)))

    assert isinstance(refusal, Refusal)
    assert why in str(refusal)


def test_one_reviewer_under_two_spellings_is_one() -> None:
    twin = Reviewer(name="  ANA Àlvares ")

    refusal = step(follow(OPENED[0]), OpenEvaluation(rubric=RUBRIC, reviewers=(ANA, twin)))

    assert refusal == Refusal(reasons=("names one reviewer twice",))


def test_reviewers_whose_names_have_no_letters_are_compared_as_they_are() -> None:
    record = draft_practice(BRAGA_SHADE, on=DAY, by="★", reason="worth telling")
    record = step(record, Submit(), "Braga")
    two = (Reviewer(name="☆"), Reviewer(name="🙂"))

    record = step(record, OpenEvaluation(rubric=RUBRIC, reviewers=two))
    assert isinstance(record, PracticeRecord)
    assert isinstance(step(record, AddReviewer(reviewer=Reviewer(name="★"))), Refusal)


def test_a_declared_conflict_takes_the_review_with_it_and_stays() -> None:
    record = step(reviewed(4, 4), DeclareConflict(reviewer=BEN.name), BEN.name)
    assert step(record, Publish()) == Refusal(reasons=("has 1 of 2 reviews",))

    record = step(record, Withdraw(), "Braga")
    record = step(record, Submit(), "Braga")
    refusal = step(record, OpenEvaluation(rubric=RUBRIC, reviewers=(ANA, BEN)))

    assert refusal == Refusal(reasons=(f"{BEN.name} has declared a conflict of interest",))


@pytest.mark.parametrize(
    ("declared", "named"),
    [("Chloé", "Chloe"), ("Chloé", "CHLOÉ"), ("chloe", "Chloé"), ("Chloé", " chloe\u0301 ")],
)
def test_a_declared_conflict_holds_under_every_spelling_of_a_name(
    declared: str, named: str
) -> None:
    record = step(reviewed(4, 4), AddReviewer(reviewer=Reviewer(name="Chloé")))
    record = step(record, DeclareConflict(reviewer=declared), declared)
    assert isinstance(record, PracticeRecord)
    why = f"{named} has declared a conflict of interest"

    again = Reviewer(name=named)
    assert [reviewer.name for reviewer in record.state.reviewers] == [ANA.name, BEN.name]
    assert step(record, AddReviewer(reviewer=again)) == Refusal(reasons=(why,))
    assert step(record, Publish(), named) == Refusal(reasons=(why,))
    assert step(record, Reject(), named) == Refusal(reasons=(why,))

    record = step(step(record, Withdraw(), "Braga"), Submit(), "Braga")
    refusal = step(record, OpenEvaluation(rubric=RUBRIC, reviewers=(ANA, again)))
    assert refusal == Refusal(reasons=(why,))


def test_a_conflict_takes_the_review_with_it_however_the_reviewer_is_spelled() -> None:
    record = step(reviewed(4, 4), DeclareConflict(reviewer="  BEN"), "ben")

    assert record.state.conflicted == (BEN.name,)
    assert step(record, Publish()) == Refusal(reasons=("has 1 of 2 reviews",))
    assert step(record, DeclareConflict(reviewer="ben")) == Refusal(
        reasons=("ben is no reviewer of it",)
    )


def test_a_reviewer_under_another_spelling_reviews_once() -> None:
    spelled = attrs.evolve(review(ANA, 4), reviewer="ana alvares")
    record = follow(*OPENED, (GiveReview(review=spelled), "ANA ÁLVARES"))

    refusal = step(record, GiveReview(review=review(ANA, 4)), ANA.name)

    assert refusal == Refusal(reasons=("Ana Álvares has reviewed it already",))


def test_who_submitted_a_practice_cannot_publish_it() -> None:
    assert step(reviewed(4, 4), Publish(), "Braga") == Refusal(
        reasons=("Braga submitted it", "Braga drafted or revised it")
    )


@pytest.mark.parametrize(
    ("reviewer", "why"),
    [
        (Reviewer(name="DORA"), "DORA drafted or revised it"),
        (Reviewer(name="Eva", organisation="dora"), "Eva works for dora, which drafted or"),
        (Reviewer(name="Emil"), "Emil drafted or revised it"),
    ],
)
def test_nobody_judges_what_they_once_wrote(reviewer: Reviewer, why: str) -> None:
    record = draft_practice(BRAGA_SHADE, on=DAY, by="Dora", reason="worth telling")
    record = step(record, Revise(practice=BRAGA_SHADE), "émil")
    record = step(step(record, Submit(), "Braga"), Withdraw(), "Braga")
    record = step(record, Submit(), "Braga")

    refusal = step(record, OpenEvaluation(rubric=RUBRIC, reviewers=(ANA, reviewer)))
    assert isinstance(refusal, Refusal)
    assert why in str(refusal)

    record = step(record, OpenEvaluation(rubric=RUBRIC, reviewers=(ANA, BEN)))
    refusal = step(record, AddReviewer(reviewer=reviewer))
    assert isinstance(refusal, Refusal)
    assert why in str(refusal)


def test_who_wrote_a_practice_decides_on_it_as_little_as_who_submitted_it() -> None:
    record = draft_practice(BRAGA_SHADE, on=DAY, by="Dora", reason="worth telling")
    for command, by in (
        *OPENED,
        (GiveReview(review=review(ANA, 4)), ANA.name),
        (GiveReview(review=review(BEN, 4)), BEN.name),
    ):
        record = step(record, command, by)

    assert step(record, Publish(), "dora") == Refusal(reasons=("dora drafted or revised it",))
    assert step(record, Reject(), "Dora") == Refusal(reasons=("Dora drafted or revised it",))


def test_a_reviewer_may_publish_what_two_have_scored() -> None:
    record = step(reviewed(4, 4), Publish(), ANA.name)

    assert isinstance(record, PracticeRecord)
    assert record.published_on(DAY) == BRAGA_SHADE


def test_a_review_is_given_by_its_reviewer_once_and_in_full() -> None:
    record = follow(*OPENED, (GiveReview(review=review(ANA, 4)), ANA.name))
    short = attrs.evolve(review(BEN, 4), scores=(("relevance", 4),))
    high = attrs.evolve(review(BEN, 4), scores=review(BEN, 9).scores)

    assert "has reviewed it already" in str(
        step(record, GiveReview(review=review(ANA, 4)), ANA.name)
    )
    assert "gives a review of" in str(step(record, GiveReview(review=review(BEN, 4)), ANA.name))
    assert "does not score" in str(step(record, GiveReview(review=short), BEN.name))
    assert "off the scale" in str(step(record, GiveReview(review=high), BEN.name))
    amiss = attrs.evolve(review(BEN, 9), scores=(("luck", 1), ("relevance", 9)))
    told = str(step(record, GiveReview(review=amiss), BEN.name))
    assert "scores luck, for which the rubric does not ask" in told
    assert "scores relevance off the scale" in told
    assert "does not score" in told
    assert "no reviewer" in str(step(record, GiveReview(review=review(CHLOE, 4)), CHLOE.name))


def test_a_draft_with_a_lack_cannot_be_handed_in() -> None:
    silent = attrs.evolve(BRAGA_SHADE, lessons=(), evidence=())
    record = draft_practice(silent, on=DAY, by="Braga", reason="worth telling")

    refusal = step(record, Submit(), "Braga")

    assert isinstance(refusal, Refusal)
    assert len(refusal.reasons) == 2


def test_nothing_happens_before_what_has_happened() -> None:
    refusal = step(follow(OPENED[0]), Withdraw(), on=DAY.subtract(days=1))

    assert refusal == Refusal(reasons=("lies before what happened on 2026-03-02",))


def test_a_revision_keeps_the_id() -> None:
    other = attrs.evolve(BRAGA_SHADE, id=PracticeId("another"))

    assert "is about another" in str(step(follow(), Revise(practice=other)))


def test_an_expired_practice_can_be_taken_up_again() -> None:
    record = step(reviewed(4, 4), Publish())
    assert isinstance(step(record, Revise(practice=BRAGA_SHADE)), Refusal)

    later = step(record, Revise(practice=BRAGA_SHADE), on=Date(2029, 3, 2))

    assert isinstance(later, PracticeRecord)
    assert later.stage_on(Date(2029, 3, 2)) is PracticeStage.DRAFT
    assert later.state.version == 2


def test_a_retired_practice_is_published_no_longer() -> None:
    record = step(step(reviewed(4, 4), Publish()), Retire())

    assert record.published_on(DAY) is None
    assert record.stage_on(DAY) is PracticeStage.EXPIRED


def test_a_history_that_cannot_have_happened_is_refused() -> None:
    record = reviewed(4, 4)
    drafted, submitted, opened, first, second = record.events
    published = Published(on=DAY, by="e", reason="r", expires_on=DAY.add(months=36))
    assert PracticeRecord(events=(*record.events, published)).published_on(DAY) == BRAGA_SHADE

    for events in (
        (),
        (submitted,),
        (drafted, published),
        (drafted, submitted, opened, first, published),
        (drafted, drafted),
        (drafted, attrs.evolve(submitted, on=DAY.subtract(days=1))),
        (drafted, submitted, opened, first, first),
        (drafted, submitted, opened, first, second, attrs.evolve(published, expires_on=DAY)),
    ):
        with pytest.raises(InvalidValueError):
            PracticeRecord(events=events)


@pytest.mark.parametrize("months", [35, 37, 11_000])
def test_a_history_is_refused_whose_practice_stays_published_for_another_time_than_its_rubric_says(
    months: int,
) -> None:
    published = Published(on=DAY, by="e", reason="r", expires_on=DAY.add(months=months))

    with pytest.raises(InvalidValueError, match=r"expires on .*, and its rubric says 2029-03-02"):
        PracticeRecord(events=(*reviewed(4, 4).events, published))


@given(st.integers(1, 600), st.dates(dt.date(2026, 3, 2), dt.date(2400, 1, 1)))
def test_what_is_published_expires_when_its_own_rubric_says(months: int, day: dt.date) -> None:
    on = Date(day.year, day.month, day.day)
    rubric = attrs.evolve(RUBRIC, valid_months=months)
    record = follow(OPENED[0], (OpenEvaluation(rubric=rubric, reviewers=(ANA, BEN)), "e"))
    for reviewer in (ANA, BEN):
        record = step(record, GiveReview(review=review(reviewer, 4)), reviewer.name)

    record = step(record, Publish(), on=on)

    assert record.state.expires_on == add_months(on, months)
    assert PracticeRecord(events=record.events) == record


def test_a_publication_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="beyond the calendar"):
        step(reviewed(4, 4), Publish(), on=Date(9999, 1, 1))

    published = Published(on=Date(9998, 1, 1), by="e", reason="r", expires_on=Date(9999, 12, 31))
    with pytest.raises(InvalidValueError, match="beyond the calendar"):
        PracticeRecord(events=(*reviewed(4, 4).events, published))


class Lifecycle(RuleBasedStateMachine):
    """Commands in any order, on any later day, by anybody."""

    @initialize()
    def draft(self) -> None:
        self.day = DAY
        self.record = draft_practice(BRAGA_SHADE, on=DAY, by="Braga", reason="worth telling")
        self.refused = 0

    def attempt(self, command: object, by: str) -> None:
        before = self.record
        following = advance_practice(before, command, on=self.day, by=by, reason="it is time")
        if isinstance(following, Refusal):
            assert following.reasons
            assert all(following.reasons)
            self.refused += 1
        else:
            assert following.events[:-1] == before.events
            self.record = following

    @rule(days=st.sampled_from((0, 1, 40, 1_200)))
    def wait(self, days: int) -> None:
        self.day = self.day.add(days=days)

    @rule(by=st.sampled_from(("Braga", "the editor")))
    def submit(self, by: str) -> None:
        self.attempt(Submit(), by)

    @rule(
        command=st.sampled_from(
            (
                Withdraw(),
                Revise(practice=BRAGA_SHADE),
                Retire(),
                AddReviewer(reviewer=CHLOE),
                OpenEvaluation(rubric=RUBRIC, reviewers=(ANA, BEN)),
            )
        )
    )
    def command(self, command: object) -> None:
        self.attempt(command, "the editor")

    def open(self) -> None:
        self.attempt(OpenEvaluation(rubric=RUBRIC, reviewers=(ANA, BEN)), "the editor")

    @rule(score=st.integers(2, 4))
    def do_what_comes_next(self, score: int) -> None:
        state = self.record.state
        waiting = [
            reviewer
            for reviewer in state.reviewers
            if reviewer.name not in {given.reviewer for given in state.reviews}
        ]
        if state.stage is PracticeStage.DRAFT:
            self.attempt(Submit(), "Braga")
        elif state.stage is PracticeStage.SUBMITTED:
            self.open()
        elif state.stage is PracticeStage.UNDER_EVALUATION and waiting:
            self.attempt(GiveReview(review=review(waiting[0], score)), waiting[0].name)
        elif state.stage is PracticeStage.UNDER_EVALUATION:
            self.attempt(Publish(), "the editor")

    @rule(reviewer=st.sampled_from(REVIEWERS), score=st.integers(0, 4))
    def review(self, reviewer: Reviewer, score: int) -> None:
        self.attempt(GiveReview(review=review(reviewer, score)), reviewer.name)

    @rule(reviewer=st.sampled_from(REVIEWERS), spelled=st.sampled_from((str, str.upper, fold_name)))
    def declare(self, reviewer: Reviewer, spelled: Callable[[str], str]) -> None:
        self.attempt(DeclareConflict(reviewer=spelled(reviewer.name)), reviewer.name)

    @rule(publish=st.booleans(), by=st.sampled_from(("the editor", "Braga")))
    def decide(self, publish: bool, by: str) -> None:
        self.attempt(Publish() if publish else Reject(), by)

    @invariant()
    def what_is_published_was_judged_by_two_who_had_no_interest(self) -> None:
        state = self.record.state
        if state.stage is PracticeStage.PUBLISHED:
            names = {fold_name(given.reviewer) for given in state.reviews}
            total = sum(score for given in state.reviews for _, score in given.scores)
            assert len(names) >= 2
            assert not names & {fold_name(name) for name in state.conflicted}
            assert not names & {fold_name(name) for name in state.written_by}
            assert total * 8 >= 5 * 4 * len(state.reviews) * len(RUBRIC.criteria)
            assert self.record.events[-1].by != state.submitted_by

    @invariant()
    def the_history_alone_gives_the_state(self) -> None:
        again = PracticeRecord(events=self.record.events)
        assert again.state == self.record.state
        assert self.record.state_on(self.day) == self.record.state

    @invariant()
    def it_is_published_exactly_from_its_publication_to_its_expiry(self) -> None:
        shown = self.record.published_on(self.day) is not None
        last = [e for e in self.record.events if not isinstance(e, Reviewed | Drafted)]
        published = bool(last) and isinstance(last[-1], Published)
        assert shown == (published and self.day < last[-1].expires_on)


TestLifecycle = Lifecycle.TestCase
