"""Calls: windows, forms, applications and letters."""

import pendulum
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pendulum import Date, DateTime

from tests.searching import examples
from utm.domain import (
    Application,
    ApplicationForm,
    ApplicationId,
    CallId,
    CallWindow,
    City,
    CityId,
    CountryCode,
    PopulationBasis,
    PopulationFigure,
    Question,
    Source,
    TimeZone,
)
from utm.errors import InvalidValueError
from utm.programme.calls import (
    Amendment,
    ApplicationStage,
    CallEvent,
    CallHistory,
    CallState,
    EvidenceSupplied,
    Extension,
    FormIssue,
    Launch,
    Retraction,
    ReviewStart,
    RollingReview,
    Ruling,
    Submission,
    begin_call,
    judge_application,
    write_letter,
)
from utm.programme.history import Command, History, Refusal
from utm.rules import Outcome
from utm.rules.library import COHORT_2023
from utm.testing.programme import assert_history_laws, assert_refusal_is_explained

CALL = CallId("cohort-2023")
BRUSSELS = TimeZone("Europe/Brussels")
FORM = ApplicationForm(
    version="1",
    questions=(
        Question(id="ambition", text="What is your target?"),
        Question(id="more", text="Anything else?", required=False),
    ),
)
WINDOW = CallWindow(opens_on=Date(2023, 6, 1), last_day=Date(2023, 8, 21), timezone=BRUSSELS)
CITIES = tuple(
    City(id=CityId(f"fi-town{i}"), name=f"Town {i}", country=CountryCode("FI")) for i in range(4)
)


def ask(action: CallEvent, on: Date, by: str = "Ada") -> Command[CallEvent]:
    return Command(action=action, by=by, on=on, why="the programme's work")


def application(number: int, day: Date) -> Application:
    city = CITIES[number]
    return Application(id=ApplicationId(f"a{number}"), call=CALL, applicant=city, submitted_on=day)


def submission(number: int, moment: DateTime, **changes: object) -> Submission:
    local = moment.in_timezone("Europe/Brussels")
    facts: dict[str, object] = {
        "application": application(number, Date(local.year, local.month, local.day)),
        "moment": moment,
        "form_version": "1",
        "answers": (("ambition", "net zero by 2035"),),
    }
    return Submission(**(facts | changes))  # type: ignore[arg-type]


def launched() -> CallHistory:
    history = begin_call(CALL, COHORT_2023).record(
        ask(Launch(window=WINDOW, form=FORM), Date(2023, 6, 1))
    )
    assert isinstance(history, History)
    return history


def granted(history: CallHistory, *commands: Command[CallEvent]) -> CallHistory:
    following = history.record_all(commands)
    assert isinstance(following, History), following
    return following


def refused(history: CallHistory, command: Command[CallEvent]) -> str:
    refusal = history.record(command)
    assert isinstance(refusal, Refusal)
    assert_refusal_is_explained(refusal, history.lifecycle)
    return refusal.rule


def test_the_last_day_counts_until_midnight_on_the_clock_of_the_call() -> None:
    in_time = pendulum.datetime(2023, 8, 21, 21, 59, tz="UTC")
    too_late = pendulum.datetime(2023, 8, 21, 22, 0, tz="UTC")

    history = granted(launched(), ask(submission(0, in_time), Date(2023, 8, 22)))

    assert not history.state.applications[0].rolling
    assert refused(launched(), ask(submission(0, too_late), Date(2023, 8, 22))) == (
        "call.within-window"
    )


def test_an_application_is_judged_against_the_window_that_was_known_at_its_moment() -> None:
    after_the_first_deadline = submission(0, pendulum.datetime(2023, 8, 30, tz="UTC"))
    extension = Extension(last_day=Date(2023, 9, 21), rolling_afterwards=True)
    silent = granted(launched(), ask(extension, Date(2023, 9, 1)))
    announced = granted(launched(), ask(extension, Date(2023, 7, 20)))

    assert refused(silent, ask(after_the_first_deadline, Date(2023, 9, 1))) == "call.within-window"
    taken = granted(announced, ask(after_the_first_deadline, Date(2023, 9, 1)))
    assert taken.state.applications[0].window.last_day == Date(2023, 9, 21)
    assert [one.window.last_day for one in taken.state.windows] == [
        Date(2023, 8, 21),
        Date(2023, 9, 21),
    ]


def test_after_the_last_day_of_a_rolling_call_applications_are_taken_and_marked() -> None:
    history = granted(
        launched(),
        ask(Extension(last_day=Date(2023, 9, 21), rolling_afterwards=True), Date(2023, 7, 20)),
        ask(submission(0, pendulum.datetime(2023, 10, 2, tz="UTC")), Date(2023, 10, 2)),
    )

    assert history.state.applications[0].rolling
    assert history.state.waiting(Date(2023, 10, 12))[0][1] == 10


def test_an_application_keeps_the_window_of_its_moment_when_the_deadline_moves_twice() -> None:
    first, second = Date(2023, 9, 21), Date(2023, 10, 31)
    history = granted(
        launched(),
        ask(Extension(last_day=first), Date(2023, 8, 10)),
        ask(Extension(last_day=second), Date(2023, 9, 15)),
    )

    def arrival(number: int, month: int, day: int) -> Command[CallEvent]:
        noon = pendulum.datetime(2023, month, day, 12, tz="UTC")
        return ask(submission(number, noon), Date(2023, 11, 20))

    taken = granted(history, arrival(0, 8, 9), arrival(1, 9, 1), arrival(2, 10, 31))

    ends = [one.window.last_day for one in taken.state.applications]
    assert ends == [WINDOW.last_day, first, second]
    assert not any(one.rolling for one in taken.state.applications)
    assert refused(taken, arrival(3, 11, 1)) == "call.within-window"


def test_rolling_review_may_be_announced_after_the_last_day_and_counts_from_then() -> None:
    opened = Date(2023, 9, 10)
    history = granted(launched(), ask(RollingReview(), opened))

    def arrival(day: Date) -> Command[CallEvent]:
        return ask(submission(0, pendulum.datetime(day.year, day.month, day.day, 12)), opened)

    assert refused(history, arrival(opened.subtract(days=1))) == "call.within-window"
    taken = granted(history, arrival(opened))
    assert taken.state.applications[0].rolling
    assert refused(history, ask(RollingReview(), opened)) == "call.rolling-once"
    closed = granted(taken, ask(Extension(last_day=Date(2023, 12, 1)), Date(2023, 11, 1)))
    late = submission(1, pendulum.datetime(2023, 12, 2, 12))
    assert refused(closed, ask(late, Date(2023, 12, 2))) == "call.within-window"


def test_a_deadline_never_moves_to_an_earlier_day() -> None:
    for last_day in (Date(2023, 8, 1), Date(2023, 8, 21)):
        command = ask(Extension(last_day=last_day), Date(2023, 7, 1))
        assert refused(launched(), command) == "call.later-last-day"


def test_an_application_before_the_call_or_from_the_future_is_refused() -> None:
    early = submission(0, pendulum.datetime(2023, 5, 31, 12, tz="UTC"))
    future = submission(0, pendulum.datetime(2023, 7, 2, 12, tz="UTC"))

    assert refused(launched(), ask(early, Date(2023, 6, 1))) == "call.within-window"
    assert refused(launched(), ask(future, Date(2023, 7, 1))) == "call.arrived-already"
    assert refused(begin_call(CALL, COHORT_2023), ask(early, Date(2023, 6, 1))) == (
        "call.launched-once"
    )


def test_an_application_to_another_call_or_with_another_day_is_refused() -> None:
    moment = pendulum.datetime(2023, 7, 1, tz="UTC")
    elsewhere = evolve(application(0, Date(2023, 7, 1)), call=CallId("another"))
    dated = application(0, Date(2023, 6, 30))

    for wrong, rule_id in ((elsewhere, "call.of-this-call"), (dated, "call.day-of-submission")):
        command = ask(submission(0, moment, application=wrong), Date(2023, 7, 2))
        assert refused(launched(), command) == rule_id


def test_all_problems_of_the_answers_are_told_at_once() -> None:
    bad = submission(
        0,
        pendulum.datetime(2023, 7, 1, tz="UTC"),
        answers=(("colour", "blue"), ("ambition", " ")),
    )

    refusal = launched().record(ask(bad, Date(2023, 7, 1)))

    assert isinstance(refusal, Refusal)
    assert "'ambition' is not answered; 'colour' is no question" in refusal.sentence


def test_answers_keep_the_version_of_their_form() -> None:
    moment = pendulum.datetime(2023, 7, 3, tz="UTC")
    newer = ApplicationForm(version="2", questions=())
    history = granted(
        launched(),
        ask(submission(0, pendulum.datetime(2023, 7, 1, tz="UTC")), Date(2023, 7, 1)),
        ask(FormIssue(form=newer), Date(2023, 7, 2)),
    )

    assert refused(history, ask(submission(1, moment), Date(2023, 7, 3))) == "call.form-in-use"
    later = granted(
        history, ask(submission(1, moment, form_version="2", answers=()), Date(2023, 7, 3))
    )
    assert [one.submission.form_version for one in later.state.applications] == ["1", "2"]
    assert refused(later, ask(FormIssue(form=FORM), Date(2023, 7, 4))) == "call.new-form-version"


def test_an_applicant_applies_again_only_after_taking_its_application_back() -> None:
    moment = pendulum.datetime(2023, 7, 1, tz="UTC")
    history = granted(launched(), ask(submission(0, moment), Date(2023, 7, 1)))
    again = ask(submission(0, moment), Date(2023, 7, 1))

    assert refused(history, again) == "call.one-application-each"
    back = granted(history, ask(Retraction(application=ApplicationId("a0")), Date(2023, 7, 1)))
    assert len(granted(back, again).state.applications) == 2


def test_a_ruling_under_rules_of_another_moment_is_refused() -> None:
    history = granted(
        launched(),
        ask(submission(0, pendulum.datetime(2023, 7, 1, tz="UTC")), Date(2023, 7, 1)),
        ask(ReviewStart(application=ApplicationId("a0"), reviewer="Bo"), Date(2023, 7, 2)),
    )
    right = judge_application(history.state, ApplicationId("a0"), on=Date(2023, 7, 3))
    wrong_version = COHORT_2023.versions[-1]
    assert COHORT_2023.stamp(wrong_version) != right.version
    wrong = COHORT_2023.judge(
        history.state.applications[0].application, version=wrong_version, on=Date(2023, 7, 3)
    )

    assert refused(history, ask(Ruling(decision=wrong), Date(2023, 7, 3))) == (
        "call.rules-of-its-moment"
    )
    other_day = application(0, Date(2023, 6, 30))
    other_facts = COHORT_2023.assess(other_day, on=Date(2023, 7, 3))
    assert other_facts.version == right.version
    assert refused(history, ask(Ruling(decision=other_facts), Date(2023, 7, 3))) == (
        "call.rules-of-its-moment"
    )
    decided = granted(history, ask(Ruling(decision=right), Date(2023, 7, 3)))
    assert decided.state.applications[0].stage is ApplicationStage.DECIDED
    assert decided.state.waiting(Date(2023, 8, 1)) == ()


def test_a_letter_tells_what_is_missing_and_calls_it_no_refusal() -> None:
    history = granted(
        launched(),
        ask(submission(0, pendulum.datetime(2023, 7, 1, tz="UTC")), Date(2023, 7, 1)),
    )
    decision = judge_application(history.state, ApplicationId("a0"), on=Date(2023, 7, 3))

    letter = write_letter(
        decision, call_title="UTM cohort 2023", signed_by="The UTM team", on=Date(2023, 7, 4)
    )

    assert decision.outcome is Outcome.INCOMPLETE
    assert "Missing evidence is not a refusal." in letter.text
    assert all(str(lack) in letter.text for lack in decision.needed)
    assert decision.version.version in letter.text
    assert decision.digest[:16] in letter.text


def test_a_letter_of_refusal_names_every_rule_that_is_not_met() -> None:
    small = City(
        id=CityId("fi-small"),
        name="Small <b>",
        country=CountryCode("FI"),
        populations=(
            PopulationFigure(
                inhabitants=1_000,
                basis=PopulationBasis.MUNICIPALITY,
                source=Source(title="census"),
                year=2022,
            ),
        ),
    )
    decision = COHORT_2023.assess(small, on=Date(2023, 7, 1))
    letter = write_letter(decision, call_title="UTM", signed_by="UTM", on=Date(2023, 7, 4))

    assert decision.outcome is Outcome.INELIGIBLE
    for leaf in decision.finding.decisive_leaves:
        assert leaf.rule.requirement in letter.text
    assert "<b>" not in letter.markdown


def test_a_moment_without_a_time_zone_is_no_moment() -> None:
    with pytest.raises(InvalidValueError):
        submission(0, DateTime(2023, 7, 1))


def test_a_window_that_ends_before_it_opens_cannot_be_built() -> None:
    with pytest.raises(InvalidValueError):
        CallWindow(opens_on=Date(2023, 6, 2), last_day=Date(2023, 6, 1), timezone=BRUSSELS)


@given(after=st.integers(0, 400), rolling=st.booleans())
def test_whether_an_application_is_taken_follows_from_its_day_alone(
    after: int, *, rolling: bool
) -> None:
    history = granted(
        launched(),
        ask(Extension(last_day=Date(2023, 9, 21), rolling_afterwards=rolling), Date(2023, 7, 1)),
    )
    day = Date(2023, 7, 1).add(days=after)
    noon = pendulum.datetime(day.year, day.month, day.day, 12, tz="UTC")

    taken = isinstance(history.record(ask(submission(0, noon), day)), History)

    assert taken == (rolling or day <= Date(2023, 9, 21))


def check(state: CallState, _on: Date) -> None:
    for record in state.applications:
        day = record.application.submitted_on
        assert day is not None
        known = [w.window for w in state.windows if w.announced_on <= day]
        assert record.window in known
        assert record.window.last_day is not None
        assert record.rolling == (day > record.window.last_day)
        assert not record.rolling or record.window.rolling_afterwards
        assert (record.decision is not None) == (record.stage is ApplicationStage.DECIDED)
        decisions = [one for _, one in record.earlier_decisions]
        decisions += [] if record.decision is None else [record.decision]
        assert len({one.version for one in decisions}) <= 1
        assert all(one.day >= day for one in decisions)
    keys = [
        one.application.key
        for one in state.applications
        if one.stage is not ApplicationStage.RETRACTED
    ]
    assert len(set(keys)) == len(keys)


class CallMachine(RuleBasedStateMachine):
    """Any commands in any order: what is granted keeps every invariant."""

    @initialize()
    def begin(self) -> None:
        self.history = launched()
        self.day = Date(2023, 6, 1)

    def try_to(self, action: CallEvent) -> None:
        outcome = self.history.record(ask(action, self.day))
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, self.history.lifecycle)
        else:
            self.history = outcome

    @rule(length=st.integers(1, 30))
    def let_days_pass(self, length: int) -> None:
        self.day = self.day.add(days=length)

    @rule(after=st.integers(-40, 90), rolling=st.booleans())
    def extend(self, after: int, *, rolling: bool) -> None:
        last_day = self.day.add(days=after)
        self.try_to(Extension(last_day=last_day, rolling_afterwards=rolling))

    @rule()
    def go_on_after_the_last_day(self) -> None:
        self.try_to(RollingReview())

    @rule(number=st.integers(0, 3), inhabitants=st.integers(1, 3))
    def supply(self, number: int, inhabitants: int) -> None:
        record = self.history.state.record_of(ApplicationId(f"a{number}"))
        if record is not None:
            figure = PopulationFigure(
                inhabitants=inhabitants * 40_000,
                basis=PopulationBasis.MUNICIPALITY,
                source=Source(title="census"),
                year=2022,
            )
            known = evolve(CITIES[number], populations=(figure,))
            self.try_to(EvidenceSupplied(application=evolve(record.application, applicant=known)))

    @rule()
    def amend(self) -> None:
        self.try_to(Amendment(text="Consortia may apply."))

    @rule(version=st.sampled_from("123"))
    def issue_form(self, version: str) -> None:
        self.try_to(FormIssue(form=ApplicationForm(version=version, questions=FORM.questions)))

    @rule(number=st.integers(0, 3), ago=st.integers(-2, 60), version=st.sampled_from("12"))
    def submit(self, number: int, ago: int, version: str) -> None:
        day = self.day.subtract(days=ago)
        moment = pendulum.datetime(day.year, day.month, day.day, 12, tz="UTC")
        self.try_to(submission(number, moment, form_version=version))

    @rule(number=st.integers(0, 3))
    def review(self, number: int) -> None:
        self.try_to(ReviewStart(application=ApplicationId(f"a{number}"), reviewer="Bo"))

    @rule(number=st.integers(0, 3))
    def retract(self, number: int) -> None:
        self.try_to(Retraction(application=ApplicationId(f"a{number}")))

    @precondition(lambda self: self.history.state.applications)
    @rule(data=st.data())
    def rule_on_one(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.history.state.applications)).application
        self.try_to(Ruling(decision=judge_application(self.history.state, one.id, on=self.day)))

    @invariant()
    def everybody_arrived_within_the_window_of_the_moment(self) -> None:
        check(self.history.state, self.day)

    def teardown(self) -> None:
        if hasattr(self, "history"):
            assert_history_laws(self.history)


TestCallMachine = CallMachine.TestCase
TestCallMachine.settings = examples(50)
